/*
 * The formula language, by recursive descent:
 *
 *   formula := ("agree" | "require") term | side ("=" | "<=") side |
 *              term "within" term
 *   side    := product (("+" | "-") product)*
 *   product := factor (("*" | "/") factor)*
 *   factor  := number ["%"] | "(" side ")" | "sum" "(" term ")" | term ["?"]
 *   term    := ("any" | "whole" | item) ["[" pair ("," pair)* "]"]
 *   pair    := word "=" pattern
 *
 * The first term names the facts that the rule is held against; what another
 * term does not mention is as in the first. It refuses nesting beyond
 * MAX_DEPTH and a sum without "parts".
 */
#include "check/rule.h"

#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"

enum { MAX_DEPTH = 32 };

struct parser {
	struct arena *arena;
	struct str text;
	size_t at;
	unsigned depth;
	uint32_t selectors; /* so far */
	size_t terms;
	const struct node *anchor, *last;
	const char *why;
};

static const struct {
	const char *name;
	enum dim dim;
} WORDS[] = {
	{"entity", DIM_ENTITY},   {"scope", DIM_SCOPE},
	{"year", DIM_YEAR},       {"phase", DIM_PHASE},
	{"item", DIM_ITEM},       {"fund", DIM_FUND},
	{"function", DIM_FUNCTION}, {"economic", DIM_ECONOMIC},
	{"nature", DIM_NATURE},   {"kind", DIM_KIND},
};

static bool fail(struct parser *p, const char *why)
{
	if (!p->why)
		p->why = why;
	return false;
}

static char peek(struct parser *p)
{
	while (p->at < p->text.n &&
	       (p->text.p[p->at] == ' ' || p->text.p[p->at] == '\t'))
		p->at++;
	return p->at < p->text.n ? p->text.p[p->at] : '\0';
}

static bool take(struct parser *p, char c)
{
	if (peek(p) != c)
		return false;
	p->at++;
	return true;
}

static bool is_word(char c, bool pattern)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
	       c == '.' || (pattern && c && strchr("*?|-:", c));
}

static struct str take_word(struct parser *p, bool pattern)
{
	size_t start;

	peek(p);
	start = p->at;
	while (p->at < p->text.n && is_word(p->text.p[p->at], pattern))
		p->at++;
	/* a family of items: "assets.vehicles.*" */
	if (!pattern && p->at > start && p->text.p[p->at - 1] == '.' &&
	    p->at < p->text.n && p->text.p[p->at] == '*')
		p->at++;
	return str_slice(p->text, start, p->at);
}

static bool set_selector(struct parser *p, struct term *t, enum dim dim,
			 struct str pattern)
{
	struct selector *s = &t->at[dim];

	if (!pattern.n)
		return fail(p, "a value is missing");
	*s = (struct selector){pattern, ++p->selectors, SELECT_MATCH};
	if (str_equal(pattern, STR("parts")) ||
	    str_starts(pattern, STR("parts:"))) {
		s->how = SELECT_PARTS;
		s->pattern = str_slice(pattern, 6, pattern.n);
		if (t->parts != DIMS)
			return fail(p, "parts of one dimension only");
		if (dim != DIM_FUND && dim != DIM_FUNCTION &&
		    dim != DIM_ECONOMIC && dim != DIM_NATURE &&
		    dim != DIM_ITEM && dim != DIM_ENTITY)
			return fail(p, "this dimension has no parts");
		t->parts = dim;
	}
	return true;
}

static bool parse_pair(struct parser *p, struct term *t)
{
	struct str word = take_word(p, false);

	if (!take(p, '='))
		return fail(p, "'=' is missing");
	if (str_equal(word, STR("at"))) {
		struct str base = take_word(p, false);

		t->base = BASE_PRIOR;
		if (str_equal(base, STR("base")))
			t->base = BASE_VS;
		else if (!str_equal(base, STR("prior")))
			return fail(p, "at takes the words base and prior");
		return true;
	}
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if (str_equal(word, str_of(WORDS[i].name)))
			return set_selector(p, t, WORDS[i].dim,
					    take_word(p, true));
	return fail(p, "no coordinate of this name");
}

