/*
 * Inside the record room: the keys of a residue as a list that the compiler
 * goes through, of which the table in field.c is made, and the reader in
 * inorder.c. X(key, type, offset, flag) is said of each.
 */
#ifndef BUD_RECORD_RESIDUE_FIELDS_H
#define BUD_RECORD_RESIDUE_FIELDS_H

#include "record/field.h"

#define R(member) offsetof(struct bud_residue, member)

#define RESIDUE_FIELDS(X) \
	X("doc", FIELD_STR, R(doc), 0) \
	X("n", FIELD_INT, R(n), 0) \
	X("value", FIELD_INT, R(value), 0) \
	X("unit", FIELD_UNIT, R(unit), 0) \
	X("quantum", FIELD_INT, R(quantum), 0) \
	X("section", FIELD_STR, R(section), 0) \
	X("member", FIELD_INT_SET, R(member), 0) \
	X("page", FIELD_INT_SET, R(page), 0) \
	X("line", FIELD_INT_SET, R(line), 0) \
	X("cell", FIELD_STR, R(cell), 0) \
	X("span", FIELD_SPAN, R(span_start), R(span_end)) \
	X("text", FIELD_STR, R(text), 0) \
	X("why", FIELD_STR, R(why), 0)

#endif
