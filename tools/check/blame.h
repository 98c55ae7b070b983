/*
 * One wrong number makes every identity fail that it takes part in. Blame
 * looks for the number that, given another value, mends the most failures and
 * breaks the fewest identities that hold; these failures become one finding.
 * Then for the next one, until no number explains two failures.
 */
#ifndef BUD_CHECK_BLAME_H
#define BUD_CHECK_BLAME_H

#include "check/eval.h"

/* Sets blame and gathered of the instances; memory from the facts' arena. */
void blame_gather(const struct check_facts *fs, struct instance *list,
		  size_t n);

#endif
