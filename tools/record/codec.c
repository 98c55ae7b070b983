/*
 * One table of fields a record type drives both directions, so that reader
 * and writer cannot drift apart. Reading is jansson's.
 */
#include "record/codec.h"

#include <jansson.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "base/utf8.h"

enum field_type {
	FIELD_END,
	FIELD_STR,      /* struct str, absent when empty */
	FIELD_INT,      /* int64_t, always written */
	FIELD_INT_SET,  /* int64_t, absent when 0 */
	FIELD_INT_IF,   /* int64_t, absent unless the bool at .flag is set */
	FIELD_YEAR,     /* int, absent when 0 */
	FIELD_BOOL,     /* absent when false */
	FIELD_BOOL_IF,  /* absent unless the bool at .flag is set */
	FIELD_PHASE,    /* absent for PHASE_NONE */
	FIELD_KIND,
	FIELD_UNIT,
	FIELD_ORIGIN,
	FIELD_FINDING,  /* enum finding_kind */
	FIELD_LEVEL,
	FIELD_SPAN,     /* two int64_t, absent when the first is negative */
	FIELD_INTS,     /* const int64_t * at .offset, size_t at .flag */
	FIELD_STRS,     /* const struct str * at .offset, size_t at .flag */
	FIELD_FACTS,    /* of a finding: numbers, or "doc:n" of several docs */
	FIELD_MEMBER_SOURCE, /* members: scalar for one, array for more */
	FIELD_MEMBER_SHA256,
	FIELD_MEMBER_BYTES,
};

struct field {
	const char *key;
	enum field_type type;
	size_t offset, flag;
};

#define D(member) offsetof(struct bud_document, member)
static const struct field DOCUMENT[] = {
	{"doc", FIELD_STR, D(doc), 0},
	{"source", FIELD_MEMBER_SOURCE, 0, 0},
	{"sha256", FIELD_MEMBER_SHA256, 0, 0},
	{"bytes", FIELD_MEMBER_BYTES, 0, 0},
	{"media", FIELD_STR, D(media), 0},
	{"charset", FIELD_STR, D(charset), 0},
	{"title", FIELD_STR, D(title), 0},
	{"entity", FIELD_STR, D(entity), 0},
	{"region", FIELD_STR, D(region), 0},
	{"year", FIELD_YEAR, D(year), 0},
	{"phase", FIELD_PHASE, D(phase), 0},
	{"amounts", FIELD_INT, D(amounts), 0},
	{"facts", FIELD_INT, D(facts), 0},
	{"residues", FIELD_INT, D(residues), 0},
	{NULL, FIELD_END, 0, 0},
};

#define F(member) offsetof(struct bud_fact, member)
static const struct field FACT[] = {
	{"doc", FIELD_STR, F(doc), 0},
	{"n", FIELD_INT, F(n), 0},
	{"entity", FIELD_STR, F(entity), 0},
	{"year", FIELD_YEAR, F(at.year), 0},
	{"phase", FIELD_PHASE, F(at.phase), 0},
	{"item", FIELD_STR, F(at.item), 0},
	{"fund", FIELD_STR, F(at.fund), 0},
	{"function", FIELD_STR, F(at.function), 0},
	{"economic", FIELD_STR, F(at.economic), 0},
	{"nature", FIELD_STR, F(at.nature), 0},
	{"kind", FIELD_KIND, F(at.kind), 0},
	{"value", FIELD_INT, F(value), 0},
	{"unit", FIELD_UNIT, F(unit), 0},
	{"quantum", FIELD_INT, F(quantum), 0},
	{"approx", FIELD_BOOL, F(approx), 0},
	{"vs_year", FIELD_YEAR, F(vs_year), 0},
	{"vs_phase", FIELD_PHASE, F(vs_phase), 0},
	{"whole", FIELD_STR, F(whole), 0},
	{"scope", FIELD_STR, F(scope), 0},
	{"origin", FIELD_ORIGIN, F(origin), 0},
	{"from", FIELD_INTS, F(from), F(n_from)},
	{"reason", FIELD_STR, F(reason), 0},
	{"doubt", FIELD_STR, F(doubt), 0},
	{"section", FIELD_STR, F(section), 0},
	{"page", FIELD_INT_SET, F(page), 0},
	{"line", FIELD_INT_SET, F(line), 0},
	{"cell", FIELD_STR, F(cell), 0},
	{"span", FIELD_SPAN, F(span_start), F(span_end)},
	{"text", FIELD_STR, F(text), 0},
	{NULL, FIELD_END, 0, 0},
};

