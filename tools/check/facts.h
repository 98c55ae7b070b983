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
#include "check/known.h"
#include "check/ratio.h"
#include "record/fact.h"

/* Names of tables and sections are numbered within a document, rows and columns
 * as their tables number them; 0 is the absent one. */
typedef uint32_t check_place;

enum { FACT_SHOWN = 24 };

/* What a search asks stands together, behind the fact itself. */
struct check_fact {
	struct bud_fact f;
	check_word at[DIMS];
	uint32_t point;      /* of its coordinates, in facts.points */
	check_place table;   /* "t3" of "t3.r5.c2", a sheet; 0 in prose */
	check_place section;
	check_place column, row; /* of a table; 0 unknown */
	struct check_chain *chain; /* the facts of these coordinates */
	uint32_t index;     /* in facts.list, reading order */
	uint32_t mark;      /* of the list it was taken into last */
	uint32_t values;    /* of its coordinates, where they disagree */
	bool confirmed;     /* takes part in an identity that holds */
	bool split;         /* its table states them with other values, too */
	bool own;           /* of its document's own year and phase */
	unsigned char n_shown; /* bytes of what follows; 0: not asked yet */
	char shown[FACT_SHOWN]; /* its value as messages write it */
};

struct check_facts {
	struct arena *arena;
	struct known *known;
	struct check_fact **list;
	size_t n, cap;
	struct bud_residue *residues; /* of prose, by n */
	size_t n_residues, cap_residues;
	struct map residue_cells; /* rows and columns that have one */
	check_place residue_table, residue_row; /* the latest; 0 none */
	struct map places;
	size_t n_places;
	struct check_latest { /* facts say what others before them said */
		struct str word;
		uint32_t number;
	} latest[DIMS + 2][8]; /* behind the dimensions SECTION and so on */
	struct check_chain **points; /* of whole coordinates, in order */
	size_t n_points, cap_points;
	struct str entity; /* of the document, "" unknown */
	int year;          /* of the document, 0 unknown */
	ratio_wide fund_gaps; /* of revenue by fund; see trust.c */
	bool across;   /* of several documents: derived ones count */
	size_t n_units; /* of a department, all with documents; 0 unknown */
	uint32_t marks; /* how many lists were begun */
	bool disordered; /* a fact's n is not above that of the one before */
};

/* known: begun for the document. */
void facts_init(struct check_facts *fs, struct arena *a, struct known *known);
void facts_release(struct check_facts *fs);

/* Whether it is of the department's own office, in a table of its units: then
 * it has "=" for an entity, for it is not of the department. */
bool facts_is_namesake(const struct bud_fact *f);

/* In fen or ppm: beyond this no budget goes, and differences stay within 64
 * bits. No document has as many records, either. */
static const int64_t FACTS_MOST = 100000000000000000;

static inline bool facts_may_be(int64_t value)
{
	return value <= FACTS_MOST && value >= -FACTS_MOST;
}

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

/* Whether a word fits a selector, and the number of the word that it names. */
static inline bool facts_fit(const struct check_facts *fs,
			     const struct selector *s, check_word w)
{
	return known_fits(fs->known, s, w);
}
static inline check_word facts_named(const struct check_facts *fs,
				     const struct selector *s)
{
	return known_named(fs->known, s);
}

/* The number of a word, 0 for one that no fact has. */
static inline check_word facts_word(const struct check_facts *fs,
				    struct str word)
{
	return known_word(fs->known, word);
}
static inline struct str facts_text(const struct check_facts *fs, check_word w)
{
	return known_text(fs->known, w);
}

/* A word of a fact of the document. */
static inline struct str facts_own(const struct check_facts *fs,
				   const struct check_fact *f, enum dim dim)
{
	return fs->known->word[f->at[dim]];
}

/* All facts of these coordinates, NULL for none. */
static inline const struct check_chain *facts_at(const struct check_facts *fs,
						 const check_word at[DIMS])
{
	return known_stated(fs->known, known_find(fs->known, at));
}

/*
 * All facts of these coordinates but for one dimension (fund, function,
 * economic, nature, item or entity), which they have, and the whole of a share,
 * whatever they are.
 */
static inline const struct check_chain *
facts_along(const struct check_facts *fs, const check_word at[DIMS],
	    enum dim dim)
{
	return known_stated(fs->known,
			    known_find_along(fs->known, at, dim));
}

/* Where the facts of a chain stand that are read behind one, as an index of its
 * list. */
size_t facts_behind(const struct check_chain *c, const struct check_fact *f);

/* The part [*from, *to) of that list, no longer than most, whose facts are read
 * next to one. */
void facts_around(const struct check_chain *c, const struct check_fact *f,
		  size_t most, size_t *from, size_t *to);

/* Begins a list that has each fact once, and whether a fact is new to it. */
static inline void facts_begin_list(struct check_facts *fs)
{
	fs->marks++;
}
static inline bool facts_is_new(const struct check_facts *fs,
				const struct check_fact *f)
{
	struct check_fact *own = fs->list[f->index];
	bool is_new = own->mark != fs->marks;

	own->mark = fs->marks;
	return is_new;
}

/* Whether both stand in one row of a table. */
static inline bool facts_same_row(const struct check_fact *a,
				  const struct check_fact *b)
{
	return a->table && a->table == b->table && a->row && a->row == b->row;
}

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

/* The sum of n facts, 0 of none; false where it cannot be reckoned with. */
bool facts_sum(const struct check_fact *const *list, size_t n,
	       struct quantity *out);

/* Smallest units in 1: 1 000 000 for ppm, else 1. */
static inline int64_t facts_scale(enum unit unit)
{
	return unit == UNIT_PPM ? 1000000 : 1;
}

#endif
