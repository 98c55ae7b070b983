/*
 * Which rules are held against which coordinates of a document. Most that are
 * meant for coordinates have nothing to hold against them: a term that the
 * document states nowhere, a code without parts. These are left out here,
 * whole classes at once where it can be told of the document.
 *
 * Memory from the arena of the facts.
 */
#ifndef BUD_CHECK_HELD_H
#define BUD_CHECK_HELD_H

#include "check/facts.h"
#include "check/rule.h"

/* A class of the document that forms of a rule are meant for. */
struct held_class {
	const struct check_class *class;
	uint64_t forms;
};

/* A rule that is held against coordinates. */
struct held {
	const struct rule *rule;
	uint64_t forms; /* that come to something */
	struct known_term *terms; /* of all forms of the rule */
};

/* What a document states that a term may be. */
struct held_term {
	struct class_asked asked; /* CLASS_OWN only where it is so in the document */
	uint64_t shapes; /* of its coordinates, a bit each; 0: there are none */
	size_t longest;  /* word that a part of it has, in bytes */
};

struct held_rules {
	struct check_facts *fs;
	const struct rules *rules;
	/* what rule k is meant for: classes[from[k]] to from[k + 1] */
	struct held_class *classes;
	size_t *from;
	bool *is_void; /* by rule: the document states what makes it so */
	struct held_term *stated; /* by term, see class_term() */
	struct held *at; /* by point, of the last rule that was begun and is
			  * held against it; of none NULL */
	uint64_t *facts; /* a bit each: those it is held against */
	struct known_term *spare; /* of the next point */
	size_t n_spare;
};

/* rules: those that the facts' words were begun with. */
void held_begin(struct held_rules *h, struct check_facts *fs,
		const struct rules *rules);

/* Begins rule k: fills at and facts; false where there are none. */
bool held_find(struct held_rules *h, size_t k);

#endif
