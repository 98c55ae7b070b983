/*
 * Facts of several years, departments or publications → changes.
 *
 * A diff holds the level facts and stated changes it was given (see table.h
 * for how many bytes that is) and borrows nothing: records may be forgotten
 * once they were taken. The changes handed to a sink live until it returns.
 */
#ifndef BUD_DIFF_DIFF_H
#define BUD_DIFF_DIFF_H

#include "diff/crosswalk.h"
#include "diff/table.h"
#include "record/fact.h"

enum diff_by {
	DIFF_BY_YEAR,   /* successive years of an entity and phase */
	DIFF_BY_PHASE,  /* the approved budget against what follows it */
	DIFF_BY_ENTITY, /* one entity against the others, year by year */
};

struct diff_options {
	enum diff_by by;
	int from_year, to_year; /* 0 = any */
	struct str base;        /* of DIFF_BY_ENTITY, empty = the first */
	bool two_sides;         /* OLD against NEW, by publication */
	bool same;              /* tell what stayed the same, too */
};

struct real;

/* By word of table.entities; see entity.h. */
struct diff_entities {
	uint32_t *id_of;   /* of a name: its id, 0 for none */
	uint32_t *name_of; /* of an id: its latest document + 1 */
	size_t n_words;
	uint32_t n_published; /* documents that were looked at */
	/* of the fact before, which named an entity: */
	uint32_t last_name, last;
	int last_year;
	bool last_merged;
};

struct teller;

struct diff {
	const struct diff_options *options;
	const struct crosswalk *cross;
	const struct real *real; /* comparable figures, NULL for none */
	struct diff_table table;
	struct diff_entities entities;
	struct teller *teller; /* of diff_run(), NULL before */
	/* of diff_nameless(), for so many documents */
	uint32_t n_asked;
	size_t nameless;
	bool apart;
};

/* Where changes go, in key order. */
struct diff_sink {
	void (*take)(void *ctx, const struct bud_change *change);
	/* Passes on what was taken since it was called before; may be NULL. */
	void (*flush)(void *ctx);
	void *ctx;
};

void diff_init(struct diff *d, const struct diff_options *options,
	       const struct crosswalk *cross);
void diff_release(struct diff *d);

/* Records of a stream, of OLD (side 0) or of NEW (side 1). A document comes
 * before its facts. */
void diff_take_document(struct diff *d, unsigned side,
			const struct bud_document *document);
void diff_take_fact(struct diff *d, unsigned side, const struct bud_fact *fact);

/* The entity that a fact is of, by its id or the name it has today; the
 * fact's document must have been taken. */
struct str diff_entity(struct diff *d, unsigned side,
		       const struct bud_fact *fact);

/*
 * How many documents name no entity, and whether each of them is compared
 * with itself alone: where others do name one, or two of them have one time.
 * Else they are taken for one department's.
 */
size_t diff_nameless(struct diff *d, bool *apart);

/*
 * Hands over all changes; false where options.base is no entity. With n sinks
 * up to n threads take them, each into a sink of its own, and flush() is
 * called by one at a time, in the order of departments.
 */
bool diff_run(struct diff *d, const struct diff_sink *sinks, unsigned n);

/*
 * Takes over what another diff was given, as if it had come behind; the other
 * one is empty then. They are of two sides.
 */
void diff_join(struct diff *d, struct diff *from);

/* Forgets the facts, but not the documents. */
void diff_clear(struct diff *d);

#endif
