/*
 * A line with an amount or a code begins a row. A line of labels alone goes on
 * from the row above or below it, or is a row whose amounts are blank: the
 * distance tells, where cells have closer lines than rows; or else what stands
 * in the table: numbers of the outline, codes, labels as wide as their column.
 */
#include "source/unruled.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "source/gaps.h"
#include "source/heading.h"
#include "source/heads.h"

enum { MOST_COLUMNS = 64 };

struct body_line {
	const struct piece_line *line;
	size_t *lane; /* of each piece */
	bool anchor;  /* holds an amount or a code */
	bool code;
	bool joined;  /* is of the same row as the line before */
};

struct body {
	struct arena *a;
	const struct lanes *l;
	struct body_line *v;
	size_t n;
	int pitch;  /* of lines in a cell; 0 unknown */
	int limit;  /* lines no further apart are of one cell */
	bool coded; /* rows have codes */
	bool outlined; /* labels have numbers of the outline */
};

static bool is_code(const struct lanes *l, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n >= 2 && s.n <= 7 && !lanes_is_amount(l, s);
}

static bool has_opener(struct str s)
{
	return heading_level(s) || str_starts(s, STR("其中"));
}

static void read_line(struct body *b, struct body_line *out,
		      const struct piece_line *line)
{
	*out = (struct body_line){
		.line = line,
		.lane = ARENA_ARRAY(b->a, size_t, line->n + 1)};
	for (size_t k = 0; k < line->n; k++) {
		struct str s = line->v[k].text;

		out->lane[k] = lanes_place(b->l, &line->v[k]);
		out->code |= is_code(b->l, s);
		out->anchor |= out->code || lanes_is_amount(b->l, s);
	}
}

/* The label of the line in a lane, or NULL. */
static const struct piece *label_in(const struct body_line *l, size_t lane)
{
	for (size_t k = 0; k < l->line->n; k++)
		if (l->lane[k] == lane)
			return &l->line->v[k];
	return NULL;
}

/* Has the other line a label in a lane of this one? *full: one that takes all
 * of its width. */
static bool shares_lane(const struct body *b, const struct body_line *l,
			const struct body_line *other, bool *full)
{
	bool shares = false;

	*full = false;
	for (size_t k = 0; k < l->line->n; k++) {
		const struct piece *p = label_in(other, l->lane[k]);

		if (!p)
			continue;
		shares = true;
		*full |= (b->l->v[l->lane[k]].x1 - p->x1) * 2 < 3 * b->l->em;
	}
	return shares;
}

static int by_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return x < y ? -1 : x > y;
}

static int distance(const struct body *b, size_t i)
{
	return b->v[i].line->y - b->v[i - 1].line->y;
}

/* The distance of lines in a cell, where it is less than that of rows. */
static void find_pitch(struct body *b)
{
	int *rows = ARENA_ARRAY(b->a, int, b->n + 1), least = INT_MAX;
	size_t n = 0;
	bool full;

	for (size_t i = 1; i < b->n; i++) {
		int d = distance(b, i);

		if (d * 10 < b->l->em * 9)
			continue;
		if (b->v[i].anchor && b->v[i - 1].anchor)
			rows[n++] = d;
		else if (d < least &&
			 shares_lane(b, &b->v[i], &b->v[i - 1], &full))
			least = d;
	}
	if (!n || least == INT_MAX)
		return;
	qsort(rows, n, sizeof *rows, by_int);
	if (least * 10 > rows[n / 2] * 9)
		return;
	b->pitch = least;
	b->limit = least + least / 8;
}

static void find_kind(struct body *b)
{
	size_t anchors = 0, codes = 0, labels = 0, openers = 0;

	for (size_t i = 0; i < b->n; i++) {
		anchors += b->v[i].anchor;
		codes += b->v[i].code;
		for (size_t k = 0; b->v[i].anchor && k < b->v[i].line->n; k++) {
			struct str s = b->v[i].line->v[k].text;

			labels += !column_is_number(s);
			openers += !column_is_number(s) && has_opener(s);
		}
	}
	b->coded = codes * 10 >= anchors * 7;
	b->outlined = openers * 10 >= labels * 5;
}

