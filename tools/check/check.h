/*
 * One document held against the rules.
 *
 * The document's records live in an arena that the caller owns; a check
 * borrows from it, and what it makes (findings, derived facts) lives there.
 * check_release() gives back what the maps hold beside it.
 */
#ifndef BUD_CHECK_CHECK_H
#define BUD_CHECK_CHECK_H

#include "base/arena.h"
#include "base/share.h"
#include "check/facts.h"
#include "check/rule.h"
#include "record/fact.h"

/* The words that findings are made of, and what is known of coordinates (see
 * known.h): loaded once for a run in one thread, and for one check at a time. */
struct check_labels;
struct instance; /* check/eval.h */
struct headings;

/* Lives in the arena, but for what check_free_labels() gives back. */
struct check_labels *check_load_labels(struct arena *a, struct share *share);
void check_free_labels(struct check_labels *l); /* NULL is nothing */

/* What a finding is made of: as records they would take more memory than all
 * else of a document. */
struct check_finding {
	struct str id;
	enum finding_kind kind;
	int64_t first;             /* number of its first fact, 0 for none */
	const struct instance *of; /* NULL where it is made already: */
	const struct bud_finding *made;
};

struct check {
	const struct rules *rules;
	struct check_labels *labels;
	struct arena *arena;
	struct arena *making; /* of the finding that is made */
	struct bud_document document;
	struct check_facts facts;
	struct bud_mark *marks;
	size_t n_marks, cap_marks;
	int64_t last_n; /* of the facts and residues so far */
	bool across;    /* the facts are of several documents */
	struct str texts; /* of all facts, once a rule asked for words */
	struct headings *headings; /* of words.c, once one asked for them */

	struct map ids; /* how many findings rules of words have so far */
	struct id_counts *counts; /* by coordinates, of id.c; NULL: none yet */
	struct check_finding *findings; /* in the arena */
	size_t n_findings, cap_findings;
	struct bud_verdict verdict;
	struct bud_fact *derived;
	size_t n_derived, cap_derived;
	struct instance *instances; /* what the findings were made of */
	size_t n_instances;
};

/* Begins a document; doc is its id where it has no document record. */
void check_begin(struct check *c, struct arena *a, const struct rules *rules,
		 struct check_labels *labels);
void check_release(struct check *c);

/* A fact beyond 10^17 fen is passed over. */
void check_take_fact(struct check *c, const struct bud_fact *f);
void check_take_residue(struct check *c, const struct bud_residue *r);
void check_take_mark(struct check *c, const struct bud_mark *m);

/* Holds the facts against the rules: fills findings and verdict. */
void check_run(struct check *c);

/* The finding of that index, in order, with memory from a; not when the next
 * document has begun. */
const struct bud_finding *check_finding(struct check *c, size_t i,
					struct arena *a);

/* Appends its record; a is for what it takes meanwhile. */
void check_write_finding(struct check *c, size_t i, struct arena *a,
			 struct buf *out);

/* What follows from the facts without being stated: fills derived. */
void check_derive(struct check *c);

#endif
