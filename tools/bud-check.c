/*
 * bud-check: records in, the same records out, and behind each document what
 * the rules of share/rules/ found in it: findings and a verdict.
 */
#include "base/jobs.h"
#include "base/memory.h"
#include "base/program.h"
#include "base/stream.h"
#include "check/threads.h"

enum {
	OPTION_RULES = OPTION_OWN,
	OPTION_LIST,
	OPTION_DERIVE,
	OPTION_ACROSS,
	OPTION_ONLY,
	OPTION_OUTPUT,
	OPTION_EXIT_CODE,
	OPTION_JOBS,
};

static const struct option_row ROWS[] = {
	{OPTION_RULES, 'r', "rules", "FILE", "add the rules of FILE",
	 "加入 FILE 中的规则"},
	{OPTION_LIST, 0, "list-rules", NULL, "print the rules in force",
	 "列出生效的规则"},
	{OPTION_DERIVE, 'd', "derive", NULL, "add the facts that follow",
	 "补充可推算的数据"},
	{OPTION_ACROSS, 'a', "across", NULL,
	 "hold the documents against each other (memory)",
	 "同时核对各文件之间的数据（占内存）"},
	{OPTION_ONLY, 0, "only", "KINDS",
	 "these findings alone: pass,fail,open,notApplicable",
	 "只要这些结果：pass,fail,open,notApplicable"},
	{OPTION_EXIT_CODE, 'e', "exit-code", NULL,
	 "exit with 1 if there is an error", "有错误时退出状态为 1"},
	{OPTION_JOBS, 'j', "jobs", "N",
	 "check with N threads (0: one a processor)",
	 "用 N 个线程核对（0：每个处理器一个）"},
	{OPTION_OUTPUT, 'o', "output", "FILE", "write to FILE (.gz compresses)",
	 "写入 FILE（.gz 则压缩）"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct option_values VALUES[] = {
	{"only", "pass fail open notApplicable"},
	{NULL, NULL},
};

static const struct program_spec SPEC = {
	"bud-check",
	"[OPTION]... [FILE]...",
	"Holds the facts of each document against the rules, and adds findings\n"
	"and a verdict.",
	"按规则核对每份文件的数据，给出检查结果和结论。",
	"bud-parse 2023.txt | bud-check | bud-render --to=lint",
	ROWS,
	VALUES,
};

struct filter {
	struct program *program;
	struct writer out;
	struct arena arena; /* of rules and labels */
	struct rules rules;
	struct check_labels *labels;
	struct check_stream stream;
	const char **files; /* of rules */
	size_t n_files;
	unsigned threads;
	bool exit_code, list;
};

/* The rules of a user's file; false where it has mistakes. */
static bool add_rules(struct filter *f, const char *name)
{
	struct buf text = {0};
	const char *error;
	bool good;

	if (reader_slurp(name, 0, &text, &error)) {
		program_fail(f->program, STATUS_USAGE, "open-failed",
			     str_of(name), error);
		return false;
	}
	good = !check_add_rules(&f->rules, &f->arena,
				str_copy(&f->arena, str_of(name)),
				str_copy(&f->arena, buf_str(&text)),
				&f->program->messages);
	buf_release(&text);
	return good;
}

/* 0, or -1 to end with p->status. */
static int take_options(struct filter *f)
{
	struct program *p = f->program;
	int id;

	while ((id = program_option(p)) != OPTION_END) {
		switch (id) {
		case OPTION_RULES:
			f->files[f->n_files++] = p->value;
			break;
		case OPTION_LIST:
			f->list = true;
			break;
		case OPTION_DERIVE:
			f->stream.derive = true;
			break;
		case OPTION_ACROSS:
			f->stream.across = true;
			break;
		case OPTION_ONLY:
			f->stream.only = str_of(p->value);
			if (stream_knows(f->stream.only))
				break;
			program_usage(p, "usage-bad-value", p->value);
			return -1;
		case OPTION_JOBS:
			if (jobs_take(p->value, &f->threads))
				break;
			program_usage(p, "usage-bad-value", p->value);
			return -1;
		case OPTION_EXIT_CODE:
			f->exit_code = true;
			break;
		case OPTION_OUTPUT:
			if (!writer_open(&f->out, p->value))
				break;
			program_fail(p, STATUS_SYSTEM, "write-failed",
				     str_of(p->value), f->out.error);
			return -1;
		default:
			return -1;
		}
	}
	return 0;
}

static int load(struct filter *f)
{
	struct program *p = f->program;
	bool good = !check_load_rules(&f->rules, &f->arena, &p->messages);

	for (size_t i = 0; i < f->n_files; i++)
		good = add_rules(f, f->files[i]) && good;
	if (!good)
		p->status = STATUS_USAGE;
	f->labels = check_load_labels(&f->arena, &p->share);
	f->stream.labels = f->labels;
	return good ? 0 : -1;
}

static void list_rules(struct filter *f)
{
	struct buf text = {0};

	check_list_rules(&f->rules, &text);
	writer_put(&f->out, buf_str(&text));
	buf_release(&text);
}

static int finish(struct filter *f)
{
	struct program *p = f->program;

	if (writer_close(&f->out) && p->status < STATUS_SYSTEM)
		program_fail(p, STATUS_SYSTEM, "write-failed", STR("-"),
			     f->out.error);
	check_free_labels(f->labels);
	stream_release(&f->stream);
	arena_release(&f->arena);
	return program_finish(p);
}

/* One thread holds documents against each other. */
static void filter_files(struct filter *f, const char *const *names, size_t n)
{
	struct program *p = f->program;
	bool failed = false;

	if (f->threads > 1 && !f->stream.across) {
		failed = threads_run(&f->stream, names, n, f->threads,
				  &p->messages);
	} else {
		for (size_t i = 0; i < n; i++)
			failed = stream_file(&f->stream, names[i],
					     &p->messages) || failed;
		stream_end(&f->stream);
	}
	if (failed)
		program_raise(p, STATUS_INPUT);
}

int main(int argc, char **argv)
{
	static const char *const STANDARD[] = {"-"};
	struct program p;
	struct filter f = {.program = &p,
			   .stream = {.rules = &f.rules, .out = &f.out}};

	program_start(&p, &SPEC, argc, argv);
	memory_keep();
	writer_open(&f.out, "-");
	f.threads = jobs_default();
	f.files = ARENA_ARRAY(&f.arena, const char *, (size_t)argc);
	if (take_options(&f) || load(&f))
		return finish(&f);
	if (f.list)
		list_rules(&f);
	else if (p.first == argc)
		filter_files(&f, STANDARD, 1);
	else
		filter_files(&f, (const char *const *)argv + p.first,
			     (size_t)(argc - p.first));
	if (f.exit_code && f.stream.errors)
		program_raise(&p, STATUS_FINDINGS);
	return finish(&f);
}
