/*
 * The summary of --stat: one line an entity and pair of times, tab-separated,
 * under a head. Memory is the stat's own until stat_release().
 */
#ifndef BUD_DIFF_STAT_H
#define BUD_DIFF_STAT_H

#include "base/arena.h"
#include "base/str.h"
#include "record/fact.h"

struct stat_line;

struct stat {
	struct arena arena;
	struct str entity;
	struct stat_line *lines; /* of this entity, in order of time */
	size_t n, cap;
	bool any;
};

void stat_release(struct stat *s);

/* Counts a change; what is complete is appended to out. */
void stat_take(struct stat *s, const struct bud_change *c, struct buf *out);

/* Appends what is left, and the head where nothing came. */
void stat_finish(struct stat *s, struct buf *out);

#endif
