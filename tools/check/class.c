/*
 * The same patterns stand in many rules: each is a test, and a word is held
 * against it once. What fits the same tests is of one class, and has what is
 * asked in its dimension, a bit each; what coordinates have is what all their
 * words have.
 */
#include "check/class.h"

#include <string.h>

const enum dim CLASS_SHAPE[CLASS_SHAPES] = {
	DIM_FUND,   DIM_FUNCTION, DIM_ECONOMIC,
	DIM_NATURE, DIM_ENTITY,   DIM_SCOPE,
};

enum how {
	TEST_MATCH, /* the word fits the pattern */
	TEST_PART,  /* and is not absent */
	TEST_NAME,  /* it is the pattern, or absent for "-" */
	TEST_YEARS, /* it is a year from .. to */
};

struct class_test {
	enum how how;
	struct str pattern;
	int from, to;
};

/* What is asked of coordinates, for what. */
struct class_ask {
	enum { ASK_LEFT_OUT, ASK_FORM, ASK_TERM, ASK_VOID } what;
	uint32_t rule, number; /* of the form, of the term among all */
};

/* That words of a dimension fit a test, for what is asked. */
struct class_need {
	enum dim dim;
	size_t test, ask;
};

static bool has_bit(const uint64_t *bits, size_t at)
{
	return bits[at / 64] >> at % 64 & 1;
}

static void set_bit(uint64_t *bits, size_t at)
{
	bits[at / 64] |= UINT64_C(1) << at % 64;
}

void class_release(struct classes *cs)
{
	map_release(&cs->words);
	map_release(&cs->list);
	arena_release(&cs->arena);
	*cs = (struct classes){0};
}

/* ---- what rules ask ----------------------------------------------------- */

static bool same_test(const struct class_test *a, const struct class_test *b)
{
	return a->how == b->how && str_equal(a->pattern, b->pattern) &&
	       a->from == b->from && a->to == b->to;
}

/* Whether it fits itself alone. */
static bool is_name(struct str pattern)
{
	for (size_t i = 0; i < pattern.n; i++)
		if (pattern.p[i] == '*' || pattern.p[i] == '?' ||
		    pattern.p[i] == '|')
			return false;
	return pattern.n && !str_equal(pattern, STR("-"));
}

/* Adds a test to what is asked, which was begun last. */
static void add_need(struct classes *cs, enum dim dim, enum how how,
		     struct str pattern)
{
	struct class_tests *ts = &cs->tests[dim];
	struct class_test test = {is_name(pattern) ? TEST_NAME : how, pattern,
				  0, 0};
	const struct rule *rule =
		cs->rules->list[cs->asks[cs->n_asks - 1].rule];
	size_t i = 0;

	if (how == TEST_YEARS) {
		test.from = rule->from_year;
		test.to = rule->to_year;
	}
	while (i < ts->n && !same_test(&ts->list[i], &test))
		i++;
	if (i == ts->n) {
		ts->list = arena_grow(&cs->arena, ts->list, &ts->cap, i + 1,
				      sizeof *ts->list);
		ts->list[ts->n++] = test;
	}
	cs->need = arena_grow(&cs->arena, cs->need, &cs->cap_need,
			      cs->n_need + 1, sizeof *cs->need);
	cs->need[cs->n_need++] = (struct class_need){dim, i, cs->n_asks - 1};
}

static void begin_ask(struct classes *cs, int what, size_t rule, size_t number)
{
	cs->asks = arena_grow(&cs->arena, cs->asks, &cs->cap_asks,
			      cs->n_asks + 1, sizeof *cs->asks);
	cs->asks[cs->n_asks++] = (struct class_ask){what, (uint32_t)rule,
						    (uint32_t)number};
}

/* What the first term of a form asks, and the years of the rule. */
static void ask_anchor(struct classes *cs, size_t rule, size_t form)
{
	const struct rule *r = cs->rules->list[rule];
	const struct term *t = &r->forms[form].anchor->term;

	begin_ask(cs, ASK_FORM, rule, form);
	for (int d = 0; d < CLASS_DIMS; d++)
		if (t->matched >> d & 1)
			add_need(cs, (enum dim)d, TEST_MATCH,
				 t->at[d].pattern);
	if (r->from_year || r->to_year)
		add_need(cs, DIM_YEAR, TEST_YEARS, STR(""));
}

/* What another term asks whatever the first one is, see resolve_term(); the
 * whole of a share may be anything. */
static void ask_term(struct classes *cs, size_t rule, size_t number,
		     const struct node *n)
{
	const struct term *t = &n->term;

	begin_ask(cs, ASK_TERM, rule, number);
	for (int d = 0; d < CLASS_DIMS && t->base != BASE_WHOLE; d++)
		if (n->kind == NODE_SUM && d == (int)t->parts)
			add_need(cs, t->parts, TEST_PART, t->at[d].pattern);
		else if (t->matched >> d & 1 && t->at[d].pattern.n)
			add_need(cs, (enum dim)d, TEST_NAME,
				 t->at[d].pattern);
}