#define R(member) offsetof(struct bud_residue, member)
static const struct field RESIDUE[] = {
	{"doc", FIELD_STR, R(doc), 0},
	{"n", FIELD_INT, R(n), 0},
	{"value", FIELD_INT, R(value), 0},
	{"unit", FIELD_UNIT, R(unit), 0},
	{"quantum", FIELD_INT, R(quantum), 0},
	{"section", FIELD_STR, R(section), 0},
	{"page", FIELD_INT_SET, R(page), 0},
	{"line", FIELD_INT_SET, R(line), 0},
	{"cell", FIELD_STR, R(cell), 0},
	{"span", FIELD_SPAN, R(span_start), R(span_end)},
	{"text", FIELD_STR, R(text), 0},
	{"why", FIELD_STR, R(why), 0},
	{NULL, FIELD_END, 0, 0},
};

#define N(member) offsetof(struct bud_finding, member)
static const struct field FINDING[] = {
	{"doc", FIELD_STR, N(doc), 0},
	{"id", FIELD_STR, N(id), 0},
	{"rule", FIELD_STR, N(rule), 0},
	{"kind", FIELD_FINDING, N(kind), 0},
	{"level", FIELD_LEVEL, N(level), 0},
	{"rounding", FIELD_BOOL, N(rounding), 0},
	{"truncation", FIELD_BOOL, N(truncation), 0},
	{"message", FIELD_STR, N(message), 0},
	{"message_zh", FIELD_STR, N(message_zh), 0},
	{"expected", FIELD_INT_IF, N(expected), N(has_values)},
	{"actual", FIELD_INT_IF, N(actual), N(has_values)},
	{"difference", FIELD_INT_IF, N(difference), N(has_values)},
	{"tolerance", FIELD_INT_IF, N(tolerance), N(has_values)},
	{"facts", FIELD_FACTS, 0, 0},
	{"evidence", FIELD_STR, N(evidence), 0},
	{"docs", FIELD_STRS, N(docs), N(n_docs)},
	{"page", FIELD_INT_SET, N(page), 0},
	{"line", FIELD_INT_SET, N(line), 0},
	{NULL, FIELD_END, 0, 0},
};

#define V(member) offsetof(struct bud_verdict, member)
static const struct field VERDICT[] = {
	{"doc", FIELD_STR, V(doc), 0},
	{"checks", FIELD_INT, V(checks), 0},
	{"passed", FIELD_INT, V(passed), 0},
	{"rounding", FIELD_INT, V(rounding), 0},
	{"failed", FIELD_INT, V(failed), 0},
	{"notes", FIELD_INT, V(notes), 0},
	{"open", FIELD_INT, V(open), 0},
	{"notApplicable", FIELD_INT, V(not_applicable), 0},
	{NULL, FIELD_END, 0, 0},
};

