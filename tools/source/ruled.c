/*
 * Rules that touch each other frame a table. Their places give rows and
 * columns; two neighbouring boxes without a rule between them are one merged
 * cell. Characters go to the box that their middle stands in.
 */
#include <stdlib.h>
#include <string.h>

#include "source/page.h"

enum {
	SNAP = 20,       /* rules nearer than this are one */
	LEAST_RULE = 50, /* shorter ones are no borders */
	MOST_RULES = 8000,
	MOST_BOXES = 200000,
};

struct frame {
	struct arena *a;
	struct page_rule *h, *v;
	size_t n_h, n_v;
	size_t *group; /* of h, then of v */
};

static int by_row(const void *a, const void *b)
{
	const struct page_rule *x = a, *y = b;

	if (x->y0 != y->y0)
		return x->y0 < y->y0 ? -1 : 1;
	return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

static int by_column(const void *a, const void *b)
{
	const struct page_rule *x = a, *y = b;

	if (x->x0 != y->x0)
		return x->x0 < y->x0 ? -1 : 1;
	return x->y0 < y->y0 ? -1 : x->y0 > y->y0;
}

/*
 * Merges rules that overlap or touch on (nearly) the same line. Turned round,
 * vertical rules are handled as horizontal ones.
 */
static size_t merge(struct page_rule *r, size_t n)
{
	bool changed = true;

	while (changed) {
		size_t kept = 0;

		changed = false;
		qsort(r, n, sizeof *r, by_row);
		for (size_t i = 0; i < n; i++) {
			size_t k = kept;

			while (k > 0 && r[i].y0 - r[k - 1].y0 <= SNAP / 2) {
				struct page_rule *m = &r[k - 1];

				if (r[i].x0 <= m->x1 + SNAP &&
				    m->x0 <= r[i].x1 + SNAP) {
					if (r[i].x0 < m->x0)
						m->x0 = r[i].x0;
					if (r[i].x1 > m->x1)
						m->x1 = r[i].x1;
					break;
				}
				k--;
			}
			if (k > 0 && r[i].y0 - r[k - 1].y0 <= SNAP / 2)
				changed = true;
			else
				r[kept++] = r[i];
		}
		n = kept;
	}
	return n;
}

static void turn(struct page_rule *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		r[i] = (struct page_rule){r[i].y0, r[i].x0, r[i].y1, r[i].x1};
}

static size_t drop_short(struct page_rule *r, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (r[i].x1 - r[i].x0 >= LEAST_RULE)
			r[kept++] = r[i];
	return kept;
}

static void split_rules(struct frame *f, const struct page *p)
{
	size_t n = p->n_rules < MOST_RULES ? p->n_rules : MOST_RULES;

	f->h = ARENA_ARRAY(f->a, struct page_rule, n);
	f->v = ARENA_ARRAY(f->a, struct page_rule, n);
	for (size_t i = 0; i < n; i++) {
		const struct page_rule *r = &p->rules[i];

		if (r->y0 == r->y1)
			f->h[f->n_h++] = *r;
		else
			f->v[f->n_v++] = *r;
	}
	f->n_h = drop_short(f->h, merge(f->h, f->n_h));
	turn(f->v, f->n_v);
	f->n_v = drop_short(f->v, merge(f->v, f->n_v));
	turn(f->v, f->n_v);
	qsort(f->v, f->n_v, sizeof *f->v, by_column);
}

static size_t root(size_t *group, size_t i)
{
	while (group[i] != i)
		i = group[i] = group[group[i]];
	return i;
}

static bool touch(const struct page_rule *h, const struct page_rule *v)
{
	return v->x0 >= h->x0 - SNAP && v->x0 <= h->x1 + SNAP &&
	       h->y0 >= v->y0 - SNAP && h->y0 <= v->y1 + SNAP;
}

static void find_groups(struct frame *f)
{
	f->group = ARENA_ARRAY(f->a, size_t, f->n_h + f->n_v);
	for (size_t i = 0; i < f->n_h + f->n_v; i++)
		f->group[i] = i;
	for (size_t i = 0; i < f->n_h; i++)
		for (size_t k = 0; k < f->n_v; k++)
			if (touch(&f->h[i], &f->v[k]))
				f->group[root(f->group, f->n_h + k)] =
					root(f->group, i);
}

static int overlap(const struct page_rule *a, const struct page_rule *b)
{
	int from = a->y0 > b->y0 ? a->y0 : b->y0;
	int to = a->y1 < b->y1 ? a->y1 : b->y1;

	return to - from;
}

/*
 * A cell that is taller than the page has rules at its sides only. They
 * belong to the table beside them.
 */
static void adopt_sides(struct frame *f)
{
	size_t *size = ARENA_ARRAY(f->a, size_t, f->n_h + f->n_v);

	for (size_t i = 0; i < f->n_h + f->n_v; i++)
		size[root(f->group, i)]++;
	for (size_t i = 0; i < f->n_v; i++) {
		size_t best = SIZE_MAX;

		if (size[root(f->group, f->n_h + i)] > 1)
			continue;
		for (size_t k = 0; k < f->n_v; k++)
			if (size[root(f->group, f->n_h + k)] > 1 &&
			    overlap(&f->v[i], &f->v[k]) * 10 >=
				    (f->v[i].y1 - f->v[i].y0) * 8 &&
			    (best == SIZE_MAX ||
			     abs(f->v[k].x0 - f->v[i].x0) <
				     abs(f->v[best].x0 - f->v[i].x0)))
				best = k;
		if (best != SIZE_MAX)
			f->group[f->n_h + i] =
				root(f->group, f->n_h + best);
	}
}

static int by_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return x < y ? -1 : x > y;
}

