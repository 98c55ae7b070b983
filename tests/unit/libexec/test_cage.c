#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libexec/cage.h"

/* What a taken-over reader would try; each gives true where it was let. */

static bool open_file(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool write_file(void)
{
	return open("/tmp/bud-cage-test", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool go_online(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ||
	       socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool start_another(void)
{
	return fork() >= 0;
}

static bool become_another(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return false; /* or it exits with 0, which counts as let */
}

static bool end_parent(void)
{
	return !kill(getppid(), 0);
}

static bool allocate(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return false; /* its limit would be that of the sanitizer's shadow */
#else
	char *p = malloc((size_t)512 << 20);

	if (p)
		p[1 << 20] = 1;
	return p != NULL;
#endif
}

static bool read_allowed(void)
{
	/* Below the directory that was named. */
	return open("/usr/share/doc", O_RDONLY | O_DIRECTORY) >= 0;
}

static bool compute(void)
{
	return getpid() > 0 && write(STDOUT_FILENO, "", 0) == 0;
}

Test(cage, lets_a_reader_do_nothing_but_read)
{
	static const char *const DIRS[] = {"/usr/share", NULL};
	static const struct {
		const char *name;
		bool (*attempt)(void);
		bool let;
	} rows[] = {
		{"open a file", open_file, false},
		{"write a file", write_file, false},
		{"make a socket", go_online, false},
		{"start a process", start_another, false},
		{"run a program", become_another, false},
		{"signal another process", end_parent, false},
		{"take half a gigabyte", allocate, false},
		{"read what it was given", read_allowed, true},
		{"compute", compute, true},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct source_limits limits = SOURCE_LIMITS_DEFAULT;
		int status = 0;
		pid_t pid = fork();

		limits.memory = 256;
		if (!pid) {
			const char *missing = cage_enter(&limits, DIRS);

			if (missing)
				_exit(2);
			_exit(rows[i].attempt() ? 0 : 1);
		}
		cr_assert(pid > 0 && waitpid(pid, &status, 0) == pid);
		if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
			cr_skip_test("this kernel has no Landlock or seccomp");
		cr_expect(WIFEXITED(status) &&
				  WEXITSTATUS(status) == !rows[i].let,
			  "%s: status %#x", rows[i].name, (unsigned)status);
	}
}
