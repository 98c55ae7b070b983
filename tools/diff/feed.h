/*
 * Where records come from: a file, or an archive (bud-archive(5)), which
 * `bud-archive cat` reads for us: this room does not know its format.
 *
 * An archive is the name of its directory; DIRECTORY@YYYY-MM-DD is the archive
 * as it was known on that day.
 */
#ifndef BUD_DIFF_FEED_H
#define BUD_DIFF_FEED_H

#include <sys/types.h>

#include "base/message.h"
#include "base/stream.h"

struct feed {
	/* set by the caller */
	bool latest; /* of an archive the last version of each alone */
	bool quiet;  /* bud-archive prints no messages */
	enum lang lang;
	/* after feed_open(): */
	struct reader in;
	pid_t child; /* 0 for a file */
};

/* 0, or -1 with in.error set. */
int feed_open(struct feed *f, const char *name);

/* NULL, or why the archive could not be read to its end: bud-archive has told
 * more on standard error. */
const char *feed_close(struct feed *f);

#endif
