/*
 * For random archives A and B the changes of A against B, applied to A's
 * level facts, give B's; A against A is empty. What an archive says of a
 * coordinate is found here by a plain search, apart from the diff's own.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff/diff.h"

enum { MAX_FACTS = 400, N_ROUNDS = 300, MAX_DOCS = 24 };

struct archive {
	struct bud_document docs[MAX_DOCS];
	size_t n_docs;
	struct bud_fact facts[MAX_FACTS];
	size_t owner[MAX_FACTS]; /* index into docs */
	size_t n;
};

/* The resolved level facts: coordinates as text, and a value. */
struct known {
	char key[160];
	int64_t value;
};

struct levels {
	struct known list[4 * MAX_FACTS];
	size_t n;
};

static uint64_t state;

static unsigned roll(unsigned sides)
{
	state = state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (unsigned)(state >> 33) % sides;
}

static struct str pick(const struct str *list, unsigned n)
{
	return list[roll(n)];
}

static const struct str ENTITIES[] = {STR_INIT("甲局"), STR_INIT("乙局"),
				      STR_INIT("丙局")};
static const struct str ITEMS[] = {STR_INIT("revenue"), STR_INIT("expenditure"),
				   STR_INIT("expenditure_total"),
				   STR_INIT("three_public")};
static const struct str FUNDS[] = {{NULL, 0}, {NULL, 0}, STR_INIT("general"),
				   STR_INIT("fiscal")};
static const struct str FUNCTIONS[] = {{NULL, 0}, {NULL, 0}, STR_INIT("201"),
				       STR_INIT("20103"), STR_INIT("2010301")};
static const struct str NATURES[] = {{NULL, 0}, {NULL, 0}, STR_INIT("basic"),
				     STR_INIT("basic.staff")};
static const struct str IDS[] = {
	STR_INIT("00"), STR_INIT("01"), STR_INIT("02"), STR_INIT("03"),
	STR_INIT("04"), STR_INIT("05"), STR_INIT("06"), STR_INIT("07"),
	STR_INIT("08"), STR_INIT("09"), STR_INIT("10"), STR_INIT("11"),
	STR_INIT("12"), STR_INIT("13"), STR_INIT("14"), STR_INIT("15"),
	STR_INIT("16"), STR_INIT("17"), STR_INIT("18"), STR_INIT("19"),
	STR_INIT("20"), STR_INIT("21"), STR_INIT("22"), STR_INIT("23"),
};

static void add_fact(struct archive *a, size_t doc, int back)
{
	struct bud_fact *f = &a->facts[a->n];

	if (a->n == MAX_FACTS)
		return;
	*f = (struct bud_fact){.doc = a->docs[doc].doc,
			       .n = (int64_t)a->n + 1,
			       .span_start = -1};
	f->at.year = a->docs[doc].year - back;
	f->at.phase = a->docs[doc].phase;
	f->at.item = pick(ITEMS, 4);
	f->at.fund = pick(FUNDS, 4);
	f->at.function = pick(FUNCTIONS, 5);
	f->at.nature = pick(NATURES, 4);
	f->value = (int64_t)roll(5) * 1000 + roll(3);
	f->quantum = roll(2) ? 10000 : 1;
	f->origin = (enum origin)roll(4);
	a->owner[a->n++] = doc;
}

/* Documents of the years from first on, one a year, phase and entity, some
 * left out; with levels of the year before where prior. */
static void make_archive(struct archive *a, int first, int years, bool prior,
			 bool gaps)
{
	a->n = a->n_docs = 0;
	for (size_t e = 0; e < 3; e++)
		for (int y = 0; y < years; y++)
			for (int p = 0; p < 2; p++) {
				size_t doc = a->n_docs;

				if (gaps && roll(4) == 0)
					continue;
				a->docs[a->n_docs++] = (struct bud_document){
					.doc = IDS[doc],
					.entity = ENTITIES[e],
					.year = first + y,
					.phase = p ? PHASE_APPROVED
						   : PHASE_EXECUTED};
				for (unsigned i = 1 + roll(12); i; i--)
					add_fact(a, doc, prior && !roll(3));
			}
}