/* Sorts the places and makes those nearer than SNAP one. */
static size_t snap(int *v, size_t n)
{
	size_t kept = 0;

	qsort(v, n, sizeof *v, by_int);
	for (size_t i = 0; i < n; i++)
		if (!kept || v[i] - v[kept - 1] > SNAP)
			v[kept++] = v[i];
	return kept;
}

/* The boxes of one table, and which of them are one cell. */
struct boxes {
	int *xs, *ys;
	size_t rows, cols;
	size_t *cell; /* rows * cols: number of the first box of the cell */
};

static size_t index_of(const int *edges, size_t n, int at)
{
	size_t i = 0;

	while (i + 1 < n && edges[i + 1] <= at)
		i++;
	return i;
}

/* Is most of from..to at the given place covered by a rule of the group? */
static bool covered(const struct page_rule *r, size_t n, const size_t *group,
		    size_t first, size_t id, bool rows, int at, int from, int to)
{
	int length = 0;

	for (size_t i = 0; i < n; i++) {
		int place = rows ? r[i].y0 : r[i].x0;
		int a = rows ? r[i].x0 : r[i].y0, b = rows ? r[i].x1 : r[i].y1;

		if (group[first + i] != id || abs(place - at) > SNAP)
			continue;
		if (a < from)
			a = from;
		if (b > to)
			b = to;
		if (b > a)
			length += b - a;
	}
	return length * 10 >= (to - from) * 6;
}

static void unite(struct boxes *b, size_t x, size_t y)
{
	size_t rx = root(b->cell, x), ry = root(b->cell, y);

	if (rx < ry)
		b->cell[ry] = rx;
	else
		b->cell[rx] = ry;
}

static void merge_boxes(const struct frame *f, struct boxes *b, size_t id)
{
	for (size_t i = 0; i < b->rows * b->cols; i++)
		b->cell[i] = i;
	for (size_t r = 0; r < b->rows; r++)
		for (size_t c = 0; c < b->cols; c++) {
			size_t i = r * b->cols + c;

			if (c + 1 < b->cols &&
			    !covered(f->v, f->n_v, f->group, f->n_h, id, false,
				     b->xs[c + 1], b->ys[r], b->ys[r + 1]))
				unite(b, i, i + 1);
			if (r + 1 < b->rows &&
			    !covered(f->h, f->n_h, f->group, 0, id, true,
				     b->ys[r + 1], b->xs[c], b->xs[c + 1]))
				unite(b, i, i + b->cols);
		}
}

