/*
 * Which of several sources of one value is believed. The order: the year's
 * own document over another's, stated over derived, certain over doubtful
 * and approximate, figures over words, finer quantum, table over text, later
 * publication, lower number in the document.
 */
#ifndef BUD_DIFF_TRUST_H
#define BUD_DIFF_TRUST_H

#include "diff/table.h"

/* <0 where a is believed before b, 0 only for the same fact twice. */
int trust_compare(const struct diff_table *t, const struct diff_row *a,
		  const struct diff_row *b);

/* Why a is believed before b: the first rule that decides, in words. */
struct str trust_reason(const struct diff_table *t, const struct diff_row *a,
			const struct diff_row *b);

#endif
