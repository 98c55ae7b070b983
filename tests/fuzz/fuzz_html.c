/* The reader of HTML. */
#include "reader.h"
#include "mutate.h"

#define main reader_main
#include "libexec/bud-read-html.c"
