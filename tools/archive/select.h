/*
 * Which entries of an archive are meant, and walking them: by the lookups
 * where a department or a document is named, through the index otherwise.
 */
#ifndef BUD_ARCHIVE_SELECT_H
#define BUD_ARCHIVE_SELECT_H

#include "archive/archive.h"

struct selection {
	int from_year, to_year; /* 0 = all */
	const struct str *entities;
	size_t n_entities;      /* 0 = all */
	struct str phases;      /* words separated by commas, "" = all */
	struct str doc;         /* or the beginning of one */
	struct str as_of;       /* what was known on that day, "" = now */
	bool latest;            /* the last version of each thing alone */
};

/* What becomes of an entry; not 0 ends the walk. */
typedef int (*select_entry)(void *ctx, const struct archive_entry *e,
			    int64_t offset);

/*
 * Calls take for each entry that is meant, in the order they were put in. 0,
 * what take returned, or -1 (said). With latest the memory is that of one
 * line for each thing that is meant; otherwise one line in all.
 */
int select_walk(const struct archive *a, const struct selection *s,
		select_entry take, void *ctx);

/* How a version stands to those that were put in before it. */
enum version {
	VERSION_FIRST,   /* of its entity, year and phase */
	VERSION_CHANGED, /* other bytes were published */
	VERSION_REREAD,  /* the same bytes, read otherwise */
	VERSION_NONE,    /* no document */
};

enum version select_version(const struct archive *a,
			    const struct archive_entry *e, int64_t offset);
const char *select_version_name(enum version v);

#endif
