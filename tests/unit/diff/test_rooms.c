/* The parts of the room: the order of trust, names and codes, wholes. */
#include <criterion/criterion.h>
#include <string.h>

#include "diff/cell.h"
#include "diff/crosswalk.h"
#include "diff/parent.h"
#include "diff/real.h"
#include "diff/trust.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static size_t told;

static void tell(void *ctx, struct str text)
{
	(void)ctx;
	(void)text;
	told++;
}

/* Documents: 0 of 2022 approved, 1 of 2023 approved, 2 of 2022 executed,
 * 3 the budget of 2022 once more. */
static void add_docs(struct diff_table *t)
{
	static const struct {
		struct str id;
		int year;
		enum phase phase;
	} DOCS[] = {
		{STR_INIT("a"), 2022, PHASE_APPROVED},
		{STR_INIT("b"), 2023, PHASE_APPROVED},
		{STR_INIT("c"), 2022, PHASE_EXECUTED},
		{STR_INIT("d"), 2022, PHASE_APPROVED},
	};

	for (size_t i = 0; i < COUNT(DOCS); i++) {
		uint32_t n = table_add_doc(t, 0, DOCS[i].id);

		t->docs[n].year = DOCS[i].year;
		t->docs[n].phase = DOCS[i].phase;
		t->docs[n].order = (uint32_t)i + 1;
	}
}

Test(trust, names_the_rule_that_decides)
{
#define ROW(d, number, q, o, fl)                                           \
	{.year = 2022, .phase = PHASE_APPROVED, .doc = (d), .n = (number), \
	 .quantum = (q), .origin = (o), .flags = (fl)}
	static const struct {
		struct diff_row better, worse;
		const char *why;
	} CASES[] = {
		{ROW(0, 9, 100, ORIGIN_TEXT, 0), ROW(1, 1, 1, ORIGIN_TABLE, 0),
		 "own document over another"},
		{ROW(0, 9, 100, ORIGIN_DERIVED, ROW_DOUBT),
		 ROW(2, 1, 1, ORIGIN_TABLE, 0), "own document over another"},
		{ROW(2, 9, 100, ORIGIN_TEXT, 0), ROW(1, 1, 1, ORIGIN_TABLE, 0),
		 "own document over another"},
		{ROW(0, 9, 100, ORIGIN_TEXT, 0),
		 ROW(0, 1, 1, ORIGIN_DERIVED, 0), "stated over derived"},
		{ROW(0, 9, 100, ORIGIN_TEXT, 0),
		 ROW(0, 1, 1, ORIGIN_TABLE, ROW_DOUBT),
		 "certain over doubtful"},
		{ROW(0, 9, 100, ORIGIN_TEXT, 0),
		 ROW(0, 1, 1, ORIGIN_TABLE, ROW_APPROX),
		 "exact over approximate"},
		{ROW(0, 9, 1, ORIGIN_TEXT, 0), ROW(0, 1, 100, ORIGIN_TABLE, 0),
		 "finer quantum"},
		{ROW(0, 9, 100, ORIGIN_TABLE, 0), ROW(3, 1, 100, ORIGIN_TEXT, 0),
		 "table over text"},
		{ROW(3, 9, 100, ORIGIN_TEXT, 0), ROW(0, 1, 100, ORIGIN_TEXT, 0),
		 "later publication"},
		{ROW(0, 1, 100, ORIGIN_TEXT, 0),
		 ROW(0, 2, 1, ORIGIN_STATEMENT, 0), "figure over words"},
		{ROW(0, 1, 100, ORIGIN_TEXT, 0),
		 ROW(0, 2, 100, ORIGIN_TEXT, 0), "first in document"},
	};
	struct diff_table t = {0};

	add_docs(&t);
	for (size_t i = 0; i < COUNT(CASES); i++) {
		const struct diff_row *a = &CASES[i].better;
		const struct diff_row *b = &CASES[i].worse;
		struct str why = trust_reason(&t, a, b);

		cr_expect(trust_compare(&t, a, b) < 0, "case %zu", i);
		cr_expect(trust_compare(&t, b, a) > 0, "case %zu", i);
		cr_expect(str_equal(why, str_of(CASES[i].why)), "case %zu: %.*s",
			  i, STR_ARG(why));
	}
	table_release(&t);
}

