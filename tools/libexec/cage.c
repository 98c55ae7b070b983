/*
 * Three fences, each good without the others: rlimits bound time, memory and
 * files; Landlock closes the file system; seccomp answers every system call
 * that a reader has no need of with EPERM.
 */
#include "libexec/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void set_limit(int what, rlim_t value)
{
	struct rlimit r = {value, value};

	setrlimit(what, &r);
}

static void limit_resources(const struct source_limits *l)
{
	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_CPU, (rlim_t)l->seconds);
	set_limit(RLIMIT_FSIZE, 0);
	set_limit(RLIMIT_NOFILE, 64);
	set_limit(RLIMIT_NPROC, 0);
#if !defined(__SANITIZE_ADDRESS__)
	/* The sanitizer's shadow would not fit. */
	set_limit(RLIMIT_AS, (rlim_t)l->memory << 20);
#endif
}

/* A set of rules for all that the first version of Landlock knows; -1 where
 * the kernel has none. */
static int new_rules(void)
{
	struct landlock_ruleset_attr rules = {
		.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};

	return (int)syscall(SYS_landlock_create_ruleset, &rules,
			    sizeof rules.handled_access_fs, 0);
}

static void allow(int rules, const char *dir, uint64_t access)
{
	struct landlock_path_beneath_attr path = {
		.allowed_access = access,
		.parent_fd = open(dir, O_PATH | O_CLOEXEC)};

	if (path.parent_fd < 0)
		return;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &path,
		0);
	close(path.parent_fd);
}

/* Reading below these directories stays allowed; true when it is in force. */
static bool lock_files(const char *const *dirs)
{
	int rules = new_rules();
	bool locked;

	if (rules < 0)
		return false;
	for (; *dirs; dirs++)
		allow(rules, *dirs, LANDLOCK_ACCESS_FS_READ_FILE |
					    LANDLOCK_ACCESS_FS_READ_DIR);
	locked = !syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
	return locked;
}

static bool lock_calls(void)
{
	static const int ALLOWED[] = {
		SCMP_SYS(read),          SCMP_SYS(write),
		SCMP_SYS(pread64),       SCMP_SYS(readv),
		SCMP_SYS(writev),        SCMP_SYS(lseek),
		SCMP_SYS(close),         SCMP_SYS(dup),
		SCMP_SYS(fstat),         SCMP_SYS(newfstatat),
		SCMP_SYS(stat),          SCMP_SYS(lstat),
		SCMP_SYS(statx),         SCMP_SYS(statfs),
		SCMP_SYS(fstatfs),       SCMP_SYS(access),
		SCMP_SYS(faccessat),     SCMP_SYS(faccessat2),
		SCMP_SYS(getdents64),    SCMP_SYS(readlink),
		SCMP_SYS(readlinkat),    SCMP_SYS(getcwd),
		SCMP_SYS(fcntl),         SCMP_SYS(fadvise64),
		SCMP_SYS(mmap),          SCMP_SYS(munmap),
		SCMP_SYS(mremap),        SCMP_SYS(mprotect),
		SCMP_SYS(madvise),       SCMP_SYS(brk),
		SCMP_SYS(futex),         SCMP_SYS(sched_yield),
		SCMP_SYS(sched_getaffinity),
		SCMP_SYS(set_robust_list),
		SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigaltstack),
		SCMP_SYS(restart_syscall),
		SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep),
		SCMP_SYS(nanosleep),     SCMP_SYS(gettimeofday),
		SCMP_SYS(time),          SCMP_SYS(times),
		SCMP_SYS(getrandom),     SCMP_SYS(sysinfo),
		SCMP_SYS(uname),         SCMP_SYS(getpid),
		SCMP_SYS(gettid),        SCMP_SYS(getuid),
		SCMP_SYS(geteuid),       SCMP_SYS(getgid),
		SCMP_SYS(getegid),       SCMP_SYS(getrusage),
		SCMP_SYS(exit),          SCMP_SYS(exit_group),
		SCMP_SYS(poll),          SCMP_SYS(ioctl),
	};
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool ok = ctx != NULL;

	for (size_t i = 0; ok && i < sizeof ALLOWED / sizeof *ALLOWED; i++)
		seccomp_rule_add(ctx, SCMP_ACT_ALLOW, ALLOWED[i], 0);
	/* Opening is for reading; Landlock lets a file be cut that may be
	 * read, before Linux 6.2. */
	ok = ok && !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
				     SCMP_A2(SCMP_CMP_MASKED_EQ,
					     O_ACCMODE | O_CREAT | O_TRUNC,
					     O_RDONLY));
	/* A process may end itself (abort), and nobody else. */
	ok = ok && !seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
				     SCMP_A0(SCMP_CMP_EQ,
					     (scmp_datum_t)getpid(), 0));
	ok = ok && !seccomp_load(ctx);
	if (ctx)
		seccomp_release(ctx);
	return ok;
}

const char *cage_enter(const struct source_limits *l, const char *const *dirs)
{
	bool files, calls;

	limit_resources(l);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return "cage-none";
	files = lock_files(dirs);
	calls = lock_calls();
	if (files && calls)
		return NULL;
	return files ? "cage-no-seccomp"
		     : calls ? "cage-no-landlock" : "cage-none";
}

static void lock_wide(const char *dir)
{
	static const char *const SYSTEM[] = {"/usr",  "/bin",	"/lib", "/lib64",
					     "/etc",  "/opt",	"/proc", "/sys",
					     "/var/lib", "/var/cache",
					     "/var/spool/libreoffice", NULL};
	static const char *const DEVICES[] = {"/dev/null", "/dev/zero",
					      "/dev/random", "/dev/urandom",
					      NULL};
	uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE |
			   LANDLOCK_ACCESS_FS_READ_DIR |
			   LANDLOCK_ACCESS_FS_EXECUTE;
	int rules = new_rules();

	if (rules < 0)
		return;
	for (size_t i = 0; SYSTEM[i]; i++)
		allow(rules, SYSTEM[i], reading);
	for (size_t i = 0; DEVICES[i]; i++)
		allow(rules, DEVICES[i], LANDLOCK_ACCESS_FS_READ_FILE |
						 LANDLOCK_ACCESS_FS_WRITE_FILE);
	allow(rules, dir, (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1);
	/* LibreOffice looks there for another one of its kind. */
	allow(rules, "/tmp", LANDLOCK_ACCESS_FS_MAKE_SOCK);
	syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
}

static void lock_network(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);

	if (!ctx)
		return;
	/* Sockets of this machine's own programs are not the network. */
	seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
			 SCMP_A0(SCMP_CMP_NE, AF_UNIX, 0));
	seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ptrace), 0);
	seccomp_load(ctx);
	seccomp_release(ctx);
}

void cage_enter_wide(const struct source_limits *l, const char *dir)
{
	set_limit(RLIMIT_CORE, 0);
	set_limit(RLIMIT_CPU, (rlim_t)l->seconds);
	set_limit(RLIMIT_FSIZE, (rlim_t)l->bytes);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return;
	lock_wide(dir);
	lock_network();
}
