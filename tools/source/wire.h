/*
 * Blocks on a pipe: what a reader program writes and the filter reads.
 *
 *	bud-blocks 1
 *	D media charset         the document
 *	N id                    a note: what the reader had to do without
 *	L names                 files that it links to
 *	H level page line text  a heading
 *	P page line text        a paragraph
 *	G page line first_row first_col sheet      a grid
 *	C row col rows cols page line text         a cell of it
 *	E                       its end
 *	X id detail             the document could not be read
 *	.                       all is said
 *
 * One record a line, fields separated by TABs; \\ \n \t \r stand for
 * themselves in text. The filter trusts none of it: numbers are checked and
 * text must be UTF-8.
 */
#ifndef BUD_SOURCE_WIRE_H
#define BUD_SOURCE_WIRE_H

#include "source/block.h"
#include "source/limits.h"
#include "source/read.h"

void wire_put_start(struct buf *out);
void wire_put_note(struct buf *out, const char *id);
void wire_put_document(struct buf *out, const struct source_document *d);
void wire_put_error(struct buf *out, const struct source_error *e);
void wire_put_end(struct buf *out);

/* Rebuilds the document. 0, or -1 with *error set: what the reader said, or
 * "reader-failed" where the bytes make no sense or end early. */
int wire_read(struct source_document *d, struct str bytes,
	      const struct source_limits *limits, struct source_error *error);

#endif
