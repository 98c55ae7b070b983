/* bud-render: records in, something to look at out. It is the end of a pipe:
 * lines that it cannot read are named on stderr and left out. */
#include <string.h>
#include <unistd.h>

#include "base/program.h"
#include "lexicon/item.h"
#include "record/codec.h"
#include "render/render.h"
#include "render/terminal.h"

enum {
	O_TO = OPTION_OWN, O_OUTPUT, O_VIEW, O_UNIT, O_BY, O_COLUMNS, O_WHERE,
	O_SORT, O_TOP, O_SAFE_CSV, O_LIST,
};

static const struct option_row ROWS[] = {
	{O_TO, 't', "to", "FORMAT",
	 "table md csv tsv html svg lint json sarif package",
	 "table md csv tsv html svg lint json sarif package"},
	{O_OUTPUT, 'o', "output", "FILE",
	 "write to FILE; its ending (DIR/) chooses the format",
	 "写入 FILE，格式由扩展名（DIR/）决定"},
	{O_VIEW, 'v', "view", "VIEW",
	 "facts, changes, findings, ranking or profile",
	 "视图：facts、changes、findings、ranking、profile"},
	{O_UNIT, 'u', "unit", "UNIT", "yuan, wan, yi (10^4, 10^8), million, billion",
	 "金额单位 yuan、wan、yi、million、billion"},
	{O_BY, 0, "by", "WHAT", "columns of facts: year or entity",
	 "事实表的列：year（年度）或 entity（部门）"},
	{O_COLUMNS, 'c', "columns", "LIST", "show these columns, in this order",
	 "只显示这些列，按此顺序"},
	{O_WHERE, 'w', "where", "KEY=VALUE",
	 "only such records; !=, VALUE*; may be repeated",
	 "只取符合条件的记录；可用 !=、VALUE*，可重复"},
	{O_SORT, 's', "sort", "COLUMN", "sort the rows; -COLUMN for descending",
	 "按列排序；-COLUMN 为降序"},
	{O_TOP, 'n', "top", "N", "only the first N rows", "只取前 N 行"},
	{O_SAFE_CSV, 0, "safe-csv", NULL,
	 "keep spreadsheets from running cells as formulas",
	 "防止电子表格把单元格当作公式执行"},
	{O_LIST, 0, "list-views", NULL, "print the views", "列出各视图"},
	{0, 0, NULL, NULL, NULL, NULL},
};

static const struct option_values VALUES[] = {
	{"to", "table md csv tsv html svg lint json sarif package"},
	{"view", "auto facts changes findings ranking profile"},
	{"unit", "yuan wan yi"},
	{"by", "year entity"},
	{NULL, NULL},
};

static const struct program_spec SPEC = {
	.name = "bud-render",
	.usage = "[OPTION]... [FILE]...",
	.en = "Shows records (facts, changes, findings) as tables, pages, rows.\n"
	      "Rows (csv, tsv, json, lint, sarif) take constant memory unless\n"
	      "sorted, and give fen and ppm as the records do, or the --unit\n"
	      "and per cent. The other formats hold the stream in memory.",
	.zh = "把记录（事实、变动、核对结果）显示为表格、网页或数据行。\n"
	      "数据行（csv、tsv、json、lint、sarif）内存占用恒定（排序除外），\n"
	      "数值与记录相同（分、百万分之一），给出 --unit 后用该单位和\n"
	      "百分数。其余格式需把数据流存入内存。",
	.example = "bud-parse 2022.txt 2023.txt | bud-check | bud-diff | "
		   "bud-render -o report.html",
	.rows = ROWS,
	.values = VALUES,
};

struct setting {
	struct render_options options;
	struct arena arena; /* conditions */
	struct condition *where;
	size_t cap_where;
	bool has_format, list;
};

static bool take_where(struct setting *s, const char *value)
{
	s->where = arena_grow(&s->arena, s->where, &s->cap_where,
			      s->options.n_where + 1, sizeof *s->where);
	s->options.where = s->where;
	return condition_parse(str_of(value),
			       &s->where[s->options.n_where++]);
}

