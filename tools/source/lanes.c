/*
 * Where white gaps run down between the pieces of all lines, they part the
 * lanes. Where an amount is wider than its column there are none; then amounts
 * that end (or begin, or have their middle) at the same place are a lane, and
 * labels stand in the lanes between them.
 */
#include "source/lanes.h"

#include <stdlib.h>
#include <string.h>

#include "source/gaps.h"

struct span {
	int at, x0, x1;
};

static int by_at(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

static bool has_point(struct str s)
{
	return memchr(s.p, '.', s.n) != NULL || memchr(s.p, '%', s.n) != NULL;
}

bool lanes_is_amount(const struct lanes *l, struct str s)
{
	if (!column_is_number(s))
		return false;
	if (!all_digits(s))
		return true;
	return l->decimals ? s.n == 1 && s.p[0] == '0'
			   : !(s.n == 3 || s.n == 5 || s.n == 7) ||
				     !strchr("235", s.p[0]);
}

/* Do amounts have decimals here? Then whole numbers are codes. */
static bool find_decimals(const struct piece_line *lines, size_t n)
{
	size_t with = 0, without = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < lines[i].n; k++) {
			struct str s = lines[i].v[k].text;

			if (!column_is_number(s))
				continue;
			with += has_point(s);
			without += k > 0 && all_digits(s) && s.n > 1;
		}
	return with >= without;
}

static void add_lane(struct lanes *l, struct lane one)
{
	l->v[l->n++] = one;
}

/* Pieces of one kind that share a place are one lane; amounts: which kind,
 * where any is false. */
static void project(struct lanes *l, struct span *spans, size_t n, bool amounts)
{
	int slack = l->em / 12;

	if (n)
		qsort(spans, n, sizeof *spans, by_at);
	for (size_t i = 0, first = l->n; i < n; i++) {
		struct lane *last = l->v + (l->n ? l->n - 1 : 0);

		if (l->n == first || spans[i].x0 >= last->x1 - slack) {
			add_lane(l, (struct lane){spans[i].x0, spans[i].x1,
						  amounts});
		} else if (spans[i].x1 > last->x1) {
			last->x1 = spans[i].x1;
		}
	}
}

static size_t lane_at(const struct lanes *l, const struct piece *p)
{
	size_t at = SIZE_MAX;
	int best = 0;

	for (size_t i = 0; i < l->n; i++) {
		int common = columns_shared(l->v[i].x0, l->v[i].x1, p->x0,
					    p->x1);

		if (common > best) {
			best = common;
			at = i;
		}
	}
	return at;
}

/* Has every lane at most one amount a line, and none beside a label? A code
 * may stand in front of its label. */
static bool is_apart(const struct lanes *l, const struct piece_line *lines,
		     size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 1; k < lines[i].n; k++) {
			const struct piece *p = &lines[i].v[k], *before = p - 1;

			if (lane_at(l, p) == lane_at(l, before) &&
			    (lanes_is_amount(l, p->text) ||
			     lanes_is_amount(l, before->text)))
				return false;
		}
	return true;
}

static size_t take_all(struct span *spans, const struct piece_line *lines,
		       size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < lines[i].n; k++)
			spans[count++] = (struct span){lines[i].v[k].x0,
						       lines[i].v[k].x0,
						       lines[i].v[k].x1};
	return count;
}

static int key_of(const struct piece *p, enum align align)
{
	return align == ALIGN_LEFT    ? p->x0
	       : align == ALIGN_RIGHT ? p->x1
				      : (p->x0 + p->x1) / 2;
}

static size_t take_amounts(const struct lanes *l, struct span *spans,
			   const struct piece_line *lines, size_t n,
			   enum align align)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < lines[i].n; k++) {
			const struct piece *p = &lines[i].v[k];

			if (lanes_is_amount(l, p->text))
				spans[count++] = (struct span){
					key_of(p, align), p->x0, p->x1};
		}
	if (count)
		qsort(spans, count, sizeof *spans, by_at);
	return count;
}

/* How many places amounts begin, end, or have their middle at. */
static size_t count_places(const struct span *spans, size_t n, int tolerance)
{
	size_t count = n > 0;

	for (size_t i = 1; i < n; i++)
		count += spans[i].at - spans[i - 1].at > tolerance;
	return count;
}

/* The alignment with the fewest places; of equal ones right, then middle. */
static void find_align(struct lanes *l, struct span *spans,
		       const struct piece_line *lines, size_t n)
{
	static const enum align ALIGNS[] = {ALIGN_RIGHT, ALIGN_CENTRE,
					    ALIGN_LEFT};
	size_t best = SIZE_MAX, places[3];

	for (size_t i = 0; i < sizeof ALIGNS / sizeof *ALIGNS; i++) {
		size_t count = take_amounts(l, spans, lines, n, ALIGNS[i]);

		places[ALIGNS[i]] = count_places(spans, count, l->em / 8);
		if (places[ALIGNS[i]] < best) {
			best = places[ALIGNS[i]];
			l->align = ALIGNS[i];
		}
	}
	for (size_t i = 0; i < sizeof ALIGNS / sizeof *ALIGNS; i++)
		l->aligns[i] = places[i] == best;
}

