/*
 * Thirty-two bytes are looked at at once where the processor can; else ASCII
 * eight bytes, Chinese three. What is left goes through utf8_next().
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

static inline __m128i load(const char *p)
{
	return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* Which of BLOCK bytes need an escape; what is beyond ASCII may be among them,
 * as bytes are signed here. */
static inline uint32_t find_stops(__m128i x)
{
	return (uint32_t)_mm_movemask_epi8(_mm_or_si128(
		_mm_or_si128(_mm_cmplt_epi8(x, each(' ')),
			     _mm_cmpeq_epi8(x, each(0x7F))),
		_mm_or_si128(_mm_cmpeq_epi8(x, each('"')),
			     _mm_cmpeq_epi8(x, each('\\')))));
}

static inline uint32_t find_high(__m128i x)
{
	return (uint32_t)_mm_movemask_epi8(x);
}

static inline uint32_t find_leads(__m128i x)
{
	__m128i odd = _mm_or_si128(_mm_cmpeq_epi8(x, each(0xE0)),
				   _mm_cmpeq_epi8(x, each(0xED)));

	return (uint32_t)_mm_movemask_epi8(_mm_andnot_si128(
		odd, _mm_cmpeq_epi8(_mm_and_si128(x, each(0xF0)), each(0xE0))));
}

static inline uint32_t find_more(__m128i x)
{
	return (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(x, each(0xC0)));
}

/*
 * How many bytes of TWO blocks are plain, as far as they are ASCII or
 * characters of three bytes, but for the leads that not every continuation may
 * follow. A bit stands for a byte, the lowest for the first. *leads: those of
 * the blocks before, of which bits 0 and 1 are the last two bytes; then of
 * these.
 */
enum { TWO = 2 * BLOCK };
static inline unsigned skip_two(const char *p, uint64_t *leads)
{
	__m128i x = load(p), y = load(p + BLOCK);
	uint32_t high = find_high(x) | find_high(y) << BLOCK;
	uint32_t stops = (find_stops(x) | find_stops(y) << BLOCK) & ~high;
	uint32_t own, more;

	if (high || *leads) {
		own = find_leads(x) | find_leads(y) << BLOCK;
		more = find_more(x) | find_more(y) << BLOCK;
		*leads |= (uint64_t)own << 2;
		stops |= high & ~(own | more);
		/* two bytes behind each lead, and nowhere else */
		stops |= more ^ (uint32_t)(*leads | *leads >> 1);
	}
	return stops ? (unsigned)__builtin_ctz(stops) : TWO;
}

/* Where the last whole character ends at or before at, where the last bytes
 * have these leads. */
static inline size_t back_off(size_t at, uint64_t leads)
{
	return leads & 2 ? at - 1 : leads & 1 ? at - 2 : at;
}

/* Over such bytes up to another, or to the end. */
static inline size_t skip_most(struct str s, size_t at)
{
	uint64_t leads = 0;
	unsigned n;

	while (s.n - at >= TWO) {
		n = skip_two(s.p + at, &leads);
		at += n;
		leads >>= n;
		if (n < TWO)
			return back_off(at, leads);
	}
	if (at < s.n) {
		char last[TWO] = {0}; /* where it stops */

		memcpy(last, s.p + at, s.n - at);
		n = skip_two(last, &leads);
		at += n;
		leads >>= n;
	}
	return back_off(at, leads);
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
		at = skip_most(s, at);
		/* mostly the end, or the quote there */
		if (at == s.n || s.p[at] == '"')
			break;
#endif
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
		__m128i x = load(s.p + at);
		uint32_t escapes = find_stops(x) & ~find_high(x);

		if (escapes)
			return at + (unsigned)__builtin_ctz(escapes) - start;
	}
#endif
	while (at < s.n && ((unsigned char)s.p[at] >= 0x80 ||
			    CLASS[(unsigned char)s.p[at]] == ASCII))
		at++;
	return at - start;
}
