/* The map keeps the order of insertion, so a word is its place there. */
#include "diff/words.h"

#include <stdlib.h>

#include "base/memory.h"

void words_release(struct words *w)
{
	map_release(&w->map);
	arena_release(&w->arena);
}

void words_clear(struct words *w)
{
	map_clear(&w->map);
	arena_reset(&w->arena);
}

uint32_t words_add(struct words *w, struct str text)
{
	void **place;

	if (!text.n)
		return 0;
	place = map_put(&w->map, text);
	if (!*place) {
		w->map.entries[w->map.n - 1].key = str_copy(&w->arena, text);
		*place = (void *)(uintptr_t)w->map.n;
	}
	return (uint32_t)(uintptr_t)*place;
}

uint32_t words_find(const struct words *w, struct str text)
{
	void *value;

	if (!text.n)
		return 0;
	value = map_get(&w->map, text);
	return value ? (uint32_t)(uintptr_t)value : UINT32_MAX;
}

struct str words_text(const struct words *w, uint32_t word)
{
	return word ? w->map.entries[word - 1].key : (struct str){NULL, 0};
}

static int compare(const void *x, const void *y, void *map)
{
	const struct map_entry *entries = ((const struct map *)map)->entries;

	return str_compare(entries[*(const uint32_t *)x - 1].key,
			   entries[*(const uint32_t *)y - 1].key);
}

uint32_t *words_rank(const struct words *w)
{
	size_t n = w->map.n;
	uint32_t *sorted = memory_realloc(NULL, (n + 1) * sizeof *sorted);
	uint32_t *rank = memory_realloc(NULL, (n + 1) * sizeof *rank);

	for (size_t i = 0; i < n; i++)
		sorted[i] = (uint32_t)i + 1;
	qsort_r(sorted, n, sizeof *sorted, compare, (void *)(uintptr_t)&w->map);
	rank[0] = 0;
	for (size_t i = 0; i < n; i++)
		rank[sorted[i]] = (uint32_t)i + 1;
	free(sorted);
	return rank;
}
