/*
 * The journal of a put: what has to be undone if it does not end. It is
 * written and synced before what it names is touched, and taken away last.
 * Lines: "index SIZE", "segment SIZE PATH" (as they were before), "source
 * PATH" (was not there before).
 */
#ifndef BUD_ARCHIVE_JOURNAL_H
#define BUD_ARCHIVE_JOURNAL_H

#include "archive/archive.h"

/* The files; -1 with errno. */
int journal_begin(const struct archive *a, int64_t size, int *fd);
int journal_segment(int fd, int64_t size, const char *path);
int journal_source(int fd, const char *path);

/* Takes it away; 0 or -1 with errno. */
int journal_end(const struct archive *a);

/*
 * Undoes what the journal tells, if there is one: needs the lock. Sets
 * a->end. Says what it discarded. 0, or -1 (said).
 */
int journal_recover(struct archive *a);

/* Whether the lines of a commit, which stands at line_at, are those that were
 * written: 1, 0, or -1 (said) where they cannot be read. */
int journal_is_whole(const struct archive *a, const struct archive_entry *e,
		     int64_t line_at);

/* Sets a->end, behind the last commit of the index; 0 or -1 (said). */
int journal_find_end(struct archive *a);

#endif
