/*
 * Both questions have one best answer that keeps the order from left to right,
 * found by trying all of them: which cell is the head of which lane, and which
 * run of columns a group covers.
 */
#include "source/group.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "source/gaps.h"

enum { NEVER = INT_MAX / 4 };

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

static int middle_of(const struct head *h)
{
	return (h->x0 + h->x1) / 2;
}

/* The heads of single columns, from left to right. */
struct leaves {
	size_t *v;
	size_t n;
};

static void find_leaves(struct arena *a, const struct heads *h,
			struct leaves *out)
{
	out->v = ARENA_ARRAY(a, size_t, h->n + 1);
	out->n = 0;
	for (size_t i = 0; i < h->n; i++) {
		size_t k = out->n;

		if (h->v[i].group)
			continue;
		for (; k && middle_of(&h->v[out->v[k - 1]]) >
				    middle_of(&h->v[i]);
		     k--)
			out->v[k] = out->v[k - 1];
		out->v[k] = i;
		out->n++;
	}
}

/*
 * How far lane j is from where the column of leaf i must be: no further right
 * than the next head, no further left than the one before, and amounts end
 * behind the middle of theirs if they stand at the right edge.
 */
static int distance(const struct heads *h, const struct leaves *s,
		    const struct lanes *l, size_t i, size_t j)
{
	const struct head *c = &h->v[s->v[i]];
	const struct lane *lane = &l->v[j];
	int em = l->em, away = 0, m = middle_of(c);
	int center = (lane->x0 + lane->x1) / 2;

	if (columns_shared(c->x0, c->x1, lane->x0, lane->x1) * 8 >=
	    least(c->x1 - c->x0, lane->x1 - lane->x0) * 7)
		return abs(m - center) / 32;
	if (i + 1 < s->n)
		away = most(away, lane->x1 - h->v[s->v[i + 1]].x0 - em / 2);
	if (i)
		away = most(away, h->v[s->v[i - 1]].x1 - lane->x0 - em / 2);
	if (lane->amounts && l->align == ALIGN_RIGHT)
		away = most(away, m - lane->x1);
	else if (lane->amounts && l->align == ALIGN_LEFT)
		away = most(away, lane->x0 - m);
	return away + abs(m - center) / 32;
}

struct match {
	int cost;
	char step; /* b: both, h: a head without lane, l: a lane without head */
};

static struct match *solve(struct arena *a, const struct heads *h,
			   const struct leaves *s, const struct lanes *l)
{
	size_t w = l->n + 1;
	struct match *m = ARENA_ARRAY(a, struct match, (s->n + 1) * w);

	for (size_t i = 0; i <= s->n; i++)
		for (size_t j = 0; j <= l->n; j++) {
			struct match best = {i || j ? NEVER : 0, 0};

			if (i && m[(i - 1) * w + j].cost + l->em < best.cost)
				best = (struct match){
					m[(i - 1) * w + j].cost + l->em, 'h'};
			if (j && m[i * w + j - 1].cost + 5 * l->em < best.cost)
				best = (struct match){
					m[i * w + j - 1].cost + 5 * l->em, 'l'};
			if (i && j) {
				int cost = m[(i - 1) * w + j - 1].cost +
					   distance(h, s, l, i - 1, j - 1);

				if (cost <= best.cost)
					best = (struct match){cost, 'b'};
			}
			m[i * w + j] = best;
		}
	return m;
}

static int take_columns(struct heads *h, const struct leaves *s,
			const struct lanes *l, const struct match *m)
{
	size_t i = s->n, j = l->n, w = l->n + 1, n = 0;
	int cost = m[i * w + j].cost;

	while (i || j) {
		char step = m[i * w + j].step;
		struct column_of c = {SIZE_MAX, SIZE_MAX};

		if (step != 'h')
			c.lane = --j;
		if (step != 'l')
			c.head = s->v[--i];
		h->columns[n++] = c;
	}
	h->n_columns = n;
	for (size_t k = 0; k < n / 2; k++) {
		struct column_of c = h->columns[k];

		h->columns[k] = h->columns[n - 1 - k];
		h->columns[n - 1 - k] = c;
	}
	return cost;
}

/* What the words and the amounts of a column take. */
static void extent(const struct heads *h, const struct lanes *l, size_t at,
		   int *x0, int *x1)
{
	const struct column_of *c = &h->columns[at];

	*x0 = INT_MAX;
	*x1 = INT_MIN;
	if (c->head != SIZE_MAX) {
		*x0 = h->v[c->head].x0;
		*x1 = h->v[c->head].x1;
	}
	if (c->lane != SIZE_MAX) {
		*x0 = least(*x0, l->v[c->lane].x0);
		*x1 = most(*x1, l->v[c->lane].x1);
	}
}

