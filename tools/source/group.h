/*
 * Which columns the cells of a head stand over: for heads.c.
 */
#ifndef BUD_SOURCE_GROUP_H
#define BUD_SOURCE_GROUP_H

#include "source/heads.h"

/*
 * Gives each cell that is no group a lane, and fills the columns. A cell that
 * has room for no column becomes a group. What is said against it: how far the
 * lanes are from where they should be.
 */
int group_match(struct arena *a, struct heads *h, const struct lanes *l);

/* Gives each group its columns and each cell its level. What is said against
 * it: how far groups are from the middle of their columns, and what is alone. */
int group_spread(struct arena *a, struct heads *h, const struct lanes *l);

#endif
