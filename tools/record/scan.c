/*
 * ASCII is looked at eight bytes at once, Chinese three; what is left goes
 * through utf8_next().
 */
#include "record/scan.h"

#include <string.h>

#include "base/utf8.h"

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define HIGH EACH(0x80)

/* The high bits of bytes that are zero, and maybe of some behind the first. */
static uint64_t zero_bytes(uint64_t x)
{
	return (x - EACH(1)) & ~x & HIGH;
}

/* How many plain ASCII characters eight bytes begin with; on a big-endian
 * machine 8 or 0. */
static unsigned count_plain(const char *p)
{
	uint64_t x, stops;

	memcpy(&x, p, sizeof x);
	stops = (x & HIGH) | ((x - EACH(0x20)) & ~x & HIGH) |
		zero_bytes(x ^ EACH('"')) | zero_bytes(x ^ EACH('\\')) |
		zero_bytes(x ^ EACH(0x7F));
	if (!stops)
		return 8;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (unsigned)__builtin_ctzll(stops) / 8;
#else
	return 0;
#endif
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

size_t scan_plain(struct str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t start = at;

	for (;;) {
		size_t before;

		while (s.n - at >= 8) {
			unsigned n = count_plain(s.p + at);

			at += n;
			if (n < 8)
				break;
		}
		while (at < s.n && is_plain(p[at]))
			at++;
		before = at;
		at = utf8_skip_three(s, at);
		if (at > before)
			continue;
		if (at == s.n || p[at] < 0x80)
			return at - start;
		utf8_next(s, &at);
		/* a broken byte moves by one */
		if (at - before == 1)
			return before - start;
	}
}
