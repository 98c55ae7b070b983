/*
 * Plain and compressed streams. A file as it is: whole and in lines it reads
 * the same, or fails both ways. Then its bytes compressed: they come back, but
 * for a file that was cut, which must not pass for a whole one.
 */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/stream.h"
#include "fuzz.h"

static bool is_gzip(struct str s)
{
	return str_starts(s, STR("\x1F\x8B"));
}

/* 0, or what reader_line() gives for a failure. */
static int read_lines(const char *name, struct buf *out)
{
	struct reader r;
	struct str line;
	size_t lines = 0;
	int got;

	if (reader_open(&r, name))
		abort();
	while ((got = reader_line(&r, &line)) > 0) {
		if (r.line != ++lines || memchr(line.p, '\n', line.n))
			abort();
		buf_put_str(out, line);
		buf_putc(out, '\n');
	}
	if ((got < 0) != (r.error != NULL))
		abort();
	reader_close(&r);
	return got;
}

/* Aborts unless both ways of reading agree; 0 or -1. */
static int read_both(const char *name, struct buf *whole)
{
	struct buf lines = {0};
	const char *error;
	int got = reader_slurp(name, 0, whole, &error);

	if ((got < 0) != (error != NULL) || read_lines(name, &lines) != got)
		abort();
	if (!got && whole->n && whole->p[whole->n - 1] != '\n')
		buf_putc(whole, '\n');
	if (!got && !str_equal(buf_str(whole), buf_str(&lines)))
		abort();
	buf_release(&lines);
	return got;
}

static void try_plain(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};
	struct buf whole = {0};
	int got = read_both(fuzz_file(data, size), &whole);

	if (!is_gzip(bytes) &&
	    (got || !str_starts(buf_str(&whole), bytes)))
		abort();
	buf_release(&whole);
}

static void try_compressed(const uint8_t *data, size_t size, size_t lost)
{
	struct str bytes = {(const char *)data, size};
	struct buf whole = {0}, packed = {0};
	z_stream z = {0};
	int got;

	if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY))
		abort();
	buf_reserve(&packed, deflateBound(&z, size) + 1);
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)size;
	z.next_out = (Bytef *)packed.p;
	z.avail_out = (uInt)packed.cap;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	packed.n = z.total_out;
	deflateEnd(&z);
	/* of a file cut in its first bytes zlib can't tell what it was */
	if (lost + 18 > packed.n)
		lost = 0;
	got = read_both(fuzz_file((uint8_t *)packed.p, packed.n - lost),
			&whole);
	if ((got < 0) != (lost > 0) ||
	    (!got && !str_starts(buf_str(&whole), bytes)))
		abort();
	buf_release(&packed);
	buf_release(&whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	try_plain(data, size);
	if (size)
		try_compressed(data + 1, size - 1, data[0]);
	return 0;
}
