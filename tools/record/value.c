/* Values into the structures, as the tables of fields say. */
#include "record/value.h"

const struct field_table *field_find_table(struct str name)
{
	for (const struct field_table *t = FIELD_TABLES; t->name.n; t++)
		if (str_equal(t->name, name))
			return t;
	return NULL;
}

static bool take_year(const struct value *v, int *out)
{
	if (v->type != VALUE_INT || v->number < 0 || v->number > 9999)
		return false;
	*out = (int)v->number;
	return true;
}

static bool take_int(const struct value *v, int64_t *out)
{
	*out = v->number;
	return v->type == VALUE_INT;
}

static bool take_ints(const struct value *v, const int64_t **out, size_t *n)
{
	*out = v->ints;
	*n = v->n;
	return v->type == VALUE_INTS;
}

static bool take_strs(const struct value *v, const struct str **out, size_t *n)
{
	*out = v->strs;
	*n = v->n;
	return v->type == VALUE_STRS || (v->type == VALUE_INTS && !v->n);
}

bool value_take_word(const struct field *f, struct str w, void *r)
{
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

/* source, sha256 and bytes: a scalar, or lists of one length. */
static bool take_member(struct arena *a, enum field_type type,
			const struct value *v, struct bud_document *d)
{
	bool ints = type == FIELD_MEMBER_BYTES;
	bool one = v->type == (ints ? VALUE_INT : VALUE_STR);
	size_t n = one ? 1 : v->n;
	struct bud_member *m;

	if (!one && v->type != (ints ? VALUE_INTS : VALUE_STRS) &&
	    (v->type != VALUE_INTS || n))
		return false;
	if (!d->members) {
		d->members = ARENA_ARRAY(a, struct bud_member, n);
		d->n_members = n;
	}
	if (n != d->n_members)
		return false;
	m = (struct bud_member *)(uintptr_t)d->members;
	for (size_t i = 0; i < n; i++) {
		if (ints)
			m[i].bytes = one ? v->number : v->ints[i];
		else if (type == FIELD_MEMBER_SOURCE)
			m[i].source = one ? v->str : v->strs[i];
		else
			m[i].sha256 = one ? v->str : v->strs[i];
	}
	return true;
}

static bool take_facts(const struct value *v, struct bud_finding *found)
{
	return v->type == VALUE_STRS
		       ? take_strs(v, &found->places, &found->n_places)
		       : take_ints(v, &found->facts, &found->n_facts);
}

static bool take_span(const struct value *v, int64_t *start, int64_t *end)
{
	if (v->type != VALUE_INTS || v->n != 2)
		return false;
	*start = v->ints[0];
	*end = v->ints[1];
	return true;
}

bool value_take(struct arena *a, const struct field *f, const struct value *v,
		void *r)
{
	switch (f->type) {
	case FIELD_STR:
		*AT(r, f->offset, struct str) = v->str;
		return v->type == VALUE_STR;
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
		*AT(r, f->offset, bool) = v->number;
		return v->type == VALUE_BOOL;
	case FIELD_SPAN:
		return take_span(v, AT(r, f->offset, int64_t),
				 AT(r, f->flag, int64_t));
	case FIELD_FACTS:
		return take_facts(v, r);
	case FIELD_INTS:
		return take_ints(v, AT(r, f->offset, const int64_t *),
				 AT(r, f->flag, size_t));
	case FIELD_STRS:
		return take_strs(v, AT(r, f->offset, const struct str *),
				 AT(r, f->flag, size_t));
	case FIELD_MEMBER_SOURCE:
	case FIELD_MEMBER_SHA256:
	case FIELD_MEMBER_BYTES:
		return take_member(a, f->type, v, r);
	case FIELD_END:
		return false;
	default:
		return v->type == VALUE_STR && value_take_word(f, v->str, r);
	}
}
