/*
 * Rows of the vocabulary that a document's residues may be worth, for
 * bud-parse --explain: guesses, for people to check.
 */
#ifndef BUD_EXTRACT_GUESS_H
#define BUD_EXTRACT_GUESS_H

#include "base/share.h"
#include "extract/extract.h"

/* Appends them as rows of lexicon/terms.tsv below a line that says so; nothing
 * where no residue is like an item. */
void guess_rows(struct buf *out, struct share *share,
		const struct extract_result *result);

#endif
