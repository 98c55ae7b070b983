/*
 * A grid while it is put together, and how it enters the document: the rows
 * above and below a table that are text (title, 单位：万元, notes) become
 * blocks of their own. Memory is the arena's.
 */
#ifndef BUD_SOURCE_GRID_H
#define BUD_SOURCE_GRID_H

#include "base/arena.h"
#include "source/block.h"

struct grid_cell {
	struct str text;
	unsigned row, col, rows, cols;
	unsigned page, line; /* 0: those of the grid, unknown */
};

struct grid {
	struct arena *arena;
	unsigned page, line;
	struct str sheet;
	unsigned n_rows, n_cols; /* reached so far */
	struct grid_cell *cells; /* in any order until grid_write() */
	size_t n, cap;
};

/* The text is borrowed; it must live until grid_write(). Empty cells are
 * passed over. */
void grid_add(struct grid *g, struct grid_cell cell);

/*
 * Appends the grid to the document. Two cells in one place become one. A grid
 * of one column is no grid: its cells become text.
 */
void grid_write(struct source_document *d, struct grid *g);

#endif
