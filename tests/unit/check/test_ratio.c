#include <criterion/criterion.h>

#include "check/ratio.h"

Test(ratio, rounds_half_away_from_zero)
{
	static const struct {
		int64_t num, den, scale, want;
	} rows[] = {
		{1, 2, 1, 1},      {-1, 2, 1, -1},        {1, 3, 1, 0},
		{2, 3, 1, 1},      {-2, 3, 1, -1},        {0, 7, 100, 0},
		{7, 8, 1000, 875}, {1, 3, 1000000, 333333}, {5, -10, 1, -1},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ratio r;
		int64_t got;

		cr_expect(ratio_make(rows[i].num, rows[i].den, &r) &&
				  ratio_round(r, rows[i].scale, &got) &&
				  got == rows[i].want,
			  "row %zu", i);
	}
}

Test(ratio, says_what_does_not_fit)
{
	struct ratio r, big = {INT64_MAX, 1}, out;
	int64_t value;

	cr_expect(!ratio_make(1, 0, &r));
	cr_expect(!ratio_divide(big, ratio_of(0), &out));
	for (int i = 0; i < 1; i++)
		cr_expect(ratio_multiply(big, big, &big));
	cr_expect(!ratio_round(big, 1, &value), "beyond 64 bits");
	cr_expect(!ratio_multiply(big, big, &out), "beyond 128 bits");
}

Test(ratio, is_the_same_in_any_terms)
{
	struct ratio third, other, got, many = ratio_of(1);
	int c;

	cr_assert(ratio_make(1, 3, &third));
	cr_assert(ratio_make(700000000, 2100000000, &other));
	cr_expect(ratio_compare(third, other, &c) && !c);
	cr_expect(ratio_subtract(third, other, &got) && !got.num);
	/* in lowest terms it fits for ever */
	for (int i = 0; i < 40; i++) {
		cr_assert(ratio_multiply(many, other, &got));
		cr_assert(ratio_divide(got, third, &many));
	}
	cr_expect(ratio_compare(many, ratio_of(1), &c) && !c);
}

Test(quantity, stands_for_half_a_quantum_either_way)
{
	struct quantity a, b, sum, difference, quotient;
	int64_t low, high;

	/* 577.79 万元 and 15.36 万元 in fen */
	cr_assert(quantity_make(577790000, 10000, 1, &a));
	cr_assert(quantity_make(15360000, 10000, 1, &b));
	cr_assert(quantity_add(&a, &b, &sum));
	cr_expect(ratio_round(sum.low, 1, &low) && low == 593140000);
	cr_expect(ratio_round(sum.high, 1, &high) && high == 593160000);
	cr_assert(quantity_subtract(&a, &b, &difference));
	cr_expect(ratio_round(difference.low, 1, &low) && low == 562420000);
	cr_expect(ratio_round(difference.high, 1, &high) && high == 562440000);
	cr_assert(quantity_divide(&b, &difference, &quotient));
	cr_expect(ratio_round(quotient.point, 1000000, &low) && low == 27310);
}

Test(quantity, odd_quanta_keep_their_halves)
{
	struct quantity q;
	int64_t twice;

	cr_assert(quantity_make(5, 1, 1, &q));
	cr_expect(ratio_round(q.low, 2, &twice) && twice == 9);
	cr_expect(ratio_round(q.high, 2, &twice) && twice == 11);
	cr_assert(quantity_make_cut(-5, 1, 1, &q));
	cr_expect(ratio_round(q.low, 1, &twice) && twice == -6);
	cr_expect(ratio_round(q.high, 1, &twice) && twice == -5);
}

Test(quantity, never_divides_by_what_may_be_nothing)
{
	struct quantity one, none, out;

	cr_assert(quantity_make(100, 1, 1, &one));
	cr_assert(quantity_make(0, 1, 1, &none));
	cr_expect(!quantity_divide(&one, &none, &out));
	cr_expect(quantity_divide(&none, &one, &out));
}

Test(quantity, tells_a_gap_in_quanta)
{
	struct quantity a, b;
	struct gap gap;

	cr_assert(quantity_make(577790000, 10000, 1, &a));
	cr_assert(quantity_make(577890000, 5001, 1, &b));
	cr_assert(quantity_gap(&a, &b, 1, &gap));
	cr_expect_eq(gap.left, 577790000);
	cr_expect_eq(gap.right, 577890000);
	cr_expect_eq(gap.difference, -100000);
	cr_expect_eq(gap.tolerance, 7501, "half a quantum counts");
}