static bool opens_row(const struct body_line *l)
{
	for (size_t k = 0; k < l->line->n; k++)
		if (has_opener(l->line->v[k].text))
			return true;
	return false;
}

/* Does the lower line begin an item where the upper one has a label? */
static bool begins_below(const struct body_line *upper,
			 const struct body_line *lower)
{
	bool shares = false;

	for (size_t k = 0; k < lower->line->n; k++) {
		if (!label_in(upper, lower->lane[k]))
			continue;
		shares = true;
		if (has_opener(lower->line->v[k].text))
			return true;
	}
	return !shares && opens_row(lower);
}

enum joint { JOINT_NONE, JOINT_UP, JOINT_DOWN };

/* Where a line of labels belongs, when distances do not tell. */
static enum joint guess_joint(const struct body *b, size_t i)
{
	const struct body_line *l = &b->v[i];
	const struct body_line *up = i ? l - 1 : NULL;
	const struct body_line *down = i + 1 < b->n ? l + 1 : NULL;
	bool full_up = false, full = false;
	bool shares_up = up && shares_lane(b, l, up, &full_up);
	bool shares_down = down && shares_lane(b, l, down, &full);

	if (opens_row(l))
		return down && down->anchor && !shares_down && !down->code
			       ? JOINT_DOWN
			       : JOINT_NONE;
	/* The numbers stand between the lines of their label. */
	if (up && up->anchor && !shares_up)
		return JOINT_UP;
	if (down && down->anchor && !shares_down)
		return JOINT_DOWN;
	if (!b->coded && !b->outlined)
		return JOINT_NONE;
	if (up && full_up)
		return JOINT_UP;
	return b->coded ? JOINT_DOWN : JOINT_NONE;
}

static enum joint joint_of(const struct body *b, size_t i)
{
	int em = b->l->em;
	int up = i ? distance(b, i) : INT_MAX / 64;
	int down = i + 1 < b->n ? distance(b, i + 1) : INT_MAX / 64;

	if (i && begins_below(&b->v[i - 1], &b->v[i]))
		up = INT_MAX;
	if (i + 1 < b->n && begins_below(&b->v[i], &b->v[i + 1]))
		down = INT_MAX;
	if (up < em / 10 * 9 || down < em / 10 * 9)
		return up <= down ? JOINT_UP : JOINT_DOWN;
	if (!b->pitch)
		return guess_joint(b, i);
	return up <= b->limit	? JOINT_UP
	       : down <= b->limit ? JOINT_DOWN
				  : JOINT_NONE;
}

static void join_lines(struct body *b)
{
	for (size_t i = 0; i < b->n; i++) {
		enum joint j;

		if (b->v[i].anchor)
			continue;
		j = joint_of(b, i);
		/* In the middle of a cell. */
		if (j == JOINT_UP && i && i + 1 < b->n && b->limit &&
		    !begins_below(&b->v[i], &b->v[i + 1]) &&
		    distance(b, i + 1) <= b->limit)
			b->v[i + 1].joined = true;
		if (j == JOINT_UP && i)
			b->v[i].joined = true;
		else if (j == JOINT_DOWN && i + 1 < b->n)
			b->v[i + 1].joined = true;
	}
	/* Two rows are none, however close a label stands to both. */
	for (size_t i = 0, last = SIZE_MAX; i < b->n; i++) {
		if (!b->v[i].joined)
			last = SIZE_MAX;
		if (!b->v[i].anchor)
			continue;
		if (b->v[i].joined && last != SIZE_MAX)
			b->v[i].joined = false;
		last = i;
	}
}

/* A cell of the row that is put together. */
struct slot {
	struct str text;
	unsigned page, line;
};

static void add_text(struct arena *a, struct slot *s, const struct piece *p,
		     const struct piece_line *line)
{
	bool words;

	if (!s->text.n) {
		*s = (struct slot){p->text, line->page, line->line};
		return;
	}
	words = (unsigned char)s->text.p[s->text.n - 1] < 0x80 &&
		(unsigned char)p->text.p[0] < 0x80;
	s->text = str_format(a, "%.*s%s%.*s", STR_ARG(s->text),
			     words ? " " : "", STR_ARG(p->text));
}

