/* Parsing is glibc's getopt_long; its table is made from the option rows. */
#include "base/program.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/help.h"
#include "base/nearest.h"
#include "base/reason.h"

enum { MAX_OPTIONS = 64 };

enum {
	COMMON_HELP = 1,
	COMMON_VERSION,
	COMMON_LANG,
	COMMON_SHARE,
	COMMON_QUIET,
	COMMON_LIST,
	COMMON_NEAREST,
};

static const struct option_row COMMON[] = {
	{COMMON_LANG, 0, "lang", "LANG", "language of labels and messages: zh or en",
	 "标签和信息的语言：zh 或 en"},
	{COMMON_SHARE, 0, "share", "DIR", "read vocabulary and rules from DIR",
	 "从 DIR 读取词表和规则"},
	{COMMON_QUIET, 'q', "quiet", NULL, "print no messages", "不输出信息"},
	{COMMON_HELP, 'h', "help", NULL, "print this help", "显示本帮助"},
	{COMMON_VERSION, 'V', "version", NULL, "print the version",
	 "显示版本"},
	{0, 0, NULL, NULL, NULL, NULL},
};

/* For programs: those that write completions, and the scripts. */
static const struct option_row HIDDEN[] = {
	{COMMON_LIST, 0, "list-options", NULL, "", ""},
	{COMMON_NEAREST, 0, "nearest", "WORD", "", ""},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct program *running;

/* With the catalogue that is built in: there is no memory for another. */
static _Noreturn void out_of_memory(size_t wanted)
{
	struct share built_in = {0};
	struct str text = message_text(&built_in, running->messages.lang,
				       "memory-exhausted");

	fprintf(stderr, "%s: %.*s: %zu\n", running->spec->name, STR_ARG(text),
		wanted);
	_exit(STATUS_SYSTEM);
}

static void say(void *ctx, struct str text)
{
	const struct program *p = ctx;

	if (!p->quiet)
		fprintf(stderr, "%s: %.*s\n", p->spec->name, STR_ARG(text));
}

static enum lang lang_of_environment(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *v = getenv(names[i]);

		if (v && *v)
			return lang_of(v);
	}
	return LANG_EN;
}

void program_start(struct program *p, const struct program_spec *spec,
		   int argc, char **argv)
{
	*p = (struct program){.spec = spec, .argc = argc, .argv = argv};
	running = p;
	arena_on_exhaustion(out_of_memory);
	share_open(&p->share, NULL);
	share_find_own(&p->share);
	p->messages = (struct messages){.share = &p->share,
					.lang = lang_of_environment(),
					.sink = say,
					.ctx = p};
	opterr = 0;
	optind = 0; /* makes glibc forget an earlier walk */
}

static void suggest(struct program *p, const char *word, struct str words)
{
	struct str meant = nearest_word(
		str_slice(str_of(word), 0, strcspn(word, "=!")), words);

	if (meant.n)
		message_add(&p->messages, "usage-did-you-mean",
			    (struct str){NULL, 0}, "%.*s", STR_ARG(meant));
}

static void suggest_option(struct program *p, const char *word)
{
	const struct option_row *const LISTS[] = {p->spec->rows, COMMON};
	struct buf names = {0};

	for (size_t i = 0; i < 2; i++)
		for (const struct option_row *r = LISTS[i]; r->id; r++)
			buf_printf(&names, "--%s ", r->name);
	if (!strncmp(word, "--", 2))
		suggest(p, word, buf_str(&names));
	buf_release(&names);
}

static void say_usage(struct program *p, const char *id, const char *detail)
{
	const char *words = help_values(p->spec, p->option);

	message_add(&p->messages, id, (struct str){NULL, 0},
		    detail ? "%s" : NULL, detail);
	if (!strcmp(id, "usage-unknown-option"))
		suggest_option(p, detail);
	else if (!strcmp(id, "usage-command"))
		words = help_values(p->spec, "");
	else if (strcmp(id, "usage-bad-value") && strcmp(id, "usage-bad-lang"))
		words = "";
	if (detail)
		suggest(p, detail,
			*words ? str_of(words) : p->candidates);
	if (*words)
		message_add(&p->messages, "usage-accepted",
			    (struct str){NULL, 0}, "%s", words);
	message_add(&p->messages, "usage-see-help", (struct str){NULL, 0},
		    "%s --help", p->spec->name);
	p->status = STATUS_USAGE;
}

int program_usage(struct program *p, const char *id, const char *detail)
{
	say_usage(p, id, detail);
	return program_finish(p);
}

