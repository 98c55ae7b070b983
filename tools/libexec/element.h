/* The elements of HTML, and what their tags do to each other. */
#ifndef BUD_LIBEXEC_ELEMENT_H
#define BUD_LIBEXEC_ELEMENT_H

#include "libexec/dom.h"

enum element_flag {
	ELEMENT_BLOCK = 1,    /* begins and ends a line */
	ELEMENT_SKIPPED = 2,  /* never read */
	ELEMENT_EMPTY = 4,    /* has no end tag */
	ELEMENT_RAW = 8,      /* what is in it is no markup */
	ELEMENT_OF_HEAD = 16, /* may stand in <head> */
	ELEMENT_LIST = 32,    /* of items or terms */
	ELEMENT_WHOLE = 64,   /* html, body: of which there is one */
};

/* An end tag ends what is open in its element, but nothing of a higher rank. */
enum element_rank {
	RANK_NONE,
	RANK_DIV,
	RANK_CELL,
	RANK_ROW,
	RANK_ROWS,
	RANK_TABLE,
	RANK_HEAD,
};

/* A start tag ends the open element of its group: <li> the item before. */
enum element_group {
	GROUP_NONE,
	GROUP_PARAGRAPH, /* is ended by any block */
	GROUP_HEADING,
	GROUP_LINK,
	GROUP_ITEM,
	GROUP_TERM,
};

struct element {
	struct str name; /* in small letters; empty: any that is not known */
	enum dom_kind kind;
	unsigned flags;
	enum element_rank rank;
	enum element_group group;
};

/* By a name in whatever case. */
const struct element *element_find(struct str name);

#endif