static void put_key(char *key, size_t size, struct str entity,
		    const struct coordinates *at)
{
	snprintf(key, size, "%.*s|%.*s|%.*s|%.*s|%.*s|%d|%d", STR_ARG(entity),
		 STR_ARG(at->item), STR_ARG(at->fund), STR_ARG(at->function),
		 STR_ARG(at->nature), at->year, (int)at->phase);
}

/* The order of trust, written out once more. */
static bool beats(const struct archive *a, size_t x, size_t y)
{
	const struct bud_fact *f = &a->facts[x], *g = &a->facts[y];
	int fy = a->docs[a->owner[x]].year, gy = a->docs[a->owner[y]].year;
	bool own_f = fy == f->at.year, own_g = gy == g->at.year;
	bool derived_f = f->origin == ORIGIN_DERIVED;
	bool derived_g = g->origin == ORIGIN_DERIVED;
	bool table_f = f->origin == ORIGIN_TABLE;
	bool table_g = g->origin == ORIGIN_TABLE;

	if (own_f != own_g)
		return own_f;
	if (derived_f != derived_g)
		return derived_g;
	if ((f->origin == ORIGIN_STATEMENT) != (g->origin == ORIGIN_STATEMENT))
		return g->origin == ORIGIN_STATEMENT;
	if (f->quantum != g->quantum)
		return f->quantum < g->quantum;
	if (table_f != table_g)
		return table_f;
	return fy != gy ? fy > gy : f->n < g->n;
}

static struct known *find_level(struct levels *l, const char *key)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->list[i].key, key))
			return &l->list[i];
	return NULL;
}

static void set_level(struct levels *l, const char *key, int64_t value)
{
	struct known *at = find_level(l, key);

	if (!at)
		at = &l->list[l->n++];
	snprintf(at->key, sizeof at->key, "%s", key);
	at->value = value;
}

static void resolve(const struct archive *a, struct levels *out)
{
	out->n = 0;
	for (size_t i = 0; i < a->n; i++) {
		char key[160], other[160];
		bool best = true;

		put_key(key, sizeof key, a->docs[a->owner[i]].entity,
			&a->facts[i].at);
		for (size_t k = 0; k < a->n && best; k++) {
			put_key(other, sizeof other,
				a->docs[a->owner[k]].entity, &a->facts[k].at);
			best = k == i || strcmp(key, other) || beats(a, i, k);
		}
		if (best)
			set_level(out, key, a->facts[i].value);
	}
}

static int compare_levels(const void *x, const void *y)
{
	return strcmp(((const struct known *)x)->key,
		      ((const struct known *)y)->key);
}

static bool same_levels(struct levels *a, struct levels *b)
{
	qsort(a->list, a->n, sizeof *a->list, compare_levels);
	qsort(b->list, b->n, sizeof *b->list, compare_levels);
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->list[i].key, b->list[i].key) ||
		    a->list[i].value != b->list[i].value)
			return false;
	return true;
}

/* What the records ask for: levels to take away, then levels to set. */
struct edits {
	struct levels gone, set;
	size_t n_told; /* records that are not "same" */
	bool same_too;
};

static void take_change(void *ctx, const struct bud_change *c)
{
	struct edits *e = ctx;
	struct coordinates at = {.item = c->item,
				 .fund = c->fund,
				 .function = c->function,
				 .nature = c->nature};
	char key[160];

	e->n_told += !str_equal(c->status, STR("same"));
	if (c->has_from) {
		at.year = c->from_year;
		at.phase = c->from_phase;
		put_key(key, sizeof key, c->entity, &at);
		e->gone.list[e->gone.n].value = 0;
		snprintf(e->gone.list[e->gone.n++].key, 160, "%s", key);
	}
	if (c->has_to) {
		at.year = c->to_year;
		at.phase = c->to_phase;
		put_key(key, sizeof key, c->entity, &at);
		e->set.list[e->set.n].value = c->to_value;
		snprintf(e->set.list[e->set.n++].key, 160, "%s", key);
	}
}