/* False for a value that is not accepted. */
static bool take(struct setting *s, int id, const char *value)
{
	struct render_options *o = &s->options;
	struct str v = str_of(value);
	int64_t n = 0;

	switch (id) {
	case O_TO:
		s->has_format = true;
		return render_format_of(v, &o->format);
	case O_OUTPUT:
		o->output = value;
		return true;
	case O_VIEW:
		return render_view_of(v, &o->view);
	case O_UNIT:
		o->has_money = true;
		return money_of(v, &o->money);
	case O_BY:
		o->by_entity = str_equal(v, STR("entity"));
		return o->by_entity || str_equal(v, STR("year"));
	case O_COLUMNS:
		o->columns = v;
		return v.n > 0;
	case O_WHERE:
		return take_where(s, value);
	case O_SORT:
		o->sort = v;
		return v.n > 0;
	case O_TOP:
		if (!str_to_int64(v, &n) || n < 1)
			return false;
		o->top = (size_t)n;
		return true;
	case O_LIST:
		s->list = true;
		return true;
	default:
		o->safe_csv = true;
		return true;
	}
}

static void complete(struct setting *s, const struct program *p)
{
	struct render_options *o = &s->options;
	bool to_terminal = !strcmp(o->output, "-") && isatty(STDOUT_FILENO);

	o->lang = p->messages.lang;
	if (!s->has_format)
		render_format_of_file(str_of(o->output), &o->format);
	o->width = terminal_width(to_terminal);
	o->colour = to_terminal && terminal_wants_colour();
}

static void read_file(struct program *p, struct render *r, const char *name)
{
	struct reader in;
	struct str line;
	int got;

	if (reader_open(&in, name)) {
		program_fail(p, STATUS_INPUT, "open-failed", str_of(name),
			     in.error);
		return;
	}
	while ((got = reader_line(&in, &line)) > 0) {
		struct arena *a = render_arena(r);
		struct record record;
		const char *error;
		struct str detail;

		if (!str_trim(line).n)
			continue;
		if (!record_read(a, line, &record, &error, &detail)) {
			render_take(r, &record);
			continue;
		}
		message_add(&p->messages, error,
			    str_format(a, "%s:%zu", name, in.line), "%.*s",
			    STR_ARG(detail));
		program_raise(p, STATUS_INPUT);
	}
	if (got < 0)
		program_fail(p, STATUS_INPUT, "read-failed", str_of(name),
			     in.error);
	reader_close(&in);
}

static int refuse(struct program *p, struct setting *s)
{
	struct buf names = {0};
	int status;

	field_names(&names);
	if (!strcmp(p->option, "where"))
		p->candidates = buf_str(&names);
	arena_release(&s->arena);
	status = program_usage(p, "usage-bad-value", p->value);
	buf_release(&names);
	return status;
}

static int list_views(struct program *p, struct setting *s)
{
	struct buf text = {0};

	render_list_views(&text, p->messages.lang);
	fwrite(text.p, 1, text.n, stdout);
	buf_release(&text);
	arena_release(&s->arena);
	return program_finish(p);
}

/* A value of an item that no vocabulary has selects nothing: worth a word. */
static void check_items(struct program *p, const struct setting *s)
{
	for (size_t i = 0; i < s->options.n_where; i++) {
		const struct condition *c = &s->where[i];

		if (str_equal(c->key, STR("item")) && !c->prefix && c->value.n)
			item_check(&p->messages, c->value);
	}
}

int main(int argc, char **argv)
{
	struct setting s = {.options = {.output = "-"}};
	struct program p;
	struct render *r;
	bool usage = false;
	int id;

	program_start(&p, &SPEC, argc, argv);
	while ((id = program_option(&p)) != OPTION_END) {
		if (id == OPTION_STOP)
			return program_finish(&p);
		if (!take(&s, id, p.value))
			return refuse(&p, &s);
	}
	if (s.list)
		return list_views(&p, &s);
	check_items(&p, &s);
	complete(&s, &p);
	if (s.options.format == FORMAT_PACKAGE &&
	    !strcmp(s.options.output, "-")) {
		arena_release(&s.arena);
		return program_usage(&p, "package-output", NULL);
	}
	r = render_open(&s.options, &p.share, &p.messages, &usage);
	if (!r) {
		arena_release(&s.arena);
		program_raise(&p, usage ? STATUS_USAGE : STATUS_SYSTEM);
		return program_finish(&p);
	}
	if (p.first == p.argc)
		read_file(&p, r, "-");
	for (int i = p.first; i < p.argc; i++)
		read_file(&p, r, p.argv[i]);
	if (render_close(r, &usage))
		program_raise(&p, usage ? STATUS_USAGE : STATUS_SYSTEM);
	arena_release(&s.arena);
	return program_finish(&p);
}
