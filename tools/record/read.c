/*
 * JSON to records, with jansson: the text is parsed and checked whole, then
 * the fields that the tables name are copied out. Duplicate keys, a missing
 * value that a record cannot do without and a value of a wrong type are
 * refused; unknown keys are passed over.
 */
#include <jansson.h>
#include <string.h>

#include "record/field.h"

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
	for (size_t t = 0; name && FIELD_TABLES[t].name; t++) {
		if (strcmp(name, FIELD_TABLES[t].name))
			continue;
		out->type = FIELD_TABLES[t].type;
		if (!take_record(a, FIELD_TABLES[t].fields, object, &out->document,
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
