/* The child's messages go where ours go. */
#include "diff/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/beside.h"
#include "base/reason.h"

enum { DAY = sizeof "@YYYY-MM-DD" - 1 };

static bool is_directory(const char *path)
{
	struct stat s;

	return !stat(path, &s) && S_ISDIR(s.st_mode);
}

/* Where the day begins in DIRECTORY@YYYY-MM-DD, or 0. */
static size_t find_day(struct arena *a, const char *name)
{
	static const char FORM[] = "@0000-00-00";
	size_t n = strlen(name), at = n - DAY;

	if (n <= DAY || !access(name, F_OK))
		return 0;
	for (size_t i = 0; i < DAY; i++) {
		char c = name[at + i];

		if (c != FORM[i] && (FORM[i] != '0' || c < '0' || c > '9'))
			return 0;
	}
	return is_directory(str_format(a, "%.*s", (int)at, name).p) ? at : 0;
}

static void run_child(const struct feed *f, int out, const char *dir,
		      const char *as_of)
{
	char *argv[10] = {"bud-archive", "cat"};
	size_t n = 2;

	if (f->latest)
		argv[n++] = "--latest";
	if (as_of)
		argv[n++] = (char *)(uintptr_t)as_of;
	if (f->quiet)
		argv[n++] = "--quiet";
	argv[n++] = f->lang == LANG_ZH ? "--lang=zh" : "--lang=en";
	argv[n++] = "--";
	argv[n] = (char *)(uintptr_t)dir;
	if (dup2(out, STDOUT_FILENO) >= 0)
		beside_exec(argv);
	_exit(BESIDE_MISSING);
}

static int open_archive(struct feed *f, const char *dir, const char *as_of)
{
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC)) {
		f->in.error = reason_of(errno);
		return -1;
	}
	f->child = fork();
	if (!f->child)
		run_child(f, pipes[1], dir, as_of);
	close(pipes[1]);
	if (f->child < 0) {
		f->in.error = reason_of(errno);
		f->child = 0;
		close(pipes[0]);
		return -1;
	}
	reader_open_fd(&f->in, pipes[0]);
	return 0;
}

int feed_open(struct feed *f, const char *name)
{
	struct arena a = {0};
	size_t day = find_day(&a, name);
	int failed;

	f->child = 0;
	f->in = (struct reader){0};
	if (day)
		failed = open_archive(
			f, str_format(&a, "%.*s", (int)day, name).p,
			str_format(&a, "--as-of=%s", name + day + 1).p);
	else if (is_directory(name))
		failed = open_archive(f, name, NULL);
	else
		failed = reader_open(&f->in, name);
	arena_release(&a);
	return failed;
}

const char *feed_close(struct feed *f)
{
	pid_t child = f->child;
	int status = 0;

	reader_close(&f->in);
	f->child = 0;
	if (!child)
		return NULL;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	/* one that we left before its end */
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE)
		return NULL;
	if (!WIFEXITED(status))
		return "reason-archive-ended";
	switch (WEXITSTATUS(status)) {
	case 0:
		return NULL;
	case BESIDE_MISSING:
		return "reason-archive-missing";
	default:
		return "reason-archive-partial";
	}
}
