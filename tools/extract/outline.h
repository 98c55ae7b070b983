/*
 * Outline numbers: 第一部分, 一、 （一） 1． （1） ①.
 *
 * Levels are fixed by style, as documents of this field use it: 1 第X部分 and
 * 第X章, 2 一、, 3 （一）, 4 1． and 1、, 5 （1） and 1）, 6 ①. A document may leave
 * levels out but does not swap them.
 */
#ifndef BUD_EXTRACT_OUTLINE_H
#define BUD_EXTRACT_OUTLINE_H

#include "extract/chars.h"

enum { OUTLINE_LEVELS = 7 };

/* For outline_read_mark(). */
size_t outline_read_number(const struct chars *c, size_t i, int *level);

/* The code points of the outline number at i and its level; 0 for none. */
static inline size_t outline_read_mark(const struct chars *c, size_t i,
				       int *level)
{
	enum { ORDINAL = 0x7B2C }; /* 第 */
	uint32_t cp = c->cp[i];

	*level = 0;
	if (cp >= 0x4E00 && cp != ORDINAL && !numeral_may_begin(cp))
		return 0; /* nearly always */
	return outline_read_number(c, i, level);
}

#endif
