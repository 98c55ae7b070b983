/* What all views share: sentences, findings, verdicts, the choice itself. */
#include "render/view.h"

#include <string.h>

struct str view_say(const struct view *v, const char *word,
		    const struct str *args, size_t n)
{
	struct str text = label_word(v->labels, word), s;
	struct buf b = {0};

	for (size_t i = 0; i < text.n; i++) {
		size_t which;

		if (i + 2 >= text.n || text.p[i] != '{' ||
		    text.p[i + 2] != '}' || text.p[i + 1] < '0' ||
		    (which = (size_t)(text.p[i + 1] - '0')) >= n) {
			buf_putc(&b, text.p[i]);
			continue;
		}
		buf_put_str(&b, args[which]);
		i += 2;
	}
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static struct str format(const struct view *v, const struct cell *c,
			 enum money money)
{
	struct buf b = {0};
	struct str s;

	cell_format(&b, c, money);
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

struct str view_number(const struct view *v, const struct cell *c)
{
	return format(v, c, v->options->money);
}

static struct str of_int(const struct view *v, int64_t n)
{
	struct cell c = cell_value(UNIT_COUNT, n);

	return view_number(v, &c);
}

struct str view_period(const struct view *v, int year, enum phase phase)
{
	struct str name = label_name(v->labels, "phases", phase_name(phase));

	if (!year)
		return name;
	return str_format(v->arena, "%d%s%.*s", year, name.n ? " " : "",
			  STR_ARG(name));
}

struct str view_period_short(const struct view *v, int year, enum phase phase)
{
	static const char *const WORDS[] = {"in-year", "in-draft", "in-budget",
					    "in-adjusted", "in-account"};
	struct str text = str_format(v->arena, "%d", year);

	return view_say(v, WORDS[phase], &text, 1);
}

struct str view_amount(const struct view *v, int64_t fen)
{
	enum { MILLION = 100000000 };
	struct cell c = cell_value(UNIT_FEN, value_magnitude(fen));
	enum money money = v->options->money;
	struct str number;

	/* English sentences do not count in ten thousands. */
	if (v->labels->lang == LANG_EN && money != MONEY_YUAN)
		money = c.number >= 1000 * (int64_t)MILLION ? MONEY_BILLION
			: c.number >= MILLION		    ? MONEY_MILLION
							    : MONEY_YUAN;
	number = format(v, &c, money);
	if (money == MONEY_YUAN && str_ends(number, STR(".00")))
		number.n -= 3;
	return view_say(v,
			str_format(v->arena, "amount-%.*s",
				   STR_ARG(money_id(money)))
				.p,
			&number, 1);
}

void view_label(const struct view *v, const struct outline_row *o,
		struct grid_row *row)
{
	struct buf b = {0};

	label_row(v->labels, &b, &o->at, o->above);
	row->cells[0] = cell_text(str_copy(v->arena, buf_str(&b)));
	buf_clear(&b);
	label_row(v->labels, &b, &o->at, NULL);
	row->full = str_copy(v->arena, buf_str(&b));
	row->depth = o->depth;
	buf_release(&b);
}

enum render_view view_choose(const struct view *v)
{
	if (v->options->view != VIEW_AUTO)
		return v->options->view;
	if (v->options->format == FORMAT_HTML)
		return VIEW_PROFILE;
	if (v->model->n_changes)
		return VIEW_CHANGES;
	if (!v->model->n_facts && v->model->n_findings)
		return VIEW_FINDINGS;
	return VIEW_FACTS;
}

/* ---- findings --------------------------------------------------------- */

static bool is_shown(const struct view *v, const struct bud_finding *f,
		     enum view_findings which)
{
	if (which == FINDINGS_ERRORS)
		return f->kind == FINDING_FAIL && f->level == LEVEL_ERROR;
	for (size_t i = 0; i < v->options->n_where; i++)
		if (str_equal(v->options->where[i].key, STR("kind")))
			return true;
	return f->kind == FINDING_FAIL || f->kind == FINDING_OPEN;
}

/* The unit of a finding's numbers, where all its facts have the same. */
static bool unit_of_finding(const struct view *v, const struct bud_finding *f,
			    enum unit *unit)
{
	size_t n = model_finding_count(f);

	for (size_t i = 0; i < n; i++) {
		const struct bud_fact *x = model_finding_fact(v->model, f, i);

		if (!x || (i && x->unit != *unit))
			return false;
		*unit = x->unit;
	}
	return n > 0;
}

/* In words, but where the message itself says so. */
static struct str values_of(const struct view *v, const struct bud_finding *f,
			    struct str message)
{
	enum unit unit = UNIT_FEN;
	struct cell c[3];
	struct str args[4];

	if (!f->has_values || f->kind != FINDING_FAIL ||
	    !unit_of_finding(v, f, &unit))
		return (struct str){NULL, 0};
	c[0] = cell_value(unit, f->expected);
	c[1] = cell_value(unit, f->actual);
	c[2] = cell_difference(unit, f->difference);
	for (size_t i = 0; i < 3; i++)
		args[i] = view_number(v, &c[i]);
	if (str_find(message, args[0]) != SIZE_MAX &&
	    str_find(message, args[1]) != SIZE_MAX)
		return (struct str){NULL, 0};
	args[3] = money_name(v->options->money, v->labels->lang);
	return view_say(v,
			unit == UNIT_FEN ? "finding-money" : "finding-values",
			args, 4);
}

static struct str source_of(const struct view *v, struct str doc)
{
	const struct model_document *d = model_document(v->model, doc);

	return d ? model_source(d) : doc;
}

/* Of a finding over several documents, all of them. */
static struct str sources_of(const struct view *v, const struct bud_finding *f)
{
	struct buf b = {0};
	struct str s;

	for (size_t i = 0; i < f->n_docs; i++) {
		if (i)
			buf_puts(&b, ", ");
		buf_put_str(&b, source_of(v, f->docs[i]));
	}
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static struct str place_of(const struct view *v, const struct bud_finding *f)
{
	struct str source = f->n_docs ? sources_of(v, f)
				      : source_of(v, f->doc);

	if (f->line)
		return str_format(v->arena, "%.*s:%lld", STR_ARG(source),
				  (long long)f->line);
	if (f->page) {
		struct str args[] = {source, of_int(v, f->page)};

		return view_say(v, "place-page", args, 2);
	}
	return source;
}

static const char *level_word(const struct bud_finding *f)
{
	static const char *const WORDS[] = {"level-none", "level-note",
					    "level-warning", "level-error"};

	if (f->kind == FINDING_OPEN)
		return "level-open";
	if (f->kind != FINDING_FAIL)
		return "level-pass";
	return WORDS[f->level];
}

static struct grid_finding word_finding(const struct view *v,
					const struct bud_finding *f)
{
	bool zh = v->labels->lang == LANG_ZH;
	struct str also = zh && f->also_zh.n ? f->also_zh : f->also;
	struct grid_finding g = {
		.level = f->kind == FINDING_FAIL ? f->level : LEVEL_NONE,
		.level_name = label_word(v->labels, level_word(f)),
		.rule = f->rule,
		.place = place_of(v, f),
		.message = zh && f->message_zh.n ? f->message_zh : f->message,
		.evidence = f->evidence,
	};

	g.values = values_of(v, f, g.message);
	for (size_t i = 0; i < model_finding_count(f) && !g.source; i++) {
		const struct bud_fact *x = model_finding_fact(v->model, f, i);

		if (x && model_quote(v->model, x))
			g.source = x;
	}
	if (!g.evidence.n && g.source)
		g.evidence = g.source->text;
	if (also.n)
		g.evidence = str_format(v->arena, "%.*s%s%.*s",
					STR_ARG(g.evidence),
					g.evidence.n ? " | " : "",
					STR_ARG(also));
	return g;
}

void view_add_findings(const struct view *v, struct page *p,
		       enum view_findings which)
{
	struct grid_finding *list =
		ARENA_ARRAY(v->arena, struct grid_finding,
			    v->model->n_findings);
	struct section *s;
	struct str count;
	size_t n = 0;

	/* The gravest first, each level in the order of the stream. */
	for (int level = LEVEL_ERROR; level >= LEVEL_NONE; level--)
		for (size_t i = 0; i < v->model->n_findings; i++) {
			const struct bud_finding *f = v->model->findings[i];

			if (is_shown(v, f, which) &&
			    (f->kind == FINDING_FAIL ? (int)f->level
						     : LEVEL_NONE) == level)
				list[n++] = word_finding(v, f);
		}
	if (!n)
		return;
	s = page_section(p, SECTION_FINDINGS);
	count = of_int(v, (int64_t)n);
	s->title = view_say(v,
			    which == FINDINGS_ERRORS ? n == 1 ? "errors-title-1"
							      : "errors-title"
						     : "findings-title",
			    &count, 1);
	s->findings = list;
	s->n_findings = v->options->top && n > v->options->top &&
					which == FINDINGS_ALL
				? v->options->top
				: n;
}

enum { VERDICT_NUMBERS = 6, VERDICT_COLUMNS = VERDICT_NUMBERS + 1 };

static struct grid *new_verdicts(const struct view *v)
{
	static const char *const IDS[VERDICT_COLUMNS] = {
		"document", "checks", "passed", "rounding",
		"failed",   "notes",  "open"};
	struct grid_column columns[VERDICT_COLUMNS];

	for (size_t i = 0; i < VERDICT_COLUMNS; i++)
		columns[i] = (struct grid_column){
			.id = i ? str_of(IDS[i]) : STR("label"),
			.head = label_word(
				v->labels,
				str_format(v->arena, "verdict-%s", IDS[i]).p),
			.number = i > 0};
	return grid_new(v->arena, columns, VERDICT_COLUMNS);
}

static void add_verdict(const struct view *v, struct grid *g,
			const struct model_document *d)
{
	const struct bud_verdict *x = d->verdict;
	const int64_t numbers[VERDICT_NUMBERS] = {x->checks,   x->passed,
						  x->rounding, x->failed,
						  x->notes,    x->open};
	struct grid_row *row = grid_row(v->arena, g);

	row->full = model_source(d);
	row->cells[0] = cell_text(row->full);
	row->tone = x->failed ? TONE_BAD : TONE_PLAIN;
	for (size_t i = 0; i < VERDICT_NUMBERS; i++)
		row->cells[i + 1] = cell_value(UNIT_COUNT, numbers[i]);
}

static struct section *checks(const struct view *v, struct page *p,
			      struct section *s)
{
	if (s)
		return s;
	s = page_section(p, SECTION_CHECKS);
	s->title = label_word(v->labels, "verdicts-title");
	return s;
}

void view_add_verdicts(const struct view *v, struct page *p)
{
	struct section *s = NULL;

	for (size_t i = 0; i < v->model->n_documents; i++) {
		const struct model_document *d = v->model->documents[i];

		/* Of a selection, the documents that it is from. */
		if (!d->verdict || (v->options->n_where && !d->is_used))
			continue;
		s = checks(v, p, s);
		if (!s->grid) {
			s->note = label_word(v->labels, "verdicts-note");
			s->grid = new_verdicts(v);
		}
		add_verdict(v, s->grid, d);
	}
	for (size_t i = 0; i < v->model->n_troubles; i++) {
		const struct bud_trouble *t = v->model->troubles[i];
		struct str args[] = {t->source.n ? t->source : t->doc,
				     t->message.n ? t->message : t->code};

		s = checks(v, p, s);
		section_line(p, s, view_say(v, "trouble-line", args, 2));
	}
}

/* ---- the page --------------------------------------------------------- */

/* --columns, --sort and --top. A column must be in one of the grids. */
static bool shape(const struct view *v, struct page *p, struct str *bad)
{
	const struct render_options *o = v->options;
	bool sorted = !o->sort.n, chosen = !o->columns.n, any = false;

	for (size_t i = 0; i < p->n_sections; i++) {
		struct section *s = &p->sections[i];
		struct grid *g = s->grid;

		/* The verdicts stand as they are, whatever is selected. */
		if (!g || s->kind == SECTION_CHECKS)
			continue;
		any = true;
		if (o->sort.n)
			sorted |= grid_sort(g, o->sort);
		if (o->top)
			grid_cut(g, o->top);
		if (o->columns.n) {
			chosen |= grid_choose(v->arena, g, o->columns, bad);
			continue;
		}
		grid_drop_empty(g);
		/* Texts give reasons a line of their own. */
		if (s->n_lines && o->format != FORMAT_HTML)
			grid_drop(g, STR("reason"));
	}
	if (!any || (sorted && chosen))
		return true;
	if (!sorted)
		*bad = o->sort;
	return false;
}

bool view_build(const struct view *v, struct page *p, struct str *bad)
{
	enum render_view view = view_choose(v);

	p->arena = v->arena;
	p->money = v->options->money;
	p->title = label_word(v->labels, "page-title");
	view_add_findings(v, p, view == VIEW_FINDINGS ? FINDINGS_ALL
						      : FINDINGS_ERRORS);
	if (view == VIEW_RANKING ||
	    (view == VIEW_PROFILE && v->model->n_entities > 1))
		view_add_ranking(v, p);
	if (view == VIEW_CHANGES || view == VIEW_PROFILE)
		view_add_changes(v, p);
	if (view == VIEW_FACTS || view == VIEW_PROFILE)
		view_add_facts(v, p);
	if (!p->n_sections)
		view_add_empty(v, p, view);
	view_add_verdicts(v, p);
	return shape(v, p, bad);
}
