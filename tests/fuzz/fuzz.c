#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"

struct share *fuzz_share(void)
{
	static struct share share;
	static bool open;

	if (!open)
		share_open(&share, NULL);
	open = true;
	return &share;
}

struct messages *fuzz_messages(void)
{
	static struct messages messages;

	messages.share = fuzz_share();
	return &messages;
}

static void put(int fd, const uint8_t *data, size_t size)
{
	while (size) {
		ssize_t n = write(fd, data, size);

		if (n <= 0)
			abort();
		data += n;
		size -= (size_t)n;
	}
}

const char *fuzz_file(const uint8_t *data, size_t size)
{
	static char name[40];
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("input", 0);
	if (fd < 0 || ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET))
		abort();
	put(fd, data, size);
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	return name;
}

static char directory[64];

static void remove_directory(void)
{
	char command[96];

	snprintf(command, sizeof command, "rm -rf '%s'", directory);
	if (system(command))
		return;
}

const char *fuzz_directory(void)
{
	const char *base = getenv("TMPDIR");

	if (*directory)
		return directory;
	if (!base || strlen(base) > sizeof directory / 2)
		base = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
	snprintf(directory, sizeof directory - 1, "%s/bud-fuzz-XXXXXX", base);
	if (!mkdtemp(directory))
		abort();
	strcat(directory, "/");
	atexit(remove_directory);
	return directory;
}

void fuzz_write(const char *path, const uint8_t *data, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0)
		abort();
	put(fd, data, size);
	close(fd);
}

void fuzz_expect_document(const struct source_document *d)
{
	struct str text = buf_str(&d->text);
	size_t end = 0;

	if (utf8_find_invalid(text) != SIZE_MAX)
		abort();
	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct source_block *b = &d->blocks[i];

		if (b->start < end || b->end < b->start || b->end > text.n)
			abort();
		end = b->end;
		for (size_t k = 0; k < b->n_cells; k++)
			if (b->cells[k].start < b->start ||
			    b->cells[k].end < b->cells[k].start ||
			    b->cells[k].end > b->end)
				abort();
	}
}
