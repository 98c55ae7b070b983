/*
 * JSON to records, with jansson: the text is parsed and checked whole, then
 * the fields that the tables name are copied out. Duplicate keys, a missing
 * value that a record cannot do without and a value of a wrong type are
 * refused; unknown keys are passed over. It judges every line that the flat
 * reader does not take, so its words are those of all errors.
 */
#include <jansson.h>

#include "base/stream.h"
#include "record/value.h"

static struct str copy_text(struct arena *a, const json_t *v)
{
	return str_copy(a, (struct str){json_string_value(v),
					json_string_length(v)});
}

/* A list of integers or of strings; anything else stays VALUE_OTHER. */
static void make_list(struct arena *a, const json_t *list, struct value *v)
{
	bool texts = json_is_string(json_array_get(list, 0));
	size_t n = json_array_size(list);
	int64_t *ints = texts ? NULL : ARENA_ARRAY(a, int64_t, n);
	struct str *strs = texts ? ARENA_ARRAY(a, struct str, n) : NULL;

	for (size_t i = 0; i < n; i++) {
		const json_t *one = json_array_get(list, i);

		if (texts ? !json_is_string(one) : !json_is_integer(one))
			return;
		if (texts)
			strs[i] = copy_text(a, one);
		else
			ints[i] = json_integer_value(one);
	}
	v->type = texts ? VALUE_STRS : VALUE_INTS;
	v->ints = ints;
	v->strs = strs;
	v->n = n;
}

static struct value make_value(struct arena *a, const json_t *json)
{
	struct value v = {.type = VALUE_OTHER};

	if (json_is_string(json)) {
		v.type = VALUE_STR;
		v.str = copy_text(a, json);
	} else if (json_is_integer(json)) {
		v.type = VALUE_INT;
		v.number = json_integer_value(json);
	} else if (json_is_boolean(json)) {
		v.type = VALUE_BOOL;
		v.number = json_is_true(json);
	} else if (json_is_array(json)) {
		make_list(a, json, &v);
	}
	return v;
}

static bool take_record(struct arena *a, const struct field *f,
			const json_t *object, void *r, struct str *detail)
{
	for (; f->type; f++) {
		const json_t *json = json_object_get(object, f->key.p);
		struct value v;

		if (f->type == FIELD_SPAN && !json)
			*AT(r, f->offset, int64_t) = -1;
		if (!json) {
			if (!field_is_needed(f->type))
				continue;
			*detail = str_format(a, "'%s' is missing", f->key.p);
			return false;
		}
		v = make_value(a, json);
		if (!value_take(a, f, &v, r)) {
			*detail = str_format(a, "'%s' has a wrong value",
					     f->key.p);
			return false;
		}
	}
	return true;
}

static int take_object(struct arena *a, const json_t *object,
		       struct record *out, const char **error,
		       struct str *detail)
{
	const char *name = json_string_value(json_object_get(object, "type"));
	const struct field_table *t;

	*error = "bad-record";
	if (!name) {
		*detail = STR("'type' is missing");
		return -1;
	}
	t = field_find_table(str_of(name));
	if (!t)
		return 0;
	if (!take_record(a, t->fields, object, &out->document, detail))
		return -1;
	out->type = t->type;
	return 0;
}

int tree_read(struct arena *a, struct str line, struct record *out,
	      const char **error, struct str *detail)
{
	json_error_t e;
	json_t *object = json_loadb(line.p ? line.p : "", line.n,
				    JSON_REJECT_DUPLICATES, &e);
	int failed = -1;

	*out = (struct record){0};
	if (json_is_object(object)) {
		failed = take_object(a, object, out, error, detail);
	} else if (str_equal(line, STR(READER_LEFT_OUT))) {
		*error = "line-too-long";
		*detail = STR("more than 64 MiB");
	} else {
		*error = "not-json";
		*detail = object ? STR("not an object")
				 : str_copy(a, str_of(e.text));
	}
	json_decref(object);
	return failed;
}
