/* What is laid into the tray comes out as it was, in order, whatever its size,
 * and what finds no room goes the other way. */
#include <criterion/criterion.h>

#include "parse/frames.h"

/* Bytes that tell where they are from. */
static struct str output_of(struct buf *b, size_t number, size_t n)
{
	buf_clear(b);
	for (size_t i = 0; i < n; i++)
		buf_putc(b, (char)('a' + (number + i) % 23));
	return buf_str(b);
}

static void expect_output(const struct frames *f, struct str frame, char letter,
			  size_t number, size_t n)
{
	struct buf b = {0};
	struct str content = frame;

	if (letter == 'T') {
		content = tray_look(f->tray, frame);
		cr_assert(content.p >= f->tray->bytes);
		cr_assert(content.p + content.n <= f->tray->bytes + TRAY_SIZE);
	}
	cr_assert(str_equal(content, output_of(&b, number, n)));
	if (letter == 'T')
		tray_take(f->tray, frame);
	buf_release(&b);
}

static char put(struct frames *f, size_t number, size_t n)
{
	struct buf b = {0};

	frames_put_output(f, output_of(&b, number, n));
	buf_release(&b);
	return f->bytes.p[0];
}

/* One frame, which must be there; false where there is none. */
static bool take(struct frames *f, size_t number, size_t n)
{
	struct str rest = buf_str(&f->bytes), content;
	char letter;

	if (!frames_next(&rest, &letter, &content))
		return false;
	expect_output(f, content, letter, number, n);
	memmove(f->bytes.p, rest.p, rest.n);
	f->bytes.n = rest.n;
	return true;
}

Test(frames, the_tray_goes_round)
{
	struct frames f = {.fd = -1, .tray = tray_open()};
	size_t size = TRAY_SIZE / 7 * 2;

	cr_assert(f.tray);
	/* two lie there at a time, so that each end of the ring is met */
	put(&f, 0, size);
	for (size_t i = 1; i < 50; i++) {
		put(&f, i, size - i);
		cr_assert_eq(f.bytes.p[0], 'T');
		cr_assert(take(&f, i - 1, i == 1 ? size : size - i + 1));
		cr_assert_eq(f.bytes.p[0], 'T');
	}
	cr_assert(take(&f, 49, size - 49));
	cr_assert(!take(&f, 0, 0));
	cr_assert_eq(atomic_load(&f.tray->taken), f.laid);
	buf_release(&f.bytes);
	tray_close(f.tray);
}

Test(frames, what_finds_no_room_goes_the_other_way)
{
	struct frames f = {.fd = -1, .tray = tray_open()};

	cr_assert_eq(put(&f, 1, TRAY_SIZE), 'T');
	put(&f, 2, 1);
	cr_assert(take(&f, 1, TRAY_SIZE));
	cr_assert_eq(f.bytes.p[0], 'O');
	cr_assert(take(&f, 2, 1));
	cr_assert_eq(put(&f, 3, TRAY_SIZE + 1), 'O');
	cr_assert(take(&f, 3, TRAY_SIZE + 1));
	cr_assert_eq(put(&f, 4, 100), 'T');
	cr_assert(take(&f, 4, 100));
	buf_release(&f.bytes);
	tray_close(f.tray);
	/* the same without one */
	f = (struct frames){.fd = -1};
	cr_assert_eq(put(&f, 5, 10), 'O');
	cr_assert(take(&f, 5, 10));
	buf_release(&f.bytes);
}

/* They are taken in the order of the jobs, and so must lie in it. */
Test(frames, what_belongs_before_the_last_goes_the_other_way)
{
	struct frames f = {.fd = -1, .tray = tray_open()};
	const size_t jobs[] = {5, 5, 3, 6};
	const char *letters = "TTOT";
	struct str rest, content;
	char letter;

	for (size_t i = 0; i < 4; i++) {
		size_t number = SIZE_MAX;

		buf_clear(&f.bytes);
		frames_job(&f, jobs[i]);
		frames_put_output(&f, STR("bytes"));
		rest = buf_str(&f.bytes);
		cr_assert(frames_next(&rest, &letter, &content));
		if (i != 1) { /* it is said once */
			cr_assert_eq(letter, 'J');
			memcpy(&number, content.p, sizeof number);
			cr_assert_eq(number, jobs[i]);
			cr_assert(frames_next(&rest, &letter, &content));
		}
		cr_assert_eq(letter, letters[i]);
		cr_assert(!frames_next(&rest, &letter, &content));
	}
	buf_release(&f.bytes);
	tray_close(f.tray);
}

Test(frames, a_frame_that_is_cut_waits_for_the_rest)
{
	struct frames f = {.fd = -1};
	struct str content;
	char letter;

	frames_put(&f, 'M', STR("words"));
	for (size_t n = 0; n < f.bytes.n; n++) {
		struct str part = {f.bytes.p, n};

		cr_assert(!frames_next(&part, &letter, &content));
	}
	buf_release(&f.bytes);
}
