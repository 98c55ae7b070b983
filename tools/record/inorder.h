/*
 * Inside the record room: facts and residues whose fields stand as we write
 * them, in the order of their table and without blanks or escapes, which all
 * but a few do. Nothing is looked up: the compiler knows the fields, and each is
 * tried once. Where a field is not so, the flat reader goes on from there.
 */
#ifndef BUD_RECORD_INORDER_H
#define BUD_RECORD_INORDER_H

#include "record/field.h"

/* How much of a record was read. */
struct progress {
	char *p;         /* behind the last value */
	unsigned next;   /* the fields of the table that are behind */
	unsigned needed; /* how many were that a record cannot do without */
	uint64_t seen;   /* a bit for each that was */
};

/* What may be read behind a line. */
enum { INORDER_BEHIND = 32 };

/*
 * Reads from o->p on, where a comma stands before the first field. A NUL ends
 * the line, INORDER_BEHIND bytes before end, which may be read. Bytes are
 * changed before what is left to be read only.
 */
void inorder_read_fact(struct progress *o, const char *end, struct bud_fact *f);
void inorder_read_residue(struct progress *o, const char *end,
			  struct bud_residue *r);

#endif
