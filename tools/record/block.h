/*
 * The record `block`: a heading, a paragraph or a grid of cells as it stood
 * in a document, for programs that want the layout and not the facts. It is
 * only written; filters pass it on like any type that they do not use.
 */
#ifndef BUD_RECORD_BLOCK_H
#define BUD_RECORD_BLOCK_H

#include "base/str.h"

struct bud_cell {
	struct str cell;         /* as facts name it */
	int64_t row, col;        /* from 1, within the grid */
	int64_t rows, cols;      /* extent, absent when 1 */
	int64_t page, line;      /* 0 = absent */
	int64_t span_start, span_end;
	struct str text;
};

struct bud_block {
	struct str doc;
	int64_t n; /* from 1, in reading order */
	struct str kind; /* heading, paragraph, grid */
	int64_t level, member, page, line; /* 0 = absent */
	struct str sheet;
	int64_t rows, cols; /* of a grid; 0 = absent */
	int64_t span_start, span_end;
	struct str text; /* of what is no grid */
	const struct bud_cell *cells;
	size_t n_cells;
};

/* Appends the record without its newline. */
void record_write_block(struct buf *out, const struct bud_block *b);

#endif
