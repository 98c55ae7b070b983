/*
 * Tells what changed: of one entity from time to time, or between a base and
 * another entity. It only reads the diff, so that several threads can tell,
 * each with a teller of its own. Its memory is kept from entity to entity,
 * until teller_free().
 */
#ifndef BUD_DIFF_TELLER_H
#define BUD_DIFF_TELLER_H

#include "diff/diff.h"

struct teller;

struct teller *teller_new(const struct diff *d);
void teller_free(struct teller *l); /* may be NULL */

/* Where changes go from now on; it is flushed by the caller. */
void teller_begin(struct teller *l, const struct diff_sink *sink);

void teller_entity(struct teller *l, const struct diff_group *g);

/* The base of what teller_other() tells. */
void teller_base(struct teller *l, const struct diff_group *g);
void teller_other(struct teller *l, const struct diff_group *g);

#endif
