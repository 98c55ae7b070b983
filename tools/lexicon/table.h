/*
 * Inside the lexicon room: the tries and what the tables of share/ become.
 */
#ifndef BUD_LEXICON_TABLE_H
#define BUD_LEXICON_TABLE_H

#include "base/map.h"
#include "lexicon/lexicon.h"

#include "lexicon/place.h"
#include "lexicon/tables.h"

/*
 * Words and what they mean, sealed: a node's children are found at once, by a
 * hash of its own that keeps them apart, and a chain of nodes lies in a row, so
 * that a walk stays in the cache. The root's are too many for that; they stand
 * behind it and have a table. All of it is plain arrays, so it can be built
 * with the program; see tools/generate/vocabulary.c.
 */
struct trie_node {
	uint32_t cp;      /* TRIE_FREE: nothing stands here */
	uint32_t first;   /* its children, each where trie.c's place_of() says */
	uint32_t payload; /* index + 1, 0 = no word ends here */
	uint32_t hash;    /* a factor, whose lowest five bits are a shift */
};

enum { TRIE_FREE = 0xFFFFFF }; /* no code point */

struct trie {
	const struct trie_node *nodes; /* the root is the first */
	const void *const *payloads;   /* by the order of the words' bytes */
	const uint32_t *firsts; /* hash of a first character → node, 0 = none */
	uint32_t n_nodes, n_firsts, n_payloads;
	uint32_t shift; /* firsts has 2^(32 - shift) slots */
};

/* Seals the words of a map (folded text → payload); memory is the arena's. */
void trie_build(struct trie *t, struct arena *a, const struct map *words);

/* The longest word that cps begin with; NULL if none. */
const void *trie_match(const struct trie *t, const uint32_t *cps, size_t n,
		       size_t *length);

/* The longest of the words that begin at the first place from *at on where one
 * does, which *at becomes; NULL if there is none. */
const void *trie_find(const struct trie *t, const uint32_t *cps, size_t n,
		      size_t *at);

/* Every word that stands somewhere in the text, which is valid UTF-8, as it is
 * written there, and the byte where it begins. The bytes that words begin with
 * are looked for: fast where none of them is that of most Chinese characters. */
void trie_find_all(const struct trie *t, struct str text,
		   void (*found)(void *ctx, const void *payload, size_t at),
		   void *ctx);

struct section_word {
	enum section_kind kind;
	uint32_t order; /* the row that comes first wins */
};

/* A word of a template, not folded. It is looked for by its end, from a character
 * on that is rare in a text; words that have the same one are a chain. */
struct leftover {
	struct str word;
	size_t before; /* its bytes before that */
	const struct leftover *next; /* of the chain, or NULL */
};

struct table_words {
	struct arena arena;
	struct trie place[TABLE_PLACES];
};

struct region {
	struct str code, name, brief, now;
	int from, to; /* 0 = open */
};

enum position { AT_START, WITHIN, AT_END };

struct organisation {
	struct str word, kind;
	enum position position;
};

struct places {
	struct arena arena;
	const struct region *regions; /* by the first character of the name */
	const struct organisation *organisations; /* by position */
	size_t n_regions, n_organisations;
	size_t ends[AT_END + 1]; /* behind the last of each position */
};

struct lexicon {
	struct arena arena;
	bool built_in; /* made with the program; nothing to release */
	struct trie terms, units;
	struct trie sections;
	const struct leftover *leftovers;
	size_t n_leftovers;
	struct trie leftover_marks; /* the ends → first of a chain */
	struct trie sites[SITE_WORDS];
	struct map functions, economics; /* code → struct lexicon_code */
	const struct table_words *tables;
	const struct places *places;
};

/* The tables of share/ as they were when the program was built. */
extern const struct lexicon lexicon_built_in;

/* What lexicon_load() does where an edited table may be. */
struct lexicon *lexicon_read(struct share *share, struct messages *messages);

/* A number of a table that fills the field and lies within; or false. */
bool lexicon_number(struct str field, int least, int most, int *out);

/* A year, or how many years from the document's; an empty field is 0.
 * -9999 to 9999; false for anything else. */
bool lexicon_year(struct str field, int *year);

/* Text as lexicon_fold() leaves it, in the arena. */
struct str lexicon_fold_text(struct arena *a, struct str s);

#endif
