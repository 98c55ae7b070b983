/* Blocks of a document as records: what bud-parse --blocks writes. */
#ifndef BUD_PARSE_BLOCKS_H
#define BUD_PARSE_BLOCKS_H

#include "source/block.h"

/* Appends one `block` record and its newline. n counts from 1; member is 0
 * where the document is one file. */
void blocks_write(struct buf *out, struct arena *a,
		  const struct source_document *d, const struct source_block *b,
		  struct str doc, int64_t n, int64_t member);

#endif
