/*
 * Tables without rules, from pieces with their places: heads.h finds what
 * stands over what, lanes.h what stands below each other, this file which
 * lines are one row.
 */
#ifndef BUD_SOURCE_UNRULED_H
#define BUD_SOURCE_UNRULED_H

#include "source/grid.h"
#include "source/lanes.h"

/* Does the line belong to the body: has it a number behind something else? */
bool unruled_is_body(const struct piece_line *l);

/* The grid of n lines, the head among them; NULL where its lanes cannot be
 * told. An amount that stands in no lane is put behind the last column. */
struct grid *unruled_build(struct arena *a, const struct piece_line *lines,
			   size_t n, int em);

#endif
