/*
 * Records to JSON, without a library: a line is bytes appended to a buffer.
 * What is absent is not written.
 */
#include <string.h>

#include "base/utf8.h"
#include "record/fact_fields.h"
#include "record/put.h"
#include "record/scan.h"

static void put_escape(struct buf *out, unsigned char c)
{
	static const char HEX[] = "0123456789abcdef";

	switch (c) {
	case '"':
		buf_puts(out, "\\\"");
		break;
	case '\\':
		buf_puts(out, "\\\\");
		break;
	case '\n':
		buf_puts(out, "\\n");
		break;
	case '\r':
		buf_puts(out, "\\r");
		break;
	case '\t':
		buf_puts(out, "\\t");
		break;
	default:
		buf_puts(out, "\\u00");
		buf_putc(out, HEX[c >> 4]);
		buf_putc(out, HEX[c & 15]);
	}
}

void record_write_string(struct buf *out, struct str s)
{
	size_t at = scan_plain(s, 0);

	buf_reserve(out, s.n + 2);
	buf_putc(out, '"');
	buf_put(out, s.p, at);
	while (at < s.n) {
		size_t n;

		if ((unsigned char)s.p[at] < 0x80)
			put_escape(out, (unsigned char)s.p[at]);
		else
			buf_puts(out, "\xef\xbf\xbd");
		n = scan_plain(s, ++at);
		buf_put(out, s.p + at, n);
		at += n;
	}
	buf_putc(out, '"');
}

bool record_is_plain(struct str s)
{
	return scan_plain(s, 0) == s.n;
}

void record_know(struct record_known *k, struct arena *a, struct str text)
{
	size_t *stops = NULL, n = 0, cap = 0;

	for (size_t at = 0; (at += scan_valid(text, at)) < text.n; at++) {
		stops = arena_grow_raw(a, stops, &cap, n + 1, sizeof *stops);
		stops[n++] = at;
	}
	*k = (struct record_known){.text = text, .stops = stops, .n_stops = n};
}

/* Where a string is noted that was looked at and stands for itself. */
static struct str *note_of(struct record_known *k, struct str s)
{
	enum { SLOTS = sizeof k->plain / sizeof *k->plain };

	return &k->plain[((uint32_t)(uintptr_t)s.p * 0x9E3779B1u >> 16) % SLOTS];
}

/* The first stop at or behind a place: near the one before, mostly. */
static size_t find_stop(const struct record_known *k, size_t from)
{
	enum { NEAR = 8 };
	size_t at = k->at, end = k->n_stops;

	for (int step = 0; step < NEAR; step++)
		if (at && k->stops[at - 1] >= from)
			at--;
		else if (at < end && k->stops[at] < from)
			at++;
		else
			return at;
	at = 0;
	while (at < end) {
		size_t middle = at + (end - at) / 2;

		if (k->stops[middle] < from)
			at = middle + 1;
		else
			end = middle;
	}
	return at;
}

/* Is it known that the string stands for itself? */
static bool is_known(struct record_known *k, struct str s)
{
	size_t from = (size_t)((uintptr_t)s.p - (uintptr_t)k->text.p);

	if (from >= k->text.n || s.n > k->text.n - from) {
		const struct str *note;

		if (scan_is_word(s.p, s.n)) /* sooner than found */
			return true;
		note = note_of(k, s);
		return s.p == note->p && s.n == note->n;
	}
	if (!utf8_is_boundary(k->text, from) ||
	    !utf8_is_boundary(k->text, from + s.n))
		return false;
	k->at = find_stop(k, from);
	return k->at == k->n_stops || k->stops[k->at] >= from + s.n;
}

/* The buffer is told where the line ends, and room is made behind it. */
static char *make_room(struct buf *out, char *p, size_t n)
{
	out->n = (size_t)(p - out->p);
	buf_reserve(out, n + ROOM);
	return out->p + out->n;
}

/* One that needs escapes. */
static char *put_escaped(struct buf *out, char *p, struct str s)
{
	out->n = (size_t)(p - out->p);
	record_write_string(out, s);
	return make_room(out, out->p + out->n, 0);
}

/* One that is to be looked at; k may be NULL. */
__attribute__((noinline)) static char *put_unknown(struct buf *out, char *p,
						   struct str s,
						   struct record_known *k)
{
	if (scan_plain(s, 0) < s.n)
		return put_escaped(out, p, s);
	if (k)
		*note_of(k, s) = s;
	return put_plain(make_room(out, p, s.n + 2), s);
}

static char *put_string(struct buf *out, char *p, struct str s,
			struct record_known *k)
{
	if (!k || !is_known(k, s))
		return put_unknown(out, p, s, k);
	return put_plain(make_room(out, p, s.n + 2), s);
}

static char *put_span(char *p, const struct field *f, int64_t from, int64_t to)
{
	p = put_key(p, f);
	*p++ = '[';
	p = str_put_int(p, from);
	*p++ = ',';
	p = str_put_int(p, to);
	*p++ = ']';
	return p;
}

