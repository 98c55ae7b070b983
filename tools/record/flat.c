/*
 * Flat records without a tree. The line is copied into the arena once, and
 * its strings become slices of that copy: ended by NUL in place of their
 * quote, their escapes resolved where they stand, as text is never longer
 * than its escaped form.
 *
 * Most facts, residues, marks and findings are read by inorder.c already, and
 * others up to where one is not written as we write it.
 *
 * It is strict, and it gives up early: where a line is not plainly good, it
 * leaves the verdict and the words to jansson (tree.c). So it may never
 * accept what jansson refuses; tests/unit/record/test_same.c and
 * tests/fuzz/fuzz_record.c hold one against the other.
 *
 * Measured on our records by tests/bench/codecs: to read them simdjson, which
 * is C++, takes 2 times as long, YAJL 7, RapidJSON 10, cJSON 12, json-c 28,
 * jansson 43. None but jansson refuses a key that comes twice.
 */
#include <string.h>

#include "base/utf8.h"
#include "record/inorder.h"
#include "record/literal.h"
#include "record/scan.h"
#include "record/value.h"

enum { MAX_UNKNOWN = 16 };

struct cursor {
	struct arena *arena;
	struct str line; /* behind which a NUL and PADDING bytes stand */
	char *p;         /* next byte, at most the end */
	bool odd;        /* a string had a byte that does not stand for itself */
};

/* Looking at a key or at a block of a string does not look beyond. */
enum { PADDING = INORDER_BEHIND };
_Static_assert((int)PADDING >= (int)FIELD_LEAD, "what is looked at");

/* Most often there is none. */
static void skip_blanks(struct cursor *c)
{
	if ((unsigned char)*c->p > ' ')
		return;
	while (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r')
		c->p++;
}

/* Passes over a byte and the blanks on both sides. */
static bool take_byte(struct cursor *c, char byte)
{
	skip_blanks(c);
	if (*c->p != byte)
		return false;
	c->p++;
	skip_blanks(c);
	return true;
}

static bool take_hex4(struct cursor *c, uint32_t *out)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++, c->p++) {
		char d = *c->p;

		if (d >= '0' && d <= '9')
			v = v << 4 | (uint32_t)(d - '0');
		else if ((d | 0x20) >= 'a' && (d | 0x20) <= 'f')
			v = v << 4 | (uint32_t)((d | 0x20) - 'a' + 10);
		else
			return false;
	}
	*out = v;
	return true;
}

/* \uXXXX behind its u, with the second half of a pair. */
static bool take_unicode(struct cursor *c, uint32_t *cp)
{
	uint32_t low;

	if (!take_hex4(c, cp) || !*cp)
		return false;
	if (*cp < 0xD800 || *cp > 0xDFFF)
		return true;
	if (*cp > 0xDBFF || c->p[0] != '\\' || c->p[1] != 'u')
		return false;
	c->p += 2;
	if (!take_hex4(c, &low) || low < 0xDC00 || low > 0xDFFF)
		return false;
	*cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
	return true;
}

/* The character of an escape, put at *out; the cursor is on its letter. */
static bool take_escape(struct cursor *c, char **out)
{
	static const char LETTERS[] = "\"\\/bfnrt", MEANT[] = "\"\\/\b\f\n\r\t";
	const char *letter;
	uint32_t cp;

	if (*c->p == 'u') {
		c->p++;
		if (!take_unicode(c, &cp))
			return false;
		*out += utf8_put(*out, cp);
		return true;
	}
	letter = *c->p ? strchr(LETTERS, *c->p) : NULL;
	if (!letter)
		return false;
	*(*out)++ = MEANT[letter - LETTERS];
	c->p++;
	return true;
}

/* How many bytes at the cursor stand for themselves. */
static inline size_t count_plain(const struct cursor *c)
{
	struct str padded = {c->line.p, c->line.n + PADDING};

	return scan_plain(padded, (size_t)(c->p - c->line.p));
}

