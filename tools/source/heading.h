/*
 * What a line of text looks like: an outline number, a heading, an end of a
 * sentence. Nothing here looks at what the words mean.
 */
#ifndef BUD_SOURCE_HEADING_H
#define BUD_SOURCE_HEADING_H

#include <stdbool.h>

#include "base/str.h"

/*
 * The level of the outline number that the text begins with, by its style:
 * 第一部分, 第一章 1; 一、 and 第一节 2; （一） 3; 1． 4; （1） and 1） 5;
 * ① 6. 0 where there is none.
 */
int heading_level(struct str text);

/*
 * Begins with something that opens a paragraph of its own: an outline number,
 * 单位：, 注：, 附件, a bullet.
 */
bool heading_opens(struct str text);

/* Ends in a mark that ends a sentence or clause: 。；：！？ */
bool heading_is_closed(struct str text);

/* Is an entry of a table of contents, with leaders and a page number? */
bool heading_is_contents(struct str text);

/*
 * Reads as a heading: one line, no sentence marks, no amounts. In front of
 * the body (in_title) it needs no number.
 */
bool heading_is(struct str text, bool in_title);
/* The same, and the level of its number, 0 where it is none. */
bool heading_read(struct str text, bool in_title, int *level);

/* Whether any line of a text may have what heading_find_unit() finds. */
bool heading_may_have_unit(struct str text);

/*
 * Where 单位：万元 begins behind a title on the same line; the text's length
 * where there is none.
 */
size_t heading_find_unit(struct str text);

#endif
