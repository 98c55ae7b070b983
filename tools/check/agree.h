/*
 * Facts of the same coordinates held against each other: all of them must
 * agree within their quanta. Those that a table splits (split.h) are left out.
 */
#ifndef BUD_CHECK_AGREE_H
#define BUD_CHECK_AGREE_H

#include "check/again.h"
#include "check/eval.h"

/*
 * Fills an instance for the facts of the anchor's coordinates; false where
 * the anchor is not the first of them or stands alone. Its one binding has
 * the fact that most others agree with first, and the one farthest from it
 * second.
 */
bool agree_facts(const struct check_facts *fs, const struct rule *rule,
		 const struct formula *form, const struct check_fact *anchor,
		 struct instance *out);

/* How many values the facts have, those that agree counted once; counted up to
 * so many. */
size_t agree_count(const struct instance *in, size_t most);

/* Whether all facts of the instance agree, with another value for one. */
bool agree_again(const struct instance *in, const struct guess *guess);

#endif
