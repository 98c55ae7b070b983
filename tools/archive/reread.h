/* A document read again from its bytes, and held against its records. */
#ifndef BUD_ARCHIVE_REREAD_H
#define BUD_ARCHIVE_REREAD_H

#include "archive/archive.h"

enum reread {
	REREAD_SAME,
	REREAD_DIFFERS, /* *why: what */
	REREAD_NOT,     /* its bytes are not in the archive */
};

enum reread reread_document(const struct archive *a,
			    const struct archive_entry *e, struct str records,
			    const char **why);

#endif
