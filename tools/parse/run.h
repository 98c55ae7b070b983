/*
 * All jobs of a list → one output, by this process or by several.
 *
 * With workers > 1 the work is done by that many processes; what they write
 * is put into the order of the input, so that the output has the same bytes
 * for any number. A worker that crashes costs its document (a trouble record)
 * and is replaced.
 */
#ifndef BUD_PARSE_RUN_H
#define BUD_PARSE_RUN_H

#include "base/program.h"
#include "base/stream.h"
#include "parse/list.h"
#include "parse/parse.h"
#include "parse/progress.h"
#include "parse/wording.h"

struct parse_run {
	struct parse *parse;     /* lexicon, options, limits, output are set */
	struct input_list *list; /* operands (none: standard input), from, … */
	const char *output;      /* a name, "-" */
	unsigned workers;        /* 0: as many as the list is worth */
	/* own */
	struct writer out;
	struct progress progress;
	struct wordings wordings;
	struct messages *messages;
	void (*say)(void *ctx, struct str text);
	void *say_ctx;
	bool noted;
};

/* Does it all; what fails raises the program's status. */
void parse_run(struct parse_run *r, struct program *g);

/* What a job said: played in order, whoever did it. */
void run_put(struct parse_run *r, struct str bytes);
void run_say(struct parse_run *r, struct str text);
void run_note(struct parse_run *r, struct str id);

#endif
