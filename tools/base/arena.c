/*
 * Chunks in a singly linked list, each at least twice as large as the one
 * before up to CHUNK_MAX, so that small lines stay in one small chunk and
 * large documents need few calls to malloc. Memory is zeroed when it is handed
 * out, so that what a document did not need is never touched.
 */
#include "base/arena.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct arena_chunk {
	struct arena_chunk *next;
	size_t size, used; /* bytes of data[] */
	max_align_t data[];
};

static const size_t CHUNK_MIN = 4096;
static const size_t CHUNK_MAX = (size_t)1 << 20;
static const size_t ALIGNMENT = _Alignof(max_align_t);

static void exhausted_default(size_t wanted)
{
	(void)wanted;
	abort();
}

static void (*exhausted)(size_t) = exhausted_default;

void arena_on_exhaustion(void (*handler)(size_t wanted))
{
	exhausted = handler ? handler : exhausted_default;
}

_Noreturn void memory_exhausted(size_t wanted)
{
	exhausted(wanted);
	abort();
}

static jmp_buf before_job;

static void leave_job(size_t wanted)
{
	(void)wanted;
	longjmp(before_job, 1);
}

bool memory_try(void (*job)(void *ctx), void *ctx)
{
	void (*handler)(size_t) = exhausted;

	if (setjmp(before_job)) {
		exhausted = handler;
		return false;
	}
	exhausted = leave_job;
	job(ctx);
	exhausted = handler;
	return true;
}

void memory_keep(void)
{
	enum { KEPT = 16 << 20 };

	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_MMAP_THRESHOLD, KEPT);
}

void *memory_realloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);

	if (!p)
		memory_exhausted(size);
	return p;
}

void arena_init(struct arena *a)
{
	*a = (struct arena){0};
}

void arena_release(struct arena *a)
{
	struct arena_chunk *c = a->head;

	while (c) {
		struct arena_chunk *next = c->next;
		free(c);
		c = next;
	}
	a->head = NULL;
	a->used = 0;
}

void arena_reset(struct arena *a)
{
	struct arena_chunk *keep = a->head;

	if (!keep)
		return;
	for (struct arena_chunk *c = keep->next; c;) {
		struct arena_chunk *next = c->next;
		free(c);
		c = next;
	}
	keep->next = NULL;
	keep->used = 0;
	a->used = 0;
}

void arena_join(struct arena *a, struct arena *from)
{
	struct arena_chunk **end = &a->head;

	while (*end)
		end = &(*end)->next;
	*end = from->head;
	a->used += from->used;
	from->head = NULL;
	from->used = 0;
}

static struct arena_chunk *chunk_new(struct arena *a, size_t want)
{
	size_t size = a->head ? a->head->size * 2 : CHUNK_MIN;
	struct arena_chunk *c;

	if (size > CHUNK_MAX)
		size = CHUNK_MAX;
	if (size < want)
		size = want;
	if (size > SIZE_MAX - sizeof *c)
		memory_exhausted(want);
	c = malloc(sizeof *c + size);
	if (!c)
		memory_exhausted(want);
	c->size = size;
	c->used = 0;
	c->next = a->head;
	a->head = c;
	return c;
}

/* Whatever the arena: also one that is at its limit, or whose chunk is full. */
__attribute__((noinline)) static void *alloc_any(struct arena *a, size_t size)
{
	struct arena_chunk *c = a->head;
	size_t want;
	char *p;

	if (size > SIZE_MAX - ALIGNMENT)
		memory_exhausted(size);
	want = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!want)
		want = ALIGNMENT;
	if (a->limit && want > a->limit - (a->used < a->limit ? a->used
							      : a->limit)) {
		if (a->beyond)
			longjmp(*a->beyond, 1);
		memory_exhausted(want);
	}
	if (!c || c->size - c->used < want)
		c = chunk_new(a, want);
	p = (char *)c->data + c->used;
	c->used += want;
	a->used += want;
	return p;
}

void *arena_alloc_raw(struct arena *a, size_t size)
{
	struct arena_chunk *c = a->head;
	/* 0 for nothing, and for more than there can be */
	size_t want = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	char *p;

	if (!c || !want || c->size - c->used < want ||
	    (a->limit && want + a->used > a->limit))
		return alloc_any(a, size);
	p = (char *)c->data + c->used;
	c->used += want;
	a->used += want;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_alloc_raw(a, size), 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		memory_exhausted(SIZE_MAX);
	return arena_alloc(a, bytes);
}

void *arena_enlarge_raw(struct arena *a, void *old, size_t *cap, size_t want,
			size_t size)
{
	size_t new_cap = *cap ? *cap : 8, bytes;
	char *p;

	while (new_cap < want) {
		if (__builtin_mul_overflow(new_cap, 2, &new_cap))
			memory_exhausted(SIZE_MAX);
	}
	if (__builtin_mul_overflow(new_cap, size, &bytes))
		memory_exhausted(SIZE_MAX);
	p = arena_alloc_raw(a, bytes);
	if (old)
		memcpy(p, old, *cap * size);
	*cap = new_cap;
	return p;
}

void *arena_enlarge(struct arena *a, void *old, size_t *cap, size_t want,
		    size_t size)
{
	size_t had = old ? *cap : 0;
	char *p = arena_enlarge_raw(a, old, cap, want, size);

	memset(p + had * size, 0, (*cap - had) * size);
	return p;
}
