/*
 * Blocks → facts and residues.
 *
 * The extractor never fails: what it cannot name becomes a residue that says
 * why. Results live in the arena given; they borrow from the document's text
 * and from the lexicon, which must outlive them.
 */
#ifndef BUD_EXTRACT_EXTRACT_H
#define BUD_EXTRACT_EXTRACT_H

#include "base/arena.h"
#include "lexicon/lexicon.h"
#include "record/fact.h"
#include "source/block.h"

/* What the user said about the document; absent = 0 or empty. */
struct extract_options {
	struct str entity;
	int year;
	enum phase phase;
};

struct extract_result {
	/* title, entity, region, year, phase, amounts, facts, residues are
	 * filled in; doc, members, media, charset are the caller's. */
	struct bud_document document;
	struct bud_fact *facts; /* reading order, n set, doc left to the caller */
	size_t n_facts, cap_facts;
	struct bud_residue *residues; /* n continues the order of reading */
	size_t n_residues, cap_residues;
	struct bud_mark *marks; /* by span, doc left to the caller */
	size_t n_marks, cap_marks;
};

void extract_document(struct extract_result *out, struct arena *a,
		      const struct lexicon *lexicon,
		      const struct source_document *source,
		      const struct extract_options *options);

#endif
