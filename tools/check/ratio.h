/*
 * Exact rational numbers and closed intervals of them: what the identities
 * are reckoned in. No memory, no floating point. Every operation is false
 * when 128 bits do not hold the result; such an identity stays open.
 */
#ifndef BUD_CHECK_RATIO_H
#define BUD_CHECK_RATIO_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 ratio_wide;

struct ratio {
	ratio_wide num, den; /* den > 0; in lowest terms beyond 64 bits */
};

/* A stated value: its nominal value and the interval it stands for. */
struct quantity {
	struct ratio point, low, high; /* low <= point <= high */
};

static inline struct ratio ratio_of(int64_t value)
{
	return (struct ratio){value, 1};
}

/* What 64 bits hold, as nearly all does: no product of two overflows. */
static inline bool ratio_fits(ratio_wide v)
{
	return v == (int64_t)v;
}
static inline bool ratio_is_small(struct ratio r)
{
	return ratio_fits(r.num) && ratio_fits(r.den);
}

/* Small ones of one denominator. */
static inline bool ratio_are_alike(struct ratio a, struct ratio b)
{
	return a.den == b.den && ratio_fits(a.den) && ratio_fits(a.num) &&
	       ratio_fits(b.num);
}

/* The general ways of what follows them here. */
bool ratio_compare_any(struct ratio a, struct ratio b, int *out);
bool ratio_add_any(struct ratio a, struct ratio b, struct ratio *out);

bool ratio_make(ratio_wide num, ratio_wide den, struct ratio *out);

static inline bool ratio_compare(struct ratio a, struct ratio b, int *out)
{
	int64_t x = (int64_t)a.num, y = (int64_t)b.num;

	if (!ratio_are_alike(a, b))
		return ratio_compare_any(a, b, out);
	*out = (x > y) - (x < y); /* -1 0 1 */
	return true;
}

static inline bool ratio_add(struct ratio a, struct ratio b, struct ratio *out)
{
	int64_t sum;

	if (!ratio_are_alike(a, b) ||
	    __builtin_add_overflow((int64_t)a.num, (int64_t)b.num, &sum))
		return ratio_add_any(a, b, out);
	*out = (struct ratio){sum, a.den};
	return true;
}

static inline bool ratio_subtract(struct ratio a, struct ratio b,
				  struct ratio *out)
{
	int64_t gap;

	if (ratio_are_alike(a, b) &&
	    !__builtin_sub_overflow((int64_t)a.num, (int64_t)b.num, &gap)) {
		*out = (struct ratio){gap, a.den};
		return true;
	}
	if (__builtin_sub_overflow((ratio_wide)0, b.num, &b.num))
		return false;
	return ratio_add_any(a, b, out);
}

bool ratio_multiply(struct ratio a, struct ratio b, struct ratio *out);
/* False for b = 0, too. */
bool ratio_divide(struct ratio a, struct ratio b, struct ratio *out);
/* scale * r as an integer, rounded half away from zero. */
bool ratio_round(struct ratio r, int64_t scale, int64_t *out);

/*
 * value/scale give or take half a quantum: scale is 1 for money and counts,
 * 1 000 000 for ppm.
 */
bool quantity_make(int64_t value, int64_t quantum, int64_t scale,
		   struct quantity *out);
/* The same where the value was cut off instead of rounded. */
bool quantity_make_cut(int64_t value, int64_t quantum, int64_t scale,
		       struct quantity *out);

/* Values of one scale with their quanta, added up as whole numbers: what
 * quantity_make() makes of them is what quantity_add() does. */
struct tally {
	int64_t value, quantum, scale; /* 0: none yet */
};

/* False where they have not one scale or are beyond 64 bits. */
static inline bool tally_add(struct tally *t, int64_t value, int64_t quantum,
			     int64_t scale)
{
	if (!t->scale)
		t->scale = scale;
	return t->scale == scale &&
	       !__builtin_add_overflow(t->value, value, &t->value) &&
	       !__builtin_add_overflow(t->quantum, quantum, &t->quantum);
}

bool quantity_add(const struct quantity *a, const struct quantity *b,
		  struct quantity *out);
bool quantity_subtract(const struct quantity *a, const struct quantity *b,
		       struct quantity *out);
bool quantity_multiply(const struct quantity *a, const struct quantity *b,
		       struct quantity *out);
static inline bool quantity_has_zero(const struct quantity *q)
{
	return q->low.num <= 0 && q->high.num >= 0;
}

/* False, too, where the interval of b holds 0. */
bool quantity_divide(const struct quantity *a, const struct quantity *b,
		     struct quantity *out);

/* What is told of two sides, in integers of 1/scale, rounded half away from
 * zero: left - right, and half the width of both intervals together. */
struct gap {
	int64_t left, right, difference, tolerance;
};
bool quantity_gap(const struct quantity *left, const struct quantity *right,
		  int64_t scale, struct gap *out);

#endif
