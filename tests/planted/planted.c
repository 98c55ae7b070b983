/*
 * A reader of HTML that a document has taken over: the document says what it
 * tries. It enters the cage as every reader does. What it was let do it tells as
 * a paragraph; tests/planted/run starts bud-parse with it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libexec/reader.h"

static bool open_file(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool write_file(void)
{
	return open("/tmp/bud-planted", O_WRONLY | O_CREAT, 0600) >= 0 ||
	       open("bud-planted", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool remove_file(void)
{
	return !unlink("victim") || !truncate("victim", 0);
}

static bool open_descriptor(void)
{
	for (int fd = STDERR_FILENO + 1; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return true;
	return false;
}

static bool make_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ||
	       socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool fork_itself(void)
{
	return fork() >= 0;
}

static bool run_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return false;
}

static bool end_parent(void)
{
	return !kill(getppid(), SIGTERM);
}

static bool read_given(void)
{
	return open("shelf/book", O_RDONLY) >= 0;
}

static bool cut_given(void)
{
	return open("shelf/book", O_RDONLY | O_TRUNC) >= 0;
}

static volatile bool goes_on = true;

static bool take_memory(void)
{
	while (goes_on) {
		char *p = malloc(1 << 20);

		if (!p)
			reader_exhausted(1 << 20);
		memset(p, 1, 1 << 20);
	}
	return true;
}

static bool take_time(void)
{
	while (goes_on)
		;
	return true;
}

static bool sleep_on(void)
{
	while (goes_on)
		pause();
	return true;
}

static bool crash(void)
{
	abort();
}

static bool write_on(void)
{
	char junk[4096];

	memset(junk, 'x', sizeof junk);
	while (write(STDOUT_FILENO, junk, sizeof junk) > 0)
		;
	return false;
}

static bool write_other(void)
{
	static const char OTHER[] = "bud-blocks 1\nP\t1\t1\tLET\nnot a block\n";

	return write(STDOUT_FILENO, OTHER, sizeof OTHER - 1) < 0;
}

static const struct {
	const char *name;
	bool (*attempt)(void);
} ROWS[] = {
	{"open-file", open_file},     {"write-file", write_file},
	{"remove-file", remove_file}, {"open-descriptor", open_descriptor},
	{"make-socket", make_socket}, {"fork-itself", fork_itself},
	{"run-program", run_program}, {"end-parent", end_parent},
	{"read-given", read_given},   {"cut-given", cut_given},
	{"take-memory", take_memory}, {"take-time", take_time},
	{"sleep-on", sleep_on},       {"crash", crash},
	{"write-on", write_on},       {"write-other", write_other},
};

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {"shelf", NULL};
	static struct reader_program r;

	reader_prepare();
	reader_start(&r, argc, argv, DIRS);
	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		if (str_find(r.input, str_of(ROWS[i].name)) ==
		    SIZE_MAX)
			continue;
		errno = 0;
		source_add_text(&r.document, BLOCK_PARAGRAPH, 1, 0,
				ROWS[i].attempt() ? STR("LET")
						  : STR("REFUSED"));
	}
	r.document.media = "text/html";
	reader_finish(&r);
}
