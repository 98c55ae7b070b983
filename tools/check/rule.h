/*
 * Rules: data of share/rules/ and of --rules FILE, in force for one run.
 *
 * A file is paragraphs of "word text" lines; `#` begins a comment line. The
 * words, the formula language and an example of each are told in
 * share/rules/README. Rules live in the arena they were loaded into.
 */
#ifndef BUD_CHECK_RULE_H
#define BUD_CHECK_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/message.h"
#include "base/share.h"
#include "base/str.h"
#include "check/ratio.h"
#include "record/fact.h"

/* The coordinates a fact is compared by. */
enum dim {
	DIM_ENTITY,
	DIM_SCOPE,
	DIM_YEAR,
	DIM_PHASE,
	DIM_ITEM,
	DIM_FUND,
	DIM_FUNCTION,
	DIM_ECONOMIC,
	DIM_NATURE,
	DIM_KIND,
	DIM_VS_YEAR,
	DIM_VS_PHASE,
	DIM_WHOLE,
	DIMS,
};

enum selector_how {
	SELECT_SAME,  /* as in the first term; in the first term: any */
	SELECT_MATCH, /* one of the patterns */
	SELECT_PARTS, /* strictly below the first term's, and a pattern */
};

struct selector {
	struct str pattern; /* alternatives by '|', globs; "" = any, "-" absent */
	uint32_t number;    /* among those of all rules; 0: none */
	enum selector_how how;
};

enum base { BASE_SAME, BASE_VS, BASE_PRIOR, BASE_WHOLE };

struct term {
	struct selector at[DIMS];
	unsigned matched; /* a bit of each dimension that has SELECT_MATCH */
	enum base base;   /* BASE_VS: the year and phase compared against;
			   * BASE_PRIOR: the year before */
	enum dim parts;   /* of a sum: the dimension it runs over */
	size_t number;    /* among the terms and sums of its formula */
	bool optional;    /* absent counts as nothing */
};

enum node_kind {
	NODE_NUMBER,
	NODE_TERM,
	NODE_SUM, /* the parts of a list */
	NODE_ADD,
	NODE_SUBTRACT,
	NODE_MULTIPLY,
	NODE_DIVIDE,
};

struct node {
	enum node_kind kind;
	const struct node *left, *right;
	const struct node *before; /* of a term or sum: the one before it */
	struct ratio number;
	struct term term;
};

enum relation {
	RELATION_EQUAL,
	RELATION_AT_MOST,
	RELATION_AGREE, /* facts of the same coordinates, left alone */
	RELATION_REQUIRE, /* a document states the left at all */
	RELATION_WITHIN,  /* what the left states, the right states at all */
};

struct formula {
	enum relation relation;
	const struct node *left, *right;
	const struct node *anchor; /* the first term, which names the rest */
	const struct node *last;   /* of the terms and sums */
	struct str text;
	uint32_t last_selector; /* before parsing, of the formulas before it */
	size_t n_terms; /* and sums */
	size_t first_term; /* how many those of the rule before it have */
};

enum across_what {
	ACROSS_NOTHING, /* within a document */
	ACROSS_YEARS,   /* the documents of a department */
	ACROSS_UNITS,   /* a department's and those of its units */
};

struct rule {
	struct str id, en, zh, basis;
	bool plain; /* id and texts stand for themselves in JSON */
	enum level level, zero; /* zero: where a divisor is nothing */
	int from_year, to_year; /* 0 = open */
	struct str regions;     /* prefixes by blanks, "" = everywhere */
	bool derive;            /* a missing term may be reckoned */
	bool wide;              /* its terms may stand anywhere */
	enum across_what across; /* held between documents, with --across */
	const struct formula *forms; /* of one identity; one suffices */
	size_t n_forms;
	const struct str *complete; /* sets of parts that make a whole */
	size_t n_complete;
	const struct str *except; /* items left out, patterns */
	size_t n_except;
	struct str text;   /* one of these words stands with the first term */
	struct str words;  /* that should not stand in a document, by '|' */
	struct str lacks;  /* one of them should stand with each amount */
	bool reason;       /* each amount should have one, in its line */
	struct str section; /* a heading with one of them is enough */
	struct str years_of;    /* headings with one of them name the year */
	struct str entities_of; /* names that end so are the document's */
	struct str contents;    /* lines of the contents with one of them */
	enum phase document; /* of the documents it is for, NONE = all */
	struct str kinds;  /* entity_kind of the documents it is for, by '|' */
	struct str unless; /* items (item;fund;function;economic;nature) whose
			    * amounts make the rule void */
	struct str file; /* where it stands */
	size_t line;
};

struct rules {
	const struct rule **list; /* in order of loading */
	size_t n, cap;
	uint32_t n_selectors;
};

/* The rules of share/: those that were built in, or the files of a directory
 * that stands for it. 0, or -1 with messages added. */
int check_load_rules(struct rules *rules, struct arena *a,
		     struct messages *messages);

/* All files of share/rules/, built in or not; 0, or -1 with messages added. */
int check_read_rules(struct rules *rules, struct arena *a,
		     struct messages *messages);

/* What check_read_rules() made of the built-in files when the program was
 * built; see tools/generate/rules.c. */
extern const struct rules check_built_in;

/*
 * The rules of a text; name is for messages. A rule whose id is known
 * already takes its place. 0, or -1 with messages added.
 */
int check_add_rules(struct rules *rules, struct arena *a, struct str name,
		    struct str text, struct messages *messages);

/* All terms and sums of a rule. */
static inline size_t rule_terms(const struct rule *rule)
{
	const struct formula *last = rule->forms + rule->n_forms;

	return rule->n_forms ? last[-1].first_term + last[-1].n_terms : 0;
}

/* Whether its two sides are reckoned and compared. */
static inline bool rule_is_identity(const struct formula *form)
{
	return form->relation == RELATION_EQUAL ||
	       form->relation == RELATION_AT_MOST;
}

/* What --list-rules prints: the rules in force, as they may be written. */
void check_list_rules(const struct rules *rules, struct buf *out);

/*
 * Parses a formula of a rule into the arena. 0, or -1: *at (in bytes,
 * from 1) and *why say what is wrong.
 */
int check_parse_formula(struct arena *a, struct str text, struct formula *out,
			size_t *at, const char **why);

/* Whether a word fits a pattern; "-" fits the empty word. */
bool check_match(struct str pattern, struct str word);

/* Whether part lies strictly below whole in the hierarchy of a dimension, and
 * whether anything may; of funds, where neither is absent. */
bool check_fund_below(struct str part, struct str whole);
bool check_fund_above(struct str whole);
static inline bool check_may_be_above(enum dim dim, struct str whole)
{
	return dim != DIM_FUND || !whole.n || check_fund_above(whole);
}
static inline bool check_below(enum dim dim, struct str part, struct str whole)
{
	if (!part.n || !whole.n)
		return part.n != 0;
	if (dim == DIM_FUND)
		return check_fund_below(part, whole);
	/* most that are asked for are as long, or differ at their end */
	return part.n > whole.n &&
	       part.p[whole.n - 1] == whole.p[whole.n - 1] &&
	       str_starts(part, whole) &&
	       (dim == DIM_FUNCTION || dim == DIM_ECONOMIC ||
		part.p[whole.n] == '.');
}

#endif
