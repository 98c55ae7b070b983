/*
 * Sentences → facts: a machine that walks over the tokens of a paragraph.
 *
 * It keeps what a reader keeps in mind: the phrase being read, the thing
 * named last, the head of the list being read, the comparator in force, and
 * whether a reason is being given. Every amount is resolved against these and
 * becomes facts or a residue; nothing is skipped.
 */
#ifndef BUD_EXTRACT_NARRATIVE_H
#define BUD_EXTRACT_NARRATIVE_H

#include "extract/scan.h"
#include "extract/scope.h"
#include "extract/state.h"
#include "extract/subject.h"

enum {
	MAX_ALTERNATIVES = 12, /* subjects that share one amount */
	MAX_FRAMES = 8,        /* lists within lists */
};

enum relation {
	RELATION_LEVEL,
	RELATION_UP,
	RELATION_DOWN,
	RELATION_SHARE,
	RELATION_DONE,
	RELATION_FROM,
	RELATION_TO,
};

enum mode { MODE_PLAIN, MODE_REASON, MODE_SOFT_REASON, MODE_PURPOSE };

/* What was named, complete; with the facts that said so. */
struct mention {
	size_t n;
	size_t fact; /* index of its first fact in the result */
	struct str scope;
	bool whole_year; /* said of 本年 */
	bool count[MAX_ALTERNATIVES]; /* a thing that only counts fit */
	struct coordinates at[MAX_ALTERNATIVES];
};

/* Nearly all name one thing: the room for more is not copied. */
static inline void mention_copy(struct mention *to, const struct mention *from)
{
	memcpy(to, from, offsetof(struct mention, at) + sizeof *from->at);
	if (from->n > 1)
		memcpy(to->at + 1, from->at + 1,
		       (from->n - 1) * sizeof *from->at);
}

/* Nothing is named, and nothing to be copied. */
static inline void mention_begin(struct mention *m)
{
	memset(m, 0, offsetof(struct mention, at));
}

static inline void mention_clear(struct mention *m)
{
	memset(m, 0, offsetof(struct mention, at) + sizeof *m->at);
}

struct phrase {
	struct subject subject;
	size_t start;       /* byte where its first noun begins */
	size_t words_start; /* byte where the clause begins */
	bool dirty;         /* unknown words stand before the first noun */
	bool tail;          /* unknown words stand behind the last noun */
	enum phase phase;   /* of the last word that named one */
	bool filler;        /* it holds words at all */
};

struct versus {
	bool set;
	int year;         /* 0 = the fact's own */
	int relative;     /* 上年: -1, from the fact's year */
	enum phase phase; /* PHASE_NONE = the fact's own */
};

struct frame {
	struct mention head;
	size_t parts;      /* index of the first fact of the list */
	int level;         /* of the paragraph that opened it */
	bool balance;      /* a balance is among the parts */
	bool keep;         /* the list goes on behind the full stop */
};

/* Facts [from, to): the parts of a total that named no balance. */
struct list {
	size_t from, to;
};

struct narrative {
	struct extract *x;
	struct scope scope;
	struct token_list list;
	size_t i;
	const struct source_block *block; /* being read */
	unsigned page, line;
	bool contents; /* inside a table of contents: its lines are no headings */
	int level; /* outline number of the paragraph, OUTLINE_LEVELS if none */
	enum section_kind kind;

	/* of this clause; they stand in a row, to be cleared at once: */
	bool versus_open;   /* a comparator is set, and no amount since */
	bool versus_clause; /* a comparator is set in this clause */
	bool limit;
	bool strange;   /* the one before named nothing known: 举办活动，… */
	bool uncounted; /* 接待外宾0批次、…: what follows counts it too */
	bool none;
	bool each; /* the amount holds for each alternative */
	/* of this sentence: */
	bool of_which; /* said since the last amount */
	bool unnamed;  /* a level was left over */
	bool listing;  /* 一是…；二是… is a list, no reasons */
	bool overall;  /* 整体支出: what is spent on targets is no project's */

