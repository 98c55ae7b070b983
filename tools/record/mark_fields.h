/*
 * Inside the record room: the keys of a mark, as those of a residue in
 * residue_fields.h.
 */
#ifndef BUD_RECORD_MARK_FIELDS_H
#define BUD_RECORD_MARK_FIELDS_H

#include "record/field.h"

#define M(member) offsetof(struct bud_mark, member)

#define MARK_FIELDS(X) \
	X("doc", FIELD_STR, M(doc), 0) \
	X("kind", FIELD_STR, M(kind), 0) \
	X("word", FIELD_STR, M(word), 0) \
	X("missing", FIELD_BOOL, M(missing), 0) \
	X("member", FIELD_INT_SET, M(member), 0) \
	X("page", FIELD_INT_SET, M(page), 0) \
	X("line", FIELD_INT_SET, M(line), 0) \
	X("span", FIELD_SPAN, M(span_start), M(span_end)) \
	X("text", FIELD_STR, M(text), 0)

#endif
