/* The reader of ZIP. */
#include "reader.h"

#define main reader_main
#include "libexec/bud-read-zip.c"
