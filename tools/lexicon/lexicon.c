/*
 * The matcher is a trie whose edges stand in one hash table keyed by (node,
 * code point): a step is one probe, building it is one insertion a character.
 */
#include "lexicon/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "lexicon/place.h"
#include "lexicon/table.h"
#include "lexicon/tables.h"

struct edge {
	uint64_t key; /* node << 32 | code point; 0 = free */
	uint32_t child;
};

void trie_release(struct trie *t)
{
	free(t->edges);
	free(t->payload);
	*t = (struct trie){0};
}

static size_t edge_slot(const struct trie *t, uint64_t key)
{
	size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (t->n_slots - 1);

	while (t->edges[i].key && t->edges[i].key != key)
		i = (i + 1) & (t->n_slots - 1);
	return i;
}

static void trie_grow(struct trie *t)
{
	struct edge *old = t->edges;
	size_t n_old = t->n_slots;

	t->n_slots = n_old ? n_old * 2 : 1024;
	t->edges = memory_realloc(NULL, t->n_slots * sizeof *t->edges);
	memset(t->edges, 0, t->n_slots * sizeof *t->edges);
	for (size_t i = 0; i < n_old; i++)
		if (old[i].key)
			t->edges[edge_slot(t, old[i].key)] = old[i];
	free(old);
}

static uint32_t trie_child(struct trie *t, uint32_t node, uint32_t cp)
{
	uint64_t key = (uint64_t)(node + 1) << 32 | cp;
	size_t i;

	if (t->n_edges * 2 >= t->n_slots)
		trie_grow(t);
	i = edge_slot(t, key);
	if (!t->edges[i].key) {
		t->edges[i] = (struct edge){key, ++t->n_nodes};
		t->n_edges++;
	}
	return t->edges[i].child;
}

const void **trie_put(struct trie *t, struct str text)
{
	uint32_t node = 0;
	size_t at = 0;

	while (at < text.n)
		node = trie_child(t, node, utf8_next(text, &at));
	if (node >= t->cap_payload) {
		size_t cap = t->cap_payload ? t->cap_payload : 1024;

		while (cap <= node)
			cap *= 2;
		t->payload =
			memory_realloc(t->payload, cap * sizeof *t->payload);
		memset(t->payload + t->cap_payload, 0,
		       (cap - t->cap_payload) * sizeof *t->payload);
		t->cap_payload = cap;
	}
	return &t->payload[node];
}

const void *trie_match(const struct trie *t, const uint32_t *cps, size_t n,
		       size_t *length)
{
	const void *best = NULL;
	uint32_t node = 0;

	for (size_t k = 0; k < n && t->n_slots; k++) {
		size_t i = edge_slot(t, (uint64_t)(node + 1) << 32 | cps[k]);

		if (!t->edges[i].key)
			break;
		node = t->edges[i].child;
		if (node < t->cap_payload && t->payload[node]) {
			best = t->payload[node];
			*length = k + 1;
		}
	}
	return best;
}

const struct lexicon_term *lexicon_match(const struct lexicon *l,
					 const uint32_t *cps, size_t n,
					 size_t *length)
{
	return trie_match(&l->terms, cps, n, length);
}

const struct lexicon_unit *lexicon_match_unit(const struct lexicon *l,
					      const uint32_t *cps, size_t n,
					      size_t *length)
{
	return trie_match(&l->units, cps, n, length);
}

const struct lexicon_code *lexicon_find_code(const struct lexicon *l,
					     struct str code, bool functional)
{
	return map_get(functional ? &l->functions : &l->economics, code);
}

enum section_kind lexicon_section(const struct lexicon *l, struct str heading,
				  bool *known)
{
	struct arena a = {0};
	struct str folded = lexicon_fold_text(&a, heading);
	enum section_kind kind = SECTION_PLAIN;
	bool found = false;

	for (size_t i = 0; i < l->n_sections && !found; i++) {
		found = str_find(folded, l->sections[i].word) != SIZE_MAX;
		if (found)
			kind = l->sections[i].kind;
	}
	if (known)
		*known = found;
	arena_release(&a);
	return kind;
}

struct str lexicon_counted(const struct lexicon *l, struct str item,
			   struct str measure)
{
	char key[128];
	size_t n = item.n + 1 + measure.n;
	const struct str *found;

	if (n > sizeof key || !item.n)
		return (struct str){NULL, 0};
	memcpy(key, item.p, item.n);
	key[item.n] = ' ';
	memcpy(key + item.n + 1, measure.p, measure.n);
	found = map_get(&l->counted, (struct str){key, n});
	return found ? *found : (struct str){NULL, 0};
}

uint32_t lexicon_fold(uint32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		cp -= 0xFEE0;
	switch (cp) {
	case ' ':
	case '\t':
	case '\n':
	case '\r':
	case 0xA0:
	case 0xAD:
	case 0x2002:
	case 0x2003:
	case 0x2009:
	case 0x200B:
	case 0x2060:
	case 0x3000:
	case 0xFEFF:
	case '"':
	case '\'':
	case 0x2018:
	case 0x2019:
	case 0x201C:
	case 0x201D:
	case 0x300C:
	case 0x300D:
	case 0x300E:
	case 0x300F:
		return 0;
	case 0x3014: /* 〔 */
	case '[':
	case 0x3010: /* 【 */
		return '(';
	case 0x3015:
	case ']':
	case 0x3011:
		return ')';
	case 0x2212: /* − */
	case 0x2013:
	case 0x2014:
	case 0x2010:
	case 0x2011:
		return '-';
	case 0x3002: /* 。 */
	case 0xFF61:
		return 0x3002;
	case 0xFE50:
		return ',';
	case 0x2E31:
	case 0x30FB:
	case 0xFF65:
	case 0xB7:
		return 0x3001; /* 、 */
	default:
		return cp < 0x20 || cp == 0x7F ? 0 : cp;
	}
}

void lexicon_release(struct lexicon *l)
{
	if (!l)
		return;
	table_words_release(l->tables);
	places_release(l->places);
	trie_release(&l->terms);
	trie_release(&l->units);
	map_release(&l->counted);
	map_release(&l->functions);
	map_release(&l->economics);
	arena_release(&l->arena);
	free(l);
}
