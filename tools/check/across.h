/*
 * Documents of one stream held against each other: what a later document says
 * of an earlier year against that year's own, the budget that a final account
 * states against the budget, a department's against those of its units.
 *
 * It keeps the levels of every document until the end of the stream, in an
 * arena of its own, released by across_release().
 */
#ifndef BUD_CHECK_ACROSS_H
#define BUD_CHECK_ACROSS_H

#include "check/check.h"

struct across_entity;
struct across_document;

struct across {
	struct arena arena;
	struct map entities; /* name → struct across_entity */
	struct across_document *documents;
	size_t n, cap;
};

void across_release(struct across *x);

/* Keeps the levels of a document that was run and derived from. */
void across_take(struct across *x, const struct check *c);

/* How many sets of documents there are to hold against each other: those of
 * each entity, then each document with those of its units. */
size_t across_count(const struct across *x);

/*
 * Holds the documents of the set of that number (in the order of the stream)
 * against each other; c is begun for it and has the findings.
 */
void across_run(const struct across *x, size_t set, struct check *c);

#endif
