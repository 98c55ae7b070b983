/*
 * What people call a coordinate, and amounts as people write them: money in
 * 万元, in as many decimals as it was stated with.
 */
#ifndef BUD_CHECK_LABEL_H
#define BUD_CHECK_LABEL_H

#include "base/message.h"
#include "base/str.h"
#include "check/check.h"

/* What is known of coordinates, which are what has labels. */
struct known *label_known(struct check_labels *labels);

/* Where a text is put together; empty, and taken away by the next call. */
struct buf *label_scratch(struct check_labels *labels);

/* Room for the numbers of a message; likewise. */
char *label_numbers(struct check_labels *labels, size_t room);

/* What stands between a rule and its numbers, by language: " (2023 approved
 * expenditure, general, basic): ". Kept with the coordinates, or in the
 * arena; the array is true until the next call. */
const struct str *label_subject(struct arena *a, struct check_labels *labels,
				const struct check_fact *f);

/* Whether the label of the fact and the phrases that were asked for so far are
 * known to stand for themselves in JSON. */
bool label_is_plain(const struct check_labels *labels,
		    const struct check_fact *f);

/* "577.79", "13.95%", "3": without the unit of money. */
void label_put_value(struct buf *out, int64_t value, int64_t quantum,
		     enum unit unit);
/* The same where there is room for LABEL_MOST_VALUE bytes: the place behind. */
enum { LABEL_MOST_VALUE = 40 }; /* 19 digits, 6 commas, a sign, a point, % */
char *label_write_value(char *p, int64_t value, int64_t quantum,
			enum unit unit);

/* Phrases of messages.tsv. */
enum phrase {
	PHRASE_UNIT,
	PHRASE_DIFFERENCE,
	PHRASE_ALLOWANCE,
	PHRASE_SHORT,
	PHRASE_MISSING,
	PHRASE_ABSENT,
	PHRASE_PRESENT,
	PHRASE_ZERO,
	PHRASE_TRUNCATED,
	PHRASE_DOUBT,
	PHRASE_APPROX,
	PHRASE_BLAME,
	PHRASE_BLAME_OTHERS,
	PHRASE_UNSURE,
	PHRASES,
};

/* By language, as it was when it was first asked for. */
const struct str *label_phrase(struct check_labels *labels, enum phrase p);

#endif
