/*
 * The fields of facts, changes and findings by name: the columns of the row
 * formats, and what --where asks for.
 */
#ifndef BUD_RENDER_FIELD_H
#define BUD_RENDER_FIELD_H

#include <stdbool.h>

#include "base/arena.h"
#include "record/codec.h"
#include "render/cell.h"
#include "render/label.h"

/* What a record is read against; document may be NULL. */
struct field_context {
	const struct labels *labels;
	const struct bud_document *document;
	struct arena *scratch; /* labels are made here */
};

struct field; /* one named field of one type of record */

/* The field of that name, NULL where the type of record has none. */
const struct field *field_find(enum record_type type, struct str id);
struct str field_id(const struct field *f);
/* "string", "integer", "number" or "boolean", as JSON Schema calls them. */
const char *field_type(const struct field *f);

/* The names of all fields of all types, a blank behind each. */
void field_names(struct buf *out);

/* The names of the fields of a type that are written without --columns. */
struct str field_defaults(enum record_type type);

/* The field's value; CELL_EMPTY where the record lacks it. */
struct cell field_value(const struct field *f, const struct record *r,
			const struct field_context *c);

/* KEY=VALUE or KEY!=VALUE; a VALUE that ends in * is a prefix. */
struct condition {
	struct str key, value;
	bool negated, prefix;
};

/* False unless it has that form and some type of record has that KEY. */
bool condition_parse(struct str s, struct condition *out);

/* Whether the record meets all conditions; a record whose type lacks the
 * field does not meet one on it. */
bool condition_hold(const struct condition *c, size_t n,
		    const struct record *r, const struct field_context *ctx);

#endif
