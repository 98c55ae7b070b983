/* Worker processes for run.c. */
#ifndef BUD_PARSE_POOL_H
#define BUD_PARSE_POOL_H

#include "parse/run.h"

/* Does the jobs of the run with n processes; what is left in the list where
 * none can be started is the caller's. */
void pool_run(struct parse_run *r, unsigned n);

#endif