/* Does the cell stand higher than the head of that column? */
static bool is_above(const struct heads *h, const struct head *c, size_t at,
		     int em)
{
	size_t head = h->columns[at].head;

	return head != SIZE_MAX && (h->v[head].y0 - c->y1) * 2 > em;
}

/* Heads without amounts that overlap their neighbours below, or stand above
 * both, are groups. */
static bool drop_false_leaf(struct heads *h, const struct lanes *l)
{
	for (size_t i = 0; i < h->n_columns; i++) {
		struct head *c = h->columns[i].head == SIZE_MAX
					 ? NULL
					 : &h->v[h->columns[i].head];
		int x0, x1;

		if (!c || h->columns[i].lane != SIZE_MAX)
			continue;
		if (i && i + 1 < h->n_columns && is_above(h, c, i - 1, l->em) &&
		    is_above(h, c, i + 1, l->em)) {
			c->group = true;
			return true;
		}
		for (size_t k = i ? i - 1 : 1;
		     k <= i + 1 && k < h->n_columns; k += 2) {
			extent(h, l, k, &x0, &x1);
			if (columns_shared(c->x0, c->x1, x0, x1) * 4 > l->em) {
				c->group = true;
				return true;
			}
		}
	}
	return false;
}

int group_match(struct arena *a, struct heads *h, const struct lanes *l)
{
	struct leaves s;
	int cost;

	do {
		find_leaves(a, h, &s);
		h->columns = ARENA_ARRAY(a, struct column_of, s.n + l->n + 1);
		cost = take_columns(h, &s, l, solve(a, h, &s, l));
	} while (drop_false_leaf(h, l));
	return cost;
}

/* A column, or the columns of a group that is settled. */
struct unit {
	int x0, x1;   /* the cell */
	int t0, t1;   /* its words */
	int top;      /* first line */
	int key;      /* what cells of one group share; INT_MAX none */
	size_t from, to;
};

enum edge { EDGE_TOP, EDGE_MIDDLE, EDGE_FOOT };

static int key_of(const struct head *h, enum edge edge)
{
	return edge == EDGE_TOP	   ? h->y0
	       : edge == EDGE_FOOT ? h->y1
				   : (h->y0 + h->y1) / 2;
}

static int by_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return x < y ? -1 : x > y;
}

/* Where cells of one row share their first line, their middle or their last
 * one: what gives the fewest rows. */
static enum edge find_edge(struct arena *a, const struct heads *h, int em)
{
	int *keys = ARENA_ARRAY(a, int, h->n + 1);
	size_t fewest = SIZE_MAX;
	enum edge best = EDGE_MIDDLE;

	for (enum edge e = EDGE_TOP; e <= EDGE_FOOT; e++) {
		size_t n = 0, rows = 1;

		for (size_t i = 0; i < h->n; i++)
			if (!h->v[i].group)
				keys[n++] = key_of(&h->v[i], e);
		if (n)
			qsort(keys, n, sizeof *keys, by_int);
		for (size_t i = 1; i < n; i++)
			rows += (keys[i] - keys[i - 1]) * 4 > em;
		if (rows < fewest || (rows == fewest && e == EDGE_MIDDLE)) {
			fewest = rows;
			best = e;
		}
	}
	return best;
}

/* The cell of a column is as wide to both sides of its head. */
static struct unit unit_of(const struct heads *h, const struct lanes *l,
			   size_t at, enum edge edge)
{
	const struct column_of *c = &h->columns[at];
	struct unit u = {.from = at, .to = at, .top = INT_MAX, .key = INT_MAX};

	extent(h, l, at, &u.x0, &u.x1);
	u.t0 = u.x0;
	u.t1 = u.x1;
	if (c->head != SIZE_MAX) {
		const struct head *head = &h->v[c->head];
		int m = middle_of(head);
		int half = most(m - u.x0, u.x1 - m);

		u.x0 = m - half;
		u.x1 = m + half;
		u.t0 = head->x0;
		u.t1 = head->x1;
		u.top = head->y0;
		u.key = key_of(head, edge);
	}
	return u;
}

struct spread {
	struct heads *h;
	struct unit *units;
	size_t n;
	size_t *groups; /* of one level, from left to right */
	size_t n_groups;
	int em, highest;
	bool left; /* words stand at the left edge of their cells */
	bool last; /* no group is above this level */
	bool tiles; /* groups stand beside each other */
};

