/*
 * ASCII is looked at eight bytes at once, Chinese three; what is left goes
 * through utf8_next().
 */
#include "record/scan.h"

#include "base/utf8.h"

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

		while (s.n - at >= SCAN_STEP) {
			unsigned n = scan_ascii(s.p + at);

			at += n;
			if (n < SCAN_STEP)
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
