/*
 * Rows of one size, in blocks that never move. What came one after the other
 * of one entity is a span, and only spans say whose it is: entities are sorted
 * and renamed without a look at the rows. Memory is the store's own until
 * store_release().
 */
#ifndef BUD_DIFF_STORE_H
#define BUD_DIFF_STORE_H

#include <stdint.h>

#include "base/arena.h"

struct span {
	void *rows;
	uint32_t entity, n;
};

struct store {
	struct span *spans;
	size_t n, cap;
	struct arena arena; /* of the blocks */
	size_t block, room; /* rows of the last block, and those still free */
};

void store_release(struct store *s);

/* Forgets the rows; keeps some memory. */
void store_clear(struct store *s);

/* The place of one more row, of so many bytes, which the caller fills. */
void *store_add(struct store *s, uint32_t entity, size_t size);

/* Takes over the rows of another store, which is empty then. */
void store_join(struct store *s, struct store *from);

#endif