static void find_edges(const struct frame *f, struct boxes *b, size_t id)
{
	size_t nx = 0, ny = 0;

	b->xs = ARENA_ARRAY(f->a, int, 2 * f->n_h + f->n_v);
	b->ys = ARENA_ARRAY(f->a, int, f->n_h + 2 * f->n_v);
	for (size_t i = 0; i < f->n_v; i++)
		if (f->group[f->n_h + i] == id)
			b->xs[nx++] = f->v[i].x0;
	for (size_t i = 0; i < f->n_h; i++)
		if (f->group[i] == id)
			b->ys[ny++] = f->h[i].y0;
	nx = snap(b->xs, nx);
	ny = snap(b->ys, ny);
	/* A table may be open at its sides: then its rules end there. */
	if (nx && ny) {
		int x0 = b->xs[0], x1 = b->xs[nx - 1];
		int y0 = b->ys[0], y1 = b->ys[ny - 1];
		int left = x0, right = x1, top = y0, foot = y1;

		for (size_t i = 0; i < f->n_h; i++)
			if (f->group[i] == id) {
				left = f->h[i].x0 < left ? f->h[i].x0 : left;
				right = f->h[i].x1 > right ? f->h[i].x1 : right;
			}
		for (size_t i = 0; i < f->n_v; i++)
			if (f->group[f->n_h + i] == id) {
				top = f->v[i].y0 < top ? f->v[i].y0 : top;
				foot = f->v[i].y1 > foot ? f->v[i].y1 : foot;
			}
		if (left < x0 - 3 * SNAP)
			b->xs[nx++] = left;
		if (right > x1 + 3 * SNAP)
			b->xs[nx++] = right;
		if (top < y0 - 3 * SNAP)
			b->ys[ny++] = top;
		if (foot > y1 + 3 * SNAP)
			b->ys[ny++] = foot;
		nx = snap(b->xs, nx);
		ny = snap(b->ys, ny);
	}
	b->cols = nx ? nx - 1 : 0;
	b->rows = ny ? ny - 1 : 0;
}

struct extent {
	unsigned row0, row1, col0, col1;
};

/* Rows and columns of each cell, at the number of its first box. */
static struct extent *find_extents(struct arena *a, const struct boxes *b)
{
	size_t n = b->rows * b->cols;
	struct extent *v = ARENA_ARRAY(a, struct extent, n);

	for (size_t i = 0; i < n; i++) {
		struct extent *e = &v[root(b->cell, i)];
		unsigned row = (unsigned)(i / b->cols);
		unsigned col = (unsigned)(i % b->cols);

		if (root(b->cell, i) == i)
			*e = (struct extent){row, row, col, col};
		e->row1 = row;
		e->col0 = col < e->col0 ? col : e->col0;
		e->col1 = col > e->col1 ? col : e->col1;
	}
	return v;
}

static bool is_digit(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || cp == '.' || cp == ',' || cp == '-';
}

static size_t box_of(const struct page_table *t, const struct boxes *b,
		     const struct page_char *c)
{
	int x = (c->x0 + c->x1) / 2, y = (c->y0 + c->y1) / 2;

	if (c->taken || x < t->x0 || x > t->x1 || y < t->y0 || y > t->y1)
		return SIZE_MAX;
	return root(b->cell, index_of(b->ys, b->rows, y) * b->cols +
				     index_of(b->xs, b->cols, x));
}

/* A number that ends here is whole: 12.34 */
static bool ends_number(const struct page_char *c, size_t at)
{
	size_t n = 0;

	while (n < at && c[at - n].cp >= '0' && c[at - n].cp <= '9')
		n++;
	return n > 1 && n < at && c[at - n].cp == '.';
}

