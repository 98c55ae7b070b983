/*
 * Inside the lexicon room: the tries and how the tables of share/ fill them.
 */
#ifndef BUD_LEXICON_TABLE_H
#define BUD_LEXICON_TABLE_H

#include "base/map.h"
#include "lexicon/lexicon.h"

struct edge;
struct places;
struct table_words;

struct trie {
	struct edge *edges;
	size_t n_edges, n_slots;
	uint32_t n_nodes;
	const void **payload; /* by node */
	size_t cap_payload;
};

struct section_word {
	struct str word; /* folded */
	enum section_kind kind;
};

struct lexicon {
	struct arena arena;
	struct trie terms, units;
	struct section_word *sections;
	size_t n_sections, cap_sections;
	struct map counted; /* "item measure" → struct str */
	struct map functions, economics; /* code → struct lexicon_code */
	struct table_words *tables;
	struct places *places;
};

/* Text as lexicon_fold() leaves it, in the arena. */
struct str lexicon_fold_text(struct arena *a, struct str s);

void trie_release(struct trie *t);

/* The payload of a text, NULL if new. The pointer holds until the next put. */
const void **trie_put(struct trie *t, struct str text);
const void *trie_match(const struct trie *t, const uint32_t *cps, size_t n,
		       size_t *length);

#endif
