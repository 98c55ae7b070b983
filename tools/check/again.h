/*
 * A formula once more over the facts that it was bound to, one value replaced:
 * what blame asks.
 *
 * One number is often printed in several tables; where "twins" is set, the
 * value is replaced wherever it stands for the same thing. An amount that is
 * all of a fund stands for the fund and for the funds above it: 财政拨款 and
 * 一般公共预算 of a department that has no other.
 */
#ifndef BUD_CHECK_AGAIN_H
#define BUD_CHECK_AGAIN_H

#include "check/eval.h"

struct guess {
	const struct check_fact *fact; /* NULL: nothing is replaced */
	int64_t value;
	bool twins;
};

/* Whether both facts are one number that is printed twice. */
bool again_are_twins(const struct check_fact *a, const struct check_fact *b);

/* The value of a fact, or the one guessed in its place. */
int64_t again_value(const struct guess *guess, const struct check_fact *f);

/* Both sides of an instance that was reckoned, once more; false where they
 * cannot be. */
bool again_sides(const struct instance *in, const struct guess *guess,
		 struct quantity *left, struct quantity *right);

/* The same of sides that are one term or sum each, which are only moved from
 * what they came to; false where they must be reckoned again. */
bool again_move(const struct instance *in, const struct guess *guess,
		struct side *left, struct side *right);

/* Whether an identity holds then. */
bool again_holds(const struct instance *in, const struct guess *guess);

/* By how much the nominal value of the left is above that of the right. */
bool again_gap(const struct instance *in, const struct guess *guess,
	       struct ratio *out);

#endif
