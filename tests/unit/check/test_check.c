/*
 * Documents of a few facts, each a line of
 *   YEAR PHASE ITEM FUND FUNCTION ECONOMIC NATURE KIND VALUE QUANTUM PLACE
 * with '-' for absent. The value is in 0.01 万元 (or ppm for rates), QUANTUM
 * in the same; PLACE is a line of the prose or a cell.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "check/check.h"
#include "check/eval.h"
#include "record/codec.h"

struct want {
	const char *rule;
	enum finding_kind kind;
	enum level level;
	bool rounding, truncation;
};

static struct str word(struct str *rest)
{
	struct str w = {NULL, 0};

	while (rest->n && !w.n)
		str_split(rest, ' ', &w);
	return str_equal(w, STR("-")) ? (struct str){NULL, 0} : w;
}

static struct bud_fact read_fact(struct str row, int64_t n)
{
	struct bud_fact f = {.doc = STR("d"), .n = n, .span_start = -1};
	int64_t year, scale;
	struct str place;

	cr_assert(str_to_int64(word(&row), &year));
	f.at.year = (int)year;
	phase_of(word(&row), &f.at.phase);
	f.at.item = word(&row);
	f.at.fund = word(&row);
	f.at.function = word(&row);
	f.at.economic = word(&row);
	f.at.nature = word(&row);
	cr_assert(kind_of(word(&row), &f.at.kind));
	f.unit = f.at.kind == KIND_LEVEL || f.at.kind == KIND_CHANGE
			 ? UNIT_FEN
			 : UNIT_PPM;
	scale = f.unit == UNIT_FEN ? 10000 : 1;
	cr_assert(str_to_int64(word(&row), &f.value));
	cr_assert(str_to_int64(word(&row), &f.quantum));
	f.value *= scale;
	f.quantum *= scale;
	if (f.at.kind == KIND_CHANGE || f.at.kind == KIND_GROWTH)
		f.vs_year = f.at.year - 1;
	place = word(&row);
	if (place.n && place.p[0] == 't') {
		f.origin = ORIGIN_TABLE;
		f.cell = place;
	} else {
		str_to_int64(place, &f.line);
	}
	return f;
}

struct room {
	struct arena arena;
	struct share share;
	struct rules rules;
	struct check_labels *labels;
	struct check check;
};

/* rules: beside those of share/ */
static void run_with(struct room *r, struct str rules, const char *document)
{
	struct str rest = str_of(document), row;
	int64_t n = 0;

	struct messages m = {.share = &r->share};

	cr_assert(!check_load_rules(&r->rules, &r->arena, &m));
	cr_assert(!check_add_rules(&r->rules, &r->arena, STR("r"), rules, &m));
	r->labels = check_load_labels(&r->arena, &r->share);
	check_begin(&r->check, &r->arena, &r->rules, r->labels);
	while (str_split(&rest, '\n', &row)) {
		struct bud_fact f;

		if (!row.n)
			continue;
		if (row.p[0] == '?') { /* a residue of that line */
			struct bud_residue residue = {.doc = STR("d"), .n = ++n};

			str_to_int64(str_slice(row, 1, row.n), &residue.line);
			check_take_residue(&r->check, &residue);
			continue;
		}
		f = read_fact(row, ++n);
		check_take_fact(&r->check, &f);
	}
	check_run(&r->check);
	check_derive(&r->check);
}

static void run(struct room *r, const char *document)
{
	run_with(r, STR(""), document);
}

static void leave(struct room *r)
{
	check_release(&r->check);
	check_free_labels(r->labels);
	share_close(&r->share);
	arena_release(&r->arena);
}

/* Which is written as it is made. */
static const struct bud_finding *finding(struct room *r, size_t i)
{
	const struct bud_finding *f = check_finding(&r->check, i, &r->arena);
	struct buf got = {0}, want = {0};

	check_write_finding(&r->check, i, &r->arena, &got);
	record_write_finding(&want, f);
	cr_expect(str_equal(buf_str(&got), buf_str(&want)), "%.*s\n%.*s",
		  STR_ARG(buf_str(&got)), STR_ARG(buf_str(&want)));
	buf_release(&got);
	buf_release(&want);
	return f;
}

static const struct bud_finding *find(struct room *r, const char *rule)
{
	for (size_t i = 0; i < r->check.n_findings; i++)
		if (str_equal(finding(r, i)->rule, str_of(rule)))
			return finding(r, i);
	return NULL;
}

#define E "2023 approved expenditure "

