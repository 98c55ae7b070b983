/*
 * What a finding says: the rule's words, the subject, and the equation with
 * the document's own numbers: "支出等于基本支出与项目支出之和（…）：577.79 ≠ 543.79 +
 * 34.10 = 577.89 万元，相差 -0.10，舍入容许 0.015". Memory from the arena of the
 * check.
 */
#ifndef BUD_CHECK_SAY_H
#define BUD_CHECK_SAY_H

#include "check/check.h"
#include "check/eval.h"
#include "check/label.h"

/* What all languages write alike: where label_numbers() puts it. */
struct say {
	struct str equation;
	struct str difference, allowance; /* n = 0: none */
	struct str wrong, fits, others;   /* of blame; n = 0: none */
};

/* f has the values of the instance. */
void say_numbers(struct check *c, const struct instance *in,
		 const struct bud_finding *f, struct say *out);

/* The message by language. doubt: that it may be no failure is added. */
void say_message(struct check *c, const struct instance *in,
		 const struct say *numbers, bool doubt, struct str out[2]);

/* Texts put together, in the arena. */
struct str say_join(struct arena *a, const struct str *list, size_t n);

#endif
