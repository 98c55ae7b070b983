/*
 * The flat reader held against jansson: what it takes, jansson must take, and
 * every value must be the same. Shared by the unit test and the fuzz target.
 */
#ifndef BUD_FUZZ_SAME_H
#define BUD_FUZZ_SAME_H

#include "record/value.h"

/* The record as a line, which holds every value of every field. */
static void same_write(struct buf *out, const struct record *r)
{
	switch (r->type) {
	case RECORD_DOCUMENT:
		record_write_document(out, &r->document);
		break;
	case RECORD_FACT:
		record_write_fact(out, &r->fact, NULL);
		break;
	case RECORD_RESIDUE:
		record_write_residue(out, &r->residue, NULL);
		break;
	case RECORD_FINDING:
		record_write_finding(out, &r->finding);
		break;
	case RECORD_VERDICT:
		record_write_verdict(out, &r->verdict);
		break;
	case RECORD_CHANGE:
		record_write_change(out, &r->change);
		break;
	case RECORD_TROUBLE:
		record_write_trouble(out, &r->trouble);
		break;
	case RECORD_MARK:
		record_write_mark(out, &r->mark, NULL);
		break;
	case RECORD_OTHER:
		break;
	}
}

enum same_result {
	SAME_DIFFERENT,
	SAME_FLAT,  /* taken by both, with the same values */
	SAME_TREE,  /* left to jansson, which takes it */
	SAME_WRONG, /* refused */
};

/* Whether the line is read the same where it stands, before another, of which
 * nothing changes. */
static bool same_in_place(struct arena *a, struct str line, bool taken,
			  struct str written)
{
	static const struct str BEHIND =
		STR_INIT("\n ,\"doc\":\"d\",\"n\":7}\n \"a\":[1,2]}\n\"");
	char *p = arena_alloc_raw(a, line.n + BEHIND.n);
	struct buf out = {0};
	struct record r;
	bool same;

	if (line.n)
		memcpy(p, line.p, line.n);
	memcpy(p + line.n, BEHIND.p, BEHIND.n);
	same = record_take(a, p, line.n, &r) == taken &&
	       !memcmp(p + line.n, BEHIND.p, BEHIND.n);
	if (same && taken) {
		same_write(&out, &r);
		same = str_equal(buf_str(&out), written);
	}
	buf_release(&out);
	return same;
}

static enum same_result same_check(struct str line)
{
	struct arena a = {0};
	struct record flat, tree;
	struct buf left = {0}, right = {0};
	const char *error;
	struct str detail;
	bool taken = flat_read(&a, line, &flat);
	bool right_taken = !tree_read(&a, line, &tree, &error, &detail);
	enum same_result result = right_taken ? SAME_TREE : SAME_WRONG;

	if (taken && right_taken) {
		same_write(&left, &flat);
		same_write(&right, &tree);
		result = flat.type == tree.type &&
					 str_equal(buf_str(&left),
						   buf_str(&right))
				 ? SAME_FLAT
				 : SAME_DIFFERENT;
	} else if (taken) {
		result = SAME_DIFFERENT;
	}
	if (!same_in_place(&a, line, taken, buf_str(&left)))
		result = SAME_DIFFERENT;
	buf_release(&left);
	buf_release(&right);
	arena_release(&a);
	return result;
}

#endif
