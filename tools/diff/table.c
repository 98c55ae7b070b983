/*
 * Keys are found by open addressing over their six words. Rows are never
 * moved: table_index() sorts their spans by entity, and ranks the keys.
 */
#include "diff/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { MOST_KEPT = 1 << 16 }; /* keys */

void table_release(struct diff_table *t)
{
	words_release(&t->entities);
	words_release(&t->words);
	words_release(&t->reasons);
	words_release(&t->scopes);
	free(t->keys);
	free(t->slots);
	free(t->wholes);
	free(t->rank);
	store_release(&t->rows);
	store_release(&t->stated);
	free(t->docs);
	map_release(&t->doc_index[0]);
	map_release(&t->doc_index[1]);
	arena_release(&t->doc_arena);
	*t = (struct diff_table){0};
}

/* A stream of many entities must not pile up the keys of all. */
static void forget_keys(struct diff_table *t)
{
	t->n_keys = t->n_wholes = t->n_ranked = 0;
	t->last_key = 0;
	memset(t->slots, 0, t->n_slots * sizeof *t->slots);
}

void table_clear(struct diff_table *t)
{
	words_clear(&t->reasons);
	store_clear(&t->rows);
	store_clear(&t->stated);
	if (t->n_keys > MOST_KEPT)
		forget_keys(t);
}

/* Makes room for one more; doubles, so that adding is linear. */
static void *grow(void *list, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return list;
	*cap = *cap ? *cap * 2 : 64;
	return memory_realloc(list, *cap * size);
}

uint32_t table_add_doc(struct diff_table *t, unsigned side, struct str id)
{
	struct map *index = &t->doc_index[side];
	uint32_t last = t->last_doc[side];
	void **place;

	if (last && str_equal(t->docs[last - 1].id, id))
		return last - 1;
	place = map_put(index, id);
	if (!*place) {
		id = str_copy(&t->doc_arena, id);
		index->entries[index->n - 1].key = id;
		t->docs = grow(t->docs, t->n_docs, &t->cap_docs,
			       sizeof *t->docs);
		t->docs[t->n_docs] = (struct diff_doc){
			.id = id, .side = side};
		*place = (void *)(uintptr_t)++t->n_docs;
	}
	t->last_doc[side] = (uint32_t)(uintptr_t)*place;
	return t->last_doc[side] - 1;
}

/* Without a call, as it is asked for every row. */
static bool is_same(const struct diff_key *a, const struct diff_key *b)
{
	return !((a->item ^ b->item) | (a->fund ^ b->fund) |
		 (a->function ^ b->function) | (a->economic ^ b->economic) |
		 (a->nature ^ b->nature) | (a->unit ^ b->unit));
}

static uint32_t hash_key(const struct diff_key *k)
{
	const uint32_t words[] = {k->item,     k->fund,   k->function,
				  k->economic, k->nature, k->unit};
	uint64_t h = 0;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		h = (h ^ words[i]) * UINT64_C(0x9E3779B97F4A7C15);
		h ^= h >> 32;
	}
	return (uint32_t)h;
}

/* A slot holds the hash beside the key's number + 1, so that keys, which lie
 * far apart in memory, are seldom looked at in vain. */
static uint64_t make_slot(uint32_t hash, size_t key)
{
	return (uint64_t)hash << 32 | (uint64_t)(key + 1);
}

/* The slot of the key, or the free one where it belongs. */
static size_t find_slot(const struct diff_table *t, const struct diff_key *k,
			uint32_t hash)
{
	size_t i = hash & (t->n_slots - 1);

	while (t->slots[i]) {
		uint32_t key = (uint32_t)t->slots[i] - 1;

		if (t->slots[i] >> 32 == hash && is_same(&t->keys[key], k))
			break;
		i = (i + 1) & (t->n_slots - 1);
	}
	return i;
}

/* In the order of the old slots, so that the new ones are written from two
 * places on and not here and there. */
static void grow_slots(struct diff_table *t)
{
	size_t n = t->n_slots ? t->n_slots * 2 : 256;
	uint64_t *slots = memory_realloc(NULL, n * sizeof *slots);

	memset(slots, 0, n * sizeof *slots);
	for (size_t i = 0; i < t->n_slots; i++) {
		size_t at = (t->slots[i] >> 32) & (n - 1);

		if (!t->slots[i])
			continue;
		while (slots[at])
			at = (at + 1) & (n - 1);
		slots[at] = t->slots[i];
	}
	free(t->slots);
	t->slots = slots;
	t->n_slots = n;
}

