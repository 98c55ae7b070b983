/*
 * Records to JSON, without a library: a line is bytes appended to a buffer.
 * What is absent is not written.
 */
#include <string.h>

#include "base/utf8.h"
#include "record/field.h"
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

	for (size_t at = 0; (at += scan_plain(text, at)) < text.n; at++) {
		stops = arena_grow_raw(a, stops, &cap, n + 1, sizeof *stops);
		stops[n++] = at;
	}
	*k = (struct record_known){.text = text, .stops = stops, .n_stops = n};
}

/* Is it known that the string stands for itself? */
static bool is_known(struct record_known *k, struct str s)
{
	size_t from = (size_t)((uintptr_t)s.p - (uintptr_t)k->text.p);

	if (from >= k->text.n || s.n > k->text.n - from)
		return s.p == k->plain.p && s.n == k->plain.n;
	if (!utf8_is_boundary(k->text, from) ||
	    !utf8_is_boundary(k->text, from + s.n))
		return false;
	while (k->at && k->stops[k->at - 1] >= from)
		k->at--;
	while (k->at < k->n_stops && k->stops[k->at] < from)
		k->at++;
	return k->at == k->n_stops || k->stops[k->at] >= from + s.n;
}

static void put_plain(struct buf *out, struct str s)
{
	buf_reserve(out, s.n + 2);
	out->p[out->n] = '"';
	memcpy(out->p + out->n + 1, s.p, s.n);
	out->p[out->n + 1 + s.n] = '"';
	out->n += s.n + 2;
}

static void put_string(struct buf *out, struct str s, struct record_known *k)
{
	enum { LONG = 24 };

	if (k && (k->all || (s.n >= LONG && is_known(k, s)))) {
		put_plain(out, s);
	} else if (scan_plain(s, 0) == s.n) {
		put_plain(out, s);
		if (k && s.n >= LONG)
			k->plain = s;
	} else {
		record_write_string(out, s);
	}
}

static inline void put_key(struct buf *out, const struct field *f)
{
	buf_reserve(out, FIELD_LEAD);
	memcpy(out->p + out->n, f->lead, FIELD_LEAD); /* of a fixed length */
	out->n += f->key.n + 4;
}

static void put_word(struct buf *out, const struct field *f, struct str word)
{
	if (!word.n)
		return;
	put_key(out, f);
	put_plain(out, word);
}

static void put_text(struct buf *out, const struct field *f, struct str text,
		     struct record_known *known)
{
	if (!text.n)
		return;
	put_key(out, f);
	put_string(out, text, known);
}

static void put_int(struct buf *out, const struct field *f, int64_t value)
{
	put_key(out, f);
	buf_put_int(out, value);
}

static void put_bool(struct buf *out, const struct field *f, bool value)
{
	put_key(out, f);
	buf_puts(out, value ? "true" : "false");
}

static void put_ints(struct buf *out, const struct field *f, const int64_t *v,
		     size_t n)
{
	if (!n)
		return;
	put_key(out, f);
	for (size_t i = 0; i < n; i++) {
		buf_putc(out, i ? ',' : '[');
		buf_put_int(out, v[i]);
	}
	buf_putc(out, ']');
}

static void put_strs(struct buf *out, const struct field *f, const struct str *v,
		     size_t n)
{
	if (!n)
		return;
	put_key(out, f);
	for (size_t i = 0; i < n; i++) {
		buf_putc(out, i ? ',' : '[');
		record_write_string(out, v[i]);
	}
	buf_putc(out, ']');
}

static void put_members(struct buf *out, const struct field *f,
			const struct bud_document *d)
{
	if (!d->n_members)
		return;
	put_key(out, f);
	for (size_t i = 0; i < d->n_members; i++) {
		const struct bud_member *m = &d->members[i];

		if (i || d->n_members > 1)
			buf_putc(out, i ? ',' : '[');
		if (f->type == FIELD_MEMBER_BYTES)
			buf_put_int(out, m->bytes);
		else if (f->type == FIELD_MEMBER_SHA256)
			record_write_string(out, m->sha256);
		else
			record_write_string(out, m->source);
	}
	if (d->n_members > 1)
		buf_putc(out, ']');
}

