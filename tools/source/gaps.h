/*
 * Columns of a table without rules that white gaps keep apart, and what
 * columns.c needs of them where none do. Nothing is freed: arenas.
 */
#ifndef BUD_SOURCE_GAPS_H
#define BUD_SOURCE_GAPS_H

#include "source/columns.h"

struct column {
	int x0, x1;
	bool numbers;
};

struct columns {
	struct column *v;
	size_t n, cap;
	bool apart;   /* white gaps part them */
	bool centred; /* heads stand in the middle of theirs */
};

/* Digits with their separators, sign and percent sign. */
bool column_is_number(struct str s);

/* A row of a body: a number stands behind something else. */
bool column_row_is_body(const struct column_row *r);

void columns_add(struct arena *a, struct columns *c, struct column one);

/* How much of a0..a1 and b0..b1 is the same place. */
int columns_shared(int a0, int a1, int b0, int b1);

/* The first column that shares a place with [x0, x1); *n: how many do. */
size_t columns_touched(const struct columns *c, int x0, int x1, size_t *n);

/* Columns between white gaps of the body. A head that stands over none of them
 * is of one without amounts. False: the rows leave no such gaps. */
bool columns_find_gaps(struct arena *a, struct columns *c,
		       const struct column_row *rows, size_t n, int unit);

/* The columns that field k of row i stands over; in the head, above row body,
 * those of which it is the middle. */
void columns_cover(const struct columns *c, const struct column_row *rows,
		   size_t body, size_t i, size_t k, int unit, size_t *from,
		   size_t *to);

#endif
