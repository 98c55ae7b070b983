/*
 * Findings: what an instance of a rule came to, as a record with a message
 * in both languages. Memory from the arena of the check.
 */
#ifndef BUD_CHECK_FINDING_H
#define BUD_CHECK_FINDING_H

#include "check/check.h"
#include "check/eval.h"

/* Appends the finding of an instance, with what is gathered under it, and
 * counts it in the verdict. */
void finding_add(struct check *c, const struct instance *in);

/*
 * Appends the finding of words that stand in the text of a fact; of something
 * that the document lacks where the fact is NULL.
 */
void finding_add_words(struct check *c, const struct rule *rule,
		       const struct check_fact *fact, struct str words);

#endif
