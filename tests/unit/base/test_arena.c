#include <criterion/criterion.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

static jmp_buf out_of_memory;
static size_t wanted_last;

static void jump(size_t wanted)
{
	wanted_last = wanted;
	longjmp(out_of_memory, 1);
}

static bool is_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

Test(arena, gives_zeroed_aligned_memory_that_does_not_overlap)
{
	static const size_t sizes[] = {0,    1,    7,     8,       15,     16,
				       4096, 4097, 70000, 1 << 20, 3 << 20};
	struct arena a = {0};
	unsigned char *before = NULL;
	size_t n_before = 0;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		unsigned char *p = arena_alloc(&a, sizes[i]);

		cr_expect_eq((uintptr_t)p % _Alignof(max_align_t), 0, "%zu",
			     sizes[i]);
		cr_expect(is_zero(p, sizes[i]), "%zu", sizes[i]);
		memset(p, 0xA5, sizes[i]);
		for (size_t k = 0; k < n_before; k++)
			cr_expect_eq(before[k], 0xA5);
		before = p;
		n_before = sizes[i];
	}
	arena_release(&a);
	cr_expect_null(a.head);
	cr_expect_eq(a.used, 0);
}

Test(arena, is_zero_again_after_a_reset)
{
	struct arena a;

	arena_init(&a);
	for (int round = 0; round < 3; round++) {
		for (size_t n = 1; n < 9000; n *= 3) {
			unsigned char *p = arena_alloc(&a, n);

			cr_expect(is_zero(p, n), "round %d, %zu", round, n);
			memset(p, 0xFF, n);
		}
		arena_reset(&a);
		cr_expect_eq(a.used, 0);
	}
	arena_release(&a);
	arena_reset(&a); /* of an empty arena */
	arena_release(&a);
}

Test(arena, reuses_its_chunk_line_by_line)
{
	struct arena a = {0};
	void *first = arena_alloc(&a, 100);

	for (int line = 0; line < 100; line++) {
		arena_reset(&a);
		cr_expect_eq(arena_alloc(&a, 100), first);
	}
	arena_release(&a);
}

Test(arena, grows_arrays_and_keeps_what_they_hold)
{
	struct arena a = {0};
	size_t cap = 0;
	int *v = NULL;

	for (size_t n = 0; n < 1000; n++) {
		v = arena_grow(&a, v, &cap, n + 1, sizeof *v);
		v[n] = (int)n;
	}
	cr_expect_geq(cap, 1000);
	for (size_t n = 0; n < 1000; n++)
		cr_expect_eq(v[n], (int)n);
	cr_expect_eq(arena_grow(&a, v, &cap, 10, sizeof *v), v);
	arena_release(&a);
}

Test(arena, calls_the_handler_when_it_is_exhausted)
{
	struct arena limited = {.limit = 1000}, free_of_limit = {0};
	volatile int caught = 0;
	size_t cap = 0;

	arena_on_exhaustion(jump);
	if (!setjmp(out_of_memory)) {
		arena_alloc(&limited, 900);
		cr_expect_eq(wanted_last, 0);
		arena_alloc(&limited, 200);
		cr_assert_fail("beyond the limit");
	}
	caught++;
	cr_expect_geq(wanted_last, 200);
	if (!setjmp(out_of_memory)) {
		arena_array(&free_of_limit, SIZE_MAX / 2, 3);
		cr_assert_fail("a product that overflows");
	}
	caught++;
	if (!setjmp(out_of_memory)) {
		arena_alloc(&free_of_limit, SIZE_MAX);
		cr_assert_fail("a size that overflows when aligned");
	}
	caught++;
	if (!setjmp(out_of_memory)) {
		arena_grow(&free_of_limit, NULL, &cap, SIZE_MAX, 1);
		cr_assert_fail("a capacity that overflows when doubled");
	}
	cr_expect_eq(caught, 3);
	arena_alloc(&limited, 10); /* still usable */
	arena_release(&limited);
	arena_release(&free_of_limit);
}

static void ask_for_too_much(void *ctx)
{
	int *begun = ctx;

	++*begun;
	free(memory_realloc(NULL, SIZE_MAX / 2));
}

static void ask_for_little(void *ctx)
{
	int *begun = ctx;

	++*begun;
	free(memory_realloc(NULL, 1));
}

Test(memory, a_job_that_may_be_left_undone)
{
	int begun = 0;

	cr_expect(!memory_try(ask_for_too_much, &begun));
	cr_expect(memory_try(ask_for_little, &begun));
	cr_expect(!memory_try(ask_for_too_much, &begun));
	cr_expect_eq(begun, 3);
}
