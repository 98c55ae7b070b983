/*
 * Inside the record room: what both writers put. Each hands on the place behind
 * it. Who makes room for a string or a list makes it for all that a record may
 * have besides, too: keys, numbers and words.
 */
#ifndef BUD_RECORD_PUT_H
#define BUD_RECORD_PUT_H

#include <string.h>

#include "record/field.h"

enum { ROOM = FIELD_MOST * (FIELD_LEAD + 3 + 2 * STR_MOST_INT) };

static inline char *put_key(char *p, const struct field *f)
{
	memcpy(p, f->lead, FIELD_LEAD); /* of a fixed length */
	return p + f->key.n + 4;
}

static inline char *put_plain(char *p, struct str s)
{
	*p = '"';
	if (s.n) /* else it may be NULL */
		memcpy(p + 1, s.p, s.n);
	p[1 + s.n] = '"';
	return p + s.n + 2;
}

static inline char *put_word(char *p, const struct field *f, struct str word)
{
	if (!word.n)
		return p;
	p = put_key(p, f);
	*p = '"';
	memcpy(p + 1, word.p, FACT_LONGEST_WORD); /* of a fixed length */
	p[1 + word.n] = '"';
	return p + word.n + 2;
}

static inline char *put_int(char *p, const struct field *f, int64_t value)
{
	return str_put_int(put_key(p, f), value);
}

static inline char *put_bool(char *p, const struct field *f, bool value)
{
	p = put_key(p, f);
	memcpy(p, value ? "true" : "false", 5);
	return p + (value ? 4 : 5);
}

static inline char *put_type(char *p, struct str name)
{
	static const struct str BEFORE = STR_INIT("{\"type\":\"");

	memcpy(p, BEFORE.p, BEFORE.n);
	memcpy(p + BEFORE.n, name.p, name.n);
	p[BEFORE.n + name.n] = '"';
	return p + BEFORE.n + name.n + 1;
}

#endif
