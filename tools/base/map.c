/* Open addressing with linear probing, at most half full. */
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { MANY = 1 << 10 }; /* slots */

/* Eight bytes a step. Differs between machines, which nothing shows: the
 * order of a map is that of insertion. */
static uint64_t hash_key(struct str key)
{
	const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t h = key.n * odd, word;
	size_t at = 0;

	for (; key.n - at >= sizeof word; at += sizeof word) {
		memcpy(&word, key.p + at, sizeof word);
		h = (h ^ word) * odd;
		h ^= h >> 32;
	}
	word = 0;
	if (at < key.n)
		memcpy(&word, key.p + at, key.n - at);
	h = (h ^ word) * odd;
	return h ^ h >> 32;
}

void map_release(struct map *m)
{
	free(m->entries);
	free(m->slots);
	*m = (struct map){0};
}

void map_clear(struct map *m)
{
	m->n = 0;
	if (m->n_slots)
		memset(m->slots, 0, m->n_slots * sizeof *m->slots);
}

/* The slot of the key, or the free slot where it belongs. */
static size_t find_slot(const struct map *m, struct str key, uint64_t hash)
{
	size_t i = hash & (m->n_slots - 1);

	while (m->slots[i]) {
		const struct map_entry *e = &m->entries[m->slots[i] - 1];

		if (e->hash == hash && str_equal(e->key, key))
			break;
		i = (i + 1) & (m->n_slots - 1);
	}
	return i;
}

void *map_get(const struct map *m, struct str key)
{
	size_t i;

	if (!m->n)
		return NULL;
	i = find_slot(m, key, hash_key(key));
	return m->slots[i] ? m->entries[m->slots[i] - 1].value : NULL;
}

static void grow(struct map *m)
{
	/* small ones at larger steps: what is to be moved is little */
	size_t n_slots = !m->n_slots	     ? 16
			 : m->n_slots < MANY ? m->n_slots * 4
					     : m->n_slots * 2;

	m->cap = n_slots / 2;
	m->entries =
		memory_realloc(m->entries, m->cap * sizeof *m->entries);
	m->slots = memory_realloc(m->slots, n_slots * sizeof *m->slots);
	memset(m->slots, 0, n_slots * sizeof *m->slots);
	m->n_slots = n_slots;
	for (size_t i = 0; i < m->n; i++) {
		size_t at = m->entries[i].hash & (n_slots - 1);

		while (m->slots[at])
			at = (at + 1) & (n_slots - 1);
		m->slots[at] = (uint32_t)i + 1;
	}
}

void **map_put(struct map *m, struct str key)
{
	uint64_t hash = hash_key(key);
	size_t i;

	if (m->n == m->cap)
		grow(m);
	i = find_slot(m, key, hash);
	if (!m->slots[i]) {
		m->entries[m->n] = (struct map_entry){key, NULL, hash};
		m->slots[i] = (uint32_t)++m->n;
	}
	return &m->entries[m->slots[i] - 1].value;
}
