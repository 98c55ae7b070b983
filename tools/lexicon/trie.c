/*
 * Nodes are laid out in the order of a walk through the sorted words: a node's
 * children together, then what is below the first of them, so a chain is one
 * run of memory.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "lexicon/table.h"

static inline uint32_t slot_of(const struct trie *t, uint32_t cp)
{
	return cp * 0x9E3779B1u >> t->shift;
}

/* The node of a first character whose slot another one has. */
static const struct trie_node *find_further(const struct trie *t, uint32_t cp)
{
	uint32_t mask = (1u << (32 - t->shift)) - 1, slot = slot_of(t, cp);

	while (t->firsts[slot = (slot + 1) & mask])
		if (t->nodes[t->firsts[slot]].cp == cp)
			return &t->nodes[t->firsts[slot]];
	return NULL;
}

static inline uint32_t place_of(uint32_t hash, uint32_t cp)
{
	return cp * (hash & ~31u) >> (hash & 31);
}

static inline const struct trie_node *find_child(const struct trie *t,
						 const struct trie_node *node,
						 uint32_t cp)
{
	const struct trie_node *child =
		&t->nodes[node->first + place_of(node->hash, cp)];

	return child->cp == cp ? child : NULL;
}

/* The longest word behind the node of the first character. */
static inline const void *match_from(const struct trie *t, const uint32_t *cps,
				     size_t n, size_t *length,
				     const struct trie_node *node)
{
	uint32_t best = 0;

	for (size_t k = 1; node; k++) {
		if (node->payload) {
			best = node->payload;
			*length = k;
		}
		node = k < n ? find_child(t, node, cps[k]) : NULL;
	}
	return best ? t->payloads[best - 1] : NULL;
}

__attribute__((noinline)) static const void *
match_further(const struct trie *t, const uint32_t *cps, size_t n,
	      size_t *length)
{
	return match_from(t, cps, n, length, find_further(t, cps[0]));
}

const void *trie_match(const struct trie *t, const uint32_t *cps, size_t n,
		       size_t *length)
{
	uint32_t first;

	if (!n)
		return NULL;
	first = t->firsts[slot_of(t, cps[0])];
	if (!first)
		return NULL; /* as nearly all that begin no word */
	if (t->nodes[first].cp != cps[0])
		return match_further(t, cps, n, length);
	return match_from(t, cps, n, length, &t->nodes[first]);
}

static const struct trie_node *find_first(const struct trie *t, uint32_t cp)
{
	uint32_t node = t->firsts[slot_of(t, cp)];

	if (!node)
		return NULL;
	return t->nodes[node].cp == cp ? &t->nodes[node]
				       : find_further(t, cp);
}

const void *trie_find(const struct trie *t, const uint32_t *cps, size_t n,
		      size_t *at)
{
	size_t length;

	for (size_t i = *at; i < n; i++) {
		const struct trie_node *node = find_first(t, cps[i]);
		const void *found;

		if (!node)
			continue;
		found = match_from(t, cps + i, n - i, &length, node);
		if (found) {
			*at = i;
			return found;
		}
	}
	return NULL;
}

/* The words that begin at a byte of the text. */
static void find_at(const struct trie *t, struct str text, size_t from,
		    void (*found)(void *ctx, const void *payload, size_t at),
		    void *ctx)
{
	size_t at = from;
	const struct trie_node *node = find_first(t, utf8_next(text, &at));

	for (; node; node = at < text.n ? find_child(t, node,
						     utf8_next(text, &at))
					: NULL)
		if (node->payload)
			found(ctx, t->payloads[node->payload - 1], from);
}

void trie_find_all(const struct trie *t, struct str text,
		   void (*found)(void *ctx, const void *payload, size_t at),
		   void *ctx)
{
	/* of the characters that words begin with, their bytes: the first ones
	 * that were looked for, and the last ones */
	bool done[256] = {false}, last[256] = {false};
	const char *end = text.n ? text.p + text.n : text.p;
	char bytes[4];

	for (uint32_t k = 1; k <= t->n_firsts; k++) {
		size_t n = utf8_put(bytes, t->nodes[k].cp);

		last[(unsigned char)bytes[n - 1]] = true;
	}
	for (uint32_t k = 1; k <= t->n_firsts; k++) {
		size_t n = utf8_put(bytes, t->nodes[k].cp);
		unsigned char first = (unsigned char)bytes[0];

		for (const char *p = text.p;
		     !done[first] && p < end &&
		     (p = memchr(p, first, (size_t)(end - p))); p++)
			if (n <= (size_t)(end - p) &&
			    last[(unsigned char)p[n - 1]])
				find_at(t, text, (size_t)(p - text.p), found,
					ctx);
		done[first] = true;
	}
}

struct build {
	const struct map_entry **words; /* sorted */
	struct trie_node *nodes;
	uint32_t n, cap; /* of the nodes */
};

static uint32_t add_nodes(struct build *b, uint32_t n)
{
	uint32_t first = b->n;

	if (b->n + n > b->cap) {
		b->cap = 2 * (b->n + n);
		b->nodes = memory_realloc(b->nodes, b->cap * sizeof *b->nodes);
	}
	for (b->n += n; n--;)
		b->nodes[first + n] = (struct trie_node){.cp = TRIE_FREE};
	return first;
}

/* The code point behind the first `at` bytes of a word; it ends before *next. */
static uint32_t code_point(const struct build *b, size_t word, size_t at,
			   size_t *next)
{
	*next = at;
	return utf8_next(b->words[word]->key, next);
}

