/*
 * The headings above the text being read, and what they give to it: the kind
 * of section, and a subject whose fund and item the text may leave unsaid.
 */
#ifndef BUD_EXTRACT_SCOPE_H
#define BUD_EXTRACT_SCOPE_H

#include "extract/outline.h"
#include "extract/state.h"
#include "extract/subject.h"

struct scope_heading {
	struct str path; /* with the headings above it, joined by " / " */
	struct subject subject;
	enum section_kind kind;
	bool economic;
	bool executed; /* 二、预算执行情况, in a budget */
	int year;      /* of the execution, 0 = not said */
};

struct scope {
	struct scope_heading at[OUTLINE_LEVELS + 1]; /* by level; 0: title */
	unsigned open; /* bit k: at[k] is; the others are not to be read */
	/* of all that are open: */
	struct subject subject;
	const struct scope_heading *executed;
	enum section_kind kind; /* the innermost that is not plain */
	bool memo; /* the subject is neither side of the budget */
	bool economic;
};

/* A heading of a level (0..OUTLINE_LEVELS) closes those at and below it; words
 * are its tokens, from the first on of the text that they were read from. */
void scope_enter(struct scope *s, struct extract *x, int level,
		 struct str title, const struct token_list *words);

/* A paragraph numbered at this level closes the headings at and below it. */
void scope_close(struct scope *s, int level);

/* The level of the innermost heading, 0 for none. */
int scope_level(const struct scope *s);

/* The heading of a level, or NULL. */
static inline const struct scope_heading *scope_at(const struct scope *s,
						   int level)
{
	return s->open >> level & 1 ? &s->at[level] : NULL;
}

static inline enum section_kind scope_kind(const struct scope *s)
{
	return s->kind;
}

/* The item that the innermost heading with one names, with its fund; an empty
 * subject where none does. Both sides count as none. */
static inline const struct subject *scope_subject(const struct scope *s)
{
	return &s->subject;
}

/* The innermost heading that speaks of what was executed, or NULL. */
static inline const struct scope_heading *scope_executed(const struct scope *s)
{
	return s->executed;
}

static inline bool scope_is_economic(const struct scope *s)
{
	return s->economic;
}

/* The headings joined by " / ", in the arena or as they stand in the text. */
struct str scope_path(const struct scope *s);

#endif
