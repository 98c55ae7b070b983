/*
 * Inside the record room: whether bytes are a key or a word that is known,
 * compared in blocks that may overlap. Where its length is known when compiling
 * little is left of it.
 */
#ifndef BUD_RECORD_LITERAL_H
#define BUD_RECORD_LITERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

__attribute__((always_inline)) static inline uint64_t
literal_eight(const char *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof x);
	return x;
}

__attribute__((always_inline)) static inline uint32_t
literal_four(const char *p)
{
	uint32_t x;

	memcpy(&x, p, sizeof x);
	return x;
}

/* n: 4 to 24, which may be read of both. */
__attribute__((always_inline)) static inline bool
is_literal(const char *p, const char *literal, size_t n)
{
	if (n < 8)
		return literal_four(p) == literal_four(literal) &&
		       literal_four(p + n - 4) == literal_four(literal + n - 4);
	return literal_eight(p) == literal_eight(literal) &&
	       (n == 8 ||
		literal_eight(p + n - 8) == literal_eight(literal + n - 8)) &&
	       (n <= 16 ||
		literal_eight(p + 8) == literal_eight(literal + 8));
}

#endif
