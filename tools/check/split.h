/*
 * Coordinates that a table states apart: with several values, by unit or by a
 * second classification, that are no repetition of one total. Each of these
 * facts is a piece of what its coordinates say.
 */
#ifndef BUD_CHECK_SPLIT_H
#define BUD_CHECK_SPLIT_H

#include "check/facts.h"

/* Notes in the facts whether their table states them with other values, too. */
void split_note(struct check_facts *fs);

#endif
