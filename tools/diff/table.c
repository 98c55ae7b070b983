/*
 * Keys are found by open addressing over their seven words. Rows are not
 * sorted themselves: table_index() counts them out by key into an array of
 * numbers, and sorts the few of each key.
 */
#include "diff/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "diff/trust.h"

static void free_index(struct diff_table *t)
{
	free(t->sorted);
	free(t->first_row);
	free(t->row_order);
	free(t->first_stated);
	free(t->stated_order);
	t->sorted = NULL;
	t->first_row = t->row_order = NULL;
	t->first_stated = t->stated_order = NULL;
}

void table_release(struct diff_table *t)
{
	free_index(t);
	free(t->rank);
	free(t->entity_rank);
	words_release(&t->entities);
	words_release(&t->words);
	words_release(&t->reasons);
	words_release(&t->scopes);
	free(t->keys);
	free(t->slots);
	free(t->rows);
	free(t->stated);
	free(t->docs);
	map_release(&t->doc_index[0]);
	map_release(&t->doc_index[1]);
	arena_release(&t->doc_arena);
	*t = (struct diff_table){0};
}

void table_clear(struct diff_table *t)
{
	free_index(t);
	words_clear(&t->reasons);
	t->n_keys = t->n_rows = t->n_stated = 0;
	t->last_key = 0;
	if (t->n_slots)
		memset(t->slots, 0, t->n_slots * sizeof *t->slots);
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
	void **place = map_put(index, id);

	if (!*place) {
		id = str_copy(&t->doc_arena, id);
		index->entries[index->n - 1].key = id;
		t->docs = grow(t->docs, t->n_docs, &t->cap_docs,
			       sizeof *t->docs);
		t->docs[t->n_docs] = (struct diff_doc){
			.id = id, .side = side};
		*place = (void *)(uintptr_t)++t->n_docs;
	}
	return (uint32_t)(uintptr_t)*place - 1;
}

/* Without a call, as it is asked for every row. */
static bool is_same(const struct diff_key *a, const struct diff_key *b)
{
	return !((a->entity ^ b->entity) | (a->item ^ b->item) |
		 (a->fund ^ b->fund) | (a->function ^ b->function) |
		 (a->economic ^ b->economic) | (a->nature ^ b->nature) |
		 (a->unit ^ b->unit));
}

