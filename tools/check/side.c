/* Of sums of one scale all is told in whole numbers. */
#include "check/side.h"

bool side_quantity(const struct side *s, struct quantity *out)
{
	if (s->sum.scale)
		return quantity_make(s->sum.value, s->sum.quantum,
				     s->sum.scale, out);
	if (s->any)
		*out = *s->any;
	else
		*out = (struct quantity){ratio_of(0), ratio_of(0), ratio_of(0)};
	return true;
}

bool side_compare_any(const struct side *a, const struct side *b, int *out)
{
	return ratio_compare(side_point(a), side_point(b), out);
}

bool side_subtract(const struct side *a, const struct side *b,
		   struct ratio *out)
{
	return ratio_subtract(side_point(a), side_point(b), out);
}

bool side_meet_any(const struct quantity *a, const struct quantity *b,
		   enum relation relation)
{
	int c;

	if (!ratio_compare(a->low, b->high, &c))
		return true;
	if (c > 0)
		return false;
	if (relation == RELATION_AT_MOST)
		return true;
	return !ratio_compare(b->low, a->high, &c) || c <= 0;
}

bool side_meet(const struct side *left, const struct side *right,
	       enum relation relation)
{
	struct quantity a, b;
	ratio_wide gap, width;

	if (!side_are_alike(left, right))
		return !side_quantity(left, &a) || !side_quantity(right, &b) ||
		       side_meet_any(&a, &b, relation);
	gap = ((ratio_wide)left->sum.value - right->sum.value) * 2;
	width = (ratio_wide)left->sum.quantum + right->sum.quantum;
	return gap <= width && (relation == RELATION_AT_MOST || -gap <= width);
}

/* So small that what is told of two is within 64 bits. */
static bool is_little(const struct tally *t)
{
	const int64_t most = INT64_MAX / 4;

	return t->value <= most && t->value >= -most && t->quantum >= 0 &&
	       t->quantum <= most;
}

bool side_gap(const struct side *left, const struct side *right, int64_t scale,
	      struct gap *out)
{
	const struct tally *l = &left->sum, *r = &right->sum;
	struct quantity a, b;

	if (l->scale != scale || r->scale != scale || !is_little(l) ||
	    !is_little(r))
		return side_quantity(left, &a) && side_quantity(right, &b) &&
		       quantity_gap(&a, &b, scale, out);
	*out = (struct gap){l->value, r->value, l->value - r->value,
			    (l->quantum + r->quantum + 1) / 2};
	return true;
}
