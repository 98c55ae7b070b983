/*
 * The input is a file in memory, so that nothing has to be written while the
 * output is read, and the reader may seek in it.
 */
#include "source/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/reason.h"
#include "base/stream.h"

enum { STEP = 1 << 16 };

static struct str program_path(struct arena *a, const char *program)
{
	const char *dir = getenv("BUD_LIBEXEC");
	char self[4096];
	struct str path;
	ssize_t n;

	if (dir && *dir)
		return str_format(a, "%s/%s", dir, program);
	n = readlink("/proc/self/exe", self, sizeof self);
	while (n > 0 && self[n - 1] != '/')
		n--;
	if (n <= 0)
		return (struct str){NULL, 0};
	path = str_format(a, "%.*slibexec/%s", (int)n, self, program);
	if (!access(path.p, X_OK))
		return path;
	return str_format(a, "%.*s../libexec/bud/%s", (int)n, self, program);
}

static int fail(struct source_error *error, const char *id, struct str detail)
{
	*error = (struct source_error){id, detail};
	return -1;
}

/* A descriptor at the beginning of the bytes, or -1. */
static int input_of(struct str bytes)
{
	int fd = memfd_create("document", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (stream_write(fd, bytes)) {
		close(fd);
		return -1;
	}
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static long milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* 0 at the end of the output, -1 when time or space is over. */
static int collect(int fd, long seconds, size_t most, struct buf *out)
{
	long until = milliseconds() + seconds * 1000;

	for (;;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		long left = until - milliseconds();
		ssize_t n;

		if (left <= 0 || out->n > most)
			return -1;
		if (poll(&p, 1, left > 60000 ? 60000 : (int)left) <= 0)
			continue;
		buf_reserve(out, STEP);
		n = read(fd, out->p + out->n, STEP);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return 0;
		out->n += (size_t)n;
	}
}

static pid_t start(const char *path, const char *limits, const char *argument,
		   int input, int output)
{
	const char *argv[] = {path, limits, argument, NULL};
	/* Memory in one piece, in large pages where the system has them: a
	 * reader fills it once and ends, and most of what the system does
	 * for it is to fetch pages. */
	static const char *const environment[] = {
		"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8",
		"GLIBC_TUNABLES=glibc.malloc.hugetlb=1:"
		"glibc.malloc.mmap_threshold=1073741824",
		NULL};
	posix_spawn_file_actions_t actions;
	pid_t pid = -1;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
					 O_WRONLY, 0);
	if (posix_spawn(&pid, path, &actions, NULL, (char *const *)argv,
			(char *const *)environment))
		pid = -1;
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

/* The kernel ends what has used up its time by either signal; SIGKILL alone
 * may also come from elsewhere, where memory of the machine is short. */
static bool is_out_of_time(int status, const struct rusage *used, long seconds)
{
	if (!WIFSIGNALED(status))
		return false;
	return WTERMSIG(status) == SIGXCPU ||
	       (WTERMSIG(status) == SIGKILL &&
		used->ru_utime.tv_sec + used->ru_stime.tv_sec >= seconds - 1);
}

static int judge(struct source_document *d, int status,
		 const struct rusage *used, bool stopped,
		 struct source_error *error)
{
	struct str none = {NULL, 0};

	if (stopped || is_out_of_time(status, used, d->limits.seconds))
		return fail(error, "limit-time",
			    str_format(d->arena, "%ld s", d->limits.seconds));
	if (WIFSIGNALED(status))
		return fail(error, "reader-failed",
			    str_format(d->arena, "signal %d",
				       WTERMSIG(status)));
	if (WEXITSTATUS(status) == 4)
		return fail(error, "limit-memory", none);
	if (WEXITSTATUS(status))
		return fail(error, "reader-failed",
			    str_format(d->arena, "exit status %d",
				       WEXITSTATUS(status)));
	return 0;
}

int spawn_reader(struct source_document *d, const char *program,
		 const char *argument, struct str bytes, struct buf *out,
		 struct source_error *error)
{
	struct str path = program_path(d->arena, program);
	struct str limits = limits_text(d->arena, &d->limits);
	struct rusage used = {0};
	int input, pipes[2], status = 0;
	bool stopped;
	pid_t pid;

	if (!path.n || access(path.p, X_OK))
		return fail(error, "reader-missing", str_of(program));
	input = input_of(bytes);
	if (input < 0 || pipe2(pipes, O_CLOEXEC)) {
		if (input >= 0)
			close(input);
		return fail(error, "reader-failed", str_of(reason_of(errno)));
	}
	pid = start(path.p, limits.p, argument, input, pipes[1]);
	close(input);
	close(pipes[1]);
	if (pid < 0) {
		close(pipes[0]);
		return fail(error, "reader-failed", str_of(program));
	}
	/* Twice the time by the clock: the reader itself counts its own. */
	stopped = collect(pipes[0], d->limits.seconds * 2,
			  (size_t)d->limits.bytes * 2, out) != 0;
	close(pipes[0]);
	if (stopped)
		kill(pid, SIGKILL);
	while (wait4(pid, &status, 0, &used) < 0 && errno == EINTR)
		;
	return judge(d, status, &used, stopped, error);
}

bool spawn_is_there(const char *program)
{
	struct arena a = {0};
	struct str path = program_path(&a, program);
	bool there = path.n && !access(path.p, X_OK);

	arena_release(&a);
	return there;
}
