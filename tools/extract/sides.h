/*
 * The two sides of a budget, as the files that complete a phrase need them:
 * which side an item is of, its total, the mention's coordinates on a side.
 */
#ifndef BUD_EXTRACT_SIDES_H
#define BUD_EXTRACT_SIDES_H

#include "extract/narrative.h"

#define REVENUE STR("revenue")
#define EXPENDITURE STR("expenditure")
#define REVENUE_TOTAL STR("revenue_total")
#define EXPENDITURE_TOTAL STR("expenditure_total")

/* revenue and expenditure are the two sides, with and without balances. */
static inline int side_of(struct str item)
{
	if (str_equal(item, REVENUE) || str_equal(item, REVENUE_TOTAL) ||
	    str_equal(item, STR("carryover_in")) ||
	    str_equal(item, STR("reserves_used")))
		return 1;
	if (str_equal(item, EXPENDITURE) ||
	    str_equal(item, EXPENDITURE_TOTAL) ||
	    str_equal(item, STR("carryover_out")) ||
	    str_equal(item, STR("surplus_allocation")))
		return 2;
	return 0;
}

static inline bool is_balance(struct str item)
{
	return str_starts(item, STR("carryover"));
}

static inline bool is_total(struct str item)
{
	return str_equal(item, REVENUE_TOTAL) ||
	       str_equal(item, EXPENDITURE_TOTAL);
}

static inline struct str with_total(struct str item)
{
	if (str_equal(item, REVENUE))
		return REVENUE_TOTAL;
	if (str_equal(item, EXPENDITURE))
		return EXPENDITURE_TOTAL;
	return item;
}

static inline bool is_part(const struct subject *s)
{
	return s->function.n || s->economic.n || s->nature.n;
}

static inline const struct frame *open_frame(const struct narrative *n)
{
	return n->n_frames ? &n->frames[n->n_frames - 1] : NULL;
}

/* The coordinates on the same side as the item, or NULL. */
static inline const struct coordinates *
same_side(const struct mention *m, struct str item)
{
	for (size_t i = 0; i < m->n; i++)
		if (side_of(m->at[i].item) == side_of(item) &&
		    side_of(item))
			return &m->at[i];
	return NULL;
}

static inline void inherit(struct str *at, struct str from)
{
	if (!at->n)
		*at = from;
}

/* The whole that a part without fund of its own belongs to, or NULL; economic:
 * the part is an economic class. */
const struct coordinates *resolve_whole(const struct narrative *n,
					struct str item, bool economic);

/* Completes what has neither item nor part; false: nothing fits. */
bool resolve_bare(const struct narrative *n, const struct subject *s,
		  bool level, struct mention *out);

#endif
