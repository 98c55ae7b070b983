/*
 * Records from files into a diff: in any order, or sorted by key, when one
 * entity is held at a time. Whatever the number of threads, the diff and the
 * messages are the same.
 */
#ifndef BUD_DIFF_INPUT_H
#define BUD_DIFF_INPUT_H

#include "base/message.h"
#include "diff/diff.h"
#include "diff/feed.h"

struct input {
	struct diff *diff;
	struct messages *messages;
	struct writer *pass; /* records go on to it, NULL for none */
	bool latest;         /* of archives: the last versions alone */
	bool quiet;
	bool damaged;        /* a line was not understood */
	unsigned jobs;       /* threads to work with */
	struct arena arena;  /* of a line */
	struct buf line;
};

void input_release(struct input *s);

/* Takes n files or archives in, the second as side 1; false, and told, where
 * one cannot be opened or read. */
bool input_read(struct input *s, const char *const *names, size_t n);

/*
 * Writes the lines of a file to pass, each behind its key and a TAB: sorted
 * by bytes, documents come first and facts by entity and key. False as above.
 */
bool input_put_keys(struct input *s, const char *name);

/*
 * Takes n files whose lines are sorted by key (the keys may have been cut
 * off), and runs the diff entity by entity. Beside one entity it holds the
 * documents. False as above, and where a file is not sorted.
 */
bool input_merge(struct input *s, const char *const *names, size_t n,
		 const struct diff_sink *sink);

#endif
