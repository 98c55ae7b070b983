/* The reader of XLSX. */
#include "reader.h"
#include "markup.h"

#define main reader_main
#include "libexec/bud-read-xlsx.c"
