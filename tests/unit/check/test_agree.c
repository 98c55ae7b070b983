/*
 * Properties: what is told by counting and sorting is what holding each fact
 * against each other tells. The seed is fixed.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "check/agree.h"
#include "check/split.h"

enum { MOST = 40, ROUNDS = 3000 };

struct room {
	struct arena arena;
	struct rules rules;
	struct known known;
	struct check_facts facts;
};

static size_t below(uint64_t *state, size_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (size_t)(*state >> 11) % n;
}

/* Facts of one coordinate, in prose and in the rows of two tables. */
static void make_facts(struct room *r, uint64_t *state)
{
	static const int64_t quanta[] = {0, 1, 1, 100, 10000};
	size_t n = 2 + below(state, MOST - 2), values = 1 + below(state, 4);
	size_t rows = 1 + below(state, 8), step = 1 + below(state, 120);
	char cells[MOST][32];

	known_begin(&r->known, &r->rules);
	facts_init(&r->facts, &r->arena, &r->known);
	for (size_t i = 0; i < n; i++) {
		struct bud_fact f = {
			.doc = STR("d"), .n = (int64_t)i + 1,
			.at = {.year = 2023, .phase = PHASE_APPROVED,
			       .item = STR("expenditure"), .kind = KIND_LEVEL},
			.value = (int64_t)(below(state, values) * step),
			.quantum = quanta[below(state, 5)],
			.origin = ORIGIN_TEXT, .line = (int64_t)i + 1,
		};

		if (below(state, 4)) {
			snprintf(cells[i], sizeof cells[i], "t%zu.r%zu.c%zu",
				 below(state, 2), below(state, rows), i);
			if (!below(state, 9))
				cells[i][2] = '\0'; /* of no row */
			f.cell = str_copy(&r->arena, str_of(cells[i]));
			f.origin = ORIGIN_TABLE;
		}
		facts_add(&r->facts, &f);
	}
}

static void leave(struct room *r)
{
	facts_release(&r->facts);
	known_release(&r->known);
	arena_release(&r->arena);
}

static bool is_repeated(const struct check_facts *fs,
			const struct check_fact *a, const struct check_fact *b)
{
	size_t n = 0, like_a = 0, like_b = 0;

	for (size_t i = 0; i < fs->n; i++) {
		if (!facts_same_row(a, fs->list[i]))
			continue;
		n++;
		like_a += fs->list[i]->f.value == a->f.value;
		like_b += fs->list[i]->f.value == b->f.value;
	}
	return n > 2 && (like_a + 1 == n || like_b + 1 == n);
}

static bool is_split(const struct check_facts *fs, const struct check_fact *a)
{
	for (size_t i = 0; i < fs->n; i++) {
		const struct check_fact *b = fs->list[i];

		if (a->table && a->table == b->table &&
		    a->f.value != b->f.value &&
		    !(facts_same_row(a, b) && is_repeated(fs, a, b)))
			return true;
	}
	return false;
}

Test(split, is_what_pairs_tell)
{
	uint64_t state = 88172645463325252;
	size_t split = 0, whole = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct room r = {0};

		make_facts(&r, &state);
		split_note(&r.facts);
		for (size_t i = 0; i < r.facts.n; i++) {
			bool want = is_split(&r.facts, r.facts.list[i]);

			cr_assert(r.facts.list[i]->split == want,
				  "round %d, fact %zu", round, i);
			split += want;
			whole += !want;
		}
		leave(&r);
	}
	cr_expect(split > 1000 && whole > 1000);
}

static bool agree(const struct check_fact *a, const struct check_fact *b)
{
	int64_t d = a->f.value - b->f.value;

	return 2 * (d < 0 ? -d : d) <= a->f.quantum + b->f.quantum;
}

/* The fact that most agree with, the trusted one of several. */
static const struct check_fact *find_main(const struct check_facts *fs)
{
	const struct check_fact *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < fs->n; i++) {
		size_t votes = 0;

		for (size_t k = 0; k < fs->n; k++)
			votes += !fs->list[k]->split &&
				 agree(fs->list[i], fs->list[k]);
		if (!fs->list[i]->split &&
		    (votes > most ||
		     (votes == most && facts_trusted(fs->list[i], best)))) {
			most = votes;
			best = fs->list[i];
		}
	}
	return best;
}

static bool all_agree(const struct check_facts *fs)
{
	for (size_t i = 0; i < fs->n; i++)
		for (size_t k = 0; k < i; k++)
			if (!fs->list[i]->split && !fs->list[k]->split &&
			    !agree(fs->list[i], fs->list[k]))
				return false;
	return true;
}

Test(agree, the_main_fact_and_whether_all_agree_is_what_pairs_tell)
{
	static const struct rule rule = {0};
	static const struct formula form = {.relation = RELATION_AGREE};
	const struct guess none = {NULL, 0, false};
	uint64_t state = 362436069;
	size_t found = 0, agreed = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct room r = {0};
		struct instance in;

		make_facts(&r, &state);
		split_note(&r.facts);
		if (agree_facts(&r.facts, &rule, &form, r.facts.list[0], &in)) {
			bool all = all_agree(&r.facts);

			cr_assert(in.anchor == find_main(&r.facts), "round %d",
				  round);
			cr_assert(agree_again(&in, &none) == all, "round %d",
				  round);
			cr_assert((agree_count(&in, MOST) == 1) == all ||
				  !all);
			found++;
			agreed += all;
		}
		leave(&r);
	}
	cr_expect(found > 1000 && agreed > 100 && agreed < found);
}
