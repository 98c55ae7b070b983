/*
 * Lines of the head that follow each other closely are one cell. The lowest
 * cells are each the head of one column, in the order of the lanes; every other
 * cell is a group, in the middle of the columns that it covers, or at the left
 * edge of the first one. Cells of one group stand on one line.
 */
#include "source/heads.h"

#include <stdlib.h>
#include <string.h>

#include "source/gaps.h"
#include "source/group.h"

static bool is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

/* Do both stand over one lane, or one over none? */
static bool over_one(const struct lanes *l, const struct piece *a,
		     const struct piece *b)
{
	size_t n, m, x = lanes_touched(l, a->x0, a->x1, &n);
	size_t y = lanes_touched(l, b->x0, b->x1, &m);

	return !n || !m || x + n > y;
}

static bool is_year(struct str s)
{
	return s.n > 4 && (str_starts(s, STR("20")) || str_starts(s, STR("19"))) &&
	       str_starts(str_slice(s, 4, s.n), STR("年"));
}

/* 2024 and 年预算数 are one cell: a layout keeps digits away from words. */
static bool is_one(const struct lanes *l, const struct piece *a,
		   const struct piece *b)
{
	return (b->x0 - a->x1) * 10 < l->em * 6 && !is_year(b->text) &&
	       is_ascii(a->text.p[a->text.n - 1]) != is_ascii(b->text.p[0]) &&
	       over_one(l, a, b);
}

/* 合 计: two characters over one lane at most, and no codes 类 款 项. */
static bool is_spaced(const struct lanes *l, const struct piece *a,
		      const struct piece *b)
{
	static const char *const PARTS[] = {"类", "款", "项", "目"};

	if (a->text.n != 3 || b->text.n != 3 || b->x0 - a->x1 > 4 * l->em ||
	    is_ascii(a->text.p[0]))
		return false;
	for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
		if (str_equal(a->text, str_of(PARTS[i])) ||
		    str_equal(b->text, str_of(PARTS[i])))
			return false;
	return over_one(l, a, b);
}

/* The pieces of a line, joined to what cells show. */
static struct piece_line join_pieces(struct arena *a, const struct lanes *l,
				     const struct piece_line *line)
{
	struct piece_line out = *line;

	out.v = ARENA_ARRAY(a, struct piece, line->n);
	out.n = 0;
	for (size_t i = 0; i < line->n; i++) {
		struct piece *last = out.n ? &out.v[out.n - 1] : NULL;
		const struct piece *p = &line->v[i];

		if (last && (is_one(l, last, p) ||
			     is_spaced(l, &line->v[i - 1], p))) {
			last->text = str_format(a, "%.*s%.*s",
						STR_ARG(last->text),
						STR_ARG(p->text));
			last->x1 = p->x1;
		} else {
			out.v[out.n++] = *p;
		}
	}
	return out;
}

static bool overlaps(int a0, int a1, int b0, int b1, int em)
{
	return columns_shared(a0, a1, b0, b1) * 6 > em;
}

/* A piece and the one above it, which may be one cell. */
struct pair {
	size_t line, piece, up_line, up_piece;
	int distance;
};

struct finder {
	struct arena *a;
	const struct lanes *l;
	struct piece_line *lines;
	size_t n;
	struct pair *pairs;
	size_t n_pairs;
};

/* The next line above with a piece over p: that piece, where it is alone. */
static const struct piece *above(const struct finder *f, size_t line,
				 const struct piece *p, size_t *at,
				 size_t *piece)
{
	*at = SIZE_MAX;
	for (size_t i = line; i-- > 0;) {
		const struct piece *found = NULL;

		for (size_t k = 0; k < f->lines[i].n; k++) {
			const struct piece *u = &f->lines[i].v[k];

			if (!overlaps(u->x0, u->x1, p->x0, p->x1, f->l->em))
				continue;
			*at = i;
			if (found)
				return NULL;
			found = u;
			*piece = k;
		}
		if (found)
			return found;
	}
	return NULL;
}

static bool lines_up(const struct piece *a, const struct piece *b, int em)
{
	return abs(a->x0 + a->x1 - b->x0 - b->x1) * 3 <= 2 * em ||
	       abs(a->x0 - b->x0) * 3 <= em;
}

/* Is the piece the only one of its line below the upper one? */
static bool is_alone_below(const struct finder *f, const struct pair *p)
{
	const struct piece *u = &f->lines[p->up_line].v[p->up_piece];
	size_t below = 0;

	for (size_t i = p->up_line + 1; i <= p->line; i++)
		for (size_t k = 0; k < f->lines[i].n; k++)
			below += overlaps(u->x0, u->x1, f->lines[i].v[k].x0,
					  f->lines[i].v[k].x1, f->l->em);
	return below == 1;
}

static void find_pairs(struct finder *f)
{
	size_t cap = 0;

	for (size_t i = 1; i < f->n; i++)
		for (size_t k = 0; k < f->lines[i].n; k++) {
			struct pair p = {.line = i, .piece = k};
			const struct piece *down = &f->lines[i].v[k];
			const struct piece *up = above(f, i, down, &p.up_line,
						       &p.up_piece);

			/* The first line of a cell is full, or nearly. */
			if (!up || !lines_up(up, down, f->l->em) ||
			    (down->x1 - down->x0 - up->x1 + up->x0) * 4 >
				    f->l->em * 5 ||
			    !is_alone_below(f, &p))
				continue;
			p.distance = down->y - up->y;
			f->pairs = arena_grow(f->a, f->pairs, &cap,
					      f->n_pairs + 1,
					      sizeof *f->pairs);
			f->pairs[f->n_pairs++] = p;
		}
}

