/* The reader of DOCX. */
#include "reader.h"
#include "mutate_markup.h"

#define main reader_main
#include "libexec/bud-read-docx.c"
