/*
 * Rules that no amount can prove: words that a template left behind, and
 * things that a disclosure must state.
 */
#ifndef BUD_CHECK_WORDS_H
#define BUD_CHECK_WORDS_H

#include "check/check.h"

/* Looks for the rule's words beside the amounts of the document. */
void words_run(struct check *c, const struct rule *rule);

/*
 * Looks for what the rule's "require" formulas name; one of them suffices.
 * A document of few amounts (a table, an excerpt) owes nothing.
 */
void require_run(struct check *c, const struct rule *rule);

#endif