Test(check, verdicts)
{
	static const struct {
		const char *name, *document;
		struct want want;
	} rows[] = {
		{"exact sum",
		 E "- - - - level 57779 1 3\n" E "- - - basic level 54379 1 3\n"
		 E "- - - project level 3400 1 3\n",
		 {"I10", FINDING_PASS, LEVEL_NONE, false, false}},
		{"within the half quanta of three terms",
		 E "- - - - level 57780 1 3\n" E "- - - basic level 54379 1 3\n"
		 E "- - - project level 3400 1 3\n",
		 {"I10", FINDING_PASS, LEVEL_NONE, true, false}},
		{"beyond them",
		 E "- - - - level 57781 1 3\n" E "- - - basic level 54379 1 3\n"
		 E "- - - project level 3400 1 3\n",
		 {"I10", FINDING_FAIL, LEVEL_ERROR, false, false}},
		{"a coarse whole",
		 E "- - - - level 57800 100 3\n"
		 E "- - - basic level 54379 1 3\n"
		 E "- - - project level 3400 1 3\n",
		 {"I10", FINDING_PASS, LEVEL_NONE, true, false}},
		{"functions of one class are a selection",
		 E "- - - - level 57779 1 3\n" E "- 2010101 - - level 5000 1 3\n"
		 E "- 2010102 - - level 50000 1 3\n",
		 {"I05", FINDING_OPEN, LEVEL_NONE, false, false}},
		{"but they cannot exceed their whole",
		 E "- - - - level 57779 1 3\n" E "- 2010101 - - level 8000 1 3\n"
		 E "- 2010102 - - level 50000 1 3\n",
		 {"I05", FINDING_FAIL, LEVEL_ERROR, false, false}},
		{"a few classes of many",
		 E "- - - - level 57779 1 3\n" E "- 208 - - level 5000 1 3\n"
		 E "- 210 - - level 5000 1 3\n",
		 {"I05", FINDING_OPEN, LEVEL_NONE, false, false}},
		{"an amount not understood among the parts",
		 E "- - - - level 57779 1 3\n" E "- 208 - - level 50000 1 3\n"
		 "?3\n" E "- 210 - - level 5000 1 3\n",
		 {"I05", FINDING_OPEN, LEVEL_NONE, false, false}},
		{"a table is whole",
		 E "- - - - level 57779 1 t1.r2.c2\n"
		 E "- 208 - - level 5000 1 t1.r3.c2\n"
		 E "- 210 - - level 5000 1 t1.r4.c2\n",
		 {"I05", FINDING_FAIL, LEVEL_ERROR, false, false}},
		{"a tree: only the topmost classes count",
		 E "- - - - level 10000 1 t1.r2.c2\n"
		 E "- 208 - - level 6000 1 t1.r3.c2\n"
		 E "- 20805 - - level 6000 1 t1.r4.c2\n"
		 E "- 2080501 - - level 6000 1 t1.r5.c2\n"
		 E "- 210 - - level 4000 1 t1.r6.c2\n",
		 {"I05", FINDING_PASS, LEVEL_NONE, false, false}},
		{"the same figure twice",
		 E "- - - - level 57779 1 3\n" E "- - - - level 57797 1 9\n",
		 {"D01", FINDING_FAIL, LEVEL_ERROR, false, false}},
		{"yuan against ten thousands",
		 E "- - - - level 57800 100 3\n" E "- - - - level 57779 1 9\n",
		 {"D01", FINDING_PASS, LEVEL_NONE, true, false}},
		{"cut off instead of rounded",
		 E "- - - - level 57700 100 3\n" E "- - - - level 57779 1 9\n",
		 {"D01", FINDING_FAIL, LEVEL_NOTE, false, true}},
		{"growth of a change",
		 E "- - - - level 57779 1 3\n" E "- - - - change 1536 1 3\n"
		 E "- - - - growth 27300 100 3\n",
		 {"N04g", FINDING_PASS, LEVEL_NONE, false, false}},
		{"growth that does not follow",
		 E "- - - - level 57779 1 3\n" E "- - - - change 1536 1 3\n"
		 E "- - - - growth 37200 100 3\n",
		 {"N04g", FINDING_FAIL, LEVEL_ERROR, false, false}},
		{"growth from nothing",
		 E "- - - - level 2500 1 3\n"
		 "2022 - expenditure - - - - level 0 1 3\n"
		 E "- - - - growth 1000000 100 3\n",
		 {"N04g", FINDING_OPEN, LEVEL_NONE, false, false}},
		{"growth from a stated nothing",
		 E "- - - - level 2500 1 3\n"
		 "2022 approved expenditure - - - - level 0 1 3\n"
		 E "- - - - growth 1000000 100 3\n",
		 {"N04g", FINDING_FAIL, LEVEL_ERROR, false, false}},
		{"growth from what may have been rounded to nothing",
		 E "- - - - level 1 1 3\n"
		 "2022 approved expenditure - - - - level 0 1 3\n"
		 E "- - - - growth 1000000 100 3\n",
		 {"N04g", FINDING_NOT_APPLICABLE, LEVEL_NONE, false, false}},
		{"one coarse part cut off",
		 E "- - - - level 57779 1 3\n" E "- - - basic level 54379 1 3\n"
		 E "- - - project level 3300 100 3\n",
		 {"I10", FINDING_FAIL, LEVEL_NOTE, false, true}},
		{"a total that its row repeats, one of three wrong",
		 E "- - - - level 57779 1 t1.r9.c2\n"
		 E "- - - - level 57779 1 t1.r9.c4\n"
		 E "- - - - level 57797 1 t1.r9.c6\n",
		 {"D01", FINDING_FAIL, LEVEL_ERROR, false, false}},
		{"the level before, stated and reckoned",
		 E "- - - - level 57779 1 3\n" E "- - - - change 1536 1 3\n"
		 "2022 approved expenditure - - - - level 56244 1 3\n",
		 {"N04c", FINDING_PASS, LEVEL_NONE, true, false}},
		{"an item named for itself is no stranger in a sum",
		 "2023 approved assets.vehicles - - - - level 500 1 3\n"
		 "2023 approved assets.vehicles.emergency - - - - level 1000 1 3\n"
		 "2023 approved assets.vehicles.other - - - - level 500 1 3\n",
		 {"I17v", FINDING_FAIL, LEVEL_ERROR, false, false}},
		{"no level before",
		 E "- - - - level 57779 1 3\n" E "- - - - change 1536 1 3\n",
		 {"N04c", FINDING_OPEN, LEVEL_NONE, false, false}},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct room r = {0};
		const struct bud_finding *f;
		const struct want *w = &rows[i].want;

		run(&r, rows[i].document);
		f = find(&r, w->rule);
		if (rows[i].want.kind == FINDING_OPEN && !f) {
			cr_expect(r.check.verdict.failed == 0, "%s",
				  rows[i].name);
			leave(&r);
			continue;
		}
		cr_assert(f, "%s: no finding", rows[i].name);
		cr_expect(f->kind == w->kind && f->level == w->level &&
				  f->rounding == w->rounding &&
				  f->truncation == w->truncation,
			  "%s: %.*s", rows[i].name, STR_ARG(f->message));
		leave(&r);
	}
}

