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

/* A message by language, part by part. Its numbers are true until they are
 * put together again. */
enum { SAY_MOST = 20 };
struct say_parts {
	struct str list[2][SAY_MOST];
	size_t n; /* of both */
	size_t length[2]; /* put together */
};

/* doubt: that it may be no failure is added. */
void say_message(struct check *c, const struct instance *in,
		 const struct say *numbers, bool doubt, struct say_parts *out);

/* Texts put together, in the arena. */
struct str say_join(struct arena *a, const struct str *list, size_t n);

#endif