static bool is_below(const struct spread *s, const struct unit *u,
		     const struct head *g)
{
	return u->top != INT_MAX && (u->top - g->y1) * 3 > s->em;
}

/* What it costs that a group covers the units from..to, but for their rows. */
static int cost_of(const struct spread *s, const struct head *c, size_t from,
		   size_t to)
{
	int cost = s->left ? abs(c->x0 - s->units[from].t0)
			   : abs(c->x0 + c->x1 - s->units[from].x0 -
				 s->units[to].x1) / 2;

	/* A group of one is mostly the first line of its column's head. */
	if (s->units[from].from == s->units[to].to)
		cost += s->em * 3 / 2;
	return cost;
}

/* Whether a unit stands in another row than the one before it. */
static bool begins_row(const struct spread *s, size_t at)
{
	const struct unit *u = &s->units[at];

	return u[-1].key != INT_MAX && u->key != INT_MAX &&
	       abs(u->key - u[-1].key) * 4 > s->em;
}

/* A group covers whatever stands right below it. */
static bool must_cover(const struct spread *s, const struct head *c,
		       const struct unit *u)
{
	return is_below(s, u, c) &&
	       columns_shared(c->x0, c->x1, u->t0, u->t1) * 4 > s->em;
}

/* A column that begins lower than the whole head needs a group above it; any
 * other one may have it. */
static int cost_of_none(const struct spread *s, size_t at)
{
	const struct unit *u = &s->units[at];

	if (!s->last || u->key == INT_MAX)
		return 0;
	if ((u->key - s->highest) * 4 > s->em)
		return 3 * s->em;
	return s->tiles && is_below(s, u, &s->h->v[s->groups[0]]) ? s->em / 8
								  : 0;
}

struct choice {
	int cost;
	size_t to; /* SIZE_MAX: the unit stays without a group */
};

/* The best way to give a group units from `from` on, or c. What the groups
 * behind it take is known: best[u] for each unit that they may begin at. */
static struct choice choose_units(const struct spread *s, const struct head *g,
				  size_t from, const struct choice *best,
				  struct choice c)
{
	size_t must = from;
	int rows = 0;

	for (size_t i = 0; i < s->n; i++)
		if (must_cover(s, g, &s->units[i])) {
			if (i < from)
				return c;
			must = i;
		}
	for (size_t to = from; to < s->n; to++) {
		int cost;

		if (!is_below(s, &s->units[to], g))
			break;
		rows += to > from && begins_row(s, to);
		if (to < must)
			continue;
		cost = cost_of(s, g, from, to) + rows * s->em;
		if (cost >= NEVER)
			continue;
		cost += best[to + 1].cost;
		if (cost < c.cost ||
		    (s->left && cost == c.cost && cost < NEVER))
			c = (struct choice){cost, to};
	}
	return c;
}

/* best[g][u]: the best way to give groups g.. their units among u.. */
static struct choice *choose(struct arena *a, const struct spread *s)
{
	size_t w = s->n + 1;
	struct choice *best =
		ARENA_ARRAY(a, struct choice, (s->n_groups + 1) * w);

	for (size_t g = s->n_groups + 1; g-- > 0;)
		for (size_t u = w; u-- > 0;) {
			struct choice c = {NEVER, SIZE_MAX};

			if (u == s->n)
				c.cost = g == s->n_groups ? 0 : NEVER;
			else
				c.cost = least(NEVER, cost_of_none(s, u) +
						best[g * w + u + 1].cost);
			if (g < s->n_groups)
				c = choose_units(s, &s->h->v[s->groups[g]], u,
						 best + (g + 1) * w, c);
			best[g * w + u] = c;
		}
	return best;
}

/* A group that nothing fits stands over the nearest column. */
static void settle_alone(const struct spread *s)
{
	for (size_t g = 0; g < s->n_groups; g++) {
		struct head *c = &s->h->v[s->groups[g]];
		int nearest = INT_MAX;

		for (size_t u = 0; u < s->n; u++) {
			int away = abs(c->x0 + c->x1 - s->units[u].x0 -
				       s->units[u].x1);

			if (away >= nearest)
				continue;
			nearest = away;
			c->from = s->units[u].from;
			c->to = s->units[u].to;
		}
	}
}

