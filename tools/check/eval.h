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
#include "check/side.h"

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

/* There is one for each finding, so it is kept small. */
struct instance {
	const struct rule *rule;
	const struct formula *form;
	const struct check_fact *anchor;
	struct known_term *terms; /* of the form; NULL: not remembered */
	struct binding *bindings; /* terms and sums, left to right */
	const struct check_fact **facts; /* see eval_note_facts() */
	struct blame *blame; /* NULL unless it leads a gathering */
	const struct check_fact *doubted; /* the parser's doubt explains it */
	struct side left, right; /* not for NONE, OPEN, ZERO */
	enum outcome outcome;
	enum unit unit;          /* of both sides */
	uint32_t n_bindings, n_facts;
	uint32_t missing, known; /* terms; facts beside the anchor */
	uint32_t n_wholes;       /* of a share: how many may be its whole */
	unsigned char reach;     /* which list was read, LIST_… of list.h */
	unsigned char next; /* the next reach where a list finds other parts */
	bool gathered; /* told with another instance */
	bool closed;   /* of what does not hold: its lists are whole */
	bool has_list;
	bool reaches;  /* further away a list may find other parts */
	bool readable; /* another reading of a list may find other parts */
	bool absurd;   /* a divisor is nothing, however it was rounded */
	bool lacks_left, lacks_right; /* an optional term is not stated */
	bool guessed;  /* of a share: it names no whole that is stated */
	bool misread;  /* the rule fails all over the table */
	bool proven;   /* the rule holds in most rows of the table */
	bool certain;  /* a failure is to be believed; see trust.h */
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

/* Whether the lists of an instance that holds are known to be whole. */
bool eval_is_closed(const struct check_facts *fs, const struct instance *in);

/* Remembers the lists of an instance that holds. */
void eval_remember(const struct check_facts *fs, struct proven *proven,
		   const struct instance *in);

/* Notes in the instance the facts of all bindings, the anchor first, each
 * once. */
void eval_note_facts(struct check_facts *fs, struct instance *in);

#endif
