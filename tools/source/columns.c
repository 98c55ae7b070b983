/*
 * Where white gaps run down between the fields of all rows, they part the
 * columns. Otherwise numbers stand under each other at their right ends,
 * labels at their left ends, and those ends make the columns. Every field goes
 * to the column that it overlaps most, a head over several columns spans them.
 */
#include "source/columns.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "source/heading.h"

enum {
	LEAST_ROWS = 3,
	MOST_BETWEEN = 3, /* lines between two rows of a table */
	MOST_HEAD = 6,    /* lines */
	INDENT = 10,      /* of what is no first column */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_number(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0123456789,.-+%", s.p[i]))
			return false;
		digits += is_digit(s.p[i]);
	}
	return digits > 0;
}

/* A row of a body: a number stands behind something else. */
static bool is_row(const struct column_row *r)
{
	for (size_t i = 1; i < r->n; i++)
		if (is_number(r->fields[i].text))
			return true;
	return false;
}

static bool names_unit(const struct column_row *r)
{
	struct str last = r->n ? r->fields[r->n - 1].text
			       : (struct str){NULL, 0};

	return str_find(last, STR("单位：")) != SIZE_MAX ||
	       str_find(last, STR("单位:")) != SIZE_MAX;
}

/* The title or the unit line of a table: what stands above belongs to another
 * one. */
static bool opens_table(const struct column_row *r)
{
	return names_unit(r) ||
	       (r->n == 1 && str_ends(r->fields[0].text, STR("表")));
}

/* A line that may stand in a table without being a row of numbers. */
static bool is_part(const struct column_row *r)
{
	if (r->blank || r->stop)
		return r->blank && !r->stop;
	if (opens_table(r))
		return false;
	if (r->n > 1)
		return true;
	return utf8_columns(r->fields[0].text) <= 40 &&
	       !heading_is_closed(r->fields[0].text) &&
	       str_find(r->fields[0].text, STR("，")) == SIZE_MAX;
}

/* Titles with the numbers of their pages: each row ends in a whole number, and
 * they never fall. */
static bool is_contents(const struct column_row *rows, size_t n)
{
	int64_t last = 0, value;

	for (size_t i = 0; i < n; i++) {
		if (!is_row(&rows[i]))
			continue;
		if (rows[i].n > 3 ||
		    !str_to_int64(rows[i].fields[rows[i].n - 1].text,
				  &value) ||
		    value < last || value > 999)
			return false;
		last = value;
	}
	return true;
}

/* A label in a column other than the first. */
static bool stands_apart(const struct column_row *r, int unit)
{
	return r->n > 1 || (r->n == 1 && r->fields[0].x0 > INDENT * unit);
}

/* The first line of the head above rows[at]; *titled: the title or the unit
 * line of a table stands above it. */
static size_t find_head(const struct column_row *rows, size_t from, size_t at,
			bool *titled)
{
	size_t first = at;

	*titled = false;
	for (size_t k = at; k-- > from && at - k <= MOST_HEAD;) {
		*titled = opens_table(&rows[k]);
		if (!is_part(&rows[k]) || (rows[k].n == 1 && k + 1 < first))
			break;
		if (rows[k].n > 1)
			first = k;
	}
	return first;
}

bool columns_find(const struct column_row *rows, size_t n, int unit,
		  size_t from, size_t *first, size_t *end)
{
	for (size_t i = from; i < n; i++) {
		size_t count = 1, last = i, lines = 0;
		bool titled;

		if (!is_row(&rows[i]))
			continue;
		for (size_t k = i + 1; k < n && lines <= MOST_BETWEEN; k++) {
			if (is_row(&rows[k])) {
				count++;
				last = k;
				lines = 0;
			} else if (!is_part(&rows[k])) {
				break;
			} else {
				lines += !rows[k].blank &&
					 !stands_apart(&rows[k], unit);
			}
		}
		*first = find_head(rows, from, i, &titled);
		*end = last + 1;
		if ((count >= LEAST_ROWS || (titled && *first < i)) &&
		    !is_contents(rows + i, last + 1 - i))
			return true;
		i = last;
	}
	return false;
}

struct column {
	int x0, x1;
	bool numbers;
};

struct columns {
	struct column *v;
	size_t n, cap;
	bool apart; /* white gaps part them */
};

struct edge {
	int at, x0, x1;
};

