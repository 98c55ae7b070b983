/*
 * Words as small numbers: each text is held once. Number 0 is the absent
 * word. Everything lives until words_release() or words_clear().
 */
#ifndef BUD_DIFF_WORDS_H
#define BUD_DIFF_WORDS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

struct words {
	struct map map;
	struct arena arena;
};

void words_release(struct words *w);
void words_clear(struct words *w); /* keeps some memory */

/* The number of a text, which is copied where it is new. */
uint32_t words_add(struct words *w, struct str text);

/* The number of a text that is there; UINT32_MAX for one that is not. */
uint32_t words_find(const struct words *w, struct str text);

struct str words_text(const struct words *w, uint32_t word);

/* An array, to be freed by the caller: the place of each word in the order
 * of bytes, 0 for word 0. */
uint32_t *words_rank(const struct words *w);

#endif
