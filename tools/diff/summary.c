/* Changes come entity by entity, so only one entity's counts are held. */
#include "diff/summary.h"

#include <stdlib.h>

enum { SAME, CHANGED, ADDED, REMOVED, RESTATED, N_STATUSES };

static const struct str STATUSES[N_STATUSES] = {
	[SAME] = STR_INIT("same"),         [CHANGED] = STR_INIT("changed"),
	[ADDED] = STR_INIT("added"),       [REMOVED] = STR_INIT("removed"),
	[RESTATED] = STR_INIT("restated"),
};

struct summary_line {
	int from_year, to_year;
	enum phase from_phase, to_phase;
	int64_t count[N_STATUSES], rounding, broken, agree, disagree;
};

void summary_release(struct summary *s)
{
	arena_release(&s->arena);
}

static int compare(const void *x, const void *y)
{
	const struct summary_line *a = x, *b = y;

	if (a->from_year != b->from_year)
		return a->from_year < b->from_year ? -1 : 1;
	if (a->from_phase != b->from_phase)
		return a->from_phase < b->from_phase ? -1 : 1;
	if (a->to_year != b->to_year)
		return a->to_year < b->to_year ? -1 : 1;
	return (a->to_phase > b->to_phase) - (a->to_phase < b->to_phase);
}

static void put_time(struct buf *out, int year, enum phase phase)
{
	buf_putc(out, '\t');
	if (!year) {
		buf_putc(out, '-');
		return;
	}
	buf_put_int(out, year);
	if (phase != PHASE_NONE)
		buf_printf(out, " %.*s", STR_ARG(phase_name(phase)));
}

static void put_count(struct buf *out, int64_t count)
{
	buf_putc(out, '\t');
	buf_put_int(out, count);
}

static void put_lines(struct summary *s, struct buf *out)
{
	if (!s->any) {
		buf_puts(out, "entity\tfrom\tto");
		for (int i = 0; i < N_STATUSES; i++)
			buf_printf(out, "\t%.*s", STR_ARG(STATUSES[i]));
		buf_puts(out, "\trounding\tbreak\tagree\tdisagree\n");
		s->any = true;
	}
	if (s->n > 1)
		qsort(s->lines, s->n, sizeof *s->lines, compare);
	for (size_t i = 0; i < s->n; i++) {
		const struct summary_line *l = &s->lines[i];

		buf_put_str(out, s->entity.n ? s->entity : STR("-"));
		put_time(out, l->from_year, l->from_phase);
		put_time(out, l->to_year, l->to_phase);
		for (int k = 0; k < N_STATUSES; k++)
			put_count(out, l->count[k]);
		put_count(out, l->rounding);
		put_count(out, l->broken);
		put_count(out, l->agree);
		put_count(out, l->disagree);
		buf_putc(out, '\n');
	}
}

static struct summary_line *find_line(struct summary *s, const struct bud_change *c)
{
	const struct summary_line want = {
		.from_year = c->from_year, .to_year = c->to_year,
		.from_phase = c->from_phase, .to_phase = c->to_phase};

	for (size_t i = 0; i < s->n; i++)
		if (!compare(&s->lines[i], &want))
			return &s->lines[i];
	s->lines = arena_grow(&s->arena, s->lines, &s->cap, s->n + 1,
			      sizeof *s->lines);
	s->lines[s->n] = want;
	return &s->lines[s->n++];
}

void summary_take(struct summary *s, const struct bud_change *c, struct buf *out)
{
	struct summary_line *l;

	if (!s->n || !str_equal(s->entity, c->entity)) {
		if (s->n)
			put_lines(s, out);
		arena_reset(&s->arena);
		s->entity = str_copy(&s->arena, c->entity);
		s->lines = NULL;
		s->n = s->cap = 0;
	}
	l = find_line(s, c);
	for (int k = 0; k < N_STATUSES; k++)
		l->count[k] += str_equal(c->status, STATUSES[k]);
	l->rounding += c->rounding;
	l->broken += c->breaks.n != 0;
	l->agree += c->has_stated && c->agrees;
	l->disagree += c->has_stated && !c->agrees;
}

void summary_finish(struct summary *s, struct buf *out)
{
	put_lines(s, out);
}
