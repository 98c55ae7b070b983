/*
 * What a spreadsheet shows for a stored number: decimal text in, decimal text
 * out, rounded as its number format says. No floating point.
 */
#ifndef BUD_LIBEXEC_CELLFORMAT_H
#define BUD_LIBEXEC_CELLFORMAT_H

#include <stdbool.h>

#include "base/str.h"

enum { CELLFORMAT_BEHIND = 16 };

struct cellformat {
	int decimals; /* -1: as many as there are */
	bool percent, date;
	bool hides_zero; /* the section for zero is empty */
	int thousands;   /* commas behind the digits: divided by 1000 each */
	int shift;  /* digits behind a point that is only written: 0!.0000 */
	int epoch;  /* days to add to a date: 1462 where they count from 1904 */
	char behind[CELLFORMAT_BEHIND]; /* words behind the digits: 万元 */
};

/* From a format code such as `#,##0.00_ ;-0.00;;@`. */
struct cellformat cellformat_of(struct str code);

/* From the number of a built-in format (ECMA-376, 18.8.30). */
struct cellformat cellformat_builtin(int id);

/* Appends value ("1.2300000000000001E2") as shown; what is no number is
 * appended as it is. */
void cellformat_put(struct buf *out, struct str value,
		    const struct cellformat *format);

#endif