static bool parse_pairs(struct parser *p, struct term *t)
{
	if (!take(p, '['))
		return true;
	do {
		if (!parse_pair(p, t))
			return false;
	} while (take(p, ','));
	return take(p, ']') || fail(p, "']' is missing");
}

static void note_matched(struct term *t)
{
	for (int d = 0; d < DIMS; d++)
		if (t->at[d].how == SELECT_MATCH)
			t->matched |= 1U << d;
}

static bool parse_term(struct parser *p, struct node *n)
{
	struct term *t = &n->term;
	struct str item = take_word(p, false);

	if (!item.n)
		return fail(p, "an item is missing");
	t->number = p->terms++;
	n->before = p->last;
	p->last = n;
	t->parts = DIMS;
	if (str_equal(item, STR("whole")))
		t->base = BASE_WHOLE;
	else if (!str_equal(item, STR("any")))
		t->at[DIM_ITEM] = (struct selector){item, ++p->selectors,
						    SELECT_MATCH};
	if (!parse_pairs(p, t))
		return false;
	if (!p->anchor) {
		p->anchor = n;
		if (t->base != BASE_SAME)
			return fail(p, "the first term needs an item");
		if (t->at[DIM_KIND].how == SELECT_SAME)
			t->at[DIM_KIND] = (struct selector){
				STR("level"), ++p->selectors, SELECT_MATCH};
	}
	note_matched(t);
	return true;
}

static const struct node *parse_side(struct parser *p);

static bool parse_number(struct parser *p, struct node *n)
{
	struct decimal d;
	int64_t value, quantum;
	struct str word = take_word(p, false);
	bool percent = take(p, '%');

	n->kind = NODE_NUMBER;
	if (!decimal_parse(word, &d) ||
	    !decimal_scale(d, 1000000, &value, &quantum))
		return fail(p, "this is no number");
	return ratio_make(value, percent ? 100000000 : 1000000, &n->number) ||
	       fail(p, "this number is too large");
}

static bool parse_sum(struct parser *p, struct node *n)
{
	n->kind = NODE_SUM;
	if (!take(p, '('))
		return fail(p, "'(' is missing");
	if (!parse_term(p, n))
		return false;
	if (n->term.parts == DIMS &&
	    str_ends(n->term.at[DIM_ITEM].pattern, STR("*"))) {
		n->term.at[DIM_ITEM].how = SELECT_PARTS;
		n->term.matched &= ~(1U << DIM_ITEM);
		n->term.parts = DIM_ITEM;
	}
	if (n->term.parts == DIMS)
		return fail(p, "a sum needs a coordinate with =parts");
	return take(p, ')') || fail(p, "')' is missing");
}

static const struct node *parse_factor(struct parser *p)
{
	struct node *n = ARENA_NEW(p->arena, struct node);
	char c = peek(p);
	size_t start = p->at;

	if (take(p, '(')) {
		const struct node *inner = parse_side(p);

		if (inner && !take(p, ')'))
			fail(p, "')' is missing");
		return p->why ? NULL : inner;
	}
	if (c >= '0' && c <= '9')
		return parse_number(p, n) ? n : NULL;
	if (str_equal(take_word(p, false), STR("sum")))
		return parse_sum(p, n) ? n : NULL;
	p->at = start;
	n->kind = NODE_TERM;
	if (!parse_term(p, n))
		return NULL;
	if (n->term.parts != DIMS) {
		fail(p, "parts are written in sum(…)");
		return NULL;
	}
	n->term.optional = take(p, '?');
	return n;
}

static const struct node *join(struct parser *p, enum node_kind kind,
			       const struct node *left,
			       const struct node *right)
{
	struct node *n = ARENA_NEW(p->arena, struct node);

	n->kind = kind;
	n->left = left;
	n->right = right;
	return right ? n : NULL;
}

static const struct node *parse_product(struct parser *p)
{
	const struct node *n = parse_factor(p);

	while (n) {
		if (take(p, '*'))
			n = join(p, NODE_MULTIPLY, n, parse_factor(p));
		else if (take(p, '/'))
			n = join(p, NODE_DIVIDE, n, parse_factor(p));
		else
			break;
	}
	return n;
}

