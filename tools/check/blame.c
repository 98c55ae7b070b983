/*
 * The value that would mend an identity is found by two steps of Newton's
 * method in integers, exact at once for sums. A greedy choice stands for the
 * smallest set of numbers; it is bounded by MAX_FAILURES, beyond which a
 * document is misread rather than mistaken, and by MAX_PARTS of a sum, each of
 * which would have to be tried with all others.
 */
#include "check/blame.h"

#include <stdlib.h>

#include "check/agree.h"

enum { MAX_FAILURES = 300, MAX_PARTS = 1000, STEPS = 3 };

struct suspect {
	struct guess guess;
	uint32_t *mends; /* the failures that would hold */
	size_t n_mends, broken;
	size_t mended; /* of them, those that nothing explains yet */
};

/* The instances that a fact takes part in. */
struct uses {
	uint32_t *list;
	size_t n;
};

struct blaming {
	const struct check_facts *fs;
	struct instance *list;
	size_t n;
	struct uses *uses;  /* by the index of a fact */
	uint32_t *touched;  /* what find_touched() found */
	size_t n_touched;
	char *is_touched;   /* by instance, while it looks */
	struct suspect *suspects;
	size_t n_suspects, cap_suspects;
};

static bool is_failure(const struct instance *in)
{
	return in->outcome == OUTCOME_FAIL && !in->gathered && !in->blame &&
	       in->n_facts <= MAX_PARTS &&
	       in->form->relation != RELATION_WITHIN &&
	       in->rule->level >= LEVEL_WARNING;
}

static bool has_held(const struct instance *in)
{
	return (in->outcome == OUTCOME_EXACT ||
		in->outcome == OUTCOME_ROUNDING) &&
	       in->form->relation != RELATION_WITHIN;
}

static bool holds_with(const struct instance *in, const struct guess *guess)
{
	return in->form->relation == RELATION_AGREE ? agree_again(in, guess)
						    : again_holds(in, guess);
}

static int64_t round_to(int64_t value, int64_t quantum)
{
	int64_t rest;

	if (quantum < 2)
		return value;
	rest = value % quantum;
	value -= rest;
	if (rest * 2 >= quantum)
		value += quantum;
	else if (rest * 2 <= -quantum)
		value -= quantum;
	return value;
}

/* The value of the fact with which the instance would hold exactly. */
static bool find_fit(const struct instance *in, const struct check_fact *f,
		     int64_t *out)
{
	int64_t step = f->f.quantum > 1 ? f->f.quantum : 1;
	struct guess g = {f, f->f.value, false};

	if (in->form->relation == RELATION_AGREE) {
		const struct check_fact *const *m = in->bindings->facts;

		*out = f == m[0] ? m[1]->f.value : m[0]->f.value;
		*out = round_to(*out, f->f.quantum);
		return true;
	}
	for (int i = 0; i < STEPS; i++) {
		struct guess next = {f, g.value + step, false};
		struct ratio here, there, slope, move;
		int64_t by;

		if (!again_gap(in, &g, &here))
			return false;
		if (!here.num)
			break;
		if (!again_gap(in, &next, &there) ||
		    !ratio_subtract(there, here, &slope) || !slope.num ||
		    !ratio_divide(here, slope, &move) ||
		    !ratio_round(move, step, &by) ||
		    __builtin_sub_overflow(g.value, by, &g.value) ||
		    !facts_may_be(g.value))
			return false;
		if (!by)
			break;
	}
	*out = round_to(g.value, f->f.quantum);
	/* nobody's slip is a sign where levels have none */
	return *out != f->f.value && (f->f.at.kind != KIND_LEVEL || *out >= 0 ||
				      f->f.value < 0);
}

static void touch(struct blaming *b, const struct check_fact *f)
{
	const struct uses *u = &b->uses[f->index];

	for (size_t i = 0; i < u->n; i++) {
		if (b->is_touched[u->list[i]])
			continue;
		b->is_touched[u->list[i]] = 1;
		b->touched[b->n_touched++] = u->list[i];
	}
}

/* The instances that the guess changes; whether it changes several facts. */
static bool find_touched(struct blaming *b, const struct guess *g)
{
	const struct check_chain *c =
		g->twins ? facts_along(b->fs, g->fact->at, DIM_FUND) : NULL;
	bool several = false;

	for (size_t i = 0; i < b->n_touched; i++)
		b->is_touched[b->touched[i]] = 0;
	b->n_touched = 0;
	touch(b, g->fact);
	for (size_t i = 0; c && i < c->n; i++) {
		const struct check_fact *f = b->fs->list[c->list[i]];

		if (f == g->fact || !again_are_twins(g->fact, f))
			continue;
		several = true;
		touch(b, f);
	}
	return several;
}

/* The failures that the guess would mend; false where it cannot be two. */
static bool find_mends(struct blaming *b, struct suspect *s)
{
	size_t failures = 0;

	for (size_t i = 0; i < b->n_touched; i++)
		failures += is_failure(&b->list[b->touched[i]]);
	if (failures < 2)
		return false;
	s->mends = arena_alloc_raw(b->fs->arena, failures * sizeof *s->mends);
	for (size_t i = 0; i < b->n_touched; i++) {
		const struct instance *in = &b->list[b->touched[i]];

		if (is_failure(in) && holds_with(in, &s->guess))
			s->mends[s->n_mends++] = b->touched[i];
	}
	return s->n_mends > 1;
}

/* What the guess would mend and break; false where it mends but one thing, or
 * breaks as many. */
