/*
 * Fractions of 128-bit integers; see ratio.h. A greatest common divisor takes
 * more time than all the rest, so only what 64 bits do not hold is brought to
 * lowest terms.
 */
#include "check/ratio.h"

#include <stddef.h>

static ratio_wide divisor(ratio_wide a, ratio_wide b)
{
	uint64_t x, y;

	if (a < 0)
		a = -a;
	if (b == 2) /* half a quantum, the commonest by far */
		return a & 1 ? 1 : 2;
	/* the machine divides 64 bits at once, more of them in a function */
	while (b && (a > INT64_MAX || b > INT64_MAX)) {
		ratio_wide r = a % b;

		a = b;
		b = r;
	}
	for (x = (uint64_t)a, y = (uint64_t)b; b && y;) {
		uint64_t r = x % y;

		x = y;
		y = r;
	}
	return b ? (ratio_wide)x : a;
}

static struct ratio reduce(struct ratio r)
{
	ratio_wide d = r.den == 1 ? 1 : divisor(r.num, r.den);

	if (d == 1)
		return r;
	if (ratio_is_small(r))
		return (struct ratio){(int64_t)r.num / (int64_t)d,
				      (int64_t)r.den / (int64_t)d};
	return (struct ratio){r.num / d, r.den / d};
}

/* den > 0 */
static bool keep(ratio_wide num, ratio_wide den, struct ratio *out)
{
	*out = (struct ratio){num, den};
	if (!ratio_is_small(*out))
		*out = reduce(*out);
	return true;
}

/* Of two small numbers no product and no sum of products overflows; else both
 * are brought to lowest terms first. */
static bool are_small(struct ratio *a, struct ratio *b)
{
	if (ratio_is_small(*a) && ratio_is_small(*b))
		return true;
	*a = reduce(*a);
	*b = reduce(*b);
	return false;
}

static ratio_wide product(ratio_wide a, ratio_wide b)
{
	return (ratio_wide)(int64_t)a * (int64_t)b;
}

bool ratio_make(ratio_wide num, ratio_wide den, struct ratio *out)
{
	if (!den)
		return false;
	if (den < 0 && (__builtin_sub_overflow((ratio_wide)0, num, &num) ||
			__builtin_sub_overflow((ratio_wide)0, den, &den)))
		return false;
	return keep(num, den, out);
}

bool ratio_compare_any(struct ratio a, struct ratio b, int *out)
{
	ratio_wide x, y;

	if (are_small(&a, &b)) {
		x = a.den == b.den ? a.num : product(a.num, b.den);
		y = a.den == b.den ? b.num : product(b.num, a.den);
	} else if (__builtin_mul_overflow(a.num, b.den, &x) ||
		   __builtin_mul_overflow(b.num, a.den, &y)) {
		return false;
	}
	*out = x < y ? -1 : x > y;
	return true;
}

bool ratio_add_any(struct ratio a, struct ratio b, struct ratio *out)
{
	ratio_wide x, y, den;

	if (are_small(&a, &b))
		return a.den == b.den
			       ? keep(a.num + b.num, a.den, out)
			       : keep(product(a.num, b.den) +
					      product(b.num, a.den),
				      product(a.den, b.den), out);
	return !__builtin_mul_overflow(a.num, b.den, &x) &&
	       !__builtin_mul_overflow(b.num, a.den, &y) &&
	       !__builtin_add_overflow(x, y, &x) &&
	       !__builtin_mul_overflow(a.den, b.den, &den) &&
	       keep(x, den, out);
}

bool ratio_multiply(struct ratio a, struct ratio b, struct ratio *out)
{
	ratio_wide num, den;

	if (are_small(&a, &b))
		return keep(product(a.num, b.num), product(a.den, b.den), out);
	return !__builtin_mul_overflow(a.num, b.num, &num) &&
	       !__builtin_mul_overflow(a.den, b.den, &den) &&
	       keep(num, den, out);
}

bool ratio_divide(struct ratio a, struct ratio b, struct ratio *out)
{
	ratio_wide num, den;

	if (!b.num)
		return false;
	if (are_small(&a, &b))
		return ratio_make(product(a.num, b.den), product(a.den, b.num),
				  out);
	return !__builtin_mul_overflow(a.num, b.den, &num) &&
	       !__builtin_mul_overflow(a.den, b.num, &den) &&
	       ratio_make(num, den, out);
}

bool ratio_round(struct ratio r, int64_t scale, int64_t *out)
{
	ratio_wide x, rounded, rest;

	if (r.den == 1 && r.num == (int64_t)r.num &&
	    !__builtin_mul_overflow((int64_t)r.num, scale, out))
		return true;
	if (!ratio_is_small(r))
		r = reduce(r);
	if (__builtin_mul_overflow(r.num, (ratio_wide)scale, &x))
		return false;
	if (x == (int64_t)x && ratio_is_small(r) && x != INT64_MIN) {
		rounded = (int64_t)x / (int64_t)r.den;
		rest = (int64_t)x % (int64_t)r.den;
	} else {
		rounded = x / r.den;
		rest = x % r.den;
	}
	if (rest < 0)
		rest = -rest;
	if (rest >= r.den - rest)
		rounded += r.num < 0 ? -1 : 1;
	if (rounded > INT64_MAX || rounded < INT64_MIN)
		return false;
	*out = (int64_t)rounded;
	return true;
}