	struct phrase np;
	size_t n_alts;
	bool was_respective; /* the clause before gave amounts in order */
	size_t respectively; /* amounts given in order, from 1; 0 = no */
	struct subject purpose_of; /* 支出主要用于…: named before, no amount */
	struct subject topic; /* named before a comma or a colon */
	size_t topic_fact;    /* the fact that came next when it was named */
	bool topic_clean;     /* without unknown words */
	struct subject whole; /* nouns behind 占 and 完成 */
	bool has_whole;       /* else it is empty; see walk_forget_whole() */
	int head_level;       /* outline level of its paragraph */
	size_t n_frames;
	struct list *lists;
	size_t n_lists, cap_lists;
	struct versus versus;      /* of this sentence */
	struct versus versus_also; /* 与年初预算、上年决算均持平: the second */
	struct versus versus_old;  /* of the sentences before */
	bool unknown_verb;         /* unknown words stand behind it */
	enum relation relation;
	enum relation direction; /* of the change stated last */
	bool base; /* the amount is the base of a rate */
	bool adjusting; /* the verb changes a budget of the year */
	bool than; /* the verb compares: 大于, 小于 */
	enum mode mode;
	size_t none_start; /* byte where the word of none stands */
	bool sample; /* the paragraph tells what to write: no zeros of its own;
		      * known when one is said */
	bool bought; /* 未购置: none were */
	bool unplanned; /* none, said behind the thing */
	bool balances_included; /* said somewhere in the document */
	bool economic_list; /* economic classes were named in the paragraph */
	int other_year; /* 2021、2022年: the first of two, 0 = none */
	int date;       /* year of 截至, 0 = none */
	int date_level; /* outline level of the paragraph that said it */
	int64_t threshold; /* 单价50万元以上: fen */
	struct str poison; /* parts of something without coordinate: why */
	size_t parens;
	int paren_year; /* （2019年支出X，组团1个）: said in the bracket */
	size_t sentence_fact; /* first fact of this sentence */
	size_t paragraph_fact;
	size_t clause_fact;
	size_t sentence_start;
	size_t part_start; /* of the sentence, or behind its last semicolon */
	size_t reason_start;

	/* invalid when n is 0: */
	struct mention last;      /* what was named last */
	struct mention money;     /* the last that was no count */
	struct mention head;      /* the last whole: lists may belong to it */
	struct mention made;      /* a total that a balance among its parts made */
	struct mention outside;   /* the last before the bracket */
	struct mention reason_of; /* what the reason explains */
	struct mention row;       /* what the amounts behind 分别 belong to */
	struct mention heads[OUTLINE_LEVELS + 1]; /* the last of each level */
	/* as many as were counted above: */
	struct subject alts[MAX_ALTERNATIVES];
	struct frame frames[MAX_FRAMES];
};

/* A new document; scope is empty. */
void narrative_init(struct narrative *n, struct extract *x);

/* Enters a heading (its numerals are read as a sentence's are). */
void narrative_heading(struct narrative *n, const struct source_block *b);

/* The document is over. */
void narrative_finish(struct narrative *n);

/* Reads one paragraph. */
void narrative_paragraph(struct narrative *n, const struct source_block *b);

/* ---- between the files of the narrative ------------------------------- */

/* Resolves the amount at t: facts, or a residue. */
void resolve_amount(struct narrative *n, const struct token *t);

/* A zero said in words, of the alternatives and the phrase. */
void resolve_zero(struct narrative *n, const struct token *t);

/* No change, said in words. */
void resolve_same(struct narrative *n, const struct token *t);

/*
 * Completes what the phrase leaves open. False: it has no coordinate, *why
 * says so.
 */
bool resolve_subjects(struct narrative *n, bool level, struct mention *out,
		      struct str *why);

/* Decides what a word names where it stands; false: nothing of ours. */
bool resolve_place(const struct narrative *n, struct subject *s);

/* Is an item of the family ("three_public.vehicles") what the text is about? */
bool resolve_speaks_of(const struct narrative *n, struct str family);

/*
 * The document is over: the parts of a total without balances are totals
 * themselves where one of them is stated as such elsewhere.
 */
void resolve_lists(struct narrative *n);

/* The document says that its revenues include the balances. */
void resolve_balances_included(struct narrative *n);

/* Gives the reason to the changes stated before it. */
void resolve_reason(struct narrative *n, size_t end);

/*
 * A comparator that begins at token i (a TERM_VERSUS or TERM_YOY): the index
 * behind it, or i when the word is none here. Fills *v.
 */
size_t versus_read(const struct narrative *n, size_t i, struct versus *v);

#endif