static void put_field(struct buf *out, const struct field *f, const void *r,
		      struct record_known *known)
{
	switch (f->type) {
	case FIELD_STR:
		put_text(out, f, *IN(r, f->offset, struct str), known);
		break;
	case FIELD_INT_IF:
		if (!*IN(r, f->flag, bool))
			break;
		/* fall through */
	case FIELD_INT:
		put_int(out, f, *IN(r, f->offset, int64_t));
		break;
	case FIELD_INT_SET:
		if (*IN(r, f->offset, int64_t))
			put_int(out, f, *IN(r, f->offset, int64_t));
		break;
	case FIELD_YEAR:
		if (*IN(r, f->offset, int))
			put_int(out, f, *IN(r, f->offset, int));
		break;
	case FIELD_BOOL:
		if (*IN(r, f->offset, bool))
			put_bool(out, f, true);
		break;
	case FIELD_BOOL_IF:
		if (*IN(r, f->flag, bool))
			put_bool(out, f, *IN(r, f->offset, bool));
		break;
	case FIELD_PHASE:
		put_word(out, f,
			 phase_name(*IN(r, f->offset, enum phase)));
		break;
	case FIELD_KIND:
		put_word(out, f, kind_name(*IN(r, f->offset, enum kind)));
		break;
	case FIELD_UNIT:
		put_word(out, f, unit_name(*IN(r, f->offset, enum unit)));
		break;
	case FIELD_ORIGIN:
		put_word(out, f,
			 origin_name(*IN(r, f->offset, enum origin)));
		break;
	case FIELD_FINDING:
		put_word(out, f,
			 finding_kind_name(
				 *IN(r, f->offset, enum finding_kind)));
		break;
	case FIELD_LEVEL:
		put_word(out, f,
			 level_name(*IN(r, f->offset, enum level)));
		break;
	case FIELD_SPAN:
		if (*IN(r, f->offset, int64_t) >= 0) {
			int64_t span[2] = {*IN(r, f->offset, int64_t),
					   *IN(r, f->flag, int64_t)};

			put_ints(out, f, span, 2);
		}
		break;
	case FIELD_FACTS: {
		const struct bud_finding *found = r;

		put_ints(out, f, found->facts, found->n_facts);
		put_strs(out, f, found->places, found->n_places);
		break;
	}
	case FIELD_INTS:
		put_ints(out, f, *IN(r, f->offset, int64_t *),
			 *IN(r, f->flag, size_t));
		break;
	case FIELD_STRS:
		put_strs(out, f, *IN(r, f->offset, struct str *),
			 *IN(r, f->flag, size_t));
		break;
	case FIELD_MEMBER_SOURCE:
	case FIELD_MEMBER_SHA256:
	case FIELD_MEMBER_BYTES:
		put_members(out, f, r);
		break;
	case FIELD_END:
		break;
	}
}

static void put_record(struct buf *out, enum record_type type, const void *r,
		       struct record_known *known)
{
	size_t t = 0;

	while (FIELD_TABLES[t].type != type)
		t++;
	buf_puts(out, "{\"type\":\"");
	buf_puts(out, FIELD_TABLES[t].name);
	buf_putc(out, '"');
	for (const struct field *f = FIELD_TABLES[t].fields; f->type; f++)
		put_field(out, f, r, known);
	buf_putc(out, '}');
}

void record_write_document(struct buf *out, const struct bud_document *d)
{
	put_record(out, RECORD_DOCUMENT, d, NULL);
}

void record_write_fact(struct buf *out, const struct bud_fact *f,
		       struct record_known *known)
{
	put_record(out, RECORD_FACT, f, known);
}

void record_write_residue(struct buf *out, const struct bud_residue *r,
			  struct record_known *known)
{
	put_record(out, RECORD_RESIDUE, r, known);
}

void record_write_finding(struct buf *out, const struct bud_finding *f)
{
	struct record_known known = {.all = true};

	put_record(out, RECORD_FINDING, f, f->plain ? &known : NULL);
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

void record_write_mark(struct buf *out, const struct bud_mark *m)
{
	put_record(out, RECORD_MARK, m, NULL);
}
