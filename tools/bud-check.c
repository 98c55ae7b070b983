/*
 * bud-check: records in, the same records out, and behind each document what
 * the rules of share/rules/ found in it: findings and a verdict.
 */
#include <string.h>

#include "base/program.h"
#include "base/stream.h"
#include "check/check.h"
#include "record/codec.h"

enum {
	OPTION_RULES = OPTION_OWN,
	OPTION_LIST,
	OPTION_DERIVE,
	OPTION_ONLY,
	OPTION_OUTPUT,
	OPTION_EXIT_CODE,
};

static const struct option_row ROWS[] = {
	{OPTION_RULES, 'r', "rules", "FILE", "add the rules of FILE",
	 "加入 FILE 中的规则"},
	{OPTION_LIST, 0, "list-rules", NULL, "print the rules in force",
	 "列出生效的规则"},
	{OPTION_DERIVE, 'd', "derive", NULL,
	 "add the facts that follow from stated ones", "补充可推算的数据"},
	{OPTION_ONLY, 0, "only", "KINDS",
	 "these findings alone: pass,fail,open,notApplicable",
	 "只要这些结果：pass,fail,open,notApplicable"},
	{OPTION_EXIT_CODE, 'e', "exit-code", NULL,
	 "exit with 1 if there is an error", "有错误时退出状态为 1"},
	{OPTION_OUTPUT, 'o', "output", "FILE", "write to FILE (.gz compresses)",
	 "写入 FILE（.gz 则压缩）"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct program_spec SPEC = {
	"bud-check",
	"[OPTION]... [FILE]...",
	"Holds the facts of each document against the rules, and adds findings\n"
	"and a verdict.",
	"按规则核对每份文件的数据，给出检查结果和结论。",
	"bud-parse 2023.txt | bud-check | bud-render --to=lint",
	ROWS,
};

struct filter {
	struct program *program;
	struct writer out;
	struct arena rules_arena, line_arena, arena;
	struct rules rules;
	struct check_labels *labels;
	struct check check;
	bool open; /* a document is being read */
	bool derive, exit_code, list;
	struct str only;
	struct buf doc; /* id of the document being read */
	struct buf line;
};

static void put_record(struct filter *f)
{
	writer_line(&f->out, buf_str(&f->line));
	buf_clear(&f->line);
}

static void end_document(struct filter *f)
{
	struct check *c = &f->check;

	if (!f->open)
		return;
	check_run(c);
	if (f->derive)
		check_derive(c);
	for (size_t i = 0; i < c->n_derived; i++) {
		record_write_fact(&f->line, &c->derived[i]);
		put_record(f);
	}
	for (size_t i = 0; i < c->n_findings; i++) {
		const struct bud_finding *found = &c->findings[i];

		if (f->only.n &&
		    !str_list_has(f->only, finding_kind_name(found->kind)))
			continue;
		record_write_finding(&f->line, found);
		put_record(f);
	}
	record_write_verdict(&f->line, &c->verdict);
	put_record(f);
	if (f->exit_code && c->verdict.failed)
		program_raise(f->program, STATUS_FINDINGS);
	check_release(c);
	arena_reset(&f->arena);
	f->open = false;
}

static void begin_document(struct filter *f, struct str doc)
{
	struct buf id = {0};

	buf_put_str(&id, doc); /* doc may lie in the arena that is reset */
	end_document(f);
	buf_release(&f->doc);
	f->doc = id;
	check_begin(&f->check, &f->arena, &f->rules, f->labels);
	f->check.verdict.doc = buf_str(&f->doc);
	f->open = true;
}

/* Takes a record in; false where the line is not understood. */
static bool take_record(struct filter *f, struct str line, const char **error,
			struct str *detail)
{
	struct arena *a = f->open ? &f->arena : &f->line_arena;
	struct record r;
	struct str doc;

	if (record_read(a, line, &r, error, detail))
		return false;
	doc = r.type == RECORD_DOCUMENT  ? r.document.doc
	      : r.type == RECORD_FACT    ? r.fact.doc
	      : r.type == RECORD_RESIDUE ? r.residue.doc
	      : r.type == RECORD_TROUBLE ? r.trouble.doc
					 : buf_str(&f->doc);
	if (r.type == RECORD_TROUBLE && !str_equal(doc, buf_str(&f->doc)))
		end_document(f);
	if (r.type != RECORD_DOCUMENT && r.type != RECORD_FACT &&
	    r.type != RECORD_RESIDUE)
		return true;
	if (!f->open || r.type == RECORD_DOCUMENT || !str_equal(doc, buf_str(&f->doc))) {
		begin_document(f, doc);
		/* what was read must live with the new document */
		record_read(&f->arena, line, &r, error, detail);
	}
	if (r.type == RECORD_DOCUMENT)
		f->check.document = r.document;
	else if (r.type == RECORD_FACT)
		check_take_fact(&f->check, &r.fact);
	else
		check_take_residue(&f->check, &r.residue);
	return true;
}

static void run_file(struct filter *f, const char *name)
{
	struct program *p = f->program;
	struct reader in;
	struct str line, detail = {NULL, 0};
	const char *error;
	int got = reader_open(&in, name);

	if (got) {
		program_fail(p, STATUS_INPUT, "open-failed", str_of(name),
			     in.error);
		return;
	}
	while ((got = reader_line(&in, &line)) == 1) {
		if (line.n && !take_record(f, line, &error, &detail)) {
			message_add(&p->messages, error,
				    str_format(&f->line_arena, "%s:%zu", name,
					       in.line),
				    "%.*s", STR_ARG(detail));
			program_raise(p, STATUS_INPUT);
		}
		writer_line(&f->out, line);
		arena_reset(&f->line_arena);
	}
	if (got < 0)
		program_fail(p, STATUS_INPUT, "read-failed", str_of(name),
			     in.error);
	reader_close(&in);
}

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
	good = !check_add_rules(&f->rules, &f->rules_arena,
				str_copy(&f->rules_arena, str_of(name)),
				str_copy(&f->rules_arena, buf_str(&text)),
				&f->program->messages);
	buf_release(&text);
	return good;
}

/* What program_option() said last; false to end with p->status. */
static int take_options(struct filter *f, const char **rule_files, size_t *n)
{
	struct program *p = f->program;
	int id;

	while ((id = program_option(p)) != OPTION_END) {
		switch (id) {
		case OPTION_RULES:
			if (*n < 16)
				rule_files[(*n)++] = p->value;
			break;
		case OPTION_LIST:
			f->list = true;
			break;
		case OPTION_DERIVE:
			f->derive = true;
			break;
		case OPTION_ONLY:
			f->only = str_of(p->value);
			break;
		case OPTION_EXIT_CODE:
			f->exit_code = true;
			break;
		case OPTION_OUTPUT:
			if (writer_open(&f->out, p->value)) {
				program_fail(p, STATUS_USAGE, "write-failed",
					     str_of(p->value), f->out.error);
				return -1;
			}
			break;
		default:
			return -1;
		}
	}
	return 0;
}

static int load(struct filter *f, const char *const *files, size_t n)
{
	struct program *p = f->program;
	bool good = !check_load_rules(&f->rules, &f->rules_arena, &p->messages);

	for (size_t i = 0; i < n; i++)
		good = add_rules(f, files[i]) && good;
	if (!good)
		p->status = STATUS_USAGE;
	f->labels = check_load_labels(&f->rules_arena, &p->share);
	return good ? 0 : -1;
}

static int finish(struct filter *f)
{
	struct program *p = f->program;

	if (writer_close(&f->out))
		program_fail(p, STATUS_SYSTEM, "write-failed", STR("-"),
			     f->out.error);
	check_free_labels(f->labels);
	buf_release(&f->line);
	buf_release(&f->doc);
	arena_release(&f->rules_arena);
	arena_release(&f->line_arena);
	arena_release(&f->arena);
	return program_finish(p);
}

int main(int argc, char **argv)
{
	struct program p;
	struct filter f = {.program = &p};
	const char *files[16];
	size_t n = 0;

	program_start(&p, &SPEC, argc, argv);
	writer_open(&f.out, "-");
	if (take_options(&f, files, &n) || load(&f, files, n))
		return finish(&f);
	if (f.list) {
		check_list_rules(&f.rules, &f.line);
		writer_put(&f.out, buf_str(&f.line));
		return finish(&f);
	}
	if (p.first == argc)
		run_file(&f, "-");
	for (int i = p.first; i < argc; i++)
		run_file(&f, argv[i]);
	end_document(&f);
	return finish(&f);
}
