/*
 * What was read out of a document, as lines: its facts and residues in the
 * order of n, which is that of reading; the marks follow. Each gets the doc of
 * the document record, which the caller has written before them. Nothing is
 * kept.
 */
#ifndef BUD_PARSE_RECORDS_H
#define BUD_PARSE_RECORDS_H

#include "extract/extract.h"
#include "record/codec.h"

/* known is of the text of the document, as in codec.h. */
void records_write(struct buf *out, struct extract_result *r,
		   struct record_known *known);

#endif