/* Lanes of amounts by their alignment; false where two of a line would be in
 * one. */
static bool cluster(struct lanes *l, struct span *spans,
		    const struct piece_line *lines, size_t n)
{
	size_t count = take_amounts(l, spans, lines, n, l->align);

	for (size_t i = 0; i < count; i++) {
		struct lane *last = l->v + (l->n ? l->n - 1 : 0);

		if (i && spans[i].at - spans[i - 1].at <= l->em / 4) {
			last->x0 = spans[i].x0 < last->x0 ? spans[i].x0
							  : last->x0;
			last->x1 = spans[i].x1 > last->x1 ? spans[i].x1
							  : last->x1;
		} else {
			add_lane(l, (struct lane){spans[i].x0, spans[i].x1,
						  true});
		}
	}
	return count > 0;
}

static int middle(const struct lane *l)
{
	return (l->x0 + l->x1) / 2;
}

/* How many lanes of amounts have their middle to the left of x. */
static size_t slot_of(const struct lanes *l, int x)
{
	size_t slot = 0;

	for (size_t i = 0; i < l->n; i++)
		slot += l->v[i].amounts && middle(&l->v[i]) < x;
	return slot;
}

static int by_middle(const void *a, const void *b)
{
	int x = middle(a), y = middle(b);

	return x < y ? -1 : x > y;
}

/* The labels between the lanes of amounts. */
static void add_labels(struct lanes *l, struct span *spans,
		       const struct piece_line *lines, size_t n)
{
	size_t amounts = l->n;

	for (size_t slot = 0; slot <= amounts; slot++) {
		struct lanes part = {.v = l->v + l->n, .em = l->em};
		size_t count = 0;

		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; k < lines[i].n; k++) {
				const struct piece *p = &lines[i].v[k];

				if (!lanes_is_amount(l, p->text) &&
				    slot_of(l, p->x0) == slot)
					spans[count++] = (struct span){
						p->x0, p->x0, p->x1};
			}
		project(&part, spans, count, false);
		l->n += part.n;
	}
	qsort(l->v, l->n, sizeof *l->v, by_middle);
}

static void mark_amounts(struct lanes *l, const struct piece_line *lines,
			 size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < lines[i].n; k++) {
			size_t at = lane_at(l, &lines[i].v[k]);

			if (at != SIZE_MAX &&
			    lanes_is_amount(l, lines[i].v[k].text))
				l->v[at].amounts = true;
		}
}

bool lanes_find(struct arena *a, struct lanes *l,
		const struct piece_line *lines, size_t n, int em)
{
	struct span *spans;
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += lines[i].n;
	*l = (struct lanes){.v = ARENA_ARRAY(a, struct lane, 2 * count + 1),
			    .em = em,
			    .decimals = find_decimals(lines, n)};
	spans = ARENA_ARRAY(a, struct span, count + 1);
	find_align(l, spans, lines, n);
	project(l, spans, take_all(spans, lines, n), false);
	if (is_apart(l, lines, n)) {
		mark_amounts(l, lines, n);
		return l->n > 1;
	}
	l->n = 0;
	if (!cluster(l, spans, lines, n))
		return false;
	add_labels(l, spans, lines, n);
	return l->n > 1;
}

size_t lanes_touched(const struct lanes *l, int x0, int x1, size_t *n)
{
	size_t first = 0;

	*n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (columns_shared(l->v[i].x0, l->v[i].x1, x0, x1)) {
			first = *n ? first : i;
			++*n;
		}
	return first;
}

size_t lanes_place(const struct lanes *l, const struct piece *p)
{
	bool amount = lanes_is_amount(l, p->text);
	size_t at = SIZE_MAX;
	int best = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct piece lane = {.x0 = l->v[i].x0, .x1 = l->v[i].x1};
		int common = columns_shared(lane.x0, lane.x1, p->x0, p->x1);
		int away = abs(key_of(&lane, amount ? l->align : ALIGN_LEFT) -
			       key_of(p, amount ? l->align : ALIGN_LEFT));

		if (!common)
			continue;
		/* Its own kind first, then what it lines up with. */
		common = 1000000 - away +
			 (l->v[i].amounts == amount ? 1000000 : 0);
		if (common > best) {
			best = common;
			at = i;
		}
	}
	return at;
}
