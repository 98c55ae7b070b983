/*
 * A side of an identity in little room: nearly always it is values of one scale
 * with their quanta, added up, and three fractions of 128 bits would be ten
 * times as much for each of the instances of a document.
 */
#ifndef BUD_CHECK_SIDE_H
#define BUD_CHECK_SIDE_H

#include "check/ratio.h"
#include "check/rule.h"

struct side {
	struct tally sum;           /* scale 0: not such */
	const struct quantity *any; /* then; NULL is nothing at all */
};

/* What a node of a formula comes to, before it is a side. */
struct operand {
	struct tally sum;  /* scale 0: not such */
	struct quantity q; /* then */
};

/* A number, as a sum of the scale where it can be. */
void side_set_number(struct ratio number, int64_t scale, struct operand *out);

/* Sums of one scale, added or subtracted; false where they are no such. */
bool side_pair_sums(enum node_kind kind, const struct tally *a,
		    const struct tally *b, struct tally *out);

/* quantity_add() and so on, as the node says; no division by nothing. */
bool side_pair(enum node_kind kind, const struct quantity *a,
	       const struct quantity *b, struct quantity *out);

/* What quantity_make() makes of a sum, or what the side is else. False where
 * 128 bits do not hold it. */
bool side_quantity(const struct side *s, struct quantity *out);

static inline struct ratio side_point(const struct side *s)
{
	return s->sum.scale ? (struct ratio){s->sum.value, s->sum.scale}
	       : s->any	    ? s->any->point
			    : ratio_of(0);
}

/* Whether both are sums of one scale. */
static inline bool side_are_alike(const struct side *a, const struct side *b)
{
	return a->sum.scale && a->sum.scale == b->sum.scale;
}

static inline bool side_operand_quantity(const struct operand *o,
					 struct quantity *out)
{
	return side_quantity(&(struct side){o->sum, &o->q}, out);
}

/* ratio_compare() and ratio_subtract() of their nominal values. */
bool side_compare_any(const struct side *a, const struct side *b, int *out);
static inline bool side_compare(const struct side *a, const struct side *b,
				int *out)
{
	int64_t x = a->sum.value, y = b->sum.value;

	if (!side_are_alike(a, b))
		return side_compare_any(a, b, out);
	*out = (x > y) - (x < y);
	return true;
}
bool side_subtract(const struct side *a, const struct side *b,
		   struct ratio *out);

/* Whether the intervals of two quantities stand in the relation; true, too,
 * where that cannot be told. */
bool side_meet_any(const struct quantity *left, const struct quantity *right,
		   enum relation relation);

/* The same of sides. */
bool side_meet(const struct side *left, const struct side *right,
	       enum relation relation);

/* quantity_gap() */
bool side_gap(const struct side *left, const struct side *right, int64_t scale,
	      struct gap *out);

#endif
