/*
 * What one put adds to an archive: all of it or nothing. Nothing is written
 * before the first document; bytes go to the segments as they come, and what
 * the put has to know of its own documents into files (archive/recent.h), so
 * memory holds one document.
 *
 * Functions give 0 or -1, and after -1 the transaction has to be undone.
 */
#ifndef BUD_ARCHIVE_TRANSACTION_H
#define BUD_ARCHIVE_TRANSACTION_H

#include "archive/archive.h"
#include "archive/member.h"
#include "archive/recent.h"
#include "base/map.h"

struct open_segment;

struct transaction {
	struct archive *archive;
	int journal; /* -1: nothing was added yet */
	struct buf lines, packed; /* of the index, not written; a member */
	struct member_hash hash; /* of the lines that were written */
	int64_t from, at; /* of the index: before, and behind all lines */
	int64_t entries, sources; /* added */
	struct arena arena;
	struct map segments; /* by partition */
	size_t n_open;
	struct recent added;
};

void transaction_begin(struct transaction *t, struct archive *a);

/*
 * Adds the records of a document; fills in where they lie. The entry's
 * checksum and counts are the caller's.
 */
int transaction_add(struct transaction *t, struct archive_entry *e,
		    struct str records);

/*
 * The offsets of the index lines that the transaction has added for a document,
 * as far as a hash can tell, and one of these lines, as index_read() gives it.
 */
int transaction_find(const struct transaction *t, struct arena *a,
		     uint64_t key, int64_t **offsets, size_t *n);
int transaction_read(struct transaction *t, struct arena *a, int64_t offset,
		     struct archive_entry *e);

/* Adds original bytes, unless the archive has them. */
int transaction_add_source(struct transaction *t, const struct bud_member *m,
			   struct str bytes);

/* When it returns 0, what was added outlives a power cut. */
int transaction_commit(struct transaction *t);

/* Takes back all that was added; says what. */
void transaction_undo(struct transaction *t);
void transaction_release(struct transaction *t);

#endif
