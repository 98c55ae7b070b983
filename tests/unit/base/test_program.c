#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>

#include "base/program.h"

enum { OPTION_PLAIN = OPTION_OWN, OPTION_VALUE };

static const struct option_row ROWS[] = {
	{OPTION_PLAIN, 'p', "plain", NULL, "takes nothing", "不带值"},
	{OPTION_VALUE, 'v', "value", "WORD", "takes a word", "带一个词"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct option_values VALUES[] = {
	{"value", "apple pear"},
	{NULL, NULL},
};

static const struct program_spec SPEC = {
	"bud-test", "[OPTION]... [FILE]...", "Tests.", "测试。",
	"bud-test --plain FILE", ROWS, VALUES,
};

/* What the options were, as "p" and "v=WORD", then the operands. */
static int run(struct buf *seen, int argc, char **argv)
{
	struct program p;
	int id;

	program_start(&p, &SPEC, argc, argv);
	while ((id = program_option(&p)) > 0) {
		if (id == OPTION_PLAIN)
			buf_puts(seen, "p ");
		else
			buf_printf(seen, "v=%s ", p.value);
	}
	for (int i = p.first; id == OPTION_END && i < argc; i++)
		buf_printf(seen, "[%s]", p.argv[i]);
	if (p.quiet)
		buf_puts(seen, " quiet");
	return program_finish(&p);
}

static void plain_environment(void)
{
	unsetenv("BUD_SHARE");
	setenv("LC_ALL", "C.UTF-8", 1);
	cr_redirect_stdout();
	cr_redirect_stderr();
}

TestSuite(program, .init = plain_environment);

Test(program, takes_options_in_all_their_forms)
{
	static const struct {
		const char *argv[7];
		const char *seen;
		int status;
	} rows[] = {
		{{"bud-test"}, "", 0},
		{{"bud-test", "-p", "a"}, "p [a]", 0},
		{{"bud-test", "--plain", "--value=x", "a"}, "p v=x [a]", 0},
		{{"bud-test", "--value", "x"}, "v=x ", 0},
		{{"bud-test", "-vx"}, "v=x ", 0},
		{{"bud-test", "-v", "x"}, "v=x ", 0},
		{{"bud-test", "-pvx"}, "p v=x ", 0},
		{{"bud-test", "--value="}, "v= ", 0},
		{{"bud-test", "a", "-p", "b"}, "p [a][b]", 0},
		{{"bud-test", "--", "-p"}, "[-p]", 0},
		{{"bud-test", "-"}, "[-]", 0},
		{{"bud-test", "-q", "a"}, "[a] quiet", 0},
		{{"bud-test", "--lang=zh", "--lang", "en"}, "", 0},
		{{"bud-test", "--share", "/"}, "", 0},
		{{"bud-test", "-x"}, "", STATUS_USAGE},
		{{"bud-test", "--none"}, "", STATUS_USAGE},
		{{"bud-test", "--plain=1"}, "", STATUS_USAGE},
		{{"bud-test", "-v"}, "", STATUS_USAGE},
		{{"bud-test", "--lang=fr"}, "", STATUS_USAGE},
		{{"bud-test", "--share=/no/such"}, "", STATUS_USAGE},
		{{"bud-test", "-p", "-x"}, "p ", STATUS_USAGE},
		{{"bud-test", "--help", "--none"}, "", 0},
		{{"bud-test", "-V"}, "", 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf seen = {0};
		char *argv[8] = {NULL};
		int argc = 0;

		for (; rows[i].argv[argc]; argc++)
			argv[argc] = strdup(rows[i].argv[argc]);
		cr_expect_eq(run(&seen, argc, argv), rows[i].status,
			     "row %zu", i);
		cr_expect_str_eq(buf_cstring(&seen), rows[i].seen,
				 "row %zu: '%s'", i, seen.p);
		buf_release(&seen);
		while (argc)
			free(argv[--argc]);
	}
}

Test(program, help_names_every_option_and_ends_in_the_example)
{
	char name[] = "bud-test", help[] = "--help";
	char *argv[] = {name, help, NULL};
	struct buf seen = {0};

	cr_expect_eq(run(&seen, 2, argv), 0);
	fflush(stdout);
	cr_expect_stdout_eq_str(
		"Usage: bud-test [OPTION]... [FILE]...\n"
		"Tests.\n"
		"\n"
		"  -p, --plain               takes nothing\n"
		"  -v, --value=WORD          takes a word\n"
		"      --lang=LANG           language of labels and messages: "
		"zh or en\n"
		"      --share=DIR           read vocabulary and rules from "
		"DIR\n"
		"  -q, --quiet               print no messages\n"
		"  -h, --help                print this help\n"
		"  -V, --version             print the version\n"
		"\n"
		"Example:\n"
		"  bud-test --plain FILE\n");
	buf_release(&seen);
}

/* Runs with the arguments, separated by blanks. */
static void run_words(const char *words)
{
	char *copy = strdup(words), *argv[8] = {NULL};
	struct buf seen = {0};
	int argc = 0;

	for (char *w = strtok(copy, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	cr_expect_eq(run(&seen, argc, argv), STATUS_USAGE, "%s", words);
	buf_release(&seen);
	free(copy);
}

Test(program, a_wrong_value_names_what_is_accepted)
{
	char *argv[] = {(char *)"bud-test", (char *)"--value=aple", NULL};
	struct program p;

	program_start(&p, &SPEC, 2, argv);
	cr_expect_eq(program_option(&p), OPTION_VALUE);
	cr_expect_eq(program_usage(&p, "usage-bad-value", p.value),
		     STATUS_USAGE);
	fflush(stderr);
	cr_expect_stderr_eq_str(
		"bud-test: this value is not accepted: aple\n"
		"bud-test: did you mean: apple\n"
		"bud-test: accepted are: apple pear\n"
		"bud-test: for the options, try: bud-test --help\n");
}

Test(program, a_usage_error_names_the_word_and_the_way_out)
{
#define SEE "bud-test: for the options, try: bud-test --help\n"
	run_words("bud-test --none");
	run_words("bud-test operand --none");
	run_words("bud-test operand -x");
	run_words("bud-test -px");
	run_words("bud-test a b --plain=1");
	run_words("bud-test a --value");
	run_words("bud-test a -pv");
	fflush(stderr);
	cr_expect_stderr_eq_str(
		"bud-test: unknown option: --none\n" SEE
		"bud-test: unknown option: --none\n" SEE
		"bud-test: unknown option: -x\n" SEE
		"bud-test: unknown option: -x\n" SEE
		"bud-test: unknown option: --plain=1\n"
		"bud-test: did you mean: --plain\n" SEE
		"bud-test: this option needs a value: --value\n" SEE
		"bud-test: this option needs a value: -v\n" SEE);
}

Test(program, the_status_only_rises_and_usage_stays)
{
	static const struct {
		int raise[4]; /* ends with 0 */
		int status;
	} rows[] = {
		{{0}, 0},
		{{STATUS_FINDINGS}, STATUS_FINDINGS},
		{{STATUS_INPUT, STATUS_FINDINGS}, STATUS_INPUT},
		{{STATUS_FINDINGS, STATUS_INPUT}, STATUS_INPUT},
		{{STATUS_INPUT, STATUS_SYSTEM}, STATUS_SYSTEM},
		{{STATUS_SYSTEM, STATUS_INPUT}, STATUS_SYSTEM},
		{{STATUS_USAGE, STATUS_SYSTEM, STATUS_INPUT}, STATUS_USAGE},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char name[] = "bud-test";
		char *argv[] = {name, NULL};
		struct program p;

		program_start(&p, &SPEC, 1, argv);
		for (const int *r = rows[i].raise; *r; r++)
			program_raise(&p, *r);
		cr_expect_eq(program_finish(&p), rows[i].status, "row %zu", i);
	}
}

Test(program, quiet_hides_messages_but_not_the_status)
{
	char name[] = "bud-test", quiet[] = "-q";
	char *argv[] = {name, quiet, NULL};
	struct program p;

	program_start(&p, &SPEC, 2, argv);
	cr_assert_eq(program_option(&p), OPTION_END);
	program_fail(&p, STATUS_INPUT, "open-failed", STR("a.txt"), "gone");
	cr_expect_eq(program_finish(&p), STATUS_INPUT);
	fflush(stderr);
	cr_expect_stderr_eq_str("");
}
