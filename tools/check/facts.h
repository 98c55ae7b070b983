/*
 * The facts of one document, indexed by their coordinates and by all of them
 * but one, so that the parts of a whole are found without a search.
 *
 * Everything lives in the arena of the document; facts_release() gives back
 * what the maps hold beside it.
 */
#ifndef BUD_CHECK_FACTS_H
#define BUD_CHECK_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "check/rule.h"
#include "record/fact.h"

/* Words of coordinates are numbered within a document, names of places apart
 * from them; 0 is the absent one. */
typedef uint32_t check_word;
typedef uint32_t check_place;

enum { ALONG_DIMS = 6 }; /* dimensions that a sum can run over */

struct check_fact {
	struct bud_fact f;
	check_word at[DIMS];
	struct check_chain *chain; /* the facts of these coordinates */
	check_place table;   /* "t3" of "t3.r5.c2", a sheet; 0 in prose */
	check_place section;
	check_place column, row; /* of a table; 0 unknown */
	size_t index;       /* in facts.list, reading order */
	bool confirmed;     /* takes part in an identity that holds */
	size_t values;      /* of its coordinates, where they disagree */
	bool split;         /* its table states them with other values, too */
	bool own;           /* of its document's own year and phase */
};

/* Indexes into facts.list, in reading order. */
struct check_chain {
	check_word at[DIMS]; /* UINT32_MAX: whatever it is */
	uint32_t *list;
	size_t n, cap;
	size_t number; /* in facts.points, for whole coordinates */
	struct check_chain *along[ALONG_DIMS]; /* where its facts are parts */
};

/* Open addressing with linear probing, at most half full. */
struct check_index {
	struct check_slot {
		uint64_t hash;
		struct check_chain *chain; /* NULL: free */
	} *slots;
	size_t n;
	unsigned bits; /* 2^bits slots, 0 none */
};

/* What is known of a selector and the words of the document. */
enum { FIT_UNKNOWN, FIT_YES, FIT_NO };
struct check_fit {
	char *words;      /* by number, FIT_… */
	size_t n;
	check_word named; /* of the pattern, as long as n_words is this: */
	size_t n_words;
};

struct check_facts {
	struct arena *arena;
	struct check_fit *fits; /* by the number of a selector, NULL: none */
	size_t n_fits;
	struct check_fact **list;
	size_t n, cap;
	struct bud_residue *residues; /* of prose, by n */
	size_t n_residues, cap_residues;
	struct map residue_cells; /* rows and columns that have one */
	struct map words, places;
	struct str *word; /* by number */
	size_t n_words, cap_words, n_places;
	struct check_latest { /* most facts say what the one before said */
		struct str word;
		check_word number;
	} latest[DIMS + 1];
	check_word phases[PHASE_EXECUTED + 1]; /* 0: not asked yet */
	check_word kinds[KIND_COMPLETION + 1];
	struct str entity; /* of the document, "" unknown */
	ratio_wide fund_gaps; /* of revenue by fund; see trust.c */
	bool across;   /* of several documents: derived ones count */
	size_t n_units; /* of a department, all with documents; 0 unknown */
	struct check_index chains;
	struct check_chain **points; /* those of whole coordinates, in order */
	size_t n_points, cap_points;
	struct {
		int year;
		check_word word;
	} years[8]; /* the latest added, as few are ever named */
	size_t n_years;
};

/* Words that every document has. */
enum { WORD_LEVEL = 1, WORD_SHARE = 2 };

/* selectors: how many the rules have, 0 where none will be asked for. */
void facts_init(struct check_facts *fs, struct arena *a, size_t selectors);
void facts_release(struct check_facts *fs);

/* Whether it is of the department's own office, in a table of its units: then
 * it has "=" for an entity, for it is not of the department. */
bool facts_is_namesake(const struct bud_fact *f);

/* What the fact points to must live in the arena. */
void facts_add(struct check_facts *fs, const struct bud_fact *f);
void facts_add_residue(struct check_facts *fs, const struct bud_residue *r);

/* Whether an amount that was not understood stands in the row or the column
 * of a table's cell. */
bool facts_residue_in_row(const struct check_facts *fs,
			  const struct check_fact *f);
bool facts_residue_in_column(const struct check_facts *fs,
			     const struct check_fact *f);

/* The first residue of the prose behind n, as an index. */
size_t facts_residue_after(const struct check_facts *fs, int64_t n);

/* Whether a word fits a selector, and the number of the word that it names:
 * check_match() and facts_word() with a memory, as rules are many and the words
 * of a document few. */
bool facts_learn_fit(const struct check_facts *fs, const struct selector *s,
		     check_word w);
static inline bool facts_fit(const struct check_facts *fs,
			     const struct selector *s, check_word w)
{
	const struct check_fit *f = &fs->fits[s->number];

	return s->number < fs->n_fits && w < f->n && f->words[w]
		       ? f->words[w] == FIT_YES
		       : facts_learn_fit(fs, s, w);
}
check_word facts_named(const struct check_facts *fs, const struct selector *s);

/* The number of a word, 0 for one that no fact has. */
check_word facts_word(const struct check_facts *fs, struct str word);
struct str facts_text(const struct check_facts *fs, check_word w);

/* All facts of these coordinates, NULL for none. */
const struct check_chain *facts_at(const struct check_facts *fs,
				   const check_word at[DIMS]);

/*
 * All facts of these coordinates but for one dimension (fund, function,
 * economic, nature, item or entity), which they have, and the whole of a share,
 * whatever they are.
 */
const struct check_chain *facts_along(const struct check_facts *fs,
				      const check_word at[DIMS], enum dim dim);

/* Whether both stand in one row of a table. */
bool facts_same_row(const struct check_fact *a, const struct check_fact *b);

/*
 * How near a fact stands: 0 in the same table or line, 1 in the same
 * section, 2 in prose both or tables both, 3 elsewhere.
 */
int facts_distance(const struct check_fact *a, const struct check_fact *b);

/* Whether a is to be believed before b: the year's own document over another,
 * stated over derived, finer quantum, table over text, lower n. */
bool facts_trusted(const struct check_fact *a, const struct check_fact *b);

/* The interval of a fact; false where it cannot be reckoned with. */
bool facts_quantity(const struct check_fact *f, struct quantity *out);

/* Smallest units in 1: 1 000 000 for ppm, else 1. */
int64_t facts_scale(enum unit unit);

#endif
