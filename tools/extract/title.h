/*
 * Which of the first lines are the title of a document. Around it stand the
 * lines of a web site (where the page is, when it was put there, how often it
 * was read), and behind it may stand a table at once.
 */
#ifndef BUD_EXTRACT_TITLE_H
#define BUD_EXTRACT_TITLE_H

#include "extract/chars.h"
#include "extract/state.h"

/* The bytes of the text that are the title; both 0 where there is none. */
struct title_place {
	size_t start, end;
};

struct title_place title_find(const struct extract *x);

/* A line that the web site says of the page, or an office of itself
 * (share/lexicon/sites.tsv). */
bool title_is_site(const struct extract *x, const struct chars *c);

/* 部门：, 编制单位： and the like at the beginning: what stands before the name;
 * 0 where there is none. */
size_t title_label(const struct chars *c);

/* 附件1：, 公开01表 before words: the number of characters, 0 for none. */
size_t title_number(const struct chars *c);

#endif
