/*
 * A node's children are found by bisection. Nodes are laid out in the order of
 * a walk through the sorted words: a node's children together, then what is
 * below the first of them, so a chain is one run of memory.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "lexicon/table.h"

static inline uint32_t slot_of(const struct trie *t, uint32_t cp)
{
	return cp * 0x9E3779B1u >> t->shift;
}

static inline const struct trie_node *find_first(const struct trie *t, uint32_t cp)
{
	uint32_t mask = (1u << (32 - t->shift)) - 1, i = slot_of(t, cp);

	for (; t->firsts[i]; i = (i + 1) & mask)
		if (t->nodes[t->firsts[i]].cp == cp)
			return &t->nodes[t->firsts[i]];
	return NULL;
}

/* Bisected without a branch that the processor would have to guess. */
static inline const struct trie_node *find_child(const struct trie *t,
						 const struct trie_node *node,
						 uint32_t cp)
{
	const struct trie_node *child = t->nodes + node->first;
	uint32_t n = node->n;

	while (n > 1) {
		uint32_t half = n / 2;

		child = child[half].cp <= cp ? child + half : child;
		n -= half;
	}
	return n && child->cp == cp ? child : NULL;
}

const void *trie_match(const struct trie *t, const uint32_t *cps, size_t n,
		       size_t *length)
{
	const struct trie_node *node;
	uint32_t best = 0;
	size_t k = 0;

	if (!n || !t->n_nodes)
		return NULL;
	for (node = find_first(t, cps[0]); node;
	     node = k < n ? find_child(t, node, cps[k]) : NULL) {
		k++;
		if (node->payload) {
			best = node->payload;
			*length = k;
		}
	}
	return best ? t->payloads[best - 1] : NULL;
}

void trie_find_all(const struct trie *t, struct str text,
		   void (*found)(void *ctx, const void *payload), void *ctx)
{
	const struct trie_node *root = t->nodes;
	uint64_t filter[4] = {0}; /* the last eight bits of first characters */

	if (!t->n_nodes)
		return;
	for (uint32_t k = 0; k < root->n; k++) {
		uint32_t cp = t->nodes[root->first + k].cp;

		filter[cp >> 6 & 3] |= UINT64_C(1) << (cp & 63);
	}
	for (size_t from = 0; from < text.n;) {
		const unsigned char *p = (const unsigned char *)text.p + from;
		const struct trie_node *node;
		uint32_t cp;

		/* nearly all of Chinese, by its last two bytes */
		if (*p >= 0xE1 && *p < 0xED && text.n - from >= 3 &&
		    !(filter[p[1] & 3] >> (p[2] & 63) & 1)) {
			from += 3;
			continue;
		}
		cp = utf8_next(text, &from);
		if (!(filter[cp >> 6 & 3] >> (cp & 63) & 1))
			continue;
		node = find_first(t, cp);
		for (size_t at = from; node;
		     node = at < text.n ? find_child(t, node,
						     utf8_next(text, &at))
					: NULL)
			if (node->payload)
				found(ctx, t->payloads[node->payload - 1]);
	}
}

struct build {
	struct trie_node *nodes;
	const struct map_entry **words; /* sorted */
};

static size_t next_byte(const struct map_entry *word, size_t at, uint32_t *cp)
{
	*cp = utf8_next(word->key, &at);
	return at;
}

/* The words [from, to), which agree in their first `at` bytes, below `node`. */
static void put_children(struct trie *t, struct build *b, uint32_t node,
			 size_t from, size_t to, size_t at)
{
	uint32_t first = t->n_nodes, cp, n = 0;

	if (b->words[from]->key.n == at)
		b->nodes[node].payload = (uint32_t)++from;
	for (size_t i = from; i < to; i++) {
		next_byte(b->words[i], at, &cp);
		if (!n || b->nodes[first + n - 1].cp != cp)
			b->nodes[first + n++] = (struct trie_node){.cp = cp};
	}
	b->nodes[node].first = first;
	b->nodes[node].n = n;
	t->n_nodes += n;
	for (uint32_t k = 0; k < n; k++) {
		size_t end = from, behind = at;

		while (end < to) {
			size_t next = next_byte(b->words[end], at, &cp);

			if (cp != b->nodes[first + k].cp)
				break;
			behind = next;
			end++;
		}
		put_children(t, b, first + k, from, end, behind);
		from = end;
	}
}

static void hash_firsts(struct trie *t, struct arena *a)
{
	const struct trie_node *root = t->nodes;
	uint32_t bits = 3;
	uint32_t *firsts;

	/* a quarter full, so that most characters meet a free slot */
	while (1u << bits < 4 * root->n)
		bits++;
	t->shift = 32 - bits;
	firsts = ARENA_ARRAY(a, uint32_t, (size_t)1 << bits);
	for (uint32_t k = 0; k < root->n; k++) {
		uint32_t i = slot_of(t, t->nodes[root->first + k].cp);

		while (firsts[i])
			i = (i + 1) & ((1u << bits) - 1);
		firsts[i] = root->first + k;
	}
	t->firsts = firsts;
}

static int by_key(const void *a, const void *b)
{
	return str_compare((*(const struct map_entry *const *)a)->key,
			   (*(const struct map_entry *const *)b)->key);
}

void trie_build(struct trie *t, struct arena *a, const struct map *words)
{
	struct build b;
	const void **payloads = ARENA_ARRAY(a, const void *, words->n);
	size_t most = 1;

	*t = (struct trie){0};
	if (!words->n)
		return;
	b.words = memory_realloc(NULL, words->n * sizeof *b.words);
	for (size_t i = 0; i < words->n; i++) {
		b.words[i] = &words->entries[i];
		most += words->entries[i].key.n;
	}
	qsort(b.words, words->n, sizeof *b.words, by_key);
	for (size_t i = 0; i < words->n; i++)
		payloads[i] = b.words[i]->value;
	b.nodes = ARENA_ARRAY(a, struct trie_node, most);
	t->nodes = b.nodes;
	t->payloads = payloads;
	t->n_payloads = (uint32_t)words->n;
	t->n_nodes = 1;
	put_children(t, &b, 0, 0, words->n, 0);
	hash_firsts(t, a);
	free(b.words);
}