Test(cell, rounding_explains_half_a_unit_of_each_side)
{
	static const struct {
		int64_t value, quanta;
		bool explained;
	} CASES[] = {
		{0, 0, true},      {1, 0, false},     {1, 1, false},
		{1, 2, true},      {5000, 10000, true}, {5001, 10000, false},
		{-5000, 10001, true}, {-5001, 10001, false},
		{INT64_MIN, INT64_MAX, false},
	};

	for (size_t i = 0; i < COUNT(CASES); i++)
		cr_expect_eq(cell_explains(CASES[i].value, CASES[i].quanta),
			     CASES[i].explained, "case %zu", i);
}

struct tables {
	struct share share;
	struct messages messages;
	struct crosswalk cross;
};

static void open_tables(struct tables *t)
{
	memset(t, 0, sizeof *t);
	told = 0;
	share_open(&t->share, NULL);
	t->messages = (struct messages){.share = &t->share, .sink = tell};
	cr_assert(crosswalk_load(&t->cross, &t->share, &t->messages));
	cr_assert_eq(told, 0);
}

static void close_tables(struct tables *t)
{
	crosswalk_release(&t->cross);
	share_close(&t->share);
}

Test(crosswalk, entities_have_the_name_of_today)
{
	static const char TABLE[] = "甲\t乙\n"
				    "entity\trenamed\t2020\t乙\t丙\r\n"
				    "# a comment\n\n"
				    "entity\tmerged\t2019\t丁\t丙\n"
				    "环一\t环二\n环二\t环一\n";
	static const struct {
		const char *name, *today;
		int year;
		bool merged;
	} CASES[] = {
		{"甲", "丙", 2018, false}, {"甲", "乙", 2021, false},
		{"乙", "丙", 2019, false}, {"乙", "乙", 2020, false},
		{"乙", "丙", 0, false},    {"丁", "丙", 2018, true},
		{"丁", "丁", 2019, false}, {"戊", "戊", 2018, false},
	};
	struct tables t;
	bool merged;

	open_tables(&t);
	cr_assert(crosswalk_add(&t.cross, STR("x"), str_of(TABLE),
				&t.messages));
	for (size_t i = 0; i < COUNT(CASES); i++) {
		struct str got = crosswalk_entity(&t.cross,
						  str_of(CASES[i].name),
						  CASES[i].year, &merged);

		cr_expect(str_equal(got, str_of(CASES[i].today)), "case %zu",
			  i);
		cr_expect_eq(merged, CASES[i].merged, "case %zu", i);
	}
	/* a ring of names comes to an end */
	crosswalk_entity(&t.cross, STR("环一"), 2020, &merged);
	close_tables(&t);
}

Test(crosswalk, bad_rows_are_told)
{
	static const char *const ROWS[] = {
		"one", "\ttwo", "colour\trenamed\t2019\ta\tb",
		"entity\tlost\t2019\ta\tb", "function\tmoved\t\t201\t202",
		"function\tmoved\tsoon\t201\t202", "function\tmoved\t2019\t201",
	};

	for (size_t i = 0; i < COUNT(ROWS); i++) {
		struct tables t;

		open_tables(&t);
		cr_expect_not(crosswalk_add(&t.cross, STR("x"), str_of(ROWS[i]),
					    &t.messages),
			      "row %zu", i);
		cr_expect_eq(told, 1, "row %zu", i);
		close_tables(&t);
	}
}

