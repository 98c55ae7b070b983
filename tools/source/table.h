/* Comma-separated values, as spreadsheets export them. */
#ifndef BUD_SOURCE_TABLE_H
#define BUD_SOURCE_TABLE_H

#include "source/block.h"
#include "source/read.h"

/* ',' or ';' or TAB where the text reads as such a table, else 0. */
char table_find_separator(struct str text);

/* Appends the table to the document. 0, or -1 with *error. */
int source_read_table(struct source_document *d, struct str text,
		      char separator, struct source_error *error);

#endif
