/* Every sign is a fixed comparison of integers; see trust.h for why. */
#include "check/trust.h"

#include "check/agree.h"

enum {
	MUCH = 10,         /* another order of magnitude */
	NEAR_PERCENT = 20, /* two values that may be slips of each other */
	MANY_VALUES = 3,
	SLIP = 20,         /* last places that a slip of the pen may be off */
	UNIT_SLIP = 10000, /* 元 written for 万元 */
};

static struct check_fact *writable(const struct check_facts *fs,
				   const struct check_fact *f)
{
	return fs->list[f->index];
}

void trust_note(struct instance *list, size_t n, const struct check_facts *fs)
{
	for (size_t i = 0; i < n; i++) {
		const struct instance *in = &list[i];
		bool agreement = in->form->relation == RELATION_AGREE;
		const struct check_fact **facts;
		size_t n_facts, values;

		if (agreement ? in->outcome != OUTCOME_FAIL
			      : in->outcome != OUTCOME_EXACT &&
					in->outcome != OUTCOME_ROUNDING)
			continue;
		values = agreement ? agree_count(in) : 0;
		n_facts = eval_facts(fs, in, &facts);
		for (size_t k = 0; k < n_facts; k++) {
			struct check_fact *f = writable(fs, facts[k]);

			if (agreement)
				f->values = values;
			else if (n_facts > 1)
				f->confirmed = true;
		}
	}
}

static ratio_wide size_of(int64_t v)
{
	return v < 0 ? -(ratio_wide)v : v;
}

static bool is_near(int64_t a, int64_t b)
{
	ratio_wide gap = (ratio_wide)a - b;
	ratio_wide most = size_of(a) > size_of(b) ? size_of(a) : size_of(b);

	return (gap < 0 ? -gap : gap) * 100 <= most * NEAR_PERCENT;
}

/* Whether some fact that agrees with this one is confirmed. */
static bool is_confirmed(const struct instance *in, const struct check_fact *f)
{
	const struct binding *b = in->bindings;

	for (size_t i = 0; i < b->n; i++)
		if (b->facts[i]->confirmed &&
		    b->facts[i]->f.value == f->f.value)
			return true;
	return false;
}

static bool trust_agreement(const struct instance *in)
{
	const struct check_fact *a = in->bindings->facts[0];
	const struct check_fact *b = in->bindings->facts[1];
	bool level = a->f.at.kind == KIND_LEVEL;
	bool said = a->f.origin == ORIGIN_STATEMENT ||
		    b->f.origin == ORIGIN_STATEMENT;

	if (agree_count(in) >= MANY_VALUES)
		return false;
	/* "there is none" against an amount */
	if (level && said && (!a->f.value || !b->f.value))
		return true;
	if (size_of(a->f.value - b->f.value) <=
	    (ratio_wide)a->f.quantum * SLIP)
		return true;
	if (size_of(a->f.value) * MUCH < size_of(b->f.value) ||
	    size_of(b->f.value) * MUCH < size_of(a->f.value))
		return false;
	return is_near(a->f.value, b->f.value) ||
	       !is_confirmed(in, a) || !is_confirmed(in, b);
}

/* |a| * times <=> |b| */
static int compare_times(struct ratio a, int64_t times, struct ratio b)
{
	struct ratio big;
	int c;

	if (a.num < 0)
		a.num = -a.num;
	if (b.num < 0)
		b.num = -b.num;
	if (!ratio_multiply(ratio_of(times), a, &big) ||
	    !ratio_compare(big, b, &c))
		return 0;
	return c;
}

static bool same_order(const struct instance *in)
{
	struct ratio l = in->left.point, r = in->right.point, gap;

	if (in->unit == UNIT_PPM)
		return true;
	if (!compare_times(l, UNIT_SLIP, r) || !compare_times(r, UNIT_SLIP, l))
		return true;
	if (ratio_subtract(l, r, &gap) &&
	    compare_times(gap, 1, ratio_of(in->anchor->f.quantum * SLIP)) <= 0)
		return true;
	return compare_times(l, MUCH, r) >= 0 && compare_times(r, MUCH, l) >= 0;
}

static bool trust_identity(const struct check_facts *fs,
			   const struct instance *in)
{
	const struct check_fact **facts;
	size_t n = eval_facts(fs, in, &facts);
	bool near = in->reach < 2;

	if (in->n_wholes && in->guessed)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (facts[i]->values > 1)
			return false;
		if (facts_distance(in->anchor, facts[i]) > 1)
			near = false;
	}
	if (!near && !in->rule->wide)
		return false;
	return same_order(in);
}

bool trust_failure(const struct check_facts *fs, const struct instance *in)
{
	if (in->form->relation == RELATION_AGREE)
		return trust_agreement(in);
	return trust_identity(fs, in);
}
