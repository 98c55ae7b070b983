/*
 * How far a failure is to be believed. A document that was read wrongly looks
 * like one that contradicts itself; these signs tell them apart:
 *
 * - a coordinate with three values or more stands for several things, and so
 *   may one with two values far apart that identities of their own confirm;
 * - an identity over a coordinate that is already found to disagree says
 *   nothing new;
 * - one whose terms stand in different places of the prose, or whose sides are
 *   of different orders of magnitude, may have the wrong terms;
 * - the whole of a share may be another than the one that was guessed.
 *
 * Such failures are warnings at most.
 */
#ifndef BUD_CHECK_TRUST_H
#define BUD_CHECK_TRUST_H

#include "check/eval.h"

/* Notes in the facts what the instances say of them. */
void trust_note(struct instance *list, size_t n, const struct check_facts *fs);

/* Whether a failure is certain enough for the level of its rule. */
bool trust_failure(const struct check_facts *fs, const struct instance *in);

#endif
