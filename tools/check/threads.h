/*
 * A stream of records held against the rules by several threads: the same
 * bytes, messages and order as by one.
 */
#ifndef BUD_CHECK_THREADS_H
#define BUD_CHECK_THREADS_H

#include "check/stream.h"

/*
 * Filters the files by up to so many threads; s tells how, but not with
 * --across, and gets the errors. 0, or -1 where some of the files or lines were
 * not understood: messages say which.
 */
int threads_run(struct check_stream *s, const char *const *names, size_t n,
	     unsigned threads, struct messages *messages);

#endif