static int by_edge(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static void add_column(struct arena *a, struct columns *c, struct column one)
{
	c->v = arena_grow(a, c->v, &c->cap, c->n + 1, sizeof one);
	c->v[c->n++] = one;
}

/* Columns of numbers by their right ends, or of labels by their left ends. */
static void cluster(struct arena *a, struct columns *c,
		    const struct column_row *rows, size_t n, bool numbers,
		    int tolerance)
{
	struct edge *edges = NULL;
	size_t count = 0, cap = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; is_row(&rows[i]) && k < rows[i].n; k++) {
			const struct column_field *f = &rows[i].fields[k];

			if ((k && is_number(f->text)) != numbers)
				continue;
			edges = arena_grow(a, edges, &cap, count + 1,
					   sizeof *edges);
			edges[count++] = (struct edge){
				numbers ? f->x1 : f->x0, f->x0, f->x1};
		}
	if (count)
		qsort(edges, count, sizeof *edges, by_edge);
	for (size_t i = 0; i < count; i++) {
		struct column *last = c->n ? &c->v[c->n - 1] : NULL;

		if (i && edges[i].at - edges[i - 1].at <= tolerance) {
			last->x0 = edges[i].x0 < last->x0 ? edges[i].x0
							  : last->x0;
			last->x1 = edges[i].x1 > last->x1 ? edges[i].x1
							  : last->x1;
			continue;
		}
		add_column(a, c, (struct column){edges[i].x0, edges[i].x1,
						 numbers});
	}
}

static int shared(int a0, int a1, int b0, int b1)
{
	int from = a0 > b0 ? a0 : b0, to = a1 < b1 ? a1 : b1;

	return to > from ? to - from : 0;
}

static int by_middle(const void *a, const void *b)
{
	const struct column *x = a, *y = b;
	int mx = x->x0 + x->x1, my = y->x0 + y->x1;

	return mx < my ? -1 : mx > my;
}

/* Columns of which one stands mostly within the other are one. */
static void merge(struct columns *c)
{
	size_t kept = 0;

	if (c->n)
		qsort(c->v, c->n, sizeof *c->v, by_middle);
	for (size_t i = 0; i < c->n; i++) {
		struct column *last = kept ? &c->v[kept - 1] : NULL;
		int width = c->v[i].x1 - c->v[i].x0, common, least;

		if (!last) {
			c->v[kept++] = c->v[i];
			continue;
		}
		common = shared(last->x0, last->x1, c->v[i].x0, c->v[i].x1);
		least = last->x1 - last->x0 < width ? last->x1 - last->x0
						    : width;
		if (common * 2 > least && last->numbers == c->v[i].numbers) {
			last->x0 = c->v[i].x0 < last->x0 ? c->v[i].x0
							 : last->x0;
			last->x1 = c->v[i].x1 > last->x1 ? c->v[i].x1
							 : last->x1;
		} else {
			c->v[kept++] = c->v[i];
		}
	}
	c->n = kept;
}

static void find_columns(struct arena *a, struct columns *c,
			 const struct column_row *rows, size_t n, int unit)
{
	struct columns labels = {0};

	cluster(a, c, rows, n, true, 2 * unit);
	merge(c);
	cluster(a, &labels, rows, n, false, 4 * unit);
	merge(&labels);
	for (size_t i = 0; i < labels.n; i++)
		add_column(a, c, labels.v[i]);
	if (c->n)
		qsort(c->v, c->n, sizeof *c->v, by_middle);
}

/* The first column that shares a place with [x0, x1); *n: how many do. */
static size_t touched(const struct columns *c, int x0, int x1, size_t *n)
{
	size_t first = 0;

	*n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (shared(c->v[i].x0, c->v[i].x1, x0, x1)) {
			first = *n ? first : i;
			++*n;
		}
	return first;
}

/* False where the field stands within the column. */
static bool widen(struct column *c, const struct column_field *f)
{
	if (c->x0 <= f->x0 && f->x1 <= c->x1)
		return false;
	c->x0 = f->x0 < c->x0 ? f->x0 : c->x0;
	c->x1 = f->x1 > c->x1 ? f->x1 : c->x1;
	return true;
}

