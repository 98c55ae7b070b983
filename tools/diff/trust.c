/* One list of rules serves the comparison and its explanation. */
#include "diff/trust.h"

typedef int trust_rule(const struct diff_table *, const struct diff_row *,
		       const struct diff_row *);

static int sign(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_distance(const struct diff_table *t, const struct diff_row *a,
		       const struct diff_row *b)
{
	return sign(table_distance(t, a), table_distance(t, b));
}

static int by_derivation(const struct diff_table *t, const struct diff_row *a,
			 const struct diff_row *b)
{
	(void)t;
	return sign(a->origin == ORIGIN_DERIVED, b->origin == ORIGIN_DERIVED);
}

static int by_doubt(const struct diff_table *t, const struct diff_row *a,
		    const struct diff_row *b)
{
	(void)t;
	return sign(a->flags & ROW_DOUBT, b->flags & ROW_DOUBT);
}

static int by_approximation(const struct diff_table *t,
			    const struct diff_row *a, const struct diff_row *b)
{
	(void)t;
	return sign(a->flags & ROW_APPROX, b->flags & ROW_APPROX);
}

/* A zero said in words has no quantum, so it would win over every figure. */
static int by_figure(const struct diff_table *t, const struct diff_row *a,
		     const struct diff_row *b)
{
	(void)t;
	return sign(a->origin == ORIGIN_STATEMENT,
		    b->origin == ORIGIN_STATEMENT);
}

static int by_quantum(const struct diff_table *t, const struct diff_row *a,
		      const struct diff_row *b)
{
	(void)t;
	return sign(a->quantum, b->quantum);
}

static int by_table(const struct diff_table *t, const struct diff_row *a,
		    const struct diff_row *b)
{
	(void)t;
	return sign(a->origin != ORIGIN_TABLE, b->origin != ORIGIN_TABLE);
}

static int by_publication(const struct diff_table *t, const struct diff_row *a,
			  const struct diff_row *b)
{
	const struct diff_doc *x = &t->docs[a->doc], *y = &t->docs[b->doc];

	if (x->year != y->year)
		return sign(y->year, x->year);
	if (x->side != y->side)
		return sign(y->side, x->side);
	if (x->order != y->order)
		return sign(y->order, x->order);
	return str_compare(y->id, x->id);
}

static int by_number(const struct diff_table *t, const struct diff_row *a,
		     const struct diff_row *b)
{
	(void)t;
	return sign(a->n, b->n);
}

/* The same number twice in one document: a broken stream, but the same
 * choice on every run. */
static int by_rest(const struct diff_table *t, const struct diff_row *a,
		   const struct diff_row *b)
{
	if (a->value != b->value)
		return sign(a->value, b->value);
	if (a->origin != b->origin)
		return sign(a->origin, b->origin);
	return str_compare(words_text(&t->scopes, a->scope),
			   words_text(&t->scopes, b->scope));
}

static const struct {
	trust_rule *rule;
	struct str words;
} RULES[] = {
	{by_distance, STR_INIT("own document over another")},
	{by_derivation, STR_INIT("stated over derived")},
	{by_doubt, STR_INIT("certain over doubtful")},
	{by_approximation, STR_INIT("exact over approximate")},
	{by_figure, STR_INIT("figure over words")},
	{by_quantum, STR_INIT("finer quantum")},
	{by_table, STR_INIT("table over text")},
	{by_publication, STR_INIT("later publication")},
	{by_number, STR_INIT("first in document")},
	{by_rest, STR_INIT("lower value")},
};

enum { N_RULES = sizeof RULES / sizeof *RULES };

int trust_compare(const struct diff_table *t, const struct diff_row *a,
		  const struct diff_row *b)
{
	int c = 0;

	for (size_t i = 0; i < N_RULES && !c; i++)
		c = RULES[i].rule(t, a, b);
	return c;
}

struct str trust_reason(const struct diff_table *t, const struct diff_row *a,
			const struct diff_row *b)
{
	for (size_t i = 0; i < N_RULES; i++)
		if (RULES[i].rule(t, a, b))
			return RULES[i].words;
	return (struct str){NULL, 0};
}
