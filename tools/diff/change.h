/*
 * One pair of times of one key → change records.
 */
#ifndef BUD_DIFF_CHANGE_H
#define BUD_DIFF_CHANGE_H

#include "diff/cell.h"
#include "diff/pair.h"

struct changes {
	const struct diff *d;
	diff_sink *sink;
	void *ctx;
	struct str entity; /* as records are to call it */
	bool across;       /* two entities are compared */
	struct buf breaks, chosen; /* of the record being made */
};

void changes_release(struct changes *c);

/* Sinks what changed between the keys, which are the same but for the
 * entity; one of them may be NO_KEY. */
void changes_tell(struct changes *c, uint32_t from_key, uint32_t to_key,
		  const struct pair *pair);

#endif
