/*
 * Tables without rules: rows whose fields stand below each other.
 *
 * For plain text the places are counted in characters or in columns of the
 * terminal, whichever lines the numbers up better (pdftotext counts a Chinese
 * character as one, people as two); for PDF they are tenths of a point.
 */
#ifndef BUD_SOURCE_COLUMNS_H
#define BUD_SOURCE_COLUMNS_H

#include <stdbool.h>

#include "source/grid.h"

struct column_field {
	struct str text;
	int x0, x1; /* x0 < x1 */
};

/* Characters without a width take a place all the same. */
static inline struct column_field column_field(struct str text, int x0, int x1)
{
	return (struct column_field){text, x0, x1 > x0 ? x1 : x0 + 1};
}

/* A line with more fields is no row of a table: how the columns of heads stand to
 * each other takes the square of their number. */
enum { COLUMNS_MOST = 1000 };

struct column_row {
	struct column_field *fields;
	size_t n;
	unsigned page, line;
	bool blank; /* an empty line, or what ends every table */
	bool stop;
};

/*
 * Looks for a table that begins at rows[from] or later: true with its first
 * and last row + 1, among them its head. unit is the width of a digit. Titles
 * with page numbers are no table.
 */
bool columns_find(const struct column_row *rows, size_t n, int unit,
		  size_t from, size_t *first, size_t *end);

/* The line behind the last row of the table that row i belongs to. */
size_t columns_extend(const struct column_row *rows, size_t n, int unit,
		      size_t i);

/* The title or the unit line of a table: what stands above belongs to another
 * one. */
bool columns_opens_table(const struct column_row *r);

/* The grid of rows [0, n). */
struct grid *columns_build(struct arena *a, const struct column_row *rows,
			   size_t n, int unit);

/* How many fields line up with no other at either end: less is better. They are
 * of columns_split(). */
size_t columns_disorder(struct arena *a, const struct column_row *rows,
			size_t n);

/* Splits a line at two blanks and more, and behind a number that one blank
 * keeps from a label; none where there are more than COLUMNS_MOST. wide: Chinese
 * characters count as two. */
void columns_split(struct arena *a, struct str line, bool wide,
		   struct column_row *row);

#endif
