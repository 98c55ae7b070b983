/*
 * UTF-8, code point by code point. Text that came through a reader is valid;
 * these functions hold on any bytes and never read past the end.
 */
#ifndef BUD_BASE_UTF8_H
#define BUD_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { UTF8_REPLACEMENT = 0xFFFD };

/* What utf8_next() leaves to it: all but ASCII and most of three bytes. */
uint32_t utf8_next_rare(struct str s, size_t *at);

/*
 * The code point at *at, and *at moves behind it. A byte that begins no
 * valid sequence (surrogates and overlong forms included) is one
 * UTF8_REPLACEMENT. Call only with *at < s.n.
 */
static inline uint32_t utf8_next(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;
	uint32_t middle, last;

	if (p[0] < 0x80) {
		++*at;
		return p[0];
	}
	if (p[0] - 0xE1u < 0x0F && p[0] != 0xED && s.n - *at >= 3) {
		middle = p[1] ^ 0x80u;
		last = p[2] ^ 0x80u;
		if ((middle | last) < 0x40) {
			*at += 3;
			return (p[0] & 0x0Fu) << 12 | middle << 6 | last;
		}
	}
	return utf8_next_rare(s, at);
}

/* The bytes of the sequence that begins with this one, in a valid text. */
static inline size_t utf8_length(char lead)
{
	unsigned char c = (unsigned char)lead;

	return 1u + (c >= 0xC0) + (c >= 0xE0) + (c >= 0xF0);
}

/* Whether a sequence may begin at `at` of a valid text, or the text ends. */
static inline bool utf8_is_boundary(struct str s, size_t at)
{
	return at >= s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

/* How many code points a valid text has. */
size_t utf8_count(struct str s);

/* Writes a code point (at most U+10FFFF); its 1 to 4 bytes. */
size_t utf8_put(char *out, uint32_t cp);

/* Behind the valid sequences of three bytes that stand at `at`: nearly all of
 * Chinese. It may stop early, before U+0800 … U+0FFF or U+D000 … U+D7FF. */
size_t utf8_skip_three(struct str s, size_t at);

/* Where the first invalid byte stands, or SIZE_MAX. */
size_t utf8_find_invalid(struct str s);

/* Columns on a terminal: 2 for East Asian wide and full-width characters, 0
 * for combining marks and control characters, 1 otherwise. */
int utf8_width(uint32_t cp);
size_t utf8_columns(struct str s);

/* The longest prefix of s that is at most columns wide. */
struct str utf8_prefix(struct str s, size_t columns);

#endif