/* Does a hash into 2^bits places keep the children apart? */
static bool is_apart(uint32_t hash, uint32_t bits, const uint32_t *cps,
		     uint32_t n, uint32_t *seen)
{
	for (uint32_t i = 0; i < 1u << bits; i++)
		seen[i] = TRIE_FREE;
	for (uint32_t k = 0; k < n; k++) {
		uint32_t *place = &seen[place_of(hash, cps[k])];

		if (*place != TRIE_FREE)
			return false;
		*place = cps[k];
	}
	return true;
}

/* The hash with the smallest table, and its bits: in the end each code point
 * has a place of its own. */
static uint32_t choose_hash(const uint32_t *cps, uint32_t n, uint32_t *bits)
{
	enum { FACTORS = 256, ALL = 21 };
	uint32_t *seen = NULL, hash = 32 + 31; /* of one child: 0 */

	*bits = 0;
	if (n < 2)
		return hash;
	while (++*bits < ALL) {
		if (1u << *bits < n)
			continue;
		seen = memory_realloc(seen, (sizeof *seen) << *bits);
		for (uint32_t k = 1; k <= FACTORS; k++) {
			hash = (k * 0x9E3779B1u & ~31u) | (32 - *bits);
			if (is_apart(hash, *bits, cps, n, seen)) {
				free(seen);
				return hash;
			}
		}
	}
	free(seen);
	return 1u << (32 - ALL) | (32 - ALL);
}

/* Where the child k of a node stands: the root's in order, behind it. */
static uint32_t child_of(const struct build *b, uint32_t node, uint32_t k,
			 uint32_t cp)
{
	const struct trie_node *n = &b->nodes[node];

	return n->first + (node ? place_of(n->hash, cp) : k);
}

/* Room for the children of a node, whose first characters these are. */
static void add_children(struct build *b, uint32_t node, const uint32_t *cps,
			 uint32_t n)
{
	uint32_t bits, first;

	if (node)
		b->nodes[node].hash = choose_hash(cps, n, &bits);
	first = add_nodes(b, node ? 1u << bits : n);
	b->nodes[node].first = first;
	for (uint32_t k = 0; k < n; k++)
		b->nodes[child_of(b, node, k, cps[k])].cp = cps[k];
}

/* The first characters behind `at` bytes of the words [from, to). */
static uint32_t first_characters(const struct build *b, size_t from, size_t to,
				 size_t at, uint32_t *cps)
{
	uint32_t n = 0;
	size_t next;

	for (size_t i = from; i < to; i++) {
		uint32_t cp = code_point(b, i, at, &next);

		if (!n || cps[n - 1] != cp)
			cps[n++] = cp;
	}
	return n;
}

/* The words [from, to), which agree in their first `at` bytes, below a node;
 * the number of its children. Where there is but one, it is gone on with: a
 * word may be as long as a file. */
static uint32_t put_children(struct build *b, uint32_t node, size_t from,
			     size_t to, size_t at)
{
	uint32_t *cps = memory_realloc(NULL, (to - from) * sizeof *cps);
	uint32_t own = 0, n = 1;
	size_t next, end;

	while (n == 1) {
		if (b->words[from]->key.n == at)
			b->nodes[node].payload = (uint32_t)++from;
		n = from < to ? first_characters(b, from, to, at, cps) : 0;
		own = own ? own : n;
		if (n)
			add_children(b, node, cps, n);
		if (n == 1) {
			node = child_of(b, node, 0, cps[0]);
			code_point(b, from, at, &at);
		}
	}
	for (uint32_t k = 0; k < n; k++, from = end) {
		for (end = from; end < to; end++)
			if (code_point(b, end, at, &next) != cps[k])
				break;
		code_point(b, from, at, &next);
		put_children(b, child_of(b, node, k, cps[k]), from, end, next);
	}
	free(cps);
	return own;
}

static void hash_firsts(struct trie *t, struct arena *a)
{
	uint32_t bits = 3;
	uint32_t *firsts;

	/* an eighth full, so that most characters meet a free slot */
	while (1u << bits < 8 * t->n_firsts)
		bits++;
	t->shift = 32 - bits;
	firsts = ARENA_ARRAY(a, uint32_t, (size_t)1 << bits);
	for (uint32_t k = 1; k <= t->n_firsts; k++) {
		uint32_t i = slot_of(t, t->nodes[k].cp);

		while (firsts[i])
			i = (i + 1) & ((1u << bits) - 1);
		firsts[i] = k;
	}
	t->firsts = firsts;
}

static int by_key(const void *a, const void *b)
{
	return str_compare((*(const struct map_entry *const *)a)->key,
			   (*(const struct map_entry *const *)b)->key);
}

static const uint32_t NONE[2]; /* the firsts of no words */

void trie_build(struct trie *t, struct arena *a, const struct map *words)
{
	struct build b = {0};
	const void **payloads = ARENA_ARRAY(a, const void *, words->n);
	struct trie_node *nodes;

	*t = (struct trie){.firsts = NONE, .shift = 31};
	if (!words->n)
		return;
	b.words = memory_realloc(NULL, words->n * sizeof *b.words);
	for (size_t i = 0; i < words->n; i++)
		b.words[i] = &words->entries[i];
	qsort(b.words, words->n, sizeof *b.words, by_key);
	for (size_t i = 0; i < words->n; i++)
		payloads[i] = b.words[i]->value;
	t->n_firsts = put_children(&b, add_nodes(&b, 1), 0, words->n, 0);
	nodes = arena_alloc_raw(a, b.n * sizeof *nodes);
	memcpy(nodes, b.nodes, b.n * sizeof *nodes);
	t->nodes = nodes;
	t->n_nodes = b.n;
	t->payloads = payloads;
	t->n_payloads = (uint32_t)words->n;
	hash_firsts(t, a);
	free(b.nodes);
	free(b.words);
}