#define X(item) "2023 approved " item " - - - - level 100 1 "

/* Two coordinates of one hash, and one of another between them. */
Test(check, no_two_findings_have_one_id)
{
	static const char *const want[] = {
		"D01-25d7e04b", "D01-65baf903", "D01-25d7e04b.2"};
	struct room r = {0};

	run(&r, X("x152015") "1\n" X("x152015") "2\n" X("x1") "3\n" X("x1") "4\n"
		X("x94997") "5\n" X("x94997") "6\n");
	cr_assert_eq(r.check.n_findings, 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect(str_equal(finding(&r, i)->id, str_of(want[i])),
			  "%.*s", STR_ARG(finding(&r, i)->id));
	leave(&r);
}

Test(check, one_wrong_number_is_one_finding)
{
	struct room r = {0};
	const struct bud_finding *f;

	run(&r, E "- - - - level 57779 1 3\n" E "- 201 - - level 50000 1 3\n"
		  E "- 208 - - level 7779 1 3\n" E "- - - basic level 54379 1 4\n"
		  E "- - - project level 3400 1 4\n"
		  E "- - - - level 57797 1 5\n");
	cr_expect(r.check.verdict.failed == 1, "%d",
		  (int)r.check.verdict.failed);
	f = find(&r, "D01");
	cr_assert(f);
	cr_expect(f->line == 5, "points at the number to blame");
	leave(&r);

	r = (struct room){0};
	run(&r, E "- - - - level 57797 1 3\n" E "- 201 - - level 50000 1 3\n"
		  E "- 208 - - level 7779 1 3\n" E "- - - basic level 54379 1 3\n"
		  E "- - - project level 3400 1 3\n");
	cr_expect(r.check.verdict.failed == 1, "the whole is wrong, not both");
	f = finding(&r, 0);
	cr_expect(f->facts[0] == 1);
	cr_expect(strstr(str_cstring(&r.arena, f->message), "577.79"));
	leave(&r);
}

Test(check, one_slip_printed_in_two_tables_is_one_finding)
{
	struct room r = {0};

	run(&r, E "- - 503 - level 54 1 t1.r3.c2\n"
		E "general - 503 - level 540 1 t1.r3.c3\n"
		E "- - 503 - level 54 1 t2.r3.c2\n"
		E "general - 503 - level 540 1 t2.r3.c3\n");
	cr_assert(r.check.verdict.failed == 1, "%d",
		  (int)r.check.verdict.failed);
	cr_expect(finding(&r, 0)->facts[0] == 1 ||
		  str_equal(finding(&r, 0)->rule, STR("X09")));
	leave(&r);

	r = (struct room){0};
	run(&r, E "- - 503 - level 54 1 t1.r3.c2\n"
		E "fiscal - 503 - level 54 1 t1.r3.c3\n"
		E "- - 503 - level 540 1 3\n"
		E "fiscal - 503 - level 540 1 4\n");
	cr_expect(r.check.verdict.failed == 1,
		  "of the fund, and of all money: %d",
		  (int)r.check.verdict.failed);
	leave(&r);
}

Test(check, no_level_is_blamed_for_having_no_sign)
{
	struct room r = {0};

	run(&r, E "- - - - level 100 1 t1.r2.c2\n"
		E "- 208 - - level 300 1 t1.r3.c2\n"
		E "- 210 - - level 5000 1 t1.r4.c2\n"
		E "- - - - level 100 1 t2.r2.c2\n"
		E "- 208 - - level 300 1 t2.r3.c2\n"
		E "- 210 - - level 5000 1 t2.r4.c2\n");
	for (size_t i = 0; i < r.check.n_findings; i++)
		cr_expect(!strstr(str_cstring(&r.arena,
					      finding(&r, i)->message),
				  "→ -"));
	leave(&r);
}

Test(check, a_doubtful_reading_is_a_note)
{
	struct room r = {0};
	struct bud_fact f;

	run(&r, "");
	check_release(&r.check);
	check_begin(&r.check, &r.arena, &r.rules, r.labels);
	f = read_fact(STR(E "- - - - level 57779 1 3"), 1);
	check_take_fact(&r.check, &f);
	f = read_fact(STR(E "- - - - level 57797 1 9"), 2);
	f.doubt = STR("damaged");
	check_take_fact(&r.check, &f);
	check_run(&r.check);
	cr_expect(r.check.verdict.failed == 0 && r.check.verdict.notes == 1);
	cr_expect(strstr(str_cstring(&r.arena, finding(&r, 0)->message),
			 "damaged"));
	leave(&r);
}

Test(derive, what_follows_and_nothing_stated)
{
	struct room r = {0};
	const struct bud_fact *d;

	run(&r, E "- - - - level 57779 1 3\n" E "- - - - change 1536 1 3\n");
	cr_assert(r.check.n_derived == 1);
	d = r.check.derived;
	cr_expect(d->value == 562430000 && d->quantum == 20000 &&
		  d->at.year == 2022 && d->at.phase == PHASE_APPROVED &&
		  d->n == 3 && d->n_from == 2 && d->from[0] == 1 &&
		  d->from[1] == 2 && d->origin == ORIGIN_DERIVED);
	leave(&r);

	r = (struct room){0};
	run(&r, E "- - - - level 57779 1 3\n" E "- - - - change 1536 1 3\n"
		  "2022 approved expenditure - - - - level 60000 1 3\n");
	cr_expect(r.check.n_derived == 0, "it is stated, though differently");
	leave(&r);

	r = (struct room){0};
	run(&r, "2023 approved three_public - - - - level 190 1 3\n"
		"2023 approved three_public.overseas - - - - level 20 1 3\n"
		"2023 approved three_public.vehicles - - - - level 100 1 3\n");
	cr_assert(r.check.n_derived == 1);
	d = r.check.derived;
	cr_expect(str_equal(d->at.item, STR("three_public.hospitality")) &&
		  d->value == 700000 && d->quantum == 30000);
	leave(&r);
}

/* An "agree" among the forms of an identity is told beside it, and takes
 * nothing from a form before it that could be tested. */
Test(check, forms_that_are_no_identity_are_told_apart)
{
	static const struct str RULE = STR_INIT(
		"rule MIXED\nen a\n"
		"check expenditure[nature=-] = revenue\n"
		"check agree expenditure[nature=-]\n"
		"check expenditure[nature=-] = procurement\n");
	struct room r = {0};
	size_t agree = 0, identity = 0;

	run_with(&r, RULE, E "- - - - level 57779 1 3\n"
			     E "- - - - level 57779 1 4\n"
			     "2023 approved revenue - - - - level 50000 1 5\n"
			     "2023 approved procurement - - - - level 4 1 5\n");
	for (size_t i = 0; i < r.check.n_instances; i++) {
		const struct instance *in = &r.check.instances[i];

		if (!str_equal(in->rule->id, STR("MIXED")))
			continue;
		if (in->form == &in->rule->forms[1])
			agree++;
		else
			identity += in->form == &in->rule->forms[0] &&
				    in->outcome == OUTCOME_FAIL;
	}
	cr_expect_eq(agree, 1);
	cr_expect_eq(identity, 2);
	leave(&r);
}
