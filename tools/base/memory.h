/*
 * malloc() and realloc() that report exhaustion the way the arenas do (see
 * arena_on_exhaustion) and so never return NULL. The caller frees.
 */
#ifndef BUD_BASE_MEMORY_H
#define BUD_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

void *memory_realloc(void *old, size_t size);

/* What a document needed stays for the next one, up to a bound: the system
 * takes longer over fetching memory than most documents take. */
void memory_keep(void);

/* Tells the handler of arena_on_exhaustion(); does not return. */
_Noreturn void memory_exhausted(size_t wanted);

/*
 * Does a job that may be left undone. False where memory was exhausted in it:
 * what it had allocated is lost, and the program goes on. One at a time.
 */
bool memory_try(void (*job)(void *ctx), void *ctx);

#endif