static int by_distance(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return x->distance < y->distance ? -1 : x->distance > y->distance;
}

static void extend(struct arena *a, struct head *h, const struct piece *p)
{
	bool words = is_ascii(h->text.p[h->text.n - 1]) &&
		     is_ascii(p->text.p[0]);

	h->text = str_format(a, "%.*s%s%.*s", STR_ARG(h->text),
			     words ? " " : "", STR_ARG(p->text));
	h->x0 = p->x0 < h->x0 ? p->x0 : h->x0;
	h->x1 = p->x1 > h->x1 ? p->x1 : h->x1;
	h->y1 = p->y;
	h->n_lines++;
}

/* Lines no further apart than limit are one cell. */
static void build_cells(const struct finder *f, int limit, struct heads *h)
{
	size_t **cell = ARENA_ARRAY(f->a, size_t *, f->n);
	size_t count = 0;

	for (size_t i = 0; i < f->n; i++) {
		count += f->lines[i].n;
		cell[i] = ARENA_ARRAY(f->a, size_t, f->lines[i].n + 1);
		for (size_t k = 0; k < f->lines[i].n; k++)
			cell[i][k] = SIZE_MAX;
	}
	h->v = ARENA_ARRAY(f->a, struct head, count + 1);
	for (size_t i = 0; i < f->n; i++)
		for (size_t k = 0; k < f->lines[i].n; k++) {
			const struct piece *p = &f->lines[i].v[k];
			size_t up = SIZE_MAX;

			for (size_t m = 0; m < f->n_pairs; m++) {
				const struct pair *x = &f->pairs[m];

				if (x->line == i && x->piece == k &&
				    x->distance <= limit)
					up = cell[x->up_line][x->up_piece];
			}
			if (up != SIZE_MAX) {
				extend(f->a, &h->v[up], p);
				cell[i][k] = up;
				continue;
			}
			cell[i][k] = h->n;
			h->v[h->n++] = (struct head){
				.text = p->text, .x0 = p->x0, .x1 = p->x1,
				.y0 = p->y, .y1 = p->y,
				.n_lines = 1};
		}
}

/* A cell above another one, or over two lanes, is a group. */
static void find_groups(struct heads *h, const struct lanes *l)
{
	for (size_t i = 0; i < h->n; i++) {
		struct head *g = &h->v[i];
		size_t n;

		for (size_t k = 0; k < h->n; k++)
			g->group |= h->v[k].y0 > g->y1 &&
				    overlaps(g->x0, g->x1, h->v[k].x0,
					     h->v[k].x1, l->em);
		lanes_touched(l, g->x0 + l->em / 4, g->x1 - l->em / 4, &n);
		g->group |= n > 1;
	}
}

/* Cells of several lines that begin beside a group: they may be one, too. */
static int count_doubtful(const struct heads *h, int em)
{
	int n = 0;

	for (size_t i = 0; i < h->n; i++) {
		bool beside = false;

		for (size_t k = 0; k < h->n && !beside; k++)
			beside = h->v[k].group &&
				 abs(h->v[k].y0 - h->v[i].y0) * 4 < em;
		n += beside && h->v[i].n_lines > 1;
	}
	return n;
}

/* The head with cells of that limit, and what speaks against it. */
static int try_limit(const struct finder *f, int limit, struct heads *h)
{
	*h = (struct heads){0};
	build_cells(f, limit, h);
	find_groups(h, f->l);
	return group_match(f->a, h, f->l) + group_spread(f->a, h, f->l) +
	       count_doubtful(h, f->l->em) * f->l->em;
}

/* How unlikely lines so far apart are one cell: compared with those of the
 * body, or with what is usual. */
static int bias(const struct pair *p, int em, int pitch)
{
	if (pitch && p->distance * 15 < pitch * 16)
		return -em / 4;
	if (pitch)
		return 3 * (p->distance - pitch);
	return (p->distance * 10 - em * 14) * 15 / 100;
}

/* The best head for the alignment of the lanes, and what speaks against it. */
static int try_align(struct finder *f, int pitch, struct heads *h)
{
	int best = try_limit(f, 0, h), merges = 0, em = f->l->em;

	for (size_t i = 0; i < f->n_pairs; i++) {
		int limit = f->pairs[i].distance + em / 16, against;
		struct heads other;

		merges += bias(&f->pairs[i], em, pitch);
		if ((i + 1 < f->n_pairs && f->pairs[i + 1].distance <= limit) ||
		    f->pairs[i].distance > 2 * em)
			continue;
		against = try_limit(f, limit, &other) + merges;
		if (against >= best)
			continue;
		best = against;
		*h = other;
	}
	return best;
}

void heads_find(struct arena *a, struct heads *h, const struct lanes *l,
		const struct piece_line *lines, size_t n, int pitch)
{
	struct lanes lanes = *l;
	struct finder f = {.a = a, .l = &lanes, .n = n};
	int best;

	f.lines = ARENA_ARRAY(a, struct piece_line, n + 1);
	for (size_t i = 0; i < n; i++)
		f.lines[i] = join_pieces(a, l, &lines[i]);
	find_pairs(&f);
	if (f.n_pairs)
		qsort(f.pairs, f.n_pairs, sizeof *f.pairs, by_distance);
	best = try_align(&f, pitch, h);
	for (enum align i = ALIGN_LEFT; i <= ALIGN_CENTRE; i++) {
		struct heads other;
		int against;

		lanes.align = i;
		if (i == l->align || !l->aligns[i])
			continue;
		against = try_align(&f, pitch, &other);
		if (against >= best)
			continue;
		best = against;
		*h = other;
	}
}
