/*
 * Coordinates are written as "item fund function economic nature kind entity
 * year", '-' for absent ones.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "check/class.h"

static const enum dim ORDER[] = {DIM_ITEM, DIM_FUND, DIM_FUNCTION, DIM_ECONOMIC,
				 DIM_NATURE, DIM_KIND, DIM_ENTITY, DIM_YEAR};

struct room {
	struct arena arena;
	struct share share;
	struct rules rules;
	struct classes classes;
};

static void enter(struct room *r, struct str rules)
{
	struct messages m = {.share = &r->share};

	cr_assert(!check_add_rules(&r->rules, &r->arena, STR("r"), rules, &m));
	class_begin(&r->classes, &r->rules);
}

static void leave(struct room *r)
{
	class_release(&r->classes);
	arena_release(&r->arena);
}

static struct check_class *class_at(struct room *r, const char *coordinates)
{
	struct str rest = str_of(coordinates), word;
	uint32_t words[CLASS_DIMS];

	for (int d = 0; d < CLASS_DIMS; d++)
		words[d] = class_word(&r->classes, (enum dim)d, STR(""));
	for (size_t i = 0; str_split(&rest, ' ', &word); i++)
		if (!str_equal(word, STR("-")))
			words[ORDER[i]] =
				class_word(&r->classes, ORDER[i], word);
	return class_find(&r->classes, words);
}

/* "RULE:FORMS …" of the class. */
static const char *rules_at(struct room *r, const char *coordinates)
{
	static char text[200];
	const struct check_class *c = class_at(r, coordinates);
	size_t n = 0;

	text[0] = '\0';
	for (size_t i = 0; i < c->n_rules; i++)
		n += (size_t)snprintf(
			text + n, sizeof text - n, "%s%.*s:%llx",
			i ? " " : "",
			STR_ARG(r->rules.list[c->rules[i].rule]->id),
			(unsigned long long)c->rules[i].forms);
	return text;
}

static const struct str RULES = STR_INIT(
	"rule SUM\n"
	"en a\n"
	"except performance.*|units\n"
	"except staff\n"
	"check any[kind=level|change, economic=-|3*] = "
	"sum(any[economic=parts:3*])\n"
	"check revenue = revenue_total[fund=-] - carryover_in\n"
	"\n"
	"rule LATE\n"
	"en a\n"
	"years 2019-2021\n"
	"unless revenue*;superior carryover_in\n"
	"check expenditure <= expenditure_total\n"
	"\n"
	"rule OLD\n"
	"en a\n"
	"years -2018\n"
	"check expenditure <= expenditure_total\n"
	"\n"
	"rule BETWEEN\n"
	"en a\n"
	"across yes\n"
	"check agree any\n");

Test(class, rules_by_what_their_first_terms_select)
{
	static const struct {
		const char *coordinates, *rules;
	} rows[] = {
		{"revenue - - - - level - 2023", "SUM:3"},
		{"revenue - - 302 - level - 2023", "SUM:3"},
		{"revenue - - 502 - level - 2023", "SUM:2"},
		{"revenue - - - - growth - 2023", ""},
		{"staff - - - - level - 2023", ""},
		{"performance.amount - - - - level - 2023", ""},
		{"expenditure - - - - level - 2023", "SUM:1"},
		{"expenditure - - - - level - 2018", "SUM:1 OLD:1"},
		{"expenditure - - - - level - 2019", "SUM:1 LATE:1"},
		{"expenditure - - - - level - 2021", "SUM:1 LATE:1"},
		{"expenditure - - - - level - 2022", "SUM:1"},
		{"expenditure - - - - level - -", "SUM:1 OLD:1"},
	};
	struct room r = {0};

	enter(&r, RULES);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_str_eq(rules_at(&r, rows[i].coordinates),
				 rows[i].rules, "%s", rows[i].coordinates);
	leave(&r);
}

