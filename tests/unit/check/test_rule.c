#include <criterion/criterion.h>
#include <string.h>

#include "check/rule.h"

Test(formula, a_mistake_is_told_with_its_column)
{
	static const struct {
		const char *text;
		size_t column; /* 0: no mistake */
	} rows[] = {
		{"expenditure = sum(expenditure[function=parts])", 0},
		{"any[kind=growth] = any[kind=level] / any[at=base] - 1", 0},
		{"agree any[kind=level|change]", 0},
		{"require three_public.*", 0},
		{"carryover_in = carryover_out[at=prior]", 0},
		{"a = b[at=noon]", 14},
		{"a <= (b + c?) * 100%", 0},
		{"assets.vehicles = sum(assets.vehicles.*)", 0},
		{"a[economic=-|3*] = sum(a[economic=parts:3*])", 0},
		{"", 1},
		{"revenue", 8},
		{"revenue = ", 11},
		{"revenue == expenditure", 10},
		{"revenue = (expenditure", 23},
		{"revenue = expenditure)", 22},
		{"revenue[colour=red] = expenditure", 16},
		{"revenue[fund] = expenditure", 13},
		{"revenue = sum(expenditure)", 26},
		{"revenue = expenditure[function=parts]", 38},
		{"revenue = sum(a[function=parts, nature=parts])", 45},
		{"sum(expenditure[function=parts]) = expenditure", 47},
		{"revenue = 1.2.3", 16},
		{"收入 = expenditure", 1},
		{"revenue = 支出", 11},
		{"100% = 100%", 12},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct arena a = {0};
		struct formula f = {0};
		const char *why = "";
		size_t at = 0;
		int got = check_parse_formula(&a, str_of(rows[i].text), &f,
					      &at, &why);

		cr_expect(got == (rows[i].column ? -1 : 0), "'%s': %s",
			  rows[i].text, why);
		cr_expect(at == rows[i].column, "'%s': column %zu (%s)",
			  rows[i].text, at, why);
		arena_release(&a);
	}
}

Test(formula, nesting_has_a_limit)
{
	struct arena a = {0};
	struct buf text = {0};
	struct formula f = {0};
	const char *why = "";
	size_t at;

	buf_puts(&text, "a = ");
	for (int i = 0; i < 100000; i++)
		buf_putc(&text, '(');
	cr_expect(check_parse_formula(&a, buf_str(&text), &f, &at, &why));
	cr_expect_str_eq(why, "too deeply nested");
	buf_release(&text);
	arena_release(&a);
}

