/*
 * Blocks are built in reading order at the end of the text. The text moves
 * while it grows, so blocks and cells keep offsets, not pointers.
 */
#include "source/block.h"

#include <string.h>

void source_init(struct source_document *d, struct arena *a)
{
	*d = (struct source_document){.arena = a,
				       .limits = SOURCE_LIMITS_DEFAULT};
}

void source_release(struct source_document *d)
{
	buf_release(&d->text);
	buf_release(&d->wire);
}

struct source_block *source_begin(struct source_document *d,
				  enum block_kind kind, unsigned page,
				  unsigned line)
{
	struct source_block *b;

	d->blocks = arena_grow_raw(d->arena, d->blocks, &d->cap_blocks,
			       d->n_blocks + 1, sizeof *d->blocks);
	b = &d->blocks[d->n_blocks++];
	*b = (struct source_block){.kind = kind,
				   .page = page,
				   .line = line,
				   .start = d->text.n,
				   .end = d->text.n};
	if (kind == BLOCK_GRID)
		b->table = ++d->n_tables;
	return b;
}

void source_end(struct source_document *d)
{
	d->blocks[d->n_blocks - 1].end = d->text.n;
	buf_putc(&d->text, '\n');
}

void source_add_text(struct source_document *d, enum block_kind kind,
		     unsigned page, unsigned line, struct str text)
{
	source_begin(d, kind, page, line);
	buf_put_str(&d->text, text);
	source_end(d);
}

struct str source_cell_text(const struct source_document *d,
			    const struct source_cell *c)
{
	return str_slice(buf_str(&d->text), c->start, c->end);
}

/* Where the row and column stand that the grid's text has reached. */
static void reach(struct source_document *d, struct source_block *b,
		  unsigned row, unsigned col)
{
	const struct source_cell *last =
		b->n_cells ? &b->cells[b->n_cells - 1] : NULL;
	unsigned at_row = last ? last->row : 0;
	unsigned at_col = last ? last->col : 0;

	for (; at_row < row; at_row++, at_col = 0)
		buf_putc(&d->text, '\n');
	for (; at_col < col; at_col++)
		buf_putc(&d->text, '\t');
}

void source_add_cell(struct source_document *d, struct str text, unsigned row,
		     unsigned col, unsigned rows, unsigned cols)
{
	struct source_block *b = &d->blocks[d->n_blocks - 1];
	struct source_cell c = {.row = row, .col = col, .rows = rows,
				.cols = cols, .page = b->page};

	text = str_trim(text);
	reach(d, b, row, col);
	c.start = d->text.n;
	buf_put_str(&d->text, text);
	c.end = d->text.n;
	for (size_t i = c.start; i < c.end; i++)
		if (d->text.p[i] == '\t' || d->text.p[i] == '\r' ||
		    d->text.p[i] == '\n')
			d->text.p[i] = ' ';
	b->cells = arena_grow(d->arena, b->cells, &b->cap_cells,
			      b->n_cells + 1, sizeof *b->cells);
	b->cells[b->n_cells++] = c;
	if (b->n_rows < row + rows)
		b->n_rows = row + rows;
	if (b->n_cols < col + cols)
		b->n_cols = col + cols;
}

/* t1.r2.c3: there are many. */
static struct str place_of(struct arena *a, unsigned table, unsigned row,
			   unsigned col)
{
	char *start = arena_alloc_raw(a, sizeof "t.r.c" + 3 * STR_MOST_INT);
	char *p = start;

	*p++ = 't';
	p = str_put_int(p, table);
	*p++ = '.';
	*p++ = 'r';
	p = str_put_int(p, row);
	*p++ = '.';
	*p++ = 'c';
	p = str_put_int(p, col);
	*p = '\0';
	return (struct str){start, (size_t)(p - start)};
}

struct str source_cell_name(struct arena *a, const struct source_block *b,
			    unsigned row, unsigned col)
{
	char letters[8];
	size_t n = sizeof letters;

	if (!b->sheet.n)
		return place_of(a, b->table, row + 1, col + 1);
	for (unsigned k = b->first_col + col + 1; k && n; k = (k - 1) / 26)
		letters[--n] = (char)('A' + (k - 1) % 26);
	return str_format(a, "%.*s!%.*s%u", STR_ARG(b->sheet),
			  (int)(sizeof letters - n), letters + n,
			  b->first_row + row + 1);
}

struct source_mark source_mark(const struct source_document *d)
{
	return (struct source_mark){d->text.n, d->n_blocks, d->n_tables};
}

void source_return(struct source_document *d, struct source_mark m)
{
	d->text.n = m.text;
	d->n_blocks = m.blocks;
	d->n_tables = m.tables;
}
