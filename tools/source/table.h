/* Comma-separated values, as spreadsheets export them. */
#ifndef BUD_SOURCE_TABLE_H
#define BUD_SOURCE_TABLE_H

#include "source/block.h"
#include "source/read.h"

/* ',' or ';' or TAB where the text reads as such a table, else 0. */
char table_find_separator(struct str text);

/*
 * How many lines at the start of a text are rows of a table among other text:
 * as many commas in each, numbers between them; 0 = it begins with none.
 * *grouped: only then they are as many when 1,520.30 is one number.
 */
size_t table_count_lines(struct str text, bool *grouped);

/* Splits off the next cell of such a line; false behind the last. */
bool table_next_cell(struct str *line, bool grouped, struct str *cell);

/* Appends the table to the document. 0, or -1 with *error. */
int source_read_table(struct source_document *d, struct str text,
		      char separator, struct source_error *error);

#endif
