/*
 * A property: where one value is replaced, sides that are moved from what they
 * came to are those that are reckoned again. The seed is fixed.
 */
#include <criterion/criterion.h>

#include "check/again.h"

enum { FACTS = 6 };

static uint64_t next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 11;
}

/* Small mostly, so that there are twins; or near the end of 64 bits. */
static int64_t some(uint64_t *state)
{
	switch (next(state) % 12) {
	case 0:
		return INT64_MAX - (int64_t)(next(state) % 3);
	case 1:
		return INT64_MIN + (int64_t)(next(state) % 3);
	case 2:
		return (int64_t)next(state);
	default:
		return (int64_t)(next(state) % 4) - 1;
	}
}

static void fill(struct check_fact *f, uint64_t *state, bool mixed)
{
	*f = (struct check_fact){0};
	f->f.value = some(state);
	f->f.quantum = (int64_t)(next(state) % 4);
	if (mixed)
		f->f.unit = next(state) % 2 ? UNIT_PPM : UNIT_FEN;
	f->at[DIM_ITEM] = (check_word)(next(state) % 2);
}

static bool is_same(struct ratio a, struct ratio b)
{
	int c;

	return ratio_compare(a, b, &c) && !c;
}

/* The gap is that of the sides. */
static void expect_gap(const struct instance *in, const struct guess *g,
		       const struct quantity *left,
		       const struct quantity *right)
{
	struct ratio gap, own;

	if (ratio_subtract(left->point, right->point, &own))
		cr_assert(again_gap(in, g, &gap) && is_same(gap, own));
}

static void expect_same(const struct quantity *a, const struct quantity *b)
{
	cr_assert(is_same(a->point, b->point));
	cr_assert(is_same(a->low, b->low));
	cr_assert(is_same(a->high, b->high));
}

/* A side of facts; false where there are none, or no sum in whole numbers. */
static bool add_up(const struct check_fact *const *list, size_t n,
		   struct tally *out)
{
	for (size_t i = 0; i < n; i++)
		if (!tally_add(out, list[i]->f.value, list[i]->f.quantum,
			       facts_scale(list[i]->f.unit)))
			return false;
	return n;
}

Test(again, moves_sides_to_where_they_are_reckoned)
{
	static const struct node LEFT = {.kind = NODE_TERM};
	static const struct node RIGHT = {.kind = NODE_SUM};
	static const struct formula FORM = {.left = &LEFT, .right = &RIGHT};
	uint64_t state = 1;
	size_t tried = 0;

	for (int i = 0; i < 50000; i++) {
		struct check_fact facts[FACTS];
		const struct check_fact *list[FACTS];
		struct binding bindings[2] = {{&LEFT, list, 1},
					      {&RIGHT, list + 1, 0}};
		struct instance in = {.form = &FORM, .bindings = bindings,
				      .n_bindings = 2};
		struct quantity left[2], right[2];
		struct side moved[2];
		struct guess g;

		for (size_t k = 0; k < FACTS; k++) {
			fill(&facts[k], &state, i % 3 == 0);
			/* one fact may stand in a sum twice */
			list[k] = &facts[next(&state) % (k + 1)];
		}
		bindings[1].n = next(&state) % FACTS;
		if (!tally_add(&in.left.sum, list[0]->f.value,
			       list[0]->f.quantum,
			       facts_scale(list[0]->f.unit)) ||
		    !add_up(list + 1, bindings[1].n, &in.right.sum))
			continue;
		g = (struct guess){list[next(&state) % FACTS], some(&state),
				   next(&state) % 2};
		if (!again_move(&in, &g, &moved[0], &moved[1]))
			continue;
		cr_assert(again_sides(&in, &g, &left[1], &right[1]));
		cr_assert(side_quantity(&moved[0], &left[0]));
		cr_assert(side_quantity(&moved[1], &right[0]));
		expect_same(&left[0], &left[1]);
		expect_same(&right[0], &right[1]);
		expect_gap(&in, &g, &left[1], &right[1]);
		cr_assert_eq(again_holds(&in, &g),
			     side_meet_any(&left[1], &right[1],
					   RELATION_EQUAL));
		tried++;
	}
	cr_expect_gt(tried, 25000);
}
