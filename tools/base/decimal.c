/* Exact decimals in 64 bits, products in 128; see decimal.h. */
#include "base/decimal.h"

__extension__ typedef __int128 wide;

static const int64_t POWER[19] = {
	1,
	10,
	100,
	1000,
	10000,
	100000,
	1000000,
	10000000,
	100000000,
	1000000000,
	10000000000,
	100000000000,
	1000000000000,
	10000000000000,
	100000000000000,
	1000000000000000,
	10000000000000000,
	100000000000000000,
	1000000000000000000,
};

bool decimal_parse(struct str s, struct decimal *out)
{
	bool negative = false, point = false;
	struct decimal d = {0, 0};
	size_t i = 0, seen = 0;

	if (s.n && (s.p[0] == '-' || s.p[0] == '+')) {
		negative = s.p[0] == '-';
		i = 1;
	}
	for (; i < s.n; i++) {
		if (s.p[i] == '.' && !point && seen) {
			point = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (!decimal_add(&d, (unsigned)(s.p[i] - '0'), point))
			return false;
		seen++;
	}
	if (!seen || s.p[s.n - 1] == '.')
		return false;
	if (negative)
		d.digits = -d.digits;
	*out = d;
	return true;
}

static wide divide_rounded(wide a, wide b)
{
	wide half = (b < 0 ? -b : b) / 2, q, rest;

	/* the machine divides 64 bits at once, more of them in a function */
	if (a == (int64_t)a && b == (int64_t)b && a != INT64_MIN) {
		q = (int64_t)a / (int64_t)b;
		rest = (int64_t)a % (int64_t)b;
	} else {
		q = a / b;
		rest = a % b;
	}

	if (rest < 0)
		rest = -rest;
	/* An odd divisor has no exact half: above half means > half. */
	if (rest > half || (rest == half && b % 2 == 0))
		q += (a < 0) == (b < 0) ? 1 : -1;
	return q;
}

static bool narrow(wide v, int64_t *out)
{
	if (v > INT64_MAX || v < INT64_MIN)
		return false;
	*out = (int64_t)v;
	return true;
}

bool decimal_scale(struct decimal d, int64_t scale, int64_t *value,
		   int64_t *quantum)
{
	int64_t unit = POWER[d.decimals], worth = scale / unit, exact;

	*quantum = worth ? worth : 1;
	/* nearly always nothing is rounded */
	if (worth * unit == scale &&
	    !__builtin_mul_overflow(d.digits, worth, &exact)) {
		*value = exact;
		return true;
	}
	return narrow(divide_rounded((wide)d.digits * scale, unit), value);
}

bool decimal_muldiv(int64_t a, int64_t b, int64_t c, int64_t *out)
{
	return c && narrow(divide_rounded((wide)a * b, c), out);
}

static char take_digit(wide *v)
{
	int digit;

	if (*v <= INT64_MAX) {
		digit = (int)((int64_t)*v % 10);
		*v = (int64_t)*v / 10;
	} else {
		digit = (int)(*v % 10);
		*v /= 10;
	}
	return (char)('0' + digit);
}

void decimal_format(struct buf *out, int64_t value, int64_t scale,
		    unsigned decimals, bool grouped)
{
	wide scaled = divide_rounded((wide)value * POWER[decimals], scale);
	char digits[64];
	size_t at = sizeof digits;
	unsigned place = 0;

	if (scaled < 0) {
		buf_putc(out, '-');
		scaled = -scaled;
	}
	do {
		if (decimals && place == decimals)
			digits[--at] = '.';
		if (grouped && place > decimals && (place - decimals) % 3 == 0)
			digits[--at] = ',';
		digits[--at] = take_digit(&scaled);
		place++;
	} while (scaled || place <= decimals);
	buf_put(out, digits + at, sizeof digits - at);
}
