/*
 * Where an organisation is and what it is, as far as its name tells:
 * share/codes/regions.tsv (GB/T 2260, with former names by year) and
 * share/lexicon/organisations.tsv.
 *
 * A name is read from its front: an opening of the second table (中共,
 * 国家税务总局), then the places from the larger to the smaller, each in full
 * or for short (江苏省昆山市, 重庆开州区). A name that several places of the year
 * share and that no larger place before it tells apart (朝阳区) gives nothing.
 */
#ifndef BUD_LEXICON_PLACE_H
#define BUD_LEXICON_PLACE_H

#include "lexicon/lexicon.h"

struct lexicon_place {
	struct str region; /* six digits, as they were in the year; or empty */
	struct str now;    /* the code that the place has today */
	struct str kind;   /* of the organisation, empty where it is none */
	/* the bytes of the name that are the place, and those before it */
	size_t start, length;
};

/* year 0: the latest. Slices borrow from the lexicon. */
struct lexicon_place lexicon_place(const struct lexicon *l, struct str name,
				   int year);

struct places;

/* NULL on a mistake in a table, which was reported. */
const struct places *places_load(struct share *share,
				 struct messages *messages);
void places_release(const struct places *p);

#endif
