/*
 * A reader program inside a fuzz target: its main is renamed, and what it
 * shares with the others (libexec/reader.h) takes the input from memory and
 * comes back instead of ending the process. Included by one target each.
 */
#ifndef BUD_FUZZ_READER_H
#define BUD_FUZZ_READER_H

#include <setjmp.h>
#include <stdlib.h>

#include "fuzz.h"
#include "libexec/reader.h"
#include "source/wire.h"

int reader_main(int argc, char **argv);

static jmp_buf over;
static struct str reader_input;
static struct reader_program *running;

static void exhausted(size_t wanted)
{
	(void)wanted;
	longjmp(over, 1);
}

/* The target goes on where memory is exhausted: see reader_start(). */
void reader_prepare(void)
{
}

void reader_start(struct reader_program *r, int argc, char **argv,
		  const char *const *dirs)
{
	(void)argc;
	(void)argv;
	(void)dirs;
	*r = (struct reader_program){.limits = SOURCE_LIMITS_DEFAULT};
	running = r;
	r->limits.bytes = 1L << 24;
	r->limits.cells = 100000;
	r->limits.pages = 50;
	r->arena.limit = (size_t)1 << 28;
	arena_on_exhaustion(exhausted);
	source_init(&r->document, &r->arena);
	buf_put(&r->input, reader_input.p, reader_input.n);
}

_Noreturn void reader_leave(struct buf *out)
{
	buf_release(out);
	longjmp(over, 1);
}

/* The filter that reads the blocks refuses them, or can rely on them. */
static void send(struct reader_program *r)
{
	struct buf out = {0};
	struct arena a = {0};
	struct source_document d;
	struct source_error error;

	wire_put_start(&out);
	wire_put_document(&out, &r->document);
	wire_put_end(&out);
	source_init(&d, &a);
	if (!wire_read(&d, buf_str(&out), &r->limits, &error))
		fuzz_expect_document(&d);
	source_release(&d);
	arena_release(&a);
	buf_release(&out);
}

_Noreturn void reader_finish(struct reader_program *r)
{
	send(r);
	longjmp(over, 1);
}

_Noreturn void reader_fail(struct reader_program *r, const char *id,
			   struct str detail)
{
	(void)r;
	(void)detail;
	if (str_equal(message_text(fuzz_share(), LANG_EN, id), str_of(id)))
		abort(); /* a reason that the catalogue does not know */
	longjmp(over, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char name[] = "reader", limits[] = "seconds=20";
	char *argv[] = {name, limits, NULL};

	reader_input = (struct str){(const char *)data, size};
	running = NULL;
	if (!setjmp(over))
		reader_main(2, argv);
	if (running) {
		buf_release(&running->input);
		source_release(&running->document);
		arena_release(&running->arena);
	}
	return 0;
}

#endif
