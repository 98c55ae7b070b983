/*
 * Folded code points with the place of each in the text: what the scanner and
 * the numeral reader walk over.
 */
#ifndef BUD_EXTRACT_CHARS_H
#define BUD_EXTRACT_CHARS_H

#include <uchar.h>

#include "base/utf8.h"
#include "extract/scan.h"

struct chars {
	uint32_t *cp;  /* folded, never 0; cp[n] is 0 */
	size_t *start; /* bytes; start[n] is the end of the text */
	size_t n;
	bool left_out;   /* there are more in the text: blanks, quotation marks */
	struct str text; /* what was folded, borrowed */
	size_t base;     /* its place: what the first start counts from */
	size_t cap; /* characters that there is room for */
};

struct chars chars_fold(struct arena *a, struct str text, size_t base);

/* The same in the room of c, which is {0} at first and grows. */
void chars_fold_again(struct chars *c, struct arena *a, struct str text,
		      size_t base);

/* Those that begin in the bytes [from, to), which count from its base as the
 * starts do; behind the last of them stands no 0. They borrow. */
struct chars chars_slice(const struct chars *c, size_t from, size_t to);

/* Where the character i ends; in a text that is not valid UTF-8 no later than
 * the next one begins. */
static inline size_t chars_end(const struct chars *c, size_t i)
{
	size_t end;

	if (!c->left_out)
		return c->start[i + 1];
	end = c->start[i] + utf8_length(c->text.p[c->start[i] - c->base]);

	return end < c->start[i + 1] ? end : c->start[i + 1];
}

/* For chars_gap(). */
bool chars_are_blank(const struct chars *c, size_t from, size_t to);

/* Whether blanks stand before the character i. */
static inline bool chars_gap(const struct chars *c, size_t i)
{
	size_t from = c->base;

	if (!c->left_out || (i && c->start[i] == c->start[i - 1] + 1))
		return false; /* most are asked between digits */
	if (i)
		from = chars_end(c, i - 1);
	return from < c->start[i] && chars_are_blank(c, from, c->start[i]);
}

static inline bool chars_is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* Whether the folded text at i begins with these words (folded, not empty). */
static inline bool chars_at(const struct chars *c, size_t i,
			    const char32_t *words)
{
	do {
		if (i >= c->n || c->cp[i] != *words)
			return false;
		i++;
	} while (*++words);
	return true;
}

/* Chinese digits and powers of ten, see numeral.c. */
extern const struct chars_numeral {
	uint16_t cp, value;
} chars_numerals[128];

/* The value of a Chinese digit or power of ten, or -1. */
static inline int chars_numeral_value(uint32_t cp)
{
	const struct chars_numeral *n = &chars_numerals[cp >> 1 & 127];

	return cp && n->cp == cp ? n->value : -1;
}

/* Whether numeral_read() may find one that begins with cp. */
static inline bool numeral_may_begin(uint32_t cp)
{
	if (cp < 0x80)
		return chars_is_digit(cp) || cp == '-' || cp == '+' || cp == '.';
	return chars_numeral_value(cp) >= 0;
}

/*
 * Reads a numeral with what belongs to it at i into *t, which is {0}; gives the
 * number of code points read, 0 where none stands. *t is then a TOKEN_AMOUNT, _NUMBER,
 * _YEAR, _DATE, _CODE or, for article and telephone numbers, _OTHER.
 */
size_t numeral_read(struct arena *a, const struct lexicon *l,
		    const struct chars *c, size_t i, struct token *t);

#endif
