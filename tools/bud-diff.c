/*
 * bud-diff: records of several years, departments or publications in, the
 * same records and the changes between them out.
 */
#include "base/jobs.h"
#include "base/program.h"
#include "diff/command.h"

enum {
	/* flags */
	OPTION_ALL = OPTION_OWN,
	OPTION_ONLY,
	OPTION_STAT,
	OPTION_SORTED,
	OPTION_SORT_KEY,
	OPTION_EXIT_CODE,
	/* with a value */
	OPTION_BY,
	OPTION_FROM,
	OPTION_TO,
	OPTION_BASE,
	OPTION_ALIASES,
	OPTION_DEFLATE,
	OPTION_PER,
	OPTION_JOBS,
	OPTION_OUTPUT,
};

static const struct option_row ROWS[] = {
	{OPTION_BY, 'b', "by", "WHAT",
	 "compare by year (default), phase or entity",
	 "比较：year 逐年，phase 预决算，entity 部门之间"},
	{OPTION_FROM, 0, "from", "YEAR",
	 "first year; with --to: these two years alone",
	 "起始年度；与 --to 同用时只比较这两年"},
	{OPTION_TO, 0, "to", "YEAR", "last year", "终止年度"},
	{OPTION_BASE, 0, "base", "ENTITY",
	 "with --by=entity: hold the others against it",
	 "与 --by=entity 同用：以该部门为基准"},
	{OPTION_ALIASES, 0, "aliases", "FILE",
	 "add departments and classes that changed names",
	 "补充更名的部门和科目对照表"},
	{OPTION_DEFLATE, 0, "deflate", "FILE",
	 "add figures in later prices; FILE: year,index",
	 "按 FILE（每行：年度,指数）补充可比价数据"},
	{OPTION_PER, 0, "per", "COUNT",
	 "add figures for each one of COUNT: staff or an item",
	 "补充人均等数据：staff（在职人数）或其他计数项目"},
	{OPTION_ALL, 'a', "all", NULL, "tell what stayed the same too",
	 "同时列出没有变化的项目"},
	{OPTION_ONLY, 0, "only-changes", NULL,
	 "do not pass the records on", "只写出变动，不转发输入的记录"},
	{OPTION_STAT, 0, "stat", NULL,
	 "write a summary by entity (tab-separated) alone",
	 "只写出各部门的汇总（制表符分隔）"},
	{OPTION_SORT_KEY, 0, "sort-key", NULL,
	 "put its key before each line, for LC_ALL=C sort",
	 "在每行前加排序键，供 LC_ALL=C sort 排序"},
	{OPTION_SORTED, 0, "sorted", NULL,
	 "the input is sorted so: hold one entity at a time",
	 "输入已按键排序：内存只存一个部门"},
	{OPTION_EXIT_CODE, 'e', "exit-code", NULL,
	 "exit with 1 if anything differs", "有变动时退出状态为 1"},
	{OPTION_JOBS, 'j', "jobs", "N",
	 "compare with N threads (0: one a processor)",
	 "用 N 个线程比较（0：每个处理器一个）"},
	{OPTION_OUTPUT, 'o', "output", "FILE", "write to FILE (.gz compresses)",
	 "写入 FILE（.gz 则压缩）"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct option_values VALUES[] = {
	{"by", "year phase entity"},
	{NULL, NULL},
};

static const struct program_spec SPEC = {
	"bud-diff",
	"[OPTION]... [FILE]\n       bud-diff [OPTION]... OLD NEW",
	"Adds the changes from year to year to a stream of records, or tells\n"
	"those between OLD and NEW, files or archives; DIR@YYYY-MM-DD is an\n"
	"archive as it was known on that day. Holds about 50 bytes of memory\n"
	"for each value; with --sorted one entity and the documents:\n"
	"bud-diff --sort-key A | LC_ALL=C sort | bud-diff --sorted",
	"给记录流补上逐年变动，或比较 OLD 与 NEW 两个文件或档案库；\n"
	"DIR@YYYY-MM-DD 指该档案库在当日的状态。\n"
	"每个数据约占内存 50 字节；用 --sorted 时只存一个部门和文件清单：\n"
	"bud-diff --sort-key A | LC_ALL=C sort | bud-diff --sorted",
	"bud-parse 2022.txt 2023.txt | bud-diff | bud-render",
	ROWS,
	VALUES,
};

static bool take_by(struct str value, enum diff_by *by)
{
	static const struct str NAMES[] = {
		[DIFF_BY_YEAR] = STR_INIT("year"),
		[DIFF_BY_PHASE] = STR_INIT("phase"),
		[DIFF_BY_ENTITY] = STR_INIT("entity"),
	};

	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
		if (!str_equal(NAMES[i], value))
			continue;
		*by = (enum diff_by)i;
		return true;
	}
	return false;
}

static bool take_year(struct str value, int *year)
{
	int64_t number;

	if (!str_to_int64(value, &number) || number < 1 || number > 9999)
		return false;
	*year = (int)number;
	return true;
}

/* An option with a value; false where the value is none. */
static bool take_value(struct command *c, int id, const char *word)
{
	struct str value = str_of(word);

	switch (id) {
	case OPTION_BY:
		return take_by(value, &c->options.by);
	case OPTION_FROM:
		return take_year(value, &c->options.from_year);
	case OPTION_TO:
		return take_year(value, &c->options.to_year);
	case OPTION_BASE:
		c->options.base = value;
		return true;
	case OPTION_ALIASES:
		c->aliases = word;
		return true;
	case OPTION_DEFLATE:
		c->index = word;
		return true;
	case OPTION_JOBS:
		return jobs_take(word, &c->jobs);
	default:
		c->per = value;
		return true;
	}
}

/* Options till the operands; false where main is to return p->status. */
static bool take_options(struct program *p, struct command *c, bool *exit_code)
{
	bool *const flags[] = {
		[OPTION_ALL] = &c->all,       [OPTION_ONLY] = &c->only,
		[OPTION_STAT] = &c->stat,     [OPTION_SORTED] = &c->sorted,
		[OPTION_SORT_KEY] = &c->keys, [OPTION_EXIT_CODE] = exit_code,
	};
	int id;

	while ((id = program_option(p)) != OPTION_END) {
		if (id == OPTION_STOP)
			return false;
		if (id < OPTION_BY) {
			*flags[id] = true;
		} else if (id != OPTION_OUTPUT) {
			if (take_value(c, id, p->value))
				continue;
			program_usage(p, "usage-bad-value", p->value);
			return false;
		} else if (writer_open(c->out, p->value)) {
			program_fail(p, STATUS_SYSTEM, "write-failed",
				     str_of(p->value), c->out->error);
			return false;
		}
	}
	return true;
}

static int finish(struct program *p, struct command *c)
{
	if (writer_close(c->out) && p->status < STATUS_SYSTEM)
		program_fail(p, STATUS_SYSTEM, "write-failed", STR("-"),
			     c->out->error);
	command_release(c);
	return program_finish(p);
}

int main(int argc, char **argv)
{
	static const char *const INPUT[] = {"-"};
	struct program p;
	struct writer out;
	struct command c = {.out = &out, .jobs = jobs_default()};
	bool exit_code = false;
	int n;

	program_start(&p, &SPEC, argc, argv);
	c.share = &p.share;
	c.messages = &p.messages;
	writer_open(&out, "-");
	if (!take_options(&p, &c, &exit_code))
		return finish(&p, &c);
	c.quiet = p.quiet;
	n = argc - p.first;
	if (n > 2 || (n > 1 && c.keys)) {
		program_usage(&p, "usage-operands", NULL);
	} else if (c.sorted && c.options.by == DIFF_BY_ENTITY) {
		program_usage(&p, "usage-together", "--sorted --by=entity");
	} else if (!command_load(&c)) {
		p.status = STATUS_USAGE;
	} else {
		if (!command_run(&c,
				 n ? (const char *const *)argv + p.first : INPUT,
				 n ? (size_t)n : 1))
			program_raise(&p, STATUS_INPUT);
		if (exit_code && c.differs)
			program_raise(&p, STATUS_FINDINGS);
	}
	return finish(&p, &c);
}
