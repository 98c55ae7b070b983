/* A worker process of pool.c. */
#ifndef BUD_PARSE_WORKER_H
#define BUD_PARSE_WORKER_H

#include "parse/frames.h"
#include "parse/parse.h"

/* Before the names of a job. */
struct job_head {
	uint32_t n;     /* bytes */
	uint32_t small; /* not 0: frames of jobs before it may wait for its own;
			 * as wide as n, so that no byte sent is without value */
};

/* Does the jobs that come through the socket of the frames until it is closed,
 * then ends the process. */
_Noreturn void worker_run(struct parse *p, bool join, struct frames frames);

/* What the documents say becomes frames. */
void worker_capture(struct parse *p, struct frames *frames);

#endif