/* Fills the tables of getopt_long from the rows; returns the count. */
static size_t add_rows(const struct option_row *r, struct option *longs,
		       char *shorts, size_t n)
{
	for (; r->id && n < MAX_OPTIONS; r++) {
		longs[n++] = (struct option){
			r->name, r->arg ? required_argument : no_argument,
			NULL, r->id + 256};
		if (r->letter) {
			size_t at = strlen(shorts);

			shorts[at++] = r->letter;
			if (r->arg)
				shorts[at++] = ':';
			shorts[at] = '\0';
		}
	}
	return n;
}

/* The row of an id or, where that is 0, of a letter. */
static const struct option_row *find_row(const struct program_spec *s, int id,
					 int letter)
{
	const struct option_row *const LISTS[] = {s->rows, COMMON, HIDDEN};

	for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++)
		for (const struct option_row *r = LISTS[i]; r->id; r++)
			if (id ? r->id == id : r->letter == letter)
				return r;
	return NULL;
}

static int print(const struct program *p, bool for_programs)
{
	struct buf out = {0};

	if (for_programs)
		help_list(&out, p->spec, COMMON);
	else
		help_put(&out, p->spec, COMMON, p->messages.lang);
	fwrite(out.p, 1, out.n, stdout);
	buf_release(&out);
	return OPTION_STOP;
}

static int stop_usage(struct program *p, const char *id, const char *detail)
{
	say_usage(p, id, detail);
	return OPTION_STOP;
}

/* Which of the operands the word was meant to be. */
static int print_nearest(const struct program *p, const char *word)
{
	struct buf words = {0};
	struct str meant;

	for (int i = optind; i < p->argc; i++)
		if (strcmp(p->argv[i], "--"))
			buf_printf(&words, "%s ", p->argv[i]);
	meant = nearest_word(str_of(word), buf_str(&words));
	if (meant.n)
		printf("%.*s\n", STR_ARG(meant));
	buf_release(&words);
	return OPTION_STOP;
}

/* 0 when handled and to go on, OPTION_STOP otherwise. */
static int take_common(struct program *p, int id)
{
	switch (id) {
	case COMMON_HELP:
		return print(p, false);
	case COMMON_VERSION:
		printf("%s %s\n", p->spec->name, BUD_VERSION);
		return OPTION_STOP;
	case COMMON_LANG:
		if (strcmp(optarg, "zh") && strcmp(optarg, "en"))
			return stop_usage(p, "usage-bad-lang", optarg);
		p->messages.lang = lang_of(optarg);
		return 0;
	case COMMON_SHARE:
		p->share.dir = optarg;
		if (access(optarg, R_OK | X_OK))
			return stop_usage(p, "usage-bad-share", optarg);
		return 0;
	case COMMON_LIST:
		return print(p, true);
	case COMMON_NEAREST:
		return print_nearest(p, optarg);
	default:
		p->quiet = true;
		return 0;
	}
}

/* The option that getopt refused: a letter of a cluster, or a long word. */
static const char *wrong_word(const struct program *p, char letter[3])
{
	if (!optopt || optopt > 255)
		return p->argv[optind - 1];
	letter[0] = '-';
	letter[1] = (char)optopt;
	letter[2] = '\0';
	return letter;
}

int program_option(struct program *p)
{
	struct option longs[MAX_OPTIONS + 1] = {{0}};
	char shorts[3 * MAX_OPTIONS] = ":";
	size_t n = add_rows(p->spec->rows, longs, shorts, 0);

	n = add_rows(COMMON, longs, shorts, n);
	add_rows(HIDDEN, longs, shorts, n);
	for (;;) {
		const struct option_row *row;
		char letter[3];
		int c, id, stop;

		c = getopt_long(p->argc, p->argv, shorts, longs, NULL);
		if (c == -1) {
			p->first = optind;
			return OPTION_END;
		}
		if (c == '?')
			return stop_usage(p, "usage-unknown-option",
					  wrong_word(p, letter));
		if (c == ':')
			return stop_usage(p, "usage-missing-value",
					  wrong_word(p, letter));
		row = find_row(p->spec, c > 256 ? c - 256 : 0, c);
		id = row->id;
		p->option = row->name;
		p->value = optarg;
		if (id >= OPTION_OWN)
			return id;
		stop = take_common(p, id);
		if (stop)
			return stop;
	}
}

void program_raise(struct program *p, int status)
{
	if (status > p->status && p->status != STATUS_USAGE)
		p->status = status;
}

void program_fail(struct program *p, int status, const char *id,
		  struct str place, const char *reason)
{
	reason_add(&p->messages, id, place, reason);
	program_raise(p, status);
}

int program_finish(struct program *p)
{
	errno = 0;
	if (fflush(stdout) || ferror(stdout))
		program_fail(p, STATUS_SYSTEM, "write-failed", STR("-"),
			     reason_of(errno));
	share_close(&p->share);
	return p->status;
}
