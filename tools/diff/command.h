/*
 * What bud-diff does once its options are known: the tables, the records of
 * its files, the changes and what is written of them. The caller fills in
 * the first part and releases what command_release() names.
 */
#ifndef BUD_DIFF_COMMAND_H
#define BUD_DIFF_COMMAND_H

#include "base/stream.h"
#include "diff/input.h"
#include "diff/real.h"
#include "diff/summary.h"

struct command {
	struct diff_options options;
	const char *aliases, *index; /* files of the user, or NULL */
	struct str per;              /* --per */
	bool all;    /* what stayed the same is written too */
	bool only;   /* the records are not passed on */
	bool stat;   /* a summary in place of changes */
	bool sorted; /* the files are */
	bool keys;   /* keys are written, nothing is compared */
	bool quiet;  /* no messages are printed */
	unsigned jobs; /* threads to work with */
	struct share *share;
	struct messages *messages;
	struct writer *out;
	/* of the command: */
	bool differs; /* after command_run() */
	struct crosswalk cross;
	struct real real;
	struct diff diff;
	struct input in;
	struct summary summary;
	struct buf line;
};

/* Reads the tables; false, and told, where one is wrong: nothing was done. */
bool command_load(struct command *c);

/* One or two files; false, and told, where input was not understood. */
bool command_run(struct command *c, const char *const *names, size_t n);

void command_release(struct command *c);

#endif
