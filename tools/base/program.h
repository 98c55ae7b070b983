/*
 * What the main() of every filter shares: the option table (one source for
 * parsing, --help and the tests), messages, exit status.
 *
 * A filter describes itself in a program_spec, calls program_start(), takes
 * its options one by one with program_option(), works, and returns
 * program_finish(). Exit statuses are those of the man page: 0 done, 1 only
 * with --exit-code, 2 wrong usage, 3 some input could not be read or
 * understood, 4 the system failed.
 */
#ifndef BUD_BASE_PROGRAM_H
#define BUD_BASE_PROGRAM_H

#include <stdbool.h>
#include <stdio.h>

#include "base/message.h"
#include "base/share.h"

#define BUD_VERSION "0.1.0"

enum {
	STATUS_DONE = 0,
	STATUS_FINDINGS = 1,
	STATUS_USAGE = 2,
	STATUS_INPUT = 3,
	STATUS_SYSTEM = 4,
};

enum { /* what program_option() returns beside the ids of a filter */
	OPTION_END = 0,
	OPTION_STOP = -1, /* return program_finish() at once */
	OPTION_OWN = 32,  /* first id of a filter's own options */
};

struct option_row {
	int id;           /* OPTION_OWN and above; below: ends the table */
	char letter;      /* 0 for none */
	const char *name; /* without the dashes */
	const char *arg;  /* name of the value, NULL for none */
	const char *en, *zh;
};

/* The words that an option takes, for messages and completions. */
struct option_values {
	const char *option; /* without the dashes; "" for the first operand */
	const char *words;  /* with blanks between them */
};

struct program_spec {
	const char *name;  /* "bud-parse" */
	const char *usage; /* "[OPTION]... [FILE]..." */
	const char *en, *zh; /* what it does, one or two lines */
	const char *example; /* one line that works as typed */
	const struct option_row *rows; /* ends with an id of 0 */
	const struct option_values *values; /* ends with NULL; or NULL */
};

struct program {
	const struct program_spec *spec;
	int argc, first; /* argv[first..argc) are the operands */
	char **argv;
	const char *value; /* of the option taken last */
	const char *option; /* its name */
	/* set before program_usage(): what may have been meant, by blanks */
	struct str candidates;
	struct share share;
	struct messages messages;
	bool quiet;
	int status; /* highest so far, only raised */
};

void program_start(struct program *p, const struct program_spec *spec,
		   int argc, char **argv);

/*
 * The id of the next option, its value in p->value; OPTION_END when only
 * operands are left, OPTION_STOP after --help, --version or a usage error.
 * Common options (help, version, lang, share, quiet) are handled inside, and
 * what no help tells: --list-options, the table of options for programs, one
 * a line: letter, name, argument, words that it takes, English, Chinese; and
 * --nearest=WORD, which of the words behind it this one was meant to be.
 */
int program_option(struct program *p);

/* A usage error: says so, names what is accepted or was meant where a value
 * of the option taken last is wrong, points to --help, sets the status, and
 * returns program_finish() for main to return. */
int program_usage(struct program *p, const char *id, const char *detail);

/* Raises the status; usage errors stay 2. */
void program_raise(struct program *p, int status);

/* Says a message with its reason (base/reason.h; or NULL), raises the status. */
void program_fail(struct program *p, int status, const char *id,
		  struct str place, const char *reason);

/* Releases everything, checks standard output; what main returns. */
int program_finish(struct program *p);

#endif
