#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stream.h"

/* A directory of the test's own, and names in it. */
static char dir[] = "/tmp/bud-stream-XXXXXX";
static char name[64];

static void make_dir(void)
{
	cr_assert_not_null(mkdtemp(dir));
}

static void remove_dir(void)
{
	static const char *const files[] = {"a", "a.gz", "cut.gz"};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		snprintf(name, sizeof name, "%s/%s", dir, files[i]);
		unlink(name);
	}
	rmdir(dir);
}

TestSuite(stream, .init = make_dir, .fini = remove_dir);

static const char *path(const char *file)
{
	snprintf(name, sizeof name, "%s/%s", dir, file);
	return name;
}

static void put_file(const char *file, const void *bytes, size_t n)
{
	FILE *f = fopen(path(file), "wb");

	cr_assert_not_null(f);
	cr_assert_eq(fwrite(bytes, 1, n, f), n);
	cr_assert_eq(fclose(f), 0);
}

static void write_all(const char *file, struct str bytes)
{
	struct writer w;

	cr_assert_eq(writer_open(&w, path(file)), 0);
	writer_put(&w, bytes);
	cr_assert_eq(writer_close(&w), 0, "%s", w.error);
}

/* What fits is kept, what does not is written behind it, with or without a
 * copy. */
Test(stream, writes_pieces_of_any_size_in_order)
{
	static const size_t SIZES[] = {1, 70000, 5, 20000, 30000, 20000, 100,
				       40000, 65535, 1, 65536, 0, 16384};
	static const char *const FILES[] = {"a", "a.gz"};
	struct buf want = {0}, got = {0};
	struct writer w;
	const char *error;

	for (size_t i = 0; i < 400000; i++)
		buf_putc(&want, (char)(i * 7 + i / 256));
	for (size_t k = 0; k < sizeof FILES / sizeof *FILES; k++) {
		size_t at = 0;

		cr_assert_eq(writer_open(&w, path(FILES[k])), 0);
		for (size_t i = 0; at < want.n; i++) {
			struct str piece = str_slice(
				buf_str(&want), at,
				at + SIZES[i % (sizeof SIZES / sizeof *SIZES)]);

			writer_put(&w, piece);
			at += piece.n;
		}
		cr_assert_eq(writer_close(&w), 0);
		buf_clear(&got);
		cr_assert_eq(reader_slurp(path(FILES[k]), 0, &got, &error), 0);
		cr_assert(str_equal(buf_str(&got), buf_str(&want)));
	}
	buf_release(&want);
	buf_release(&got);
}

Test(stream, gives_lines_whatever_ends_them)
{
	static const struct {
		const char *in;
		size_t n;
		const char *lines[4];
	} rows[] = {
		{"", 0, {NULL}},
		{"\n", 1, {""}},
		{"a", 1, {"a"}},
		{"a\n", 1, {"a"}},
		{"a\nb", 2, {"a", "b"}},
		{"a\r\nb\r\n", 2, {"a\r", "b\r"}},
		{"a\r", 1, {"a\r"}},
		{"a\rb\n", 1, {"a\rb"}},
		{"\n\na\n", 3, {"", "", "a"}},
		{"收\r\n支", 2, {"收\r", "支"}},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct reader r;
		struct str line;
		size_t n = 0;

		put_file("a", rows[i].in, strlen(rows[i].in));
		cr_assert_eq(reader_open(&r, path("a")), 0);
		while (reader_line(&r, &line) == 1) {
			cr_assert_lt(n, rows[i].n, "row %zu", i);
			cr_expect(str_equal(line, str_of(rows[i].lines[n])),
				  "row %zu: '%.*s'", i, STR_ARG(line));
			cr_expect_eq(r.line, ++n);
		}
		cr_expect_eq(n, rows[i].n, "row %zu: %zu", i, n);
		cr_expect_null(r.error);
		cr_expect_eq(reader_line(&r, &line), 0, "again at the end");
		reader_close(&r);
	}
}

