/*
 * Inside the record room: the bytes of a JSON string that stand for
 * themselves, which reader and writer both run over.
 */
#ifndef BUD_RECORD_SCAN_H
#define BUD_RECORD_SCAN_H

#include <stdint.h>
#include <string.h>

#include "base/str.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SCAN_STEP = 8 };

/* The bytes of eight that are no plain ASCII characters (quote, backslash,
 * control character) as high bits, of which the lowest is exact. */
static inline uint64_t scan_stops(uint64_t x)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t quote = x ^ each * '"', slash = x ^ each * '\\',
		 rubout = x ^ each * 0x7F;

	return (x | ((x - each * 0x20) & ~x) | ((quote - each) & ~quote) |
		((slash - each) & ~slash) | ((rubout - each) & ~rubout)) &
	       each * 0x80;
}

/* How many plain ASCII characters eight bytes begin with; on a big-endian
 * machine 8 or 0. */
static inline unsigned scan_ascii(const char *p)
{
	uint64_t x, stops;

	memcpy(&x, p, sizeof x);
	stops = scan_stops(x);
	if (!stops)
		return SCAN_STEP;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return (unsigned)__builtin_ctzll(stops) / 8;
#else
	return 0;
#endif
}

/* The same of SCAN_SHORT bytes. */
enum { SCAN_SHORT = 16 };
static inline unsigned scan_short(const char *p)
{
#ifdef __SSE2__
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)p);
	/* bytes are signed: what is no ASCII is less than a blank */
	__m128i stops = _mm_or_si128(
		_mm_or_si128(_mm_cmplt_epi8(x, _mm_set1_epi8(' ')),
			     _mm_cmpeq_epi8(x, _mm_set1_epi8(0x7F))),
		_mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('"')),
			     _mm_cmpeq_epi8(x, _mm_set1_epi8('\\'))));

	return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(stops) |
				       1u << SCAN_SHORT);
#else
	unsigned n = scan_ascii(p);

	return n < SCAN_STEP ? n : n + scan_ascii(p + SCAN_STEP);
#endif
}

/* Whether bytes are a short word of plain ASCII, as codes and the words of
 * records are: 4 to 16. Both ends are looked at, which may overlap. */
static inline bool scan_is_word(const char *p, size_t n)
{
	uint32_t first, last;

	if (n < sizeof first || n > 2 * SCAN_STEP)
		return false;
	if (n >= SCAN_STEP)
		return scan_ascii(p) == SCAN_STEP &&
		       scan_ascii(p + n - SCAN_STEP) == SCAN_STEP;
	memcpy(&first, p, sizeof first);
	memcpy(&last, p + n - sizeof last, sizeof last);
	return !scan_stops(first | (uint64_t)last << 32);
}

/*
 * How many bytes from at on are valid UTF-8 and need no escape: no quote, no
 * backslash, no control character (U+007F included). Ends at a whole code
 * point; at may be s.n.
 */
size_t scan_plain(struct str s, size_t at);

/* The same of a text that is known to be valid UTF-8. */
size_t scan_valid(struct str s, size_t at);

#endif
