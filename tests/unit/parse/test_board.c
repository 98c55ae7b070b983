/* Each job is had by one worker, the first free one first; the file is at every
 * moment a beginning of what it becomes. */
#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "parse/board.h"

static size_t take(struct board *b, unsigned worker)
{
	size_t number = SIZE_MAX;

	board_take(b, worker, &number);
	return number;
}

Test(board, jobs_are_taken_in_order_by_one_each)
{
	struct board *b = board_open(-1);
	enum board_state state;
	unsigned owner;

	cr_assert_eq(take(b, 0), SIZE_MAX);
	for (int i = 0; i < 3; i++)
		board_put(b, STR("name"), true);
	cr_assert(!board_owner(b, 0, &owner, &state));
	cr_assert_eq(take(b, 200), 0);
	cr_assert_eq(take(b, 7), 1);
	cr_assert(board_owner(b, 0, &owner, &state));
	cr_assert_eq(owner, 200);
	cr_assert_eq(state, BOARD_TAKEN);
	board_end(b, 200, 0);
	cr_assert(board_owner(b, 0, &owner, &state));
	cr_assert_eq(owner, 200);
	cr_assert_eq(state, BOARD_ENDED);
	/* what a dead worker had comes before what nobody had */
	board_free(b, 0);
	cr_assert_eq(take(b, 7), 0);
	cr_assert_eq(take(b, 7), 2);
	cr_assert_eq(take(b, 7), SIZE_MAX);
	board_close(b);
}

Test(board, places_are_used_again)
{
	struct board *b = board_open(-1);
	enum board_state state;
	unsigned owner;

	for (size_t i = 0; i < 3 * BOARD_JOBS; i++) {
		board_put(b, STR("name"), i % 2);
		cr_assert_eq(take(b, 1), i);
		cr_assert_eq(board_job(b, i)->small, i % 2);
		atomic_store(&b->head, i + 1);
		/* it is late to end what another has the place of */
		if (i >= BOARD_JOBS)
			board_end(b, 1, i - BOARD_JOBS);
		cr_assert(board_owner(b, i, &owner, &state));
		cr_assert_eq(state, BOARD_TAKEN);
	}
	board_close(b);
}

Test(board, names_that_find_no_room_are_to_be_asked_for)
{
	static char names[BOARD_NAMES + 1];
	struct board *b = board_open(-1);

	board_put(b, (struct str){names, BOARD_NAMES}, true);
	board_put(b, (struct str){names, BOARD_NAMES + 1}, false);
	cr_assert_eq(board_job(b, 0)->n, BOARD_NAMES);
	cr_assert_eq(board_job(b, 1)->n, 0);
	board_close(b);
}

Test(board, a_turn_is_passed_once)
{
	struct board *b = board_open(-1);

	board_pass(b, 1);
	cr_assert_eq(atomic_load(&b->turn), 0);
	board_pass(b, 0);
	board_pass(b, 0);
	cr_assert_eq(atomic_load(&b->turn), 1);
	board_close(b);
}

static struct board *open_with(FILE **f, const char *before)
{
	struct board *b;

	*f = tmpfile();
	cr_assert(*f);
	fputs(before, *f);
	rewind(*f);
	b = board_open(fileno(*f));
	board_put(b, STR("a"), true);
	board_put(b, STR("b"), false);
	return b;
}

static void expect(FILE *f, const char *all)
{
	char got[64] = "";

	cr_assert_geq(pread(fileno(f), got, sizeof got - 1, 0), 0);
	cr_assert_str_eq(got, all);
}

Test(board, what_was_written_in_part_is_taken_back)
{
	FILE *f;
	struct board *b = open_with(&f, "");

	cr_assert_eq(board_write(b, 0, STR("first ")), 0);
	cr_assert_eq(board_write(b, 1, STR("whole ")), 0);
	board_keep(b, 1);
	cr_assert_eq(board_write(b, 1, STR("pa")), 0);
	board_take_back(b, 1);
	expect(f, "first whole ");
	/* nothing is to be taken back: nothing changes */
	board_take_back(b, 1);
	cr_assert_eq(board_write(b, 1, STR("part")), 0);
	expect(f, "first whole part");
	board_free(b, 1);
	board_take_back(b, 1);
	expect(f, "first whole part");
	fclose(f);
	board_close(b);
}

Test(board, what_the_file_held_before_stays)
{
	FILE *f;
	struct board *b = open_with(&f, "0123456789");

	cr_assert_eq(board_write(b, 0, STR("abc")), 0);
	board_take_back(b, 0);
	cr_assert_eq(board_write(b, 0, STR("d")), 0);
	expect(f, "dbc3456789");
	fclose(f);
	board_close(b);
}

Test(board, who_cannot_write_says_why)
{
	struct board *b = board_open(-1);

	board_put(b, STR("a"), true);
	cr_assert_eq(board_write(b, 0, STR("bytes")), -1);
	cr_assert_eq(atomic_load(&b->error), EBADF);
	board_close(b);
}
