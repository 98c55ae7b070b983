/*
 * One pair of times of one account → change records.
 */
#ifndef BUD_DIFF_CHANGE_H
#define BUD_DIFF_CHANGE_H

#include "diff/cell.h"
#include "diff/pair.h"

struct changes {
	const struct diff *d;
	const struct ledger *from, *to; /* of one entity, or of the two */
	const struct diff_sink *sink;
	struct str entity; /* as records are to call it */
	bool across;       /* two entities are compared */
	struct buf breaks, chosen; /* of the record being made */
};

void changes_release(struct changes *c);

/* Sinks what changed between the accounts of the two ledgers, which are of one
 * key; one of them may be NO_ACCOUNT. */
void changes_tell(struct changes *c, uint32_t from, uint32_t to,
		  const struct pair *pair);

#endif
