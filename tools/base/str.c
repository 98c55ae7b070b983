/* Slices and buffers; see str.h. Memory of a buf comes from malloc and is
 * reported, when exhausted, the way the arenas report it. */
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/utf8.h"

int str_compare(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	return c ? c : (a.n > b.n) - (a.n < b.n);
}

/* memmem() fills a table before it looks, and then looks at each byte, which
 * takes ten times as long where the needle is short. The first byte of Chinese
 * tells little, the second one in sixty. */
static size_t find_short(struct str s, struct str needle)
{
	const char *p = s.p, *end = s.p + (s.n - needle.n) + 1;

	while (p < end &&
	       (p = memchr(p + 1, needle.p[1], (size_t)(end - p)))) {
		p--;
		if (*p == needle.p[0] && !memcmp(p, needle.p, needle.n))
			return (size_t)(p - s.p);
		p++;
	}
	return SIZE_MAX;
}

size_t str_find(struct str s, struct str needle)
{
	const char *hit;

	if (!needle.n)
		return 0;
	if (s.n < needle.n)
		return SIZE_MAX;
	if (needle.n >= 2 && needle.n <= 64) /* so that it stays linear */
		return find_short(s, needle);
	hit = needle.n == 1 ? memchr(s.p, needle.p[0], s.n)
			    : memmem(s.p, s.n, needle.p, needle.n);
	return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

/* TAB to CR are the blanks beside the space. */
static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The length of the blank that s begins with, 0 for none: nearly always told
 * from its first byte. */
static size_t blank_at_start(struct str s)
{
	if (!s.n || (unsigned char)s.p[0] < 0xC2)
		return s.n && is_blank(s.p[0]);
	if (str_starts(s, STR("\xc2\xa0")))
		return 2;
	return str_starts(s, STR("\xe3\x80\x80")) ||
			       str_starts(s, STR("\xef\xbb\xbf"))
		       ? 3
		       : 0;
}

static size_t blank_at_end(struct str s)
{
	if (!s.n || is_blank(s.p[s.n - 1]))
		return s.n != 0;
	if (str_ends(s, STR("\xc2\xa0")))
		return 2;
	return str_ends(s, STR("\xe3\x80\x80")) ? 3 : 0;
}

struct str str_trim_blanks(struct str s)
{
	size_t k;

	while ((k = blank_at_start(s)))
		s = str_slice(s, k, s.n);
	while ((k = blank_at_end(s)))
		s.n -= k;
	return s;
}

bool str_split(struct str *s, char separator, struct str *part)
{
	const char *at;

	if (!s->p)
		return false;
	at = s->n ? memchr(s->p, separator, s->n) : NULL;
	if (!at) {
		*part = *s;
		*s = (struct str){NULL, 0};
		return true;
	}
	*part = (struct str){s->p, (size_t)(at - s->p)};
	s->n -= part->n + 1;
	s->p = at + 1;
	return true;
}

struct str str_copy(struct arena *a, struct str s)
{
	char *p = arena_alloc_raw(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct str){p, s.n};
}

char *str_cstring(struct arena *a, struct str s)
{
	char *p = arena_alloc_raw(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

struct str str_without_blanks(struct arena *a, struct str s)
{
	size_t n = 0;
	char *p;

	/* mostly to the end */
	while (n < s.n && (unsigned char)s.p[n] > ' ')
		n++;
	p = arena_alloc_raw(a, s.n + 1);
	if (n)
		memcpy(p, s.p, n);
	for (size_t i = n; i < s.n; i++)
		if ((unsigned char)s.p[i] > ' ')
			p[n++] = s.p[i];
	p[n] = '\0';
	return (struct str){p, n};
}

struct str str_format(struct arena *a, const char *format, ...)
{
	va_list args, again;
	struct str s = {NULL, 0};
	char *p;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n > 0) {
		p = arena_alloc(a, (size_t)n + 1);
		vsnprintf(p, (size_t)n + 1, format, again);
		s = (struct str){p, (size_t)n};
	}
	va_end(again);
	return s;
}

bool str_to_int64(struct str s, int64_t *out)
{
	bool negative = s.n && s.p[0] == '-';
	int64_t v = 0;

	if (s.n <= (size_t)negative)
		return false;
	for (size_t i = negative; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_sub_overflow(v, s.p[i] - '0', &v))
			return false;
	}
	if (!negative && __builtin_sub_overflow(0, v, &v))
		return false;
	*out = v;
	return true;
}

bool str_list_has(struct str list, struct str item)
{
	struct str part;

	while (str_split(&list, ',', &part))
		if (str_equal(str_trim(part), item))
			return true;
	return false;
}

void buf_release(struct buf *b)
{
	free(b->p);
	*b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
	b->n = 0;
}

void buf_grow(struct buf *b, size_t more)
{
	size_t want, cap = b->cap ? b->cap : 64;

	if (__builtin_add_overflow(b->n, more, &want))
		want = SIZE_MAX;
	while (cap < want)
		if (__builtin_mul_overflow(cap, 2, &cap))
			cap = want;
	b->p = memory_realloc(b->p, cap);
	b->cap = cap;
}

static const char PAIRS[] = "00010203040506070809"
			    "10111213141516171819"
			    "20212223242526272829"
			    "30313233343536373839"
			    "40414243444546474849"
			    "50515253545556575859"
			    "60616263646566676869"
			    "70717273747576777879"
			    "80818283848586878889"
			    "90919293949596979899";

static inline char *put_two(char *to, uint32_t v)
{
	memcpy(to, PAIRS + 2 * v, 2);
	return to + 2;
}

/* Below 10 000, with zeros before it. */
static inline char *put_four(char *to, uint32_t v)
{
	return put_two(put_two(to, v / 100), v % 100);
}

/* Below 10 000, as it is: no longer than most are. */
static inline char *put_short(char *to, uint32_t v)
{
	if (v >= 1000)
		return put_four(to, v);
	if (v >= 100) {
		*to++ = (char)('0' + v / 100);
		v %= 100;
	} else if (v < 10) {
		*to = (char)('0' + v);
		return to + 1;
	}
	return put_two(to, v);
}

char *str_put_int(char *to, int64_t value)
{
	enum { STEP = 10000 };
	uint64_t v = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	uint32_t low, middle;

	if (value < 0)
		*to++ = '-';
	if (v < STEP)
		return put_short(to, (uint32_t)v);
	if (v < STEP * STEP) {
		low = (uint32_t)v;
		return put_four(put_short(to, low / STEP), low % STEP);
	}
	low = (uint32_t)(v % (STEP * STEP));
	middle = low / STEP;
	to = str_put_int(to, (int64_t)(v / (STEP * STEP)));
	return put_four(put_four(to, middle), low % STEP);
}

void buf_put_int(struct buf *b, int64_t value)
{
	buf_reserve(b, STR_MOST_INT);
	b->n = (size_t)(str_put_int(b->p + b->n, value) - b->p);
}

void buf_put_codepoint(struct buf *b, uint32_t cp)
{
	buf_reserve(b, 4);
	b->n += utf8_put(b->p + b->n, cp);
}

void buf_vprintf(struct buf *b, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	if (n > 0) {
		buf_reserve(b, (size_t)n + 1);
		vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vprintf(b, format, args);
	va_end(args);
}

char *buf_cstring(struct buf *b)
{
	buf_reserve(b, 1);
	b->p[b->n] = '\0';
	return b->p;
}
