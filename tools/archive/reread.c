/*
 * bud-parse is run as a program, so this room knows no format. It gets the
 * bytes as standard input; where what it writes differs, it is run again with
 * the entity, year and phase of the archive, which may have been given by
 * hand the first time. A parser that has learned since reads otherwise: that
 * is no damage.
 */
#include "archive/reread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/files.h"
#include "archive/line.h"
#include "base/beside.h"
#include "base/reason.h"

/* In the child: bytes on standard input, the pipe as output, no messages. */
static void run_child(int bytes, int out, char **argv)
{
	int null = open("/dev/null", O_WRONLY);

	if (null < 0 || dup2(bytes, STDIN_FILENO) < 0 ||
	    dup2(out, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
		_exit(BESIDE_MISSING);
	beside_exec(argv);
}

static int read_all(int fd, struct buf *out)
{
	enum { STEP = 1 << 16 };
	ssize_t n;

	do {
		buf_reserve(out, STEP);
		n = read(fd, out->p + out->n, STEP);
		if (n > 0)
			out->n += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	return n < 0 ? -1 : 0;
}

/* What bud-parse writes for the bytes; NULL or why not. */
static const char *parse(struct str bytes, char **argv, struct buf *out)
{
	int in = memfd_create("source", MFD_CLOEXEC), pipes[2] = {-1, -1};
	const char *why = NULL;
	int status = 0;
	pid_t child;

	buf_clear(out);
	if (in < 0 || stream_write(in, bytes) || lseek(in, 0, SEEK_SET) ||
	    pipe2(pipes, O_CLOEXEC)) {
		why = reason_of(errno);
		if (in >= 0)
			close(in);
		return why;
	}
	child = fork();
	if (!child)
		run_child(in, pipes[1], argv);
	close(in);
	close(pipes[1]);
	if (child < 0 || read_all(pipes[0], out))
		why = reason_of(errno);
	close(pipes[0]);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (!why && WIFEXITED(status) && WEXITSTATUS(status) == BESIDE_MISSING)
		why = "reason-parse-missing";
	else if (!why && !WIFEXITED(status))
		why = "reason-parse-ended";
	return why;
}

/* NULL where they are the same; else the first thing that differs. */
static const char *compare(struct str old, struct str new)
{
	struct buf a = {0}, b = {0};
	const char *why = NULL;

	line_normalise(old, true, &a);
	line_normalise(new, true, &b);
	if (!b.n)
		why = "detail-no-document";
	else if (!str_equal(buf_str(&a), buf_str(&b)))
		why = "detail-read-otherwise";
	buf_release(&a);
	buf_release(&b);
	return why;
}

enum reread reread_document(const struct archive *a,
			    const struct archive_entry *e, struct str records,
			    const char **why)
{
	struct arena arena = {0};
	struct buf bytes = {0}, parsed = {0};
	char year[16], path[SOURCE_PATH];
	char *plain[] = {"bud-parse", "-", NULL};
	char *told[8] = {"bud-parse", "-"};
	size_t n = 2;

	*why = NULL;
	if (e->n_members != 1 || !archive_is_hash(e->members->sha256))
		return REREAD_NOT;
	archive_source_path(e->members->sha256, path);
	if (!archive_has(a, path))
		return REREAD_NOT;
	*why = archive_load_source(a, e->members, &bytes);
	if (!*why)
		*why = parse(buf_str(&bytes), plain, &parsed);
	if (!*why)
		*why = compare(records, buf_str(&parsed));
	if (*why && bytes.n) {
		snprintf(year, sizeof year, "--year=%d", e->year);
		if (e->year)
			told[n++] = year;
		if (e->phase != PHASE_NONE)
			told[n++] = str_cstring(
				&arena, str_format(&arena, "--phase=%.*s",
						   STR_ARG(phase_name(e->phase))));
		if (e->entity.n)
			told[n++] = str_cstring(
				&arena, str_format(&arena, "--entity=%.*s",
						   STR_ARG(e->entity)));
		if (!parse(buf_str(&bytes), told, &parsed) &&
		    !compare(records, buf_str(&parsed)))
			*why = NULL;
	}
	buf_release(&bytes);
	buf_release(&parsed);
	arena_release(&arena);
	return *why ? REREAD_DIFFERS : REREAD_SAME;
}