uint32_t table_add_key(struct diff_table *t, const struct diff_key *k)
{
	uint32_t hash = hash_key(k);
	size_t i;

	if ((t->n_keys + 1) * 4 > t->n_slots * 3)
		grow_slots(t);
	i = find_slot(t, k, hash);
	if (!t->slots[i]) {
		t->keys = grow(t->keys, t->n_keys, &t->cap_keys,
			       sizeof *t->keys);
		t->keys[t->n_keys] = *k;
		t->slots[i] = make_slot(hash, t->n_keys++);
	}
	return (uint32_t)t->slots[i] - 1;
}

static bool is_key_of(const struct words *w, const struct diff_key *k,
		      const struct coordinates *at, enum unit unit)
{
	return k->unit == unit && str_equal(words_text(w, k->item), at->item) &&
	       str_equal(words_text(w, k->fund), at->fund) &&
	       str_equal(words_text(w, k->function), at->function) &&
	       str_equal(words_text(w, k->economic), at->economic) &&
	       str_equal(words_text(w, k->nature), at->nature);
}

/*
 * The keys behind the one that was found last come first: documents tell their
 * figures in the order of those before them, but for a few.
 */
static bool find_near(struct diff_table *t, const struct coordinates *at,
		      enum unit unit)
{
	enum { NEAR = 4 };
	size_t to = (size_t)t->last_key + NEAR;

	for (size_t i = t->last_key; i <= to && i < t->n_keys; i++) {
		if (!is_key_of(&t->words, &t->keys[i], at, unit))
			continue;
		t->last_key = (uint32_t)i;
		return true;
	}
	return false;
}

uint32_t table_key_of(struct diff_table *t, const struct coordinates *at,
		      enum unit unit)
{
	size_t n = t->n_keys;
	struct diff_key k;
	uint32_t key;

	if (find_near(t, at, unit))
		return t->last_key;
	k = (struct diff_key){
		.item = words_add(&t->words, at->item),
		.fund = words_add(&t->words, at->fund),
		.function = words_add(&t->words, at->function),
		.economic = words_add(&t->words, at->economic),
		.nature = words_add(&t->words, at->nature),
		.unit = unit,
	};
	key = table_add_key(t, &k);
	/* one more among those of before does not lead away */
	if (t->n_keys == n || t->last_key + 1 >= n)
		t->last_key = key;
	return key;
}

uint32_t table_find_key(const struct diff_table *t, const struct diff_key *k)
{
	if (!t->n_slots)
		return NO_KEY;
	return (uint32_t)t->slots[find_slot(t, k, hash_key(k))] - 1;
}

/* No name begins with a control character: that would be trimmed away. */
enum { NAMELESS = 1 };

uint32_t table_nameless(struct diff_table *t, const struct diff_doc *doc)
{
	struct buf name = {0};
	uint32_t word;

	buf_putc(&name, NAMELESS);
	buf_put_str(&name, doc->id);
	word = words_add(&t->entities, buf_str(&name));
	t->any_nameless = true;
	buf_release(&name);
	return word;
}

bool table_is_nameless(const struct diff_table *t, uint32_t entity)
{
	return table_is_nameless_name(words_text(&t->entities, entity));
}

bool table_is_nameless_name(struct str entity)
{
	return !entity.n || entity.p[0] == NAMELESS;
}

static void join_nameless(const struct diff_table *t, struct store *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (table_is_nameless(t, s->spans[i].entity))
			s->spans[i].entity = 0;
}

void table_join_nameless(struct diff_table *t)
{
	if (!t->any_nameless)
		return;
	join_nameless(t, &t->rows);
	join_nameless(t, &t->stated);
}

void table_add_row(struct diff_table *t, uint32_t entity,
		   const struct diff_row *r)
{
	struct diff_row *place = store_add(&t->rows, entity, sizeof *place);

	*place = *r;
}

void table_add_stated(struct diff_table *t, uint32_t entity,
		      const struct diff_stated *s)
{
	struct diff_stated *place = store_add(&t->stated, entity,
					      sizeof *place);

	*place = *s;
}

