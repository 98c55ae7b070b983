/* The page as a whole: the skeleton's places are filled one after another. */
#include "render/html.h"

#include "base/reason.h"
#include "render/escape.h"
#include "render/html_part.h"

enum { FEW = 4 /* departments whose tables are not folded away */ };

struct report {
	const struct view *view;
	const struct page *page;
	struct share *share;
	struct messages *messages;
	struct digest *digests;
	bool failed;
};

static bool read_template(struct share *share, struct messages *m,
			  const char *path, struct str *bytes)
{
	const char *error;

	if (share_read(share, path, bytes, &error))
		return true;
	reason_add(m, "share-missing", share_name(share, path), error);
	return false;
}

static void put_template(struct buf *out, struct report *r, const char *path)
{
	struct str bytes;

	if (read_template(r->share, r->messages, path, &bytes))
		buf_put_str(out, str_trim(bytes));
	else
		r->failed = true;
}

static bool has_kind(const struct page *p, enum section_kind kind)
{
	for (size_t i = 0; i < p->n_sections; i++)
		if (p->sections[i].kind == kind)
			return true;
	return false;
}

static bool is_profile(const struct report *r)
{
	return view_choose(r->view) == VIEW_PROFILE;
}

static bool is_shown(const struct report *r, const struct digest *d)
{
	if (d->n && is_profile(r))
		return true;
	for (size_t i = 0; i < r->page->n_sections; i++) {
		const struct section *s = &r->page->sections[i];

		if ((s->kind == SECTION_FACTS || s->kind == SECTION_CHANGES) &&
		    str_equal(s->entity, d->entity))
			return true;
	}
	return false;
}

static struct str name_of(const struct report *r, const struct digest *d)
{
	return d->entity.n ? d->entity
			   : label_word(r->view->labels, "no-entity");
}

static size_t count_shown(const struct report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->view->model->n_entities; i++)
		n += is_shown(r, &r->digests[i]);
	return n;
}

/* One department is the title; several have their number for one. */
static struct str title_of(const struct report *r)
{
	const struct view *v = r->view;
	const struct digest *only = NULL;
	size_t n = count_shown(r);
	struct cell count = cell_value(UNIT_COUNT, (int64_t)n);
	struct str number;

	for (size_t i = 0; i < v->model->n_entities; i++)
		if (is_shown(r, &r->digests[i]))
			only = &r->digests[i];
	if (n == 1)
		return name_of(r, only);
	number = view_number(v, &count);
	return n ? view_say(v, "report-title", &number, 1) : r->page->title;
}

static void put_sentence(struct buf *out, struct str s)
{
	if (!s.n)
		return;
	buf_puts(out, "<p class=\"standfirst\">");
	escape_html(out, s);
	buf_puts(out, "</p>\n");
}

static void put_link(struct buf *out, const char *id, size_t number,
		     struct str text)
{
	buf_printf(out, "<li><a href=\"#%s", id);
	if (number)
		buf_printf(out, "%zu", number);
	buf_puts(out, "\">");
	escape_html(out, text);
	buf_puts(out, "</a></li>\n");
}

static void put_departments(struct buf *out, const struct report *r)
{
	for (size_t i = 0; i < r->view->model->n_entities; i++)
		if (is_shown(r, &r->digests[i]))
			put_link(out, "d", i + 1, name_of(r, &r->digests[i]));
}

static void put_nav(struct buf *out, const struct report *r)
{
	const struct labels *l = r->view->labels;
	const struct model *m = r->view->model;
	size_t shown = count_shown(r);
	bool many = shown > FEW;

	/* one link leads nowhere else */
	if (shown + has_kind(r->page, SECTION_FINDINGS) +
		    has_kind(r->page, SECTION_RANKING) +
		    has_kind(r->page, SECTION_CHECKS) + (m->n_documents > 0) <
	    2)
		return;
	buf_puts(out, "<nav aria-label=\"");
	escape_html(out, label_word(l, "contents"));
	buf_puts(out, "\"><ul>\n");
	if (has_kind(r->page, SECTION_FINDINGS))
		put_link(out, "findings", 0, label_word(l, "nav-findings"));
	if (has_kind(r->page, SECTION_RANKING))
		put_link(out, "ranking", 0, label_word(l, "rank-title"));
	if (!many)
		put_departments(out, r);
	if (has_kind(r->page, SECTION_CHECKS))
		put_link(out, "checks", 0, label_word(l, "verdicts-title"));
	if (m->n_documents)
		put_link(out, "sources", 0, label_word(l, "sources-title"));
	buf_puts(out, "</ul>");
	if (many) {
		buf_puts(out, "<details><summary>");
		escape_html(out, title_of(r));
		buf_puts(out, "</summary><ul>\n");
		put_departments(out, r);
		buf_puts(out, "</ul></details>");
	}
	buf_puts(out, "</nav>\n");
}

