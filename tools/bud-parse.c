/*
 * bud-parse: documents in, records out.
 *
 * Each file becomes its `document` record, then its facts and residues in
 * order of reading; a file that cannot be read becomes a `trouble` record, and
 * the others go on.
 */
#include <sha256.h>
#include <string.h>

#include "base/program.h"
#include "base/stream.h"
#include "extract/explain.h"
#include "extract/extract.h"
#include "lexicon/lexicon.h"
#include "record/codec.h"
#include "source/read.h"

enum {
	OPT_ENTITY = OPTION_OWN,
	OPT_YEAR,
	OPT_PHASE,
	OPT_TEXT,
	OPT_EXPLAIN,
	OPT_LIMIT,
	OPT_OUTPUT,
};

static const struct option_row ROWS[] = {
	{OPT_ENTITY, 0, "entity", "NAME", "whose documents they are",
	 "文件所属的部门或单位"},
	{OPT_YEAR, 0, "year", "YEAR", "the fiscal year of the documents",
	 "文件的预算年度"},
	{OPT_PHASE, 0, "phase", "PHASE",
	 "proposed, approved, adjusted or executed",
	 "proposed、approved、adjusted 或 executed"},
	{OPT_TEXT, 0, "text", NULL, "print the text that spans point into",
	 "输出 span 所指的文本"},
	{OPT_EXPLAIN, 0, "explain", NULL,
	 "show what was recognised, and what was left",
	 "逐句说明识别了什么、剩下什么"},
	{OPT_LIMIT, 0, "limit", "NAME=N,...",
	 "bytes, memory (MB), seconds, pages, cells, depth,\n"
	 "ratio and members that a document may have",
	 "文件的上限：bytes、memory（MB）、seconds、pages、\n"
	 "cells、depth、ratio、members"},
	{OPT_OUTPUT, 'o', "output", "FILE", "write to FILE (.gz: compressed)",
	 "写入 FILE（.gz 则压缩）"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct program_spec SPEC = {
	.name = "bud-parse",
	.usage = "[OPTION]... [FILE]...",
	.en = "Read budget documents of Chinese departments and write their facts as\n"
	      "newline-delimited JSON. Without FILE, or where FILE is -, read standard\n"
	      "input.",
	.zh = "读取部门预算、决算公开文件，以 NDJSON 输出其中的数据。\n"
	      "没有 FILE 或 FILE 为 - 时读标准输入。",
	.example = "bud-parse 2022.txt 2023.txt | bud-check | bud-render",
	.rows = ROWS,
};

struct parse {
	struct program program;
	struct lexicon *lexicon;
	struct extract_options options;
	struct writer out;
	struct source_limits limits;
	bool text_only, explain;
	bool noted; /* what the readers do without was said */
};

static void put_hex(char *out, const uint8_t *bytes, size_t n)
{
	static const char HEX[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = HEX[bytes[i] >> 4];
		out[2 * i + 1] = HEX[bytes[i] & 15];
	}
}

static struct str hash(struct arena *a, struct str bytes)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	char hex[2 * SHA256_DIGEST_LENGTH];
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	SHA256Update(&ctx, (const uint8_t *)(bytes.p ? bytes.p : ""), bytes.n);
	SHA256Final(digest, &ctx);
	put_hex(hex, digest, sizeof digest);
	return str_copy(a, (struct str){hex, sizeof hex});
}

static void put_line(struct parse *p, struct buf *line)
{
	writer_line(&p->out, buf_str(line));
	buf_clear(line);
}

static void put_trouble(struct parse *p, const char *source, struct str doc,
			const char *stage, const char *id, struct str detail)
{
	struct bud_trouble t = {
		.source = str_of(source),
		.doc = doc,
		.stage = str_of(stage),
		.code = str_of(id),
	};
	struct buf line = {0}, message = {0};

	message_add(&p->program.messages, id, t.source, detail.n ? "%.*s" : NULL,
		    STR_ARG(detail));
	buf_put_str(&message, message_text(&p->program.share, LANG_EN, id));
	if (detail.n)
		buf_printf(&message, ": %.*s", STR_ARG(detail));
	t.message = buf_str(&message);
	record_write_trouble(&line, &t);
	put_line(p, &line);
	buf_release(&line);
	buf_release(&message);
	program_raise(&p->program, STATUS_INPUT);
}

static void put_records(struct parse *p, struct extract_result *r)
{
	struct str doc = r->document.doc;
	struct buf line = {0};
	size_t i = 0, k = 0;

	record_write_document(&line, &r->document);
	put_line(p, &line);
	while (i < r->n_facts || k < r->n_residues) {
		bool fact = k == r->n_residues ||
			    (i < r->n_facts &&
			     r->facts[i].n < r->residues[k].n);

		if (fact) {
			r->facts[i].doc = doc;
			record_write_fact(&line, &r->facts[i++]);
		} else {
			r->residues[k].doc = doc;
			record_write_residue(&line, &r->residues[k++]);
		}
		put_line(p, &line);
	}
	buf_release(&line);
}

static void explain(struct parse *p, struct arena *a,
		    const struct source_document *source,
		    const struct extract_result *result)
{
	struct buf text = {0};

	extract_explain(&text, a, p->lexicon, source, result);
	writer_put(&p->out, buf_str(&text));
	buf_release(&text);
}

/* What a reader had to do without is said once, whatever the document. */
static void note(struct parse *p, const char *id)
{
	if (id && !p->noted)
		message_add(&p->program.messages, id, (struct str){NULL, 0},
			    NULL);
	p->noted |= id != NULL;
}

static void parse_document(struct parse *p, const char *name, struct str bytes)
{
	struct arena arena = {0};
	struct source_document source;
	struct source_error error;
	struct extract_result result;
	struct bud_member member = {.source = str_of(name),
				    .sha256 = hash(&arena, bytes),
				    .bytes = (int64_t)bytes.n};
	struct str doc = str_slice(member.sha256, 0, 16);

	source_init(&source, &arena);
	source.limits = p->limits;
	if (source_read(&source, bytes, &error)) {
		put_trouble(p, name, doc, "read", error.id, error.detail);
	} else if (p->text_only) {
		writer_put(&p->out, buf_str(&source.text));
	} else {
		extract_document(&result, &arena, p->lexicon, &source,
				 &p->options);
		result.document.doc = doc;
		result.document.members = &member;
		result.document.n_members = 1;
		result.document.media = str_of(source.media);
		result.document.charset = str_of(source.charset);
		if (!result.document.year)
			put_trouble(p, name, doc, "extract", "no-year",
				    (struct str){NULL, 0});
		if (p->explain)
			explain(p, &arena, &source, &result);
		else
			put_records(p, &result);
	}
	note(p, source.note);
	source_release(&source);
	arena_release(&arena);
}

/* The members of an archive are documents of their own: ARCHIVE!MEMBER. */
static void parse_bytes(struct parse *p, const char *name, struct str bytes)
{
	struct source_member *members;
	struct source_error error;
	struct arena arena = {0};
	size_t n;

	if (source_unpack(&arena, &p->limits, bytes, &members, &n, &error))
		put_trouble(p, name, str_slice(hash(&arena, bytes), 0, 16),
			    "read", error.id, error.detail);
	else if (!n)
		parse_document(p, name, bytes);
	for (size_t i = 0; i < n; i++)
		parse_document(p,
			       members[i].name.n
				       ? str_format(&arena, "%s!%.*s", name,
						    STR_ARG(members[i].name)).p
				       : name,
			       members[i].bytes);
	arena_release(&arena);
}

static void parse_file(struct parse *p, const char *name)
{
	struct buf bytes = {0};
	const char *error;

	if (reader_slurp(name, (size_t)p->limits.bytes, &bytes, &error))
		put_trouble(p, name, (struct str){NULL, 0}, "open",
			    "open-failed", str_of(error));
	else
		parse_bytes(p, name, buf_str(&bytes));
	buf_release(&bytes);
}

/* 0 to go on; the rest is what main returns, plus one. */
static int take_options(struct parse *p, const char **output)
{
	struct program *g = &p->program;
	int64_t year;
	int id;

	while ((id = program_option(g)) > 0) {
		switch (id) {
		case OPT_ENTITY:
			p->options.entity = str_of(g->value);
			break;
		case OPT_YEAR:
			if (!str_to_int64(str_of(g->value), &year) ||
			    year < 1900 || year > 2999)
				return program_usage(g, "usage-bad-value",
						     g->value) + 1;
			p->options.year = (int)year;
			break;
		case OPT_PHASE:
			if (!*g->value || !phase_of(str_of(g->value),
						    &p->options.phase))
				return program_usage(g, "usage-bad-value",
						     g->value) + 1;
			break;
		case OPT_LIMIT:
			if (!limits_set(&p->limits, str_of(g->value)))
				return program_usage(g, "usage-bad-value",
						     g->value) + 1;
			break;
		case OPT_EXPLAIN:
			p->explain = true;
			break;
		case OPT_TEXT:
			p->text_only = true;
			break;
		default:
			*output = g->value;
		}
	}
	return id == OPTION_STOP ? program_finish(g) + 1 : 0;
}

int main(int argc, char **argv)
{
	static struct parse p = {.limits = SOURCE_LIMITS_DEFAULT};
	const char *output = "-";
	int stop;

	program_start(&p.program, &SPEC, argc, argv);
	stop = take_options(&p, &output);
	if (stop)
		return stop - 1;
	p.lexicon = lexicon_load(&p.program.share, &p.program.messages);
	if (!p.lexicon) { /* the mistakes of its tables were told */
		p.program.status = STATUS_USAGE;
		return program_finish(&p.program);
	}
	if (writer_open(&p.out, output)) {
		program_fail(&p.program, STATUS_SYSTEM, "write-failed",
			     str_of(output), p.out.error);
		return program_finish(&p.program);
	}
	if (p.program.first == argc)
		parse_file(&p, "-");
	for (int i = p.program.first; i < argc && !p.out.error; i++)
		parse_file(&p, argv[i]);
	if (writer_close(&p.out))
		program_fail(&p.program, STATUS_SYSTEM, "write-failed",
			     str_of(output), p.out.error);
	lexicon_release(p.lexicon);
	return program_finish(&p.program);
}
