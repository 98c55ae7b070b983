/* Of sums of one scale all is told in whole numbers. */
#include "check/side.h"

void side_set_number(struct ratio number, int64_t scale, struct operand *out)
{
	if (ratio_is_small(number) && scale % (int64_t)number.den == 0 &&
	    !__builtin_mul_overflow((int64_t)number.num,
				    scale / (int64_t)number.den,
				    &out->sum.value)) {
		out->sum.quantum = 0;
		out->sum.scale = scale;
	} else {
		out->sum.scale = 0;
		out->q = (struct quantity){number, number, number};
	}
}

bool side_pair_sums(enum node_kind kind, const struct tally *a,
		    const struct tally *b, struct tally *out)
{
	if (!a->scale || a->scale != b->scale ||
	    (kind != NODE_ADD && kind != NODE_SUBTRACT))
		return false;
	out->scale = a->scale;
	return !__builtin_add_overflow(a->quantum, b->quantum, &out->quantum) &&
	       (kind == NODE_ADD ? !__builtin_add_overflow(a->value, b->value,
							   &out->value)
				 : !__builtin_sub_overflow(a->value, b->value,
							   &out->value));
}

bool side_pair(enum node_kind kind, const struct quantity *a,
	       const struct quantity *b, struct quantity *out)
{
	switch (kind) {
	case NODE_ADD:
		return quantity_add(a, b, out);
	case NODE_SUBTRACT:
		return quantity_subtract(a, b, out);
	case NODE_MULTIPLY:
		return quantity_multiply(a, b, out);
	default:
		return quantity_divide(a, b, out);
	}
}

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
