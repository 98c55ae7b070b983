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

/* "2023 approved expenditure, general, basic" */
void label_put_fact(struct buf *out, struct check_labels *labels,
		    enum lang lang, const struct bud_fact *f);

/* "577.79", "13.95%", "3": without the unit of money. */
void label_put_value(struct buf *out, int64_t value, int64_t quantum,
		     enum unit unit);

/* A phrase of messages.tsv, as it was when the labels were loaded. */
struct str label_phrase(struct check_labels *labels, enum lang lang,
			const char *id);

#endif
