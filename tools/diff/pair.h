/*
 * Which times of an entity are held against each other. Times are slots:
 * a year and a phase, on one side or both, of one document or of all.
 */
#ifndef BUD_DIFF_PAIR_H
#define BUD_DIFF_PAIR_H

#include "diff/diff.h"
#include "diff/ledger.h"

enum { ANY_DOC = -1 };

enum { SIDE_OLD = 1, SIDE_NEW = 2, SIDE_BOTH = 3 };

struct slot {
	int year; /* 0 = there is none: what is on the other side alone */
	enum phase phase;
	unsigned sides;
	int64_t doc; /* ANY_DOC, or this document alone */
	bool own;    /* a document of this year and phase states levels */
};

struct pair {
	struct slot from, to;
	bool restated; /* two publications of one time */
	bool quiet;    /* nothing but values that differ is told */
	size_t turn;   /* in the order of making, to break ties */
};

struct pairs {
	struct arena arena;
	struct slot *slots; /* of the entity, by phase and year */
	size_t n_slots, cap_slots;
	struct pair *list; /* in the order of output */
	size_t n, cap;
	uint32_t *docs; /* that state levels of their own time */
	size_t n_docs, cap_docs;
	unsigned char *seen; /* by side, phase and year */
	uint32_t *doc_seen;  /* by document: the last entity, + 1 */
	size_t cap_seen;
	uint32_t entities;   /* counted */
};

void pairs_release(struct pairs *p);

/* The slots of the entity. */
void pairs_find_slots(struct pairs *p, const struct ledger *l);

/* From the slots: the pairs that the options ask for. */
void pairs_make(struct pairs *p, const struct diff *d);

/* The pairs of two entities: their common slots. */
void pairs_make_common(struct pairs *p, const struct diff *d,
		       const struct slot *base, size_t n_base);

#endif