static char *put_ints(struct buf *out, char *p, const struct field *f,
		      const int64_t *v, size_t n)
{
	if (!n)
		return p;
	p = put_key(p, f);
	for (size_t i = 0; i < n; i++) {
		p = make_room(out, p, 0);
		*p++ = i ? ',' : '[';
		p = str_put_int(p, v[i]);
	}
	*p++ = ']';
	return make_room(out, p, 0);
}

static char *put_strs(struct buf *out, char *p, const struct field *f,
		      const struct str *v, size_t n)
{
	if (!n)
		return p;
	p = put_key(p, f);
	for (size_t i = 0; i < n; i++) {
		*p++ = i ? ',' : '[';
		p = put_string(out, p, v[i], NULL);
	}
	*p++ = ']';
	return p;
}

static char *put_members(struct buf *out, char *p, const struct field *f,
			 const struct bud_document *d)
{
	bool many = d->n_members > 1;

	if (!d->n_members)
		return p;
	p = put_key(p, f);
	for (size_t i = 0; i < d->n_members; i++) {
		const struct bud_member *m = &d->members[i];

		p = make_room(out, p, 0);
		if (many)
			*p++ = i ? ',' : '[';
		if (f->type == FIELD_MEMBER_BYTES)
			p = str_put_int(p, m->bytes);
		else if (f->type == FIELD_MEMBER_SHA256)
			p = put_string(out, p, m->sha256, NULL);
		else
			p = put_string(out, p, m->source, NULL);
	}
	if (many)
		*p++ = ']';
	return make_room(out, p, 0);
}

/* Inline always: of a field that is known when compiling little is left. */
__attribute__((always_inline)) static inline char *
put_field(struct buf *out, char *p, const struct field *f, const void *r,
	  struct record_known *known)
{
	switch (f->type) {
	case FIELD_STR:
		if (!IN(r, f->offset, struct str)->n)
			return p;
		return put_string(out, put_key(p, f),
				  *IN(r, f->offset, struct str), known);
	case FIELD_INT_IF:
		if (!*IN(r, f->flag, bool))
			return p;
		/* fall through */
	case FIELD_INT:
		return put_int(p, f, *IN(r, f->offset, int64_t));
	case FIELD_INT_SET:
		if (!*IN(r, f->offset, int64_t))
			return p;
		return put_int(p, f, *IN(r, f->offset, int64_t));
	case FIELD_YEAR:
		if (!*IN(r, f->offset, int))
			return p;
		return put_int(p, f, *IN(r, f->offset, int));
	case FIELD_BOOL:
		return *IN(r, f->offset, bool) ? put_bool(p, f, true) : p;
	case FIELD_BOOL_IF:
		if (!*IN(r, f->flag, bool))
			return p;
		return put_bool(p, f, *IN(r, f->offset, bool));
	case FIELD_PHASE:
		return put_word(p, f,
				phase_name(*IN(r, f->offset, enum phase)));
	case FIELD_KIND:
		return put_word(p, f, kind_name(*IN(r, f->offset, enum kind)));
	case FIELD_UNIT:
		return put_word(p, f, unit_name(*IN(r, f->offset, enum unit)));
	case FIELD_ORIGIN:
		return put_word(p, f,
				origin_name(*IN(r, f->offset, enum origin)));
	case FIELD_FINDING:
		return put_word(p, f,
				finding_kind_name(*IN(r, f->offset,
						      enum finding_kind)));
	case FIELD_LEVEL:
		return put_word(p, f, level_name(*IN(r, f->offset, enum level)));
	case FIELD_SPAN:
		if (*IN(r, f->offset, int64_t) < 0)
			return p;
		return put_span(p, f, *IN(r, f->offset, int64_t),
				*IN(r, f->flag, int64_t));
	case FIELD_FACTS: {
		const struct bud_finding *found = r;

		p = put_ints(out, p, f, found->facts, found->n_facts);
		return put_strs(out, p, f, found->places, found->n_places);
	}
	case FIELD_INTS:
		return put_ints(out, p, f, *IN(r, f->offset, int64_t *),
				*IN(r, f->flag, size_t));
	case FIELD_STRS:
		return put_strs(out, p, f, *IN(r, f->offset, struct str *),
				*IN(r, f->flag, size_t));
	case FIELD_MEMBER_SOURCE:
	case FIELD_MEMBER_SHA256:
	case FIELD_MEMBER_BYTES:
		return put_members(out, p, f, r);
	case FIELD_END:
		break;
	}
	return p;
}

/* The same bytes once more; those that it mostly is, at once. */
static inline char *put_run(struct buf *out, char *p, struct record_run run)
{
	enum { MOST = 48 };

	p = make_room(out, p, run.n);
	if (run.n > MOST)
		memcpy(p, out->p + run.from, run.n);
	else /* of a fixed length */
		memcpy(p, out->p + run.from, MOST);
	return p + run.n;
}

/* The type and the first field, which is the document. */
__attribute__((noinline)) static char *
put_new_head(struct buf *out, char *p, const struct field_table *t,
	     struct str doc, struct record_known *known)
{
	size_t from = (size_t)(p - out->p);

