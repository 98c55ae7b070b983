/*
 * How far a failure is to be believed. A document that was read wrongly looks
 * like one that contradicts itself; these signs tell them apart:
 *
 * - a coordinate with three values or more stands for several things, and so
 *   may one with two values far apart that identities of their own confirm;
 * - words that begin with the name of a unit are not of the department;
 * - an identity over a coordinate that is already found to disagree says
 *   nothing new;
 * - one whose terms stand in different places of the prose, or whose sides are
 *   of different orders of magnitude, may have the wrong terms;
 * - a part that a sum exceeds its whole by was read into it, and a gap that is
 *   a balance which the document states is that balance;
 * - the whole of a share may be another than the one that was guessed;
 * - a rule that fails in many rows of a table was held against wrong columns,
 *   and rows that fall short in several columns lack a row that was not read.
 *
 * Such failures are warnings at most. Where a table states one coordinate in
 * several rows (a code for each unit), a row of its own can be judged, but a
 * sum over one of them is not tested at all.
 */
#ifndef BUD_CHECK_TRUST_H
#define BUD_CHECK_TRUST_H

#include "check/eval.h"

/* Notes in the facts what the instances say of them. */
void trust_note(struct instance *list, size_t n, struct check_facts *fs);

enum trust {
	TRUST_NONE,   /* the terms are pieces: nothing was tested */
	TRUST_LITTLE, /* a warning */
	TRUST_FULL,   /* the level of the rule */
};

enum trust trust_failure(const struct check_facts *fs,
			 const struct instance *in);

/*
 * The fact of which the parser's own doubt explains a failure, or NULL. That
 * a table states no unit is no matter within the table, nor what a row is
 * within the row, nor in a table where the rule holds in most of the rows.
 */
const struct check_fact *trust_doubt(const struct instance *in);

#endif
