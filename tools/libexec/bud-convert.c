/*
 * DOC, XLS, WPS, RTF, ODT … → DOCX or XLSX, by LibreOffice where it is there.
 *
 *	bud-convert LIMITS EXTENSION <document >converted
 *
 * LibreOffice is no reader of ours, so the cage is wider: it may read the
 * system's files and write below a directory of its own, which is removed
 * afterwards; it has no network but its own sockets, and the limits on time
 * and memory hold. What comes out is untrusted still: bud-parse looks at its
 * content and gives it to a reader in the narrow cage.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libexec/cage.h"
#include "base/reason.h"
#include "libexec/reader.h"
#include "source/formats.h"

enum { MOST_DEPTH = 16, MOST_RUNS = 3 };

/* doc, rtf, odt, wps are texts; xls, ods, xml are sheets. */
static const char *target_of(struct str extension)
{
	return str_list_has(STR("xls,ods,xml,et"), extension) ? "xlsx" : "docx";
}

/* An entry as the kernel tells it: opendir() would need memory, and this must
 * be done where there is none. */
struct entry {
	uint64_t inode, offset;
	uint16_t size; /* of all of it */
	uint8_t type;
	char name[];
};

static void remove_tree(int parent, const char *name, int depth)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	alignas(struct entry) char block[2048];
	long n;

	while (fd >= 0 && depth < MOST_DEPTH &&
	       (n = syscall(SYS_getdents64, fd, block, sizeof block)) > 0) {
		for (const char *at = block; at < block + n;) {
			const struct entry *e = (const void *)at;

			if (strcmp(e->name, ".") && strcmp(e->name, ".."))
				remove_tree(fd, e->name, depth + 1);
			at += e->size;
		}
	}
	if (fd >= 0)
		close(fd);
	unlinkat(parent, name, fd >= 0 ? AT_REMOVEDIR : 0);
}

static char work[PATH_MAX / 2]; /* "": there is none yet */

static void tidy_exhausted(size_t wanted)
{
	if (*work)
		remove_tree(AT_FDCWD, work, 0);
	reader_exhausted(wanted);
}

/* The converter may make its socket in /tmp but not remove it: one that
 * nobody listens at is its. */
static void remove_sockets(void)
{
	DIR *dir = opendir("/tmp");
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		struct sockaddr_un at = {.sun_family = AF_UNIX};
		int fd;

		if (strncmp(e->d_name, "OSL_PIPE_", 9))
			continue;
		fd = socket(AF_UNIX, SOCK_STREAM, 0);
		snprintf(at.sun_path, sizeof at.sun_path, "/tmp/%.100s",
			 e->d_name);
		if (fd >= 0 &&
		    connect(fd, (struct sockaddr *)&at, sizeof at) &&
		    errno == ECONNREFUSED)
			unlink(at.sun_path);
		close(fd);
	}
	if (dir)
		closedir(dir);
}

static bool write_file(const char *path, struct str bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

	while (fd >= 0 && bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		bytes = str_slice(bytes, (size_t)n, bytes.n);
	}
	return fd >= 0 && !close(fd) && !bytes.n;
}

static bool read_file(const char *path, size_t most, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW);
	ssize_t n = 1;

	while (fd >= 0 && n > 0 && out->n <= most) {
		buf_reserve(out, 1 << 16);
		n = read(fd, out->p + out->n, 1 << 16);
		if (n > 0)
			out->n += (size_t)n;
	}
	return fd >= 0 && !close(fd) && n == 0;
}

/* What a child leaves to its parent. */
static void leave(size_t wanted)
{
	(void)wanted;
	_exit(1);
}

static _Noreturn void run(const struct source_limits *limits,
			  const char *office, const char *dir,
			  const char *input, const char *target)
{
	char home[PATH_MAX], tmp[PATH_MAX], profile[PATH_MAX];
	int null = open("/dev/null", O_RDWR);

	snprintf(home, sizeof home, "HOME=%s", dir);
	snprintf(tmp, sizeof tmp, "TMPDIR=%s", dir);
	snprintf(profile, sizeof profile,
		 "-env:UserInstallation=file://%s/profile", dir);
	{
		const char *const argv[] = {
			office,	     profile,	    "--headless",
			"--norestore", "--convert-to", target,
			"--outdir",  dir,	    input, NULL};
		const char *const environment[] = {
			home, tmp, "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8",
			NULL};

		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		if (chdir(dir))
			_exit(1);
		cage_enter_wide(limits, dir);
		execve(office, (char *const *)(uintptr_t)argv,
		       (char *const *)(uintptr_t)environment);
	}
	_exit(1);
}

/* The converter has children of its own: all of them end with it. */
static int wait_for(pid_t pid, long seconds)
{
	int status = -1;

	for (long i = 0; i < seconds * 20; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			break;
		usleep(50000);
		status = -1;
	}
	kill(-pid, SIGKILL);
	if (status == -1)
		waitpid(pid, NULL, 0);
	return status;
}

static bool convert(struct reader_program *r, const char *office,
		    const char *dir, struct buf *out)
{
	const char *target = target_of(str_of(r->argument));
	char input[PATH_MAX], output[PATH_MAX];

	snprintf(input, sizeof input, "%s/document.%s", dir, r->argument);
	snprintf(output, sizeof output, "%s/document.%s", dir, target);
	if (!write_file(input, r->input))
		return false;
	/* A first run may only make the profile and ask for a second one. */
	for (int i = 0; i < MOST_RUNS; i++) {
		pid_t pid = fork();

		if (!pid) {
			arena_on_exhaustion(leave);
			setpgid(0, 0);
			run(&r->limits, office, dir, input, target);
		}
		if (pid < 0 || wait_for(pid, r->limits.seconds) == -1)
			return false;
		remove_sockets();
		if (read_file(output, (size_t)r->limits.bytes, out))
			return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	static struct reader_program r;
	const char *office = source_find_office();
	const char *tmp = getenv("TMPDIR");
	struct buf out = {0};
	bool done;

	reader_start_free(&r, argc, argv);
	arena_on_exhaustion(tidy_exhausted);
	if (!office || !r.argument || strchr(r.argument, '/'))
		reader_fail(&r, "needs-converter",
			    STR("libreoffice-writer-nogui, "
				"libreoffice-calc-nogui"));
	snprintf(work, sizeof work, "%s/bud-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(work))
		reader_fail(&r, "converter-failed", str_of(reason_of(errno)));
	done = convert(&r, office, work, &out);
	remove_tree(AT_FDCWD, work, 0);
	if (!done)
		reader_fail(&r, "converter-failed", str_of(office));
	reader_leave(&out);
}
