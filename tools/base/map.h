/*
 * A hash table from text to a pointer. Keys are borrowed: they must live as
 * long as the map. The order of insertion is kept, so walking it is the same
 * on every run and machine. Memory is the map's own until map_release().
 */
#ifndef BUD_BASE_MAP_H
#define BUD_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct map_entry {
	struct str key;
	void *value;
	uint64_t hash;
};

struct map {
	struct map_entry *entries; /* in order of insertion */
	size_t n, cap;
	uint32_t *slots; /* index + 1 into entries, 0 = free */
	size_t n_slots;  /* a power of two, or 0 */
};

void map_release(struct map *m);
void map_clear(struct map *m); /* keeps the memory */

/* The value of the key, or NULL. */
void *map_get(const struct map *m, struct str key);

/* The place of the key's value; a new key is added with the value NULL. */
void **map_put(struct map *m, struct str key);

#endif
