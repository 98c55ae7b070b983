/* Row labels, the order of rows, and the conditions of --where. */
#include <criterion/criterion.h>

#include "render/field.h"
#include "render/label.h"
#include "render/outline.h"

static const struct {
	const char *item, *fund, *function, *economic, *nature;
	int year;
	const char *zh, *en;
} ROWS[] = {
	{"expenditure", "general", "208", "", "", 2023,
	 "一般公共预算 · 支出 · 208 社会保障和就业支出",
	 "General public budget · Expenditure · "
	 "208 Social security and employment"},
	{"expenditure", "", "2010302", "", "", 2023,
	 "支出 · 2010302 一般行政管理事务",
	 "Expenditure · 2010302 General administrative affairs"},
	{"expenditure", "", "", "", "", 2023, "本年支出合计",
	 "Expenditure of the year"},
	{"revenue", "service", "", "", "", 2023, "事业收入", "Service revenue"},
	{"expenditure", "", "", "30215", "basic.operating", 2023,
	 "支出 · 30215 会议费 · 公用经费", "Expenditure · 30215 Meetings · Operating"},
	{"three_public.hospitality", "", "", "", "", 2023, "公务接待费",
	 "Official hospitality"},
	{"nothing_known", "", "999", "", "", 2023, "nothing_known · 999",
	 "nothing_known · 999"},
};

static struct coordinates at_of(size_t i)
{
	return (struct coordinates){.year = ROWS[i].year,
				    .item = str_of(ROWS[i].item),
				    .fund = str_of(ROWS[i].fund),
				    .function = str_of(ROWS[i].function),
				    .economic = str_of(ROWS[i].economic),
				    .nature = str_of(ROWS[i].nature)};
}

Test(label, composes_rows_in_both_languages)
{
	struct share share;
	struct messages m = {0};

	share_open(&share, NULL);
	for (int lang = LANG_EN; lang <= LANG_ZH; lang++) {
		struct labels l;

		cr_assert_eq(labels_load(&l, &share, &m, (enum lang)lang), 0);
		for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
			struct coordinates at = at_of(i);
			struct buf out = {0};

			label_row(&l, &out, &at, NULL);
			cr_expect_str_eq(buf_cstring(&out),
					 lang == LANG_ZH ? ROWS[i].zh
							 : ROWS[i].en,
					 "row %zu", i);
			buf_release(&out);
		}
		labels_release(&l);
	}
	share_close(&share);
}

/* In the year that a list has it in, and in English. */
static void check_classes(const struct labels *l, struct share *share,
			  const char *path,
			  struct str name(const struct labels *, struct str,
					  int))
{
	struct str rest, f[4];
	const char *error;
	size_t line = 0;

	cr_assert(share_read(share, path, &rest, &error));
	while (share_row(&rest, &line, f, 4)) {
		int64_t year = 2024;
		struct str s;

		if (f[3].n)
			cr_assert(str_to_int64(f[3], &year));
		s = name(l, f[0], (int)year);
		cr_expect(s.n && !(s.p[0] & 0x80), "%s:%zu: %.*s", path, line,
			  STR_ARG(s));
	}
	cr_assert_gt(line, 100);
}

Test(label, names_every_class_in_english)
{
	struct share share;
	struct messages m = {0};
	struct labels l;

	share_open(&share, NULL);
	cr_assert_eq(labels_load(&l, &share, &m, LANG_EN), 0);
	check_classes(&l, &share, "codes/function.tsv", label_function);
	check_classes(&l, &share, "codes/economic.tsv", label_economic);
	labels_release(&l);
	share_close(&share);
}

Test(outline, puts_parts_below_their_whole)
{
	struct outline_row rows[] = {
		{.at = {.item = STR("expenditure"), .function = STR("20805")}},
		{.at = {.item = STR("expenditure"),
			.nature = STR("basic.staff")}},
		{.at = {.item = STR("expenditure"), .fund = STR("general")}},
		{.at = {.item = STR("expenditure"), .function = STR("208")}},
		{.at = {.item = STR("expenditure")}},
		{.at = {.item = STR("revenue"), .fund = STR("general")}},
		/* Without their total: below a heading. */
		{.at = {.item = STR("expenditure"), .fund = STR("fiscal"),
			.function = STR("201")}},
		{.at = {.item = STR("expenditure"), .fund = STR("fiscal"),
			.function = STR("205")}},
	};
	struct outline_row *sorted;
	size_t n = sizeof rows / sizeof *rows;
	static const struct {
		unsigned depth;
		const char *last;
	} WANT[] = {{0, "revenue"}, {0, "expenditure"}, {1, "basic.staff"},
		    {1, "208"},     {2, "20805"},       {1, "fiscal"},
		    {2, "201"},     {2, "205"},         {1, "general"}};
	struct arena a = {0};
	struct share share;
	struct labels l;
	struct messages m = {0};

	share_open(&share, NULL);
	cr_assert_eq(labels_load(&l, &share, &m, LANG_EN), 0);
	sorted = outline_arrange(&a, &l, rows, &n);
	cr_assert_eq(n, sizeof WANT / sizeof *WANT);
	for (size_t i = 0; i < n; i++) {
		const struct coordinates *at = &sorted[i].at;
		struct str last = at->function.n ? at->function
				  : at->nature.n ? at->nature
				  : at->fund.n	 ? at->fund
						 : at->item;

		if (i == 0)
			last = at->item;
		cr_expect_eq(sorted[i].depth, WANT[i].depth, "row %zu: %u", i,
			     sorted[i].depth);
		cr_expect(str_equal(last, str_of(WANT[i].last)),
			  "row %zu: %.*s", i, STR_ARG(last));
	}
	labels_release(&l);
	share_close(&share);
	arena_release(&a);
}

static const struct {
	const char *text;
	bool parsed, holds;
} CONDITIONS[] = {
	{"item=expenditure", true, true},
	{"item=exp*", true, true},
	{"item!=expenditure", true, false},
	{"item!=exp*", true, false},
	{"fund=", true, true},
	{"fund!=", true, false},
	{"year=2023", true, true},
	{"year=202*", true, true},
	{"year=2024", true, false},
	{"unit=fen", true, true},
	{"rule=I10", true, false}, /* a fact has no rule */
	{"wrong=1", false, false},
	{"item", false, false},
	{"=x", false, false},
	{"!=x", false, false},
};

Test(field, conditions_select_records)
{
	struct record r = {.type = RECORD_FACT,
			   .fact = {.at = {.item = STR("expenditure"),
					   .year = 2023}}};
	struct arena a = {0};
	struct field_context c = {.scratch = &a};

	for (size_t i = 0; i < sizeof CONDITIONS / sizeof *CONDITIONS; i++) {
		struct condition k;
		bool parsed = condition_parse(str_of(CONDITIONS[i].text), &k);

		cr_expect_eq(parsed, CONDITIONS[i].parsed, "%s",
			     CONDITIONS[i].text);
		if (parsed)
			cr_expect_eq(condition_hold(&k, 1, &r, &c),
				     CONDITIONS[i].holds, "%s",
				     CONDITIONS[i].text);
	}
	arena_release(&a);
}
