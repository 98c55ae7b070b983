/*
 * Lines of records, read and decoded ahead by a second thread while the caller
 * works on those before. A stream of a few lines starts no thread.
 *
 * What a line holds lives until the next call of ahead_next(). The reader is
 * the caller's, who leaves it alone from ahead_start() to ahead_end().
 */
#ifndef BUD_RECORD_AHEAD_H
#define BUD_RECORD_AHEAD_H

#include "base/stream.h"
#include "record/codec.h"

struct ahead_line {
	struct str text;    /* where it is asked for, else empty */
	size_t number;      /* in the stream, from 1 */
	bool blank;         /* no record, and no mistake either */
	const char *error;  /* of record_read(), NULL for none */
	struct str detail;
	struct record record;
};

enum { /* flags of ahead_start() */
	AHEAD_TEXT = 1,     /* lines are wanted as they came */
	AHEAD_THREADED = 2, /* else a line is read when it is asked for */
	AHEAD_KEYED = 4,    /* a key and a TAB may stand before a record */
};

struct ahead;

struct ahead *ahead_start(struct reader *in, unsigned flags);

/* 1 with *line, 0 at the end, -1 where the reader failed. */
int ahead_next(struct ahead *a, struct ahead_line **line);

/* Stops reading, too. */
void ahead_end(struct ahead *a);

#endif
