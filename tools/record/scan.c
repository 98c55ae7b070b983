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

/*
 * How many of BLOCK bytes are plain, up to the last whole character: ASCII, and
 * characters of three bytes but for the leads that not every continuation may
 * follow. A bit stands for a byte, the lowest for the first.
 */
static inline unsigned skip_block(const char *p)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
	unsigned high = (unsigned)_mm_movemask_epi8(x);
	unsigned stops = find_escapes(p), leads = 0, odd, more, n;

	if (high) {
		odd = (unsigned)_mm_movemask_epi8(
			_mm_or_si128(_mm_cmpeq_epi8(x, each(0xE0)),
				     _mm_cmpeq_epi8(x, each(0xED))));
		leads = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(
				_mm_and_si128(x, each(0xF0)), each(0xE0))) &
			~odd;
		/* bytes are signed here */
		more = (unsigned)_mm_movemask_epi8(
			_mm_cmplt_epi8(x, each(0xC0)));
		stops |= (high & ~leads & ~more) |
			 ((more ^ (leads << 1 | leads << 2)) & 0xFFFF);
	}
	n = stops ? (unsigned)__builtin_ctz(stops) : BLOCK;
	/* leads << 2: bit n is the lead of two bytes before */
	if (leads << 1 >> n & 1)
		return n - 1;
	return leads << 2 >> n & 1 ? n - 2 : n;
}
#endif

/* Over ASCII, over characters of three bytes, or over another: how many bytes,
 * 0 where none is plain. */
__attribute__((noinline)) static size_t skip_some(struct str s, size_t at)
{
	unsigned char first = (unsigned char)s.p[at];
	size_t end = at;

	if (CLASS[first] == ASCII)
		return skip_ascii(s, at) - at;
	if (first < 0x80)
		return 0;
	if (CLASS[first] == THREE)
		end = utf8_skip_three(s, at);
	if (end == at)
		utf8_next(s, &end);
	/* a broken byte moves by one */
	return end - at > 1 ? end - at : 0;
}

size_t scan_plain(struct str s, size_t at)
{
	size_t start = at, n;

	while (at < s.n) {
#ifdef __SSE2__
		if (s.n - at >= BLOCK) {
			n = skip_block(s.p + at);
			at += n;
			if (n > BLOCK - 3)
				continue;
			/* mostly the quote that ends it */
			if (s.p[at] == '"')
				break;
		}
#endif
		n = s.n - at;
		if (scan_is_word(s.p + at, n))
			return s.n - start;
		n = skip_some(s, at);
		if (!n)
			break;
		at += n;
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
