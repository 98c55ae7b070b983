/*
 * Sixteen bytes are looked at at once where the processor can; else, and at the
 * end, ASCII eight bytes, Chinese three. What is left goes through utf8_next().
 */
#include "record/scan.h"

#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

#ifdef __SSE2__
enum { BLOCK = 16 };

static inline __m128i each(int byte)
{
	return _mm_set1_epi8((char)byte);
}

/*
 * How many of BLOCK bytes are plain, up to the last whole character: ASCII, and
 * characters of three bytes but for the leads that not every continuation may
 * follow. A bit stands for a byte, the lowest for the first.
 */
static inline unsigned skip_block(const char *p)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i special = _mm_or_si128(
		_mm_or_si128(_mm_cmpeq_epi8(x, each('"')),
			     _mm_cmpeq_epi8(x, each('\\'))),
		_mm_or_si128(_mm_cmpeq_epi8(x, each(0x7F)),
			     _mm_or_si128(_mm_cmpeq_epi8(x, each(0xE0)),
					  _mm_cmpeq_epi8(x, each(0xED)))));
	unsigned high = (unsigned)_mm_movemask_epi8(x);
	unsigned stops = (unsigned)_mm_movemask_epi8(special);
	/* bytes are signed here: those below ' ' are control characters or high */
	unsigned low = (unsigned)_mm_movemask_epi8(
		_mm_cmplt_epi8(x, each(' ')));
	unsigned leads = 0, more, n;

	if (high) {
		leads = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(
				_mm_and_si128(x, each(0xF0)), each(0xE0))) &
			~stops;
		more = (unsigned)_mm_movemask_epi8(
			_mm_cmplt_epi8(x, each(0xC0)));
		stops |= (high & ~leads & ~more) |
			 ((more ^ (leads << 1 | leads << 2)) & 0xFFFF);
	}
	stops |= low & ~high;
	n = stops ? (unsigned)__builtin_ctz(stops) : BLOCK;
	/* leads << 2: bit n is the lead of two bytes before */
	if (leads << 1 >> n & 1)
		return n - 1;
	return leads << 2 >> n & 1 ? n - 2 : n;
}

/* Which of BLOCK bytes need an escape. */
static inline unsigned find_escapes(const char *p)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i low = _mm_cmpeq_epi8(_mm_max_epu8(x, each(0x1F)), each(0x1F));

	return (unsigned)_mm_movemask_epi8(_mm_or_si128(
		_mm_or_si128(low, _mm_cmpeq_epi8(x, each(0x7F))),
		_mm_or_si128(_mm_cmpeq_epi8(x, each('"')),
			     _mm_cmpeq_epi8(x, each('\\')))));
}
#endif

size_t scan_plain(struct str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t start = at;

	while (at < s.n) {
		size_t before = at;

#ifdef __SSE2__
		if (s.n - at >= BLOCK) {
			unsigned n = skip_block(s.p + at);

			at += n;
			if (n > BLOCK - 3)
				continue;
			before = at;
		}
#endif
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

size_t scan_valid(struct str s, size_t at)
{
	size_t start = at;

#ifdef __SSE2__
	for (; s.n - at >= BLOCK; at += BLOCK) {
		unsigned escapes = find_escapes(s.p + at);

		if (escapes)
			return at + (unsigned)__builtin_ctz(escapes) - start;
	}
#endif
	while (at < s.n && ((unsigned char)s.p[at] >= 0x80 ||
			    CLASS[(unsigned char)s.p[at]] == ASCII))
		at++;
	return at - start;
}