/* Is the character cut by the rule that its box ends or begins with? */
static bool is_cut(const struct page_table *t, const struct page_char *c)
{
	int width = c->x1 - c->x0;

	for (size_t i = 0; i < t->n_xs; i++)
		if ((t->xs[i] - c->x0) * 4 > width &&
		    (c->x1 - t->xs[i]) * 4 > width)
			return true;
	return false;
}

/* Does a number stand in the box, on the line of the character? */
static bool holds_number(const struct page *p, const struct page_table *t,
			 const struct boxes *b, size_t box,
			 const struct page_char *c)
{
	for (size_t i = 0; i < p->n_chars; i++)
		if (is_digit(p->chars[i].cp) &&
		    abs(p->chars[i].y0 - c->y0) < (c->y1 - c->y0) / 2 &&
		    box_of(t, b, &p->chars[i]) == box)
			return true;
	return false;
}

/*
 * Does a text that is too long for its cell run on over the rule into this
 * box? Two numbers, and two heads, that touch at the rule stay apart.
 */
static bool runs_over(const struct page *p, const struct page_table *t,
		      const struct boxes *b, size_t i, size_t from, size_t box)
{
	const struct page_char *c = &p->chars[i], *before = c - 1;

	if (before->run != c->run || abs(before->y0 - c->y0) > SNAP ||
	    is_digit(before->cp) != is_digit(c->cp) || from == box)
		return false;
	if (is_digit(c->cp))
		return !ends_number(p->chars, i - 1);
	/* It did before: then it still does. */
	if (box_of(t, b, before) != from)
		return true;
	return is_cut(t, before) || is_cut(t, c) ||
	       holds_number(p, t, b, box, c);
}

/*
 * A text in the middle of its cell that is too long for it stands out on both
 * sides: the cell of the run that begins at i, and the run's end; SIZE_MAX
 * where it is no such run.
 */
static size_t stands_out(const struct page *p, const struct page_table *t,
			 const struct boxes *b, const struct extent *extents,
			 size_t i, size_t *end)
{
	const struct page_char *c = &p->chars[i];
	struct page_char middle = *c;
	const struct extent *e;
	size_t box;
	int x0, x1;

	*end = i + 1;
	if (is_digit(c->cp) || (i && c[-1].run == c->run))
		return SIZE_MAX;
	while (*end < p->n_chars && p->chars[*end].run == c->run &&
	       abs(p->chars[*end].y0 - c->y0) <= SNAP)
		++*end;
	middle.x1 = p->chars[*end - 1].x1;
	box = box_of(t, b, &middle);
	if (box == SIZE_MAX)
		return SIZE_MAX;
	e = &extents[box];
	x0 = b->xs[e->col0];
	x1 = b->xs[e->col1 + 1];
	return middle.x0 < x0 && middle.x1 > x1 &&
			       abs(middle.x0 + middle.x1 - x0 - x1) <
				       c->x1 - c->x0
		       ? box
		       : SIZE_MAX;
}

