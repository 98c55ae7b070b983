/*
 * Bytes → a document of blocks. The format is known by its content, never by
 * its name.
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
 * Reads bytes into *d (source_init() first). The document's text may share
 * nothing with bytes. 0, or -1 with *error set; what was read is then void.
 */
int source_read(struct source_document *d, struct str bytes,
		struct source_error *error);

#endif
