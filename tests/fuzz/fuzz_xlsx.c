/* The reader of XLSX. */
#include "reader.h"
#include "mutate_markup.h"

#define main reader_main
#include "libexec/bud-read-xlsx.c"