/* The bits of the dimensions that a term has from the first one, and of those
 * that it has a word in. */
static void note_shape(const struct node *n, struct class_asked *out)
{
	const struct term *t = &n->term;

	for (size_t i = 0; i < CLASS_SHAPES; i++) {
		enum dim d = CLASS_SHAPE[i];
		const struct selector *s = &t->at[d];
		bool part = n->kind == NODE_SUM && d == t->parts;
		bool named = t->matched >> d & 1 && s->pattern.n;

		if (part || (named && !str_equal(s->pattern, STR("-"))))
			out->named |= (uint8_t)(1U << i);
		else if (!named)
			out->kept |= (uint8_t)(1U << i);
	}
}

static struct class_asked asked_of(const struct node *n)
{
	const struct term *t = &n->term;
	struct class_asked asked = {.parts = t->parts};

	if (n->kind != NODE_SUM)
		asked.how = t->matched || t->base != BASE_SAME ? CLASS_ANY
							       : CLASS_OWN;
	/* of funds what is below has another word; items need not be below */
	else if (!(t->matched >> t->parts & 1) && t->parts != DIM_FUND &&
		 t->parts != DIM_ITEM)
		asked.how = CLASS_LONGER;
	note_shape(n, &asked);
	return asked;
}

/* "revenue;superior": see rule.h. */
static void ask_voids(struct classes *cs, size_t rule)
{
	static const enum dim ORDER[] = {DIM_ITEM, DIM_FUND, DIM_FUNCTION,
					 DIM_ECONOMIC, DIM_NATURE};
	struct str unless = cs->rules->list[rule]->unless, one, pattern;

	while (unless.n && str_split(&unless, ' ', &one)) {
		if (!one.n)
			continue;
		begin_ask(cs, ASK_VOID, rule, 0);
		for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER &&
				   str_split(&one, ';', &pattern);
		     i++)
			if (pattern.n)
				add_need(cs, ORDER[i], TEST_MATCH, pattern);
	}
}

static void ask_rule(struct classes *cs, size_t k)
{
	const struct rule *rule = cs->rules->list[k];

	ask_voids(cs, k);
	for (size_t i = 0; i < rule->n_forms; i++) {
		const struct formula *f = &rule->forms[i];
		size_t first = cs->n_terms + f->first_term;

		for (const struct node *t = f->last; t != f->anchor;
		     t = t->before) {
			ask_term(cs, k, first + t->term.number, t);
			cs->terms[first + t->term.number] = asked_of(t);
		}
	}
	for (size_t i = 0; i < rule->n_except; i++) {
		begin_ask(cs, ASK_LEFT_OUT, k, i);
		add_need(cs, DIM_ITEM, TEST_MATCH, rule->except[i]);
	}
	for (size_t i = 0; i < rule->n_forms; i++)
		ask_anchor(cs, k, i);
}

void class_begin(struct classes *cs, const struct rules *rules)
{
	size_t n = 0, n_fits = 0;

	class_release(cs);
	cs->rules = rules;
	for (size_t i = 0; i < rules->n; i++)
		n += rule_terms(rules->list[i]);
	cs->first_term = ARENA_ARRAY(&cs->arena, size_t, rules->n);
	cs->terms = ARENA_ARRAY(&cs->arena, struct class_asked, n);
	for (size_t i = 0; i < rules->n; i++) {
		cs->first_term[i] = cs->n_terms;
		if (!rules->list[i]->across)
			ask_rule(cs, i);
		cs->n_terms += rule_terms(rules->list[i]);
	}
	for (int d = 0; d < CLASS_DIMS; d++)
		if (cs->tests[d].n / 64 + 2 > n_fits)
			n_fits = cs->tests[d].n / 64 + 2;
	cs->fits = ARENA_ARRAY(&cs->arena, uint64_t, n_fits);
	cs->spare.rules = ARENA_ARRAY(&cs->arena, struct class_rule, rules->n);
	cs->spare.terms = ARENA_ARRAY(&cs->arena, uint32_t, n);
	cs->spare.voids = ARENA_ARRAY(&cs->arena, uint32_t, rules->n);
	cs->n_words = 1;
	cs->cap_words = 64;
	cs->word = ARENA_ARRAY(&cs->arena, const uint64_t *, cs->cap_words);
}

/* ---- classes ------------------------------------------------------------ */

static bool is_in_years(const struct class_test *t, struct str word)
{
	int64_t year = 0;

	if (word.n && !str_to_int64(word, &year))
		return false;
	return (!t->from || year >= t->from) && (!t->to || year <= t->to);
}

static bool fits(const struct class_test *t, struct str word)
{
	switch (t->how) {
	case TEST_PART:
		return word.n && check_match(t->pattern, word);
	case TEST_NAME:
		return str_equal(t->pattern, STR("-"))
			       ? !word.n
			       : str_equal(t->pattern, word);
	case TEST_YEARS:
		return is_in_years(t, word);
	default:
		return check_match(t->pattern, word);
	}
}

