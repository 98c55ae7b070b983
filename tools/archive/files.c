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

int files_replace_begin(struct replacement *r, int dir, const char *path)
{
	int n = snprintf(r->path, sizeof r->path, "%s", path);
	int k = snprintf(r->beside, sizeof r->beside, "%s.tmp", path);

	r->dir = dir;
	if (n >= FILES_PATH || k >= FILES_PATH) {
		errno = ENAMETOOLONG;
		return -1;
	}
	r->fd = openat(dir, r->beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		       0666);
	return r->fd < 0 ? -1 : 0;
}

void files_replace_give_up(struct replacement *r)
{
	int why = errno;

	if (r->fd >= 0)
		close(r->fd);
	unlinkat(r->dir, r->beside, 0);
	errno = why;
}

int files_replace_end(struct replacement *r)
{
	int failed = fsync(r->fd);

	if (failed) {
		files_replace_give_up(r);
		return -1;
	}
	failed = close(r->fd);
	r->fd = -1;
	if (failed || renameat(r->dir, r->beside, r->dir, r->path)) {
		files_replace_give_up(r);
		return -1;
	}
	return files_sync_parent(r->dir, r->path);
}

int files_replace(int dir, const char *path, struct str bytes)
{
	struct replacement r = {.fd = -1};

	if (files_replace_begin(&r, dir, path))
		return -1;
	if (stream_write(r.fd, bytes)) {
		files_replace_give_up(&r);
		return -1;
	}
	return files_replace_end(&r);
}

int files_unnamed(int dir)
{
	static const char NAME[] = "lock.tmp";
	int fd = openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0)
		return fd;
	/* Not every file system can; who asks holds the lock. */
	fd = openat(dir, NAME, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd >= 0 && unlinkat(dir, NAME, 0)) {
		int why = errno;

		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}

int64_t files_size(int dir, const char *path)
{
	struct stat st;

	return fstatat(dir, path, &st, 0) ? -1 : (int64_t)st.st_size;
}
