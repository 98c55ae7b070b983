/*
 * Inside the record room: the value of a key, as both readers hand it to the
 * tables of fields. What it points to lives in the arena of the record.
 */
#ifndef BUD_RECORD_VALUE_H
#define BUD_RECORD_VALUE_H

#include "record/field.h"

enum value_type {
	VALUE_OTHER, /* null, a number with a fraction, a mixed list, … */
	VALUE_STR,
	VALUE_INT,
	VALUE_BOOL,
	VALUE_INTS, /* an empty list is this, and good as VALUE_STRS */
	VALUE_STRS,
};

struct value {
	enum value_type type;
	struct str str;
	int64_t number; /* of VALUE_INT; 0 or 1 of VALUE_BOOL */
	const int64_t *ints;
	const struct str *strs;
	size_t n; /* of ints or strs */
};

/* Keeps the value in its field of the record; false where it is none for it. */
bool value_take(struct arena *a, const struct field *f, const struct value *v,
		void *record);

/* One of the words of an enumeration. */
static inline bool field_is_word(const struct field *f)
{
	return f->type >= FIELD_PHASE && f->type <= FIELD_FINDING;
}

/* value_take() of a string for such a field. */
bool value_take_word(const struct field *f, struct str word, void *record);

/* The fields of a record's type, or NULL. */
const struct field_table *field_find_table(struct str name);

/* Of a field that a record cannot do without. */
static inline bool field_is_needed(enum field_type type)
{
	return type >= FIELD_KIND && type <= FIELD_INT;
}

/*
 * The flat reader: true where the line is a valid record of a known type
 * whose values are strings, integers, booleans and lists of them, "type"
 * first. False says nothing about the line: jansson is to judge it.
 */
bool flat_read(struct arena *a, struct str line, struct record *out);

/* The judge: as record_read(). */
int tree_read(struct arena *a, struct str line, struct record *out,
	      const char **error, struct str *detail);

#endif
