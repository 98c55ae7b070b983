/*
 * Records from files into a diff: in any order, or sorted by key, when one
 * entity is held at a time.
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
	struct arena arena;  /* of a line */
	struct buf line;
};

void input_release(struct input *s);

/* Takes a file or an archive in; false, and told, where it cannot be opened or read. */
bool input_read(struct input *s, unsigned side, const char *name);

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
		  diff_sink *sink, void *ctx);

#endif
