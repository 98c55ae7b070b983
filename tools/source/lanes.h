/*
 * The body of a table without rules: which of its pieces stand below each
 * other.
 *
 * A piece is what stands together on a line; a lane is the place of a column
 * of the body. For PDF places are tenths of a point, for plain text columns of
 * the terminal; y grows downwards. em is the width of a Chinese character.
 * Nothing is freed: arenas.
 */
#ifndef BUD_SOURCE_LANES_H
#define BUD_SOURCE_LANES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct piece {
	struct str text;
	int x0, x1;
	int y; /* the middle */
};

struct piece_line {
	struct piece *v; /* from left to right */
	size_t n;
	int y;
	unsigned page, line;
};

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

struct lane {
	int x0, x1;
	bool amounts;
};

struct lanes {
	struct lane *v; /* from left to right */
	size_t n;
	enum align align; /* of the amounts */
	bool aligns[3];   /* what it may be as well, by enum align */
	bool decimals;    /* amounts have them */
	int em;
};

/* Is the piece an amount, not a code? */
bool lanes_is_amount(const struct lanes *l, struct str s);

/* The lanes of n lines; false where they cannot be told. */
bool lanes_find(struct arena *a, struct lanes *l,
		const struct piece_line *lines, size_t n, int em);

/* The first lane that shares a place with [x0, x1); *n: how many do. */
size_t lanes_touched(const struct lanes *l, int x0, int x1, size_t *n);

/* The lane of a piece; SIZE_MAX where it could be in two. */
size_t lanes_place(const struct lanes *l, const struct piece *p);

#endif
