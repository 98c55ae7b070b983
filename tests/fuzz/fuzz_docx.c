/* The reader of DOCX. */
#include "reader.h"

#define main reader_main
#include "libexec/bud-read-docx.c"
