/*
 * bud-diff: records of several years, departments or publications in, the
 * same records and the changes between them out.
 */
#include "base/program.h"
#include "base/stream.h"
#include "diff/diff.h"
#include "diff/stat.h"
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
	{OPTION_ALL, 'a', "all", NULL, "tell what stayed the same too",
	 "同时列出没有变化的项目"},
	{OPTION_ONLY, 0, "only-changes", NULL,
	 "do not pass the records on", "只写出变动，不转发输入的记录"},
	{OPTION_STAT, 0, "stat", NULL,
	 "write a summary by entity (tab-separated) alone",
	 "只写出各部门的汇总（制表符分隔）"},
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
	"value of the input.",
	"给记录流补上逐年变动，或比较 OLD 与 NEW 两个文件。\n"
	"每个数据约占内存 100 字节。",
	"bud-parse 2022.txt 2023.txt | bud-diff | bud-render",
	ROWS,
};

struct filter {
	struct program *program;
	struct writer out;
	struct crosswalk cross;
	struct diff_options options;
	struct diff diff;
	struct arena line_arena;
	struct buf line;
	struct stat summary;
	const char *aliases;
	bool all, only, stat, exit_code;
	bool broken; /* an operand could not be read at all */
};

static void take_change(void *ctx, const struct bud_change *c)
{
	struct filter *f = ctx;
	bool same = str_equal(c->status, STR("same"));

	if (!same && f->exit_code)
		program_raise(f->program, STATUS_FINDINGS);
	if (f->stat) {
		stat_take(&f->summary, c, &f->line);
	} else if (!same || f->all) {
		record_write_change(&f->line, c);
		buf_putc(&f->line, '\n');
	}
	writer_put(&f->out, buf_str(&f->line));
	buf_clear(&f->line);
}

static void take_line(struct filter *f, unsigned side, const char *name,
		      const struct reader *in, struct str line)
{
	struct program *p = f->program;
	struct record r;
	struct str detail = {NULL, 0};
	const char *error;

	if (line.n && record_read(&f->line_arena, line, &r, &error, &detail)) {
		message_add(&p->messages, error,
			    str_format(&f->line_arena, "%s:%zu", name,
				       in->line),
			    "%.*s", STR_ARG(detail));
		program_raise(p, STATUS_INPUT);
	} else if (line.n && r.type == RECORD_DOCUMENT) {
		diff_take_document(&f->diff, side, &r.document);
	} else if (line.n && r.type == RECORD_FACT) {
		diff_take_fact(&f->diff, side, &r.fact);
	}
	if (!f->only)
		writer_line(&f->out, line);
	arena_reset(&f->line_arena);
}

static void run_file(struct filter *f, unsigned side, const char *name)
{
	struct program *p = f->program;
	struct reader in;
	struct str line;
	int got = reader_open(&in, name);

	if (got) {
		program_fail(p, STATUS_INPUT, "open-failed", str_of(name),
			     in.error);
		f->broken = true;
		return;
	}
	while ((got = reader_line(&in, &line)) == 1)
		take_line(f, side, name, &in, line);
	if (got < 0)
		program_fail(p, STATUS_INPUT, "read-failed", str_of(name),
			     in.error);
	reader_close(&in);
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

/* The tables, and the user's; 0, or -1 with the status set. */
static int load(struct filter *f)
{
	struct program *p = f->program;
	struct buf text = {0};
	const char *error;
	bool good = crosswalk_load(&f->cross, &p->share, &p->messages);

	if (f->aliases && reader_slurp(f->aliases, 0, &text, &error)) {
		program_fail(p, STATUS_USAGE, "open-failed", str_of(f->aliases),
			     error);
		good = false;
	} else if (f->aliases) {
		good = crosswalk_add(&f->cross, str_of(f->aliases),
				     buf_str(&text), &p->messages) && good;
	}
	buf_release(&text);
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
	stat_release(&f->summary);
	crosswalk_release(&f->cross);
	buf_release(&f->line);
	arena_release(&f->line_arena);
	return program_finish(p);
}

int main(int argc, char **argv)
{
	struct program p;
	struct filter f = {.program = &p};
	int id, n;

	program_start(&p, &SPEC, argc, argv);
	writer_open(&f.out, "-");
	while ((id = program_option(&p)) != OPTION_END)
		if (take_option(&f, id))
			return finish(&f);
	n = argc - p.first;
	if (n > 2) {
		program_usage(&p, "usage-operands", NULL);
		return finish(&f);
	}
	if (load(&f))
		return finish(&f);
	f.options.two_sides = n == 2;
	f.only = f.only || n == 2;
	diff_init(&f.diff, &f.options, &f.cross);
	run_file(&f, 0, n ? argv[p.first] : "-");
	if (n == 2)
		run_file(&f, 1, argv[p.first + 1]);
	if (!f.broken && !diff_run(&f.diff, take_change, &f))
		program_fail(&p, STATUS_INPUT, "no-entity", f.options.base,
			     NULL);
	if (f.stat)
		stat_finish(&f.summary, &f.line);
	writer_put(&f.out, buf_str(&f.line));
	return finish(&f);
}
