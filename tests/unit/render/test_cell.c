/* Values as text: rounding, signs, units. */
#include <criterion/criterion.h>

#include "render/cell.h"

static const struct {
	struct cell cell;
	enum money money;
	const char *shown, *exact;
} VALUES[] = {
	{{.kind = CELL_MONEY, .number = 577790000}, MONEY_WAN, "577.79",
	 "577.79"},
	{{.kind = CELL_MONEY, .number = 577790000}, MONEY_YUAN, "5,777,900.00",
	 "5777900"},
	{{.kind = CELL_MONEY, .number = 577790000}, MONEY_YI, "0.0578",
	 "0.057779"},
	{{.kind = CELL_MONEY, .number = 1}, MONEY_WAN, "0.00", "0.000001"},
	{{.kind = CELL_MONEY, .number = -1}, MONEY_WAN, "0.00", "-0.000001"},
	{{.kind = CELL_MONEY, .number = -1, .has_sign = true}, MONEY_WAN,
	 "0.00", "-0.000001"},
	{{.kind = CELL_MONEY, .number = 5000, .has_sign = true}, MONEY_WAN,
	 "+0.01", "0.005"},
	{{.kind = CELL_MONEY, .number = -123456789012}, MONEY_WAN,
	 "-123,456.79", "-123456.789012"},
	{{.kind = CELL_MONEY, .number = 0, .has_sign = true}, MONEY_YUAN,
	 "0.00", "0"},
	{{.kind = CELL_MONEY, .number = INT64_MAX}, MONEY_YUAN,
	 "92,233,720,368,547,758.07", "92233720368547758.07"},
	{{.kind = CELL_PPM, .number = 139500}, MONEY_WAN, "13.95%", "13.95"},
	{{.kind = CELL_PPM, .number = 27310, .has_sign = true,
	  .one_digit = true}, MONEY_WAN, "+2.7%", "2.731"},
	{{.kind = CELL_COUNT, .number = 1234}, MONEY_YI, "1,234", "1234"},
	{{.kind = CELL_EMPTY}, MONEY_WAN, "", ""},
};

Test(cell, is_shown_rounded_and_given_exactly)
{
	for (size_t i = 0; i < sizeof VALUES / sizeof *VALUES; i++) {
		struct buf shown = {0}, exact = {0};

		cell_format(&shown, &VALUES[i].cell, VALUES[i].money);
		cell_format_exact(&exact, &VALUES[i].cell, VALUES[i].money);
		cr_expect_str_eq(buf_cstring(&shown), VALUES[i].shown,
				 "row %zu", i);
		cr_expect_str_eq(buf_cstring(&exact), VALUES[i].exact,
				 "row %zu", i);
		buf_release(&shown);
		buf_release(&exact);
	}
}

Test(cell, sorts_empty_ones_last_both_ways)
{
	struct cell none = {.kind = CELL_EMPTY};
	struct cell one = cell_value(UNIT_FEN, 1), two = cell_value(UNIT_FEN, 2);

	cr_expect_lt(cell_compare(&one, &two, false), 0);
	cr_expect_gt(cell_compare(&one, &two, true), 0);
	cr_expect_gt(cell_compare(&none, &two, false), 0);
	cr_expect_gt(cell_compare(&none, &two, true), 0);
	cr_expect_eq(cell_compare(&none, &none, true), 0);
}
