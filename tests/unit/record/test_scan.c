/*
 * A property: what is looked at in blocks is what is looked at character by
 * character, wherever in a block a character stands. The seed is fixed.
 */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "record/scan.h"

static size_t count_slowly(struct str s, size_t start)
{
	size_t at = start;

	while (at < s.n) {
		unsigned char c = (unsigned char)s.p[at];
		size_t before = at;

		if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F)
			break;
		if (utf8_next(s, &at) == UTF8_REPLACEMENT && at - before == 1)
			return before - start;
	}
	return at - start;
}

static size_t next(uint64_t *state, size_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (size_t)(*state >> 11) % below;
}

Test(scan, blocks_are_characters)
{
	static const char *const parts[] = {
		"a", "budget", " ~", "收", "支出合计", "�", "，", "가", "ࠀ",
		"é", "·", "𠀀", "0123456789",
	};
	static const char *const stops[] = {
		"\"", "\\", "\x7F", "\x1F", "\n", "\xE6\x94", "\x94", "\xFF",
		"\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC1\x80",
		"\xE6\x94\xE6", "\xE6", "\xE6\x41\x94",
	};
	uint64_t state = 88172645463325252;
	char text[256];

	for (int round = 0; round < 10000; round++) {
		size_t n = 0, most = 1 + next(&state, 128);
		struct str s;

		while (n < most) {
			const char *part =
				next(&state, 12) ? parts[next(&state, 13)]
						 : stops[next(&state, 15)];

			memcpy(text + n, part, strlen(part));
			n += strlen(part);
		}
		/* a slice may be cut off within a character */
		s = (struct str){text, n - next(&state, 3) % n};
		for (size_t at = 0; at <= s.n; at++)
			cr_assert_eq(scan_plain(s, at), count_slowly(s, at),
				     "%.*s from %zu", STR_ARG(s), at);
		for (size_t at = 0;
		     at <= s.n && utf8_find_invalid(s) == SIZE_MAX; at++)
			if (utf8_is_boundary(s, at))
				cr_assert_eq(scan_valid(s, at),
					     count_slowly(s, at),
					     "%.*s from %zu", STR_ARG(s), at);
	}
}
