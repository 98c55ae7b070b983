/*
 * One library against the lines of a file of facts: each line is read whole,
 * its value and the bytes of its text are added up, so that all are seen to
 * have done the same, and, where it is asked for, it is written again.
 */
#ifndef BENCH_CODEC_H
#define BENCH_CODEC_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sums {
	long long value; /* of the member "value" */
	size_t text;     /* bytes of the member "text" */
	size_t written;
};

/* False where the line is refused. Behind the line there are 64 bytes more. */
bool codec_line(const char *line, size_t n, bool write, struct sums *s);

#ifdef __cplusplus
}
#endif

#endif
