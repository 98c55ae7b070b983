/* Sorting is stable (merge sort), so equal rows keep the order of the view. */
#include "render/grid.h"

#include <string.h>

struct section *page_section(struct page *p, enum section_kind kind)
{
	p->sections = arena_grow(p->arena, p->sections, &p->cap_sections,
				 p->n_sections + 1, sizeof *p->sections);
	p->sections[p->n_sections] = (struct section){.kind = kind};
	return &p->sections[p->n_sections++];
}

void section_line(struct page *p, struct section *s, struct str line)
{
	s->lines = arena_grow(p->arena, s->lines, &s->cap_lines,
			      s->n_lines + 1, sizeof *s->lines);
	s->lines[s->n_lines++] = line;
}

struct grid *grid_new(struct arena *a, const struct grid_column *columns,
		      size_t n)
{
	struct grid *g = ARENA_NEW(a, struct grid);

	g->columns = ARENA_ARRAY(a, struct grid_column, n);
	memcpy(g->columns, columns, n * sizeof *columns);
	g->n_columns = n;
	return g;
}

struct grid_row *grid_row(struct arena *a, struct grid *g)
{
	struct grid_row *r;

	g->rows = arena_grow(a, g->rows, &g->cap_rows, g->n_rows + 1,
			     sizeof *g->rows);
	r = &g->rows[g->n_rows++];
	*r = (struct grid_row){0};
	r->cells = ARENA_ARRAY(a, struct cell, g->n_columns);
	return r;
}

static size_t column_of(const struct grid *g, struct str id)
{
	for (size_t i = 0; i < g->n_columns; i++)
		if (str_equal(g->columns[i].id, id))
			return i;
	return SIZE_MAX;
}

static void merge(struct grid_row *rows, struct grid_row *spare, size_t n,
		  size_t column, bool down)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	merge(rows, spare, half, column, down);
	merge(rows + half, spare, n - half, column, down);
	while (i < half && j < n)
		spare[k++] = cell_compare(&rows[i].cells[column],
					  &rows[j].cells[column], down) <= 0
				     ? rows[i++]
				     : rows[j++];
	while (i < half)
		spare[k++] = rows[i++];
	memcpy(rows, spare, k * sizeof *rows);
}

bool grid_sort(struct grid *g, struct str key)
{
	bool down = key.n && key.p[0] == '-';
	size_t column = column_of(g, str_slice(key, down, key.n));
	struct arena a = {0};
	size_t n = 0;

	if (column == SIZE_MAX)
		return false;
	for (size_t i = 0; i < g->n_rows; i++)
		if (g->rows[i].tone != TONE_HEAD)
			g->rows[n++] = g->rows[i];
	g->n_rows = n;
	for (size_t i = 0; i < g->n_rows; i++) {
		g->rows[i].depth = 0;
		g->rows[i].cells[0].text = g->rows[i].full;
	}
	merge(g->rows, ARENA_ARRAY(&a, struct grid_row, g->n_rows), g->n_rows,
	      column, down);
	arena_release(&a);
	return true;
}

void grid_cut(struct grid *g, size_t n)
{
	if (g->n_rows > n)
		g->n_rows = n;
}

bool grid_choose(struct arena *a, struct grid *g, struct str list,
		 struct str *bad)
{
	struct grid_column *columns =
		ARENA_ARRAY(a, struct grid_column, list.n);
	size_t *from = ARENA_ARRAY(a, size_t, list.n), n = 0;
	struct str id;

	while (str_split(&list, ',', &id)) {
		from[n] = column_of(g, id);
		if (from[n] == SIZE_MAX) {
			*bad = id;
			return false;
		}
		columns[n] = g->columns[from[n]];
		n++;
	}
	for (size_t r = 0; r < g->n_rows; r++) {
		struct cell *cells = ARENA_ARRAY(a, struct cell, n);

		for (size_t i = 0; i < n; i++)
			cells[i] = g->rows[r].cells[from[i]];
		g->rows[r].cells = cells;
	}
	g->columns = columns;
	g->n_columns = n;
	return true;
}

static void drop(struct grid *g, size_t column)
{
	size_t rest = g->n_columns - column - 1;

	memmove(&g->columns[column], &g->columns[column + 1],
		rest * sizeof *g->columns);
	for (size_t r = 0; r < g->n_rows; r++)
		memmove(&g->rows[r].cells[column],
			&g->rows[r].cells[column + 1],
			rest * sizeof *g->rows[r].cells);
	g->n_columns--;
}

void grid_drop_empty(struct grid *g)
{
	for (size_t i = g->n_columns; i-- > 1;) {
		bool empty = true;

		for (size_t r = 0; r < g->n_rows && empty; r++)
			empty = g->rows[r].cells[i].kind == CELL_EMPTY;
		if (empty)
			drop(g, i);
	}
}

bool grid_drop(struct grid *g, struct str id)
{
	size_t column = column_of(g, id);

	if (column == SIZE_MAX)
		return false;
	drop(g, column);
	return true;
}

bool finding_quote(struct str *evidence, struct str *quote)
{
	size_t at = str_find(*evidence, STR(" | "));

	if (!evidence->n)
		return false;
	*quote = str_slice(*evidence, 0, at);
	*evidence = at == SIZE_MAX
			    ? (struct str){NULL, 0}
			    : str_slice(*evidence, at + 3, evidence->n);
	return true;
}
