/* Lines that a second thread reads, or none, are those of the file, in order,
 * whatever their number; who stops early waits for nobody. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "record/ahead.h"

/* Every third line is blank, every seventh no record. */
static struct str line_of(struct buf *b, size_t number)
{
	buf_clear(b);
	if (number % 3 == 0)
		buf_puts(b, " \t");
	else if (number % 7 == 0)
		buf_printf(b, "{\"type\":\"fact\",\"n\":%zu}", number);
	else if (number % 5 == 0) /* only jansson reads it */
		buf_printf(b, "{\"type\":\"unknown\",\"v\":[{}],\"n\":%zu}",
			   number);
	else
		buf_printf(b, "{\"type\":\"verdict\",\"doc\":\"d\",\"checks\":%zu,"
			      "\"passed\":0,\"rounding\":0,\"failed\":0,"
			      "\"notes\":0,\"open\":0,\"notApplicable\":0}",
			   number);
	return buf_str(b);
}

static void open_lines(struct reader *in, size_t n)
{
	FILE *f = tmpfile();
	struct buf b = {0};
	int fd;

	cr_assert(f);
	for (size_t i = 1; i <= n; i++) {
		struct str line = line_of(&b, i);

		fwrite(line.p, 1, line.n, f);
		fputc('\n', f);
	}
	rewind(f);
	fd = dup(fileno(f));
	fclose(f);
	reader_open_fd(in, fd);
	buf_release(&b);
}

static void expect_line(const struct ahead_line *l, size_t number, bool text)
{
	struct buf b = {0};
	struct str line = line_of(&b, number);

	cr_assert_eq(l->number, number);
	cr_assert_eq(l->blank, number % 3 == 0);
	cr_assert(text ? str_equal(l->text, line) : !l->text.n);
	if (number % 3 && number % 7 == 0)
		cr_assert(l->error && l->detail.n);
	else
		cr_assert(!l->error);
	if (number % 3 && number % 7 && number % 5)
		cr_assert_eq(l->record.verdict.checks, (int64_t)number);
	buf_release(&b);
}

static void read_lines(size_t n, size_t most, bool text, bool threaded)
{
	struct reader in;
	struct ahead *a;
	struct ahead_line *l;
	size_t seen = 0;
	int got = 1;

	open_lines(&in, n);
	a = ahead_start(&in, (text ? AHEAD_TEXT : 0) |
				     (threaded ? AHEAD_THREADED : 0));
	while (seen < most && (got = ahead_next(a, &l)) == 1)
		expect_line(l, ++seen, text);
	cr_expect_eq(seen, n < most ? n : most);
	cr_expect_eq(got, n < most ? 0 : 1);
	ahead_end(a);
	reader_close(&in);
}

Test(ahead, gives_every_line_in_order)
{
	static const size_t sizes[] = {0, 1, 511, 512, 513, 1024, 20000};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		read_lines(sizes[i], SIZE_MAX, true, true);
		read_lines(sizes[i], SIZE_MAX, false, true);
		read_lines(sizes[i], SIZE_MAX, true, false);
	}
}

Test(ahead, may_be_left_before_the_end)
{
	static const size_t most[] = {1, 600, 5000};

	for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
		read_lines(20000, most[i], true, true);
		read_lines(20000, most[i], true, false);
	}
}

Test(ahead, says_that_the_reader_failed)
{
	static const unsigned char CUT[] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3};
	FILE *f = tmpfile();
	struct reader in;
	struct ahead_line *l;
	struct ahead *a;

	cr_assert(f && fwrite(CUT, 1, sizeof CUT, f) == sizeof CUT);
	rewind(f);
	reader_open_fd(&in, dup(fileno(f)));
	fclose(f);
	a = ahead_start(&in, AHEAD_THREADED);
	cr_expect_eq(ahead_next(a, &l), -1);
	cr_expect(in.error);
	ahead_end(a);
	reader_close(&in);
}