static const struct node *parse_side(struct parser *p)
{
	const struct node *n = NULL;

	if (++p->depth > MAX_DEPTH)
		fail(p, "too deeply nested");
	else
		n = parse_product(p);
	while (n) {
		if (take(p, '+'))
			n = join(p, NODE_ADD, n, parse_product(p));
		else if (take(p, '-'))
			n = join(p, NODE_SUBTRACT, n, parse_product(p));
		else
			break;
	}
	p->depth--;
	return n;
}

static bool parse_relation(struct parser *p, struct formula *f)
{
	size_t start;

	if (take(p, '<')) {
		f->relation = RELATION_AT_MOST;
		return take(p, '=') || fail(p, "'<=' is meant");
	}
	f->relation = RELATION_EQUAL;
	if (take(p, '='))
		return true;
	start = p->at;
	f->relation = RELATION_WITHIN;
	if (str_equal(take_word(p, false), STR("within")))
		return true;
	p->at = start;
	return fail(p, "'=', '<=' or 'within' is missing");
}

static bool parse_formula(struct parser *p, struct formula *f)
{
	struct str word;
	size_t start;

	peek(p);
	start = p->at;
	word = take_word(p, false);
	if (str_equal(word, STR("agree")) || str_equal(word, STR("require"))) {
		struct node *n = ARENA_NEW(p->arena, struct node);

		f->relation = word.p[0] == 'a' ? RELATION_AGREE
					       : RELATION_REQUIRE;
		n->kind = NODE_TERM;
		f->left = n;
		return parse_term(p, n);
	}
	p->at = start;
	f->left = parse_side(p);
	if (!f->left || !parse_relation(p, f))
		return false;
	f->right = parse_side(p);
	if (!f->right)
		return false;
	return f->relation != RELATION_WITHIN ||
	       (f->left->kind == NODE_TERM && f->right->kind == NODE_TERM) ||
	       fail(p, "'within' stands between two terms");
}

int check_parse_formula(struct arena *a, struct str text, struct formula *out,
			size_t *at, const char **why)
{
	struct parser p = {.arena = a, .text = text,
			   .selectors = out->last_selector};
	bool good = parse_formula(&p, out);

	if (good && peek(&p))
		good = fail(&p, "more than a formula");
	if (good && !p.anchor)
		good = fail(&p, "no term");
	if (good && p.anchor->kind == NODE_SUM)
		good = fail(&p, "the first term must not be a sum");
	out->anchor = p.anchor;
	out->last = p.last;
	out->text = text;
	out->last_selector = p.selectors;
	out->n_terms = p.terms;
	if (good)
		return 0;
	*why = p.why ? p.why : "cannot be understood";
	*at = (p.at < text.n ? p.at : text.n) + 1;
	return -1;
}

/* One alternative. */
static bool match_glob(const char *p, const char *end, struct str w)
{
	size_t at = 0;

	if (end - p == 1 && *p == '-')
		return !w.n;
	for (; p < end && at < w.n; p++, at++) {
		if (*p == '*')
			return true;
		if (*p != '?' && *p != w.p[at])
			return false;
	}
	return w.n && at == w.n && (p == end || *p == '*');
}

bool check_match(struct str pattern, struct str word)
{
	const char *p = pattern.p, *last, *end;

	if (!pattern.n)
		return true; /* and its bytes may be none at all */
	for (last = p + pattern.n;; p = end + 1) {
		end = p;
		while (end < last && *end != '|')
			end++;
		if (match_glob(p, end, word))
			return true;
		if (end == last)
			return false;
	}
}

static bool is_fiscal(struct str fund)
{
	return str_equal(fund, STR("general")) ||
	       str_equal(fund, STR("government_fund")) ||
	       str_equal(fund, STR("state_capital"));
}

bool check_fund_above(struct str whole)
{
	return str_equal(whole, STR("fiscal"));
}

bool check_fund_below(struct str part, struct str whole)
{
	return check_fund_above(whole) && is_fiscal(part);
}
