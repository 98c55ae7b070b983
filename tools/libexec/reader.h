/*
 * What the reader programs share: limits from the command line, the cage, the
 * bytes from standard input, the blocks to standard output.
 *
 *	bud-read-FORMAT LIMITS <document >blocks
 *
 * Not for people: bud-parse starts them. They read nothing but their input
 * (and data of their libraries), and say on the pipe what went wrong.
 */
#ifndef BUD_LIBEXEC_READER_H
#define BUD_LIBEXEC_READER_H

#include "source/block.h"
#include "source/limits.h"
#include "source/read.h"

struct reader_program {
	struct source_limits limits;
	struct arena arena;
	struct source_document document;
	struct str input;     /* lives as long as the program */
	const char *argument; /* the second operand, or NULL */
	const char *note;
};

/* Enters the cage (dirs: what the libraries read, ends with NULL) and reads
 * the input. Does not return where that fails. */
void reader_start(struct reader_program *r, int argc, char **argv,
		  const char *const *dirs);

/* The same without a cage: for what starts a program that is none of ours. */
void reader_start_free(struct reader_program *r, int argc, char **argv);

/* Writes the document, or why there is none, and ends the program. */
_Noreturn void reader_finish(struct reader_program *r);
/* Writes bytes instead, and ends the program. */
_Noreturn void reader_leave(struct buf *out);
/* For arena_on_exhaustion(): says that memory is, and ends the program. */
void reader_exhausted(size_t wanted);

/* From now on it does. For what needs memory before reader_start(). */
void reader_prepare(void);
_Noreturn void reader_fail(struct reader_program *r, const char *id,
			   struct str detail);

#endif
