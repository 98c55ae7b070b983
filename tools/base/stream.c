/* zlib's gz layer reads plain files as they are, so there is one way in. */
#include "base/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/reason.h"

enum {
	READ_SIZE = 1 << 16,
	WRITE_SIZE = 1 << 16,
	UNCOPIED = 1 << 14, /* what is written as it is given: a copy costs more */
	MOST_GUESSED = 1 << 26,
};

static const char TOO_LARGE[] = "too-large";

/* Not zlib's own words: they end with the stream. */
static const char *reason(gzFile gz)
{
	int code = Z_OK;

	gzerror(gz, &code);
	switch (code) {
	case Z_ERRNO:
		return reason_of(errno);
	case Z_BUF_ERROR:
		return "reason-gzip-short";
	case Z_MEM_ERROR:
		return "reason-memory";
	default:
		return "reason-gzip-damaged";
	}
}

void reader_open_fd(struct reader *r, int fd)
{
	*r = (struct reader){.gz = gzdopen(fd, "rb")};
	if (!r->gz) {
		close(fd);
		memory_exhausted(READ_SIZE);
	}
	/* it reads what is twice as much into its place at once */
	gzbuffer(r->gz, READ_SIZE / 2);
}

static int open_input(const char *name)
{
	return strcmp(name, "-") ? open(name, O_RDONLY | O_CLOEXEC)
				 : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
}

int reader_open(struct reader *r, const char *name)
{
	int fd = open_input(name);

	if (fd < 0) {
		*r = (struct reader){.error = reason_of(errno)};
		return -1;
	}
	reader_open_fd(r, fd);
	return 0;
}

/* More bytes behind r->to; 1, 0 at the end, -1 on a failure. */
static int fill(struct reader *r)
{
	/* what zlib looked at to see whether it is gzip, then whole blocks: it
	 * reads them into their place */
	unsigned most = r->cap ? READ_SIZE : READ_SIZE / 2;
	int n;

	if (r->ended)
		return 0;
	if (r->from && r->to - r->from < r->cap / 2) {
		memmove(r->data, r->data + r->from, r->to - r->from);
		r->to -= r->from;
		r->from = 0;
	}
	if (r->cap - r->to < READ_SIZE) {
		r->cap = r->cap ? r->cap * 2 : 2 * READ_SIZE;
		r->data = memory_realloc(r->data, r->cap);
	}
	n = gzread(r->gz, r->data + r->to, most);
	if (n < 0) {
		r->error = reason(r->gz);
		return -1;
	}
	if (!n) {
		int code;

		r->ended = true;
		/* A cut gzip file ends quietly but for this code. */
		gzerror(r->gz, &code);
		if (code != Z_OK && code != Z_STREAM_END) {
			r->error = reason(r->gz);
			return -1;
		}
		return 0;
	}
	r->to += (size_t)n;
	return 1;
}

/* Forgets the start of a line that is too long. */
static void skip(struct reader *r)
{
	if (r->to - r->from <= READER_LONGEST && !r->skipping)
		return;
	r->skipping = true;
	r->from = r->to = 0;
}

int reader_part(struct reader *r, char separator, struct str *part)
{
	size_t searched = 0;

	for (;;) {
		size_t n = r->to - r->from;
		char *start = n ? r->data + r->from : NULL, *end = NULL;
		int got;

		if (n > searched)
			end = memchr(start + searched, separator, n - searched);
		if (end) {
			*part = (struct str){start, (size_t)(end - start)};
			r->from += part->n + 1;
			break;
		}
		skip(r);
		searched = r->to - r->from;
		got = fill(r);
		if (got < 0)
			return -1;
		if (!got) {
			n = r->to - r->from;
			if (!n && !r->skipping)
				return 0;
			*part = (struct str){r->data + r->from, n};
			r->from = r->to;
			break;
		}
	}
	if (r->skipping)
		*part = STR(READER_LEFT_OUT);
	r->skipping = false;
	r->line++;
	return 1;
}

int reader_line(struct reader *r, struct str *line)
{
	return reader_part(r, '\n', line);
}

void reader_close(struct reader *r)
{
	if (r->gz)
		gzclose_r(r->gz);
	free(r->data);
	r->gz = NULL;
	r->data = NULL;
}

static bool is_gzip(const char *p, size_t n)
{
	return n > 1 && p[0] == '\x1F' && p[1] == '\x8B';
}

/* A regular file from its beginning; what was opened under a name is there. */
static bool is_whole(int fd, bool named, struct stat *st)
{
	return !fstat(fd, st) && S_ISREG(st->st_mode) &&
	       (named || !lseek(fd, 0, SEEK_CUR));
}

/* zlib's layer would copy every byte twice and its buffers cost more than a
 * short file: 1 and the bytes of a file as they are; 0 where it is to be read
 * through that layer, from its beginning; -1 on a failure. */
