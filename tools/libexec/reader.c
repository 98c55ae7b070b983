/* Leaves by _exit(): nothing of a hostile document is tidied up. */
#include "libexec/reader.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/reason.h"
#include "libexec/cage.h"
#include "libexec/exhaust.h"
#include "source/wire.h"

static void put(struct str s)
{
	while (s.n) {
		ssize_t n = write(STDOUT_FILENO, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(5); /* 4 is for memory */
		s = str_slice(s, (size_t)n, s.n);
	}
}

void reader_exhausted(size_t wanted)
{
	(void)wanted;
	put(STR("bud-blocks 1\nX\tlimit-memory\t\n"));
	_exit(4);
}

void reader_prepare(void)
{
	arena_on_exhaustion(reader_exhausted);
	exhaust_start();
}

_Noreturn void reader_leave(struct buf *out)
{
	put(buf_str(out));
	_exit(0);
}

_Noreturn void reader_fail(struct reader_program *r, const char *id,
			   struct str detail)
{
	struct source_error e = {id, detail};
	struct buf out = {0};

	(void)r;
	wire_put_start(&out);
	wire_put_error(&out, &e);
	reader_leave(&out);
}

_Noreturn void reader_finish(struct reader_program *r)
{
	struct buf out = {0};

	wire_put_start(&out);
	if (r->note)
		wire_put_note(&out, r->note);
	wire_put_document(&out, &r->document);
	wire_put_end(&out);
	reader_leave(&out);
}

/* A document in memory, as bud-parse hands it over, need not be copied. */
static bool map(struct reader_program *r)
{
	struct stat file;
	void *p;

	if (fstat(STDIN_FILENO, &file) || !S_ISREG(file.st_mode) ||
	    !file.st_size || file.st_size > r->limits.bytes)
		return false;
	p = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_PRIVATE,
		 STDIN_FILENO, 0);
	if (p == MAP_FAILED)
		return false;
	r->input = (struct str){p, (size_t)file.st_size};
	return true;
}

static void slurp(struct reader_program *r)
{
	struct buf input = {0};
	ssize_t n;

	do {
		buf_reserve(&input, 1 << 16);
		n = read(STDIN_FILENO, input.p + input.n, 1 << 16);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			reader_fail(r, "reader-failed",
				    str_of(reason_of(errno)));
		input.n += (size_t)n;
		if (input.n > (size_t)r->limits.bytes)
			reader_fail(r, "too-large", STR(""));
	} while (n);
	r->input = buf_str(&input);
}

static void take_input(struct reader_program *r)
{
	if (!map(r))
		slurp(r);
}

static void take_limits(struct reader_program *r, int argc, char **argv)
{
	*r = (struct reader_program){.limits = SOURCE_LIMITS_DEFAULT};
	reader_prepare();
	if (argc < 2 || !limits_set(&r->limits, str_of(argv[1])))
		reader_fail(r, "reader-failed", STR("bad limits"));
	r->argument = argc > 2 ? argv[2] : NULL;
	r->arena.limit = (size_t)r->limits.memory << 20;
	source_init(&r->document, &r->arena);
}

/* What bud-parse, or who started it, has open is nothing to a document. */
static void close_others(void)
{
	if (syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0))
		for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
			close(fd);
}

void reader_start(struct reader_program *r, int argc, char **argv,
		  const char *const *dirs)
{
	close_others();
	take_limits(r, argc, argv);
	r->note = cage_enter(&r->limits, dirs);
	take_input(r);
}

void reader_start_free(struct reader_program *r, int argc, char **argv)
{
	close_others();
	take_limits(r, argc, argv);
	take_input(r);
}
