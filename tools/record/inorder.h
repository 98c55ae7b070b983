/*
 * Inside the record room: facts, residues, marks and findings whose fields
 * stand as we write them, in the order of their table and without blanks or
 * escapes, which all but a few do. Nothing is looked up: the compiler knows the
 * fields, and each is tried once. Where a field is not so, the flat reader goes
 * on from there.
 */
#ifndef BUD_RECORD_INORDER_H
#define BUD_RECORD_INORDER_H

#include "record/field.h"

/* A line that is read, and how far it was. */
struct inorder {
	struct arena *arena; /* of lists */
	char *p;         /* behind the last value */
	const char *end; /* of what may be read, INORDER_BEHIND bytes behind the
			  * NUL that ends the line */
	unsigned next;   /* the fields of the table that are behind */
	unsigned needed; /* how many were that a record cannot do without */
	uint64_t seen;   /* a bit for each that was */
};

enum { INORDER_BEHIND = 32 };

/*
 * Reads from o->p on, where a comma stands before the first field, into the
 * record, whose type is set and whose fields are absent; nothing of a record of
 * another type. Bytes are changed before what is left to be read only.
 */
void inorder_read(struct inorder *o, struct record *r);

#endif
