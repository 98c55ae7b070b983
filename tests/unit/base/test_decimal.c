#include <criterion/criterion.h>

#include "base/decimal.h"

Test(decimal, parses_only_plain_numerals)
{
	static const struct {
		const char *s;
		bool ok;
		int64_t digits;
		unsigned decimals;
	} rows[] = {
		{"0", true, 0, 0},
		{"-0.0", true, 0, 1},
		{"577.79", true, 57779, 2},
		{"+1.50", true, 150, 2},
		{"-15.36", true, -1536, 2},
		{"007", true, 7, 0},
		{"0.000000000000000001", true, 1, 18},
		{"999999999999999999", true, 999999999999999999, 0},
		{"-999999999999999999", true, -999999999999999999, 0},
		{"1000000000000000000", false, 0, 0}, /* 19 digits */
		{"12345678901234567890", false, 0, 0},
		{"0.0000000000000000001", true, 0, 18}, /* cut off */
		{"", false, 0, 0},
		{"-", false, 0, 0},
		{"+", false, 0, 0},
		{".", false, 0, 0},
		{".5", false, 0, 0},
		{"5.", false, 0, 0},
		{"1.2.3", false, 0, 0},
		{"--5", false, 0, 0},
		{"1e5", false, 0, 0},
		{"0x10", false, 0, 0},
		{"1,000", false, 0, 0},
		{" 1", false, 0, 0},
		{"1 ", false, 0, 0},
		{"１", false, 0, 0},
		{"inf", false, 0, 0},
		{"nan", false, 0, 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct decimal d = {-1, 99};

		cr_expect_eq(decimal_parse(str_of(rows[i].s), &d), rows[i].ok,
			     "%s", rows[i].s);
		cr_expect_eq(d.digits, rows[i].ok ? rows[i].digits : -1, "%s",
			     rows[i].s);
		cr_expect_eq(d.decimals, rows[i].ok ? rows[i].decimals : 99,
			     "%s", rows[i].s);
	}
}

Test(decimal, scales_to_smallest_units_with_a_quantum)
{
	static const struct {
		const char *s;
		int64_t scale;
		bool ok;
		int64_t value, quantum;
	} rows[] = {
		{"1", DECIMAL_FEN_WAN, true, 1000000, 1000000},
		{"577.79", DECIMAL_FEN_WAN, true, 577790000, 10000},
		{"577.790000", DECIMAL_FEN_WAN, true, 577790000, 1},
		{"0.0000005", DECIMAL_FEN_WAN, true, 1, 1}, /* half a fen */
		{"-0.0000005", DECIMAL_FEN_WAN, true, -1, 1},
		{"0.00000049", DECIMAL_FEN_WAN, true, 0, 1},
		{"13.95", DECIMAL_PPM_PERCENT, true, 139500, 100},
		{"12.34567", DECIMAL_PPM_PERCENT, true, 123457, 1},
		{"-12.34565", DECIMAL_PPM_PERCENT, true, -123457, 1},
		{"0.01", DECIMAL_FEN_YUAN, true, 1, 1},
		{"0.005", DECIMAL_FEN_YUAN, true, 1, 1},
		{"0.004", DECIMAL_FEN_YUAN, true, 0, 1},
		{"3", 1, true, 3, 1},
		{"2.5", 1, true, 3, 1},
		{"-2.5", 1, true, -3, 1},
		{"2.4", 1, true, 2, 1},
		{"9223372036854.77", DECIMAL_FEN_WAN, true,
		 9223372036854770000, 10000},
		{"9223372036855", DECIMAL_FEN_WAN, false, 0, 0},
		{"-9223372036855", DECIMAL_FEN_WAN, false, 0, 0},
		{"999999999999999999", 1000000000000, false, 0, 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct decimal d;
		int64_t value = 0, quantum = 0;

		cr_assert(decimal_parse(str_of(rows[i].s), &d));
		cr_expect_eq(decimal_scale(d, rows[i].scale, &value, &quantum),
			     rows[i].ok, "%s", rows[i].s);
		if (!rows[i].ok)
			continue;
		cr_expect_eq(value, rows[i].value, "%s: %lld", rows[i].s,
			     (long long)value);
		cr_expect_eq(quantum, rows[i].quantum, "%s: %lld", rows[i].s,
			     (long long)quantum);
	}
}

Test(decimal, formats_with_rounding_and_groups)
{
	static const struct {
		int64_t value, scale;
		unsigned decimals;
		bool grouped;
		const char *want;
	} rows[] = {
		{57779000000, 1000000, 2, true, "57,779.00"},
		{57779000000, 1000000, 2, false, "57779.00"},
		{0, 1000000, 2, true, "0.00"},
		{0, 1, 0, true, "0"},
		{5, 100, 2, true, "0.05"},
		{-5, 100, 2, true, "-0.05"},
		{-4, 1000, 2, true, "0.00"},
		{-5, 1000, 2, true, "-0.01"},
		{5, 1000, 2, true, "0.01"},
		{999999, 1000, 2, true, "1,000.00"},
		{999, 1, 0, true, "999"},
		{1000, 1, 0, true, "1,000"},
		{-1234567, 1, 0, true, "-1,234,567"},
		{100000, 1, 0, true, "100,000"},
		{1, 3, 4, true, "0.3333"},
		{2, 3, 4, true, "0.6667"},
		{INT64_MAX, 1, 0, true, "9,223,372,036,854,775,807"},
		{INT64_MIN, 1, 0, false, "-9223372036854775808"},
		{INT64_MAX, 1, 18, false,
		 "9223372036854775807.000000000000000000"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf b = {0};

		decimal_format(&b, rows[i].value, rows[i].scale,
			       rows[i].decimals, rows[i].grouped);
		cr_expect_str_eq(buf_cstring(&b), rows[i].want, "row %zu: %s",
				 i, b.p);
		buf_release(&b);
	}
}

Test(decimal, divides_products_with_half_away_from_zero)
{
	static const struct {
		int64_t a, b, c;
		bool ok;
		int64_t want;
	} rows[] = {
		{1536, 1000000, 56243, true, 27310},
		{1, 1, 2, true, 1},
		{-1, 1, 2, true, -1},
		{1, -1, 2, true, -1},
		{-1, -1, 2, true, 1},
		{1, 1, -2, true, -1},
		{1, 1, 3, true, 0},
		{2, 1, 3, true, 1},
		{-2, 1, 3, true, -1},
		{4, 1, -3, true, -1},
		{5, 1, -3, true, -2},
		{0, 5, 7, true, 0},
		{5, 1, 0, false, 0},
		{INT64_MAX, INT64_MAX, INT64_MAX, true, INT64_MAX},
		{INT64_MIN, 1, 1, true, INT64_MIN},
		{INT64_MIN, 1, -1, false, 0},
		{INT64_MAX, 2, 1, false, 0},
		{INT64_MIN, INT64_MIN, INT64_MIN, true, INT64_MIN},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t got = 0;

		cr_expect_eq(decimal_muldiv(rows[i].a, rows[i].b, rows[i].c,
					    &got),
			     rows[i].ok, "row %zu", i);
		if (rows[i].ok)
			cr_expect_eq(got, rows[i].want, "row %zu: %lld", i,
				     (long long)got);
	}
}
