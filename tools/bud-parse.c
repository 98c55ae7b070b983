/*
 * bud-parse: documents in, records out.
 *
 * Each file becomes its `document` record, then its facts and residues in
 * order of reading; a file that cannot be read becomes a `trouble` record, and
 * the others go on.
 */

#include "base/jobs.h"
#include "base/program.h"
#include "parse/run.h"
#include "parse/show.h"

enum {
	OPT_ENTITY = OPTION_OWN,
	OPT_YEAR,
	OPT_PHASE,
	OPT_JOIN,
	OPT_FILES_FROM,
	OPT_NULL,
	OPT_JOBS,
	OPT_LIMIT,
	OPT_OUTPUT,
	OPT_TEXT, /* the outputs, in the order of enum parse_output */
	OPT_BLOCKS,
	OPT_EXPLAIN,
	OPT_RESIDUES,
	OPT_LIST_ITEMS,
	OPT_LIST_FORMATS,
};

static const struct option_row ROWS[] = {
	{OPT_ENTITY, 0, "entity", "NAME", "whose documents they are",
	 "文件所属的部门或单位"},
	{OPT_YEAR, 0, "year", "YEAR", "the fiscal year of the documents",
	 "文件的预算年度"},
	{OPT_PHASE, 0, "phase", "PHASE",
	 "proposed, approved, adjusted or executed",
	 "proposed、approved、adjusted 或 executed"},
	{OPT_JOIN, 0, "join", NULL, "all files are one publication",
	 "所有文件合为一份公开文件"},
	{OPT_FILES_FROM, 0, "files-from", "LIST",
	 "read the names of files from LIST, one a line",
	 "从 LIST 读取文件名，每行一个"},
	{OPT_NULL, '0', "null", NULL, "names in LIST end in NUL",
	 "LIST 中的文件名以 NUL 结尾"},
	{OPT_JOBS, 'j', "jobs", "N",
	 "read with N processes (0: one a processor)",
	 "用 N 个进程读取（0：每个处理器一个）"},
	{OPT_LIMIT, 0, "limit", "NAME=N,...",
	 "bytes, memory (MB), seconds, pages, cells, depth,\n"
	 "ratio and members that a document may have",
	 "文件的上限：bytes、memory（MB）、seconds、pages、\n"
	 "cells、depth、ratio、members"},
	{OPT_OUTPUT, 'o', "output", "FILE", "write to FILE (.gz: compressed)",
	 "写入 FILE（.gz 则压缩）"},
	{OPT_TEXT, 0, "text", NULL, "print the text that spans point into",
	 "输出 span 所指的文本"},
	{OPT_BLOCKS, 0, "blocks", NULL,
	 "write headings, paragraphs and tables as records",
	 "以记录输出标题、段落和表格"},
	{OPT_EXPLAIN, 0, "explain", NULL,
	 "show what was recognised, and what was left",
	 "逐句说明识别了什么、剩下什么"},
	{OPT_RESIDUES, 0, "residues", NULL,
	 "count the wordings that no rule could name",
	 "统计未能识别的措辞"},
	{OPT_LIST_ITEMS, 0, "list-items", NULL, "list the items of facts",
	 "列出指标代码"},
	{OPT_LIST_FORMATS, 0, "list-formats", NULL,
	 "list the formats that can be read here", "列出可读取的格式"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct option_values VALUES[] = {
	{"phase", "proposed approved adjusted executed"},
	{NULL, NULL},
};

static const struct program_spec SPEC = {
	.name = "bud-parse",
	.usage = "[OPTION]... [FILE]...",
	.en = "Read budget documents of Chinese departments and write their facts as\n"
	      "newline-delimited JSON. A directory stands for the files in it. Without\n"
	      "FILE, or where FILE is -, read standard input.",
	.zh = "读取部门预算、决算公开文件，以 NDJSON 输出其中的数据。\n"
	      "FILE 为目录时读取其中所有文件；没有 FILE 或 FILE 为 - 时读标准输入。",
	.example = "bud-parse 2022.txt 2023.txt | bud-check | bud-render",
	.rows = ROWS,
	.values = VALUES,
};

static bool take_year(const char *value, int *out)
{
	int64_t year;
	bool good = str_to_int64(str_of(value), &year) && year >= 1900 &&
		    year <= 2999;

	if (good)
		*out = (int)year;
	return good;
}

/* False where the value is not accepted. */
static bool take_option(struct parse_run *r, int id, const char *value)
{
	struct parse *p = r->parse;

	switch (id) {
	case OPT_ENTITY:
		p->options.entity = str_of(value);
		return true;
	case OPT_YEAR:
		return take_year(value, &p->options.year);
	case OPT_PHASE:
		return *value && phase_of(str_of(value), &p->options.phase);
	case OPT_JOIN:
		r->list->join = true;
		return true;
	case OPT_FILES_FROM:
		r->list->from = value;
		return true;
	case OPT_NULL:
		r->list->separator = '\0';
		return true;
	case OPT_JOBS:
		return jobs_take(value, &r->workers);
	case OPT_OUTPUT:
		r->output = value;
		return true;
	case OPT_LIMIT:
		return limits_set(&p->limits, str_of(value));
	default:
		p->output = (enum parse_output)(id - OPT_TEXT + PARSE_TEXT);
		return true;
	}
}

int main(int argc, char **argv)
{
	struct program g;
	struct parse p = {.limits = SOURCE_LIMITS_DEFAULT};
	struct input_list list = {.separator = '\n'};
	struct parse_run r = {.parse = &p, .list = &list, .output = "-"};
	const struct lexicon *lexicon;
	int id, outputs = 0, show = 0;

	program_start(&g, &SPEC, argc, argv);
	while ((id = program_option(&g)) > 0) {
		if (id >= OPT_LIST_ITEMS)
			show = id;
		else if (!take_option(&r, id, g.value))
			return program_usage(&g, "usage-bad-value", g.value);
		outputs += id >= OPT_TEXT;
	}
	if (id == OPTION_STOP)
		return program_finish(&g);
	if (outputs > 1)
		return program_usage(&g, "usage-together", NULL);
	if (show) {
		show == OPT_LIST_ITEMS ? show_items(&g) : show_formats(&g);
		return program_finish(&g);
	}
	lexicon = lexicon_load(&g.share, &g.messages);
	if (!lexicon) { /* the mistakes of its tables were told */
		program_raise(&g, STATUS_USAGE);
		return program_finish(&g);
	}
	p.lexicon = lexicon;
	list.operands = argv + g.first;
	list.n_operands = (size_t)(argc - g.first);
	parse_run(&r, &g);
	lexicon_release(lexicon);
	return program_finish(&g);
}
