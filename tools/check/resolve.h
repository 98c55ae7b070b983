/*
 * Which facts the terms of a formula mean, given the anchor: coordinates that
 * a term does not mention are the anchor's; of several facts the nearest is
 * meant.
 */
#ifndef BUD_CHECK_RESOLVE_H
#define BUD_CHECK_RESOLVE_H

#include "check/facts.h"
#include "check/rule.h"

/* Whether the document states an amount that makes the rule void. */
bool resolve_is_void(const struct check_facts *fs, const struct rule *rule);

/* Whether one of the facts of a chain is more than nothing. */
bool resolve_has_amount(const struct check_facts *fs,
			const struct check_chain *c);

/* Whether one of the words that a rule looks for stands with the fact. */
bool resolve_words(const struct rule *rule, const struct check_fact *f);

/* Whether a rule's formula is held against the fact: against its coordinates,
 * which is the same for all facts of them, and against itself. */
bool resolve_anchor(const struct check_facts *fs, const struct rule *rule,
		    const struct formula *form, const struct check_fact *f);
bool resolve_point(const struct check_facts *fs, const struct rule *rule,
		   const struct formula *form, const struct check_fact *f);
static inline bool resolve_fact(const struct check_facts *fs,
				const struct rule *rule,
				const struct check_fact *f)
{
	return (f->f.origin != ORIGIN_DERIVED || fs->across) &&
	       (!rule->text.n || resolve_words(rule, f));
}

/* The coordinates that a term asks for; false where no fact can have them. */
bool resolve_term(const struct check_facts *fs, const struct term *t,
		  const struct check_fact *anchor, check_word at[DIMS]);

/*
 * The facts that a term may mean, or that a sum may run over, NULL where the
 * document has none. What was found for the coordinates of the anchor before
 * is in *known, and else is put there.
 */
const struct check_chain *resolve_chain_anew(const struct check_facts *fs,
					     const struct node *n,
					     const struct check_fact *anchor,
					     struct known_term *known);
static inline const struct check_chain *
resolve_chain(const struct check_facts *fs, const struct node *n,
	      const struct check_fact *anchor, struct known_term *known)
{
	/* once known, a chain is known for good; another may come to be */
	if (known->chain || known->n_chains == fs->known->chains.n)
		return known_stated(fs->known, known->chain);
	return resolve_chain_anew(fs, n, anchor, known);
}

/* The fact of a chain, which may be NULL, that stands nearest to the anchor, or
 * NULL. */
const struct check_fact *resolve_nearest(const struct check_facts *fs,
					 const struct check_fact *anchor,
					 const struct check_chain *c);

/*
 * The facts that may be the whole of a share: the one it names, then what
 * lies above its part. At most max of them; *guessed if it names none.
 */
size_t resolve_wholes(const struct check_facts *fs, const struct term *t,
		      const struct check_fact *anchor,
		      const struct check_fact **list, size_t max,
		      bool *guessed);

#endif
