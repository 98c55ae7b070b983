/* Parts come in any order and by several threads, and go out in theirs. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "check/turn.h"

struct output {
	char path[32];
	struct writer out;
	struct turns turns;
};

static void begin(struct output *o)
{
	int fd;

	snprintf(o->path, sizeof o->path, "/tmp/turn-XXXXXX");
	fd = mkstemp(o->path);
	cr_assert_geq(fd, 0);
	close(fd);
	cr_assert_eq(writer_open(&o->out, o->path), 0);
	turns_begin(&o->turns, &o->out);
}

/* What was written, ended by NUL; the caller frees it. */
static char *end(struct output *o)
{
	struct buf text = {0};
	const char *error;

	turns_release(&o->turns);
	cr_assert_eq(writer_close(&o->out), 0);
	cr_assert_eq(reader_slurp(o->path, 0, &text, &error), 0);
	unlink(o->path);
	return buf_cstring(&text);
}

static void put(struct output *o, size_t part, const char *words, bool last)
{
	struct buf text = {0};

	buf_puts(&text, words);
	turns_put(&o->turns, part, &text, last);
	cr_expect_eq(text.n, 0);
	buf_release(&text);
}

static void expect(struct output *o, const char *wanted)
{
	char *got = end(o);

	cr_expect_str_eq(got, wanted);
	free(got);
}

Test(turn, what_comes_early_is_kept)
{
	struct output o;

	begin(&o);
	put(&o, 2, "c1", false);
	put(&o, 1, "b1", false);
	put(&o, 2, "c2", true);
	put(&o, 0, "a1", false);
	put(&o, 1, "b2", true);
	put(&o, 0, "a2", true);
	put(&o, 3, "d", true);
	expect(&o, "a1a2b1b2c1c2d");
}

Test(turn, a_part_that_goes_on_keeps_the_turn)
{
	struct output o;

	begin(&o);
	put(&o, 1, "b1", false);
	put(&o, 2, "c", true);
	put(&o, 0, "a", true);
	cr_expect_eq(o.turns.turn, 1);
	put(&o, 1, "b2", false);
	put(&o, 1, "", true);
	cr_expect_eq(o.turns.turn, 3);
	turns_wait(&o.turns, 3);
	expect(&o, "ab1b2c");
}

enum { THREADS = 4, PARTS = 400, MORE = 5, LARGE = 1 << 18 };

struct work {
	struct output *o;
	atomic_size_t next;
};

/* The first parts are large: together they are more than is kept. */
static void *put_parts(void *ctx)
{
	struct work *w = ctx;
	size_t part;

	while ((part = w->next++) < PARTS) {
		for (size_t i = 0; i < MORE; i++) {
			struct buf text = {0};

			for (size_t k = 0; k < (part < THREADS ? LARGE : 1); k++)
				buf_printf(&text, "%zu.%zu\n", part, i);
			turns_put(&w->o->turns, part, &text, i == MORE - 1);
			buf_release(&text);
		}
	}
	return NULL;
}

Test(turn, threads_write_in_order)
{
	pthread_t threads[THREADS];
	struct output o;
	struct work w = {.o = &o};
	size_t part = 0, i = 0, lines = 0;
	char *got;

	begin(&o);
	for (size_t k = 0; k < THREADS; k++)
		cr_assert_eq(pthread_create(&threads[k], NULL, put_parts, &w),
			     0);
	for (size_t k = 0; k < THREADS; k++)
		pthread_join(threads[k], NULL);
	got = end(&o);
	for (char *p = got; *p; lines++) {
		size_t this_part = strtoul(p, &p, 10);
		size_t this_i = strtoul(p + 1, &p, 10);

		p++;
		cr_assert(this_part * MORE + this_i == part * MORE + i ||
			  this_part * MORE + this_i == part * MORE + i + 1);
		part = this_part;
		i = this_i;
	}
	cr_expect_eq(lines, (size_t)MORE * (PARTS - THREADS + THREADS * LARGE));
	free(got);
}
