#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parse/list.h"

static char folder[] = "/tmp/bud-list-XXXXXX";

static void make_folder(void)
{
	cr_assert_not_null(mkdtemp(folder));
	cr_assert_eq(chdir(folder), 0);
	cr_assert_eq(mkfifo("pipe", 0600), 0);
	cr_assert_eq(mkdir("below", 0700), 0);
	cr_assert_geq(close(open("file", O_WRONLY | O_CREAT, 0600)), 0);
}

static void remove_folder(void)
{
	unlink("pipe");
	unlink("file");
	rmdir("below");
	cr_expect_eq(rmdir(folder), 0);
}

Test(list, only_a_pipe_of_names_is_waited_for, .init = make_folder,
     .fini = remove_folder)
{
	cr_expect_not(input_list_waits(&(struct input_list){0}));
	cr_expect_not(input_list_waits(&(struct input_list){.from = "file"}));
	cr_expect(input_list_waits(&(struct input_list){.from = "pipe"}));
	cr_expect(input_list_waits(&(struct input_list){.from = "none"}));
}

/* Who writes to a pipe must not see a reader that leaves. */
Test(list, files_alone_are_asked_for_ahead, .init = make_folder,
     .fini = remove_folder, .timeout = 10)
{
	static const char NAMES[] = "file\0none\0below\0-\0pipe";
	struct input_job job = {.n = 5};
	int before = dup(STDIN_FILENO);

	buf_put(&job.names, NAMES, sizeof NAMES);
	input_job_fetch(&job);
	buf_release(&job.names);
	cr_expect_eq(open("pipe", O_WRONLY | O_NONBLOCK), -1);
	cr_expect_eq(errno, ENXIO);
	close(before);
	cr_expect_eq(dup(STDIN_FILENO), before, "a descriptor is left");
	close(before);
}