/* The rest of a string whose text so far ends at end, from the first byte that
 * does not stand for itself, up to its quote; NULL, or where the text ends. */
static char *take_odd(struct cursor *c, char *end, bool *escaped)
{
	c->odd = true;
	while (*c->p != '"') {
		size_t n;

		if (*c->p == '\x7F') {
			*end++ = *c->p++;
		} else if (*c->p == '\\') {
			*escaped = true;
			c->p++;
			if (!take_escape(c, &end))
				return NULL;
		} else {
			return NULL;
		}
		n = count_plain(c);
		memmove(end, c->p, n);
		end += n;
		c->p += n;
	}
	return end;
}

/* A string; *escaped tells whether it held an escape. */
static inline bool take_string(struct cursor *c, struct str *out, bool *escaped)
{
	char *start = c->p + 1, *end;

	if (*c->p != '"')
		return false;
	*escaped = false;
	/* codes and words are short */
	c->p = start + scan_short(start);
	if (*c->p != '"')
		c->p += count_plain(c);
	end = *c->p == '"' ? c->p : take_odd(c, c->p, escaped);
	if (!end)
		return false;
	c->p++;
	*end = '\0';
	*out = (struct str){start, (size_t)(end - start)};
	return true;
}

static bool take_number(struct cursor *c, int64_t *out)
{
	enum { SAFE = 18 }; /* digits that 63 bits hold whatever they are */
	const char *start = c->p, *digits;
	bool negative = *start == '-';
	char *p = c->p + negative;
	uint64_t v = 0;

	digits = p;
	while (*p >= '0' && *p <= '9')
		v = v * 10 + (uint64_t)(*p++ - '0');
	c->p = p;
	if (p == digits || (*digits == '0' && p - digits > 1) || *p == '.' ||
	    (*p | 0x20) == 'e')
		return false;
	if (p - digits > SAFE)
		return str_to_int64((struct str){start, (size_t)(p - start)},
				    out);
	*out = negative ? -(int64_t)v : (int64_t)v;
	return true;
}

static bool take_strings(struct cursor *c, struct value *v)
{
	struct str *list = NULL;
	size_t cap = 0;
	bool escaped;

	v->type = VALUE_STRS;
	do {
		list = arena_grow(c->arena, list, &cap, v->n + 1, sizeof *list);
		if (!take_string(c, &list[v->n++], &escaped))
			return false;
	} while (take_byte(c, ','));
	v->strs = list;
	return true;
}

static bool take_numbers(struct cursor *c, struct value *v)
{
	int64_t *list = NULL;
	size_t cap = 0;

	v->type = VALUE_INTS;
	do {
		list = arena_grow(c->arena, list, &cap, v->n + 1, sizeof *list);
		if (!take_number(c, &list[v->n++]))
			return false;
	} while (take_byte(c, ','));
	v->ints = list;
	return true;
}

static bool take_bool(struct cursor *c, struct value *v)
{
	v->type = VALUE_BOOL;
	v->number = *c->p == 't';
	if (strncmp(c->p, v->number ? "true" : "false", v->number ? 4 : 5) != 0)
		return false;
	c->p += v->number ? 4 : 5;
	return true;
}

static bool take_value(struct cursor *c, struct value *v)
{
	bool escaped;

	*v = (struct value){0};
	if (*c->p == '"') {
		v->type = VALUE_STR;
		return take_string(c, &v->str, &escaped);
	}
	if (*c->p == '[') {
		take_byte(c, '[');
		if (!(*c->p == '"' ? take_strings(c, v) : take_numbers(c, v)) ||
		    *c->p != ']')
			return false;
		c->p++;
		return true;
	}
	if (*c->p == 't' || *c->p == 'f')
		return take_bool(c, v);
	v->type = VALUE_INT;
	return take_number(c, &v->number);
}

/* A key without escapes, and the colon behind it: at once where it is written
 * as ours are. */
