/*
 * A library to be preloaded: the n-th call of a kind fails, in one program.
 *
 *	BUD_FAULT=KIND:N[+]      which; with + all from the n-th on
 *	BUD_FAULT_PROGRAM=NAME   where: the name of the program
 *	BUD_FAULT_COUNT=FILE     how many calls there were: eight bytes of it,
 *	                         also where the program leaves by _exit() or may
 *	                         no longer open a file
 *	BUD_FAULT_OFFICE=COMMAND what runs in place of LibreOffice
 *
 * KIND  malloc, open, read, write, sync, rename, unlink, truncate, mkdir, map,
 *       process: the call fails with the errno that is usual for it
 *       short, eintr: a write does half; a write, or a read at an offset, is
 *       interrupted (zlib does not go on after an interrupted read, and no
 *       program has a handler that would interrupt one)
 *       shrink: before a read the file becomes half as long
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
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind {
	NONE, MALLOC, OPEN, READ, WRITE, SYNC, RENAME, UNLINK, TRUNCATE, MKDIR,
	MAP, PROCESS, SHORT, EINTR_, SHRINK, KILL, TERM, N_KINDS,
};

static const char *const NAMES[N_KINDS] = {
	"none", "malloc", "open", "read", "write", "sync", "rename", "unlink",
	"truncate", "mkdir", "map", "process", "short", "eintr", "shrink",
	"kill", "term",
};

static const int REASONS[N_KINDS] = {
	[MALLOC] = ENOMEM, [OPEN] = EMFILE, [READ] = EIO, [WRITE] = ENOSPC,
	[SYNC] = EIO, [RENAME] = EIO, [UNLINK] = EIO, [TRUNCATE] = EIO,
	[MKDIR] = ENOSPC, [MAP] = ENOMEM, [PROCESS] = EAGAIN,
};

static enum kind wanted; /* NONE: not in this program, or not yet */
static long nth, own_calls, *calls = &own_calls;
static bool from_then_on;

static void share_count(const char *path)
{
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path,
			      O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	long at;

	if (fd < 0 || syscall(SYS_ftruncate, fd, sizeof *calls))
		_exit(125);
	at = syscall(SYS_mmap, NULL, sizeof *calls, PROT_READ | PROT_WRITE,
		     MAP_SHARED, fd, 0);
	syscall(SYS_close, fd);
	if (at == -1)
		_exit(125);
	calls = (long *)at;
}

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
	if (getenv("BUD_FAULT_COUNT"))
		share_count(getenv("BUD_FAULT_COUNT"));
	for (int k = MALLOC; k < N_KINDS; k++)
		if (strlen(NAMES[k]) == n && !strncmp(NAMES[k], fault, n))
			wanted = (enum kind)k;
}

/* Whether this call of the kind is to fail; errno is set. */
static bool fails(enum kind kind)
{
	bool touches = kind != MALLOC && kind != MAP && kind != PROCESS;

	if ((wanted == KILL || wanted == TERM) && touches) {
		if (++*calls == nth)
			/* not kill(), which a cage forbids */
			syscall(SYS_tgkill, getpid(), gettid(),
				wanted == KILL ? SIGKILL : SIGTERM);
		return false;
	}
	if (kind != wanted)
		return false;
	++*calls;
	if (*calls != nth && !(from_then_on && nth && *calls > nth))
		return false;
	errno = REASONS[kind];
	return true;
}

/* An interrupted call, or half of one. */
static bool is_interrupted(void)
{
	if (wanted != EINTR_ || ++*calls != nth)
		return false;
	errno = EINTR;
	return true;
}

static size_t shorten(size_t n)
{
	return wanted == SHORT && ++*calls == nth && n > 1 ? n / 2 : n;
}

static void shrink(int fd)
{
	struct stat st;
	char path[32];

	if (wanted != SHRINK || ++*calls != nth || fstat(fd, &st) ||
	    !S_ISREG(st.st_mode))
		return;
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	syscall(SYS_truncate, path, st.st_size / 2);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* The C library's own, since dlsym() allocates. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

/* libseccomp 2.5 builds its filter in a loop that does not end where memory
 * does: of its allocations none fails. A cage is closed before the document is
 * read, and the limit on time holds in there too. */
static bool is_of_cage(const void *caller)
{
	Dl_info from;

	return wanted == MALLOC && dladdr(caller, &from) && from.dli_fname &&
	       strstr(from.dli_fname, "/libseccomp");
}

#define NO_MEMORY (!is_of_cage(__builtin_return_address(0)) && fails(MALLOC))

void *malloc(size_t n)
{
	return NO_MEMORY ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return NO_MEMORY ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t n)
{
	return NO_MEMORY ? NULL : __libc_realloc(old, n);
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
	shrink(fd);
	return fails(READ) ? -1 : syscall(SYS_read, fd, to, n);
}

ssize_t pread(int fd, void *to, size_t n, off_t at)
{
	shrink(fd);
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

/* What stands for LibreOffice, which takes seconds: a command of the shell. */
static const char *office_of(const char *path)
{
	return wanted && strstr(path, "/soffice.bin") ? getenv("BUD_FAULT_OFFICE")
						      : NULL;
}

int access(const char *path, int mode)
{
	return office_of(path) ? 0
			       : (int)syscall(SYS_faccessat, AT_FDCWD, path,
					      mode);
}

int execve(const char *path, char *const argv[], char *const environment[])
{
	const char *office = office_of(path);
	const char *const command[] = {"sh", "-c", office, NULL};

	if (fails(PROCESS))
		return -1;
	return (int)syscall(SYS_execve, office ? "/bin/sh" : path,
			    office ? (char *const *)(uintptr_t)command : argv,
			    environment);
}
