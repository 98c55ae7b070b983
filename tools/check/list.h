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
	bool table;    /* all in one table with the whole */
	bool residue;  /* an amount among them was not understood */
	bool hopeless; /* no reach and no reading finds a part */
	int next;      /* the next reach that may find other parts */
	bool readable; /* another reading may find other parts */
};

/*
 * Collects the parts of the term for the anchor, at a reach and in a reading,
 * from what the document has of them.
 */
void list_collect(const struct check_facts *fs, const struct term *t,
		  struct known_term *known,
		  const struct check_fact *anchor, int reach, int reading,
		  struct list *out);

/* Whether some reach and reading may find a part for a fact of the anchor's
 * coordinates. The document must state the term's chain. */
bool list_may_have_parts(const struct check_facts *fs, const struct term *t,
			 struct known_term *known,
			 const struct check_fact *anchor);

/* Whether the list names every part of one of the rule's complete sets. */
bool list_is_complete(const struct check_facts *fs, const struct rule *rule,
		      enum dim dim, const struct list *l);

/* Bytes that are the same for lists of the same parts of the same whole. */
struct str list_key(const struct check_facts *fs, const struct rule *rule,
		    enum dim dim, const struct check_fact *anchor,
		    const struct list *l);

#endif
