/*
 * The margins of pages of running text, for flow.c.
 *
 * The right margin is where most unfinished lines end, the base is the left
 * edge of lines that go on. Units are those of the lines. Nothing is freed: the
 * pages are in the arena.
 */
#ifndef BUD_SOURCE_MARGIN_H
#define BUD_SOURCE_MARGIN_H

#include "base/arena.h"
#include "source/flow.h"

enum {
	FLOW_LEAST_EMS = 18, /* narrower text is never taken as wrapped and
			      * shows no margin */
	FLOW_LEAST_OPEN = 2, /* unfinished lines that end at a margin, two
			      * characters from its widest one at most */
};

/* Where a line ends at least that shows a margin on a page this wide. */
static inline int flow_least_margin(int widest)
{
	return widest / 4 * 3;
}

struct flow_page {
	int margin, base; /* right and left edge of its text; 0 unknown */
	size_t from, to;  /* its lines */
};

/* Is there text that was not dropped? */
static inline bool flow_is_text(const struct flow_line *l)
{
	return !l->grid && l->text.n && !l->dropped;
}

/* Sets what is asked of lines again and again: running and closed. */
void flow_judge_lines(struct flow_line *lines, size_t n);

/* Text that is neither a row of a table nor one of a table of contents. */
static inline bool flow_is_running(const struct flow_line *l)
{
	return l->running && flow_is_text(l);
}

/* The pages of n lines; em is the width of one CJK character. */
struct flow_page *flow_find_pages(struct arena *a,
				  const struct flow_line *lines, size_t n,
				  int em, size_t *n_pages);

#endif