Test(stream, gives_lines_with_nul_bytes_and_lines_longer_than_its_buffer)
{
	struct buf want = {0};
	struct reader r;
	struct str line;

	buf_put(&want, "a\0b\n", 4);
	for (int i = 0; i < 100000; i++)
		buf_put_int(&want, i);
	buf_puts(&want, "\nend\n");
	write_all("a", buf_str(&want));
	cr_assert_eq(reader_open(&r, path("a")), 0);
	cr_assert_eq(reader_line(&r, &line), 1);
	cr_expect(str_equal(line, (struct str){"a\0b", 3}));
	cr_assert_eq(reader_line(&r, &line), 1);
	cr_expect(str_equal(line, str_slice(buf_str(&want), 4, want.n - 5)));
	cr_assert_eq(reader_line(&r, &line), 1);
	cr_expect(str_equal(line, STR("end")));
	cr_expect_eq(reader_line(&r, &line), 0);
	reader_close(&r);
	buf_release(&want);
}

Test(stream, a_line_without_end_is_left_out_and_the_next_is_given)
{
	static const char *const ENDS[] = {"\nlast\n", "\nlast", "\n", ""};

	for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
		char path[] = "/tmp/bud-stream-XXXXXX";
		int fd = mkstemp(path);
		struct reader r;
		struct str line;

		cr_assert(fd >= 0);
		cr_assert_eq(write(fd, "first\n", 6), 6);
		cr_assert(lseek(fd, READER_LONGEST + 200000, SEEK_CUR) > 0);
		cr_assert_eq(write(fd, "x", 1), 1);
		cr_assert_eq(write(fd, ENDS[i], strlen(ENDS[i])),
			     (ssize_t)strlen(ENDS[i]));
		close(fd);
		cr_assert(!reader_open(&r, path));
		cr_assert_eq(reader_line(&r, &line), 1);
		cr_expect(str_equal(line, STR("first")));
		cr_assert_eq(reader_line(&r, &line), 1);
		cr_expect(str_equal(line, STR(READER_LEFT_OUT)));
		cr_expect_eq(r.line, 2);
		cr_expect(r.cap <= 4 * (size_t)READER_LONGEST);
		if (i < 2) {
			cr_assert_eq(reader_line(&r, &line), 1);
			cr_expect(str_equal(line, STR("last")));
		}
		cr_expect_eq(reader_line(&r, &line), 0);
		reader_close(&r);
		unlink(path);
	}
}

Test(stream, gzip_goes_there_and_back)
{
	struct buf text = {0}, back = {0};
	const char *error = NULL;
	struct stat plain, packed;

	for (int i = 0; i < 40000; i++)
		buf_printf(&text, "{\"type\":\"fact\",\"n\":%d}\n", i);
	write_all("a", buf_str(&text));
	cr_assert_eq(stat(path("a"), &plain), 0);
	write_all("a.gz", buf_str(&text));
	cr_assert_eq(stat(path("a.gz"), &packed), 0);
	cr_expect_lt(packed.st_size, plain.st_size / 4);
	cr_expect_eq(reader_slurp(path("a"), 0, &back, &error), 0);
	cr_expect(str_equal(buf_str(&back), buf_str(&text)));
	buf_clear(&back);
	cr_expect_eq(reader_slurp(path("a.gz"), 0, &back, &error), 0);
	cr_expect(str_equal(buf_str(&back), buf_str(&text)));
	buf_release(&text);
	buf_release(&back);
}

Test(stream, an_empty_gz_is_a_gz)
{
	struct buf back = {0};
	const char *error;
	struct stat s;

	write_all("a.gz", STR(""));
	cr_assert_eq(stat(path("a.gz"), &s), 0);
	cr_expect_gt(s.st_size, 0);
	cr_expect_eq(reader_slurp(path("a.gz"), 0, &back, &error), 0);
	cr_expect_eq(back.n, 0);
	buf_release(&back);
}

Test(stream, a_cut_or_damaged_gz_is_a_failure_not_an_end)
{
	struct buf text = {0}, packed = {0}, back = {0};
	const char *error;

	for (int i = 0; i < 20000; i++)
		buf_printf(&text, "%d %d\n", i, i * i % 7919);
	write_all("a.gz", buf_str(&text));
	{
		FILE *f = fopen(path("a.gz"), "rb");
		char block[4096];
		size_t n;

		while ((n = fread(block, 1, sizeof block, f)) > 0)
			buf_put(&packed, block, n);
		fclose(f);
	}
	for (size_t cut = 12; cut < packed.n; cut += packed.n / 13 + 1) {
		buf_clear(&back);
		put_file("cut.gz", packed.p, cut);
		error = NULL;
		cr_expect_eq(reader_slurp(path("cut.gz"), 0, &back, &error),
			     -1, "cut at %zu", cut);
		cr_expect_not_null(error);
		cr_expect(str_starts(buf_str(&text), buf_str(&back)));
	}
	buf_clear(&back);
	put_file("cut.gz", packed.p, packed.n - 1); /* in the trailer */
	cr_expect_eq(reader_slurp(path("cut.gz"), 0, &back, &error), -1);
	packed.p[packed.n / 2] ^= 0x55;
	buf_clear(&back);
	put_file("cut.gz", packed.p, packed.n);
	cr_expect_eq(reader_slurp(path("cut.gz"), 0, &back, &error), -1);
	buf_release(&text);
	buf_release(&packed);
	buf_release(&back);
}

