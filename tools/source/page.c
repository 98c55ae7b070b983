/*
 * Tables take their characters first; what is left stands in lines, of which
 * those that line up in columns are tables without rules. A table
 * at the top of a page with the columns of the one at the foot of the page
 * before goes on from it, and its repeated head is left out.
 */
#include "source/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "source/heading.h"
#include "source/region.h"

enum {
	THIN = 30,       /* a box that is meant as a line */
	MOST_RULES = 100000,
	MOST_SHIFT = 40, /* of a column from page to page */
	TITLE_LINES = 6, /* above a table */
};

static bool is_blank(uint32_t cp)
{
	return cp <= ' ' || cp == 0xA0 || cp == 0x3000 || cp == 0xFEFF ||
	       (cp >= 0x2000 && cp <= 0x200F) || cp == 0x7F ||
	       cp == UTF8_REPLACEMENT;
}

void page_add_char(struct arena *a, struct page *p, struct page_char c)
{
	if (is_blank(c.cp))
		return;
	p->chars = arena_grow(a, p->chars, &p->cap_chars, p->n_chars + 1,
			      sizeof c);
	p->chars[p->n_chars++] = c;
}

void page_add_rule(struct arena *a, struct page *p, int x0, int y0, int x1,
		   int y1)
{
	struct page_rule r = {x0 < x1 ? x0 : x1, y0 < y1 ? y0 : y1,
			      x0 < x1 ? x1 : x0, y0 < y1 ? y1 : y0};
	int width = r.x1 - r.x0, height = r.y1 - r.y0;

	if ((width > THIN && height > THIN) || p->n_rules >= MOST_RULES)
		return;
	if (width >= height)
		r.y0 = r.y1 = (r.y0 + r.y1) / 2;
	else
		r.x0 = r.x1 = (r.x0 + r.x1) / 2;
	p->rules = arena_grow(a, p->rules, &p->cap_rules, p->n_rules + 1,
			      sizeof r);
	p->rules[p->n_rules++] = r;
}

static void add_line(struct arena *a, struct page_flow *f,
		     struct flow_line line)
{
	f->lines = arena_grow(a, f->lines, &f->cap, f->n + 1, sizeof line);
	f->lines[f->n++] = line;
}

static bool same_columns(const struct page_table *x, const struct page_table *y)
{
	if (x->n_xs != y->n_xs)
		return false;
	for (size_t i = 0; i < x->n_xs; i++)
		if (abs((x->xs[i] - x->xs[0]) - (y->xs[i] - y->xs[0])) >
		    MOST_SHIFT)
			return false;
	return true;
}

static bool same_cell(const struct grid_cell *x, const struct grid_cell *y)
{
	return x->row == y->row && x->col == y->col && x->rows == y->rows &&
	       x->cols == y->cols && str_equal(x->text, y->text);
}

/* Rows at the top of the second grid that repeat those of the first. */
static unsigned repeated_rows(const struct grid *x, const struct grid *y)
{
	size_t same = 0;
	unsigned rows = 0;

	while (same < x->n && same < y->n &&
	       same_cell(&x->cells[same], &y->cells[same]))
		same++;
	/* A row counts where all of it is the same. */
	for (size_t i = 0; i < same; i++)
		if (y->cells[i].row + y->cells[i].rows > rows)
			rows = y->cells[i].row + y->cells[i].rows;
	while (rows && same < y->n && y->cells[same].row < rows)
		rows = y->cells[same].row;
	return rows;
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return true;
	return false;
}

static bool is_code(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n >= 3 && s.n <= 7;
}

/* Does the grid begin like a body: a code, a number or an item of an outline in
 * its first row? */
static bool begins_with_body(const struct grid *g)
{
	for (size_t i = 0; i < g->n && g->cells[i].row == g->cells[0].row; i++)
		if (is_code(g->cells[i].text) ||
		    heading_level(g->cells[i].text) ||
		    str_starts(g->cells[i].text, STR("其中")) ||
		    (g->cells[i].col > 0 && has_digit(g->cells[i].text) &&
		     str_find(g->cells[i].text, STR("年")) == SIZE_MAX))
			return true;
	return false;
}

static void append_rows(struct grid *to, const struct grid *from,
			unsigned skip)
{
	unsigned base = to->n_rows;

	for (size_t i = 0; i < from->n; i++) {
		struct grid_cell c = from->cells[i];

		if (c.row < skip)
			continue;
		c.row += base - skip;
		grid_add(to, c);
	}
}

bool page_is_furniture(struct str s)
{
	return s.n < 40 && (str_find(s, STR("续")) != SIZE_MAX ||
			    !str_trim(s).n ||
			    (has_digit(s) && utf8_columns(s) < 8));
}

