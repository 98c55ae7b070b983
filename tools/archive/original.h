/*
 * The published bytes of a document, by the name that its record gives: a
 * file, or FILE!MEMBER of a ZIP archive, as bud-parse names it. The archive
 * opened last is kept in memory, for its next member.
 */
#ifndef BUD_ARCHIVE_ORIGINAL_H
#define BUD_ARCHIVE_ORIGINAL_H

#include "base/str.h"
#include "source/read.h"

struct original {
	struct str container; /* name of the archive that is open, "" for none */
	struct source_member *members;
	size_t n;
	struct arena arena;
};

void original_release(struct original *o);

/* Appends the bytes, uncompressed; NULL, or why not, in words. */
const char *original_read(struct original *o, struct str name,
			  struct buf *out);

#endif
