/* Two values agree when they differ by at most half of both quanta. */
#include "check/agree.h"

/*
 * One row that states a coordinate three times and more (支出总计 once for
 * each side of a table) repeats it, where all but one of them agree.
 */
static bool is_repeated(const struct check_facts *fs,
			const struct check_chain *ch,
			const struct check_fact *a, const struct check_fact *b)
{
	size_t n = 0, like_a = 0, like_b = 0;

	for (size_t i = 0; i < ch->n; i++) {
		const struct check_fact *o = fs->list[ch->list[i]];

		if (!facts_same_row(a, o))
			continue;
		n++;
		like_a += o->f.value == a->f.value;
		like_b += o->f.value == b->f.value;
	}
	return n > 2 && (like_a + 1 == n || like_b + 1 == n);
}

bool agree_is_split(const struct check_facts *fs, const struct check_chain *ch,
		    const struct check_fact *a, const struct check_fact *b)
{
	return a->table && a->table == b->table && a->f.value != b->f.value &&
	       !(facts_same_row(a, b) && is_repeated(fs, ch, a, b));
}

static bool is_split(const struct check_facts *fs, const struct check_chain *ch,
		     const struct check_fact *f)
{
	for (size_t i = 0; i < ch->n; i++)
		if (agree_is_split(fs, ch, f, fs->list[ch->list[i]]))
			return true;
	return false;
}

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

/* The fact that most others agree with, the trusted one of several. */
static size_t find_main(const struct check_fact **m, size_t n)
{
	size_t best = 0, most = 0;

	for (size_t i = 0; i < n; i++) {
		size_t votes = 0;

		for (size_t k = 0; k < n; k++)
			votes += agree_two(m[i], m[k]);
		if (votes > most ||
		    (votes == most && facts_trusted(m[i], m[best]))) {
			most = votes;
			best = i;
		}
	}
	return best;
}

static enum outcome sort_facts(const struct check_fact **m, size_t n)
{
	size_t far = 1;
	bool cut = true, fail = false;

	swap(&m[0], &m[find_main(m, n)]);
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
	m = ARENA_ARRAY(fs->arena, const struct check_fact *, ch->n);
	for (size_t i = 0; i < ch->n; i++) {
		const struct check_fact *f = fs->list[ch->list[i]];

		if ((fs->across || f->f.origin != ORIGIN_DERIVED) &&
		    f->f.unit == anchor->f.unit && !is_split(fs, ch, f))
			m[n++] = f;
	}
	if (n < 2)
		return false;
	*out = (struct instance){.rule = rule, .form = form,
				 .unit = anchor->f.unit, .known = n};
	out->outcome = sort_facts(m, n);
	out->anchor = m[0];
	out->bindings = ARENA_NEW(fs->arena, struct binding);
	*out->bindings = (struct binding){form->left, m, n};
	out->n_bindings = 1;
	return true;
}

size_t agree_count(const struct instance *in)
{
	const struct binding *b = in->bindings;
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		size_t k = 0;

		while (k < i && !agree_two(b->facts[k], b->facts[i]))
			k++;
		n += k == i;
	}
	return n;
}

bool agree_again(const struct instance *in, const struct guess *guess)
{
	const struct binding *b = in->bindings;

	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < i; k++) {
			const struct check_fact *x = b->facts[i];
			const struct check_fact *y = b->facts[k];

			if (!agrees(again_value(guess, x), x->f.quantum,
				    again_value(guess, y), y->f.quantum))
				return false;
		}
	return true;
}
