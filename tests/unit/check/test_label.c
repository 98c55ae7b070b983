/*
 * Amounts as people write them, held against the general way: the exact
 * decimal with as many places as the quantum, and then the value, need.
 */
#include <criterion/criterion.h>

#include "base/decimal.h"
#include "check/label.h"

static int64_t scale_of(enum unit unit)
{
	return unit == UNIT_FEN	  ? DECIMAL_FEN_WAN
	       : unit == UNIT_PPM ? DECIMAL_PPM_PERCENT
				  : 1;
}

static void put_generally(struct buf *out, int64_t value, int64_t quantum,
			  enum unit unit)
{
	int64_t scale = scale_of(unit), worth = scale;
	unsigned decimals = 0;

	if (quantum < 1)
		quantum = scale > 100 ? scale / 100 : 1;
	for (; worth > quantum || (worth > 1 && value % worth); worth /= 10)
		decimals++;
	decimal_format(out, value, scale, decimals, true);
	if (unit == UNIT_PPM)
		buf_putc(out, '%');
}

static void expect_same(int64_t value, int64_t quantum, enum unit unit)
{
	struct buf got = {0}, want = {0};

	label_put_value(&got, value, quantum, unit);
	put_generally(&want, value, quantum, unit);
	cr_expect(str_equal(buf_str(&got), buf_str(&want)),
		  "%lld of %lld: %.*s, not %.*s", (long long)value,
		  (long long)quantum, STR_ARG(buf_str(&got)),
		  STR_ARG(buf_str(&want)));
	buf_release(&got);
	buf_release(&want);
}

Test(label, writes_values_as_people_do)
{
	static const struct {
		int64_t value, quantum;
		enum unit unit;
		const char *want;
	} rows[] = {
		{577790000, 10000, UNIT_FEN, "577.79"},
		{0, 10000, UNIT_FEN, "0.00"},
		{0, 0, UNIT_FEN, "0.00"},
		{-5, 1, UNIT_FEN, "-0.000005"},
		{1234567000000, 1000000, UNIT_FEN, "1,234,567"},
		{1000500000, 10000000, UNIT_FEN, "1,000.5"},
		{139500, 100, UNIT_PPM, "13.95%"},
		{-1000000, 0, UNIT_PPM, "-100.00%"},
		{1234, 1, UNIT_COUNT, "1,234"},
		{INT64_MIN, 1, UNIT_COUNT, "-9,223,372,036,854,775,808"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf got = {0};

		label_put_value(&got, rows[i].value, rows[i].quantum,
				rows[i].unit);
		cr_expect(str_equal(buf_str(&got), str_of(rows[i].want)),
			  "%.*s, not %s", STR_ARG(buf_str(&got)),
			  rows[i].want);
		buf_release(&got);
	}
}

Test(label, writes_what_the_general_way_writes)
{
	static const int64_t quanta[] = {
		INT64_MIN, -1, 0, 1, 2, 9, 10, 99, 100, 101, 5000, 10000,
		99999, 100000, 999999, 1000000, 1000001, 100000000, INT64_MAX,
	};
	static const int64_t values[] = {
		0, 1, 9, 10, 99, 100, 999, 1000, 9999, 10000, 100000, 999999,
		1000000, 1000001, 999999999, 1000000000, 999999990000,
		1000000000000, 100000000000000000, INT64_MAX - 1, INT64_MAX,
	};
	uint64_t state = UINT64_C(0x9E3779B97F4A7C15);

	for (size_t i = 0; i < sizeof quanta / sizeof *quanta; i++)
		for (enum unit unit = UNIT_FEN; unit <= UNIT_COUNT; unit++) {
			for (size_t k = 0; k < sizeof values / sizeof *values;
			     k++) {
				expect_same(values[k], quanta[i], unit);
				expect_same(-values[k], quanta[i], unit);
			}
			expect_same(INT64_MIN, quanta[i], unit);
			for (int k = 0; k < 200; k++) {
				state = state * 6364136223846793005u + 1;
				expect_same((int64_t)state >> (k % 64),
					    quanta[i], unit);
			}
		}
}