int table_distance(const struct diff_table *t, const struct diff_row *r)
{
	const struct diff_doc *d = &t->docs[r->doc];

	if (!d->year)
		return 0;
	if (d->year != r->year)
		return 2;
	return d->phase != PHASE_NONE && d->phase != (enum phase)r->phase;
}

static int compare_words(const struct words *w, uint32_t a, uint32_t b)
{
	return a == b ? 0 : str_compare(words_text(w, a), words_text(w, b));
}

int table_compare_entity(const struct diff_table *t, uint32_t a, uint32_t b)
{
	return compare_words(&t->entities, a, b);
}

static int compare_coordinates(const struct words *w, const struct diff_key *x,
			       const struct diff_key *y)
{
	const uint32_t left[] = {x->item, x->fund, x->function, x->economic,
				 x->nature};
	const uint32_t right[] = {y->item, y->fund, y->function, y->economic,
				  y->nature};
	int c = 0;

	for (size_t i = 0; i < sizeof left / sizeof *left && !c; i++)
		c = compare_words(w, left[i], right[i]);
	return c ? c : (x->unit > y->unit) - (x->unit < y->unit);
}

int table_compare_key(const struct diff_table *t, uint32_t a, uint32_t b)
{
	if (a < t->n_ranked && b < t->n_ranked)
		return (t->rank[a] > t->rank[b]) - (t->rank[a] < t->rank[b]);
	return compare_coordinates(&t->words, &t->keys[a], &t->keys[b]);
}

static int compare_keys(const void *x, const void *y, void *table)
{
	return table_compare_key(table, *(const uint32_t *)x,
				 *(const uint32_t *)y);
}

/* Whenever there are twice as many: where entities come one by one, each with
 * keys of its own, ranking all each time would be quadratic. */
static void rank_keys(struct diff_table *t)
{
	size_t n = t->n_keys;
	uint32_t *sorted;

	if (n <= 2 * t->n_ranked)
		return;
	sorted = memory_realloc(NULL, n * sizeof *sorted);
	for (size_t i = 0; i < n; i++)
		sorted[i] = (uint32_t)i;
	t->n_ranked = 0;
	qsort_r(sorted, n, sizeof *sorted, compare_keys, t);
	t->rank = memory_realloc(t->rank, n * sizeof *t->rank);
	for (size_t i = 0; i < n; i++)
		t->rank[sorted[i]] = (uint32_t)i;
	t->n_ranked = n;
	free(sorted);
}

static int compare_spans(const void *x, const void *y, void *rank)
{
	uint32_t a = ((const uint32_t *)rank)[((const struct span *)x)->entity];
	uint32_t b = ((const uint32_t *)rank)[((const struct span *)y)->entity];

	return (a > b) - (a < b);
}

static bool is_of_one(const struct store *s)
{
	for (size_t i = 1; i < s->n; i++)
		if (s->spans[i].entity != s->spans[0].entity)
			return false;
	return true;
}

static void sort_spans(struct store *s, uint32_t *rank)
{
	if (s->n > 1)
		qsort_r(s->spans, s->n, sizeof *s->spans, compare_spans, rank);
}

void table_index(struct diff_table *t)
{
	uint32_t *rank;

	rank_keys(t);
	if (is_of_one(&t->rows) && is_of_one(&t->stated))
		return;
	rank = words_rank(&t->entities);
	sort_spans(&t->rows, rank);
	sort_spans(&t->stated, rank);
	free(rank);
}

/* The spans behind from that are of the entity. */
static size_t skip_spans(const struct store *s, size_t from, uint32_t entity)
{
	while (from < s->n && s->spans[from].entity == entity)
		from++;
	return from;
}

bool table_next_group(const struct diff_table *t, struct diff_group *g)
{
	const struct store *rows = &t->rows, *stated = &t->stated;

	g->from = g->to;
	g->stated_from = g->stated_to;
	if (g->from < rows->n)
		g->entity = rows->spans[g->from].entity;
	else if (g->stated_from < stated->n)
		g->entity = stated->spans[g->stated_from].entity;
	else
		return false;
	if (g->stated_from < stated->n &&
	    table_compare_entity(t, stated->spans[g->stated_from].entity,
				 g->entity) < 0)
		g->entity = stated->spans[g->stated_from].entity;
	g->to = skip_spans(rows, g->from, g->entity);
	g->stated_to = skip_spans(stated, g->stated_from, g->entity);
	return true;
}
