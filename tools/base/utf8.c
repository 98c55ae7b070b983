/* Decoding after RFC 3629; widths are those of utf8proc (Unicode EAW). */
#include "base/utf8.h"

#include <string.h>

#include <utf8proc.h>

static bool continues(struct str s, size_t at)
{
	return at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
}

uint32_t utf8_next_rare(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;
	uint32_t cp;
	size_t n;

	if (p[0] < 0x80) {
		(*at)++;
		return p[0];
	}
	if (p[0] >= 0xC2 && p[0] < 0xE0) {
		cp = p[0] & 0x1Fu;
		n = 2;
	} else if (p[0] >= 0xE0 && p[0] < 0xF0) {
		cp = p[0] & 0x0Fu;
		n = 3;
	} else if (p[0] >= 0xF0 && p[0] < 0xF5) {
		cp = p[0] & 0x07u;
		n = 4;
	} else {
		(*at)++;
		return UTF8_REPLACEMENT;
	}
	for (size_t i = 1; i < n; i++) {
		if (!continues(s, *at + i)) {
			(*at)++;
			return UTF8_REPLACEMENT;
		}
		cp = cp << 6 | (p[i] & 0x3Fu);
	}
	if ((n == 3 && (cp < 0x800 || (cp >= 0xD800 && cp < 0xE000))) ||
	    (n == 4 && (cp < 0x10000 || cp > 0x10FFFF))) {
		(*at)++;
		return UTF8_REPLACEMENT;
	}
	*at += n;
	return cp;
}

/* Eight bytes at once: all but those that go on (10xxxxxx) begin one. */
size_t utf8_count(struct str s)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	size_t at = 0, n = s.n;
	uint64_t x;

	for (; s.n - at >= sizeof x; at += sizeof x) {
		memcpy(&x, s.p + at, sizeof x);
		n -= (size_t)((x >> 7 & ~(x >> 6) & each) * each >> 56);
	}
	for (; at < s.n; at++)
		n -= !utf8_is_boundary(s, at);
	return n;
}

size_t utf8_put(char *out, uint32_t cp)
{
	static const unsigned char LEADS[] = {0, 0, 0xC0, 0xE0, 0xF0};
	size_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;

	for (size_t i = n - 1; i; i--, cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3F));
	out[0] = (char)(LEADS[n] | cp);
	return n;
}

/* A sequence of three, but for the leads that not every continuation may
 * follow. */
static bool is_three(const unsigned char *p)
{
	return p[0] > 0xE0 && p[0] < 0xF0 && p[0] != 0xED &&
	       (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

size_t utf8_skip_three(struct str s, size_t at)
{
	static const unsigned char MASK[8] = {0xF0, 0xC0, 0xC0, 0xF0, 0xC0, 0xC0},
				   WANT[8] = {0xE0, 0x80, 0x80, 0xE0, 0x80, 0x80};
	const unsigned char *p = (const unsigned char *)s.p;
	uint64_t mask, want, x;

	memcpy(&mask, MASK, sizeof mask);
	memcpy(&want, WANT, sizeof want);
	for (; s.n - at >= sizeof x; at += 6) {
		memcpy(&x, p + at, sizeof x);
		if ((x & mask) != want || p[at] == 0xE0 || p[at] == 0xED ||
		    p[at + 3] == 0xE0 || p[at + 3] == 0xED)
			break;
	}
	while (s.n - at >= 3 && is_three(p + at))
		at += 3;
	return at;
}

static size_t skip_ascii(struct str s, size_t at)
{
	const uint64_t high = 0x8080808080808080;
	uint64_t x;

	for (; s.n - at >= sizeof x; at += sizeof x) {
		memcpy(&x, s.p + at, sizeof x);
		if (x & high)
			break;
	}
	while (at < s.n && (unsigned char)s.p[at] < 0x80)
		at++;
	return at;
}

size_t utf8_find_invalid(struct str s)
{
	size_t at = 0;

	while (at < s.n) {
		size_t start = at;

		at = skip_ascii(s, at);
		at = utf8_skip_three(s, at);
		if (at > start)
			continue;
		/* U+FFFD itself is three bytes; a broken byte moves by one. */
		if (utf8_next(s, &at) == UTF8_REPLACEMENT && at - start == 1)
			return start;
	}
	return SIZE_MAX;
}

int utf8_width(uint32_t cp)
{
	int w;

	if (cp >= 0x20 && cp < 0x7F)
		return 1;
	if (cp >= 0x4E00 && cp < 0x9F00) /* most of Chinese */
		return 2;
	/* Chinese typography sets these two cells wide, though Unicode calls
	 * them ambiguous; terminals follow Unicode, so do we. */
	w = utf8proc_charwidth((utf8proc_int32_t)cp);
	return w < 0 ? 0 : w;
}

/* One of U+4E00 … U+9EFF: two columns. */
static inline bool is_wide_han(const unsigned char *p)
{
	uint32_t lead = (uint32_t)p[0] << 8 | p[1];

	return lead - 0xE4B8 < 0xE9BC - 0xE4B8 && (p[1] & 0xC0) == 0x80 &&
	       (p[2] & 0xC0) == 0x80;
}

/*
 * The columns of the character at *at, which moves behind it; told from its
 * first two bytes where it is one of most: full-width forms up to U+FF3F and
 * the marks of U+3000 … U+3029 are wide, too.
 */
static inline size_t next_width(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.p + *at;

	if (p[0] >= 0x20 && p[0] < 0x7F) {
		++*at;
		return 1;
	}
	if (s.n - *at >= 3 &&
	    (is_wide_han(p) ||
	     (p[0] == 0xEF && p[1] == 0xBC && p[2] > 0x80 && p[2] < 0xC0) ||
	     (p[0] == 0xE3 && p[1] == 0x80 && p[2] >= 0x80 && p[2] < 0xAA))) {
		*at += 3;
		return 2;
	}
	return (size_t)utf8_width(utf8_next(s, at));
}

size_t utf8_columns(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t at = 0, columns = 0;

	while (at < s.n) {
		size_t next; /* of its own, so that `at` stays in a register */

		for (; at + 3 <= s.n && is_wide_han(p + at); at += 3)
			columns += 2;
		for (; at < s.n && p[at] - 0x20u < 0x7F - 0x20; at++)
			columns++;
		if (at == s.n)
			break;
		next = at;
		columns += next_width(s, &next);
		at = next;
	}
	return columns;
}

struct str utf8_prefix(struct str s, size_t columns)
{
	size_t at = 0, end = 0, used = 0;

	while (at < s.n) {
		used += next_width(s, &at);
		if (used > columns)
			break;
		end = at;
	}
	return (struct str){s.p, end};
}
