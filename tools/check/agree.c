/* Two values agree when they differ by at most half of both quanta. */
#include "check/agree.h"

#include <stdlib.h>
#include <string.h>

static ratio_wide distance(int64_t a, int64_t b)
{
	ratio_wide d = (ratio_wide)a - b;

	return d < 0 ? -d : d;
}

static bool agrees(int64_t a, int64_t quantum_a, int64_t b, int64_t quantum_b)
{
	return distance(a, b) * 2 <= (ratio_wide)quantum_a + quantum_b;
}

static bool agree_two(const struct check_fact *a, const struct check_fact *b)
{
	return agrees(a->f.value, a->f.quantum, b->f.value, b->f.quantum);
}

/* The coarser value is the finer one with digits cut off. */
static bool agree_cut(const struct check_fact *a, const struct check_fact *b)
{
	const struct check_fact *coarse = a->f.quantum > b->f.quantum ? a : b;
	const struct check_fact *fine = coarse == a ? b : a;
	ratio_wide gap = (ratio_wide)fine->f.value - coarse->f.value;

	if (fine->f.quantum == coarse->f.quantum)
		return false;
	if (coarse->f.value < 0)
		gap = -gap;
	return gap >= 0 && gap < coarse->f.quantum;
}

static void swap(const struct check_fact **a, const struct check_fact **b)
{
	const struct check_fact *t = *a;

	*a = *b;
	*b = t;
}

static int compare_numbers(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

/* By quantum, then by value. */
static int compare_facts(const void *a, const void *b)
{
	const struct bud_fact *x = &(*(const struct check_fact *const *)a)->f;
	const struct bud_fact *y = &(*(const struct check_fact *const *)b)->f;

	if (x->quantum != y->quantum)
		return compare_numbers(x->quantum, y->quantum);
	return compare_numbers(x->value, y->value);
}

/* How many of a sorted list are below, or at most, a quantum and a value. */
static size_t count_below(const struct check_fact **m, size_t n,
			  int64_t quantum, int64_t value, bool equal)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct bud_fact *f = &m[middle]->f;
		int c = compare_numbers(f->quantum, quantum);

		if (!c)
			c = compare_numbers(f->value, value);
		if (c < 0 || (equal && !c))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* How many facts of a sorted list agree with one: few quanta are used. */
static size_t count_votes(const struct check_fact **m, size_t n,
			  const struct check_fact *of)
{
	size_t votes = 0;

	for (size_t i = 0; i < n;) {
		int64_t quantum = m[i]->f.quantum;
		/* values and quanta are below 10^17 */
		int64_t most = (quantum + of->f.quantum) / 2;

		votes += count_below(m, n, quantum, of->f.value + most, true) -
			 count_below(m, n, quantum, of->f.value - most, false);
		i = count_below(m, n, quantum, INT64_MAX, true);
	}
	return votes;
}

/* The fact that most others agree with, the trusted one of several. */
static size_t find_main(const struct check_facts *fs,
			const struct check_fact **m, size_t n)
{
	const struct check_fact **sorted;
	size_t best = 0, most = 0;

	if (n == 2)
		return facts_trusted(m[1], m[0]);
	sorted = arena_alloc_raw(fs->arena, n * sizeof *sorted);
	memcpy(sorted, m, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, compare_facts);
	for (size_t i = 0; i < n; i++) {
		size_t votes = count_votes(sorted, n, m[i]);

		if (votes > most ||
		    (votes == most && facts_trusted(m[i], m[best]))) {
			most = votes;
			best = i;
		}
	}
	return best;
}

static enum outcome sort_facts(const struct check_facts *fs,
			       const struct check_fact **m, size_t n)
{
	size_t far = 1;
	bool cut = true, fail = false;

	swap(&m[0], &m[find_main(fs, m, n)]);
	for (size_t i = 1; i < n; i++) {
		bool here = agree_two(m[0], m[i]);
		bool there = agree_two(m[0], m[far]);
		ratio_wide gap = distance(m[0]->f.value, m[i]->f.value);

		if (!here) {
			fail = true;
			cut = cut && agree_cut(m[0], m[i]);
		}
		if ((there && !here) ||
		    (here == there &&
		     gap > distance(m[0]->f.value, m[far]->f.value)))
			far = i;
	}
	swap(&m[1], &m[far]);
	if (fail)
		return cut ? OUTCOME_TRUNCATION : OUTCOME_FAIL;
	return m[0]->f.value == m[1]->f.value ? OUTCOME_EXACT
					      : OUTCOME_ROUNDING;
}

bool agree_facts(const struct check_facts *fs, const struct rule *rule,
		 const struct formula *form, const struct check_fact *anchor,
		 struct instance *out)
{
	const struct check_chain *ch = anchor->chain;
	const struct check_fact **m;
	size_t n = 0;

	if (ch->n < 2 || ch->list[0] != anchor->index)
		return false;
	m = arena_alloc_raw(fs->arena, ch->n * sizeof *m);
	for (size_t i = 0; i < ch->n; i++) {
		const struct check_fact *f = fs->list[ch->list[i]];

		if ((fs->across || f->f.origin != ORIGIN_DERIVED) &&
		    f->f.unit == anchor->f.unit && !f->split)
			m[n++] = f;
	}
	if (n < 2)
		return false;
	*out = (struct instance){.rule = rule, .form = form,
				 .unit = anchor->f.unit, .known = (uint32_t)n};
	out->outcome = sort_facts(fs, m, n);
	out->anchor = m[0];
	out->bindings = ARENA_NEW(fs->arena, struct binding);
	*out->bindings = (struct binding){form->left, m, n};
	out->n_bindings = 1;
	return true;
}

size_t agree_count(const struct instance *in, size_t most)
{
	const struct binding *b = in->bindings;
	size_t n = 0;

	for (size_t i = 0; i < b->n && n < most; i++) {
		size_t k = i; /* mostly the one before is like it */

		while (k && !agree_two(b->facts[k - 1], b->facts[i]))
			k--;
		n += !k;
	}
	return n;
}

/* All agree where no interval begins behind the end of another. */
bool agree_again(const struct instance *in, const struct guess *guess)
{
	const struct binding *b = in->bindings;
	ratio_wide start = 0, end = 0;

	for (size_t i = 0; i < b->n; i++) {
		ratio_wide twice =
			2 * (ratio_wide)again_value(guess, b->facts[i]);
		int64_t quantum = b->facts[i]->f.quantum;

		if (!i || twice - quantum > start)
			start = twice - quantum;
		if (!i || twice + quantum < end)
			end = twice + quantum;
	}
	return start <= end;
}
