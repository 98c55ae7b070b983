/*
 * Findings: what an instance of a rule came to, as a record with a message
 * in both languages. Memory from the arena of the check.
 */
#ifndef BUD_CHECK_FINDING_H
#define BUD_CHECK_FINDING_H

#include "check/check.h"
#include "check/eval.h"

/* Appends the finding of an instance, which must live as long as the check,
 * with what is gathered under it, and counts it in the verdict. Those of a rule
 * come one after another, once all facts are added. */
void finding_add(struct check *c, const struct instance *in);

/* Where words stand: with a fact, in a heading or a paragraph, or nowhere,
 * where the document lacks something. */
struct finding_place {
	const struct check_fact *fact; /* NULL: no amount stands there */
	struct str text;
	int64_t page, line;
};

/* Appends the finding of words; the place is NULL for what is lacking. */
void finding_add_words(struct check *c, const struct rule *rule,
		       const struct finding_place *place, struct str words);

#endif
