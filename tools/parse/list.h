/*
 * The files to read, one job after the other: operands first, then the names
 * of a list. A directory stands for the files below it, sorted by name, hidden
 * ones left out. Only the names of a few jobs are in memory.
 */
#ifndef BUD_PARSE_LIST_H
#define BUD_PARSE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/stream.h"
#include "base/str.h"

/* Names that each end in NUL; owned by whoever owns the job. */
struct input_job {
	struct buf names;
	size_t n;
	long long bytes; /* of the last of them; -1: it is no plain file */
	bool join;       /* they are one publication */
};

struct input_list {
	char **operands;
	size_t n_operands, at;
	const char *from; /* --files-from, or NULL */
	char separator;   /* '\n', or '\0' with --null */
	bool join;        /* a job is all names up to an empty one */
	bool count;       /* find out the total first */
	size_t total;     /* files to come; 0 where it is not known */
	/* own */
	struct reader reader;
	bool reading, ended;
	void *walk;  /* FTS */
	long blocks; /* read from disks at the last look */
};

/* operands … join are set. 0, or -1 with the reason in l->reader.error. */
int input_list_open(struct input_list *l);

/* The next job, cleared and filled; false at the end or on a failure, which
 * l->reader.error tells. */
bool input_list_next(struct input_list *l, struct input_job *job);

/* Whether a name may have to be waited for: the list comes through a pipe. */
bool input_list_waits(const struct input_list *l);

/* Whether this process has read from a disk since the last call. Most times
 * files are in memory, and asking for them would cost more than it gives. It is
 * no cheap question either. */
bool input_list_reads(struct input_list *l);

/* Asks the system to read the files of a later job meanwhile. */
void input_job_fetch(const struct input_job *job);

void input_list_close(struct input_list *l);

/* Names that are all there, and do not come through a pipe. */
bool input_list_is_file(const struct input_list *l);
bool input_is_directory(const char *name);

/* The names of a job one by one: at begins as 0. NULL at the end. */
const char *input_job_name(const struct input_job *job, size_t *at);

#endif