static void put_masthead(struct buf *out, struct report *r)
{
	const struct view *v = r->view;
	struct str title = title_of(r);

	buf_puts(out, "<p class=\"kicker\">");
	if (!str_equal(title, r->page->title))
		escape_html(out, r->page->title);
	buf_puts(out, "</p>\n<h1>");
	escape_html(out, title);
	buf_puts(out, "</h1>\n");
	if (v->model->n_entities == 1)
		put_sentence(out, digest_sentence(v, &r->digests[0]));
	put_nav(out, r);
}

static void put_grids(struct buf *out, const struct report *r,
		      enum section_kind kind, struct str entity, size_t number)
{
	static const char *const NAMES[] = {"findings", "ranking", "changes",
					    "facts", "checks"};
	const struct view *v = r->view;
	size_t n = 0;
	bool fold;

	for (size_t i = 0; i < r->page->n_sections; i++) {
		const struct section *s = &r->page->sections[i];

		if (s->kind != kind || !s->grid ||
		    !str_equal(s->entity, entity))
			continue;
		fold = number && count_shown(r) > FEW;
		buf_puts(out, "<section><h3>");
		escape_html(out,
			    label_word(v->labels,
				       kind == SECTION_FACTS ? "facts-title"
				       : kind == SECTION_CHANGES
					       ? "year-title"
					       : "rank-title"));
		buf_puts(out, "</h3>\n");
		if (fold)
			html_summary(out, v, "rows-note",
				     s->grid->n_rows);
		html_grid(out, v, s,
			  str_format(v->arena, "%s-%zu-%zu", NAMES[kind],
				     number, ++n)
				  .p);
		buf_puts(out, fold ? "</details></section>\n"
				   : "</section>\n");
	}
}

static void put_department(struct buf *out, const struct report *r, size_t i)
{
	const struct view *v = r->view;
	const struct digest *d = &r->digests[i];
	bool alone = v->model->n_entities == 1;

	buf_printf(out, "<article id=\"d%zu\" aria-labelledby=\"d%zu-h\">"
			"<header><h2 id=\"d%zu-h\">",
		   i + 1, i + 1, i + 1);
	escape_html(out, alone ? label_word(v->labels, "overview")
			       : name_of(r, d));
	buf_puts(out, "</h2>\n");
	if (!alone)
		put_sentence(out, digest_sentence(v, d));
	buf_puts(out, "</header>\n");
	if (is_profile(r)) {
		html_figures(out, v, d);
		html_charts(out, v, d, i + 1);
		html_history(out, v, d, i + 1);
	}
	put_grids(out, r, SECTION_CHANGES, d->entity, i + 1);
	put_grids(out, r, SECTION_FACTS, d->entity, i + 1);
	buf_puts(out, "</article>\n");
}

/* The sections that are a title, a grid and lines. */
static void put_plain(struct buf *out, const struct report *r,
		      enum section_kind kind, const char *id)
{
	for (size_t i = 0; i < r->page->n_sections; i++) {
		const struct section *s = &r->page->sections[i];

		if (s->kind != kind)
			continue;
		buf_printf(out,
			   "<section id=\"%s\" aria-labelledby=\"%s-h\">"
			   "<h2 id=\"%s-h\">",
			   id, id, id);
		escape_html(out, s->title);
		buf_puts(out, "</h2>\n");
		if (s->grid)
			html_grid(out, r->view, s, "checks-grid");
		for (size_t k = 0; k < s->n_lines; k++) {
			buf_puts(out, "<p>");
			escape_html(out, s->lines[k]);
			buf_puts(out, "</p>\n");
		}
		buf_puts(out, "</section>\n");
	}
}

