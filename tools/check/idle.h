/*
 * Forms that come to nothing, told before they are held against any fact: most
 * that are meant for coordinates do.
 */
#ifndef BUD_CHECK_IDLE_H
#define BUD_CHECK_IDLE_H

#include "check/held.h"

/*
 * Whether the form comes to nothing (OUTCOME_NONE) for all facts of the
 * anchor's coordinates, as the document states too few of its terms; without
 * terms for all coordinates that have words in the same dimensions (see
 * CLASS_SHAPE), without an anchor for whatever facts. stated: by term, see
 * held.h.
 */
bool idle_form(const struct check_facts *fs, const struct formula *form,
	       const struct check_fact *anchor, struct known_term *terms,
	       const struct held_term *stated);

#endif