static uint32_t hash_key(const struct diff_key *k)
{
	const uint32_t words[] = {k->entity,   k->item,   k->fund, k->function,
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

/*
 * The keys behind the one that was found last come first: documents tell their
 * figures in the order of those before them, but for a few.
 */
static bool find_near(struct diff_table *t, const struct diff_key *k)
{
	enum { NEAR = 4 };
	size_t to = (size_t)t->last_key + NEAR;

	for (size_t i = t->last_key; i <= to && i < t->n_keys; i++) {
		if (!is_same(&t->keys[i], k))
			continue;
		t->last_key = (uint32_t)i;
		return true;
	}
	return false;
}

uint32_t table_add_key(struct diff_table *t, const struct diff_key *k)
{
	uint32_t hash;
	size_t i;

	if (find_near(t, k))
		return t->last_key;
	hash = hash_key(k);
	if ((t->n_keys + 1) * 4 > t->n_slots * 3)
		grow_slots(t);
	i = find_slot(t, k, hash);
	if (!t->slots[i]) {
		t->keys = grow(t->keys, t->n_keys, &t->cap_keys,
			       sizeof *t->keys);
		t->keys[t->n_keys] = *k;
		t->slots[i] = make_slot(hash, t->n_keys);
		/* one more among those of before does not lead away */
		if (t->last_key + 1 >= t->n_keys)
			t->last_key = (uint32_t)t->n_keys;
		return (uint32_t)t->n_keys++;
	}
	t->last_key = (uint32_t)t->slots[i] - 1;
	return t->last_key;
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

void table_join_nameless(struct diff_table *t)
{
	size_t n = t->entities.map.n + 1;
	uint32_t *to;

	if (!t->any_nameless)
		return;
	to = memory_realloc(NULL, n * sizeof *to);
	for (size_t i = 0; i < n; i++)
		to[i] = table_is_nameless(t, (uint32_t)i) ? 0 : (uint32_t)i;
	table_rename(t, to);
	free(to);
}

void table_rename(struct diff_table *t, const uint32_t *to)
{
	size_t n = t->n_keys;
	uint32_t *place = memory_realloc(NULL, (n + 1) * sizeof *place);

	/* keys that become equal are one; a key never moves to the right */
	t->n_keys = 0;
	t->last_key = 0;
	if (t->n_slots)
		memset(t->slots, 0, t->n_slots * sizeof *t->slots);
	for (size_t i = 0; i < n; i++) {
		struct diff_key k = t->keys[i];

		k.entity = to[k.entity];
		place[i] = table_add_key(t, &k);
	}
	for (size_t i = 0; i < t->n_rows; i++)
		t->rows[i].key = place[t->rows[i].key];
	for (size_t i = 0; i < t->n_stated; i++)
		t->stated[i].row.key = place[t->stated[i].row.key];
	free(place);
}

void table_add_row(struct diff_table *t, const struct diff_row *r)
{
	t->rows = grow(t->rows, t->n_rows, &t->cap_rows, sizeof *t->rows);
	t->rows[t->n_rows++] = *r;
}

void table_add_stated(struct diff_table *t, const struct diff_stated *s)
{
	t->stated = grow(t->stated, t->n_stated, &t->cap_stated,
			 sizeof *t->stated);
	t->stated[t->n_stated++] = *s;
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

int table_compare_key(const struct diff_table *t, uint32_t a, uint32_t b)
{
	const struct diff_key *x = &t->keys[a], *y = &t->keys[b];
	const uint32_t left[] = {t->rank[x->item],     t->rank[x->fund],
				 t->rank[x->function], t->rank[x->economic],
				 t->rank[x->nature],   x->unit};
	const uint32_t right[] = {t->rank[y->item],     t->rank[y->fund],
				  t->rank[y->function], t->rank[y->economic],
				  t->rank[y->nature],   y->unit};

	for (size_t i = 0; i < sizeof left / sizeof *left; i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return 0;
}

static int compare_keys(const void *x, const void *y, void *table)
{
	const struct diff_table *t = table;
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	uint32_t left = t->entity_rank[t->keys[a].entity];
	uint32_t right = t->entity_rank[t->keys[b].entity];

	if (left != right)
		return left < right ? -1 : 1;
	return table_compare_key(t, a, b);
}

static int compare_rows(const void *x, const void *y, void *table)
{
	const struct diff_table *t = table;
	const struct diff_row *a = &t->rows[*(const uint32_t *)x];
	const struct diff_row *b = &t->rows[*(const uint32_t *)y];

	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	return trust_compare(t, a, b);
}

static int compare_stated(const void *x, const void *y, void *table)
{
	const struct diff_table *t = table;

	return trust_compare(t, &t->stated[*(const uint32_t *)x].row,
			     &t->stated[*(const uint32_t *)y].row);
}

/* Counts out n rows by key: first[key] … first[key + 1] in order. */
static void count_out(const struct diff_table *t, size_t n,
		      uint32_t (*key_of)(const struct diff_table *, size_t),
		      uint32_t **first_out, uint32_t **order_out)
{
	uint32_t *first =
		memory_realloc(NULL, (t->n_keys + 2) * sizeof *first);
	uint32_t *order = memory_realloc(NULL, (n + 1) * sizeof *order);

	memset(first, 0, (t->n_keys + 2) * sizeof *first);
	for (size_t i = 0; i < n; i++)
		first[key_of(t, i) + 2]++;
	for (size_t k = 2; k < t->n_keys + 2; k++)
		first[k] += first[k - 1];
	for (size_t i = 0; i < n; i++)
		order[first[key_of(t, i) + 1]++] = (uint32_t)i;
	*first_out = first;
	*order_out = order;
}

static uint32_t key_of_row(const struct diff_table *t, size_t i)
{
	return t->rows[i].key;
}

static uint32_t key_of_stated(const struct diff_table *t, size_t i)
{
	return t->stated[i].row.key;
}

/* Ranks stay good as long as no word is new. */
static void rank_words(const struct words *w, uint32_t **rank, size_t *ranked)
{
	if (*rank && *ranked == w->map.n)
		return;
	free(*rank);
	*rank = words_rank(w);
	*ranked = w->map.n;
}

void table_index(struct diff_table *t)
{
	free_index(t);
	rank_words(&t->words, &t->rank, &t->n_ranked);
	rank_words(&t->entities, &t->entity_rank, &t->n_entities_ranked);
	t->sorted = memory_realloc(NULL, (t->n_keys + 1) * sizeof *t->sorted);
	for (size_t i = 0; i < t->n_keys; i++)
		t->sorted[i] = (uint32_t)i;
	qsort_r(t->sorted, t->n_keys, sizeof *t->sorted, compare_keys, t);
	count_out(t, t->n_rows, key_of_row, &t->first_row, &t->row_order);
	count_out(t, t->n_stated, key_of_stated, &t->first_stated,
		  &t->stated_order);
	for (size_t k = 0; k < t->n_keys; k++) {
		uint32_t from = t->first_row[k], to = t->first_row[k + 1];

		if (to - from > 1)
			qsort_r(t->row_order + from, to - from,
				sizeof *t->row_order, compare_rows, t);
		from = t->first_stated[k];
		to = t->first_stated[k + 1];
		if (to - from > 1)
			qsort_r(t->stated_order + from, to - from,
				sizeof *t->stated_order, compare_stated, t);
	}
}
