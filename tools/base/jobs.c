/* Processors that others may use alone are not counted. */
#include "base/jobs.h"

#include <sched.h>

#include "base/str.h"

enum { MOST_DEFAULT = 4, MOST = 256 };

static unsigned count_processors(unsigned most)
{
	cpu_set_t set;
	unsigned n = 1;

	if (!sched_getaffinity(0, sizeof set, &set))
		n = (unsigned)CPU_COUNT(&set);
	return n > most ? most : n;
}

unsigned jobs_default(void)
{
	return count_processors(MOST_DEFAULT);
}

bool jobs_take(const char *value, unsigned *jobs)
{
	int64_t n;
	bool good = str_to_int64(str_of(value), &n) && n >= 0 && n <= MOST;

	if (good)
		*jobs = n ? (unsigned)n : count_processors(MOST);
	return good;
}
