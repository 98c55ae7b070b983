/*
 * Files that a reader program took out of its input, as it sends them:
 *
 *	bud-files 1
 *	F SIZE NAME
 *	…bytes…
 *	.
 *
 * What is given borrows from the list.
 */
#ifndef BUD_SOURCE_FILES_H
#define BUD_SOURCE_FILES_H

#include "base/str.h"

enum files_step { FILES_ONE, FILES_END, FILES_BROKEN };

/* Steps over the greeting; false where there is none. */
bool files_begin(struct str *list);

/* The next file. */
enum files_step files_next(struct str *list, struct str *name,
			   struct str *bytes);

#endif
