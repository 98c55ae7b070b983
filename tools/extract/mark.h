/*
 * Marks: words without an amount that a reviewer looks at. They are headings
 * of the document (its title excepted, which that record has), lines of the
 * table of contents that nothing below answers, and what a template left
 * (share/lexicon/leftovers.tsv).
 */
#ifndef BUD_EXTRACT_MARK_H
#define BUD_EXTRACT_MARK_H

#include "extract/state.h"

/* Adds the marks of the document, whose facts are known; the table of
 * contents ends before the block of that index, 0 for none. */
void mark_document(struct extract *x, size_t contents_end);

/* The words of a heading without number, dots and page number; empty for a
 * grid or a long text. */
struct str mark_heading_words(const struct extract *x,
			      const struct source_block *b);

/* 目录: is it the heading of a table of contents? */
bool mark_opens_contents(const struct extract *x, const struct source_block *b);

#endif
