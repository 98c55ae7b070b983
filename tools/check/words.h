/*
 * Rules that no sum can prove: words that a template left behind, an amount
 * without its sign, headings that name another year or office, tables that
 * the contents promise, and things that a disclosure must state.
 */
#ifndef BUD_CHECK_WORDS_H
#define BUD_CHECK_WORDS_H

#include "check/check.h"
#include "check/held.h"

/*
 * Holds the words of a rule against the document: its amounts, its headings
 * and its marks. A document of few amounts (a table, an excerpt) owes nothing
 * that "require" and "section" ask for. held: the n classes of the
 * document that fit a form of the rule.
 */
void words_run(struct check *c, const struct rule *rule,
	       const struct held_class *held, size_t n);

#endif
