/*
 * Findings: what an instance of a rule came to, as a record with a message
 * in both languages. Memory from the arena of the check.
 */
#ifndef BUD_CHECK_FINDING_H
#define BUD_CHECK_FINDING_H

#include "check/check.h"
#include "check/eval.h"

/* Appends the finding of an instance, and counts it in the verdict. */
void finding_add(struct check *c, const struct instance *in);

/*
 * Appends the finding of facts of one coordinate: facts[0] is the one that
 * the others are held against, facts[1] the one that differs most, if any.
 */
void finding_add_agreement(struct check *c, const struct rule *rule,
			   const struct check_fact **facts, size_t n,
			   enum outcome outcome);

#endif
