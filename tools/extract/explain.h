/*
 * What was recognised, sentence by sentence: the words with the rows of the
 * vocabulary that know them, the facts, and what was left. It is text for
 * people who teach bud a new wording; see bud-teach(7).
 */
#ifndef BUD_EXTRACT_EXPLAIN_H
#define BUD_EXTRACT_EXPLAIN_H

#include "extract/extract.h"

/* Appends the explanation of a document that was extracted. */
void extract_explain(struct buf *out, struct arena *a,
		     const struct lexicon *lexicon,
		     const struct source_document *source,
		     const struct extract_result *result);

#endif
