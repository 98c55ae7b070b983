/*
 * A property: what is told of sides in whole numbers is what is told of the
 * fractions that they stand for. The seed is fixed.
 */
#include <criterion/criterion.h>

#include "check/side.h"

static uint64_t next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 11;
}

/* Near each other, so that they often meet; or near the end of 64 bits. */
static struct side some(uint64_t *state)
{
	struct side s = {{(int64_t)(next(state) % 8) - 4,
			  (int64_t)(next(state) % 6),
			  next(state) % 4 ? 1 : 1000000}, NULL};

	if (next(state) % 8 == 0)
		s.sum.value += next(state) % 2 ? INT64_MAX - 4 : INT64_MIN + 4;
	if (next(state) % 16 == 0)
		s.sum.quantum = INT64_MAX - (int64_t)(next(state) % 3);
	return s;
}

static void expect_same_gap(const struct side *a, const struct side *b,
			    const struct quantity *x, const struct quantity *y)
{
	struct gap got, want;
	bool told = quantity_gap(x, y, a->sum.scale, &want);

	cr_assert_eq(side_gap(a, b, a->sum.scale, &got), told);
	if (!told)
		return;
	cr_assert_eq(got.left, want.left);
	cr_assert_eq(got.right, want.right);
	cr_assert_eq(got.difference, want.difference);
	cr_assert_eq(got.tolerance, want.tolerance);
}

Test(side, tells_what_its_fractions_tell)
{
	uint64_t state = 1;
	size_t met = 0;

	for (int i = 0; i < 50000; i++) {
		struct side a = some(&state), b = some(&state);
		struct quantity x, y;
		struct ratio gap, want;
		int c, d;

		cr_assert(side_quantity(&a, &x) && side_quantity(&b, &y));
		for (enum relation r = RELATION_EQUAL; r <= RELATION_AT_MOST;
		     r++)
			cr_assert_eq(side_meet(&a, &b, r),
				     side_meet_any(&x, &y, r));
		met += side_meet(&a, &b, RELATION_EQUAL);
		cr_assert(side_compare(&a, &b, &c));
		cr_assert(ratio_compare(x.point, y.point, &d) && c == d);
		cr_assert(side_subtract(&a, &b, &gap));
		cr_assert(ratio_subtract(x.point, y.point, &want));
		cr_assert(ratio_compare(gap, want, &c) && !c);
		expect_same_gap(&a, &b, &x, &y);
	}
	cr_expect(met > 10000 && met < 40000, "%zu", met);
}

Test(side, is_any_quantity)
{
	const struct quantity third = {{1, 3}, {1, 4}, {1, 2}};
	struct side none = {0}, any = {.any = &third}, half = {{1, 1, 2}, NULL};
	struct quantity q;
	int c;

	cr_expect(side_quantity(&any, &q) && q.high.den == 2);
	cr_expect(side_compare(&any, &half, &c) && c < 0);
	cr_expect(side_meet(&any, &half, RELATION_EQUAL));
	cr_expect(side_quantity(&none, &q) && !q.low.num && q.low.den == 1);
	cr_expect(!side_meet(&any, &none, RELATION_EQUAL));
	cr_expect(!side_meet(&any, &none, RELATION_AT_MOST));
	cr_expect(side_meet(&none, &any, RELATION_AT_MOST));
}