bool page_repeats_title(const struct page_flow *f, size_t at, struct str s)
{
	for (size_t i = at; i-- > 0 && i + TITLE_LINES >= at;) {
		if (f->lines[i].grid)
			return false;
		if (str_equal(f->lines[i].text, s))
			return true;
	}
	return false;
}

/* May the table go on from the last one: nothing new between them? */
static bool goes_on(const struct page_flow *f, const struct page_table *t)
{
	if (!f->last || !same_columns(f->last, t))
		return false;
	for (size_t i = f->last_at + 1; i < f->n; i++)
		if (!page_is_furniture(f->lines[i].text) &&
		    !page_repeats_title(f, f->last_at, f->lines[i].text))
			return false;
	return f->last->grid.page + 1 >= t->grid.page;
}

static void drop_repeated_title(struct page_flow *f)
{
	for (size_t i = f->last_at + 1; i < f->n; i++)
		if (page_repeats_title(f, f->last_at, f->lines[i].text))
			f->lines[i].dropped = true;
}

static void put_table(struct arena *a, struct page_flow *f,
		      const struct page_table *t)
{
	if (goes_on(f, t) && f->last->grid.page < t->grid.page) {
		unsigned skip = repeated_rows(f->last_grid, &t->grid);

		if (skip || begins_with_body(&t->grid)) {
			append_rows(f->last_grid, &t->grid, skip);
			drop_repeated_title(f);
			f->last->grid.page = t->grid.page;
			return;
		}
	}
	f->last = ARENA_NEW(a, struct page_table);
	*f->last = *t;
	f->last_grid = ARENA_NEW(a, struct grid);
	*f->last_grid = t->grid;
	f->last_at = f->n;
	add_line(a, f, (struct flow_line){.page = t->grid.page,
					  .grid = f->last_grid});
}

static void put_text(struct arena *a, struct page_flow *f, const struct page *p,
		     const struct page_line *l, int pitch, int above)
{
	int points = l->size / 10;

	f->sizes[points < 63 ? points : 63] += l->n;
	add_line(a, f,
		 (struct flow_line){.text = page_line_text(a, l),
				    .page = p->number,
				    .left = l->x0,
				    .right = l->x1,
				    .size = l->size,
				    .height = l->height,
				    .gap = above > 0 && pitch > 0 &&
					   above * 10 > pitch * 17});
}

static int by_value(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return x < y ? -1 : x > y;
}

/* The usual distance of lines. */
static int find_pitch(struct arena *a, const struct page_line *l, size_t n)
{
	int *v;

	if (n < 3)
		return 0;
	v = ARENA_ARRAY(a, int, n);
	for (size_t i = 1; i < n; i++)
		v[i - 1] = l[i].y1 - l[i - 1].y1;
	qsort(v, n - 1, sizeof *v, by_value);
	return v[(n - 1) / 2];
}

void page_append(struct arena *a, struct page_flow *f, struct page *p)
{
	struct page_char **chars = ARENA_ARRAY(a, struct page_char *,
					       p->n_chars);
	struct page_table *tables;
	struct page_line *lines;
	struct grid **grids;
	size_t n = 0, n_tables, n_lines, t = 0;
	bool *gone;
	int pitch;

	page_find_runs(p);
	n_tables = page_find_tables(a, p, &tables);
	for (size_t i = 0; i < p->n_chars; i++)
		if (!p->chars[i].taken)
			chars[n++] = &p->chars[i];
	n_lines = page_find_lines(a, chars, n, &lines);
	pitch = find_pitch(a, lines, n_lines);
	gone = ARENA_ARRAY(a, bool, n_lines);
	grids = region_find(a, f, p, lines, n_lines, gone);
	for (size_t i = 0; i < n_lines; i++) {
		for (; t < n_tables && tables[t].y0 < lines[i].y0; t++)
			put_table(a, f, &tables[t]);
		if (grids[i]) {
			f->open_at = f->n;
			add_line(a, f, (struct flow_line){.page = p->number,
							  .grid = grids[i]});
		}
		if (!gone[i])
			put_text(a, f, p, &lines[i], pitch,
				 i ? lines[i].y1 - lines[i - 1].y1 : 0);
	}
	for (; t < n_tables; t++)
		put_table(a, f, &tables[t]);
}

int page_flow_em(const struct page_flow *f)
{
	size_t best = 0;

	for (size_t i = 0; i < sizeof f->sizes / sizeof *f->sizes; i++)
		if (f->sizes[i] > f->sizes[best])
			best = i;
	return best ? (int)best * 10 + 5 : 105;
}