/* By what is asked, whether a word of the dimension has it; fits: by test. */
static const uint64_t *find_asked(struct classes *cs, enum dim dim,
				  const uint64_t *fits)
{
	size_t n = cs->n_asks / 64 + 1;
	uint64_t *asked = arena_alloc_raw(&cs->arena, n * sizeof *asked);

	memset(asked, 0xff, n * sizeof *asked);
	for (size_t i = 0; i < cs->n_need; i++) {
		const struct class_need *x = &cs->need[i];

		if (x->dim == dim && !has_bit(fits, x->test))
			asked[x->ask / 64] &= ~(UINT64_C(1) << x->ask % 64);
	}
	return asked;
}

uint32_t class_word(struct classes *cs, enum dim dim, struct str word)
{
	const struct class_tests *ts = &cs->tests[dim];
	size_t n = ts->n / 64 + 1;
	struct str key = {(const char *)cs->fits, (n + 1) * sizeof *cs->fits};
	void **place;

	if (!ts->n)
		return 0;
	memset(cs->fits, 0, n * sizeof *cs->fits);
	for (size_t i = 0; i < ts->n; i++)
		if (fits(&ts->list[i], word))
			set_bit(cs->fits, i);
	cs->fits[n] = dim;
	place = map_put(&cs->words, key);
	if (!*place) {
		cs->words.entries[cs->words.n - 1].key =
			str_copy(&cs->arena, key);
		cs->word = arena_grow(&cs->arena, (void *)cs->word,
				      &cs->cap_words, cs->n_words + 1,
				      sizeof *cs->word);
		cs->word[cs->n_words] = find_asked(cs, dim, cs->fits);
		*place = (void *)(uintptr_t)cs->n_words++;
	}
	return (uint32_t)(uintptr_t)*place;
}

/* The rule is the last that was added, or new. */
static struct class_rule *put_rule(struct classes *cs, struct check_class *c,
				   uint32_t rule)
{
	struct class_rule *list = cs->spare.rules;

	if (!c->n_rules || list[c->n_rules - 1].rule != rule)
		list[c->n_rules++] = (struct class_rule){rule, 0};
	return &list[c->n_rules - 1];
}

static void take(struct classes *cs, struct check_class *c,
		 const struct class_ask *ask)
{
	uint32_t *voids = cs->spare.voids;

	if (ask->what == ASK_FORM)
		put_rule(cs, c, ask->rule)->forms |= class_form(ask->number);
	else if (ask->what == ASK_TERM)
		cs->spare.terms[c->n_terms++] = ask->number;
	else if (!c->n_voids || voids[c->n_voids - 1] != ask->rule)
		voids[c->n_voids++] = ask->rule;
}

/* What was found, without the room that was left for more. */
static void *keep(struct classes *cs, const void *list, size_t n, size_t size)
{
	return n ? memcpy(arena_array(&cs->arena, n, size), list, n * size)
		 : NULL;
}

/* Up to 64 of what is asked that coordinates have, from number at * 64. */
static uint64_t asked_at(const struct classes *cs,
			 const uint32_t words[CLASS_DIMS], size_t at)
{
	uint64_t bits = UINT64_MAX;

	for (int d = 0; d < CLASS_DIMS; d++)
		if (words[d])
			bits &= cs->word[words[d]][at];
	if ((at + 1) * 64 > cs->n_asks)
		bits &= (UINT64_C(1) << cs->n_asks % 64) - 1;
	return bits;
}

static struct check_class *make_class(struct classes *cs,
				      const uint32_t words[CLASS_DIMS])
{
	struct check_class *c = ARENA_NEW(&cs->arena, struct check_class);
	size_t left_out = SIZE_MAX; /* the rule; its forms come then */

	for (size_t at = 0; at <= cs->n_asks / 64; at++)
		for (uint64_t bits = asked_at(cs, words, at); bits;
		     bits &= bits - 1) {
			const struct class_ask *ask =
				&cs->asks[at * 64 +
					  (size_t)__builtin_ctzll(bits)];

			if (ask->what == ASK_LEFT_OUT)
				left_out = ask->rule;
			else if (ask->rule != left_out)
				take(cs, c, ask);
		}
	c->rules = keep(cs, cs->spare.rules, c->n_rules, sizeof *c->rules);
	c->terms = keep(cs, cs->spare.terms, c->n_terms, sizeof *c->terms);
	c->voids = keep(cs, cs->spare.voids, c->n_voids, sizeof *c->voids);
	return c;
}

struct check_class *class_find(struct classes *cs,
			     const uint32_t words[CLASS_DIMS])
{
	struct str key = {(const char *)words, CLASS_DIMS * sizeof *words};
	void **place = map_put(&cs->list, key);

	if (!*place) {
		struct check_class *c = make_class(cs, words);

		memcpy(c->words, words, key.n);
		cs->list.entries[cs->list.n - 1].key.p =
			(const char *)c->words;
		*place = c;
	}
	return *place;
}
