/*
 * The summary of --stat: one line an entity and pair of times, tab-separated,
 * under a head. Memory is the summary's own until summary_release().
 */
#ifndef BUD_DIFF_SUMMARY_H
#define BUD_DIFF_SUMMARY_H

#include "base/arena.h"
#include "base/str.h"
#include "record/fact.h"

struct summary_line;

struct summary {
	struct arena arena;
	struct str entity;
	struct summary_line *lines; /* of this entity, in order of time */
	size_t n, cap;
	bool any;
};

void summary_release(struct summary *s);

/* Counts a change; what is complete is appended to out. */
void summary_take(struct summary *s, const struct bud_change *c, struct buf *out);

/* Appends what is left, and the head where nothing came. */
void summary_finish(struct summary *s, struct buf *out);

#endif