#define C(member) offsetof(struct bud_change, member)
static const struct field CHANGE[] = {
	{"entity", FIELD_STR, C(entity), 0},
	{"region", FIELD_STR, C(region), 0},
	{"item", FIELD_STR, C(item), 0},
	{"fund", FIELD_STR, C(fund), 0},
	{"function", FIELD_STR, C(function), 0},
	{"economic", FIELD_STR, C(economic), 0},
	{"nature", FIELD_STR, C(nature), 0},
	{"unit", FIELD_UNIT, C(unit), 0},
	{"from_year", FIELD_YEAR, C(from_year), 0},
	{"from_phase", FIELD_PHASE, C(from_phase), 0},
	{"from_value", FIELD_INT_IF, C(from_value), C(has_from)},
	{"to_year", FIELD_YEAR, C(to_year), 0},
	{"to_phase", FIELD_PHASE, C(to_phase), 0},
	{"to_value", FIELD_INT_IF, C(to_value), C(has_to)},
	{"delta", FIELD_INT_IF, C(delta), C(has_delta)},
	{"growth", FIELD_INT_IF, C(growth), C(has_growth)},
	{"contribution", FIELD_INT_IF, C(contribution), C(has_contribution)},
	{"status", FIELD_STR, C(status), 0},
	{"rounding", FIELD_BOOL, C(rounding), 0},
	{"break", FIELD_STR, C(breaks), 0},
	{"chosen", FIELD_STR, C(chosen), 0},
	{"stated_delta", FIELD_INT_IF, C(stated_delta), C(has_stated)},
	{"agrees", FIELD_BOOL_IF, C(agrees), C(has_stated)},
	{"reason", FIELD_STR, C(reason), 0},
	{"docs", FIELD_STRS, C(docs), C(n_docs)},
	{NULL, FIELD_END, 0, 0},
};

#define T(member) offsetof(struct bud_trouble, member)
static const struct field TROUBLE[] = {
	{"source", FIELD_STR, T(source), 0},
	{"doc", FIELD_STR, T(doc), 0},
	{"stage", FIELD_STR, T(stage), 0},
	{"code", FIELD_STR, T(code), 0},
	{"message", FIELD_STR, T(message), 0},
	{NULL, FIELD_END, 0, 0},
};

static const struct {
	const char *name;
	enum record_type type;
	const struct field *fields;
} TYPES[] = {
	{"document", RECORD_DOCUMENT, DOCUMENT},
	{"fact", RECORD_FACT, FACT},
	{"residue", RECORD_RESIDUE, RESIDUE},
	{"finding", RECORD_FINDING, FINDING},
	{"verdict", RECORD_VERDICT, VERDICT},
	{"change", RECORD_CHANGE, CHANGE},
	{"trouble", RECORD_TROUBLE, TROUBLE},
};

#define AT(base, off, type) ((type *)(void *)((char *)(base) + (off)))
#define IN(base, off, type) \
	((const type *)(const void *)((const char *)(base) + (off)))

/* ---- writing ---------------------------------------------------------- */

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
	size_t at = 0, clean = 0;

	buf_putc(out, '"');
	while (at < s.n) {
		unsigned char c = (unsigned char)s.p[at];
		size_t start = at;

		if (c >= 0x20 && c != '"' && c != '\\' && c < 0x7F) {
			at++;
			continue;
		}
		if (c < 0x80) {
			buf_put(out, s.p + clean, at - clean);
			put_escape(out, c);
			clean = ++at;
			continue;
		}
		if (utf8_next(s, &at) == UTF8_REPLACEMENT && at - start == 1) {
			buf_put(out, s.p + clean, start - clean);
			buf_puts(out, "\xef\xbf\xbd");
			clean = at;
		}
	}
	buf_put(out, s.p + clean, s.n - clean);
	buf_putc(out, '"');
}

static void put_key(struct buf *out, const char *key)
{
	buf_puts(out, ",\"");
	buf_puts(out, key);
	buf_puts(out, "\":");
}

static void put_word(struct buf *out, const char *key, struct str word)
{
	if (!word.n)
		return;
	put_key(out, key);
	record_write_string(out, word);
}

static void put_int(struct buf *out, const char *key, int64_t value)
{
	put_key(out, key);
	buf_put_int(out, value);
}

static void put_bool(struct buf *out, const char *key, bool value)
{
	put_key(out, key);
	buf_puts(out, value ? "true" : "false");
}

