/* The reader of PDF. */
#include "reader.h"

#define main reader_main
#include "libexec/bud-read-pdf.c"
