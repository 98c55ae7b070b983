/* The reader of PDF. */
#include "mutate_text.h"
#include "reader.h"

#define main reader_main
#include "libexec/bud-read-pdf.c"