/* Adds a field to the columns: those that it touches become one. */
static void unite(struct arena *a, struct columns *c,
		  const struct column_field *f)
{
	size_t n, at = touched(c, f->x0, f->x1, &n);

	if (!n) {
		for (at = 0; at < c->n && c->v[at].x0 < f->x0; at++)
			;
		add_column(a, c, (struct column){0});
		memmove(c->v + at + 1, c->v + at,
			(c->n - 1 - at) * sizeof *c->v);
		c->v[at] = (struct column){f->x0, f->x1, false};
		return;
	}
	c->v[at].x1 = c->v[at + n - 1].x1;
	(void)widen(&c->v[at], f);
	memmove(c->v + at + 1, c->v + at + n,
		(c->n - at - n) * sizeof *c->v);
	c->n -= n - 1;
}

/* Whether a head stands over this column alone. */
static bool has_head(const struct columns *c, size_t at,
		     const struct column_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows[i].n; k++) {
			const struct column_field *f = &rows[i].fields[k];
			size_t touches;

			if (touched(c, f->x0, f->x1, &touches) == at &&
			    touches == 1)
				return true;
		}
	return false;
}

/* A head that stands over no column: that of the amounts beside it, where they
 * have none and no other head of its row is nearer; or else a column without
 * amounts. */
static void add_lonely(struct arena *a, struct columns *c,
		       const struct column_row *rows, size_t n,
		       const struct column_row *row, size_t k)
{
	const struct column_field *f = &row->fields[k];
	size_t at = 0;

	while (at < c->n && c->v[at].x0 < f->x0)
		at++;
	if (at < c->n && !has_head(c, at, rows, n) &&
	    (k + 1 == row->n || f[1].x0 >= c->v[at].x1))
		(void)widen(&c->v[at], f);
	else if (at && !has_head(c, at - 1, rows, n) &&
		 (!k || f[-1].x1 <= c->v[at - 1].x0))
		(void)widen(&c->v[at - 1], f);
	else
		unite(a, c, f);
}

/* Gives heads [0, n) their columns, the lowest first: one that stands over a
 * column widens it, which may bring it under another head; where no more do,
 * one that stands over none is a column without amounts. */
static void add_heads(struct arena *a, struct columns *c,
		      const struct column_row *rows, size_t n)
{
	const struct column_row *lonely;
	size_t lonely_k = 0;
	bool wider;

	do {
		lonely = NULL;
		wider = false;
		for (size_t i = n; i-- > 0;)
			for (size_t k = 0; k < rows[i].n; k++) {
				const struct column_field *f =
					&rows[i].fields[k];
				size_t touches, at = touched(c, f->x0, f->x1,
							     &touches);

				if (touches == 1)
					wider = widen(&c->v[at], f) || wider;
				else if (!touches && !lonely) {
					lonely = &rows[i];
					lonely_k = k;
				}
			}
		if (lonely && !wider)
			add_lonely(a, c, rows, n, lonely, lonely_k);
	} while (lonely || wider);
}

/* Columns between white gaps of the body. A head that stands over none of them
 * is of one without amounts. False: the rows leave no such gaps. */
static bool find_gaps(struct arena *a, struct columns *c,
		      const struct column_row *rows, size_t n)
{
	size_t body = 0, touches;

	*c = (struct columns){.apart = true};
	while (body < n && !is_row(&rows[body]))
		body++;
	for (size_t i = body; i < n; i++)
		for (size_t k = 0; k < rows[i].n; k++)
			unite(a, c, &rows[i].fields[k]);
	for (size_t i = body; i < n; i++)
		for (size_t k = 1; k < rows[i].n; k++)
			if (touched(c, rows[i].fields[k].x0,
				    rows[i].fields[k].x1, &touches) ==
			    touched(c, rows[i].fields[k - 1].x0,
				    rows[i].fields[k - 1].x1, &touches))
				return false;
	add_heads(a, c, rows, body);
	return true;
}

static int by_value(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Whether a sorted list has the value once. */
static bool is_alone(const int *list, size_t n, int value)
{
	const int *at = bsearch(&value, list, n, sizeof *list, by_value);

	return !((at > list && at[-1] == value) ||
		 (at + 1 < list + n && at[1] == value));
}

size_t columns_disorder(struct arena *a, const struct column_row *rows,
			size_t n)
{
	size_t fields = 0, alone = 0;
	int *left, *right;

	for (size_t i = 0; i < n; i++)
		fields += rows[i].n;
	left = ARENA_ARRAY(a, int, fields + 1);
	right = ARENA_ARRAY(a, int, fields + 1);
	fields = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows[i].n; k++) {
			left[fields] = rows[i].fields[k].x0;
			right[fields++] = rows[i].fields[k].x1;
		}
	qsort(left, fields, sizeof *left, by_value);
	qsort(right, fields, sizeof *right, by_value);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows[i].n; k++)
			alone += is_alone(left, fields, rows[i].fields[k].x0) &&
				 is_alone(right, fields, rows[i].fields[k].x1);
	return alone;
}

