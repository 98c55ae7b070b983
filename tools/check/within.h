/*
 * "A within B": what A states (more than nothing), B must state, too, at all.
 *
 * Where the first term leaves a coordinate open by '*', both are lists along
 * it: a class of one table must be a class of the other. Such a rule is only
 * held between tables, where the other list gives classes of the same depth
 * and each of its rows was understood. What lacks its class is told once, by
 * the highest class that is not there. Without a list it is held against what
 * the document states of its own year.
 */
#ifndef BUD_CHECK_WITHIN_H
#define BUD_CHECK_WITHIN_H

#include "check/eval.h"

/* Fills an instance, its outcome EXACT or FAIL; false where nothing is held
 * against the anchor. */
bool within_facts(const struct check_facts *fs, const struct rule *rule,
		  const struct formula *form, const struct check_fact *anchor,
		  struct instance *out);

#endif
