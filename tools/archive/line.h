/*
 * What the archive looks at in a record: the keys that say where it belongs.
 * Slices borrow from the line or live in the arena.
 */
#ifndef BUD_ARCHIVE_LINE_H
#define BUD_ARCHIVE_LINE_H

#include "base/arena.h"
#include "base/str.h"

struct line {
	struct str type, doc, origin;
	struct str source; /* the value of the key, as it is written */
};

/* What a line is; false where it is no JSON object. */
bool line_read(struct arena *a, struct str text, struct line *out);

/*
 * Records without the name of the file that the document came from: the form
 * that two readings of the same bytes share. With parsed_only, just what
 * bud-parse writes of a document: no findings, nothing derived. *out is
 * cleared before.
 */
void line_normalise(struct str records, bool parsed_only, struct buf *out);

#endif
