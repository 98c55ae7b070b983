/*
 * The head of a table without rules: which words are one cell, and which
 * columns it stands over. Units as in lanes.h; nothing is freed: arenas.
 */
#ifndef BUD_SOURCE_HEADS_H
#define BUD_SOURCE_HEADS_H

#include "source/lanes.h"

/* A cell of the head. */
struct head {
	struct str text;
	int x0, x1, y0, y1;     /* y0, y1: the middles of its lines */
	int last_x0, last_x1;   /* of its lowest line */
	size_t n_lines;
	bool group;             /* stands over other cells */
	size_t from, to;        /* columns that it covers */
	size_t level;           /* how many groups stand above it */
};

struct column_of {
	size_t lane; /* SIZE_MAX: no amount stands in it */
	size_t head; /* SIZE_MAX: it has none */
};

struct heads {
	struct head *v;
	size_t n;
	struct column_of *columns; /* from left to right */
	size_t n_columns;
	size_t levels; /* rows of the head */
};

/* The cells of the lines above the body and their columns. pitch is the
 * distance of lines within a cell of the body, 0 where none shows it. */
void heads_find(struct arena *a, struct heads *h, const struct lanes *l,
		const struct piece_line *lines, size_t n, int pitch);

#endif
