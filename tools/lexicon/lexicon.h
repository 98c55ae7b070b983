/*
 * The vocabulary: which words mean what in a budget document.
 *
 * It is loaded once from the tables of share/lexicon and share/codes and never
 * changes afterwards; everything it gives out borrows from it and lives until
 * lexicon_release(). Terms are found by longest match in time linear in the
 * text. The tables explain themselves in their first lines; bud-vocabulary(5)
 * tells how a user extends them.
 *
 * Matching works on folded text: full-width ASCII is ASCII, quotation marks
 * and blanks are left out (see lexicon_fold()).
 */
#ifndef BUD_LEXICON_LEXICON_H
#define BUD_LEXICON_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/message.h"
#include "base/share.h"
#include "base/str.h"
#include "record/fact.h"

/* What a term does in a sentence; the words of the column `class`. */
enum term_class {
	TERM_NOUN,      /* noun: names a coordinate of a subject */
	TERM_UP,        /* up, down, same: verbs of change */
	TERM_DOWN,
	TERM_SAME,
	TERM_VERSUS,    /* versus: opens a comparator (比, 较, 与) */
	TERM_VERSUS_END, /* versus_end: closes one (相比) */
	TERM_YOY,       /* yoy: a whole comparator to the year before (同比) */
	TERM_YEAR,      /* year: a year relative to the document's (上年) */
	TERM_OF_WHICH,  /* of_which: the parts follow (其中, 包括) */
	TERM_REASON,    /* reason: an explanation follows (主要原因是) */
	TERM_PURPOSE,   /* purpose: what the money is for (主要用于) */
	TERM_SHARE,     /* share: a part of its whole follows (占) */
	TERM_DONE,      /* done: a rate of completion follows (完成) */
	TERM_NONE,      /* none: what follows is zero (无, 未安排) */
	TERM_ZERO,      /* zero: what precedes is zero (为零, 均无) */
	TERM_EACH,      /* each: the amount holds for each subject (各, 均) */
	TERM_RESPECTIVELY, /* respectively: amounts in order (分别为) */
	TERM_FROM,      /* from: the level before a change follows (由, 从) */
	TERM_TO,        /* to: the level after a change follows (到, 至) */
	TERM_APPROX,    /* approx: the amount beside is not exact (约, 余) */
	TERM_FILLER,    /* filler: words without weight (为, 共, 金额) */
	TERM_ORG,       /* org: who speaks (本部门, 我局) */
	TERM_STOCK,     /* stock: counted at a date (截至) */
	TERM_MARK,      /* mark: （类）（款）（项） behind a class name */
	TERM_LIMIT,     /* limit: the amount is a rule, not a fact (标准) */
	TERM_SCOPE,     /* scope: the phrase before narrows what follows (中) */
	TERM_NOISE,     /* noise: not what a part of it looks like (占用) */
};

/* The word that stands for a class of terms in the tables. */
const char *lexicon_class_name(enum term_class class);

/* A class code that a name may stand for. */
struct lexicon_code {
	struct str code;
	struct str name;
	int from_year, to_year; /* 0 = open */
};

enum { LEXICON_MAX_ITEMS = 3 };

/* What is asked of every term comes first: 64 bytes, a line of the cache. */
struct lexicon_term {
	struct str text; /* folded */
	struct str note;
	enum term_class class;
	enum phase phase;
	enum unit unit;  /* nouns that only counts fit: UNIT_COUNT */
	int year;        /* TERM_YEAR: -1 上年, 0 本年 */
	bool weak; /* a class name without 支出: only before a mark or code */
	bool total;      /* 总, 总计: with balances */
	bool generic;    /* 支出, 收入: names a thing only in a clean phrase */
	bool stock;      /* a thing counted at a date */
	uint8_t level;   /* TERM_MARK: 1 类, 2 款, 3 项 */
	uint8_t n_items;
	uint32_t n_functions, n_economics;
	/* nouns: what they set, empty = nothing */
	struct str items[LEXICON_MAX_ITEMS]; /* more than one: both sides */
	struct str why, fund, nature, function, economic, scope;
	/* candidate classes, where the name is one */
	const struct lexicon_code *const *functions, *const *economics;
	/* where the term comes from, for --explain */
	const char *file;
	size_t line;
};

/* A measure word behind a numeral. */
/* What a measure word counts where only a matter is named:
 * three_public.hospitality, 批 → three_public.hospitality.batches. */
struct lexicon_count {
	struct str item, counted;
	const struct lexicon_count *next; /* of the same measure, or NULL */
};

struct lexicon_unit {
	struct str text; /* folded */
	enum unit unit;
	int64_t scale; /* smallest units in one; 1 for counts */
	bool no_fact;  /* 个百分点: an amount, but of no coordinate */
	const struct lexicon_count *counts; /* of which items; few or none */
};

struct lexicon;

/*
 * Without a directory of edited tables it is ready as it was built with the
 * program. NULL on a mistake in a table, which was reported to messages.
 */
const struct lexicon *lexicon_load(struct share *share,
				   struct messages *messages);
void lexicon_release(const struct lexicon *l);

/* The longest term that begins at cps[0]; *length is its code points. */
const struct lexicon_term *lexicon_match(const struct lexicon *l,
					 const uint32_t *cps, size_t n,
					 size_t *length);
const struct lexicon_unit *lexicon_match_unit(const struct lexicon *l,
					      const uint32_t *cps, size_t n,
					      size_t *length);

enum section_kind {
	SECTION_PLAIN,
	SECTION_DEFINITION,
	SECTION_DUTIES,
	SECTION_TARGET,
	SECTION_CONTENTS,
};

/* Nobody writes a longer heading; what stands behind is not looked at. */
enum { LEXICON_MAX_HEADING = 256 };

/* What a heading of n folded characters makes of the text below it; *known
 * tells whether a row of the table speaks of it. */
enum section_kind lexicon_section(const struct lexicon *l, const uint32_t *cps,
				  size_t n, bool *known);

/*
 * The words that a template left in a text (XX, 增加（减少）), as they are
 * written, in the order of the table; n of them, in the arena.
 */
const struct str *lexicon_find_leftovers(const struct lexicon *l,
					 struct arena *a, struct str text,
					 size_t *n);

/* Words of the lines that a web site says of a page, folded. */
enum site_words {
	SITE_BEGINS, /* such lines begin with them */
	SITE_COLUMN, /* such lines are them: names of the site's columns */
	SITE_WORDS
};

/* How many of the characters are the longest of these words that they begin
 * with; 0 where they begin with none. */
size_t lexicon_match_site(const struct lexicon *l, enum site_words which,
			  const uint32_t *cps, size_t n);

/* What a measure word, which may be NULL, counts of an item; "" = nothing that
 * has one. */
struct str lexicon_counted(const struct lexicon_unit *measure, struct str item);

/* A class by its code, NULL if unknown. functional: 2xx; else 3xx, 5xx. */
const struct lexicon_code *lexicon_find_code(const struct lexicon *l,
					     struct str code, bool functional);

/*
 * A code point as the matcher sees it: full-width forms become ASCII, other
 * brackets and dashes their plain forms; 0 for what is left out (quotation
 * marks, blanks, zero-width characters).
 */
uint32_t lexicon_fold_rare(uint32_t cp);

static inline uint32_t lexicon_fold(uint32_t cp)
{
	if ((cp >= 0x3400 && cp < 0xA000) || (cp >= '0' && cp <= '9'))
		return cp; /* Chinese characters and digits: nearly all */
	return lexicon_fold_rare(cp);
}

#endif