static void put_ints(struct buf *out, const char *key, const int64_t *v,
		     size_t n)
{
	if (!n)
		return;
	put_key(out, key);
	for (size_t i = 0; i < n; i++) {
		buf_putc(out, i ? ',' : '[');
		buf_put_int(out, v[i]);
	}
	buf_putc(out, ']');
}

static void put_strs(struct buf *out, const char *key, const struct str *v,
		     size_t n)
{
	if (!n)
		return;
	put_key(out, key);
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
	put_key(out, f->key);
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

static void put_field(struct buf *out, const struct field *f, const void *r)
{
	switch (f->type) {
	case FIELD_STR:
		put_word(out, f->key, *IN(r, f->offset, struct str));
		break;
	case FIELD_INT_IF:
		if (!*IN(r, f->flag, bool))
			break;
		/* fall through */
	case FIELD_INT:
		put_int(out, f->key, *IN(r, f->offset, int64_t));
		break;
	case FIELD_INT_SET:
		if (*IN(r, f->offset, int64_t))
			put_int(out, f->key, *IN(r, f->offset, int64_t));
		break;
	case FIELD_YEAR:
		if (*IN(r, f->offset, int))
			put_int(out, f->key, *IN(r, f->offset, int));
		break;
	case FIELD_BOOL:
		if (*IN(r, f->offset, bool))
			put_bool(out, f->key, true);
		break;
	case FIELD_BOOL_IF:
		if (*IN(r, f->flag, bool))
			put_bool(out, f->key, *IN(r, f->offset, bool));
		break;
	case FIELD_PHASE:
		put_word(out, f->key,
			 phase_name(*IN(r, f->offset, enum phase)));
		break;
	case FIELD_KIND:
		put_word(out, f->key, kind_name(*IN(r, f->offset, enum kind)));
		break;
	case FIELD_UNIT:
		put_word(out, f->key, unit_name(*IN(r, f->offset, enum unit)));
		break;
	case FIELD_ORIGIN:
		put_word(out, f->key,
			 origin_name(*IN(r, f->offset, enum origin)));
		break;
	case FIELD_FINDING:
		put_word(out, f->key,
			 finding_kind_name(
				 *IN(r, f->offset, enum finding_kind)));
		break;
	case FIELD_LEVEL:
		put_word(out, f->key,
			 level_name(*IN(r, f->offset, enum level)));
		break;
	case FIELD_SPAN:
		if (*IN(r, f->offset, int64_t) >= 0) {
			int64_t span[2] = {*IN(r, f->offset, int64_t),
					   *IN(r, f->flag, int64_t)};

			put_ints(out, f->key, span, 2);
		}
		break;
	case FIELD_FACTS: {
		const struct bud_finding *found = r;

		put_ints(out, f->key, found->facts, found->n_facts);
		put_strs(out, f->key, found->places, found->n_places);
		break;
	}
	case FIELD_INTS:
		put_ints(out, f->key, *IN(r, f->offset, int64_t *),
			 *IN(r, f->flag, size_t));
		break;
	case FIELD_STRS:
		put_strs(out, f->key, *IN(r, f->offset, struct str *),
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

static void put_record(struct buf *out, enum record_type type, const void *r)
{
	size_t t = 0;

	while (TYPES[t].type != type)
		t++;
	buf_puts(out, "{\"type\":\"");
	buf_puts(out, TYPES[t].name);
	buf_putc(out, '"');
	for (const struct field *f = TYPES[t].fields; f->type; f++)
		put_field(out, f, r);
	buf_putc(out, '}');
}

void record_write_document(struct buf *out, const struct bud_document *d)
{
	put_record(out, RECORD_DOCUMENT, d);
}

void record_write_fact(struct buf *out, const struct bud_fact *f)
{
	put_record(out, RECORD_FACT, f);
}

void record_write_residue(struct buf *out, const struct bud_residue *r)
{
	put_record(out, RECORD_RESIDUE, r);
}

void record_write_finding(struct buf *out, const struct bud_finding *f)
{
	put_record(out, RECORD_FINDING, f);
}

void record_write_verdict(struct buf *out, const struct bud_verdict *v)
{
	put_record(out, RECORD_VERDICT, v);
}

void record_write_change(struct buf *out, const struct bud_change *c)
{
	put_record(out, RECORD_CHANGE, c);
}

void record_write_trouble(struct buf *out, const struct bud_trouble *t)
{
	put_record(out, RECORD_TROUBLE, t);
}

/* ---- reading ---------------------------------------------------------- */

static bool take_str(struct arena *a, const json_t *v, struct str *out)
{
	if (!json_is_string(v))
		return false;
	*out = str_copy(a, (struct str){json_string_value(v),
					json_string_length(v)});
	return true;
}

static bool take_int(const json_t *v, int64_t *out)
{
	if (!json_is_integer(v))
		return false;
	*out = json_integer_value(v);
	return true;
}

static bool take_year(const json_t *v, int *out)
{
	int64_t year;

	if (!take_int(v, &year) || year < 0 || year > 9999)
		return false;
	*out = (int)year;
	return true;
}

static bool take_ints(struct arena *a, const json_t *v, const int64_t **out,
		      size_t *n)
{
	int64_t *list;

	if (!json_is_array(v))
		return false;
	*n = json_array_size(v);
	list = ARENA_ARRAY(a, int64_t, *n);
	for (size_t i = 0; i < *n; i++)
		if (!take_int(json_array_get(v, i), &list[i]))
			return false;
	*out = list;
	return true;
}

static bool take_strs(struct arena *a, const json_t *v, const struct str **out,
		      size_t *n)
{
	struct str *list;

	if (!json_is_array(v))
		return false;
	*n = json_array_size(v);
	list = ARENA_ARRAY(a, struct str, *n);
	for (size_t i = 0; i < *n; i++)
		if (!take_str(a, json_array_get(v, i), &list[i]))
			return false;
	*out = list;
	return true;
}

static bool take_word(const json_t *v, struct str *out)
{
	if (!json_is_string(v))
		return false;
	*out = (struct str){json_string_value(v), json_string_length(v)};
	return true;
}

/* source, sha256 and bytes: a scalar, or arrays of one length. */
static bool take_member(struct arena *a, enum field_type type, const json_t *v,
			struct bud_document *d)
{
	size_t n = json_is_array(v) ? json_array_size(v) : 1;
	struct bud_member *m;

	if (!d->members) {
		d->members = ARENA_ARRAY(a, struct bud_member, n);
		d->n_members = n;
	}
	if (n != d->n_members)
		return false;
	m = (struct bud_member *)(uintptr_t)d->members;
	for (size_t i = 0; i < n; i++) {
		const json_t *one = json_is_array(v) ? json_array_get(v, i) : v;

		if (type == FIELD_MEMBER_BYTES) {
			if (!take_int(one, &m[i].bytes))
				return false;
		} else if (!take_str(a, one,
				     type == FIELD_MEMBER_SOURCE
					     ? &m[i].source
					     : &m[i].sha256)) {
			return false;
		}
	}
	return true;
}

static bool take_enum(const struct field *f, const json_t *v, void *r)
{
	struct str w;

	if (!take_word(v, &w))
		return false;
	switch (f->type) {
	case FIELD_PHASE:
		return phase_of(w, AT(r, f->offset, enum phase));
	case FIELD_KIND:
		return kind_of(w, AT(r, f->offset, enum kind));
	case FIELD_UNIT:
		return unit_of(w, AT(r, f->offset, enum unit));
	case FIELD_ORIGIN:
		return origin_of(w, AT(r, f->offset, enum origin));
	case FIELD_FINDING:
		return finding_kind_of(w, AT(r, f->offset, enum finding_kind));
	default:
		return level_of(w, AT(r, f->offset, enum level));
	}
}

static bool take_field(struct arena *a, const struct field *f, const json_t *v,
		       void *r)
{
	switch (f->type) {
	case FIELD_STR:
		return take_str(a, v, AT(r, f->offset, struct str));
	case FIELD_INT_IF:
		*AT(r, f->flag, bool) = true;
		return take_int(v, AT(r, f->offset, int64_t));
	case FIELD_INT:
	case FIELD_INT_SET:
		return take_int(v, AT(r, f->offset, int64_t));
	case FIELD_YEAR:
		return take_year(v, AT(r, f->offset, int));
	case FIELD_BOOL:
	case FIELD_BOOL_IF:
		*AT(r, f->offset, bool) = json_is_true(v);
		return json_is_boolean(v);
	case FIELD_SPAN: {
		const int64_t *span;
		size_t n;

		if (!take_ints(a, v, &span, &n) || n != 2)
			return false;
		*AT(r, f->offset, int64_t) = span[0];
		*AT(r, f->flag, int64_t) = span[1];
		return true;
	}
	case FIELD_FACTS: {
		struct bud_finding *found = r;

		if (json_is_string(json_array_get(v, 0)))
			return take_strs(a, v, &found->places,
					 &found->n_places);
		return take_ints(a, v, &found->facts, &found->n_facts);
	}
	case FIELD_INTS:
		return take_ints(a, v, AT(r, f->offset, const int64_t *),
				 AT(r, f->flag, size_t));
	case FIELD_STRS:
		return take_strs(a, v, AT(r, f->offset, const struct str *),
				 AT(r, f->flag, size_t));
	case FIELD_MEMBER_SOURCE:
	case FIELD_MEMBER_SHA256:
	case FIELD_MEMBER_BYTES:
		return take_member(a, f->type, v, r);
	case FIELD_END:
		return false;
	default:
		return take_enum(f, v, r);
	}
}

static bool take_record(struct arena *a, const struct field *f,
			const json_t *object, void *r, struct str *detail)
{
	for (; f->type; f++) {
		const json_t *v = json_object_get(object, f->key);

		if (f->type == FIELD_SPAN && !v)
			*AT(r, f->offset, int64_t) = -1;
		if (!v) {
			if (f->type != FIELD_INT && f->type != FIELD_KIND &&
			    f->type != FIELD_UNIT && f->type != FIELD_ORIGIN &&
			    f->type != FIELD_FINDING)
				continue;
			*detail = str_format(a, "'%s' is missing", f->key);
			return false;
		}
		if (!take_field(a, f, v, r)) {
			*detail = str_format(a, "'%s' has a wrong value",
					     f->key);
			return false;
		}
	}
	return true;
}

int record_read(struct arena *a, struct str line, struct record *out,
		const char **error, struct str *detail)
{
	json_error_t e;
	json_t *object = json_loadb(line.p ? line.p : "", line.n,
				    JSON_REJECT_DUPLICATES, &e);
	const char *name;
	int failed = 0;

	*out = (struct record){0};
	if (!json_is_object(object)) {
		*error = "not-json";
		*detail = object ? STR("not an object") : str_copy(a, str_of(e.text));
		json_decref(object);
		return -1;
	}
	name = json_string_value(json_object_get(object, "type"));
	for (size_t t = 0; name && t < sizeof TYPES / sizeof *TYPES; t++) {
		if (strcmp(name, TYPES[t].name))
			continue;
		out->type = TYPES[t].type;
		if (!take_record(a, TYPES[t].fields, object, &out->document,
				 detail)) {
			*error = "bad-record";
			out->type = RECORD_OTHER;
			failed = -1;
		}
	}
	if (!name) {
		*error = "bad-record";
		*detail = STR("'type' is missing");
		failed = -1;
	}
	json_decref(object);
	return failed;
}
