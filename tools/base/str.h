/*
 * Text: borrowed slices (struct str) and growing buffers (struct buf).
 *
 * A str never owns its bytes and need not end in NUL; whoever made the bytes
 * (an arena, a file mapping, a literal) owns them. A buf owns its bytes until
 * buf_release(). Lengths are bytes, text is UTF-8.
 */
#ifndef BUD_BASE_STR_H
#define BUD_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
	const char *p; /* may be NULL when n is 0 */
	size_t n;
};

/* A slice of a literal, and the two arguments of "%.*s". */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal) {"" literal, sizeof(literal) - 1}
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

/* What every line of text goes through many times is inline. */

/* NULL gives the empty slice. */
static inline struct str str_of(const char *c_string)
{
	return (struct str){c_string, c_string ? strlen(c_string) : 0};
}

/* The bytes [from, to), clamped. */
static inline struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct str){s.p ? s.p + from : NULL, to - from};
}

static inline bool str_equal(struct str a, struct str b)
{
	return a.n == b.n && (!a.n || !memcmp(a.p, b.p, a.n));
}

static inline bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n &&
	       (!prefix.n || !memcmp(s.p, prefix.p, prefix.n));
}

/* Of a C string, whose length is not asked for: most differ at once. */
static inline bool str_starts_with(struct str s, const char *prefix)
{
	size_t i = 0;

	while (i < s.n && prefix[i] && s.p[i] == prefix[i])
		i++;
	return !prefix[i];
}

static inline bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	       (!suffix.n ||
		!memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n));
}

struct str str_trim_blanks(struct str s); /* for str_trim() */

/* Without ASCII blanks, no-break and ideographic spaces at both ends. Nearly
 * always neither end may be of one: those of more bytes begin with C2, E3 or EF
 * and end with A0 or 80. */
static inline struct str str_trim(struct str s)
{
	unsigned char first, last;

	if (!s.n)
		return s;
	first = (unsigned char)s.p[0];
	last = (unsigned char)s.p[s.n - 1];
	if (first > ' ' && first != 0xC2 && first != 0xE3 && first != 0xEF &&
	    last > ' ' && last != 0xA0 && last != 0x80)
		return s;
	return str_trim_blanks(s);
}

int str_compare(struct str a, struct str b); /* bytewise, shorter first */
/* Where needle begins in s, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle);
/* The part before the separator; *s keeps the rest. False at the end. */
bool str_split(struct str *s, char separator, struct str *part);
/* Copies into the arena; the copy ends in NUL, which n does not count. */
struct str str_copy(struct arena *a, struct str s);
char *str_cstring(struct arena *a, struct str s);
/* A copy without ASCII blanks and control characters: words as they were
 * before a layout broke them. */
struct str str_without_blanks(struct arena *a, struct str s);
struct str str_format(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* A decimal integer that fills the whole slice; false leaves *out alone. */
bool str_to_int64(struct str s, int64_t *out);
/* Writes a decimal integer, at most STR_MOST_INT bytes; the place behind it. */
enum { STR_MOST_INT = 20 };
char *str_put_int(char *to, int64_t value);
/* The same bytes give the same number on every machine (FNV-1a, 64 bits): that
 * of what was hashed, with more behind it, and that of the bytes alone. */
static inline uint64_t str_hash_more(uint64_t hash, struct str more)
{
	for (size_t i = 0; i < more.n; i++)
		hash = (hash ^ (unsigned char)more.p[i]) * 0x100000001b3u;
	return hash;
}
static inline uint64_t str_hash(struct str s)
{
	return str_hash_more(0xcbf29ce484222325u, s);
}

struct buf {
	char *p; /* not NUL-terminated unless buf_cstring() was called */
	size_t n, cap;
};

void buf_release(struct buf *b);
void buf_clear(struct buf *b); /* keeps the memory */
void buf_grow(struct buf *b, size_t more); /* for buf_reserve() */

static inline void buf_reserve(struct buf *b, size_t more)
{
	if (more > b->cap - b->n)
		buf_grow(b, more);
}

static inline void buf_put(struct buf *b, const void *bytes, size_t n)
{
	if (!n)
		return;
	buf_reserve(b, n);
	memcpy(b->p + b->n, bytes, n);
	b->n += n;
}

static inline void buf_putc(struct buf *b, char c)
{
	buf_reserve(b, 1);
	b->p[b->n++] = c;
}

static inline void buf_puts(struct buf *b, const char *c_string)
{
	buf_put(b, c_string, strlen(c_string));
}

static inline void buf_put_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}

/* It borrows until the next change. */
static inline struct str buf_str(const struct buf *b)
{
	return (struct str){b->p, b->n};
}

void buf_put_int(struct buf *b, int64_t value);
void buf_put_codepoint(struct buf *b, uint32_t cp);
void buf_printf(struct buf *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *format, va_list args);
char *buf_cstring(struct buf *b);        /* ends in NUL, borrowed */

/* Items separated by commas, as an option's value lists them. */
bool str_list_has(struct str list, struct str item);

#endif
