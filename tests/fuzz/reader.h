/*
 * A reader program inside a fuzz target: its main is renamed, and what it
 * shares with the others (libexec/reader.h) takes the input from memory and
 * comes back instead of ending the process. Included by one target each.
 *
 * A package is given as it is, or as the text of its members, each behind a
 * line `=== NAME`: a byte changed in one that is compressed and has a checksum
 * would be all that the reader ever saw of it.
 */
#ifndef BUD_FUZZ_READER_H
#define BUD_FUZZ_READER_H

#include <setjmp.h>
#include <stdlib.h>
#include <zlib.h>

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
	/* such as an input can reach */
	r->limits.bytes = 1L << 24;
	r->limits.cells = 2000;
	r->limits.pages = 12;
	r->limits.members = 60;
	r->arena.limit = (size_t)1 << 28;
	arena_on_exhaustion(exhausted);
	source_init(&r->document, &r->arena);
	r->input = reader_input;
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

/* ---- a ZIP whose members are stored as they are ---- */

static void zip_put_number(struct buf *out, size_t value, int bytes)
{
	for (; bytes; bytes--, value >>= 8)
		buf_putc(out, (char)(value & 0xff));
}

/* What the head of a member and the list of them say both. */
static void zip_put_sizes(struct buf *out, struct str name, struct str bytes)
{
	zip_put_number(out, 20, 2); /* version */
	zip_put_number(out, 0, 8);  /* flags, stored, time, day */
	zip_put_number(out, crc32(0, (const Bytef *)bytes.p, (uInt)bytes.n), 4);
	zip_put_number(out, bytes.n, 4);
	zip_put_number(out, bytes.n, 4);
	zip_put_number(out, name.n, 2);
	zip_put_number(out, 0, 2);
}

static void zip_put_member(struct buf *out, struct buf *list, struct str name,
		       struct str bytes)
{
	buf_put(list, "PK\1\2\24\0", 6);
	zip_put_sizes(list, name, bytes);
	zip_put_number(list, 0, 10); /* comment, disk, attributes */
	zip_put_number(list, out->n, 4);
	buf_put_str(list, name);
	buf_put(out, "PK\3\4", 4);
	zip_put_sizes(out, name, bytes);
	buf_put_str(out, name);
	buf_put_str(out, bytes);
}

static void zip_put_package(struct buf *out, struct str text)
{
	static const struct str MARK = STR_INIT("=== "),
				NEXT = STR_INIT("\n=== ");
	struct buf list = {0};
	size_t n = 0, at;

	while (str_starts(text, MARK)) {
		struct str name, bytes;

		text = str_slice(text, MARK.n, text.n);
		if (!str_split(&text, '\n', &name))
			break;
		at = str_find(text, NEXT);
		bytes = str_slice(text, 0, at);
		text = at == SIZE_MAX ? (struct str){NULL, 0}
				      : str_slice(text, at + 1, text.n);
		zip_put_member(out, &list, str_slice(name, 0, 1000), bytes);
		n++;
	}
	at = out->n;
	buf_put_str(out, buf_str(&list));
	buf_put(out, "PK\5\6\0\0\0\0", 8);
	zip_put_number(out, n, 2);
	zip_put_number(out, n, 2);
	zip_put_number(out, list.n, 4);
	zip_put_number(out, at, 4);
	zip_put_number(out, 0, 2);
	buf_release(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char name[] = "reader", limits[] = "seconds=20";
	char *argv[] = {name, limits, NULL};
	struct buf package = {0};

	reader_input = (struct str){(const char *)data, size};
	if (str_starts(reader_input, STR("=== "))) {
		zip_put_package(&package, reader_input);
		reader_input = buf_str(&package);
	}
	running = NULL;
	if (!setjmp(over))
		reader_main(2, argv);
	if (running) {
		source_release(&running->document);
		arena_release(&running->arena);
	}
	buf_release(&package);
	return 0;
}

#endif
