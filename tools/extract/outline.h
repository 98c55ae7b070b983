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

/* The code points of the outline number at i and its level; 0 for none. */
size_t outline_read_mark(const struct chars *c, size_t i, int *level);

#endif
