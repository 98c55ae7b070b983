/*
 * How much a document may ask for. Beyond a limit it is not read at all: a
 * reason (limit-…) is given, and the stream goes on. 0 is never "no limit".
 */
#ifndef BUD_SOURCE_LIMITS_H
#define BUD_SOURCE_LIMITS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct source_limits {
	long bytes;   /* of one document, uncompressed */
	long memory;  /* of a document, and of a reader, in megabytes */
	long seconds; /* a reader may take for a document */
	long pages;
	long cells;
	long depth;   /* of nested elements and archives */
	long ratio;   /* of uncompressed to compressed bytes */
	long members; /* of an archive */
};

#define SOURCE_LIMITS_DEFAULT \
	{ \
		.bytes = 1L << 28, .memory = 1024, .seconds = 60, \
		.pages = 2000, .cells = 1000000, .depth = 256, \
		.ratio = 200, .members = 1000, \
	}

/* "pages=500" or several, separated by commas. False where one is no limit
 * or no number from 1. */
bool limits_set(struct source_limits *l, struct str setting);

/* All of them in that form: what readers are given. */
struct str limits_text(struct arena *a, const struct source_limits *l);

#endif
