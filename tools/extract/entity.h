/*
 * Whose a document is, beyond the name: the place, what kind of organisation
 * it is, and an id that stays when the place is renamed.
 */
#ifndef BUD_EXTRACT_ENTITY_H
#define BUD_EXTRACT_ENTITY_H

#include "extract/state.h"

/* Fills region, entity_id and entity_kind from entity and year. */
void entity_place(struct extract *x);

#endif
