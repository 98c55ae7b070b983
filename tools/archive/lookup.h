/*
 * Where in the index the entries of a document or of an entity stand, without
 * reading the index: sorted files lookup/FROM-TO.keys, each made from the
 * lines of the index between two offsets, lines of "HASH OFFSET". They hold
 * nothing that the index does not, may be deleted, and are made again by the
 * next put; what they do not cover is read in the index itself.
 */
#ifndef BUD_ARCHIVE_LOOKUP_H
#define BUD_ARCHIVE_LOOKUP_H

#include "archive/entry.h"

struct lookup_run {
	int64_t from, to; /* of the index; 0, 0 for one without a name */
	int fd;
	size_t n; /* of lines */
};

struct lookup {
	struct lookup_run *runs; /* beside each other, from 0 on */
	size_t n, cap;
	int64_t covered; /* the index is covered up to here */
};

/* Opens the runs that cover the index from its start on, up to index_end. */
void lookup_open(struct lookup *l, int dir, int64_t index_end);
void lookup_release(struct lookup *l);

/* What is looked for: hashes that an entry is found under. */
uint64_t lookup_document(const struct archive_entry *e);
uint64_t lookup_entity(struct str entity);

/*
 * Appends the offsets of index lines that may be meant (a hash is no proof),
 * ascending, to *offsets; *n counts them. 0, or -1 where a run cannot be read:
 * then what was found is not all.
 */
int lookup_find(const struct lookup *l, struct arena *a, uint64_t hash,
		int64_t **offsets, size_t *n, size_t *cap);

struct lookup_key {
	uint64_t hash;
	int64_t offset;
};

/*
 * Adds a run for the keys of index lines [l->covered, to), and merges it with
 * the runs before it that are not much larger. Sorts keys. 0, or -1 with
 * errno: then the archive is as good without.
 */
int lookup_add(struct lookup *l, int dir, struct lookup_key *keys, size_t n,
	       int64_t to);

/* The same for keys that nobody is to see: the run has no name, and is gone
 * with the process. 0, or -1 with errno: then the lookup is as it was. */
int lookup_spill(struct lookup *l, int dir, struct lookup_key *keys,
		 size_t n);

#endif
