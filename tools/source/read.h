/*
 * Bytes → a document of blocks. The format is known by its content, never by
 * its name. An archive holds several documents: source_unpack() gives them,
 * source_read() reads each.
 */
#ifndef BUD_SOURCE_READ_H
#define BUD_SOURCE_READ_H

#include "base/str.h"
#include "source/block.h"

/* Why a document could not be read: an id of the message catalogue, which is
 * also the code of its trouble record, and a detail in words. */
struct source_error {
	const char *id;
	struct str detail; /* in the document's arena */
};

/*
 * Appends what bytes hold to *d (source_init() first; d->limits may be set
 * then). The document's text shares nothing with bytes. 0, or -1 with *error
 * set: then *d is as it was. d->note is a message about its reader, or NULL.
 */
int source_read(struct source_document *d, struct str bytes,
		struct source_error *error);

/* Whether a grid from that block on has more than 16 places for each cell that
 * the limits allow: two cells in opposite corners of a sheet. */
bool source_is_sparse(const struct source_document *d, size_t first);

struct source_member {
	struct str name;  /* inside the archive, "" where it has none */
	struct str bytes;
};

/*
 * The documents inside a .gz or a ZIP archive, archives in archives included
 * (their names joined by '!'). *n is 0 where bytes are no archive: then they
 * are a document themselves. Memory is the arena's. -1 with *error set.
 */
int source_unpack(struct arena *a, const struct source_limits *limits,
		  struct str bytes, struct source_member **members, size_t *n,
		  struct source_error *error);

#endif
