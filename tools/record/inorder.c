/*
 * Each function here goes from one byte to another that it gives, or gives NULL
 * where what stands there is for the flat reader; then nothing was changed. A
 * value that is followed by what may not follow it is none of ours either, and
 * is left to that reader behind it.
 */
#include "record/inorder.h"

#include "record/fact_fields.h"
#include "record/finding_fields.h"
#include "record/literal.h"
#include "record/mark_fields.h"
#include "record/residue_fields.h"
#include "record/scan.h"
#include "record/value.h"
#include "record/words.h"

/* Of constants, which the compiler is to see. */
#define INLINE static inline __attribute__((always_inline))

/* A string that stands for itself. */
INLINE char *take_string(char *p, const char *end, struct str *out)
{
	char *start = p + 1;

	if (*p != '"')
		return NULL;
	p = start + scan_short(start);
	if (*p != '"') {
		p += scan_plain((struct str){p, (size_t)(end - p)}, 0);
		if (*p != '"')
			return NULL;
	}
	*p = '\0';
	*out = (struct str){start, (size_t)(p - start)};
	return p + 1;
}

INLINE char *take_digits(char *p, int64_t *out)
{
	enum { SAFE = 18 }; /* digits that 63 bits hold whatever they are */
	const char *digits = p;
	unsigned digit = (unsigned)*p - '0';
	int64_t v = digit;

	if (digit > 9)
		return NULL;
	while ((digit = (unsigned)*++p - '0') <= 9)
		v = (int64_t)((uint64_t)v * 10 + digit);
	if ((*digits == '0' && p - digits > 1) || p - digits > SAFE)
		return NULL;
	*out = v;
	return p;
}

INLINE char *take_number(char *p, int64_t *out)
{
	if (*p != '-')
		return take_digits(p, out);
	p = take_digits(p + 1, out);
	if (p)
		*out = -*out;
	return p;
}

INLINE char *take_year(char *p, int *out)
{
	int64_t year;

	p = take_digits(p, &year);
	if (!p || year > 9999)
		return NULL;
	*out = (int)year;
	return p;
}

INLINE char *take_span(char *p, int64_t *from, int64_t *to)
{
	if (*p != '[' || !(p = take_digits(p + 1, from)) || *p != ',' ||
	    !(p = take_digits(p + 1, to)) || *p != ']')
		return NULL;
	return p + 1;
}

/* Whole numbers, one at least. */
static char *take_ints(char *p, struct arena *a, const int64_t **out, size_t *n)
{
	size_t most = 1, got = 0;
	int64_t *list;
	const char *q;

	if (*p != '[')
		return NULL;
	for (q = p + 1; (*q >= '0' && *q <= '9') || *q == ',' || *q == '-'; q++)
		most += *q == ',';
	if (*q != ']')
		return NULL;
	list = arena_alloc_raw(a, most * sizeof *list);
	do {
		p = take_number(p + 1, &list[got++]);
	} while (p && *p == ',');
	if (p != q)
		return NULL;
	*out = list;
	*n = got;
	return p + 1;
}

INLINE char *take_true(char *p, bool *out)
{
	if (!is_literal(p, "true", 4))
		return NULL;
	*out = true;
	return p + 4;
}

/* One of the words of an enumeration, in quotes. */
#define TAKE_WORD(constant, word) \
	if (is_literal(p, "\"" word "\"", sizeof(word) + 1)) { \
		*out = constant; \
		return p + sizeof(word) + 1; \
	}

INLINE char *take_phase(char *p, enum phase *out)
{
	PHASE_WORDS(TAKE_WORD)
	return NULL;
}

INLINE char *take_kind(char *p, enum kind *out)
{
	KIND_WORDS(TAKE_WORD)
	return NULL;
}

INLINE char *take_unit(char *p, enum unit *out)
{
	UNIT_WORDS(TAKE_WORD)
	return NULL;
}

INLINE char *take_origin(char *p, enum origin *out)
{
	ORIGIN_WORDS(TAKE_WORD)
	return NULL;
}

INLINE char *take_finding_kind(char *p, enum finding_kind *out)
{
	FINDING_WORDS(TAKE_WORD)
	return NULL;
}

INLINE char *take_level(char *p, enum level *out)
{
	LEVEL_WORDS(TAKE_WORD)
	return NULL;
}

/* The value of a field of the record. */
INLINE char *take_value(char *p, const struct inorder *o, enum field_type type,
			size_t offset, size_t flag, void *r)
{
	switch (type) {
	case FIELD_STR:
		return take_string(p, o->end, AT(r, offset, struct str));
	case FIELD_INT:
	case FIELD_INT_SET:
		return take_number(p, AT(r, offset, int64_t));
	case FIELD_INT_IF:
		*AT(r, flag, bool) = true;
		return take_number(p, AT(r, offset, int64_t));
	case FIELD_BOOL:
		return take_true(p, AT(r, offset, bool));
	case FIELD_INTS:
		return take_ints(p, o->arena, AT(r, offset, const int64_t *),
				 AT(r, flag, size_t));
	case FIELD_FACTS:
		return take_ints(p, o->arena,
				 &((struct bud_finding *)r)->facts,
				 &((struct bud_finding *)r)->n_facts);
	case FIELD_YEAR:
		return take_year(p, AT(r, offset, int));
	case FIELD_SPAN:
		return take_span(p, AT(r, offset, int64_t),
				 AT(r, flag, int64_t));
	case FIELD_PHASE:
		return take_phase(p, AT(r, offset, enum phase));
	case FIELD_KIND:
		return take_kind(p, AT(r, offset, enum kind));
	case FIELD_UNIT:
		return take_unit(p, AT(r, offset, enum unit));
	case FIELD_ORIGIN:
		return take_origin(p, AT(r, offset, enum origin));
	case FIELD_FINDING:
		return take_finding_kind(p, AT(r, offset, enum finding_kind));
	case FIELD_LEVEL:
		return take_level(p, AT(r, offset, enum level));
	default:
		return NULL;
	}
}

/* A field, if it stands at p. */
#define TAKE(key, type, offset, flag) \
	lead = sizeof(key) + 3; \
	if (is_literal(p, ",\"" key "\":", lead)) { \
		value = take_value(p + lead, o, type, offset, flag, r); \
		if (!value) \
			goto out; \
		p = value; \
		seen |= UINT64_C(1) << next; \
		needed += field_is_needed(type); \
	} \
	next++;

#define READ(FIELDS) \
	char *p = o->p, *value; \
	unsigned next = 0, needed = 0; \
	uint64_t seen = 0; \
	size_t lead; \
\
	FIELDS(TAKE) \
out: \
	o->p = p; \
	o->next = next; \
	o->needed = needed; \
	o->seen = seen;

static void read_fact(struct inorder *o, struct bud_fact *r)
{
	READ(FACT_FIELDS)
}

static void read_residue(struct inorder *o, struct bud_residue *r)
{
	READ(RESIDUE_FIELDS)
}

static void read_mark(struct inorder *o, struct bud_mark *r)
{
	READ(MARK_FIELDS)
}

static void read_finding(struct inorder *o, struct bud_finding *r)
{
	READ(FINDING_FIELDS)
}

void inorder_read(struct inorder *o, struct record *r)
{
	if (r->type == RECORD_FACT)
		read_fact(o, &r->fact);
	else if (r->type == RECORD_RESIDUE)
		read_residue(o, &r->residue);
	else if (r->type == RECORD_FINDING)
		read_finding(o, &r->finding);
	else if (r->type == RECORD_MARK)
		read_mark(o, &r->mark);
}