Test(crosswalk, codes_are_followed_and_named)
{
	static const struct {
		const char *code;
		int from, to;
		const char *old, *new, *named;
	} CASES[] = {
		{"2082804", 2018, 2019, "2080204", "",
		 "moved: 2080204 → 2082804"},
		{"2080204", 2018, 2019, "", "2082804",
		 "moved: 2080204 → 2082804"},
		{"2080204", 2019, 2018, "2082804", "",
		 "moved: 2080204 → 2082804"},
		{"2080204", 2019, 2020, "", "", ""},
		{"2080204", 2016, 2023, "", "2082804",
		 "moved: 2080204 → 2082804"},
		/* inside one class: the class is what it was */
		{"208", 2020, 2021, "", "", ""},
		{"21305", 2021, 2022, "", "",
		 "renamed 21305: 扶贫 → 巩固脱贫攻坚成果衔接乡村振兴"},
		/* a name changes nothing of the parts */
		{"2130504", 2021, 2022, "", "", ""},
		{"2010308", 2023, 2024, "", "20140",
		 "moved: 2010308 → 20140"},
		{"224", 2018, 2019, "", "",
		 "moved: 20815 → 22407; moved: 22004 → 22405"},
		{"", 2018, 2019, "", "", ""},
	};
	struct tables t;
	struct buf named = {0};

	open_tables(&t);
	for (size_t i = 0; i < COUNT(CASES); i++) {
		struct str code = str_of(CASES[i].code);
		struct str old = crosswalk_old_code(&t.cross, CROSS_FUNCTION,
						    code, CASES[i].from,
						    CASES[i].to);
		struct str new = crosswalk_new_code(&t.cross, CROSS_FUNCTION,
						    code, CASES[i].from,
						    CASES[i].to);

		buf_clear(&named);
		crosswalk_put_code(&t.cross, CROSS_FUNCTION, code,
				   CASES[i].from, CASES[i].to, &named);
		cr_expect(str_equal(old, str_of(CASES[i].old)), "case %zu", i);
		cr_expect(str_equal(new, str_of(CASES[i].new)), "case %zu", i);
		cr_expect(str_equal(buf_str(&named), str_of(CASES[i].named)),
			  "case %zu: %.*s", i, STR_ARG(buf_str(&named)));
	}
	buf_release(&named);
	close_tables(&t);
}

Test(crosswalk, scopes_break_where_the_phase_says_so)
{
	static const struct {
		const char *item;
		enum phase phase;
		int from, to;
		const char *named;
	} CASES[] = {
		{"three_public", PHASE_EXECUTED, 2021, 2022,
		 "scope: general → fiscal"},
		{"three_public.overseas", PHASE_EXECUTED, 2022, 2021,
		 "scope: fiscal → general"},
		{"three_public", PHASE_APPROVED, 2021, 2022, ""},
		{"three_public", PHASE_EXECUTED, 2022, 2023, ""},
		{"three_publics", PHASE_EXECUTED, 2021, 2022, ""},
		{"meetings", PHASE_EXECUTED, 2021, 2022, ""},
	};
	struct tables t;
	struct buf named = {0};

	open_tables(&t);
	for (size_t i = 0; i < COUNT(CASES); i++) {
		buf_clear(&named);
		crosswalk_put_scope(&t.cross, str_of(CASES[i].item),
				    CASES[i].phase, CASES[i].from, CASES[i].to,
				    &named);
		cr_expect(str_equal(buf_str(&named), str_of(CASES[i].named)),
			  "case %zu: %.*s", i, STR_ARG(buf_str(&named)));
	}
	buf_release(&named);
	close_tables(&t);
}

Test(crosswalk, items_have_wholes)
{
	static const char *const CASES[][2] = {
		{"three_public.vehicles.purchase", "three_public.vehicles"},
		{"three_public.vehicles", "three_public"},
		{"three_public", ""},
		{"expenditure", "expenditure_total"},
		{"meetings", ""},
	};
	struct tables t;

	open_tables(&t);
	for (size_t i = 0; i < COUNT(CASES); i++)
		cr_expect(str_equal(crosswalk_parent(&t.cross,
						     str_of(CASES[i][0])),
				    str_of(CASES[i][1])),
			  "case %zu", i);
	close_tables(&t);
}

/* "item fund function economic nature" of the wholes of a key, nearest
 * first; at most so many. */
