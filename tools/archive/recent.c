/* Open addressing with linear probing, at most half full, in front of sorted
 * runs. */
#include "archive/recent.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FIRST = 64 };

/* Keys of the same hash stand one behind the other. */
static void put_slot(struct recent *r, size_t key)
{
	size_t mask = 2 * r->cap - 1, i = r->keys[key].hash & mask;

	while (r->slots[i])
		i = (i + 1) & mask;
	r->slots[i] = (uint32_t)key + 1;
}

static void grow(struct recent *r)
{
	r->cap = r->cap ? 2 * r->cap : FIRST;
	r->keys = memory_realloc(r->keys, r->cap * sizeof *r->keys);
	r->slots = memory_realloc(r->slots, 2 * r->cap * sizeof *r->slots);
	memset(r->slots, 0, 2 * r->cap * sizeof *r->slots);
	for (size_t i = 0; i < r->n; i++)
		put_slot(r, i);
}

int recent_add(struct recent *r, int dir, struct lookup_key key)
{
	if (r->n == RECENT_HELD) {
		if (lookup_spill(&r->spilled, dir, r->keys, r->n))
			return -1;
		r->n = 0;
		memset(r->slots, 0, 2 * r->cap * sizeof *r->slots);
	}
	if (r->n == r->cap)
		grow(r);
	r->keys[r->n] = key;
	put_slot(r, r->n++);
	return 0;
}

int recent_find(const struct recent *r, struct arena *a, uint64_t hash,
		int64_t **offsets, size_t *n)
{
	size_t cap = 0, mask = 2 * r->cap - 1;

	*offsets = NULL;
	*n = 0;
	for (size_t i = hash & mask; r->n && r->slots[i]; i = (i + 1) & mask) {
		const struct lookup_key *k = &r->keys[r->slots[i] - 1];

		if (k->hash != hash)
			continue;
		*offsets = arena_grow(a, *offsets, &cap, *n + 1,
				      sizeof **offsets);
		(*offsets)[(*n)++] = k->offset;
	}
	return lookup_find(&r->spilled, a, hash, offsets, n, &cap);
}

void recent_release(struct recent *r)
{
	free(r->keys);
	free(r->slots);
	lookup_release(&r->spilled);
	*r = (struct recent){0};
}
