/*
 * A JSON object member by member, without a tree: for programs that look at
 * two keys of a line and pass the rest on. Several times faster than
 * record_read(), and as strict about syntax, but for a key that stands twice.
 *
 *	struct peek s = peek_begin(line);
 *	while ((got = peek_next(&s, &key, &value)) == 1)
 *		...
 *	got is 0: the line is one JSON object; -1: it is not.
 *
 * Slices borrow from the line. Nothing is to be released.
 */
#ifndef BUD_RECORD_PEEK_H
#define BUD_RECORD_PEEK_H

#include "base/arena.h"
#include "base/str.h"

struct peek {
	const char *at, *end;
	bool begun;
};

struct peek peek_begin(struct str line);

/*
 * The next member: key between its quotes, escapes as they are; value as it
 * is written, strings with their quotes. Once -1 was given, it stays.
 */
int peek_next(struct peek *s, struct str *key, struct str *value);

/*
 * The text of a value that is a string, in the arena where it holds escapes.
 * False for any other value.
 */
bool peek_text(struct arena *a, struct str value, struct str *out);

/* An integer that fits; false for any other value. */
bool peek_int(struct str value, int64_t *out);

/* The next value of an array; *value begins as the array. False at its end. */
bool peek_item(struct str *array, struct str *item);

#endif
