/*
 * Digits cut off where they should have been rounded: 95.457 printed as 95.45.
 * Nobody's mistake in the figures, so a failure that this explains is a note.
 */
#ifndef BUD_CHECK_CUT_H
#define BUD_CHECK_CUT_H

#include "check/eval.h"

/* Whether the sides of an instance, which do not meet, would meet had the
 * stated value been cut off, or the one amount that is stated coarser than
 * all the others together. */
bool cut_explains(const struct instance *in);

#endif