static void put_wholes(const struct diff_table *t, uint32_t key, int most,
		       struct buf *out)
{
	while ((key = t->wholes[key]) != NO_KEY && most--) {
		const struct diff_key *k = &t->keys[key];
		const uint32_t words[] = {k->item, k->fund, k->function,
					  k->economic, k->nature};

		for (size_t i = 0; i < COUNT(words); i++) {
			struct str text = words_text(&t->words, words[i]);

			if (text.n)
				buf_printf(out, "%.*s ", STR_ARG(text));
		}
		buf_puts(out, "/ ");
	}
}

Test(parent, wholes_are_a_chain)
{
	static const struct {
		struct str item, fund, function, economic, nature;
		const char *wholes;
	} CASES[] = {
		{.item = STR_INIT("expenditure"),
		 .fund = STR_INIT("general"),
		 .nature = STR_INIT("basic.staff"),
		 .wholes = "expenditure general basic / expenditure general / "
			   "expenditure fiscal / expenditure / "
			   "expenditure_total / "},
		{.item = STR_INIT("expenditure_total"),
		 .fund = STR_INIT("service"),
		 .function = STR_INIT("2010301"),
		 .economic = STR_INIT("30101"),
		 .wholes = "expenditure_total service 2010301 301 / "
			   "expenditure_total service 2010301 / "
			   "expenditure_total service 20103 / "
			   "expenditure_total service 201 / "
			   "expenditure_total service / expenditure_total / "},
		{.item = STR_INIT("meetings"), .wholes = ""},
	};
	struct tables tables;
	struct diff_table t = {0};
	struct buf got = {0};

	open_tables(&tables);
	for (size_t i = 0; i < COUNT(CASES); i++) {
		struct diff_key k = {
			.item = words_add(&t.words, CASES[i].item),
			.fund = words_add(&t.words, CASES[i].fund),
			.function = words_add(&t.words, CASES[i].function),
			.economic = words_add(&t.words, CASES[i].economic),
			.nature = words_add(&t.words, CASES[i].nature)};
		uint32_t key = table_add_key(&t, &k);

		parent_find(&t, &tables.cross);
		buf_clear(&got);
		put_wholes(&t, key, 99, &got);
		cr_expect(str_equal(buf_str(&got), str_of(CASES[i].wholes)),
			  "case %zu: %.*s", i, STR_ARG(buf_str(&got)));
	}
	buf_release(&got);
	table_release(&t);
	close_tables(&tables);
}

Test(parent, a_ring_of_wholes_is_no_endless_list)
{
	struct crosswalk cross = {0};
	struct str a = STR("a"), b = STR("b");
	struct diff_table t = {0};
	struct buf got = {0};
	struct diff_key k;

	*map_put(&cross.parents, a) = &b;
	*map_put(&cross.parents, b) = &a;
	k = (struct diff_key){.item = words_add(&t.words, a)};
	table_add_key(&t, &k);
	parent_find(&t, &cross);
	cr_expect_eq(t.n_keys, 2);
	put_wholes(&t, 0, 3, &got);
	cr_expect(str_equal(buf_str(&got), STR("b / a / b / ")));
	buf_release(&got);
	table_release(&t);
	crosswalk_release(&cross);
}

Test(real, index_lines)
{
	static const struct {
		const char *text;
		bool good;
		int64_t index_2022;
	} CASES[] = {
		{"2022,102.5\n", true, 102500000},
		{"\xef\xbb\xbfyear,index\r\n2022,102.5\r\n", true, 102500000},
		{"# base 2020\n\"2022\",\"1\"", true, 1000000},
		{"year,index\nnext,1\n", false, 0},
		{"2022,1\n2023,-1\n", false, 1000000},
		{"2022,1\n2023\n", false, 1000000},
		{"", true, 0},
	};
	struct messages m = {.sink = tell};
	struct share share;

	share_open(&share, NULL);
	m.share = &share;
	for (size_t i = 0; i < COUNT(CASES); i++) {
		struct real r = {.per = {NULL, 0}};

		cr_expect_eq(real_load(&r, STR("x"), str_of(CASES[i].text), &m),
			     CASES[i].good, "case %zu", i);
		cr_expect_eq(r.index[2022], CASES[i].index_2022, "case %zu", i);
		real_release(&r);
	}
	share_close(&share);
}