/* Units from..to become one below their group. */
static void join_units(struct spread *s, struct head *c, size_t from,
		       size_t to)
{
	struct unit *u = &s->units[from];

	c->from = u->from;
	c->to = s->units[to].to;
	u->to = c->to;
	u->x1 = s->units[to].x1;
	u->t0 = c->x0;
	u->t1 = c->x1;
	u->top = c->y0;
	u->key = INT_MAX;
	memmove(u + 1, u + 1 + (to - from), (s->n - to - 1) * sizeof *u);
	s->n -= to - from;
}

static int settle(struct arena *a, struct spread *s)
{
	struct choice *best, *left;
	size_t w = s->n + 1, *to, g = 0;
	int cost;

	s->left = true;
	left = choose(a, s);
	s->left = false;
	best = choose(a, s);
	if (left[0].cost * 4 < s->em * (int)s->n_groups &&
	    best[0].cost > left[0].cost + s->em / 6)
		best = left;
	cost = best[0].cost;
	if (cost >= NEVER) {
		settle_alone(s);
		return 4 * s->em * (int)s->n_groups;
	}
	to = ARENA_ARRAY(a, size_t, s->n + 1);
	for (size_t u = 0; u < s->n; u++)
		to[u] = SIZE_MAX;
	for (size_t u = 0; u < s->n && g < s->n_groups;) {
		const struct choice *c = &best[g * w + u];

		if (c->to == SIZE_MAX) {
			u++;
			continue;
		}
		to[u] = c->to;
		u = c->to + 1;
		g++;
	}
	for (size_t u = s->n; u-- > 0;)
		if (to[u] != SIZE_MAX)
			join_units(s, &s->h->v[s->groups[--g]], u, to[u]);
	return cost;
}

/* 科目编码 over 类 款 项: one character each. */
static bool is_code_group(const struct spread *s, const struct head *c)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct unit *u = &s->units[i];

		if (is_below(s, u, c) && (u->t1 - u->t0) * 2 < 3 * s->em &&
		    columns_shared(c->x0, c->x1, u->t0, u->t1))
			return true;
	}
	return false;
}

/* The lowest groups that are not settled yet, from left to right. */
static void take_level(struct spread *s, bool *done)
{
	int lowest = INT_MIN;
	size_t wide = 0;

	s->n_groups = 0;
	for (size_t i = 0; i < s->h->n; i++)
		if (s->h->v[i].group && !done[i])
			lowest = most(lowest, s->h->v[i].y1);
	s->last = true;
	for (size_t i = 0; i < s->h->n; i++) {
		const struct head *c = &s->h->v[i];
		size_t k = s->n_groups;

		if (!c->group || done[i])
			continue;
		if ((lowest - c->y1) * 2 > s->em) {
			s->last = false;
			continue;
		}
		for (; k && middle_of(&s->h->v[s->groups[k - 1]]) >
				    middle_of(c);
		     k--)
			s->groups[k] = s->groups[k - 1];
		s->groups[k] = i;
		s->n_groups++;
		done[i] = true;
		wide += !is_code_group(s, c);
	}
	s->tiles = wide > 1;
}

static void find_levels(struct heads *h)
{
	h->levels = h->n ? 1 : 0;
	for (size_t i = 0; i < h->n_columns; i++)
		if (h->columns[i].head != SIZE_MAX) {
			struct head *c = &h->v[h->columns[i].head];

			c->from = c->to = i;
		}
	for (size_t i = 0; i < h->n; i++) {
		struct head *c = &h->v[i];

		for (size_t k = 0; k < h->n; k++)
			c->level += k != i && h->v[k].group &&
				    h->v[k].y0 < c->y0 &&
				    h->v[k].from <= c->from &&
				    h->v[k].to >= c->to;
		if (c->level + 1 > h->levels)
			h->levels = c->level + 1;
	}
}

int group_spread(struct arena *a, struct heads *h, const struct lanes *l)
{
	struct spread s = {.h = h, .em = l->em, .highest = INT_MAX};
	bool *done = ARENA_ARRAY(a, bool, h->n + 1);
	enum edge edge = find_edge(a, h, l->em);
	int cost = 0;

	s.units = ARENA_ARRAY(a, struct unit, h->n_columns + 1);
	s.groups = ARENA_ARRAY(a, size_t, h->n + 1);
	for (; s.n < h->n_columns; s.n++) {
		s.units[s.n] = unit_of(h, l, s.n, edge);
		s.highest = least(s.highest, s.units[s.n].key);
	}
	take_level(&s, done);
	for (size_t i = 0; !s.n_groups && i < s.n; i++)
		cost += cost_of_none(&s, i);
	for (; s.n_groups; take_level(&s, done))
		cost += settle(a, &s);
	find_levels(h);
	return cost;
}
