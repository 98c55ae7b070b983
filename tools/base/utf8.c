/* Decoding after RFC 3629; widths are those of utf8proc (Unicode EAW). */
#include "base/utf8.h"

#include <string.h>

#include <utf8proc.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

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

#if defined(__x86_64__) && defined(__GNUC__)
enum { WIDE = 32 };

/*
 * J. Keiser, D. Lemire: Validating UTF-8 in less than one instruction per byte
 * (2021). A bit is a mistake that two bytes in a row make; it is one where the
 * high half of the first, its low half and the high half of the second allow
 * it. TWO is none behind the lead of three or four bytes.
 */
enum {
	SHORT = 1,      /* a lead, then none that goes on */
	LONG = 2,       /* ASCII, then one that goes on */
	OVERLONG_3 = 4, /* E0, then 80 to 9F */
	LARGE = 8,      /* beyond U+10FFFF */
	SURROGATE = 16,
	OVERLONG_2 = 32,
	LARGE_8 = 64,   /* F5 and above; also F0, then 80 to 8F */
	TWO = 128,
	ANY = SHORT | LONG | TWO,
};

static const unsigned char FIRST_HIGH[16] = {
	LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TWO, TWO, TWO, TWO,
	SHORT | OVERLONG_2, SHORT, SHORT | OVERLONG_3 | SURROGATE,
	SHORT | LARGE | LARGE_8,
};

static const unsigned char FIRST_LOW[16] = {
	ANY | OVERLONG_3 | OVERLONG_2 | LARGE_8, ANY | OVERLONG_2, ANY, ANY,
	ANY | LARGE, ANY | LARGE | LARGE_8, ANY | LARGE | LARGE_8,
	ANY | LARGE | LARGE_8, ANY | LARGE | LARGE_8, ANY | LARGE | LARGE_8,
	ANY | LARGE | LARGE_8, ANY | LARGE | LARGE_8, ANY | LARGE | LARGE_8,
	ANY | LARGE | LARGE_8 | SURROGATE, ANY | LARGE | LARGE_8,
	ANY | LARGE | LARGE_8,
};

static const unsigned char SECOND_HIGH[16] = {
	SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
	LONG | OVERLONG_2 | TWO | OVERLONG_3 | LARGE_8,
	LONG | OVERLONG_2 | TWO | OVERLONG_3 | LARGE,
	LONG | OVERLONG_2 | TWO | SURROGATE | LARGE,
	LONG | OVERLONG_2 | TWO | SURROGATE | LARGE,
	SHORT, SHORT, SHORT, SHORT,
};

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* The entries of a table for the low halves of bytes. */
AVX2 static inline __m256i look_up(const unsigned char *table, __m256i bytes)
{
	__m128i t = _mm_loadu_si128((const __m128i *)(const void *)table);

	return _mm256_shuffle_epi8(
		_mm256_broadcastsi128_si256(t),
		_mm256_and_si256(bytes, _mm256_set1_epi8(0x0F)));
}

/* The mistakes of WIDE bytes at p; the three before them are looked at. */
AVX2 static inline __m256i find_mistakes(const char *p)
{
	__m256i x = load(p), before = load(p - 1);
	__m256i third = _mm256_subs_epu8(load(p - 2), _mm256_set1_epi8(0x60));
	__m256i fourth = _mm256_subs_epu8(load(p - 3), _mm256_set1_epi8(0x70));
	__m256i behind = _mm256_and_si256(_mm256_or_si256(third, fourth),
					  _mm256_set1_epi8((char)TWO));
	__m256i pairs = _mm256_and_si256(
		_mm256_and_si256(
			look_up(FIRST_HIGH, _mm256_srli_epi16(before, 4)),
			look_up(FIRST_LOW, before)),
		look_up(SECOND_HIGH, _mm256_srli_epi16(x, 4)));

	return _mm256_xor_si256(behind, pairs);
}

/* Of WIDE bytes or more. */
AVX2 static bool is_valid(struct str s)
{
	char edge[3 + WIDE] = {0};
	__m256i mistakes;
	size_t at = WIDE;

	memcpy(edge + 3, s.p, WIDE);
	mistakes = find_mistakes(edge + 3);
	for (; s.n - at >= WIDE; at += WIDE)
		mistakes = _mm256_or_si256(mistakes, find_mistakes(s.p + at));
	/* the end, and what is missing there */
	memset(edge, 0, sizeof edge);
	memcpy(edge, s.p + at - 3, s.n - at + 3);
	mistakes = _mm256_or_si256(mistakes, find_mistakes(edge + 3));
	return _mm256_testz_si256(mistakes, mistakes);
}

/* Whether a text is known to be valid at once. */
static bool is_valid_at_once(struct str s)
{
	return s.n >= WIDE && __builtin_cpu_supports("avx2") && is_valid(s);
}
#else
static bool is_valid_at_once(struct str s)
{
	(void)s;
	return false;
}
#endif

size_t utf8_find_invalid(struct str s)
{
	size_t at = 0;

	if (is_valid_at_once(s))
		return SIZE_MAX;
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