static void take_archive(struct diff *d, unsigned side,
			 const struct archive *a)
{
	for (size_t i = 0; i < a->n_docs; i++)
		diff_take_document(d, side, &a->docs[i]);
	for (size_t i = 0; i < a->n; i++)
		diff_take_fact(d, side, &a->facts[i]);
}

/* Every second time what is new comes by way of a diff of its own. */
static void run_diff(const struct archive *a, const struct archive *b,
		     struct edits *e)
{
	static bool joined;
	struct diff_options o = {.two_sides = true, .same = e->same_too};
	struct crosswalk cross = {0};
	const struct diff_sink sink = {.take = take_change, .ctx = e};
	struct diff d, newer;

	joined = !joined;
	diff_init(&d, &o, &cross);
	diff_init(&newer, &o, &cross);
	take_archive(&d, 0, a);
	take_archive(joined ? &newer : &d, 1, b);
	diff_join(&d, &newer);
	cr_assert(diff_run(&d, &sink, 1));
	diff_release(&d);
	crosswalk_release(&cross);
}

static bool gives_b(const struct archive *a, const struct archive *b,
		    bool same_too)
{
	static struct levels from, to;
	static struct edits e;

	e.gone.n = e.set.n = e.n_told = 0;
	e.same_too = same_too;
	resolve(a, &from);
	resolve(b, &to);
	run_diff(a, b, &e);
	for (size_t i = 0; i < e.gone.n; i++) {
		struct known *l = find_level(&from, e.gone.list[i].key);

		if (l)
			*l = from.list[--from.n];
	}
	for (size_t i = 0; i < e.set.n; i++)
		set_level(&from, e.set.list[i].key, e.set.list[i].value);
	return same_levels(&from, &to);
}

/* B is A with some values, facts and documents changed. */
static void mutate(const struct archive *a, struct archive *b)
{
	size_t kept = 0;

	*b = *a;
	for (size_t i = 0; i < b->n; i++) {
		if (roll(10) == 0)
			continue;
		b->facts[kept] = b->facts[i];
		b->owner[kept] = b->owner[i];
		if (roll(10) == 0)
			b->facts[kept].value += 1 + (int64_t)roll(20000);
		kept++;
	}
	b->n = kept;
	for (unsigned i = roll(20); i && b->n_docs; i--)
		add_fact(b, roll((unsigned)b->n_docs), 0);
}

Test(property, changes_of_one_time_give_the_other_archive)
{
	static struct archive a, b;

	for (unsigned round = 0; round < N_ROUNDS; round++) {
		state = round;
		/* levels of the year before are compared as such only where
		 * the documents are of the same years */
		make_archive(&a, 2021, 3, round & 1, !(round & 1));
		if (round & 2)
			make_archive(&b, 2021, 3, round & 1, !(round & 1));
		else
			mutate(&a, &b);
		/* where a phase has no year in common it compares across */
		cr_expect(gives_b(&a, &b, (round & 2) && !(round & 1)),
			  "round %u", round);
	}
}

Test(property, changes_across_years_give_the_other_archive)
{
	static struct archive a, b;

	for (unsigned round = 0; round < N_ROUNDS; round++) {
		state = 1000 + round;
		make_archive(&a, 2021, 1 + (int)roll(2), false, round & 1);
		make_archive(&b, 2023, 1 + (int)roll(2), false, round & 1);
		cr_expect(gives_b(&a, &b, true), "round %u", round);
	}
}

Test(property, an_archive_does_not_differ_from_itself)
{
	static struct archive a;
	static struct edits e;

	for (unsigned round = 0; round < N_ROUNDS; round++) {
		state = 2000 + round;
		make_archive(&a, 2021, 3, round & 1, true);
		e.gone.n = e.set.n = e.n_told = 0;
		e.same_too = round & 2;
		run_diff(&a, &a, &e);
		cr_expect_eq(e.n_told, 0, "round %u: %zu", round, e.n_told);
	}
}
