/* main FILE TURNS [write]: seconds of processor time a turn, the least of all,
 * and what was added up. */
#include "codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static char *slurp(const char *name, size_t *n)
{
	FILE *f = fopen(name, "rb");
	char *p;

	if (!f || fseek(f, 0, SEEK_END))
		return NULL;
	*n = (size_t)ftell(f);
	rewind(f);
	p = calloc(1, *n + 64);
	if (p && fread(p, 1, *n, f) != *n)
		return NULL;
	fclose(f);
	return p;
}

int main(int argc, char **argv)
{
	struct sums s = {0, 0, 0};
	double best = 1e9;
	size_t n, bad = 0;
	char *text;

	if (argc < 3 || !(text = slurp(argv[1], &n)))
		return 2;
	for (int turn = 0; turn < atoi(argv[2]); turn++) {
		double from = now();

		s = (struct sums){0, 0, 0};
		bad = 0;
		for (char *p = text, *end; p < text + n; p = end + 1) {
			end = memchr(p, '\n', (size_t)(text + n - p));
			if (!end)
				break;
			bad += !codec_line(p, (size_t)(end - p), argc > 3, &s);
		}
		if (now() - from < best)
			best = now() - from;
	}
	printf("%.6f %lld %zu %zu %zu\n", best, s.value, s.text, s.written, bad);
	free(text);
	return 0;
}
