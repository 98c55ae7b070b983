/* Numbers that Word puts in front of paragraphs: 一、 （一） 1. and so on. */
#ifndef BUD_LIBEXEC_NUMBERING_H
#define BUD_LIBEXEC_NUMBERING_H

#include "libexec/package.h"

enum { NUMBERING_LEVELS = 9 };

struct numbering_list {
	struct str id;
	const xmlNode *levels[NUMBERING_LEVELS]; /* <w:lvl> or NULL */
	long count[NUMBERING_LEVELS];
};

struct numbering {
	struct numbering_list *lists;
	size_t n, cap;
};

/* tree is word/numbering.xml, may be NULL, and must stay. */
void numbering_read(struct numbering *g, struct arena *a, xmlDocPtr tree);

/* Appends the number of the next paragraph of a list at a level. */
void numbering_put(struct numbering *g, struct str list, struct str level,
		   struct buf *out);

#endif