Test(rule, a_hierarchy_for_each_dimension)
{
	static const struct {
		enum dim dim;
		const char *part, *whole;
		bool below;
	} rows[] = {
		{DIM_FUNCTION, "20805", "208", true},
		{DIM_FUNCTION, "2080501", "", true},
		{DIM_FUNCTION, "208", "208", false},
		{DIM_FUNCTION, "210", "208", false},
		{DIM_FUND, "general", "fiscal", true},
		{DIM_FUND, "service", "fiscal", false},
		{DIM_FUND, "fiscal", "", true},
		{DIM_FUND, "", "", false},
		{DIM_NATURE, "basic.staff", "basic", true},
		{DIM_NATURE, "basic", "basic.staff", false},
		{DIM_NATURE, "basics", "basic", false},
		{DIM_ITEM, "three_public.overseas", "three_public", true},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect(check_below(rows[i].dim, str_of(rows[i].part),
				      str_of(rows[i].whole)) == rows[i].below,
			  "row %zu", i);
}

Test(rule, patterns)
{
	cr_expect(check_match(STR(""), STR("anything")));
	cr_expect(check_match(STR("-"), STR("")));
	cr_expect(!check_match(STR("-"), STR("x")));
	cr_expect(!check_match(STR("*"), STR("")));
	cr_expect(check_match(STR("-|3*"), STR("30101")));
	cr_expect(!check_match(STR("-|3*"), STR("501")));
	cr_expect(check_match(STR("3??"), STR("301")));
	cr_expect(!check_match(STR("3??"), STR("30101")));
}

static void note(void *ctx, struct str text)
{
	struct buf *b = ctx;

	buf_put_str(b, text);
	buf_putc(b, '\n');
}

Test(rule, a_file_with_mistakes_is_told_all_of_them)
{
	static const char TEXT[] = "level error\n"
				   "\n"
				   "rule A\n"
				   "  en  words\n"
				   "  check  a = b +\n"
				   "\tlevel fatal\n"
				   "  years  19-20\n"
				   "  colour red\n"
				   "\n"
				   "rule B\n"
				   "  en  more\n"
				   "  check  a = b\n";
	struct arena a = {0};
	struct share share = {0};
	struct buf said = {0};
	struct messages m = {.share = &share, .sink = note, .ctx = &said};
	struct rules rules = {0};

	cr_expect(check_add_rules(&rules, &a, STR("x.rules"), str_of(TEXT),
				  &m) == -1);
	cr_expect(m.count == 5, "%zu", m.count);
	cr_expect(strstr(buf_cstring(&said), "x.rules:1:1: "));
	cr_expect(strstr(buf_cstring(&said), "x.rules:5:17: "), "%s", said.p);
	cr_expect(strstr(buf_cstring(&said), "x.rules:6:8: "), "%s", said.p);
	cr_expect(strstr(buf_cstring(&said), "x.rules:7:10: "));
	cr_expect(strstr(buf_cstring(&said), "x.rules:8:3: "));
	cr_expect(rules.n == 2);
	buf_release(&said);
	share_close(&share);
	arena_release(&a);
}

Test(rule, a_later_rule_takes_the_place_of_its_namesake)
{
	struct arena a = {0};
	struct share share = {0};
	struct messages m = {.share = &share};
	struct rules rules = {0};

	cr_assert(!check_add_rules(&rules, &a, STR("one"),
				   STR("rule A\nen x\ncheck a = b\n"
				       "\nrule B\nen y\ncheck a = c\n"),
				   &m));
	cr_assert(!check_add_rules(&rules, &a, STR("two"),
				   STR("rule A\nen z\nlevel note\ncheck a = d\n"),
				   &m));
	cr_assert(rules.n == 2);
	cr_expect(str_equal(rules.list[0]->en, STR("z")));
	cr_expect(rules.list[0]->level == LEVEL_NOTE);
	arena_release(&a);
}

Test(rule, what_is_listed_can_be_read_again)
{
	struct arena a = {0};
	struct share share = {0};
	struct messages m = {.share = &share};
	struct rules rules = {0}, again = {0};
	struct buf first = {0}, second = {0};

	cr_assert(!check_load_rules(&rules, &a, &m));
	cr_assert(rules.n > 20);
	check_list_rules(&rules, &first);
	cr_assert(!check_add_rules(&again, &a, STR("listed"), buf_str(&first),
				   &m));
	check_list_rules(&again, &second);
	cr_expect(again.n == rules.n);
	for (size_t i = 0; i < rules.n; i++) {
		cr_expect(str_equal(rules.list[i]->id, again.list[i]->id));
		cr_expect(rules.list[i]->n_forms == again.list[i]->n_forms);
		cr_expect(rules.list[i]->level == again.list[i]->level);
		cr_expect(rules.list[i]->zh.n != 0, "no Chinese words: %.*s",
			  STR_ARG(rules.list[i]->id));
	}
	buf_release(&first);
	buf_release(&second);
	share_close(&share);
	arena_release(&a);
}

static bool same_selector(const struct selector *a, const struct selector *b)
{
	return str_equal(a->pattern, b->pattern) && a->number == b->number &&
	       a->how == b->how;
}

static bool same_node(const struct node *a, const struct node *b)
{
	if (!a || !b)
		return a == b;
	for (int d = 0; d < DIMS; d++)
		if (!same_selector(&a->term.at[d], &b->term.at[d]))
			return false;
	return a->kind == b->kind && !a->before == !b->before &&
	       a->number.num == b->number.num &&
	       a->number.den == b->number.den &&
	       a->term.matched == b->term.matched &&
	       a->term.base == b->term.base &&
	       a->term.parts == b->term.parts &&
	       a->term.number == b->term.number &&
	       a->term.optional == b->term.optional &&
	       same_node(a->left, b->left) && same_node(a->right, b->right);
}

static bool same_form(const struct formula *a, const struct formula *b)
{
	return a->relation == b->relation && same_node(a->left, b->left) &&
	       same_node(a->right, b->right) &&
	       same_node(a->anchor, b->anchor) && same_node(a->last, b->last) &&
	       (a->anchor == a->left) == (b->anchor == b->left) &&
	       str_equal(a->text, b->text) &&
	       a->last_selector == b->last_selector &&
	       a->n_terms == b->n_terms && a->first_term == b->first_term;
}

/* What --list-rules does not show. */
static bool same_rule(const struct rule *a, const struct rule *b)
{
	if (a->n_forms != b->n_forms || a->plain != b->plain)
		return false;
	for (size_t i = 0; i < a->n_forms; i++)
		if (!same_form(&a->forms[i], &b->forms[i]))
			return false;
	return true;
}

Test(rules, those_built_in_are_those_of_the_files)
{
	struct share share = {0};
	struct messages messages = {.share = &share};
	struct arena a = {0};
	struct rules built = {0}, read = {0};
	struct buf one = {0}, other = {0};

	cr_assert(!check_load_rules(&built, &a, &messages));
	cr_assert(!check_read_rules(&read, &a, &messages));
	cr_assert(built.n && built.n == read.n);
	cr_expect(built.n_selectors == read.n_selectors);
	check_list_rules(&built, &one);
	check_list_rules(&read, &other);
	cr_expect(str_equal(buf_str(&one), buf_str(&other)));
	for (size_t i = 0; i < built.n; i++)
		cr_expect(same_rule(built.list[i], read.list[i]), "%.*s",
			  STR_ARG(read.list[i]->id));
	buf_release(&one);
	buf_release(&other);
	share_close(&share);
	arena_release(&a);
}

Test(rules, a_rule_takes_the_place_of_one_built_in)
{
	struct share share = {0};
	struct messages messages = {.share = &share};
	struct arena a = {0};
	struct rules rules = {0};
	size_t n;

	cr_assert(!check_load_rules(&rules, &a, &messages));
	n = rules.n;
	cr_assert(!check_add_rules(&rules, &a, STR("own"),
				   STR("rule I01\nen own\ncheck a = b\n\n"
				       "rule U1\nen new\ncheck a = b\n"),
				   &messages));
	cr_expect(rules.n == n + 1);
	for (size_t i = 0; i < n; i++) {
		bool same = str_equal(rules.list[i]->id, STR("I01"));

		cr_expect(same == str_equal(rules.list[i]->en, STR("own")));
		cr_expect(same == (rules.list[i] != check_built_in.list[i]));
	}
	cr_expect(str_equal(rules.list[n]->id, STR("U1")));
	share_close(&share);
	arena_release(&a);
}
