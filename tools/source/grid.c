/*
 * Cells are sorted, text rows at the top and the foot are split off, the rest
 * becomes a block. A row is text where it holds one cell at its beginning that
 * no second cell stands beside, or where it names the unit or the department.
 */
#include "source/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "source/heading.h"

void grid_add(struct grid *g, struct grid_cell cell)
{
	cell.text = str_trim(cell.text);
	if (g->n_rows < cell.row + cell.rows)
		g->n_rows = cell.row + cell.rows;
	if (g->n_cols < cell.col + cell.cols)
		g->n_cols = cell.col + cell.cols;
	if (!cell.text.n)
		return;
	g->cells = arena_grow(g->arena, g->cells, &g->cap, g->n + 1,
			      sizeof *g->cells);
	g->cells[g->n++] = cell;
}

static int by_place(const void *a, const void *b)
{
	const struct grid_cell *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->col != y->col)
		return x->col < y->col ? -1 : 1;
	return str_compare(x->text, y->text);
}

/* Most readers give the cells in their order. */
static void sort_cells(struct grid *g)
{
	size_t i = 1;

	while (i < g->n && by_place(&g->cells[i - 1], &g->cells[i]) <= 0)
		i++;
	if (i < g->n)
		qsort(g->cells, g->n, sizeof *g->cells, by_place);
}

static void join_doubles(struct grid *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct grid_cell *last = n ? &g->cells[n - 1] : NULL;
		const struct grid_cell *c = &g->cells[i];

		if (last && last->row == c->row && last->col == c->col)
			last->text = str_format(g->arena, "%.*s %.*s",
						STR_ARG(last->text),
						STR_ARG(c->text));
		else
			g->cells[n++] = *c;
	}
	g->n = n;
}

static bool is_number(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0123456789,.-+% ", s.p[i]))
			return false;
		n += s.p[i] >= '0' && s.p[i] <= '9';
	}
	return n > 0;
}

/* The cells of the row that begins at i: how many. */
static size_t row_length(const struct grid *g, size_t i)
{
	size_t n = 1;

	while (i + n < g->n && g->cells[i + n].row == g->cells[i].row)
		n++;
	return n;
}

static bool names_unit(struct str s)
{
	static const char *const NAMES[] = {
		"单位：",     "单位:",       "部门：",     "部门:",
		"单位名称：", "预算单位：",  "编制部门：", "编制单位：",
		"公开部门：", "部门名称：",  "填报单位：", "部门名称:",
		"预算部门：", "部门/单位：",
	};

	for (size_t k = 0; k < sizeof NAMES / sizeof *NAMES; k++)
		if (str_find(s, str_of(NAMES[k])) != SIZE_MAX)
			return true;
	return false;
}

static bool is_caption(const struct grid *g, size_t i, size_t n)
{
	const struct grid_cell *c = &g->cells[i];
	bool unit = false;

	for (size_t k = 0; k < n; k++) {
		if (is_number(c[k].text) || c[k].rows > 1)
			return false;
		unit |= names_unit(c[k].text);
	}
	if (n == 1)
		return c->col == 0 || c->cols == g->n_cols || unit;
	return unit && n <= 4;
}

static bool is_note(const struct grid *g, size_t i, size_t n)
{
	static const char *const NOTES[] = {"注：", "注:", "说明：", "说明:",
					    "备注：", "备注:", "附注："};
	const struct grid_cell *c = &g->cells[i];

	if (n != 1 || c->col != 0 || c->rows > 1 || is_number(c->text))
		return false;
	for (size_t k = 0; k < sizeof NOTES / sizeof *NOTES; k++)
		if (str_starts(c->text, str_of(NOTES[k])))
			return true;
	return c->cols == g->n_cols &&
	       str_find(c->text, STR("。")) != SIZE_MAX;
}

static void write_line(struct source_document *d, const struct grid *g,
		       const struct grid_cell *c, struct str text)
{
	text = str_trim(text);
	if (!text.n)
		return;
	source_add_text(d,
			heading_is(text, d->n_blocks == 0) ? BLOCK_HEADING
							   : BLOCK_PARAGRAPH,
			c->page ? c->page : g->page,
			c->line ? c->line : g->line, text);
	d->blocks[d->n_blocks - 1].level = heading_level(text);
}

static void write_text(struct source_document *d, const struct grid *g,
		       size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct str rest = g->cells[i].text, line;

		while (str_split(&rest, '\n', &line))
			write_line(d, g, &g->cells[i], line);
	}
}

/* One column, or one row without a number: no table. */
static bool is_list(const struct grid *g, size_t from, size_t to)
{
	bool column = true, row = true;

	for (size_t i = from; i < to; i++) {
		column &= g->cells[i].col == g->cells[from].col;
		row &= g->cells[i].row == g->cells[from].row &&
		       !is_number(g->cells[i].text);
	}
	return column || row;
}

static void write_cells(struct source_document *d, const struct grid *g,
			size_t from, size_t to)
{
	const struct grid_cell *first = &g->cells[from];
	unsigned row0 = first->row, col0 = first->col;
	struct source_block *b;

	for (size_t i = from; i < to; i++)
		if (g->cells[i].col < col0)
			col0 = g->cells[i].col;
	b = source_begin(d, BLOCK_GRID, first->page ? first->page : g->page,
			 first->line ? first->line : g->line);
	b->sheet = g->sheet;
	b->first_row = row0;
	b->first_col = col0;
	for (size_t i = from; i < to; i++) {
		const struct grid_cell *c = &g->cells[i];
		struct source_cell *made;

		source_add_cell(d, c->text, c->row - row0, c->col - col0,
				c->rows, c->cols);
		b = &d->blocks[d->n_blocks - 1];
		made = &b->cells[b->n_cells - 1];
		made->line = c->line;
		if (c->page)
			made->page = c->page;
	}
	source_end(d);
}

void grid_write(struct source_document *d, struct grid *g)
{
	size_t from = 0, to, n;

	if (!g->n)
		return;
	sort_cells(g);
	join_doubles(g);
	while (from < g->n) {
		n = row_length(g, from);
		if (!is_caption(g, from, n))
			break;
		from += n;
	}
	write_text(d, g, 0, from);
	for (to = g->n; to > from; to -= n) {
		n = 1;
		while (to - n > from &&
		       g->cells[to - n - 1].row == g->cells[to - 1].row)
			n++;
		if (!is_note(g, to - n, n))
			break;
	}
	if (from < to && is_list(g, from, to))
		write_text(d, g, from, to);
	else if (from < to)
		write_cells(d, g, from, to);
	write_text(d, g, to, g->n);
}
