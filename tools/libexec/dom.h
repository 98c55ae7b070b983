/*
 * A page of HTML as a tree of what its reader asks about. What a browser shows
 * nothing of is not in it: scripts and styles, menus and forms, elements that
 * are hidden (of a hidden cell, which keeps its place, the element alone).
 *
 * All memory is the arena's.
 */
#ifndef BUD_LIBEXEC_DOM_H
#define BUD_LIBEXEC_DOM_H

#include "base/arena.h"
#include "libexec/style.h"

enum dom_kind {
	DOM_OTHER,
	DOM_TEXT,
	DOM_BREAK,
	DOM_CAPTION,
	DOM_CELL, /* td, th */
	DOM_DIV,
	DOM_HEADING, /* h1 … h6 */
	DOM_LINK,
	DOM_PLAIN, /* pre */
	DOM_ROW,
	DOM_TABLE,
};

struct dom_node {
	enum dom_kind kind;
	bool block;                /* begins and ends a line */
	unsigned line;             /* in the source, from 1 */
	unsigned short rows, cols; /* that a DOM_CELL says it spans */
	struct dom_node *parent, *next, *first;
	union {
		struct str text;   /* of DOM_TEXT */
		struct str target; /* of DOM_LINK */
	};
	const struct style *style; /* of what is placed or holds such, or NULL */
};

/* The root, which is no element itself; NULL where elements stand in each other
 * deeper than that. The page must live as long as the tree. */
const struct dom_node *dom_parse(struct arena *a, struct str utf8,
				 size_t depth);

/* The node behind n in the order of the page, below root; NULL at the end. */
const struct dom_node *dom_next(const struct dom_node *n,
				const struct dom_node *root);

#endif