/* The column of a field: of its kind if it has one there. */
static size_t column_of(const struct columns *c, const struct column_field *f,
			bool number)
{
	int best = INT_MIN;
	size_t at = 0;

	for (size_t i = 0; i < c->n; i++) {
		int common = shared(c->v[i].x0, c->v[i].x1, f->x0, f->x1);
		int away = number ? abs(c->v[i].x1 - f->x1)
				  : abs(c->v[i].x0 - f->x0);
		int score = common * 2 - away +
			    (c->v[i].numbers == number ? f->x1 - f->x0 : 0);

		if (score > best) {
			best = score;
			at = i;
		}
	}
	return at;
}

/* A head stands over all columns that it covers. */
static void span_head(const struct columns *c, const struct column_field *f,
		      bool body, size_t *from, size_t *to)
{
	for (size_t i = 0; !body && i < c->n; i++) {
		int width = c->v[i].x1 - c->v[i].x0;

		if (shared(c->v[i].x0, c->v[i].x1, f->x0, f->x1) * 3 <
		    width * 2)
			continue;
		*from = i < *from ? i : *from;
		*to = i > *to ? i : *to;
	}
}

static void put_row(struct grid *g, const struct columns *c,
		    const struct column_row *r, unsigned row)
{
	bool body = is_row(r);
	size_t next = 0;

	for (size_t k = 0; k < r->n; k++) {
		const struct column_field *f = &r->fields[k];
		bool number = k && is_number(f->text);
		size_t from, to;

		if (c->apart) {
			size_t n;

			from = touched(c, f->x0, f->x1, &n);
			to = from + n - 1;
		} else {
			from = to = column_of(c, f, number);
			span_head(c, f, body, &from, &to);
		}
		if (from < next && next < c->n)
			from = next;
		if (to < from)
			to = from;
		next = to + 1;
		grid_add(g, (struct grid_cell){
				    .text = f->text,
				    .row = row,
				    .col = (unsigned)from,
				    .rows = 1,
				    .cols = (unsigned)(to - from) + 1,
				    .page = r->page,
				    .line = r->line});
	}
}

static bool is_label(const struct column_row *r)
{
	return r->n == 1 && !is_number(r->fields[0].text);
}

/*
 * A label on the lines above and below its numbers is one label:
 *	福州市科学
 *	            12.00
 *	技术局
 */
static size_t join_labels(struct arena *a, const struct column_row *rows,
			  size_t i, size_t n, int unit,
			  struct column_row *joined)
{
	const struct column_row *r = &rows[i];

	if (i + 2 >= n || !is_label(r) || !is_label(&rows[i + 2]) ||
	    !rows[i + 1].n || !is_number(rows[i + 1].fields[0].text) ||
	    rows[i + 1].fields[0].x0 <= r->fields[0].x1 ||
	    abs(rows[i + 2].fields[0].x0 - r->fields[0].x0) > 4 * unit)
		return 0;
	*joined = rows[i + 1];
	joined->n++;
	joined->fields = ARENA_ARRAY(a, struct column_field, joined->n);
	memcpy(joined->fields + 1, rows[i + 1].fields,
	       rows[i + 1].n * sizeof *joined->fields);
	joined->fields[0] = r->fields[0];
	joined->fields[0].text =
		str_format(a, "%.*s%.*s", STR_ARG(r->fields[0].text),
			   STR_ARG(rows[i + 2].fields[0].text));
	return 3;
}

struct grid *columns_build(struct arena *a, const struct column_row *rows,
			   size_t n, int unit)
{
	struct grid *g = ARENA_NEW(a, struct grid);
	struct columns c = {0};
	unsigned row = 0;

	*g = (struct grid){.arena = a, .page = rows[0].page,
			   .line = rows[0].line};
	if (!find_gaps(a, &c, rows, n)) {
		c = (struct columns){0};
		find_columns(a, &c, rows, n, unit);
	}
	for (size_t i = 0; i < n;) {
		struct column_row joined;
		size_t used = join_labels(a, rows, i, n, unit, &joined);

		if (used)
			put_row(g, &c, &joined, row++);
		else if (rows[i].n)
			put_row(g, &c, &rows[i], row++);
		i += used ? used : 1;
	}
	return g;
}