static void put_rows(struct body *b, struct grid *g, const size_t *column_of,
		     unsigned row, unsigned n_columns)
{
	struct slot *slots = ARENA_ARRAY(b->a, struct slot, b->l->n + 1);

	for (size_t i = 0; i < b->n;) {
		unsigned over = n_columns;
		size_t k = i;

		memset(slots, 0, b->l->n * sizeof *slots);
		for (; k == i || (k < b->n && b->v[k].joined); k++) {
			const struct body_line *l = &b->v[k];

			for (size_t m = 0; m < l->line->n; m++) {
				const struct piece *p = &l->line->v[m];
				size_t lane = l->lane[m];
				bool clear = lane != SIZE_MAX &&
					     (!slots[lane].text.n ||
					      (!lanes_is_amount(b->l, p->text) &&
					       !lanes_is_amount(
						       b->l,
						       slots[lane].text)));

				if (clear) {
					add_text(b->a, &slots[lane], p, l->line);
					continue;
				}
				grid_add(g, (struct grid_cell){
						    .text = p->text, .row = row,
						    .col = over++, .rows = 1,
						    .cols = 1,
						    .page = l->line->page,
						    .line = l->line->line});
			}
		}
		for (size_t m = 0; m < b->l->n; m++)
			grid_add(g, (struct grid_cell){
					    .text = slots[m].text, .row = row,
					    .col = (unsigned)column_of[m],
					    .rows = 1, .cols = 1,
					    .page = slots[m].page,
					    .line = slots[m].line});
		row++;
		i = k;
	}
}

static void put_heads(struct grid *g, const struct heads *h,
		      const struct piece_line *first)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct head *c = &h->v[i];

		grid_add(g, (struct grid_cell){
				    .text = c->text,
				    .row = (unsigned)c->level,
				    .col = (unsigned)c->from,
				    .rows = c->group ? 1
						     : (unsigned)(h->levels -
								  c->level),
				    .cols = (unsigned)(c->to - c->from) + 1,
				    .page = first->page,
				    .line = first->line});
	}
}

bool unruled_is_body(const struct piece_line *l)
{
	for (size_t k = 1; k < l->n; k++)
		if (column_is_number(l->v[k].text))
			return true;
	return false;
}

static size_t count_pieces(const struct piece_line *lines, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += lines[i].n;
	return count;
}

struct grid *unruled_build(struct arena *a, const struct piece_line *lines,
			   size_t n, int em)
{
	struct grid *g = ARENA_NEW(a, struct grid);
	size_t body = 0, *column_of;
	struct lanes l;
	struct heads h;
	struct body b = {.a = a, .l = &l};

	while (body < n && !unruled_is_body(&lines[body]))
		body++;
	/* A label over two lines begins above its amounts. */
	while (body && body < n &&
	       ((lines[body].y - lines[body - 1].y) * 10 < em * 9 ||
		has_opener(lines[body - 1].v[0].text)))
		body--;
	if (body == n || !lanes_find(a, &l, lines + body, n - body, em) ||
	    l.n > MOST_COLUMNS || count_pieces(lines, body) > 4 * MOST_COLUMNS)
		return NULL;
	b.n = n - body;
	b.v = ARENA_ARRAY(a, struct body_line, b.n);
	for (size_t i = 0; i < b.n; i++)
		read_line(&b, &b.v[i], &lines[body + i]);
	find_pitch(&b);
	find_kind(&b);
	join_lines(&b);
	heads_find(a, &h, &l, lines, body, b.pitch);
	column_of = ARENA_ARRAY(a, size_t, l.n);
	for (size_t i = 0; i < h.n_columns; i++)
		if (h.columns[i].lane != SIZE_MAX)
			column_of[h.columns[i].lane] = i;
	*g = (struct grid){.arena = a, .page = lines[0].page,
			   .line = lines[0].line};
	if (body)
		put_heads(g, &h, &lines[0]);
	put_rows(&b, g, column_of, (unsigned)h.levels, (unsigned)h.n_columns);
	return g;
}