Test(stream, lines_before_a_cut_are_given)
{
	struct buf packed = {0};
	struct reader r;
	struct str line;
	const char *error;
	int got;
	size_t n = 0;

	{
		struct buf text = {0};

		for (int i = 0; i < 50000; i++)
			buf_printf(&text, "%d %d\n", i, i * 31 % 7919);
		write_all("a.gz", buf_str(&text));
		buf_release(&text);
	}
	{
		FILE *f = fopen(path("a.gz"), "rb");
		char block[4096];
		size_t k;

		while ((k = fread(block, 1, sizeof block, f)) > 0)
			buf_put(&packed, block, k);
		fclose(f);
	}
	put_file("cut.gz", packed.p, packed.n / 2);
	cr_assert_eq(reader_open(&r, path("cut.gz")), 0);
	while ((got = reader_line(&r, &line)) == 1)
		n++;
	error = r.error;
	cr_expect_eq(got, -1);
	cr_expect_not_null(error);
	cr_expect_gt(n, 1000);
	reader_close(&r);
	buf_release(&packed);
}

Test(stream, says_why_it_cannot_open_or_read)
{
	struct buf out = {0};
	const char *error = NULL;
	struct reader r;
	struct writer w;

	cr_expect_eq(reader_open(&r, path("absent")), -1);
	cr_expect_str_eq(r.error, "reason-missing");
	cr_expect_eq(reader_slurp(path("absent"), 0, &out, &error), -1);
	cr_expect_str_eq(error, "reason-missing");
	cr_expect_eq(reader_slurp(dir, 0, &out, &error), -1);
	cr_expect_str_eq(error, "reason-directory");
	cr_expect_eq(writer_open(&w, path("no/such")), -1);
	cr_expect_str_eq(w.error, "reason-missing");
	cr_expect_eq(out.n, 0);
	buf_release(&out);
}

/* Files of the kernel say that they have no bytes. */
Test(stream, slurp_reads_what_has_no_size)
{
	struct buf out = {0};
	const char *error = NULL;

	cr_expect_eq(reader_slurp("/proc/self/status", 0, &out, &error), 0);
	cr_expect_neq(str_find(buf_str(&out), STR("Pid:")), SIZE_MAX);
	buf_release(&out);
}

Test(stream, slurp_stops_at_its_limit)
{
	struct buf out = {0};
	const char *error = NULL;

	write_all("a", STR("0123456789"));
	cr_expect_eq(reader_slurp(path("a"), 10, &out, &error), 0);
	buf_clear(&out);
	cr_expect_eq(reader_slurp(path("a"), 9, &out, &error), -1);
	cr_expect_not_null(error);
	cr_expect_eq(out.n, 0);
	buf_release(&out);
}

Test(stream, a_full_disk_is_an_error_that_stays)
{
	struct writer w;

	if (access("/dev/full", W_OK))
		cr_skip_test("/dev/full is not there");
	cr_assert_eq(writer_open(&w, "/dev/full"), 0);
	writer_line(&w, STR("a"));
	cr_expect_eq(writer_flush(&w), -1);
	cr_expect_str_eq(w.error, "reason-full");
	writer_line(&w, STR("b"));
	cr_expect_eq(writer_flush(&w), -1);
	cr_expect_eq(writer_close(&w), -1);
}

Test(stream, standard_output_stays_open_for_what_a_program_says_last)
{
	struct writer w;

	cr_assert_eq(writer_open(&w, "-"), 0);
	cr_expect_eq(writer_close(&w), 0);
	cr_expect_eq(fcntl(STDOUT_FILENO, F_GETFD) >= 0, 1);
}
