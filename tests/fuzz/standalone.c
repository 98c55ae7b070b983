/*
 * standalone FILE|DIRECTORY...: a fuzz target on inputs that are kept, without
 * libFuzzer: what once broke must not break again.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stream.h"
#include "fuzz.h"

static size_t ran;

static void run_file(const char *name)
{
	struct buf bytes = {0};
	FILE *f = fopen(name, "rb");
	uint8_t *data;

	if (!f) {
		perror(name);
		exit(2);
	}
	for (size_t n = 1; n; bytes.n += n) {
		buf_reserve(&bytes, 1 << 16);
		n = fread(bytes.p + bytes.n, 1, 1 << 16, f);
	}
	fclose(f);
	/* Of its exact size, so that a sanitizer sees what reads beyond it. */
	data = malloc(bytes.n ? bytes.n : 1);
	if (!data)
		exit(2);
	if (bytes.n)
		memcpy(data, bytes.p, bytes.n);
	fprintf(stderr, "%s\n", name);
	LLVMFuzzerTestOneInput(data, bytes.n);
	free(data);
	buf_release(&bytes);
	ran++;
}

static void run(const char *name)
{
	DIR *d = opendir(name);
	const struct dirent *e;

	if (!d) {
		run_file(name);
		return;
	}
	while ((e = readdir(d))) {
		struct buf path = {0};

		if (*e->d_name == '.')
			continue;
		buf_printf(&path, "%s/%s", name, e->d_name);
		buf_putc(&path, 0);
		run_file(path.p);
		buf_release(&path);
	}
	closedir(d);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		run(argv[i]);
	printf("%zu\n", ran);
	return 0;
}
