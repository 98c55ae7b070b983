/*
 * From a part to the whole it belongs to: one economic or functional class
 * up, one nature up, all natures, all fiscal money, all money, the item's own
 * whole (share/crosswalk/parents.tsv).
 */
#ifndef BUD_DIFF_PARENT_H
#define BUD_DIFF_PARENT_H

#include "diff/crosswalk.h"
#include "diff/table.h"

/* Sets the table's wholes. One that no fact has becomes a key, too, so that
 * the wholes of a key are a chain. */
void parent_find(struct diff_table *t, const struct crosswalk *cross);

#endif
