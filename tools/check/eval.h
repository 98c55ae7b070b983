/*
 * One formula held against one fact, the anchor: which facts its terms are,
 * what both sides come to, and what follows.
 *
 * A term is the nearest fact of its coordinates: in the same table or line,
 * then in the same section, then the one to be believed most. The parts of a
 * sum are those that stand with the whole: in its table; in prose after it in
 * its line, else in its section; else anywhere. Of parts at several levels
 * (class, subclass, item) only the topmost count.
 *
 * A list is closed when nothing can be missing from it: a table whose amounts
 * were all understood, a set the rule calls complete, a list that names
 * nothings too, the same parts that make the whole elsewhere in the document,
 * a list in prose that reaches most of its whole without being a selection.
 * The sum of a list that is not closed may fall short of the whole (the result
 * is open) but not exceed it.
 */
#ifndef BUD_CHECK_EVAL_H
#define BUD_CHECK_EVAL_H

#include "check/facts.h"
#include "check/rule.h"

enum outcome {
	OUTCOME_NONE,       /* nothing to hold against: the anchor alone */
	OUTCOME_EXACT,
	OUTCOME_ROUNDING,   /* the quanta explain the difference */
	OUTCOME_TRUNCATION, /* only a value cut off explains it */
	OUTCOME_FAIL,
	OUTCOME_OPEN,       /* one term is missing */
	OUTCOME_SHORT,      /* the list may be incomplete */
	OUTCOME_ZERO,       /* divided by nothing */
};

/* What a term of the formula was found to be. */
struct binding {
	const struct node *node;
	const struct check_fact **facts;
	size_t n;
};

struct instance {
	struct blame *blame; /* NULL unless it leads a gathering */
	bool gathered;       /* told with another instance */
	const struct rule *rule;
	const struct formula *form;
	const struct check_fact *anchor;
	struct known_term *terms; /* of the form; NULL: not remembered */
	enum outcome outcome;
	struct binding *bindings; /* terms and sums, left to right */
	size_t n_bindings;
	const struct check_fact **facts; /* see eval_note_facts() */
	size_t n_facts;
	struct quantity left, right; /* not for NONE, OPEN, ZERO */
	enum unit unit;   /* of both */
	bool closed;      /* lists are known to be whole */
	bool has_list;
	bool reaches;  /* further away a list may find other parts */
	int next;      /* the next reach where one does */
	bool readable; /* another reading of a list may find other parts */
	bool absurd; /* a divisor is nothing, however it was rounded */
	bool lacks_left, lacks_right; /* an optional term is not stated */
	size_t missing, known; /* terms; facts beside the anchor */
	int reach;        /* which list was read, LIST_… of list.h */
	size_t n_wholes;  /* of a share: how many may be its whole */
	bool guessed;     /* it names none that is stated */
	bool misread;     /* the rule fails all over the table */
	bool proven;      /* the rule holds in most rows of the table */
	const struct check_fact *doubted; /* the parser's doubt explains it */
	bool certain;     /* a failure is to be believed; see trust.h */
};

/* What one number explains; see blame.h. */
struct blame {
	const struct check_fact *fact; /* NULL: not gathered */
	int64_t fits;                  /* the value that would fit */
	struct instance **others;      /* explained too */
	size_t n_others;
};

/* Sets of parts that were found to make their whole. */
struct proven {
	struct map sets;
	struct arena *arena;
};

/* Of an instance the rule, the form, the anchor and the terms are set: fills
 * the rest. Memory from the arena of the facts. */
void eval_form(const struct check_facts *fs, const struct proven *proven,
	       struct instance *in);

/* Remembers the lists of an instance that holds. */
void eval_remember(const struct check_facts *fs, struct proven *proven,
		   const struct instance *in);

/* Whether the intervals of both sides stand in the relation. */
bool eval_meets(const struct quantity *left, const struct quantity *right,
		enum relation relation);

/* Notes in the instance the facts of all bindings, the anchor first, each
 * once. */
void eval_note_facts(struct check_facts *fs, struct instance *in);

#endif