static void put_main(struct buf *out, struct report *r)
{
	const struct model *m = r->view->model;

	for (size_t i = 0; i < r->page->n_sections; i++)
		if (r->page->sections[i].kind == SECTION_FINDINGS)
			html_findings(out, r->view, &r->page->sections[i]);
	if (has_kind(r->page, SECTION_RANKING)) {
		buf_puts(out, "<div id=\"ranking\">\n");
		html_rank_chart(out, r->view, r->digests);
		put_grids(out, r, SECTION_RANKING, (struct str){NULL, 0}, 0);
		buf_puts(out, "</div>\n");
	}
	if (r->view->options->by_entity)
		put_grids(out, r, SECTION_FACTS,
			  label_word(r->view->labels, "by-entity-title"), 0);
	for (size_t i = 0; i < m->n_entities; i++)
		if (is_shown(r, &r->digests[i]))
			put_department(out, r, i);
	put_plain(out, r, SECTION_EMPTY, "empty");
	put_plain(out, r, SECTION_CHECKS, "checks");
	html_sources(out, r->view);
}

static void put_footer(struct buf *out, struct report *r)
{
	const struct view *v = r->view;
	struct cell c[2] = {
		cell_value(UNIT_COUNT, (int64_t)v->model->n_documents),
		cell_value(UNIT_COUNT, (int64_t)v->model->n_facts)};
	struct str args[] = {view_number(v, &c[0]), view_number(v, &c[1])};

	if (!v->model->n_documents && !v->model->n_facts)
		return;
	buf_puts(out, "<p>");
	escape_html(out, view_say(v, "footer", args, 2));
	buf_puts(out, "</p>");
}

static void fill(struct buf *out, struct report *r, struct str place)
{
	const struct labels *l = r->view->labels;

	if (str_equal(place, STR("lang")))
		buf_puts(out, l->lang == LANG_ZH ? "zh-CN" : "en");
	else if (str_equal(place, STR("title")))
		escape_html(out, title_of(r));
	else if (str_equal(place, STR("skip")))
		escape_html(out, label_word(l, "skip"));
	else if (str_equal(place, STR("masthead")))
		put_masthead(out, r);
	else if (str_equal(place, STR("main")))
		put_main(out, r);
	else if (str_equal(place, STR("footer")))
		put_footer(out, r);
	else if (str_equal(place, STR("css")))
		put_template(out, r, "templates/report.css");
	else if (str_equal(place, STR("chart-css")))
		put_template(out, r, "templates/chart.css");
	else if (str_equal(place, STR("js")))
		put_template(out, r, "templates/report.js");
}

int html_write(struct buf *out, const struct view *v, const struct page *p,
	       struct share *share, struct messages *m)
{
	struct view linked = *v;
	struct report r = {.view = &linked, .page = p, .share = share,
			   .messages = m};
	struct str rest;

	if (!read_template(share, m, "templates/report.html", &rest))
		return -1;
	linked.quoted = ARENA_ARRAY(v->arena, bool, v->model->n_quotes);
	r.digests = digest_all(v);
	for (;;) {
		size_t open = str_find(rest, STR("{{")), close;

		if (open == SIZE_MAX)
			break;
		buf_put_str(out, str_slice(rest, 0, open));
		rest = str_slice(rest, open + 2, rest.n);
		close = str_find(rest, STR("}}"));
		if (close == SIZE_MAX)
			break;
		fill(out, &r, str_slice(rest, 0, close));
		rest = str_slice(rest, close + 2, rest.n);
	}
	buf_put_str(out, rest);
	return r.failed ? -1 : 0;
}

int html_write_chart(struct buf *out, const struct view *v,
		     struct share *share, struct messages *m)
{
	struct digest *all = digest_all(v);
	struct str style;

	if (!read_template(share, m, "templates/chart.css", &style))
		return -1;
	for (size_t i = 0; i < v->model->n_entities; i++)
		if (html_change_chart(out, v, &all[i], style))
			return 0;
	message_add(m, "no-chart", (struct str){NULL, 0}, NULL);
	return -1;
}
