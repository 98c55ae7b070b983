#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/recent.h"

static char folder[32];

static int open_folder(void)
{
	snprintf(folder, sizeof folder, "/tmp/bud-recent-XXXXXX");
	cr_assert(mkdtemp(folder));
	return open(folder, O_RDONLY | O_DIRECTORY);
}

/* Scattered, but each hash twice. */
static uint64_t hash_of(uint64_t i)
{
	return i / 2 * UINT64_C(0x9E3779B97F4A7C15);
}

static size_t count(const struct recent *r, uint64_t hash, int64_t wanted)
{
	struct arena a = {0};
	int64_t *at;
	size_t n, hits = 0;

	cr_assert(!recent_find(r, &a, hash, &at, &n));
	for (size_t i = 0; i < n; i++)
		hits += at[i] == wanted;
	arena_release(&a);
	return n == 2 ? hits : 100 + n;
}

Test(recent, finds_what_it_holds_and_what_it_spilled)
{
	enum { N = 4 * RECENT_HELD + 100 };
	struct recent r = {0};
	struct arena a = {0};
	int dir = open_folder();
	int64_t *at;
	size_t n;

	cr_assert(!recent_find(&r, &a, 7, &at, &n));
	cr_expect_eq(n, 0);
	for (int64_t i = 0; i < N; i++)
		cr_assert(!recent_add(&r, dir,
				      (struct lookup_key){
					      hash_of((uint64_t)i), i * 200}));
	cr_expect(r.n <= RECENT_HELD);
	cr_expect(r.spilled.n >= 1);
	for (uint64_t i = 0; i < N; i += i < 300 ? 1 : 997)
		cr_expect_eq(count(&r, hash_of(i), (int64_t)i * 200), 1);
	cr_assert(!recent_find(&r, &a, 12345, &at, &n));
	cr_expect_eq(n, 0);
	recent_release(&r);
	/* what it spilled had no name */
	cr_expect(!rmdir(folder));
	close(dir);
	arena_release(&a);
}

Test(recent, where_nothing_can_be_written_the_put_fails)
{
	struct recent r = {0};
	int64_t i = 0;
	int failed = 0;

	for (; i <= RECENT_HELD && !failed; i++)
		failed = recent_add(&r, -1, (struct lookup_key){
						    (uint64_t)i, i});
	cr_expect(failed);
	cr_expect_eq(i, RECENT_HELD + 1);
	recent_release(&r);
}
