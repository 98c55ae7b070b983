/*
 * The lines of an archive's index (see bud-archive(5)):
 *
 *   entry    a document, or a run of records without one, and where it lies
 *   source   the original bytes of a document were kept
 *   commit   all lines since the commit before are valid, from here on
 *
 * What is read borrows from the line or lives in the arena.
 */
#ifndef BUD_ARCHIVE_ENTRY_H
#define BUD_ARCHIVE_ENTRY_H

#include "base/arena.h"
#include "base/str.h"
#include "record/fact.h"

enum { ARCHIVE_HASH = 64 }; /* hex digits of a SHA-256 */

enum entry_type {
	ENTRY_DOCUMENT,
	ENTRY_SOURCE,
	ENTRY_COMMIT,
};

struct archive_entry {
	enum entry_type type;
	/* of an entry; the empty text and 0 stand for what is absent */
	struct str doc, as_of; /* as_of: YYYY-MM-DD */
	bool has_document;     /* there is a document record among them */
	int year;
	enum phase phase;
	struct str entity, title;
	const struct bud_member *members; /* as the document record has them */
	size_t n_members;
	struct str segment; /* file below the archive, gzip members of NDJSON */
	int64_t offset, length; /* of the gzip member in the segment */
	int64_t records, bytes; /* lines and their bytes, uncompressed */
	struct str sha256;      /* of those bytes; of a source: of the source;
				   of a commit: of the lines it makes valid */
	/* of a commit */
	int64_t from;    /* where its first line begins in the index */
	int64_t entries; /* how many entries it makes valid */
};

/* 0, or -1 for a line that is none of them. */
int entry_read(struct arena *a, struct str line, struct archive_entry *out);

/* Appends the line with its newline. */
void entry_write(struct buf *out, const struct archive_entry *e);

/* Whether two entries are versions of one thing: entity, year and phase; a
 * document that does not name its entity has versions of itself alone. */
bool entry_same_key(const struct archive_entry *a,
		    const struct archive_entry *b);

/* Sums of what an index says, none of it negative: at most INT64_MAX, for an
 * archive may come from elsewhere, and its index say anything. */
static inline void entry_add(int64_t *sum, int64_t n)
{
	if (__builtin_add_overflow(*sum, n, sum))
		*sum = INT64_MAX;
}

/* YYYY-MM-DD of a day that exists. */
bool entry_is_date(struct str s);

#endif
