/*
 * Lines and bytes in and out, plain or gzip, for every program.
 *
 * "-" is standard input or output. Gzip is read wherever it comes (zlib looks
 * at the first bytes) and written where a name ends in ".gz". Errors are
 * returned as a reason (base/reason.h); the caller adds the name of the stream.
 */
#ifndef BUD_BASE_STREAM_H
#define BUD_BASE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct reader {
	void *gz; /* gzFile */
	char *data;
	size_t from, to, cap;
	size_t line; /* number of the line given last, from 1 */
	bool ended, skipping;
	const char *error; /* reason of the failure, NULL for none */
};

/* 0, or -1 with r->error set. The name is used only here. */
int reader_open(struct reader *r, const char *name);

/* The same of a descriptor, which the reader closes from now on. */
void reader_open_fd(struct reader *r, int fd);

/*
 * The next line without its newline; a last line without newline counts too.
 * A CR before it stays: JSON takes it for a blank, and records are passed on
 * as they came. It is valid until the next call. 1 for a line, 0 at
 * the end, -1 on a failure. In the place of a line beyond READER_LONGEST stands
 * READER_LEFT_OUT, which is no record: memory is bounded, and the lines behind
 * it are given.
 */
enum { READER_LONGEST = 1 << 26 };
#define READER_LEFT_OUT "(a line beyond 64 MiB was left out here)"

int reader_line(struct reader *r, struct str *line);
/* The same with another end than the newline. */
int reader_part(struct reader *r, char separator, struct str *part);
void reader_close(struct reader *r);

/*
 * The whole stream appended to out, uncompressed. At most limit bytes (0 =
 * all): beyond it -1 and *error says so.
 */
int reader_slurp(const char *name, size_t limit, struct buf *out,
		 const char **error);

/* All the bytes, whatever signals and short writes come between. 0, or -1 with
 * errno set. */
int stream_write(int fd, struct str bytes);

struct writer {
	void *gz; /* gzFile, NULL for plain */
	int fd;
	struct buf pending;
	const char *error; /* first failure, sticky */
};

/* 0, or -1 with w->error set. */
int writer_open(struct writer *w, const char *name);
void writer_put(struct writer *w, struct str bytes);
void writer_line(struct writer *w, struct str line); /* adds the newline */
/* Writes out what is pending; 0, or -1 with w->error set. */
int writer_flush(struct writer *w);
int writer_close(struct writer *w);
/* Where several processes may write, one after the other, each at the place
 * where the one before ended: a plain file that is not only appended to. -1:
 * it is none. */
int writer_file(const struct writer *w);

#endif
