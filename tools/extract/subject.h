/*
 * Subjects: what a phrase names, as coordinates not yet complete.
 *
 * A phrase is read word by word; each noun of the lexicon adds what it knows.
 * What the phrase leaves open is inherited afterwards, from the head of a
 * list, from the subject before, or from the headings.
 */
#ifndef BUD_EXTRACT_SUBJECT_H
#define BUD_EXTRACT_SUBJECT_H

#include "lexicon/lexicon.h"

/* 112 bytes: it is copied with each phrase and clause. */
struct subject {
	const struct str *items; /* n_items, lent by a term or constant; more
				  * than one: both sides */
	struct str fund, function, economic, nature;
	struct str why;  /* a thing without coordinate */
	/* the class names not yet decided: the last one's candidates */
	const struct lexicon_term *class_term;
	int64_t threshold; /* of equipment: fen */
	uint8_t n_items;
	uint8_t nouns;   /* how many made it, 2 for more */
	int16_t year;    /* 0 = not said */
	enum phase phase : 8;
	bool total : 1;  /* 总 said apart from the item */
	bool generic : 1; /* the item is only 收入 or 支出 */
	bool whole_year : 1; /* 本年, 合计: said to be the whole */
	bool stock : 1;
	bool count : 1;  /* fits counts only */
	bool context : 1; /* names the matter, not the thing counted */
	bool vague : 1;  /* 项目: of what kind, the words around must say */
	bool equipment : 1; /* which equipment, the threshold before it says */
	bool balance : 1; /* 财政拨款结转: a part of a balance, by fund */
	bool allotted : 1; /* 当年拨款: spent, unless sources are listed */
	bool procured : 1; /* 服务: of procurement, where it is spoken of */
	bool own : 1;    /* of the three public expenses, in a list of classes */
	bool either : 1; /* 结转结余: of which end of the year, the list says */
	bool held : 1;   /* 公务用车N辆: which of the two stocks, the place says */
	bool vehicle : 1; /* of vehicles, where they are spoken of */
};

/* Nothing named. It is copied wherever a phrase begins, which takes a
 * fraction of the time that clearing takes. */
extern const struct subject subject_none;

/* Forgets all but the year. */
static inline void subject_begin(struct subject *s)
{
	int year = s->year;

	*s = subject_none;
	s->year = year;
}

/* The item is this one, which outlives the subject. */
static inline void subject_set_item(struct subject *s, const struct str *item)
{
	s->items = item;
	s->n_items = 1;
}

/* The same, of a class by its name or code alone. */
static inline void subject_spend(struct subject *s)
{
	static const struct str EXPENDITURE = STR_INIT("expenditure");

	if (!s->n_items)
		subject_set_item(s, &EXPENDITURE);
}

static inline void subject_count_noun(struct subject *s)
{
	s->nouns += s->nouns < 2;
}

/* Adds a noun. False when it contradicts: then a new phrase begins with it. */
bool subject_add(struct subject *s, const struct lexicon_term *t);

/* The code of a class stands beside its name. */
void subject_set_code(struct subject *s, struct str code);

/* （类）（款）（项） behind a name: decides among candidates of that length. */
void subject_mark(struct subject *s, int level);

/*
 * （项）behind a name that the classification does not hold: the other… class
 * of its 款, where there is one.
 */
void subject_mark_unknown(struct subject *s, const struct lexicon *l,
			  int level);

/*
 * Decides the class by name within a parent ("" = none) for a year (0 = any);
 * economic classes win where the surroundings speak of them.
 */
void subject_decide_class(struct subject *s, struct str parent,
			  bool economic, int year);

static inline bool subject_is_empty(const struct subject *s)
{
	return !s->nouns;
}

/* Nothing named, or a total, or equipment. */
static inline bool subject_is_bare(const struct subject *s)
{
	return !s->n_items && !s->function.n && !s->economic.n &&
	       !s->nature.n && !s->fund.n && !s->class_term && !s->why.n;
}

/* Nothing named but a year or a phase. */
static inline bool subject_is_time(const struct subject *s)
{
	return subject_is_bare(s) && !s->equipment && !s->total;
}

bool subject_is_memo(const struct subject *s); /* neither side of the budget */

#endif
