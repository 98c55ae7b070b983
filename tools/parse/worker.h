/*
 * A worker process of pool.c: jobs from the board, frames out.
 *
 * The socket brings lengths (uint32_t) and as many bytes: none only wake the
 * worker, others are the names of a job that it asked for.
 */
#ifndef BUD_PARSE_WORKER_H
#define BUD_PARSE_WORKER_H

#include <sys/types.h>

#include "parse/board.h"
#include "parse/frames.h"
#include "parse/parse.h"

struct worker_seat {
	struct board *board;
	struct frames frames;
	unsigned worker; /* its number, from 0 */
	pid_t program;
	bool join; /* files of a job are one publication */
};

/* Does jobs until no more come, or until the program is gone; then ends the
 * process. */
_Noreturn void worker_run(struct parse *p, struct worker_seat seat);

#endif
