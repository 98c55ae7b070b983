/*
 * The numbers of a document's facts are dense, so findings are counted by them;
 * what begins with the same fact is compared.
 */
#include "check/order.h"

#include "base/sort.h"

static int compare_findings(const void *a, const void *b)
{
	const struct check_finding *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return str_compare(x->id, y->id);
}

static void sort(struct check_finding *list, size_t n)
{
	sort_short(list, n, sizeof *list, compare_findings);
}

/* Whether the numbers of facts are so dense that they can be counted. */
static bool are_dense(const struct check *c)
{
	enum { SPARSE = 16 };
	int64_t most = (int64_t)(c->facts.n + c->n_findings) * SPARSE;

	if (c->last_n > most)
		return false;
	for (size_t i = 0; i < c->n_findings; i++)
		if (c->findings[i].first < 0 ||
		    c->findings[i].first > c->last_n)
			return false;
	return true;
}

void order_findings(struct check *c)
{
	size_t n = c->n_findings, most = (size_t)c->last_n;
	uint32_t *end; /* findings are fewer than that */
	struct check_finding *list;

	if (!n || !are_dense(c)) {
		sort(c->findings, n);
		return;
	}
	/* counted by their facts, few have to be compared */
	end = ARENA_ARRAY(c->arena, uint32_t, most + 2);
	list = arena_alloc_raw(c->arena, n * sizeof *list);
	for (size_t i = 0; i < n; i++)
		end[c->findings[i].first + 1]++;
	for (size_t i = 0; i <= most; i++)
		end[i + 1] += end[i];
	for (size_t i = 0; i < n; i++)
		list[end[c->findings[i].first]++] = c->findings[i];
	for (size_t i = 0, from = 0; i <= most; from = end[i++])
		if (end[i] > from + 1)
			sort(list + from, end[i] - from);
	c->findings = list;
	c->cap_findings = n;
}
