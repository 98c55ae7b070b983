/*
 * A formula once more over the facts that it was bound to, one value replaced:
 * what blame asks.
 */
#ifndef BUD_CHECK_AGAIN_H
#define BUD_CHECK_AGAIN_H

#include "check/eval.h"

/* Both sides; false where they cannot be reckoned. */
bool again_sides(const struct instance *in, const struct check_fact *fact,
		 int64_t value, struct quantity *left, struct quantity *right);

#endif
