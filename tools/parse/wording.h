/*
 * Wordings that no rule could name, counted: `bud-parse --residues`. Numbers
 * in them are written '#', so that the same words count as one. All different
 * wordings of the input are in memory, and nothing else of it.
 */
#ifndef BUD_PARSE_WORDING_H
#define BUD_PARSE_WORDING_H

#include "base/map.h"
#include "base/stream.h"
#include "extract/extract.h"

/* Appends one line a residue: why TAB wording. */
void wording_write(struct buf *out, const struct extract_result *r);

struct wordings {
	struct arena arena;
	struct map map;
	struct wording_entry **entries;
	size_t n, cap;
};

/* Counts such lines. */
void wordings_add(struct wordings *w, struct str lines);
/* The most frequent first: count TAB why TAB wording. Releases all. */
void wordings_write(struct wordings *w, struct writer *out);

#endif
