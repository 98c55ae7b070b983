/*
 * Where tables without rules stand on a page, and whether they go on on the
 * next one. Nothing is freed: arenas.
 */
#ifndef BUD_SOURCE_REGION_H
#define BUD_SOURCE_REGION_H

#include "source/page.h"

/*
 * The tables among n lines, as the lines that they replace: the grid at i
 * stands in the place of line i, and lines with gone[i] are in a grid. A table
 * that goes on from the page before is added to its grid, in f->open.
 */
struct grid **region_find(struct arena *a, struct page_flow *f,
			  const struct page *p, const struct page_line *l,
			  size_t n, bool *gone);

#endif