static bool try_guess(struct blaming *b, struct guess guess,
		      struct suspect *out)
{
	*out = (struct suspect){.guess = guess};
	if (!find_touched(b, &guess) && guess.twins)
		return false; /* tried already */
	/* few are looked at twice: what holds is much, what fails little */
	if (!find_mends(b, out))
		return false;
	for (size_t i = 0;
	     i < b->n_touched && out->n_mends > out->broken; i++) {
		const struct instance *in = &b->list[b->touched[i]];

		out->broken += has_held(in) && !holds_with(in, &guess);
	}
	return out->n_mends > out->broken;
}

static void add_suspect(struct blaming *b, struct guess guess)
{
	struct suspect s;

	if (!try_guess(b, guess, &s))
		return;
	b->suspects = arena_grow(b->fs->arena, b->suspects, &b->cap_suspects,
				 b->n_suspects + 1, sizeof *b->suspects);
	b->suspects[b->n_suspects++] = s;
}

/* A number and a value, as a key: nothing lies between them. */
struct tried {
	int64_t index, value;
};

static bool is_tried(struct blaming *b, struct map *seen, const struct guess *g)
{
	struct tried *key = ARENA_NEW(b->fs->arena, struct tried);
	void **old;

	*key = (struct tried){(int64_t)g->fact->index, g->value};
	old = map_put(seen, (struct str){(const char *)key, sizeof *key});
	if (*old)
		return true;
	*old = b;
	return false;
}

/* Every number of a failure with the value that would mend it, once. */
static void note_suspects(struct blaming *b)
{
	struct map seen = {0};

	for (size_t i = 0; i < b->n; i++) {
		for (size_t k = 0; is_failure(&b->list[i]) && k < b->list[i].n_facts;
		     k++) {
			struct guess g = {b->list[i].facts[k], 0, false};

			if (!find_fit(&b->list[i], g.fact, &g.value) ||
			    is_tried(b, &seen, &g))
				continue;
			add_suspect(b, g);
			g.twins = true;
			add_suspect(b, g);
		}
	}
	map_release(&seen);
}

static bool is_worse(const struct suspect *a, const struct suspect *b)
{
	size_t x = a->mended + b->broken, y = b->mended + a->broken;

	if (x != y)
		return x < y;
	return a->mended < b->mended;
}

/* The suspect that explains most of what is left, NULL for none. */
static const struct suspect *find_suspect(struct blaming *b)
{
	const struct suspect *best = NULL;

	for (size_t i = 0; i < b->n_suspects; i++) {
		struct suspect *s = &b->suspects[i];

		s->mended = 0;
		for (size_t k = 0; k < s->n_mends; k++)
			s->mended += is_failure(&b->list[s->mends[k]]);
		if (s->mended > 1 && s->mended > s->broken &&
		    (!best || is_worse(best, s)))
			best = s;
	}
	return best;
}

/* The failure that is told: the first that is certain. */
static struct instance *find_leader(struct blaming *b, const struct suspect *s)
{
	struct instance *first = NULL;

	for (size_t i = 0; i < s->n_mends; i++) {
		struct instance *in = &b->list[s->mends[i]];

		if (is_failure(in) &&
		    (!first || in->certain > first->certain ||
		     (in->certain == first->certain && in < first)))
			first = in;
	}
	return first;
}

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static void gather(struct blaming *b, const struct suspect *s)
{
	struct blame *blame = ARENA_NEW(b->fs->arena, struct blame);
	struct instance *first = find_leader(b, s);

	qsort(s->mends, s->n_mends, sizeof *s->mends, compare_numbers);
	blame->fact = s->guess.fact;
	blame->fits = s->guess.value;
	blame->others = ARENA_ARRAY(b->fs->arena, struct instance *, s->mended);
	for (size_t i = 0; i < s->n_mends; i++) {
		struct instance *in = &b->list[s->mends[i]];

		if (in == first || !is_failure(in))
			continue;
		blame->others[blame->n_others++] = in;
		in->gathered = true;
	}
	first->blame = blame;
}

/* Which instances each fact takes part in. */
static void note_uses(struct blaming *b)
{
	struct arena *a = b->fs->arena;
	size_t total = 0;
	uint32_t *lists;

	b->uses = ARENA_ARRAY(a, struct uses, b->fs->n);
	b->touched = ARENA_ARRAY(a, uint32_t, b->n);
	b->is_touched = ARENA_ARRAY(a, char, b->n);
	for (size_t i = 0; i < b->n; i++)
		total += b->list[i].n_facts;
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < b->list[i].n_facts; k++)
			b->uses[b->list[i].facts[k]->index].n++;
	lists = ARENA_ARRAY(a, uint32_t, total);
	for (size_t i = 0; i < b->fs->n; i++) {
		b->uses[i].list = lists;
		lists += b->uses[i].n;
		b->uses[i].n = 0;
	}
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < b->list[i].n_facts; k++) {
			struct uses *u = &b->uses[b->list[i].facts[k]->index];

			u->list[u->n++] = (uint32_t)i;
		}
}

void blame_gather(const struct check_facts *fs, struct instance *list, size_t n)
{
	struct blaming b = {.fs = fs, .list = list, .n = n};
	size_t failures = 0;

	for (size_t i = 0; i < n; i++)
		failures += is_failure(&list[i]);
	if (failures < 2 || failures > MAX_FAILURES)
		return;
	note_uses(&b);
	note_suspects(&b);
	for (;;) {
		const struct suspect *s = find_suspect(&b);

		if (!s)
			return;
		gather(&b, s);
	}
}