static int slurp_plain(int fd, bool named, size_t limit, struct buf *out,
		       const char **error)
{
	size_t from = out->n, size;
	struct stat st;
	ssize_t n;

	if (!is_whole(fd, named, &st))
		return 0;
	/* one byte more, so that the end is seen without growing; a size that
	 * lies must not take all memory */
	size = st.st_size < MOST_GUESSED ? (size_t)st.st_size : MOST_GUESSED;
	buf_reserve(out, size + 1);
	do {
		buf_reserve(out, 1);
		n = read(fd, out->p + out->n, out->cap - out->n);
		out->n += n > 0 ? (size_t)n : 0;
		if (is_gzip(out->p + from, out->n - from)) {
			out->n = from;
			if (!lseek(fd, 0, SEEK_SET))
				return 0;
			*error = reason_of(errno);
			return -1;
		}
		if (limit && out->n - from > limit) {
			out->n = from;
			*error = TOO_LARGE;
			return -1;
		}
		/* All that there are, though more were asked for: the end. Files
		 * of the kernel say that they are empty. */
		if (n > 0 && (off_t)(out->n - from) == st.st_size)
			break;
	} while (n > 0 || (n < 0 && errno == EINTR));
	if (n < 0)
		*error = reason_of(errno);
	return n < 0 ? -1 : 1;
}

/* The bytes of a file, uncompressed. */
static int slurp_through(struct reader *r, size_t limit, struct buf *out)
{
	int got;

	while ((got = fill(r)) > 0) {
		if (limit && out->n + (r->to - r->from) > limit) {
			r->error = TOO_LARGE;
			return -1;
		}
		buf_put(out, r->data + r->from, r->to - r->from);
		r->from = r->to = 0;
	}
	return got;
}

int reader_slurp(const char *name, size_t limit, struct buf *out,
		 const char **error)
{
	int fd = open_input(name), got;
	struct reader r;

	*error = NULL;
	if (fd < 0) {
		*error = reason_of(errno);
		return -1;
	}
	got = slurp_plain(fd, strcmp(name, "-") != 0, limit, out, error);
	if (got) {
		close(fd);
		return got < 0 ? -1 : 0;
	}
	reader_open_fd(&r, fd);
	got = slurp_through(&r, limit, out);
	*error = r.error;
	reader_close(&r);
	return got;
}

int writer_open(struct writer *w, const char *name)
{
	size_t n = strlen(name);

	*w = (struct writer){0};
	/* A copy: closing it tells of late errors, stdout stays open. */
	w->fd = strcmp(name, "-")
			? open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			       0666)
			: fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	if (w->fd < 0) {
		w->error = reason_of(errno);
		return -1;
	}
	if (n > 3 && !strcmp(name + n - 3, ".gz")) {
		w->gz = gzdopen(w->fd, "wb");
		if (!w->gz)
			memory_exhausted(WRITE_SIZE);
	}
	return 0;
}

int stream_write(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t did = write(fd, bytes.p, bytes.n);

		if (did < 0 && errno == EINTR)
			continue;
		if (did < 0)
			return -1;
		bytes = str_slice(bytes, (size_t)did, bytes.n);
	}
	return 0;
}

static int write_out(struct writer *w, const char *p, size_t n)
{
	if (w->error)
		return -1;
	if (w->gz && n && gzwrite(w->gz, p, (unsigned)n) != (int)n) {
		w->error = reason(w->gz);
		return -1;
	}
	if (!w->gz && stream_write(w->fd, (struct str){p, n})) {
		w->error = reason_of(errno);
		return -1;
	}
	return 0;
}

int writer_flush(struct writer *w)
{
	size_t n = w->pending.n;

	w->pending.n = 0;
	return write_out(w, w->pending.p, n);
}

void writer_put(struct writer *w, struct str bytes)
{
	if (bytes.n >= WRITE_SIZE - w->pending.n || bytes.n >= UNCOPIED)
		writer_flush(w);
	while (bytes.n >= UNCOPIED) { /* gzwrite() takes an int */
		struct str part = str_slice(bytes, 0, MOST_GUESSED);

		write_out(w, part.p, part.n);
		bytes = str_slice(bytes, part.n, bytes.n);
	}
	buf_put_str(&w->pending, bytes);
}

void writer_line(struct writer *w, struct str line)
{
	writer_put(w, line);
	writer_put(w, STR("\n"));
}

int writer_close(struct writer *w)
{
	int failed = writer_flush(w);

	if (w->gz && gzclose_w(w->gz) != Z_OK && !failed) {
		w->error = reason_of(errno);
		failed = -1;
	} else if (!w->gz && close(w->fd) && !failed) {
		w->error = reason_of(errno);
		failed = -1;
	}
	buf_release(&w->pending);
	return failed;
}

int writer_file(const struct writer *w)
{
	struct stat st;
	int flags = fcntl(w->fd, F_GETFL);

	return w->gz || fstat(w->fd, &st) || !S_ISREG(st.st_mode) ||
			       flags < 0 || (flags & O_APPEND)
		       ? -1
		       : w->fd;
}
