/*
 * ASCII is looked at eight bytes at once, Chinese three; what is left goes
 * through utf8_next().
 */
#include "record/scan.h"

#include "base/utf8.h"

/* By the first byte of a character: plain ASCII, one of three bytes that are
 * told at once (not every continuation may follow E0 and ED), or another. */
enum { OTHER, ASCII, THREE };

#define ROW(a) a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a
static const unsigned char CLASS[256] = {
	[0x20] = 1, 1, 0 /* " */, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	[0x30] = ROW(1), ROW(1),
	[0x50] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0 /* \ */, 1, 1, 1,
	[0x60] = ROW(1), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
	[0xE1] = 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0 /* ED */, 2, 2,
};
#undef ROW

static inline size_t skip_ascii(struct str s, size_t at)
{
	while (s.n - at >= SCAN_STEP) {
		unsigned n = scan_ascii(s.p + at);

		at += n;
		if (n < SCAN_STEP)
			break;
	}
	while (at < s.n && CLASS[(unsigned char)s.p[at]] == ASCII)
		at++;
	return at;
}

size_t scan_plain(struct str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t start = at;

	while (at < s.n) {
		size_t before = at;

		switch (CLASS[p[at]]) {
		case ASCII:
			at = skip_ascii(s, at);
			continue;
		case THREE:
			at = utf8_skip_three(s, at);
			break;
		default:
			if (p[at] < 0x80)
				return at - start;
		}
		if (at > before)
			continue;
		utf8_next(s, &at);
		/* a broken byte moves by one */
		if (at - before == 1)
			return before - start;
	}
	return at - start;
}
