/*
 * The value that would mend an identity is found by two steps of Newton's
 * method in integers, exact at once for sums. A greedy choice stands for the
 * smallest set of numbers; it is bounded by MAX_FAILURES, beyond which a
 * document is misread rather than mistaken.
 */
#include "check/blame.h"

#include "check/again.h"
#include "check/agree.h"

enum { MAX_FAILURES = 300, STEPS = 3 };

struct suspect {
	const struct check_fact *fact;
	int64_t fits;
	size_t mended, broken;
};

struct blaming {
	const struct check_facts *fs;
	struct instance *list;
	size_t n;
	const struct check_fact ***facts; /* of each instance */
	size_t *n_facts;
};

static bool is_failure(const struct instance *in)
{
	return in->outcome == OUTCOME_FAIL && !in->gathered && !in->blame &&
	       in->rule->level >= LEVEL_WARNING;
}

static bool takes_part(const struct blaming *b, size_t i,
		       const struct check_fact *f)
{
	for (size_t k = 0; k < b->n_facts[i]; k++)
		if (b->facts[i][k] == f)
			return true;
	return false;
}

static bool holds_with(const struct instance *in, const struct check_fact *f,
		       int64_t value)
{
	struct quantity left, right;

	if (in->form->relation == RELATION_AGREE)
		return agree_again(in, f, value);
	return again_sides(in, f, value, &left, &right) &&
	       eval_meets(&left, &right, in->form->relation);
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

static bool gap_with(const struct instance *in, const struct check_fact *f,
		     int64_t value, struct ratio *out)
{
	struct quantity left, right;

	return again_sides(in, f, value, &left, &right) &&
	       ratio_subtract(left.point, right.point, out);
}

/* The value of the fact with which the instance would hold exactly. */
static bool find_fit(const struct instance *in, const struct check_fact *f,
		     int64_t *out)
{
	int64_t step = f->f.quantum > 1 ? f->f.quantum : 1;
	int64_t value = f->f.value;

	if (in->form->relation == RELATION_AGREE) {
		const struct check_fact *const *m = in->bindings->facts;

		*out = f == m[0] ? m[1]->f.value : m[0]->f.value;
		*out = round_to(*out, f->f.quantum);
		return true;
	}
	for (int i = 0; i < STEPS; i++) {
		struct ratio here, there, slope, move;
		int64_t by;

		if (!gap_with(in, f, value, &here) ||
		    !gap_with(in, f, value + step, &there) ||
		    !ratio_subtract(there, here, &slope) || !slope.num ||
		    !ratio_divide(here, slope, &move) ||
		    !ratio_round(move, step, &by) ||
		    __builtin_sub_overflow(value, by, &value))
			return false;
		if (!by)
			break;
	}
	*out = round_to(value, f->f.quantum);
	return *out != f->f.value;
}

static struct suspect try_value(const struct blaming *b,
				const struct check_fact *f, int64_t value)
{
	struct suspect s = {f, value, 0, 0};

	for (size_t i = 0; i < b->n; i++) {
		const struct instance *in = &b->list[i];
		bool held = in->outcome == OUTCOME_EXACT ||
			    in->outcome == OUTCOME_ROUNDING;

		if ((!held && !is_failure(in)) || !takes_part(b, i, f))
			continue;
		if (holds_with(in, f, value))
			s.mended += !held;
		else
			s.broken += held;
	}
	return s;
}

static bool is_worse(const struct suspect *a, const struct suspect *b)
{
	size_t x = a->mended + b->broken, y = b->mended + a->broken;

	if (x != y)
		return x < y;
	return a->mended < b->mended;
}

/* The suspect that explains most, mended 0 for none. */
static struct suspect find_suspect(const struct blaming *b)
{
	struct suspect best = {0};

	for (size_t i = 0; i < b->n; i++) {
		if (!is_failure(&b->list[i]))
			continue;
		for (size_t k = 0; k < b->n_facts[i]; k++) {
			struct suspect s;
			int64_t value;

			if (!find_fit(&b->list[i], b->facts[i][k], &value))
				continue;
			s = try_value(b, b->facts[i][k], value);
			if (s.mended > 1 && s.mended > s.broken &&
			    is_worse(&best, &s))
				best = s;
		}
	}
	return best;
}

static bool is_mended(const struct blaming *b, size_t i,
		      const struct suspect *s)
{
	return is_failure(&b->list[i]) && takes_part(b, i, s->fact) &&
	       holds_with(&b->list[i], s->fact, s->fits);
}

/* The failure that is told: the first that is certain. */
static struct instance *find_leader(struct blaming *b, const struct suspect *s)
{
	struct instance *first = NULL;

	for (size_t i = 0; i < b->n; i++)
		if (is_mended(b, i, s) && (!first || b->list[i].certain)) {
			first = &b->list[i];
			if (first->certain)
				break;
		}
	return first;
}

static void gather(struct blaming *b, const struct suspect *s)
{
	struct blame *blame = ARENA_NEW(b->fs->arena, struct blame);
	struct instance *first = find_leader(b, s);

	blame->fact = s->fact;
	blame->fits = s->fits;
	blame->others = ARENA_ARRAY(b->fs->arena, struct instance *, s->mended);
	for (size_t i = 0; i < b->n; i++) {
		struct instance *in = &b->list[i];

		if (in == first || !is_mended(b, i, s))
			continue;
		blame->others[blame->n_others++] = in;
		in->gathered = true;
	}
	first->blame = blame;
}

void blame_gather(const struct check_facts *fs, struct instance *list, size_t n)
{
	struct blaming b = {.fs = fs, .list = list, .n = n};
	size_t failures = 0;

	for (size_t i = 0; i < n; i++)
		failures += is_failure(&list[i]);
	if (failures < 2 || failures > MAX_FAILURES)
		return;
	b.facts = ARENA_ARRAY(fs->arena, const struct check_fact **, n);
	b.n_facts = ARENA_ARRAY(fs->arena, size_t, n);
	for (size_t i = 0; i < n; i++)
		b.n_facts[i] = eval_facts(fs, &list[i], &b.facts[i]);
	for (;;) {
		struct suspect s = find_suspect(&b);

		if (!s.mended)
			return;
		gather(&b, &s);
	}
}
