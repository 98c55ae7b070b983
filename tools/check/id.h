/*
 * Ids of findings: the same rule on the same coordinates has the same id in
 * every run and on every machine, "A02-1f8a9c03"; the second and later ones of
 * a document are numbered, "A02-1f8a9c03.2". Memory from the arena of the check.
 */
#ifndef BUD_CHECK_ID_H
#define BUD_CHECK_ID_H

#include "check/check.h"

/* Once all facts are added; those of a rule are asked for one after another. */
struct str id_make(struct check *c, const struct rule *rule,
		   const struct check_fact *anchor);

#endif
