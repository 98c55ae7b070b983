/*
 * What is remembered of a stream: for each level fact a row of 40 bytes, for
 * each stated change one of 48, for each document a line. Coordinates without
 * time and entity are keys: departments have most of them in common, so there
 * are few. Texts are held once, as words.
 *
 * table_index() sorts; from then on entities are asked for, one after the
 * other (see ledger.h), and nothing is added. Memory is the table's own until
 * table_release().
 */
#ifndef BUD_DIFF_TABLE_H
#define BUD_DIFF_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "diff/store.h"
#include "diff/words.h"
#include "record/fact.h"

/* No key of the table. */
#define NO_KEY UINT32_MAX

/* The coordinates without time and entity, as words. Order of the fields =
 * key order. */
struct diff_key {
	uint32_t item, fund, function, economic, nature;
	uint32_t unit; /* enum unit */
};

struct diff_doc {
	struct str id;
	uint32_t entity; /* as in spans */
	uint32_t entity_id; /* 0 for none */
	uint32_t name;   /* as the document says it */
	bool merged;     /* name is one of several that became entity */
	struct str region;
	int year; /* 0 unknown */
	enum phase phase;
	unsigned side;  /* 0 OLD or the stream, 1 NEW */
	uint32_t order; /* of publication: the stream's, 0 = unknown */
};

enum {
	ROW_DOUBT = 1,
	ROW_APPROX = 2,
	ROW_GROWTH = 4, /* of a stated row: holds only a reason */
	ROW_MERGED = 8, /* said by one of several that became one */
};

struct diff_row {
	int64_t value, quantum;
	uint32_t key, doc, n, name;
	uint16_t year;
	uint8_t phase, origin, flags;
	uint8_t scope; /* word of scopes */
};

/* A stated change: value is the delta. */
struct diff_stated {
	struct diff_row row;
	uint32_t reason; /* word of reasons */
	uint16_t vs_year;
	uint8_t vs_phase;
};

struct diff_table {
	struct words entities; /* of documents and spans: its id, or the name
				* it has today */
	struct words words;    /* of the coordinates */
	struct words reasons, scopes;
	struct diff_key *keys;
	size_t n_keys, cap_keys;
	uint64_t *slots; /* hash and key + 1, open addressing */
	size_t n_slots;
	bool any_nameless; /* table_nameless() was called */
	uint32_t last_key; /* that table_key_of() found */
	struct store rows, stated; /* diff_row, diff_stated */
	struct diff_doc *docs;
	size_t n_docs, cap_docs;
	uint32_t n_published; /* documents whose record came */
	struct map doc_index[2]; /* by side: id → place + 1 */
	uint32_t last_doc[2];    /* by side: the place + 1 found last */
	struct arena doc_arena;
	/* of parent_find(): */
	uint32_t *wholes; /* of a key, NO_KEY for none */
	size_t n_wholes, cap_wholes;
	/* of table_index(): */
	uint32_t *rank; /* of a key in key order */
	size_t n_ranked;
};

void table_release(struct diff_table *t);

/* Forgets rows and stated changes; the documents stay. */
void table_clear(struct diff_table *t);

/* The place of a document in docs; a new one is added empty. */
uint32_t table_add_doc(struct diff_table *t, unsigned side, struct str id);

/* The entity of a document that names none: a word that no name is. */
uint32_t table_nameless(struct diff_table *t, const struct diff_doc *doc);
bool table_is_nameless(const struct diff_table *t, uint32_t entity);
bool table_is_nameless_name(struct str entity);

/* All documents that name no entity become of the same, absent one. */
void table_join_nameless(struct diff_table *t);

/* The key with these words; table_add_key() adds it where it is new. */
uint32_t table_add_key(struct diff_table *t, const struct diff_key *k);
uint32_t table_find_key(const struct diff_table *t, const struct diff_key *k);

/* The key of these coordinates, added where it is new. */
uint32_t table_key_of(struct diff_table *t, const struct coordinates *at,
		      enum unit unit);

void table_add_row(struct diff_table *t, uint32_t entity,
		   const struct diff_row *r);
void table_add_stated(struct diff_table *t, uint32_t entity,
		      const struct diff_stated *s);

/*
 * Takes over all that another table holds, as if it had come behind what is
 * there; the other one is empty then. Their documents are of two sides.
 */
void table_join(struct diff_table *t, struct diff_table *from);

void table_index(struct diff_table *t);

/* The spans of one entity: rows.spans[from..to), and of stated likewise. */
struct diff_group {
	uint32_t entity;
	size_t from, to, stated_from, stated_to;
};

/* Moves a group, which begins as {0}, to the next entity in the order of
 * names; false at the end. */
bool table_next_group(const struct diff_table *t, struct diff_group *g);

/* Key order: <0, 0, >0. */
int table_compare_key(const struct diff_table *t, uint32_t a, uint32_t b);

/* Bytewise, absent first. */
int table_compare_entity(const struct diff_table *t, uint32_t a, uint32_t b);

/*
 * How near a row's document stands to what it says: 0 the document of that
 * year and phase, 1 of that year, 2 another year's. A document that does not
 * tell its year counts as its own.
 */
int table_distance(const struct diff_table *t, const struct diff_row *r);

#endif
