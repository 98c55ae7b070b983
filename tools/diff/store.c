/* Blocks double up to MOST rows: small streams touch little memory. */
#include "diff/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { LEAST = 64, MOST = 8192 };

void store_release(struct store *s)
{
	free(s->spans);
	arena_release(&s->arena);
	*s = (struct store){0};
}

void store_clear(struct store *s)
{
	arena_reset(&s->arena);
	s->n = s->block = s->room = 0;
}

static void reserve_spans(struct store *s, size_t n)
{
	if (n <= s->cap)
		return;
	s->cap = n < 8 ? 16 : n * 2;
	s->spans = memory_realloc(s->spans, s->cap * sizeof *s->spans);
}

static struct span *add_span(struct store *s, uint32_t entity, void *rows)
{
	reserve_spans(s, s->n + 1);
	s->spans[s->n] = (struct span){rows, entity, 0};
	return &s->spans[s->n++];
}

void *store_add(struct store *s, uint32_t entity, size_t size)
{
	struct span *last = s->n ? &s->spans[s->n - 1] : NULL;

	if (!s->room) {
		s->block = s->block < LEAST  ? LEAST
			   : s->block < MOST ? s->block * 2
					     : MOST;
		s->room = s->block;
		last = add_span(s, entity,
				arena_alloc_raw(&s->arena, s->block * size));
	} else if (last->entity != entity) {
		last = add_span(s, entity,
				(char *)last->rows + last->n * size);
	}
	s->room--;
	return (char *)last->rows + last->n++ * size;
}

void store_join(struct store *s, struct store *from)
{
	reserve_spans(s, s->n + from->n);
	if (from->n)
		memcpy(s->spans + s->n, from->spans,
		       from->n * sizeof *s->spans);
	s->n += from->n;
	s->room = 0; /* the next row begins a block */
	arena_join(&s->arena, &from->arena);
	store_clear(from);
}
