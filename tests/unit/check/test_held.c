/*
 * Documents are written as lines of "item fund function nature kind whole
 * value", '-' for absent ones and '=' for a word that is "-".
 */
#include <criterion/criterion.h>

#include "check/held.h"

struct room {
	struct arena arena;
	struct share share;
	struct rules rules;
	struct known known;
	struct check_facts facts;
	struct held_rules held;
};

static struct str word(struct str *rest)
{
	struct str w = {NULL, 0};

	str_split(rest, ' ', &w);
	return str_equal(w, STR("-")) ? STR("")
	       : str_equal(w, STR("=")) ? STR("-") : w;
}

static void enter(struct room *r, struct str rules)
{
	struct messages m = {.share = &r->share};

	cr_assert(!check_add_rules(&r->rules, &r->arena, STR("r"), rules, &m));
}

static void read_document(struct room *r, const char *document)
{
	struct str rest = str_of(document), row;

	known_begin(&r->known, &r->rules);
	facts_init(&r->facts, &r->arena, &r->known);
	while (str_split(&rest, '\n', &row)) {
		struct bud_fact f = {
			.doc = STR("d"), .n = (int64_t)r->facts.n + 1,
			.at = {.year = 2023, .phase = PHASE_APPROVED},
		};

		if (!row.n)
			continue;
		f.at.item = word(&row);
		f.at.fund = word(&row);
		f.at.function = word(&row);
		f.at.nature = word(&row);
		cr_assert(kind_of(word(&row), &f.at.kind));
		f.whole = word(&row);
		cr_assert(str_to_int64(row, &f.value));
		facts_add(&r->facts, &f);
	}
	held_begin(&r->held, &r->facts, &r->rules);
}

static void leave(struct room *r)
{
	facts_release(&r->facts);
	known_release(&r->known);
	arena_release(&r->arena);
}

/* How many facts the first rule is held against; takes the next document. */
static size_t count(struct room *r, const char *document)
{
	size_t n = 0;

	if (document)
		read_document(r, document);
	if (!held_find(&r->held, 0))
		return 0;
	for (size_t i = 0; i <= r->facts.n / 64; i++)
		n += (size_t)__builtin_popcountll(r->held.facts[i]);
	facts_release(&r->facts);
	return n;
}

/* The first rule alone, against a document alone. */
static size_t count_alone(struct str rules, const char *document)
{
	struct room r = {0};
	size_t n;

	enter(&r, rules);
	n = count(&r, document);
	leave(&r);
	return n;
}

#define TOTAL "revenue_total - - - level - 9\n"
#define OUT "carryover_out - - - level - 1"

Test(held, a_form_is_idle_where_the_document_lacks_its_terms)
{
	static const struct str RULE =
		STR_INIT("rule A\nen a\ncheck revenue_total = revenue + "
			 "carryover_out\n");

	/* one of two is known: the result is open, which is told */
	cr_expect_eq(count_alone(RULE, TOTAL OUT), 1);
	cr_expect_eq(count_alone(RULE, TOTAL "carryover_in - - - level - 1"),
		     0);
	cr_expect_eq(count_alone(RULE, TOTAL "revenue - - - level - 1"), 1);
	/* in another dimension, or of another kind, it is another thing */
	cr_expect_eq(count_alone(RULE,
				 TOTAL "expenditure - carryover_out - level - 1"),
		     0);
	cr_expect_eq(count_alone(RULE, TOTAL "carryover_out - - - change - 1"),
		     0);
}

Test(held, what_a_document_before_stated_is_not_stated)
{
	struct room r = {0};

	enter(&r, STR("rule A\nen a\ncheck revenue_total = carryover_out\n"));
	cr_expect_eq(count(&r, TOTAL OUT), 1);
	cr_expect_eq(count(&r, TOTAL "revenue - - - level - 1"), 0);
	cr_expect_eq(count(&r, TOTAL OUT), 1);
	leave(&r);
}

Test(held, a_bound_needs_both_sides_and_an_optional_term_nothing)
{
	cr_expect_eq(count_alone(STR("rule A\nen a\ncheck revenue_total <= "
				     "revenue + carryover_out\n"), TOTAL OUT),
		     0);
	cr_expect_eq(count_alone(STR("rule A\nen a\ncheck revenue_total = "
				     "revenue? + carryover_out\n"), TOTAL OUT),
		     1);
	cr_expect_eq(count_alone(STR("rule A\nen a\ncheck revenue_total = "
				     "revenue? + carryover_in?\n"), TOTAL OUT),
		     1);
}

#define CLASS "expenditure - 208 - level - 3\n"
#define LEAF "expenditure - 20805 - level - 2"

