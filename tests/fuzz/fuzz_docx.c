/* The reader of DOCX. */
#include "reader.h"
#include "markup.h"

#define main reader_main
#include "libexec/bud-read-docx.c"
