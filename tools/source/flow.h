/*
 * Lines as a layout put them on pages → headings and paragraphs.
 *
 * Wrapped lines are joined where the geometry says that the next line goes
 * on, also over a page break; a text that has one paragraph a line stays so.
 * Page numbers and running heads are dropped. Used for plain text (units are
 * columns) and for PDF (units are tenths of a point).
 */
#ifndef BUD_SOURCE_FLOW_H
#define BUD_SOURCE_FLOW_H

#include <stdbool.h>

#include "source/block.h"
#include "source/grid.h"

struct flow_line {
	struct str text;    /* trimmed; borrowed */
	unsigned page;      /* from 1; 0 where there are none */
	unsigned line;      /* in the source, from 1; 0 unknown */
	int left, right;    /* edges of the text */
	int size, height;   /* of its font, across and down; 0 unknown */
	bool gap;           /* more than the usual distance above it */
	bool heading;       /* the source says so */
	bool dropped;       /* repeats what was said before */
	struct grid *grid;  /* stands here instead of text, or NULL */
	size_t raw;         /* the caller's own */
	bool running;       /* of flow_judge_lines(): running text, if any */
	bool closed;        /* likewise: it ends a sentence */
};

/* em is the width of one CJK character in the units of left and right. */
void flow_write(struct source_document *d, struct flow_line *lines, size_t n,
		int em);
/* The same of lines that flow_judge_lines() went over; units: whether any may
 * have 单位：万元 in it. */
void flow_write_judged(struct source_document *d, struct flow_line *lines,
		       size_t n, int em, bool units);

#endif
