/* The order of syncs: a file's bytes, its name, and then whoever names it. */
#include "archive/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_SIZE = 1 << 16 };

int files_write(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes = str_slice(bytes, (size_t)n, bytes.n);
	}
	return 0;
}

int files_read_at(int fd, void *to, size_t n, int64_t offset)
{
	char *p = to;

	while (n) {
		ssize_t got = pread(fd, p, n, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (!got)
			errno = EIO;
		if (got <= 0)
			return -1;
		p += got;
		n -= (size_t)got;
		offset += got;
	}
	return 0;
}

int files_slurp(int dir, const char *path, struct buf *out)
{
	int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;

	if (fd < 0)
		return -1;
	do {
		buf_reserve(out, READ_SIZE);
		n = read(fd, out->p + out->n, READ_SIZE);
		if (n > 0)
			out->n += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	close(fd);
	return n < 0 ? -1 : 0;
}

static int sync_dir(int dir, const char *path)
{
	int fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed;

	if (fd < 0)
		return -1;
	failed = fsync(fd);
	/* some file systems cannot sync a directory and need not */
	if (failed && errno == EINVAL)
		failed = 0;
	close(fd);
	return failed;
}

/* The directory of a path, "." for none. */
static int parent_of(const char *path, char out[PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	int n = slash ? snprintf(out, PATH_MAX, "%.*s", (int)(slash - path),
				 path)
		      : snprintf(out, PATH_MAX, ".");

	if (n < PATH_MAX)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

int files_sync_parent(int dir, const char *path)
{
	char parent[PATH_MAX];

	return parent_of(path, parent) || sync_dir(dir, parent) ? -1 : 0;
}

int files_make_parents(int dir, const char *path)
{
	char one[PATH_MAX];

	for (const char *p = strchr(path, '/'); p; p = strchr(p + 1, '/')) {
		if (p - path >= PATH_MAX) {
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(one, path, (size_t)(p - path));
		one[p - path] = '\0';
		if (!mkdirat(dir, one, 0777)) {
			if (files_sync_parent(dir, one))
				return -1;
		} else if (errno != EEXIST) {
			return -1;
		}
	}
	return 0;
}

int files_replace(int dir, const char *path, struct str bytes)
{
	char beside[PATH_MAX];
	int fd, n = snprintf(beside, sizeof beside, "%s.tmp", path);

	if (n >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = openat(dir, beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		    0666);
	if (fd < 0)
		return -1;
	if (files_write(fd, bytes) || fsync(fd)) {
		int why = errno;

		close(fd);
		unlinkat(dir, beside, 0);
		errno = why;
		return -1;
	}
	if (close(fd) || renameat(dir, beside, dir, path)) {
		int why = errno;

		unlinkat(dir, beside, 0);
		errno = why;
		return -1;
	}
	return files_sync_parent(dir, path);
}

int64_t files_size(int dir, const char *path)
{
	struct stat st;

	return fstatat(dir, path, &st, 0) ? -1 : (int64_t)st.st_size;
}
