/*
 * Memory: one arena a document, or one a line.
 *
 * Everything that is allocated from an arena lives until the arena is reset
 * or released; nobody frees a single object, and a str that points into an
 * arena borrows. Allocation never returns NULL: when memory or the arena's
 * limit is exhausted, the arena calls its handler, which does not return.
 * The handler of the programs prints one line and exits with status 4.
 */
#ifndef BUD_BASE_ARENA_H
#define BUD_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *head; /* newest chunk, NULL when empty */
	size_t used;              /* bytes handed out since the last reset */
	size_t limit;             /* most bytes to hand out, 0 = no limit */
	jmp_buf *beyond;          /* where to go on beyond the limit; NULL: the
				   * handler is called */
};

/* Sets what is called when memory is exhausted; it must not return. */
void arena_on_exhaustion(void (*handler)(size_t wanted));

/* An empty arena; `{0}` is one too. */
void arena_init(struct arena *a);

/* Gives all memory back to the system; the arena is empty and usable. */
void arena_release(struct arena *a);

/* Forgets all objects but keeps one chunk for the next document or line. */
void arena_reset(struct arena *a);

/* Takes over all objects of another arena, which is empty then. */
void arena_join(struct arena *a, struct arena *from);

/* Zeroed memory, aligned for any type; size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);

/* The same, not zeroed: for what the caller fills at once. */
void *arena_alloc_raw(struct arena *a, size_t size);

/* Zeroed memory for count objects of size bytes; the product is checked. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* For arena_grow() and arena_grow_raw(), where there is no room. */
void *arena_enlarge(struct arena *a, void *old, size_t *cap, size_t want,
		    size_t size);
void *arena_enlarge_raw(struct arena *a, void *old, size_t *cap, size_t want,
			size_t size);

/*
 * A copy of the old array with room for at least want objects; *cap is the
 * old capacity on entry and the new one on return. It doubles, so appending
 * is linear in time. Returns old itself where it is large enough.
 */
static inline void *arena_grow(struct arena *a, void *old, size_t *cap,
			       size_t want, size_t size)
{
	return want <= *cap ? old : arena_enlarge(a, old, cap, want, size);
}

/* The same; what is new is not zeroed. */
static inline void *arena_grow_raw(struct arena *a, void *old, size_t *cap,
				   size_t want, size_t size)
{
	return want <= *cap ? old : arena_enlarge_raw(a, old, cap, want, size);
}

/* One object of a type, and an array of them. */
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))

#endif
