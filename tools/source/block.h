/*
 * A document as its readers give it: one text, and blocks that point into it.
 *
 * The text is what `bud-parse --text` prints and what spans point into:
 * UTF-8, blocks in reading order, each ending in a newline; a grid is one
 * line a row, cells separated by TAB. Everything lives in the arena that the
 * document was read with, but for the text, which source_release() frees.
 */
#ifndef BUD_SOURCE_BLOCK_H
#define BUD_SOURCE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "source/limits.h"

enum block_kind { BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_GRID };

struct source_cell {
	size_t start, end;      /* bytes in the document's text, trimmed */
	unsigned row, col;      /* from 0, within the grid */
	unsigned rows, cols;    /* extent: 1 unless merged */
	unsigned page, line;    /* as of blocks, where the cell has its own */
};

struct source_block {
	enum block_kind kind;
	int level;              /* headings: 1.., 0 where the format has none */
	unsigned page;          /* from 1, 0 where the format has none */
	unsigned line;          /* in the source file, from 1, 0 unknown */
	size_t start, end;      /* bytes in the document's text, newline out */
	/* grids */
	struct str sheet;       /* name of the sheet, for cells as Sheet!B4 */
	unsigned table;         /* number of the grid in the document, from 1 */
	unsigned first_row, first_col; /* row and column 0 in the sheet */
	unsigned n_rows, n_cols;
	struct source_cell *cells; /* row by row; merged cells once */
	size_t n_cells, cap_cells;
};

struct source_document {
	struct arena *arena;
	struct source_limits limits; /* set between init and reading */
	const char *media;      /* "text/plain", "application/pdf", … */
	const char *charset;    /* of the source: "UTF-8", "GB18030", … */
	const char *note;       /* message: what its reader did without, or NULL */
	struct str files;       /* names of those that a page links to */
	struct buf text;        /* released by source_release() */
	struct buf wire;        /* what its reader sends; likewise */
	struct source_block *blocks;
	size_t n_blocks, cap_blocks;
	unsigned n_tables;
};

void source_init(struct source_document *d, struct arena *a);
void source_release(struct source_document *d);

/* The bytes of a block. */
static inline struct str source_text(const struct source_document *d,
				     const struct source_block *b)
{
	return str_slice(buf_str(&d->text), b->start, b->end);
}

/* The trimmed bytes of a cell. */
struct str source_cell_text(const struct source_document *d,
			    const struct source_cell *c);

/* What people call a place in a grid: Sheet!B4, or t2.r3.c4 (counted from 1)
 * where there are no sheets. */
struct str source_cell_name(struct arena *a, const struct source_block *b,
			    unsigned row, unsigned col);

/*
 * A document may be read from several files, one after the other: where it
 * stood before one of them, so that a file that fails leaves nothing behind.
 */
struct source_mark {
	size_t text, blocks;
	unsigned tables;
};
struct source_mark source_mark(const struct source_document *d);
void source_return(struct source_document *d, struct source_mark m);

/*
 * Building: a block is begun, text is appended to d->text, the block is
 * ended. source_add_text() does all three for a heading or a paragraph.
 */
struct source_block *source_begin(struct source_document *d,
				  enum block_kind kind, unsigned page,
				  unsigned line);
void source_end(struct source_document *d);
void source_add_text(struct source_document *d, enum block_kind kind,
		     unsigned page, unsigned line, struct str text);

/*
 * Appends a cell to the grid begun last. Cells come row by row and left to
 * right; gaps become TABs and newlines. Line breaks and TABs inside the text
 * become spaces.
 */
void source_add_cell(struct source_document *d, struct str text, unsigned row,
		     unsigned col, unsigned rows, unsigned cols);

#endif
