/*
 * What is known of words and coordinates, whatever the document: the numbers
 * of words, which selectors they fit, the classes of coordinates, and what
 * people call these. Documents are many and their
 * coordinates few, so it is kept from one document to the next, and forgotten
 * between two where it has grown large.
 *
 * It belongs to one run in one thread, and one document at a time is entered:
 * known_begin() ends what may be looked up for the one before. Its memory is
 * its own until known_release(), the lists of a document in the arena of that.
 */
#ifndef BUD_CHECK_KNOWN_H
#define BUD_CHECK_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "check/class.h"
#include "check/rule.h"

/* Words of coordinates are numbered; 0 is the absent one. */
typedef uint32_t check_word;

/* Words that are always there. */
enum { WORD_LEVEL = 1, WORD_SHARE = 2 };

/* Dimensions that a sum can run over. */
enum { ALONG_DIMS = 6 };
extern const enum dim KNOWN_ALONG[ALONG_DIMS];

struct check_chain;
struct check_fact;

/* What a term asks for, given the coordinates of the first term. */
struct known_term {
	const struct check_chain *chain; /* NULL: of nothing known */
	check_word parts;  /* the coordinate of the whole of a sum */
	bool endless;
	size_t n_chains;   /* as many as were known then, 0: not asked yet */

	/* by list_find_parts() */
	const struct check_fact **all;
	uint32_t n, of; /* of: facts of the chain, when it was asked */
};

/* What is known of whole coordinates beside their facts. */
struct known_point {
	struct check_chain *along[ALONG_DIMS]; /* where its facts are parts */
	uint32_t shape;  /* the dimensions it has words in, see CLASS_SHAPE */
	uint32_t number; /* among the points of the document */

	/* once they were asked for */
	struct check_class *class;
	struct str subject[2]; /* by language */
	char hash[8]; /* hexadecimal digits; NUL: not asked yet */
	bool odd; /* a subject does not stand for itself in JSON */
};

/* The facts of the same coordinates, or of the same but one. There are many of
 * these, and each is as small as may be. */
struct check_chain {
	/* of the document of that number */
	uint32_t document;
	uint32_t n, cap;
	uint32_t longest; /* word along its dimension, in bytes */
	uint32_t *list;   /* indexes into its facts, in reading order */
	uint32_t few[4];  /* what a short list is */

	uint64_t key;        /* hash of what follows, of struct known_place */
	check_word at[DIMS]; /* UINT32_MAX: whatever it is */

	struct known_point own[]; /* one of whole coordinates, else none */
};

/* Which words fit a selector, and which one it names. */
enum { FIT_UNKNOWN, FIT_YES, FIT_NO };
struct known_fit {
	char *words;      /* by number, FIT_… */
	size_t n;
	check_word named; /* of the pattern, as long as n_words is this: */
	size_t n_words;
};

/* Open addressing with linear probing, at most half full. */
struct known_index {
	struct known_slot {
		uint64_t hash;
		struct check_chain *chain; /* NULL: free */
	} *slots;
	size_t n;
	unsigned bits; /* 2^bits slots, 0 none */
	unsigned first_bits; /* as it was before it was forgotten, 0: never */
};

struct known {
	struct arena arena;
	const struct rules *rules;
	size_t n_rules; /* of them, when it was begun */
	struct map words;
	struct str *word; /* by number */
	size_t n_words, cap_words;
	uint64_t *heads; /* by number, the first eight bytes of the words */
	size_t cap_heads;
	struct known_fit *fits; /* by the number of a selector */
	size_t n_fits;
	struct known_index chains;
	struct known_names *names; /* of words; label.c's own, NULL: none yet */
	struct classes classes; /* words come and go, but not they */
	struct known_classes {
		uint32_t *words; /* by word its class, 0: not asked yet */
		size_t n;
	} word_classes[CLASS_DIMS];
	check_word last_at[CLASS_DIMS]; /* whose class was found last */
	uint32_t last_words[CLASS_DIMS]; /* and its classes */
	uint32_t document; /* how many were begun since all was forgotten */
	check_word phases[PHASE_EXECUTED + 1]; /* 0: not asked yet */
	check_word kinds[KIND_COMPLETION + 1];
	struct {
		int year;
		check_word word;
	} years[8]; /* the latest added, as few are ever named */
	size_t n_years;
};

/* A new document. What is known of other rules is forgotten. */
void known_begin(struct known *k, const struct rules *rules);
void known_release(struct known *k);

/* The number of a word, a new one where it has none. */
check_word known_add_word(struct known *k, struct str word);
check_word known_add_year(struct known *k, int year);
check_word known_add_phase(struct known *k, enum phase p);
check_word known_add_kind(struct known *k, enum kind kind);

/* The number of a word, 0 for one that is not known. */
check_word known_word(const struct known *k, struct str word);

static inline struct str known_text(const struct known *k, check_word w)
{
	return w < k->n_words ? k->word[w] : (struct str){NULL, 0};
}

/* Whether a word fits a selector: check_match() with a memory. */
bool known_learn_fit(struct known *k, const struct selector *s, check_word w);
static inline bool known_fits(struct known *k, const struct selector *s,
			      check_word w)
{
	const struct known_fit *f;

	if (s->number >= k->n_fits)
		return known_learn_fit(k, s, w);
	f = &k->fits[s->number];
	return w < f->n && f->words[w] ? f->words[w] == FIT_YES
				       : known_learn_fit(k, s, w);
}

/* The number of the word that a selector names, 0 for one that is not known and
 * for "-", the absent one. */
check_word known_learn_named(struct known *k, const struct selector *s);
static inline check_word known_named(struct known *k, const struct selector *s)
{
	check_word w = s->number < k->n_fits ? k->fits[s->number].named : 0;

	return w ? w : known_learn_named(k, s);
}

/* The chain of whole coordinates, made where there is none. */
struct check_chain *known_put(struct known *k, const check_word at[DIMS]);

/* The class of whole coordinates. */
struct check_class *known_find_class(struct known *k, struct check_chain *c);
static inline struct check_class *known_class(struct known *k,
					      struct check_chain *c)
{
	return c->own->class ? c->own->class : known_find_class(k, c);
}

/* The chain of coordinates, or NULL: of whole ones, or with one dimension and
 * the whole of a share masked. */
const struct check_chain *known_find(const struct known *k,
				     const check_word at[DIMS]);
const struct check_chain *known_find_along(const struct known *k,
					   const check_word at[DIMS],
					   enum dim dim);

/* Coordinates and their hash, which follows when they are changed. */
struct known_place {
	check_word at[DIMS];
	uint64_t hash;
};
extern const uint64_t KNOWN_FACTORS[DIMS];
static inline void known_move(struct known_place *p, enum dim d, check_word w)
{
	if (p->at[d] == w)
		return;
	p->hash += ((uint64_t)w - p->at[d]) * KNOWN_FACTORS[d];
	p->at[d] = w;
}

/* The same two of a place, which the second leaves masked. */
const struct check_chain *known_find_place(const struct known *k,
					   const struct known_place *p);
const struct check_chain *known_find_place_along(const struct known *k,
						 struct known_place *p,
						 enum dim dim);

/* The chain, if facts of the document have its coordinates, else NULL. */
static inline const struct check_chain *
known_stated(const struct known *k, const struct check_chain *c)
{
	return c && c->document == k->document ? c : NULL;
}

#endif
