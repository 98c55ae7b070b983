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
#include "source/gaps.h"
#include "source/heading.h"

enum {
	LEAST_ROWS = 3,
	MOST_BETWEEN = 3, /* lines between two rows of a table */
	MOST_HEAD = 12,   /* lines */
	INDENT = 10,      /* of what is no first column */
};

static bool names_unit(const struct column_row *r)
{
	struct str last = r->n ? r->fields[r->n - 1].text
			       : (struct str){NULL, 0};

	return str_find(last, STR("单位：")) != SIZE_MAX ||
	       str_find(last, STR("单位:")) != SIZE_MAX;
}

bool columns_opens_table(const struct column_row *r)
{
	return names_unit(r) ||
	       (r->n == 1 && str_ends(r->fields[0].text, STR("表")));
}

/* A line that may stand in a table without being a row of numbers. */
static bool is_part(const struct column_row *r)
{
	if (r->blank || r->stop)
		return r->blank && !r->stop;
	if (!r->n || columns_opens_table(r)) /* a line of a contents */
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
		if (!column_row_is_body(&rows[i]))
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
		*titled = columns_opens_table(&rows[k]);
		if (!is_part(&rows[k]) || (rows[k].n == 1 && k + 1 < first))
			break;
		/* 科目编码 over 类 款 项, below the unit line */
		if (rows[k].n > 1 || (rows[k].n && k > from && first < at &&
				      columns_opens_table(&rows[k - 1])))
			first = k;
	}
	return first;
}

/* The last row of the table that row i belongs to; *count: of how many. */
static size_t last_row(const struct column_row *rows, size_t n, int unit,
		       size_t i, size_t *count)
{
	size_t last = i, lines = 0;

	*count = 1;
	for (size_t k = i + 1; k < n && lines <= MOST_BETWEEN; k++) {
		if (column_row_is_body(&rows[k])) {
			++*count;
			last = k;
			lines = 0;
		} else if (!is_part(&rows[k])) {
			break;
		} else {
			lines += !rows[k].blank &&
				 !stands_apart(&rows[k], unit);
		}
	}
	return last;
}

size_t columns_extend(const struct column_row *rows, size_t n, int unit,
		      size_t i)
{
	size_t count;

	return last_row(rows, n, unit, i, &count) + 1;
}

bool columns_find(const struct column_row *rows, size_t n, int unit,
		  size_t from, size_t *first, size_t *end)
{
	for (size_t i = from; i < n; i++) {
		size_t count, last;
		bool titled;

		if (!column_row_is_body(&rows[i]))
			continue;
		last = last_row(rows, n, unit, i, &count);
		*first = find_head(rows, from, i, &titled);
		*end = last + 1;
		if ((count >= LEAST_ROWS || (titled && *first < i)) &&
		    !is_contents(rows + i, last + 1 - i))
			return true;
		i = last;
	}
	return false;
}

struct edge {
	int at, x0, x1;
};

static int by_edge(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

/* Columns of numbers by their right ends, or of labels by their left ends. */
static void cluster(struct arena *a, struct columns *c,
		    const struct column_row *rows, size_t n, bool numbers,
		    int tolerance)
{
	struct edge *edges = NULL;
	size_t count = 0, cap = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; column_row_is_body(&rows[i]) && k < rows[i].n; k++) {
			const struct column_field *f = &rows[i].fields[k];

			if ((k && column_is_number(f->text)) != numbers)
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
		columns_add(a, c, (struct column){edges[i].x0, edges[i].x1,
						 numbers});
	}
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
		common = columns_shared(last->x0, last->x1, c->v[i].x0, c->v[i].x1);
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
		columns_add(a, c, labels.v[i]);
	if (c->n)
		qsort(c->v, c->n, sizeof *c->v, by_middle);
}

/* Counts to two: whether a place is one field's alone. */
static void count(unsigned char *n)
{
	*n += *n < 2;
}

size_t columns_disorder(struct arena *a, const struct column_row *rows,
			size_t n)
{
	unsigned char *left, *right;
	size_t alone = 0;
	int last = 0;

	for (size_t i = 0; i < n; i++)
		if (rows[i].n && rows[i].fields[rows[i].n - 1].x1 > last)
			last = rows[i].fields[rows[i].n - 1].x1;
	left = ARENA_ARRAY(a, unsigned char, (size_t)last + 1);
	right = ARENA_ARRAY(a, unsigned char, (size_t)last + 1);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows[i].n; k++) {
			count(&left[rows[i].fields[k].x0]);
			count(&right[rows[i].fields[k].x1]);
		}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows[i].n; k++)
			alone += left[rows[i].fields[k].x0] == 1 &&
				 right[rows[i].fields[k].x1] == 1;
	return alone;
}

/* The column of a field: of its kind if it has one there. */
static size_t column_of(const struct columns *c, const struct column_field *f,
			bool number)
{
	int best = INT_MIN;
	size_t at = 0;

	for (size_t i = 0; i < c->n; i++) {
		int common = columns_shared(c->v[i].x0, c->v[i].x1, f->x0, f->x1);
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

		if (columns_shared(c->v[i].x0, c->v[i].x1, f->x0, f->x1) * 3 <
		    width * 2)
			continue;
		*from = i < *from ? i : *from;
		*to = i > *to ? i : *to;
	}
}

struct head {
	const struct column_row *rows;
	size_t n; /* rows of the head */
	int unit;
};

static void put_row(struct grid *g, const struct columns *c,
		    const struct head *h, const struct column_row *r,
		    unsigned row)
{
	bool body = column_row_is_body(r);
	size_t next = 0, at = r >= h->rows && r < h->rows + h->n
				     ? (size_t)(r - h->rows)
				     : h->n;

	for (size_t k = 0; k < r->n; k++) {
		const struct column_field *f = &r->fields[k];
		bool number = k && column_is_number(f->text);
		size_t from, to;

		if (c->apart && at < h->n) {
			columns_cover(c, h->rows, h->n, at, k, h->unit, &from,
				      &to);
		} else if (c->apart) {
			size_t n;

			from = columns_touched(c, f->x0, f->x1, &n);
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
	return r->n == 1 && !column_is_number(r->fields[0].text);
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
	    !rows[i + 1].n || !column_is_number(rows[i + 1].fields[0].text) ||
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
	struct head head = {.rows = rows, .unit = unit};
	struct columns c = {0};
	unsigned row = 0;

	*g = (struct grid){.arena = a, .page = rows[0].page,
			   .line = rows[0].line};
	while (head.n < n && !column_row_is_body(&rows[head.n]))
		head.n++;
	if (!columns_find_gaps(a, &c, rows, n, unit)) {
		c = (struct columns){0};
		find_columns(a, &c, rows, n, unit);
	}
	for (size_t i = 0; i < n;) {
		struct column_row joined;
		size_t used = join_labels(a, rows, i, n, unit, &joined);

		if (used)
			put_row(g, &c, &head, &joined, row++);
		else if (rows[i].n)
			put_row(g, &c, &head, &rows[i], row++);
		i += used ? used : 1;
	}
	return g;
}
