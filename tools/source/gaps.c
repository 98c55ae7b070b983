/*
 * Columns that white gaps part: fields of the body that share a place stand in
 * one column; heads then widen the columns they stand over, and a head in the
 * middle of several columns that have heads below it covers them all.
 */
#include "source/gaps.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool column_is_number(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (is_digit(s.p[i]))
			digits++;
		else if (!strchr(",.-+%", s.p[i]))
			return false;
	}
	return digits > 0;
}

bool column_row_is_body(const struct column_row *r)
{
	for (size_t i = 1; i < r->n; i++)
		if (column_is_number(r->fields[i].text))
			return true;
	return false;
}

void columns_add(struct arena *a, struct columns *c, struct column one)
{
	c->v = arena_grow(a, c->v, &c->cap, c->n + 1, sizeof one);
	c->v[c->n++] = one;
}

int columns_shared(int a0, int a1, int b0, int b1)
{
	int from = a0 > b0 ? a0 : b0, to = a1 < b1 ? a1 : b1;

	return to > from ? to - from : 0;
}

size_t columns_touched(const struct columns *c, int x0, int x1, size_t *n)
{
	size_t first = 0, end = c->n;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (c->v[middle].x1 <= x0)
			first = middle + 1;
		else
			end = middle;
	}
	for (end = first; end < c->n && c->v[end].x0 < x1; end++)
		;
	*n = end - first;
	return *n ? first : 0;
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
	size_t n, at = columns_touched(c, f->x0, f->x1, &n);

	if (!n) {
		for (at = 0; at < c->n && c->v[at].x0 < f->x0; at++)
			;
		columns_add(a, c, (struct column){0});
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

			if (columns_touched(c, f->x0, f->x1, &touches) == at &&
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
				size_t touches, at = columns_touched(c, f->x0, f->x1,
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

/* Whether a head stands away from both ends of the column below it. */
static bool heads_are_centred(const struct columns *c,
			      const struct column_row *rows, size_t n, int unit)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < rows[i].n; k++) {
			const struct column_field *f = &rows[i].fields[k];
			size_t touches,
				at = columns_touched(c, f->x0, f->x1, &touches);

			if (touches == 1 && f->x0 - c->v[at].x0 > unit &&
			    c->v[at].x1 - f->x1 > unit)
				return true;
		}
	return false;
}

bool columns_find_gaps(struct arena *a, struct columns *c,
		       const struct column_row *rows, size_t n, int unit)
{
	size_t body = 0, touches;

	*c = (struct columns){.apart = true};
	while (body < n && !column_row_is_body(&rows[body]))
		body++;
	for (size_t i = body; i < n; i++)
		for (size_t k = 0; k < rows[i].n; k++)
			unite(a, c, &rows[i].fields[k]);
	for (size_t i = body; i < n; i++)
		for (size_t k = 1; k < rows[i].n; k++)
			if (columns_touched(c, rows[i].fields[k].x0,
				    rows[i].fields[k].x1, &touches) ==
			    columns_touched(c, rows[i].fields[k - 1].x0,
				    rows[i].fields[k - 1].x1, &touches))
				return false;
	add_heads(a, c, rows, body);
	c->centred = heads_are_centred(c, rows, body, unit);
	return true;
}


/* The first row of heads below row i, before body, that has one over a column;
 * body where none has. */
static size_t head_below(const struct column *c, const struct column_row *rows,
			 size_t body, size_t i)
{
	while (++i < body)
		for (size_t k = 0; k < rows[i].n; k++)
			if (columns_shared(c->x0, c->x1, rows[i].fields[k].x0,
					   rows[i].fields[k].x1))
				return i;
	return body;
}

/* May the group of heads below go on to this column? */
static bool in_group(const struct columns *c, const struct column_row *rows,
		     size_t body, size_t i, size_t at, size_t level)
{
	size_t below = head_below(&c->v[at], rows, body, i);

	return below >= level && below < body;
}

void columns_cover(const struct columns *c, const struct column_row *rows,
		   size_t body, size_t i, size_t k, int unit, size_t *from,
		   size_t *to)
{
	const struct column_field *f = &rows[i].fields[k];
	size_t n, low, high, level = body;
	int best = -1;

	*from = columns_touched(c, f->x0, f->x1, &n);
	*to = *from + n - 1;
	if (!n || !c->centred)
		return;
	for (size_t at = *from; at <= *to; at++) {
		size_t below = head_below(&c->v[at], rows, body, i);

		level = below < level ? below : level;
	}
	low = *from;
	high = *to;
	while (level < body && low &&
	       (!k || c->v[low - 1].x0 >= f[-1].x1) &&
	       in_group(c, rows, body, i, low - 1, level))
		low--;
	while (level < body && high + 1 < c->n &&
	       (k + 1 == rows[i].n || c->v[high + 1].x1 <= f[1].x0) &&
	       in_group(c, rows, body, i, high + 1, level))
		high++;
	for (size_t a = low, last = *to, first = *from; a <= first; a++)
		for (size_t b = last; b <= high; b++) {
			int away = abs(c->v[a].x0 + c->v[b].x1 - f->x0 - f->x1);

			if (away > 4 * unit || (int)(b - a) <= best)
				continue;
			best = (int)(b - a);
			*from = a;
			*to = b;
		}
}
