/*
 * From a part to the wholes it belongs to, nearest first: one economic or
 * functional class up, one nature up, all natures, all fiscal money, all
 * money, the item's own whole (share/crosswalk/parents.tsv).
 */
#ifndef BUD_DIFF_PARENT_H
#define BUD_DIFF_PARENT_H

#include "diff/crosswalk.h"
#include "diff/table.h"

struct parent {
	const struct diff_table *table;
	const struct crosswalk *cross;
	uint32_t from_entity, to_entity, unit;
	struct str item, fund, function, economic, nature;
};

/* One of the keys may be NO_KEY: then both are of the other's entity. */
void parent_start(struct parent *p, const struct diff_table *t,
		  const struct crosswalk *cross, uint32_t from_key,
		  uint32_t to_key);

/* The next whole that the table has; false when there is none. */
bool parent_next(struct parent *p, uint32_t *from_key, uint32_t *to_key);

#endif
