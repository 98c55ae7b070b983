/* Plain UTF-8 text → blocks. */
#ifndef BUD_SOURCE_TEXT_H
#define BUD_SOURCE_TEXT_H

#include "source/block.h"

/* text is valid UTF-8 without byte order mark. */
void source_read_text(struct source_document *d, struct str text);

#endif
