/*
 * The jobs of all workers (pool.h), in memory that they share with the program.
 *
 * The program puts jobs up in the order of the list. A worker that has nothing
 * to do takes the first that nobody has: it waits neither for the program nor
 * for who has more to do.
 *
 * Where the output is a plain file, a worker writes to it by itself as long as
 * it is its job's turn, which saves carrying the bytes to the program. Only
 * whose turn it is writes, so the file is at every moment a beginning of what
 * it becomes. What a worker had written in part when it died is taken back.
 */
#ifndef BUD_PARSE_BOARD_H
#define BUD_PARSE_BOARD_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum {
	BOARD_JOBS = 512,  /* there at a time */
	BOARD_NAMES = 512, /* bytes of names of a job */
	BOARD_WORKERS = 256,
};

enum board_state {
	BOARD_FREE,
	BOARD_TAKEN,
	BOARD_ENDED, /* done, but the program may not have been told */
};

struct board_job {
	_Atomic int64_t whole; /* where in the file its last whole output ends;
				* -1: it wrote none */
	uint32_t n;            /* bytes of names; 0: too many, to be asked for */
	bool small;            /* what it says may wait for the jobs behind it */
	char names[BOARD_NAMES];
};

struct board {
	_Atomic size_t head;  /* jobs before it are over */
	_Atomic size_t put;   /* the next job to put up */
	_Atomic size_t turn;  /* the job whose output comes next */
	_Atomic bool ended;   /* nothing more is put up */
	_Atomic int error;    /* errno of a worker that could not write, or 0 */
	int fd;               /* which workers write to; -1: none */
	/* number of the job, worker, state: all that changes hands at once */
	_Atomic uint64_t states[BOARD_JOBS];
	_Atomic bool waits[BOARD_WORKERS]; /* to be woken for the next job */
	struct board_job jobs[BOARD_JOBS];
};

/* To be shared with processes forked later; NULL where the system has no
 * memory. */
struct board *board_open(int fd);
void board_close(struct board *b);

static inline struct board_job *board_job(struct board *b, size_t number)
{
	return &b->jobs[number % BOARD_JOBS];
}

/* For the program: the next job. There must be room. */
void board_put(struct board *b, struct str names, bool small);
/* A job that its worker did not survive is free again. */
void board_free(struct board *b, size_t number);
/* Whose it is; false where it is free. */
bool board_owner(const struct board *b, size_t number, unsigned *worker,
		 enum board_state *state);

/* For workers; false where none is free. */
bool board_take(struct board *b, unsigned worker, size_t *number);
/* It is done; without effect where the program knows so already, and another
 * job has its place. */
void board_end(struct board *b, unsigned worker, size_t number);

/* The turn goes on to the next job, if it is this one's. Who wrote and who
 * knows of it may both say so. */
void board_pass(struct board *b, size_t number);

/* Writes to the file, in its turn. 0, or -1 with b->error set. Until
 * board_keep(), board_take_back() undoes it. */
int board_write(struct board *b, size_t number, struct str bytes);
void board_keep(struct board *b, size_t number);
/* For the program, when who wrote is no more. */
void board_take_back(struct board *b, size_t number);

#endif
