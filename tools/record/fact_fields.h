/*
 * Inside the record room: the keys of a fact as a list that the compiler goes
 * through, of which the table in field.c is made, and the writer in write.c,
 * where nothing of it is left to be looked up: there are far more facts than
 * all other records. X(key, type, offset, flag) is said of each.
 */
#ifndef BUD_RECORD_FACT_FIELDS_H
#define BUD_RECORD_FACT_FIELDS_H

#include "record/field.h"

#define F(member) offsetof(struct bud_fact, member)

/* Runs that often are those of the fact before: when, what and where. */
#define FACT_FIELDS(X) \
	X("doc", FIELD_STR, F(doc), 0) \
	FACT_FIELDS_N(X) \
	FACT_FIELDS_WHEN(X) \
	FACT_FIELDS_WHAT(X) \
	FACT_FIELDS_VALUE(X) \
	FACT_FIELDS_WHERE(X) \
	FACT_FIELDS_TEXT(X)

#define FACT_FIELDS_N(X) X("n", FIELD_INT, F(n), 0)

#define FACT_FIELDS_WHEN(X) \
	X("entity", FIELD_STR, F(entity), 0) \
	X("year", FIELD_YEAR, F(at.year), 0) \
	X("phase", FIELD_PHASE, F(at.phase), 0)

#define FACT_FIELDS_WHAT(X) \
	X("item", FIELD_STR, F(at.item), 0) \
	X("fund", FIELD_STR, F(at.fund), 0) \
	X("function", FIELD_STR, F(at.function), 0) \
	X("economic", FIELD_STR, F(at.economic), 0) \
	X("nature", FIELD_STR, F(at.nature), 0)

#define FACT_FIELDS_VALUE(X) \
	X("kind", FIELD_KIND, F(at.kind), 0) \
	X("value", FIELD_INT, F(value), 0) \
	X("unit", FIELD_UNIT, F(unit), 0) \
	X("quantum", FIELD_INT, F(quantum), 0) \
	X("approx", FIELD_BOOL, F(approx), 0) \
	X("vs_year", FIELD_YEAR, F(vs_year), 0) \
	X("vs_phase", FIELD_PHASE, F(vs_phase), 0) \
	X("whole", FIELD_STR, F(whole), 0) \
	X("scope", FIELD_STR, F(scope), 0) \
	X("origin", FIELD_ORIGIN, F(origin), 0) \
	X("from", FIELD_INTS, F(from), F(n_from)) \
	X("reason", FIELD_STR, F(reason), 0) \
	X("doubt", FIELD_STR, F(doubt), 0)

#define FACT_FIELDS_WHERE(X) \
	X("section", FIELD_STR, F(section), 0) \
	X("member", FIELD_INT_SET, F(member), 0) \
	X("page", FIELD_INT_SET, F(page), 0) \
	X("line", FIELD_INT_SET, F(line), 0) \
	X("cell", FIELD_STR, F(cell), 0)

#define FACT_FIELDS_TEXT(X) \
	X("span", FIELD_SPAN, F(span_start), F(span_end)) \
	X("text", FIELD_STR, F(text), 0)

#endif
