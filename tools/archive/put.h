/*
 * A stream of records into an archive: lines are gathered by document, each
 * document becomes one gzip member, unless the archive holds the same records
 * of it already (the name of the file that they were read from aside).
 *
 * A line belongs to the document whose id is its `doc`. A line of a type that
 * is unknown and has no `doc` stays with the document before it; changes,
 * findings across documents and troubles without `doc` are kept in runs of
 * their own. What is no JSON object is not kept, and said.
 */
#ifndef BUD_ARCHIVE_PUT_H
#define BUD_ARCHIVE_PUT_H

#include "archive/original.h"
#include "archive/transaction.h"

struct put {
	/* set by the caller */
	struct archive *archive;
	struct str as_of;  /* YYYY-MM-DD */
	bool keep_sources; /* the files that the documents name, too */

	/* counts, for the caller to tell */
	int64_t there; /* documents that the archive had already */
	bool incomplete; /* some line or source was not kept; said */

	/* private */
	struct transaction transaction;
	struct arena arena, line_arena; /* of the group, of a line */
	struct buf group, normal;
	struct buf doc; /* of the group */
	struct archive_entry entry;
	bool open, failed;
	size_t source_from, source_to; /* name of the file, in the group */
	int64_t facts, residues; /* seen of those the document promises */
	int64_t promised;
	struct original original; /* of sources */
};

void put_begin(struct put *p);

/* A file or "-". 0, or -1: the put has failed as a whole. */
int put_file(struct put *p, const char *name);

/* Ends the last document and makes all valid, or undoes all. 0 or -1. */
int put_end(struct put *p);
void put_release(struct put *p);

#endif
