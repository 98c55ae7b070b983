/* Fractions of 128-bit integers, kept in lowest terms; see ratio.h. */
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

struct ratio ratio_of(int64_t value)
{
	return (struct ratio){value, 1};
}

bool ratio_make(ratio_wide num, ratio_wide den, struct ratio *out)
{
	ratio_wide d;

	if (!den)
		return false;
	if (den < 0 && (__builtin_sub_overflow((ratio_wide)0, num, &num) ||
			__builtin_sub_overflow((ratio_wide)0, den, &den)))
		return false;
	d = den == 1 ? 1 : divisor(num, den);
	if (d == 1)
		*out = (struct ratio){num, den};
	else if (num == (int64_t)num && den == (int64_t)den)
		*out = (struct ratio){(int64_t)num / (int64_t)d,
				      (int64_t)den / (int64_t)d};
	else
		*out = (struct ratio){num / d, den / d};
	return true;
}

bool ratio_compare(struct ratio a, struct ratio b, int *out)
{
	ratio_wide x, y;

	if (__builtin_mul_overflow(a.num, b.den, &x) ||
	    __builtin_mul_overflow(b.num, a.den, &y))
		return false;
	*out = x < y ? -1 : x > y;
	return true;
}

bool ratio_add(struct ratio a, struct ratio b, struct ratio *out)
{
	ratio_wide x, y, den;

	return !__builtin_mul_overflow(a.num, b.den, &x) &&
	       !__builtin_mul_overflow(b.num, a.den, &y) &&
	       !__builtin_add_overflow(x, y, &x) &&
	       !__builtin_mul_overflow(a.den, b.den, &den) &&
	       ratio_make(x, den, out);
}

bool ratio_subtract(struct ratio a, struct ratio b, struct ratio *out)
{
	return !__builtin_sub_overflow((ratio_wide)0, b.num, &b.num) &&
	       ratio_add(a, b, out);
}

bool ratio_multiply(struct ratio a, struct ratio b, struct ratio *out)
{
	ratio_wide num, den;

	return !__builtin_mul_overflow(a.num, b.num, &num) &&
	       !__builtin_mul_overflow(a.den, b.den, &den) &&
	       ratio_make(num, den, out);
}

bool ratio_divide(struct ratio a, struct ratio b, struct ratio *out)
{
	ratio_wide num, den;

	return b.num && !__builtin_mul_overflow(a.num, b.den, &num) &&
	       !__builtin_mul_overflow(a.den, b.num, &den) &&
	       ratio_make(num, den, out);
}

bool ratio_round(struct ratio r, int64_t scale, int64_t *out)
{
	ratio_wide x, rounded;

	if (__builtin_mul_overflow(r.num, (ratio_wide)scale, &x))
		return false;
	rounded = x / r.den;
	x %= r.den;
	if ((x < 0 ? -x : x) >= r.den - (x < 0 ? -x : x))
		rounded += r.num < 0 ? -1 : 1;
	if (rounded > INT64_MAX || rounded < INT64_MIN)
		return false;
	*out = (int64_t)rounded;
	return true;
}

bool quantity_make(int64_t value, int64_t quantum, int64_t scale,
		   struct quantity *out)
{
	ratio_wide twice = (ratio_wide)value * 2;

	return ratio_make(value, scale, &out->point) &&
	       ratio_make(twice - quantum, (ratio_wide)scale * 2, &out->low) &&
	       ratio_make(twice + quantum, (ratio_wide)scale * 2, &out->high);
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

bool quantity_divide(const struct quantity *a, const struct quantity *b,
		     struct quantity *out)
{
	if (b->low.num <= 0 && b->high.num >= 0)
		return false;
	return quantity_span(a, b, ratio_divide, out);
}