/* Characters of a cell, gathered by a counting sort over the cells. */
static void fill_cells(struct arena *a, struct page *p, struct page_table *t,
		       const struct boxes *b)
{
	size_t n_boxes = b->rows * b->cols, n = 0;
	size_t *end = ARENA_ARRAY(a, size_t, n_boxes + 1);
	size_t *at = ARENA_ARRAY(a, size_t, p->n_chars);
	struct page_char **chars =
		ARENA_ARRAY(a, struct page_char *, p->n_chars);
	const struct extent *extents = find_extents(a, b);

	for (size_t i = 0, run_end = 0, owner = SIZE_MAX; i < p->n_chars; i++) {
		at[i] = box_of(t, b, &p->chars[i]);
		if (at[i] == SIZE_MAX)
			continue;
		if (i >= run_end)
			owner = stands_out(p, t, b, extents, i, &run_end);
		if (owner != SIZE_MAX)
			at[i] = owner;
		else if (i && at[i - 1] != SIZE_MAX &&
		    runs_over(p, t, b, i, at[i - 1], at[i]))
			at[i] = at[i - 1];
		end[at[i] + 1]++;
		n++;
	}
	for (size_t i = 0; i < n_boxes; i++)
		end[i + 1] += end[i];
	for (size_t i = p->n_chars; i-- > 0;)
		if (at[i] != SIZE_MAX) {
			chars[--end[at[i] + 1]] = &p->chars[i];
			p->chars[i].taken = true;
		}
	for (size_t i = 0; i < n_boxes; i++) {
		size_t from = end[i + 1];
		size_t to = i + 1 < n_boxes ? end[i + 2] : n;
		const struct extent *e = &extents[i];
		struct page_line *lines;
		size_t n_lines;

		if (root(b->cell, i) != i || from == to)
			continue;
		n_lines = page_find_lines(a, chars + from, to - from, &lines);
		grid_add(&t->grid,
			 (struct grid_cell){
				 .text = page_cell_text(a, lines, n_lines,
							b->xs[e->col1 + 1]),
				 .row = e->row0,
				 .col = e->col0,
				 .rows = e->row1 - e->row0 + 1,
				 .cols = e->col1 - e->col0 + 1,
				 .page = p->number});
	}
	t->grid.n_rows = (unsigned)b->rows;
	t->grid.n_cols = (unsigned)b->cols;
}

static size_t count_cells(const struct boxes *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->rows * b->cols; i++)
		n += root(b->cell, i) == i;
	return n;
}

static int by_size(const void *a, const void *b)
{
	const struct page_table *x = a, *y = b;
	long long sx = (long long)(x->x1 - x->x0) * (x->y1 - x->y0);
	long long sy = (long long)(y->x1 - y->x0) * (y->y1 - y->y0);

	return sx < sy ? -1 : sx > sy;
}

static int by_top(const void *a, const void *b)
{
	const struct page_table *x = a, *y = b;

	if (x->y0 != y->y0)
		return x->y0 < y->y0 ? -1 : 1;
	return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

struct found {
	struct page_table table;
	struct boxes boxes;
};

size_t page_find_tables(struct arena *a, struct page *p,
			struct page_table **tables)
{
	struct frame f = {.a = a};
	struct found *v = NULL;
	size_t n = 0, cap = 0, kept = 0;

	*tables = NULL;
	split_rules(&f, p);
	if (f.n_h < 2 || f.n_v < 1)
		return 0;
	find_groups(&f);
	adopt_sides(&f);
	for (size_t i = 0; i < f.n_h + f.n_v; i++)
		f.group[i] = root(f.group, i);
	for (size_t id = 0; id < f.n_h + f.n_v; id++) {
		struct boxes b = {0};

		if (f.group[id] != id)
			continue;
		find_edges(&f, &b, id);
		if (b.rows < 1 || b.cols < 1 || b.rows * b.cols < 2 ||
		    b.rows * b.cols > MOST_BOXES)
			continue;
		b.cell = ARENA_ARRAY(a, size_t, b.rows * b.cols);
		merge_boxes(&f, &b, id);
		if (count_cells(&b) < 2)
			continue;
		v = arena_grow(a, v, &cap, n + 1, sizeof *v);
		v[n++] = (struct found){
			.table = {.x0 = b.xs[0],
				  .x1 = b.xs[b.cols],
				  .y0 = b.ys[0],
				  .y1 = b.ys[b.rows],
				  .xs = b.xs,
				  .n_xs = b.cols + 1,
				  .grid = {.arena = a, .page = p->number}},
			.boxes = b};
	}
	if (!n)
		return 0;
	/* The inner one of two takes its characters first. */
	qsort(v, n, sizeof *v, by_size);
	*tables = ARENA_ARRAY(a, struct page_table, n);
	for (size_t i = 0; i < n; i++) {
		fill_cells(a, p, &v[i].table, &v[i].boxes);
		if (v[i].table.grid.n)
			(*tables)[kept++] = v[i].table;
	}
	qsort(*tables, kept, sizeof **tables, by_top);
	return kept;
}