	p = put_type(p, t->name);
	if (doc.n)
		p = put_string(out, put_key(p, t->fields), doc, known);
	if (known)
		known->head = (struct record_head){
			t->type, doc, {from, (size_t)(p - out->p) - from}};
	return p;
}

/* Records of a type and a document begin alike. */
static inline char *put_head(struct buf *out, char *p,
			     const struct field_table *t, const void *r,
			     struct record_known *known)
{
	struct str doc = *IN(r, t->fields->offset, struct str);

	if (known && known->head.type == t->type &&
	    known->head.doc.p == doc.p && known->head.doc.n == doc.n)
		return put_run(out, p, known->head.run);
	return put_new_head(out, p, t, doc, known);
}

static void put_record(struct buf *out, enum record_type type, const void *r,
		       struct record_known *known)
{
	const struct field_table *t = &FIELD_TABLES[type - 1];
	const struct field *f = t->fields;
	char *p;

	buf_reserve(out, ROOM);
	p = out->p + out->n;
	if (known) {
		p = put_head(out, p, t, r, known);
		f++;
	} else {
		p = put_type(p, t->name);
	}
	for (; f->type; f++)
		p = put_field(out, p, f, r, known);
	*p++ = '}';
	out->n = (size_t)(p - out->p);
}

void record_write_document(struct buf *out, const struct bud_document *d)
{
	put_record(out, RECORD_DOCUMENT, d, NULL);
}

/* Whether a field has the same value in two records. Strings are the same where
 * they stand at the same place. */
static inline bool is_same(enum field_type type, size_t offset, const void *a,
			   const void *b)
{
	const struct str *s, *t;

	switch (type) {
	case FIELD_STR:
		s = IN(a, offset, struct str);
		t = IN(b, offset, struct str);
		return s->p == t->p && s->n == t->n;
	case FIELD_INT_SET:
		return *IN(a, offset, int64_t) == *IN(b, offset, int64_t);
	case FIELD_YEAR:
		return *IN(a, offset, int) == *IN(b, offset, int);
	case FIELD_PHASE:
		return *IN(a, offset, enum phase) == *IN(b, offset, enum phase);
	default:
		return false;
	}
}

/* Of each field of a list: */
#define PUT(key, type, at, flag) \
	do { \
		static const struct field FIELD = {KEY(key), type, at, flag}; \
		p = put_field(out, p, &FIELD, f, known); \
	} while (0);
#define AND_SAME(key, type, at, flag) &&is_same(type, at, f, before)

/* A run of fields, copied where the fact before has the same. */
#define PUT_RUN(fields, run) \
	do { \
		size_t from_ = (size_t)(p - out->p); \
		if (before fields(AND_SAME)) { \
			p = put_run(out, p, known->run); \
		} else { \
			fields(PUT) \
		} \
		if (known) \
			known->run = (struct record_run){ \
				from_, (size_t)(p - out->p) - from_}; \
	} while (0)

void record_write_fact(struct buf *out, const struct bud_fact *f,
		       struct record_known *known)
{
	const struct bud_fact *before = known ? known->fact : NULL;
	const struct field_table *t = &FIELD_TABLES[RECORD_FACT - 1];
	char *p;

	buf_reserve(out, ROOM);
	p = out->p + out->n;
	p = put_head(out, p, t, f, known);
	FACT_FIELDS_N(PUT)
	PUT_RUN(FACT_FIELDS_WHEN, when);
	PUT_RUN(FACT_FIELDS_WHAT, what);
	FACT_FIELDS_VALUE(PUT)
	PUT_RUN(FACT_FIELDS_WHERE, where);
	FACT_FIELDS_TEXT(PUT)
	*p++ = '}';
	out->n = (size_t)(p - out->p);
	if (known)
		known->fact = f;
}

void record_write_residue(struct buf *out, const struct bud_residue *r,
			  struct record_known *known)
{
	put_record(out, RECORD_RESIDUE, r, known);
}

void record_write_finding(struct buf *out, const struct bud_finding *f)
{
	const struct record_text texts[FINDING_TEXTS] = {
		{&f->message, 1, f->message.n},
		{&f->message_zh, 1, f->message_zh.n},
		{&f->evidence, f->evidence.n ? 1 : 0, f->evidence.n},
	};

	if (f->plain && !f->n_places && !f->n_docs)
		record_write_plain_finding(out, f, texts);
	else
		put_record(out, RECORD_FINDING, f, NULL);
}

void record_write_verdict(struct buf *out, const struct bud_verdict *v)
{
	put_record(out, RECORD_VERDICT, v, NULL);
}

void record_write_change(struct buf *out, const struct bud_change *c)
{
	put_record(out, RECORD_CHANGE, c, NULL);
}

void record_write_trouble(struct buf *out, const struct bud_trouble *t)
{
	put_record(out, RECORD_TROUBLE, t, NULL);
}

void record_write_mark(struct buf *out, const struct bud_mark *m,
		       struct record_known *known)
{
	put_record(out, RECORD_MARK, m, known);
}