Test(class, words_that_no_rule_tells_apart_share_one)
{
	struct room r = {0};
	struct check_class *c;
	size_t n;

	enter(&r, RULES);
	c = class_at(&r, "expenditure general 2080501 30101 basic level a 2020");
	n = class_count(&r.classes);
	cr_expect_eq(c, class_at(&r, "expenditure other 21011 30299 - level b "
				     "2021"));
	cr_expect_eq(class_count(&r.classes), n);
	/* no fund, a year beyond, another economic classification */
	cr_expect_neq(c, class_at(&r, "expenditure - 21011 30299 - level b "
				      "2021"));
	cr_expect_neq(c, class_at(&r, "expenditure other 21011 30299 - level b "
				      "2022"));
	cr_expect_neq(c, class_at(&r, "expenditure other 21011 50299 - level b "
				      "2021"));
	leave(&r);
}

static bool may_be(struct room *r, const char *coordinates, size_t rule,
		   size_t form, size_t term)
{
	const struct check_class *c = class_at(r, coordinates);
	const struct formula *f = &r->rules.list[rule]->forms[form];

	for (size_t i = 0; i < c->n_terms; i++)
		if (c->terms[i] == class_term(&r->classes, rule, f) + term)
			return true;
	return false;
}

/* The name of an item is that of an item alone; a name is meant literally. */
Test(class, terms_that_coordinates_may_be)
{
	struct room r = {0};

	enter(&r, RULES);
	cr_expect(may_be(&r, "revenue_total - - - - level - 2023", 0, 1, 1));
	cr_expect(may_be(&r, "revenue_total - 208 - - change x 9", 0, 1, 1));
	cr_expect_not(may_be(&r, "revenue_total other - - - level - -", 0, 1,
			     1));
	cr_expect_not(may_be(&r, "expenditure - revenue_total - - level - -", 0,
			     1, 1));
	cr_expect(may_be(&r, "carryover_in other - - - level - -", 0, 1, 2));
	cr_expect_not(may_be(&r, "carryover_in.a - - - - level - -", 0, 1, 2));
	/* first terms are not asked for */
	cr_expect_not(may_be(&r, "revenue - - - - level - 2023", 0, 1, 0));
	cr_expect(may_be(&r, "staff - - 30101 - level - -", 0, 0, 1));
	cr_expect_not(may_be(&r, "staff - - - - level - -", 0, 0, 1));
	cr_expect_not(may_be(&r, "staff - - 50101 - level - -", 0, 0, 1));
	leave(&r);
}

Test(class, rules_that_an_amount_makes_void)
{
	static const struct {
		const char *coordinates;
		size_t n;
	} rows[] = {
		{"revenue superior - - - level - 2023", 1},
		{"revenue_total superior 208 - - growth - -", 1},
		{"carryover_in - - - - level - -", 1},
		{"revenue - - - - level - 2023", 0},
		{"expenditure superior - - - level - 2023", 0},
	};
	struct room r = {0};

	enter(&r, RULES);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct check_class *c =
			class_at(&r, rows[i].coordinates);

		cr_expect_eq(c->n_voids, rows[i].n, "%s",
			     rows[i].coordinates);
		cr_expect(!c->n_voids || c->voids[0] == 1);
	}
	leave(&r);
}

/* More tests of one dimension than a number has bits, and more forms. */
Test(class, many_forms)
{
	struct room r = {0};
	struct buf b = {0};

	buf_puts(&b, "rule MANY\nen a\n");
	for (int i = 0; i < 150; i++)
		buf_printf(&b, "check item%d <= other%d\n", i, i);
	enter(&r, buf_str(&b));
	cr_expect_str_eq(rules_at(&r, "item0 - - - - level"), "MANY:1");
	cr_expect_str_eq(rules_at(&r, "item62 - - - - level"), "MANY:4000000000000000");
	cr_expect_str_eq(rules_at(&r, "item63 - - - - level"), "MANY:8000000000000000");
	cr_expect_str_eq(rules_at(&r, "item149 - - - - level"), "MANY:8000000000000000");
	cr_expect_str_eq(rules_at(&r, "item150 - - - - level"), "");
	cr_expect(may_be(&r, "other149", 0, 149, 1));
	cr_expect_not(may_be(&r, "other149", 0, 21, 1));
	buf_release(&b);
	leave(&r);
}

/* Without rules all coordinates are of one class. */
Test(class, no_rules)
{
	struct room r = {0};

	enter(&r, STR(""));
	cr_expect_eq(class_at(&r, "revenue general"), class_at(&r, "staff"));
	cr_expect_str_eq(rules_at(&r, "staff"), "");
	leave(&r);
}
