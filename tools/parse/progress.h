/*
 * How far a long run is, on a terminal: files done, rate, what remains. It
 * appears after a second, is one line that is written over, and goes away
 * before anything else is printed.
 */
#ifndef BUD_PARSE_PROGRESS_H
#define BUD_PARSE_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/message.h"

struct progress {
	bool on;
	enum lang lang;
	bool shown;
	size_t done;
	long started, last; /* milliseconds */
};

/* On where standard error is a terminal that the output does not go to. */
bool progress_wanted(const char *output);
void progress_start(struct progress *p);
/* more files are done of total (0: not known). */
void progress_show(struct progress *p, size_t more, size_t total);
void progress_hide(struct progress *p);

#endif