static bool take_key(struct cursor *c, struct str *key)
{
	char *start = c->p + 1, *end = start;
	bool escaped;

	if (*c->p == '"') {
		while ((*end >= 'a' && *end <= 'z') || *end == '_')
			end++;
		if (end[0] == '"' && end[1] == ':') {
			*end = '\0';
			*key = (struct str){start, (size_t)(end - start)};
			c->p = end + 2;
			skip_blanks(c);
			return true;
		}
	}

	return take_string(c, key, &escaped) && !escaped && take_byte(c, ':');
}

/* Keys of one length mostly differ in their first letter. */
static bool is_key(const struct field *f, struct str key)
{
	return f->key.n == key.n && f->key.p[0] == key.p[0] &&
	       !memcmp(f->key.p, key.p, key.n);
}

/* The field of a key: mostly the next one, as records are written so. */
static const struct field *find_field(const struct field *fields,
				      const struct field *next, struct str key)
{
	for (const struct field *f = next; f->type; f++)
		if (is_key(f, key))
			return f;
	for (const struct field *f = fields; f < next; f++)
		if (is_key(f, key))
			return f;
	return NULL;
}

/* Keys that we do not know, kept to find duplicates. */
struct unknown {
	struct str keys[MAX_UNKNOWN];
	size_t n;
};

static bool add_unknown(struct unknown *u, struct str key)
{
	for (size_t i = 0; i < u->n; i++)
		if (str_equal(u->keys[i], key))
			return false;
	if (u->n == MAX_UNKNOWN)
		return false;
	u->keys[u->n++] = key;
	return true;
}

/*
 * The field whose key stands at the cursor as we write it: behind a comma,
 * without blanks and escapes, and no other record before it in the table. The
 * cursor is moved to its value; NULL, and it stays, for anything else.
 */
static const struct field *take_next(struct cursor *c, const struct field *next)
{
	for (const struct field *f = next; f->type; f++)
		if (is_literal(c->p, f->lead, f->key.n + 4)) {
			c->p += f->key.n + 4;
			skip_blanks(c);
			return f;
		}
	return NULL;
}

/* Two numbers as we write them; else false, and the cursor stays. */
static bool take_pair(struct cursor *c, int64_t *a, int64_t *b)
{
	char *start = c->p;

	if (*c->p++ == '[' && take_number(c, a) && *c->p++ == ',' &&
	    take_number(c, b) && *c->p++ == ']')
		return true;
	c->p = start;
	return false;
}

/* A string, at once where it is one of our words. */
static inline bool take_word(struct cursor *c, struct str *out)
{
	char *start = c->p + 1, *end = start;
	bool escaped;

	while (*end >= 'a' && *end <= 'z')
		end++;
	if (*end != '"')
		return take_string(c, out, &escaped);
	*end = '\0';
	*out = (struct str){start, (size_t)(end - start)};
	c->p = end + 1;
	return true;
}

/* The value of a field, at once where it is as we write it. */
static inline bool take_known(struct cursor *c, const struct field *f, void *r)
{
	struct value v;
	struct str word;
	bool escaped;

	if (*c->p == '"') {
		if (f->type == FIELD_STR)
			return take_string(c, AT(r, f->offset, struct str),
					   &escaped);
		if (field_is_word(f))
			return take_word(c, &word) &&
			       value_take_word(f, word, r);
	} else if ((f->type == FIELD_INT || f->type == FIELD_INT_SET) &&
		   (*c->p == '-' || (*c->p >= '0' && *c->p <= '9'))) {
		return take_number(c, AT(r, f->offset, int64_t));
	}
	if (f->type == FIELD_SPAN && take_pair(c, AT(r, f->offset, int64_t),
					       AT(r, f->flag, int64_t)))
		return true;
	return take_value(c, &v) && value_take(c->arena, f, &v, r);
}

/* The fields behind those that were read. */
static bool take_fields(struct cursor *c, const struct field_table *table,
			struct inorder o, void *r)
{
	const struct field *fields = table->fields, *next = fields + o.next;
	struct unknown unknown;