bool quantity_make(int64_t value, int64_t quantum, int64_t scale,
		   struct quantity *out)
{
	int64_t twice, low, high;
	ratio_wide wide;

	/* nearly always: nothing to bring to lowest terms */
	if (scale > 0 && scale <= INT64_MAX / 2 &&
	    !__builtin_mul_overflow(value, 2, &twice) &&
	    !__builtin_sub_overflow(twice, quantum, &low) &&
	    !__builtin_add_overflow(twice, quantum, &high)) {
		out->point = (struct ratio){value, scale};
		out->low = (struct ratio){low, scale * 2};
		out->high = (struct ratio){high, scale * 2};
		return true;
	}
	wide = (ratio_wide)value * 2;
	return ratio_make(value, scale, &out->point) &&
	       ratio_make(wide - quantum, (ratio_wide)scale * 2, &out->low) &&
	       ratio_make(wide + quantum, (ratio_wide)scale * 2, &out->high);
}

bool quantity_make_cut(int64_t value, int64_t quantum, int64_t scale,
		       struct quantity *out)
{
	ratio_wide low = value, high = value;

	if (value >= 0)
		high += quantum;
	if (value <= 0)
		low -= quantum;
	return ratio_make(value, scale, &out->point) &&
	       ratio_make(low, scale, &out->low) &&
	       ratio_make(high, scale, &out->high);
}

bool quantity_add(const struct quantity *a, const struct quantity *b,
		  struct quantity *out)
{
	struct quantity r;

	if (!ratio_add(a->point, b->point, &r.point) ||
	    !ratio_add(a->low, b->low, &r.low) ||
	    !ratio_add(a->high, b->high, &r.high))
		return false;
	*out = r;
	return true;
}

bool quantity_subtract(const struct quantity *a, const struct quantity *b,
		       struct quantity *out)
{
	struct quantity r;

	if (!ratio_subtract(a->point, b->point, &r.point) ||
	    !ratio_subtract(a->low, b->high, &r.low) ||
	    !ratio_subtract(a->high, b->low, &r.high))
		return false;
	*out = r;
	return true;
}

/* The least and the greatest of the four products or quotients of ends. */
static bool quantity_span(const struct quantity *a, const struct quantity *b,
			  bool (*op)(struct ratio, struct ratio,
				     struct ratio *),
			  struct quantity *out)
{
	struct ratio e[4];
	struct quantity r;
	int c;

	if (!op(a->point, b->point, &r.point) || !op(a->low, b->low, &e[0]) ||
	    !op(a->low, b->high, &e[1]) || !op(a->high, b->low, &e[2]) ||
	    !op(a->high, b->high, &e[3]))
		return false;
	r.low = r.high = e[0];
	for (size_t i = 1; i < 4; i++) {
		if (!ratio_compare(e[i], r.low, &c))
			return false;
		if (c < 0)
			r.low = e[i];
		if (!ratio_compare(e[i], r.high, &c))
			return false;
		if (c > 0)
			r.high = e[i];
	}
	*out = r;
	return true;
}

bool quantity_multiply(const struct quantity *a, const struct quantity *b,
		       struct quantity *out)
{
	return quantity_span(a, b, ratio_multiply, out);
}

static bool all_small(const struct quantity *q)
{
	return ratio_is_small(q->point) && ratio_is_small(q->low) && ratio_is_small(q->high);
}

bool quantity_divide(const struct quantity *a, const struct quantity *b,
		     struct quantity *out)
{
	if (quantity_has_zero(b))
		return false;
	/* the usual: a positive divisor, so which ends count is known */
	if (b->low.num > 0 && all_small(a) && all_small(b)) {
		struct quantity r;

		ratio_divide(a->point, b->point, &r.point);
		ratio_divide(a->low, a->low.num < 0 ? b->low : b->high, &r.low);
		ratio_divide(a->high, a->high.num < 0 ? b->high : b->low,
			     &r.high);
		*out = r;
		return true;
	}
	return quantity_span(a, b, ratio_divide, out);
}

bool quantity_gap(const struct quantity *left, const struct quantity *right,
		  int64_t scale, struct gap *out)
{
	struct ratio d, t, u;

	return ratio_subtract(left->point, right->point, &d) &&
	       ratio_round(d, scale, &out->difference) &&
	       ratio_round(left->point, scale, &out->left) &&
	       ratio_round(right->point, scale, &out->right) &&
	       ratio_subtract(left->high, left->low, &t) &&
	       ratio_subtract(right->high, right->low, &u) &&
	       ratio_add(t, u, &t) && ratio_divide(t, ratio_of(2), &t) &&
	       ratio_round(t, scale, &out->tolerance);
}
