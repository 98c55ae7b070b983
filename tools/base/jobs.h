/* How many threads a program works with: its option --jobs. */
#ifndef BUD_BASE_JOBS_H
#define BUD_BASE_JOBS_H

#include <stdbool.h>

/* One for each processor that the process may use, but few: a filter is one of
 * several in a pipe. */
unsigned jobs_default(void);

/* The option's value, 0 for one a processor; false where it is none. */
bool jobs_take(const char *value, unsigned *jobs);

#endif
