/*
 * The files of share/, built into the program, so that a lone binary works
 * anywhere. A directory (--share DIR, BUD_SHARE) puts edited copies in their
 * place, file by file. Bytes live until share_close(); paths are relative,
 * as "lexicon/items.tsv".
 */
#ifndef BUD_BASE_SHARE_H
#define BUD_BASE_SHARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct share {
	const char *dir; /* NULL: the built-in files alone */
	const char *own; /* the user's additions to tables; NULL: none */
	struct arena arena;
};

/* dir may be NULL; then BUD_SHARE is looked at. */
void share_open(struct share *s, const char *dir);
void share_close(struct share *s);

/*
 * The bytes of a file, which are UTF-8. False where neither the directory nor
 * the program has it, or where it cannot be read or is something else: then
 * *error is a reason (base/reason.h).
 */
bool share_read(struct share *s, const char *path, struct str *bytes,
		const char **error);

/*
 * Looks for the user's own directory, $XDG_CONFIG_HOME/bud or ~/.config/bud.
 * share_read_own() gives its file of that path, whose rows come after those
 * of the shared one; *name is what people call it. False where there is none,
 * with *error NULL, and where it cannot be read.
 */
void share_find_own(struct share *s);
bool share_read_own(struct share *s, const char *path, struct str *bytes,
		    struct str *name, const char **error);

/* What people call the file in messages: DIR/PATH or PATH. */
struct str share_name(struct share *s, const char *path);

/* The paths below a prefix ("rules/"), sorted: built in or in the directory. */
size_t share_list(struct share *s, const char *prefix, struct str **paths);

/*
 * Walks a table: tab-separated fields, one row a line; empty lines and lines
 * that begin with '#' are passed over. fields[] gets at most max slices,
 * missing ones are empty; *line counts from 1. False at the end.
 */
bool share_row(struct str *rest, size_t *line, struct str *fields, size_t max);

#endif
