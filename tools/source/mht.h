/*
 * A page saved as one file: what a reader program took out of it, as HTML in
 * UTF-8.
 */
#ifndef BUD_SOURCE_MHT_H
#define BUD_SOURCE_MHT_H

#include "source/read.h"

/*
 * The page, its frames behind it, in the document's arena; the character set
 * is that of the page. 0, or -1 with the error.
 */
int mht_read(struct source_document *d, struct str bytes, struct str *utf8,
	     const char **charset, struct source_error *error);

#endif
