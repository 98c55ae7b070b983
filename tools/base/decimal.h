/*
 * Exact decimals: a stated number becomes an integer of its smallest unit,
 * and a quantum that tells how fine it was stated. No floating point.
 */
#ifndef BUD_BASE_DECIMAL_H
#define BUD_BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Smallest units in one stated unit: fen (分) in 1 元, ppm in 1 %, … */
enum {
	DECIMAL_FEN_YUAN = 100,
	DECIMAL_FEN_WAN = 1000000, /* 1 万元 */
	DECIMAL_PPM_PERCENT = 10000,
};

/* A numeral as it was written: digits / 10^decimals. */
struct decimal {
	int64_t digits;
	unsigned decimals; /* 0..18 */
};

enum { DECIMAL_DIGITS = 18 }; /* there is room for so many */

/*
 * One more digit, before the point or behind it. There it is cut off where 18
 * digits or decimals stand before; false where that would be before the point.
 */
static inline bool decimal_add(struct decimal *d, unsigned digit, bool decimal)
{
	if (d->digits >= INT64_C(100000000000000000) ||
	    d->decimals == DECIMAL_DIGITS)
		return decimal;
	d->digits = d->digits * 10 + digit;
	d->decimals += decimal;
	return true;
}

/*
 * Reads `[+-]digits[.digits]`, ASCII, separators already taken out. Decimals
 * beyond 18 digits in all are cut off: they are finer than any unit. False
 * for anything else and for more than 18 digits before the point.
 */
bool decimal_parse(struct str s, struct decimal *out);

/*
 * The value in smallest units, scale of them in one stated unit (> 0).
 * What is finer is rounded half away from zero; *quantum is what one unit in
 * the last stated digit is worth, at least 1. False on overflow.
 */
bool decimal_scale(struct decimal d, int64_t scale, int64_t *value,
		   int64_t *quantum);

/*
 * value / scale with so many decimals, rounded half away from zero, with
 * thousands separators where grouped: 57779000000, 1000000, 2 → 57,779.00.
 */
void decimal_format(struct buf *out, int64_t value, int64_t scale,
		    unsigned decimals, bool grouped);

/* a * b / c rounded half away from zero, in 128 bits; false on overflow of
 * the result or c = 0. */
bool decimal_muldiv(int64_t a, int64_t b, int64_t c, int64_t *out);

#endif
