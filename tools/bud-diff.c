/*
 * bud-diff: records of several years, departments or publications in, the
 * same records and the changes between them out.
 */
#include "base/program.h"
#include "base/stream.h"
#include "diff/diff.h"
#include "diff/real.h"
#include "diff/summary.h"
#include "diff/input.h"
#include "record/codec.h"

enum {
	OPTION_FROM = OPTION_OWN,
	OPTION_TO,
	OPTION_BY,
	OPTION_BASE,
	OPTION_ALL,
	OPTION_ONLY,
	OPTION_STAT,
	OPTION_ALIASES,
	OPTION_DEFLATE,
	OPTION_PER,
	OPTION_SORTED,
	OPTION_SORT_KEY,
	OPTION_OUTPUT,
	OPTION_EXIT_CODE,
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
	{OPTION_OUTPUT, 'o', "output", "FILE", "write to FILE (.gz compresses)",
	 "写入 FILE（.gz 则压缩）"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct program_spec SPEC = {
	"bud-diff",
	"[OPTION]... [FILE]\n       bud-diff [OPTION]... OLD NEW",
	"Adds the changes from year to year to a stream of records, or tells\n"
	"those between OLD and NEW. Holds about 100 bytes of memory for each\n"
	"value of the input; with --sorted one entity and the documents:\n"
	"bud-diff --sort-key A | LC_ALL=C sort | bud-diff --sorted",
	"给记录流补上逐年变动，或比较 OLD 与 NEW 两个文件。\n"
	"每个数据约占内存 100 字节；用 --sorted 时只存一个部门和文件清单：\n"
	"bud-diff --sort-key A | LC_ALL=C sort | bud-diff --sorted",
	"bud-parse 2022.txt 2023.txt | bud-diff | bud-render",
	ROWS,
};

struct filter {
	struct program *program;
	struct writer out;
	struct crosswalk cross;
	struct diff_options options;
	struct real real;
	struct diff diff;
	struct input in;
	struct buf line;
	struct summary summary;
	const char *aliases, *index;
	bool all, only, stat, exit_code, sorted, keys;
};

static void take_change(void *ctx, const struct bud_change *c)
{
	struct filter *f = ctx;
	bool same = str_equal(c->status, STR("same"));

	if (!same && f->exit_code)
		program_raise(f->program, STATUS_FINDINGS);
	if (f->stat) {
		summary_take(&f->summary, c, &f->line);
	} else if (!same || f->all) {
		record_write_change(&f->line, c);
		buf_putc(&f->line, '\n');
	}
	writer_put(&f->out, buf_str(&f->line));
	buf_clear(&f->line);
}

static bool take_by(struct filter *f, struct str value)
{
	static const struct str NAMES[] = {
		[DIFF_BY_YEAR] = STR_INIT("year"),
		[DIFF_BY_PHASE] = STR_INIT("phase"),
		[DIFF_BY_ENTITY] = STR_INIT("entity"),
	};

	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
		if (!str_equal(NAMES[i], value))
			continue;
		f->options.by = (enum diff_by)i;
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

/* -1 where main is to return p->status. */
static int take_option(struct filter *f, int id)
{
	struct program *p = f->program;
	struct str value = str_of(p->value);
	bool good = true;

	switch (id) {
	case OPTION_BY:
		good = take_by(f, value);
		break;
	case OPTION_FROM:
		good = take_year(value, &f->options.from_year);
		break;
	case OPTION_TO:
		good = take_year(value, &f->options.to_year);
		break;
	case OPTION_BASE:
		f->options.base = value;
		break;
	case OPTION_ALIASES:
		f->aliases = p->value;
		break;
	case OPTION_DEFLATE:
		f->index = p->value;
		break;
	case OPTION_PER:
		f->real.per = value;
		break;
	case OPTION_SORTED:
		f->sorted = f->only = true;
		break;
	case OPTION_SORT_KEY:
		f->keys = true;
		break;
	case OPTION_ALL:
		f->all = true;
		break;
	case OPTION_ONLY:
		f->only = true;
		break;
	case OPTION_STAT:
		f->stat = f->only = true;
		break;
	case OPTION_EXIT_CODE:
		f->exit_code = true;
		break;
	case OPTION_OUTPUT:
		if (!writer_open(&f->out, p->value))
			break;
		program_fail(p, STATUS_USAGE, "write-failed", value,
			     f->out.error);
		return -1;
	default:
		return -1;
	}
	if (!good)
		program_usage(p, "usage-bad-value", p->value);
	return good ? 0 : -1;
}

/* The bytes of a user's file, to be released; false, and told. */
static bool slurp(struct filter *f, const char *name, struct buf *text)
{
	const char *error;

	if (!reader_slurp(name, 0, text, &error))
		return true;
	program_fail(f->program, STATUS_USAGE, "open-failed", str_of(name),
		     error);
	return false;
}

/* The tables, and the user's; 0, or -1 with the status set. */
static int load(struct filter *f)
{
	struct program *p = f->program;
	struct buf aliases = {0}, index = {0};
	bool good = crosswalk_load(&f->cross, &p->share, &p->messages);

	if (f->aliases)
		good = slurp(f, f->aliases, &aliases) &&
		       crosswalk_add(&f->cross, str_of(f->aliases),
				     buf_str(&aliases), &p->messages) && good;
	if (f->index)
		good = slurp(f, f->index, &index) &&
		       real_load(&f->real, str_of(f->index), buf_str(&index),
				 &p->messages) && good;
	buf_release(&aliases);
	buf_release(&index);
	if (!good)
		p->status = STATUS_USAGE;
	return good ? 0 : -1;
}

static int finish(struct filter *f)
{
	struct program *p = f->program;

	if (writer_close(&f->out))
		program_fail(p, STATUS_SYSTEM, "write-failed", STR("-"),
			     f->out.error);
	diff_release(&f->diff);
	input_release(&f->in);
	real_release(&f->real);
	summary_release(&f->summary);
	crosswalk_release(&f->cross);
	buf_release(&f->line);
	return program_finish(p);
}

/* Everything in, then the changes; false where input could not be used. */
static bool run(struct filter *f, const char *const *names, int n)
{
	bool good = true;

	if (f->sorted)
		return input_merge(&f->in, names, (size_t)n, take_change, f);
	for (int i = 0; i < n; i++)
		good = (f->keys ? input_put_keys(&f->in, names[i])
				: input_read(&f->in, (unsigned)i, names[i])) &&
		       good;
	if (!good || f->keys)
		return good;
	if (diff_run(&f->diff, take_change, f))
		return true;
	message_add(&f->program->messages, "no-entity", f->options.base, NULL);
	return false;
}

int main(int argc, char **argv)
{
	static const char *const INPUT[] = {"-"};
	struct program p;
	struct filter f = {.program = &p};
	int id, n;

	program_start(&p, &SPEC, argc, argv);
	writer_open(&f.out, "-");
	while ((id = program_option(&p)) != OPTION_END)
		if (take_option(&f, id))
			return finish(&f);
	n = argc - p.first;
	if (n > 2 || (f.sorted && f.options.by == DIFF_BY_ENTITY)) {
		program_usage(&p, n > 2 ? "usage-operands" : "usage-together",
			      n > 2 ? NULL : "--sorted --by=entity");
		return finish(&f);
	}
	if (load(&f))
		return finish(&f);
	f.options.two_sides = n == 2 && !f.keys;
	f.only = f.only || n == 2;
	diff_init(&f.diff, &f.options, &f.cross);
	f.diff.real = &f.real;
	f.in = (struct input){.diff = &f.diff,
			       .messages = &p.messages,
			       .pass = f.only && !f.keys ? NULL : &f.out};
	if (!run(&f, n ? (const char *const *)argv + p.first : INPUT,
		 n ? n : 1) || f.in.damaged)
		program_raise(&p, STATUS_INPUT);
	if (f.stat)
		summary_finish(&f.summary, &f.line);
	writer_put(&f.out, buf_str(&f.line));
	return finish(&f);
}
