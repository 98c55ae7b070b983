/*
 * bud-archive: keeps the records of a stream for years, and gives them back.
 *
 * The first operand says what to do, the second names the archive.
 */
#include <stdlib.h>
#include <time.h>

#include "archive/entry.h"
#include "archive/put.h"
#include "archive/report.h"
#include "archive/verify.h"
#include "base/memory.h"
#include "base/program.h"
#include "base/stream.h"

enum {
	/* flags */
	OPTION_SOURCES = OPTION_OWN,
	OPTION_WAIT,
	OPTION_VERBOSE,
	OPTION_LATEST,
	OPTION_DEEP,
	OPTION_EXIT_CODE,
	/* with a value */
	OPTION_AS_OF,
	OPTION_YEAR,
	OPTION_PHASE,
	OPTION_ENTITY,
	OPTION_DOC,
	OPTION_OUTPUT,
};

static const struct option_row ROWS[] = {
	{OPTION_AS_OF, 0, "as-of", "DATE",
	 "put: day of publication; else: as known on that day",
	 "put：发布日期（默认今天）；其他命令：当日已有的版本"},
	{OPTION_SOURCES, 0, "sources", NULL,
	 "put: keep the published files too", "put：同时保存原文件"},
	{OPTION_WAIT, 'w', "wait", NULL, "put: wait for another put to end",
	 "put：等待另一写入结束"},
	{OPTION_VERBOSE, 'v', "verbose", NULL, "put: tell what is new",
	 "put：列出新增内容"},
	{OPTION_YEAR, 'y', "year", "YEAR[-YEAR]", "documents of these years",
	 "这些年度的文件"},
	{OPTION_PHASE, 0, "phase", "PHASES",
	 "approved, executed, adjusted, proposed",
	 "approved、executed、adjusted、proposed"},
	{OPTION_ENTITY, 0, "entity", "NAME",
	 "documents of this department (repeatable)",
	 "该部门的文件（可多次指定）"},
	{OPTION_DOC, 0, "doc", "ID", "the document of this id, or its beginning",
	 "该编号（或编号开头）的文件"},
	{OPTION_LATEST, 0, "latest", NULL, "only the last version of each",
	 "每份文件只取最新版本"},
	{OPTION_DEEP, 0, "deep", NULL,
	 "verify: read the published files again and compare",
	 "verify：重新解析原文并比较"},
	{OPTION_EXIT_CODE, 'e', "exit-code", NULL,
	 "verify: exit with 1 if --deep finds differences",
	 "verify：--deep 有差异时退出状态为 1"},
	{OPTION_OUTPUT, 'o', "output", "FILE", "write to FILE (.gz compresses)",
	 "写入 FILE（.gz 则压缩）"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct option_values VALUES[] = {
	{"phase", "approved executed adjusted proposed"},
	{"", "put cat ls log stat verify"},
	{NULL, NULL},
};

static const struct program_spec SPEC = {
	"bud-archive",
	"put DIR [FILE]...\n       bud-archive cat|ls|log|stat|verify DIR",
	"Keeps what was published. put adds the records of a stream, all or none,\n"
	"and never twice; cat writes them back; ls lists them; log tells the\n"
	"versions of each; stat counts; verify computes every checksum again.",
	"保存已公开的数据。put 存入记录流（要么全部、要么都不，且不重复）；\n"
	"cat 原样输出；ls 列表；log 列出各版本；stat 统计；verify 核验。",
	"bud-parse 2023.txt | bud-check | bud-archive put --sources ARCHIVE",
	ROWS,
	VALUES,
};

struct run {
	struct program *program;
	struct archive archive;
	struct selection selection;
	struct str *entities;
	struct writer out;
	bool sources, wait, verbose, deep, exit_code;
	char today[16];
};

static bool take_years(struct str value, struct selection *s)
{
	int64_t from, to;
	struct str first;

	if (!str_split(&value, '-', &first) || !str_to_int64(first, &from))
		return false;
	to = from;
	if (value.p && !str_to_int64(value, &to))
		return false;
	if (from < 1 || to < from || to > 9999)
		return false;
	s->from_year = (int)from;
	s->to_year = (int)to;
	return true;
}

static bool take_phases(struct str value, struct selection *s)
{
	struct str rest = value, word;
	enum phase phase;

	s->phases = value;
	while (str_split(&rest, ',', &word))
		if (!word.n || !phase_of(str_trim(word), &phase))
			return false;
	return true;
}

/* An option with a value; false where the value is none. */
static bool take_value(struct run *r, int id, const char *word)
{
	struct selection *s = &r->selection;
	struct str value = str_of(word);

	switch (id) {
	case OPTION_AS_OF:
		s->as_of = value;
		return entry_is_date(value);
	case OPTION_YEAR:
		return take_years(value, s);
	case OPTION_PHASE:
		return take_phases(value, s);
	case OPTION_ENTITY:
		r->entities[s->n_entities++] = value;
		return value.n > 0;
	case OPTION_DOC:
		s->doc = value;
		return value.n > 0;
	default:
		if (!writer_open(&r->out, word))
			return true;
		program_fail(r->program, STATUS_USAGE, "write-failed", value,
			     r->out.error);
		return true;
	}
}

/* False where main is to return the status. */
static bool take_options(struct run *r)
{
	bool *const flags[] = {
		[OPTION_SOURCES] = &r->sources,
		[OPTION_WAIT] = &r->wait,
		[OPTION_VERBOSE] = &r->verbose,
		[OPTION_LATEST] = &r->selection.latest,
		[OPTION_DEEP] = &r->deep,
		[OPTION_EXIT_CODE] = &r->exit_code,
	};
	struct program *p = r->program;
	int id;

	while ((id = program_option(p)) != OPTION_END) {
		if (id == OPTION_STOP)
			return false;
		if (id < OPTION_AS_OF) {
			*flags[id] = true;
		} else if (!take_value(r, id, p->value)) {
			program_usage(p, "usage-bad-value", p->value);
			return false;
		}
	}
	return !p->status;
}

static void run_put(struct run *r)
{
	struct program *p = r->program;
	struct put put = {.archive = &r->archive,
			  .as_of = r->selection.as_of,
			  .keep_sources = r->sources};
	int first = p->first + 2;

	if (archive_open(&r->archive, p->argv[p->first + 1],
			 r->wait ? ARCHIVE_WRITE_WAIT : ARCHIVE_WRITE,
			 &p->messages)) {
		program_raise(p, STATUS_SYSTEM);
		return;
	}
	if (!put.as_of.n) {
		time_t now = time(NULL);

		strftime(r->today, sizeof r->today, "%Y-%m-%d",
			 localtime(&now));
		put.as_of = str_of(r->today);
	}
	put_begin(&put);
	if (first == p->argc)
		put_file(&put, "-");
	for (int i = first; i < p->argc; i++)
		put_file(&put, p->argv[i]);
	if (put_end(&put))
		program_raise(p, STATUS_SYSTEM);
	else if (r->verbose && put.transaction.entries)
		report_added(&r->archive, put.transaction.from, &r->out);
	if (put.incomplete)
		program_raise(p, STATUS_INPUT);
	put_release(&put);
}

static int cat(struct run *r)
{
	int64_t damaged = 0;
	int got = report_records(&r->archive, &r->selection, &r->out, &damaged);

	return damaged ? -1 : got;
}

static int verify(struct run *r)
{
	struct verify v;
	struct buf text = {0};
	int got = verify_run(&r->archive, r->deep, &v);

	buf_printf(&text, "documents\t%lld\tdamaged\t%lld\n",
		   (long long)v.documents, (long long)v.damaged);
	buf_printf(&text, "sources\t%lld\tdamaged\t%lld\n",
		   (long long)v.sources, (long long)v.sources_damaged);
	buf_printf(&text, "puts\t%lld\tdamaged\t%lld\n",
		   (long long)v.commits,
		   (long long)(v.commits_damaged + v.lines_damaged));
	if (r->deep)
		buf_printf(&text, "reread\t%lld\tdiffer\t%lld\n",
			   (long long)v.read, (long long)v.differ);
	writer_put(&r->out, buf_str(&text));
	buf_release(&text);
	if (r->exit_code && v.differ)
		program_raise(r->program, STATUS_FINDINGS);
	return verify_is_damaged(&v) ? -1 : got;
}

static void run_read(struct run *r, struct str what)
{
	struct program *p = r->program;
	const struct selection *s = &r->selection;
	int got = archive_open(&r->archive, p->argv[p->first + 1],
			       ARCHIVE_READ, &p->messages);

	if (got) {
		p->status = got == ARCHIVE_NONE ? STATUS_USAGE : STATUS_SYSTEM;
		return;
	}
	if (str_equal(what, STR("cat")))
		got = cat(r);
	else if (str_equal(what, STR("ls")))
		got = report_list(&r->archive, s, &r->out);
	else if (str_equal(what, STR("log")))
		got = report_log(&r->archive, s, &r->out);
	else if (str_equal(what, STR("verify")))
		got = verify(r);
	else
		got = report_stat(&r->archive, s, &r->out);
	if (got)
		program_raise(p, STATUS_INPUT);
}

static int finish(struct run *r)
{
	if (writer_close(&r->out))
		program_fail(r->program, STATUS_SYSTEM, "write-failed",
			     STR("-"), r->out.error);
	archive_close(&r->archive);
	free(r->entities);
	return program_finish(r->program);
}

int main(int argc, char **argv)
{
	static const struct str READERS = STR_INIT("cat,ls,log,stat,verify");
	struct program p;
	struct run r = {.program = &p,
			.archive = {.dir = -1, .lock = -1, .index = -1}};
	struct str what;

	program_start(&p, &SPEC, argc, argv);
	writer_open(&r.out, "-");
	r.entities = memory_realloc(NULL, (size_t)argc * sizeof *r.entities);
	r.selection.entities = r.entities;
	if (!take_options(&r))
		return finish(&r);
	what = str_of(p.first < argc ? argv[p.first] : "");
	if (str_equal(what, STR("put")) && p.first + 2 <= argc)
		run_put(&r);
	else if (str_list_has(READERS, what) && p.first + 2 == argc)
		run_read(&r, what);
	else
		program_usage(&p, "usage-command", what.n ? what.p : NULL);
	return finish(&r);
}
