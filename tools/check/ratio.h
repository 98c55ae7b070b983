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

struct ratio ratio_of(int64_t value);
bool ratio_make(ratio_wide num, ratio_wide den, struct ratio *out);
bool ratio_compare(struct ratio a, struct ratio b, int *out); /* -1 0 1 */
bool ratio_add(struct ratio a, struct ratio b, struct ratio *out);
bool ratio_subtract(struct ratio a, struct ratio b, struct ratio *out);
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

bool quantity_add(const struct quantity *a, const struct quantity *b,
		  struct quantity *out);
bool quantity_subtract(const struct quantity *a, const struct quantity *b,
		       struct quantity *out);
bool quantity_multiply(const struct quantity *a, const struct quantity *b,
		       struct quantity *out);
/* False, too, where the interval of b holds 0. */
bool quantity_divide(const struct quantity *a, const struct quantity *b,
		     struct quantity *out);

#endif