	unknown.keys[0] = STR("type");
	unknown.n = 1;
	for (;;) {
		const struct field *f = take_next(c, next);
		struct value v;
		struct str key;

		/* none before it is the same, or it would not be next */
		if (f) {
			if (o.seen >> (f - fields) & 1 || !take_known(c, f, r))
				return false;
			o.seen |= UINT64_C(1) << (f - fields);
			o.needed += field_is_needed(f->type);
			next = f + 1;
			skip_blanks(c);
			continue;
		}
		if (!take_byte(c, ','))
			break;
		if (!take_key(c, &key) || !take_value(c, &v))
			return false;
		f = find_field(fields, next, key);
		if (!f) {
			if (!add_unknown(&unknown, key))
				return false;
			continue;
		}
		if (o.seen >> (f - fields) & 1 ||
		    !value_take(c->arena, f, &v, r))
			return false;
		o.seen |= UINT64_C(1) << (f - fields);
		o.needed += field_is_needed(f->type);
		next = f + 1;
	}
	return o.needed == table->needed;
}

/* The start of a record, up to behind its type; NULL where it is none. */
static const struct field_table *take_type(struct cursor *c)
{
#define START(name) "{\"type\":\"" name "\""
#define IS(name) !memcmp(c->p, START(name), sizeof START(name) - 1)
	enum record_type type = IS("fact")      ? RECORD_FACT
				: IS("finding") ? RECORD_FINDING
				: IS("residue") ? RECORD_RESIDUE
				: IS("mark")    ? RECORD_MARK
						: RECORD_OTHER;
	const struct field_table *table;
	struct str key, name;
	bool escaped;

	if (type) {
		table = &FIELD_TABLES[type - RECORD_DOCUMENT];
		c->p += sizeof START("") - 1 + table->name.n;
		return table;
	}
#undef IS
#undef START
	if (*c->p != '{' || !take_byte(c, '{') || !take_key(c, &key) ||
	    !str_equal(key, STR("type")) || !take_string(c, &name, &escaped))
		return NULL;
	return field_find_table(name);
}

/* Whether the record ends here, with all that it needs. */
static inline bool is_end(const struct cursor *c,
			  const struct field_table *table,
			  const struct inorder *o)
{
	return *c->p == '}' && c->p + 1 == c->line.p + c->line.n &&
	       o->needed == table->needed;
}

/* A line that may be changed; a NUL ends it, and PADDING bytes behind it may be
 * read. */
static bool read_line(struct arena *a, char *p, size_t n, struct record *out)
{
	struct cursor c = {.arena = a, .line = {p, n}, .p = p};
	const struct field_table *table = take_type(&c);
	struct inorder o = {.arena = a, .end = p + n + PADDING};

	if (!table)
		return false;
	/* as much of it as its type has */
	out->type = table->type;
	memset(&out->document, 0, table->size);
	if (table->span)
		*AT(&out->document, table->span, int64_t) = -1;
	o.p = c.p;
	inorder_read(&o, out);
	c.p = o.p;
	if (!is_end(&c, table, &o) &&
	    (!take_fields(&c, table, o, &out->document) ||
	     !take_byte(&c, '}') || c.p != c.line.p + c.line.n))
		return false;
	if (table->type == RECORD_FACT)
		out->fact.plain = !c.odd;
	return true;
}

bool flat_read(struct arena *a, struct str line, struct record *out)
{
	char *p;

	if (!line.n || line.p[0] != '{')
		return false; /* without a copy */
	p = arena_alloc_raw(a, line.n + PADDING);
	memcpy(p, line.p, line.n);
	memset(p + line.n, 0, PADDING);
	return read_line(a, p, line.n, out);
}

bool record_take(struct arena *a, char *line, size_t n, struct record *out)
{
	char behind = line[n];
	bool good;

	_Static_assert((int)PADDING <= (int)RECORD_BEHIND, "what may be read");
	line[n] = '\0';
	good = read_line(a, line, n, out);
	line[n] = behind;
	return good;
}
