/*
 * Runs a reader program of build/libexec (installed: ../libexec/bud beside
 * the programs, or BUD_LIBEXEC): bytes to its standard input, blocks from its
 * standard output. It is killed when its time is over.
 */
#ifndef BUD_SOURCE_SPAWN_H
#define BUD_SOURCE_SPAWN_H

#include "source/block.h"
#include "source/read.h"

/*
 * argument is handed on, or NULL. Appends what the program wrote to out. 0,
 * or -1 with *error: "reader-missing", "reader-failed", "limit-time",
 * "limit-memory".
 */
int spawn_reader(struct source_document *d, const char *program,
		 const char *argument, struct str bytes, struct buf *out,
		 struct source_error *error);

/* Is the program installed? */
bool spawn_is_there(const char *program);

#endif
