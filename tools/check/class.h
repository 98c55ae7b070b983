/*
 * Classes of coordinates: those that no rule within a document tells apart.
 * Entities, years and codes are many, what rules ask of them is little: which
 * patterns a word fits. So what follows for one coordinate, which rules are
 * held against it and which of their terms it may be, follows for its class.
 *
 * Words are put into classes by dimension, coordinates by the classes of their
 * words. All memory is the room's own until class_release().
 */
#ifndef BUD_CHECK_CLASS_H
#define BUD_CHECK_CLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "check/rule.h"

/* The dimensions that a rule can name. */
enum { CLASS_DIMS = DIM_KIND + 1 };

/* The forms of a rule that fit coordinates, a bit each; a rule has few, and
 * those beyond 63 count as one. */
static inline uint64_t class_form(size_t form)
{
	return UINT64_C(1) << (form < 63 ? form : 63);
}

struct class_rule {
	size_t rule; /* in rules.list */
	uint64_t forms;
};

struct check_class {
	uint32_t words[CLASS_DIMS]; /* the classes of its words */
	const struct class_rule *rules; /* held against it, in their order */
	const uint32_t *terms; /* that it may be, as class_term() numbers them:
				* it has what they name, and a part of a sum */
	const uint32_t *voids; /* rules that an amount of it makes void */
	size_t n_rules, n_terms, n_voids;

	/* of the document of that number; see held.h */
	size_t document;
	bool odd; /* what is no share has a whole */
	uint32_t *points;
	size_t n, cap;
	size_t longest[CLASS_DIMS]; /* words of its points, in bytes */
	uint64_t shapes; /* of its points, a bit each */
};

/* What a term or a sum asks of coordinates beside what it names. */
struct class_asked {
	enum {
		CLASS_ANY,     /* nothing */
		CLASS_OWN,     /* that they are those of the first term */
		CLASS_LONGER,  /* of a sum, words longer than that of the whole */
	} how;
	enum dim parts;        /* of a sum */
	/* which dimensions they have a word in, a bit of each of CLASS_SHAPE:
	 * those that the first term has, and those that are named */
	uint8_t kept, named;
};

/* Dimensions that facts often have no word in. */
enum { CLASS_SHAPES = 6 };
extern const enum dim CLASS_SHAPE[CLASS_SHAPES];

struct classes {
	struct arena arena;
	const struct rules *rules;
	struct class_tests {
		struct class_test *list;
		size_t n, cap;
	} tests[CLASS_DIMS];
	struct class_need *need;
	size_t n_need, cap_need;
	struct class_ask *asks; /* of all rules within documents */
	size_t n_asks, cap_asks;
	size_t *first_term; /* by rule */
	struct class_asked *terms; /* of all rules, as class_term() says */
	size_t n_terms;
	uint64_t *fits; /* of the word that is looked at: by test, a bit each */
	struct {
		struct class_rule *rules;
		uint32_t *terms, *voids;
	} spare; /* for the class that is made */
	struct map words;
	const uint64_t **word; /* by number: what it fits */
	size_t n_words, cap_words;
	struct map list;
};

/* The rules must not change as long as the classes are. */
void class_begin(struct classes *cs, const struct rules *rules);
void class_release(struct classes *cs);

/* How many classes there are, of words and of coordinates. */
static inline size_t class_count(const struct classes *cs)
{
	return cs->n_words + cs->list.n;
}

/* The number of the class of a word in a dimension; 0 where rules ask nothing
 * there. */
uint32_t class_word(struct classes *cs, enum dim dim, struct str word);

/* The class of coordinates, given those of their words. */
struct check_class *class_find(struct classes *cs,
			     const uint32_t words[CLASS_DIMS]);

/* Terms and sums are numbered through all rules. */
static inline size_t class_term(const struct classes *cs, size_t rule,
				const struct formula *form)
{
	return cs->first_term[rule] + form->first_term;
}

#endif
