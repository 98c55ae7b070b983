/*
 * The parts of a whole: which facts of a document make up the list that a
 * sum runs over. Memory from the arena of the facts.
 */
#ifndef BUD_CHECK_LIST_H
#define BUD_CHECK_LIST_H

#include "check/facts.h"
#include "check/rule.h"

enum {
	LIST_ROW,     /* the row of a table */
	LIST_NEAR,    /* its table; the line of the prose */
	LIST_SECTION,
	LIST_ANYWHERE,
	LIST_REACHES,
};

/* How a list may be read where the facts leave it open. */
enum {
	READ_PLAIN,
	READ_REPEATS, /* a part that a table states twice is split: take all */
	READ_NESTED,  /* special_account (教育收费) is within service */
	READINGS,
};

struct list {
	const struct check_fact **parts; /* topmost, in reading order */
	size_t n;
	/* by list_look_around() */
	bool table;    /* all in one table with the whole */
	bool residue;  /* an amount among them was not understood */
	bool hopeless; /* no reach and no reading finds a part */
	int next;      /* the next reach that may find other parts */
	bool readable; /* another reading may find other parts */
};

/* Where a list is looked for. */
struct list_place {
	int reach, reading;
	bool jumps; /* if it has no part there, to the next reach where it has */
};

/*
 * Collects the parts of the term for the anchor from what the document has of
 * them. Where it jumps, *place is moved.
 */
void list_collect(const struct check_facts *fs, const struct term *t,
		  struct known_term *known, const struct check_fact *anchor,
		  struct list_place *place, struct list *out);

/*
 * What may be a part of the whole, whichever of the facts of its coordinates it
 * is, found once for a document. Where a whole is stated without end and its
 * parts are too, as the rows of a long table are, those of its row stand beside
 * it and others mean nothing: those are found for each.
 */
void list_find_parts(const struct check_facts *fs, const struct term *t,
		     struct known_term *known,
		     const struct check_fact *anchor);

/* Whether some reach and reading may find a part for a fact of the anchor's
 * coordinates. The document must state the term's chain. */
static inline bool list_may_have_parts(const struct check_facts *fs,
				       const struct term *t,
				       struct known_term *known,
				       const struct check_fact *anchor)
{
	if (known->endless || known->of != known->chain->n)
		list_find_parts(fs, t, known, anchor);
	return known->n || known->endless;
}

/* Fills what is to be known of a list that does not make its whole: whether it
 * is in one table with it, and whether an amount among its parts was not
 * understood. */
void list_look_around(const struct check_facts *fs,
		      const struct check_fact *anchor, int reach,
		      struct list *l);

/* Whether the list names every part of one of the rule's complete sets. */
bool list_is_complete(const struct check_facts *fs, const struct rule *rule,
		      enum dim dim, const struct list *l);

/* Bytes that are the same for lists of the same parts of the same whole. */
struct str list_key(const struct check_facts *fs, const struct rule *rule,
		    enum dim dim, const struct check_fact *anchor,
		    const struct list *l);

#endif
