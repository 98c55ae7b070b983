/*
 * A library to be preloaded: the n-th call of a kind fails, in one program.
 *
 *	BUD_FAULT=KIND:N[+]      which; with + all from the n-th on
 *	BUD_FAULT_PROGRAM=NAME   where: the name of the program
 *	BUD_FAULT_COUNT=FILE     how many calls there were is written there
 *
 * KIND  malloc, open, read, write, sync, rename, unlink, truncate, mkdir, map,
 *       process: the call fails with the errno that is usual for it
 *       short, eintr: a write does half; a write, or a read at an offset, is
 *       interrupted (zlib does not go on after an interrupted read, and no
 *       program has a handler that would interrupt one)
 *       kill, term: the program is killed before its n-th call of any kind that
 *       touches files
 *
 * Calls that the C library makes inside itself (stdio) are not seen.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind {
	NONE, MALLOC, OPEN, READ, WRITE, SYNC, RENAME, UNLINK, TRUNCATE, MKDIR,
	MAP, PROCESS, SHORT, EINTR_, KILL, TERM, N_KINDS,
};

static const char *const NAMES[N_KINDS] = {
	"none", "malloc", "open", "read", "write", "sync", "rename", "unlink",
	"truncate", "mkdir", "map", "process", "short", "eintr", "kill", "term",
};

static const int REASONS[N_KINDS] = {
	[MALLOC] = ENOMEM, [OPEN] = EMFILE, [READ] = EIO, [WRITE] = ENOSPC,
	[SYNC] = EIO, [RENAME] = EIO, [UNLINK] = EIO, [TRUNCATE] = EIO,
	[MKDIR] = ENOSPC, [MAP] = ENOMEM, [PROCESS] = EAGAIN,
};

static enum kind wanted; /* NONE: not in this program, or not yet */
static long nth, calls;
static bool from_then_on;
static const char *count_file;

__attribute__((constructor)) static void begin(void)
{
	const char *fault = getenv("BUD_FAULT");
	const char *program = getenv("BUD_FAULT_PROGRAM");
	char *end;
	size_t n;

	if (!fault || !program ||
	    strcmp(program, program_invocation_short_name))
		return;
	n = strcspn(fault, ":");
	if (!fault[n])
		return;
	nth = strtol(fault + n + 1, &end, 10);
	from_then_on = *end == '+';
	count_file = getenv("BUD_FAULT_COUNT");
	for (int k = MALLOC; k < N_KINDS; k++)
		if (strlen(NAMES[k]) == n && !strncmp(NAMES[k], fault, n))
			wanted = (enum kind)k;
}

__attribute__((destructor)) static void end(void)
{
	char text[32];
	int n, fd;

	if (!wanted || !count_file)
		return;
	wanted = NONE;
	n = snprintf(text, sizeof text, "%ld\n", calls);
	fd = (int)syscall(SYS_openat, AT_FDCWD, count_file,
			  O_WRONLY | O_CREAT | O_TRUNC, 0666);
	syscall(SYS_write, fd, text, (size_t)n);
}

/* Whether this call of the kind is to fail; errno is set. */
static bool fails(enum kind kind)
{
	bool touches = kind != MALLOC && kind != MAP && kind != PROCESS;

	if ((wanted == KILL || wanted == TERM) && touches) {
		if (++calls == nth)
			syscall(SYS_kill, getpid(),
				wanted == KILL ? SIGKILL : SIGTERM);
		return false;
	}
	if (kind != wanted)
		return false;
	calls++;
	if (calls != nth && !(from_then_on && nth && calls > nth))
		return false;
	errno = REASONS[kind];
	return true;
}

/* An interrupted call, or half of one. */
static bool is_interrupted(void)
{
	if (wanted != EINTR_ || ++calls != nth)
		return false;
	errno = EINTR;
	return true;
}

static size_t shorten(size_t n)
{
	return wanted == SHORT && ++calls == nth && n > 1 ? n / 2 : n;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* The C library's own, since dlsym() allocates. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

void *malloc(size_t n)
{
	return fails(MALLOC) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return fails(MALLOC) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t n)
{
	return fails(MALLOC) ? NULL : __libc_realloc(old, n);
}

static mode_t mode_of(int flags, va_list more)
{
	return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	va_start(more, flags);
	mode = mode_of(flags, more);
	va_end(more);
	return openat(AT_FDCWD, path, flags, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
	va_list more;
	mode_t mode;

	va_start(more, flags);
	mode = mode_of(flags, more);
	va_end(more);
	return fails(OPEN) ? -1
			   : (int)syscall(SYS_openat, dir, path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
	return fails(OPEN) ? NULL : NEXT(fopen)(path, mode);
}

DIR *opendir(const char *path)
{
	return fails(OPEN) ? NULL : NEXT(opendir)(path);
}

FILE *tmpfile(void)
{
	return fails(OPEN) ? NULL : NEXT(tmpfile)();
}

ssize_t read(int fd, void *to, size_t n)
{
	return fails(READ) ? -1 : syscall(SYS_read, fd, to, n);
}

ssize_t pread(int fd, void *to, size_t n, off_t at)
{
	return fails(READ) || is_interrupted()
		       ? -1
		       : syscall(SYS_pread64, fd, to, n, at);
}

ssize_t write(int fd, const void *from, size_t n)
{
	if (fails(WRITE) || is_interrupted())
		return -1;
	return syscall(SYS_write, fd, from, shorten(n));
}

int fsync(int fd)
{
	return fails(SYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return fails(SYNC) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int rename(const char *from, const char *to)
{
	return fails(RENAME) ? -1
			     : (int)syscall(SYS_renameat2, AT_FDCWD, from,
					    AT_FDCWD, to, 0);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	return fails(RENAME) ? -1
			     : (int)syscall(SYS_renameat2, from_dir, from,
					    to_dir, to, 0);
}

int unlink(const char *path)
{
	return fails(UNLINK) ? -1
			     : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int unlinkat(int dir, const char *path, int flags)
{
	return fails(UNLINK) ? -1
			     : (int)syscall(SYS_unlinkat, dir, path, flags);
}

int ftruncate(int fd, off_t size)
{
	return fails(TRUNCATE) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int mkdir(const char *path, mode_t mode)
{
	return fails(MKDIR) ? -1
			    : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return fails(MKDIR) ? -1 : (int)syscall(SYS_mkdirat, dir, path, mode);
}

void *mmap(void *at, size_t n, int prot, int flags, int fd, off_t from)
{
	return fails(MAP) ? MAP_FAILED
			  : (void *)syscall(SYS_mmap, at, n, prot, flags, fd,
					    from);
}

int memfd_create(const char *name, unsigned flags)
{
	return fails(MAP) ? -1 : (int)syscall(SYS_memfd_create, name, flags);
}

int pipe2(int fds[2], int flags)
{
	return fails(PROCESS) ? -1 : (int)syscall(SYS_pipe2, fds, flags);
}

pid_t fork(void)
{
	return fails(PROCESS) ? -1 : NEXT(fork)();
}

int posix_spawn(pid_t *pid, const char *path,
		const posix_spawn_file_actions_t *actions,
		const posix_spawnattr_t *attributes, char *const argv[],
		char *const environment[])
{
	return fails(PROCESS) ? EAGAIN
			      : NEXT(posix_spawn)(pid, path, actions,
						  attributes, argv,
						  environment);
}
