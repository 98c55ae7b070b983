#include "libexec/exhaust.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_OWN_ALLOCATOR
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define HAS_OWN_ALLOCATOR
#endif

#ifdef HAS_OWN_ALLOCATOR

void exhaust_start(void)
{
}

#else

enum { SMALL = 1 << 20 }; /* bytes */

static bool started;

void exhaust_start(void)
{
	started = true;
}

/* The one that would have been called; POSIX lets a function be data. */
#define NEXT(name) ((__typeof__(&(name)))(uintptr_t)dlsym(RTLD_NEXT, #name))

static void *given(void *p, size_t n)
{
	if (!p && n && n < SMALL && started)
		memory_exhausted(n);
	return p;
}

void *malloc(size_t n)
{
	static void *(*next)(size_t);

	if (!next)
		next = NEXT(malloc);
	return given(next(n), n);
}

void *calloc(size_t n, size_t size)
{
	static void *(*next)(size_t, size_t);
	size_t bytes;

	if (!next)
		next = NEXT(calloc);
	if (__builtin_mul_overflow(n, size, &bytes))
		bytes = SIZE_MAX;
	return given(next(n, size), bytes);
}

void *realloc(void *old, size_t n)
{
	static void *(*next)(void *, size_t);

	if (!next)
		next = NEXT(realloc);
	return given(next(old, n), n);
}

#endif
