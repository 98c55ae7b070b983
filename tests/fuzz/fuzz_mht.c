/* The reader of saved pages. */
#include "reader.h"

#define main reader_main
#include "libexec/bud-read-mht.c"
