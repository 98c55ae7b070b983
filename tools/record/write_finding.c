/*
 * Findings whose strings stand for themselves, nearly all: their room is
 * reserved once, and their texts are put together where they are written.
 */
#include "record/finding_fields.h"
#include "record/put.h"

/* The numbers of facts where there is room. */
static inline char *put_numbers(char *p, const struct field *f,
				const int64_t *v, size_t n)
{
	if (!n)
		return p;
	p = put_key(p, f);
	*p++ = '[';
	p = str_put_int(p, v[0]);
	for (size_t i = 1; i < n; i++) {
		*p++ = ',';
		p = str_put_int(p, v[i]);
	}
	*p++ = ']';
	return p;
}

/* A string in parts, absent where all of them are empty. */
static inline char *put_text(char *p, const struct field *f,
			     const struct record_text *t)
{
	const struct str *part = t->parts, *end = part + t->n;

	if (!t->length)
		return p;
	p = put_key(p, f);
	*p++ = '"';
	for (; part < end; part++) {
		size_t n = part->n;

		if (n)
			memcpy(p, part->p, n);
		p += n;
	}
	*p = '"';
	return p + 1;
}

/* The same with something between the parts, none of which is empty. */
static inline char *put_quotes(char *p, const struct field *f,
			       const struct record_text *t)
{
	const struct str *part = t->parts, *end = part + t->n;

	if (!t->n)
		return p;
	p = put_key(p, f);
	*p++ = '"';
	for (;;) {
		memcpy(p, part->p, part->n);
		p += part->n;
		if (++part == end)
			break;
		memcpy(p, FINDING_BETWEEN, sizeof FINDING_BETWEEN);
		p += sizeof FINDING_BETWEEN - 1;
	}
	*p = '"';
	return p + 1;
}

__attribute__((always_inline)) static inline char *
put_texts(char *p, const struct field *f, const struct bud_finding *r,
	  const struct record_text *texts)
{
	struct str s = *IN(r, f->offset, struct str);

	if (f->offset == N(message))
		return put_text(p, f, &texts[FINDING_MESSAGE]);
	if (f->offset == N(message_zh))
		return put_text(p, f, &texts[FINDING_MESSAGE_ZH]);
	if (f->offset == N(evidence))
		return put_quotes(p, f, &texts[FINDING_EVIDENCE]);
	return s.n ? put_plain(put_key(p, f), s) : p;
}

/* Inline always: of a field that is known when compiling little is left. */
__attribute__((always_inline)) static inline char *
put_plain_field(char *p, const struct field *f, const struct bud_finding *r,
		const struct record_text *texts)
{
	switch (f->type) {
	case FIELD_STR:
		return put_texts(p, f, r, texts);
	case FIELD_INT_IF:
		if (!*IN(r, f->flag, bool))
			return p;
		return put_int(p, f, *IN(r, f->offset, int64_t));
	case FIELD_INT_SET:
		if (!*IN(r, f->offset, int64_t))
			return p;
		return put_int(p, f, *IN(r, f->offset, int64_t));
	case FIELD_BOOL:
		return *IN(r, f->offset, bool) ? put_bool(p, f, true) : p;
	case FIELD_FINDING:
		return put_word(p, f, finding_kind_name(r->kind));
	case FIELD_LEVEL:
		return put_word(p, f, level_name(r->level));
	case FIELD_FACTS:
		return put_numbers(p, f, r->facts, r->n_facts);
	default: /* a finding has no other, but the documents of several */
		return p;
	}
}

#define PUT_PLAIN(key, type, at, flag) \
	do { \
		static const struct field FIELD = {KEY(key), type, at, flag}; \
		p = put_plain_field(p, &FIELD, f, texts); \
	} while (0);

void record_write_plain_finding(struct buf *out, const struct bud_finding *f,
				const struct record_text texts[FINDING_TEXTS])
{
	size_t room = ROOM + f->doc.n + f->id.n + f->rule.n + f->also.n +
		      f->also_zh.n + f->n_facts * (STR_MOST_INT + 1);
	char *p;

	room += texts[FINDING_MESSAGE].length +
		texts[FINDING_MESSAGE_ZH].length +
		texts[FINDING_EVIDENCE].length +
		texts[FINDING_EVIDENCE].n * sizeof FINDING_BETWEEN;
	buf_reserve(out, room);
	p = put_type(out->p + out->n, STR("finding"));
	FINDING_FIELDS(PUT_PLAIN)
	*p++ = '}';
	out->n = (size_t)(p - out->p);
}
