/* Plain text, with the tables that people put into plain text. */
#ifndef BUD_SOURCE_TEXT_H
#define BUD_SOURCE_TEXT_H

#include "source/block.h"

/*
 * Appends the blocks of a text to the document. Form feeds turn pages. Tables
 * are lines with TABs, with bars (Markdown), or with columns kept apart by
 * two blanks and more. Bytes must be valid UTF-8; a NUL is a blank.
 */
void source_read_text(struct source_document *d, struct str text);

#endif
