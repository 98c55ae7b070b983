/*
 * Inside the record room: the keys of a finding, as those of a fact in
 * fact_fields.h and for the same reason: most facts have more than one.
 */
#ifndef BUD_RECORD_FINDING_FIELDS_H
#define BUD_RECORD_FINDING_FIELDS_H

#include "record/field.h"

#define N(member) offsetof(struct bud_finding, member)

#define FINDING_FIELDS(X) \
	X("doc", FIELD_STR, N(doc), 0) \
	X("id", FIELD_STR, N(id), 0) \
	X("rule", FIELD_STR, N(rule), 0) \
	X("kind", FIELD_FINDING, N(kind), 0) \
	X("level", FIELD_LEVEL, N(level), 0) \
	X("rounding", FIELD_BOOL, N(rounding), 0) \
	X("truncation", FIELD_BOOL, N(truncation), 0) \
	X("message", FIELD_STR, N(message), 0) \
	X("message_zh", FIELD_STR, N(message_zh), 0) \
	X("expected", FIELD_INT_IF, N(expected), N(has_values)) \
	X("actual", FIELD_INT_IF, N(actual), N(has_values)) \
	X("difference", FIELD_INT_IF, N(difference), N(has_values)) \
	X("tolerance", FIELD_INT_IF, N(tolerance), N(has_values)) \
	X("facts", FIELD_FACTS, 0, 0) \
	X("evidence", FIELD_STR, N(evidence), 0) \
	X("also", FIELD_STR, N(also), 0) \
	X("also_zh", FIELD_STR, N(also_zh), 0) \
	X("docs", FIELD_STRS, N(docs), N(n_docs)) \
	X("page", FIELD_INT_SET, N(page), 0) \
	X("line", FIELD_INT_SET, N(line), 0)

#endif