Test(held, only_what_may_have_parts_is_held_against_a_sum)
{
	static const struct str RULE =
		STR_INIT("rule A\nen a\ncheck expenditure = "
			 "sum(expenditure[function=parts])\n");
	static const struct str FUNDS =
		STR_INIT("rule A\nen a\ncheck expenditure = "
			 "sum(expenditure[fund=parts])\n");

	cr_expect_eq(count_alone(RULE, CLASS LEAF), 1);
	cr_expect_eq(count_alone(RULE, LEAF), 0);
	cr_expect_eq(count_alone(RULE, "expenditure - - - level - 1\n" LEAF),
		     1);
	cr_expect_eq(count_alone(RULE,
				 "expenditure - - - level - 1\n"
				 "revenue - 208 - level - 1"), 0);
	/* of funds, the one that lies above another */
	cr_expect_eq(count_alone(FUNDS,
				 "expenditure fiscal - - level - 1\n"
				 "expenditure general - - level - 1"), 1);
	cr_expect_eq(count_alone(FUNDS,
				 "expenditure general - - level - 1\n"
				 "expenditure service - - level - 1"), 0);
}

/* What a term does not name is as in the first one: stated or not. */
Test(held, what_stands_beside_a_term)
{
	static const struct str PARTS = STR_INIT(
		"rule A\nen a\ncheck expenditure[nature=-] = "
		"sum(expenditure[function=parts])\n");
	static const struct str BOUND = STR_INIT(
		"rule A\nen a\ncheck expenditure[fund=general] <= "
		"expenditure[fund=-]\n");
	struct room r = {0};

	cr_expect_eq(count_alone(PARTS, "expenditure - - - level - 3\n"
					"expenditure - 208 - level - 3"), 1);
	cr_expect_eq(count_alone(PARTS, "expenditure - - - level - 3\n"
					"expenditure - 208 basic level - 3"),
		     0);
	cr_expect_eq(count_alone(PARTS, "expenditure a - - level - 3\n"
					"expenditure - 208 - level - 3"), 0);
	cr_expect_eq(count_alone(BOUND, "expenditure general 208 - level - 3\n"
					"expenditure - 208 - level - 3"), 1);
	cr_expect_eq(count_alone(BOUND, "expenditure general 208 - level - 3\n"
					"expenditure - - - level - 3"), 0);
	/* a word that is "-" is no absent one, nor is it for documents behind */
	cr_expect_eq(count_alone(BOUND, "expenditure general 208 - level - 3\n"
					"expenditure = 208 - level - 3"), 0);
	enter(&r, BOUND);
	cr_expect_eq(count(&r, "expenditure = 208 - level - 3"), 0);
	cr_expect_eq(count(&r, "expenditure general 208 - level - 3\n"
			       "expenditure - 208 - level - 3"), 1);
	leave(&r);
}

/* Of many coordinates of one class, each has its own parts; those without any
 * are left out. */
Test(held, many_points_of_a_class)
{
	static const struct str RULE = STR_INIT(
		"rule A\nen a\ncheck expenditure = "
		"sum(expenditure[function=parts])\n");

	cr_expect_eq(count_alone(RULE, "expenditure - 201 - level - 1\n"
				       "expenditure - 202 - level - 1\n"
				       "expenditure - 20201 - level - 1\n"
				       "expenditure - 203 - level - 1\n"
				       "expenditure - 2030201 - level - 1\n"),
		     2);
	cr_expect_eq(count_alone(RULE, "expenditure - 201 - level - 1\n"
				       "expenditure - 202 - level - 1\n"
				       "expenditure - 203 - level - 1\n"
				       "expenditure a 20301 - level - 1\n"),
		     0);
	cr_expect_eq(count_alone(RULE, "expenditure a 201 - level - 1\n"
				       "expenditure b 201 - level - 1\n"
				       "expenditure c 201 - level - 1\n"
				       "expenditure - - - level - 1\n"
				       "expenditure a 20101 - level - 1\n"),
		     1);
}

/* The second term is the first one itself, but where a level has a whole. */
Test(held, shares)
{
	static const struct str RULE = STR_INIT(
		"rule A\nen a\ncheck any / any = "
		"sum(any[kind=share, nature=parts])\n");

	cr_expect_eq(count_alone(RULE, "expenditure - - - level - 3\n"
				       "expenditure - - basic share - 2"), 1);
	cr_expect_eq(count_alone(RULE, "expenditure - - - level - 3\n"
				       "expenditure - - basic level - 2"), 0);
	cr_expect_eq(count_alone(RULE, "expenditure - - - level - 3\n"
				       "expenditure - - - level w 2"), 1);
}

Test(held, void_by_an_amount)
{
	static const struct str RULE =
		STR_INIT("rule A\nen a\nunless carryover_out\n"
			 "check revenue_total <= 100%\n");
	struct room r = {0};

	enter(&r, RULE);
	read_document(&r, TOTAL OUT);
	cr_expect(r.held.is_void[0]);
	facts_release(&r.facts);
	read_document(&r, TOTAL "carryover_out - - - level - 0");
	cr_expect_not(r.held.is_void[0]);
	facts_release(&r.facts);
	read_document(&r, TOTAL);
	cr_expect_not(r.held.is_void[0]);
	leave(&r);
}
