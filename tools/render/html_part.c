/* Tables, findings and sources of the report. */
#include "render/html_part.h"

#include "render/escape.h"

enum {
	/* That are not folded away. */
	MOST_FINDINGS = 8,
	FEW_DOCUMENTS = 4,
};

static void put_value(struct buf *out, const struct cell *c, enum money m)
{
	struct buf b = {0};

	cell_format(&b, c, m);
	if (cell_is_number(c))
		escape_number(out, buf_str(&b));
	else
		escape_html(out, buf_str(&b));
	buf_release(&b);
}

/* Begins a link to what a fact was read from; false where that is unknown. */
static bool begin_link(struct buf *out, const struct view *v,
		       const struct bud_fact *f)
{
	const struct model_quote *q = f ? model_quote(v->model, f) : NULL;

	if (!q || !q->document)
		return false;
	v->quoted[q->number - 1] = true;
	buf_printf(out, "<a href=\"#q%zu\">", q->number);
	return true;
}

void html_cell(struct buf *out, const struct view *v, const struct cell *c)
{
	bool linked = begin_link(out, v, c->source);

	put_value(out, c, v->options->money);
	if (linked)
		buf_puts(out, "</a>");
}

void html_summary(struct buf *out, const struct view *v, const char *word,
		  size_t n)
{
	struct cell c = cell_value(UNIT_COUNT, (int64_t)n);
	struct str number = view_number(v, &c);

	buf_puts(out, "<details><summary>");
	escape_html(out, view_say(v, word, &number, 1));
	buf_puts(out, "</summary>\n");
}

/* ---- tables ----------------------------------------------------------- */

static void put_head(struct buf *out, const struct grid *g)
{
	buf_puts(out, "<thead><tr>");
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct grid_column *c = &g->columns[i];

		if (str_equal(c->id, STR("reason")))
			continue;
		buf_puts(out, "<th scope=\"col\" class=\"col-");
		escape_html(out, c->id);
		buf_puts(out, c->number ? " num\">" : "\">");
		escape_html(out, c->head);
		buf_puts(out, "</th>");
	}
	buf_puts(out, "</tr></thead>\n<tbody>\n");
}

static const struct cell *reason_of(const struct grid *g,
				    const struct grid_row *row)
{
	for (size_t i = 1; i < g->n_columns; i++)
		if (str_equal(g->columns[i].id, STR("reason")))
			return &row->cells[i];
	return NULL;
}

static void put_label(struct buf *out, const struct grid *g,
		      const struct grid_row *row)
{
	const struct cell *reason = reason_of(g, row);

	buf_printf(out, "<th scope=\"row\" class=\"d%u\">",
		   row->depth > 4 ? 4 : row->depth);
	if (str_equal(row->full, row->cells[0].text)) {
		escape_html(out, row->full);
	} else {
		buf_puts(out, "<span class=\"short\">");
		escape_html(out, row->cells[0].text);
		buf_puts(out, "</span><span class=\"full\">");
		escape_html(out, row->full);
		buf_puts(out, "</span>");
	}
	if (reason && reason->kind == CELL_TEXT) {
		buf_puts(out, "<small>");
		escape_html(out, reason->text);
		buf_puts(out, "</small>");
	}
	buf_puts(out, "</th>");
}

static void put_cell(struct buf *out, const struct view *v,
		     const struct grid_column *column, const struct cell *c)
{
	buf_puts(out, "<td class=\"col-");
	escape_html(out, column->id);
	if (column->number)
		buf_puts(out, " num");
	buf_putc(out, '"');
	if (cell_is_number(c)) {
		buf_puts(out, " data-v=\"");
		buf_put_int(out, c->number);
		buf_putc(out, '"');
	}
	buf_putc(out, '>');
	html_cell(out, v, c);
	buf_puts(out, "</td>");
}

static void put_row(struct buf *out, const struct view *v,
		    const struct grid *g, const struct grid_row *row)
{
	static const char *const CLASSES[] = {"", " class=\"strong\"",
					      " class=\"muted\"",
					      " class=\"bad\"",
					      " class=\"head\""};

	buf_printf(out, "<tr%s>", CLASSES[row->tone]);
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct grid_column *c = &g->columns[i];

		if (str_equal(c->id, STR("label")))
			put_label(out, g, row);
		else if (!str_equal(c->id, STR("reason")))
			put_cell(out, v, c, &row->cells[i]);
	}
	buf_puts(out, "</tr>\n");
}

void html_grid(struct buf *out, const struct view *v,
	       const struct section *s, const char *id)
{
	buf_printf(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
			"aria-labelledby=\"%s\">\n"
			"<table class=\"sortable\" data-filter=\"", id);
	escape_html(out, label_word(v->labels, "filter"));
	buf_printf(out, "\"><caption id=\"%s\" class=\"note\">", id);
	escape_html(out, s->title);
	if (s->note.n)
		buf_puts(out, v->labels->lang == LANG_ZH ? "　" : ". ");
	escape_html(out, s->note);
	buf_puts(out, "</caption>\n");
	put_head(out, s->grid);
	for (size_t i = 0; i < s->grid->n_rows; i++)
		put_row(out, v, s->grid, &s->grid->rows[i]);
	buf_puts(out, "</tbody></table></div>\n");
}

/* ---- findings --------------------------------------------------------- */

static void put_paragraph(struct buf *out, struct str s)
{
	buf_puts(out, "<p>");
	escape_html(out, s);
	buf_puts(out, "</p>\n");
}

/* The rule and what it was held against, then, apart, the figures. */
static void put_message(struct buf *out, struct str message)
{
	static const struct str ENDS[] = {STR_INIT("）："), STR_INIT("): ")};
	size_t at = SIZE_MAX, n = 0;

	for (size_t i = 0; i < 2 && at == SIZE_MAX; i++) {
		at = str_find(message, ENDS[i]);
		n = ENDS[i].n;
	}
	if (at == SIZE_MAX) {
		escape_html(out, message);
		buf_puts(out, "</p>\n");
		return;
	}
	/* The closing bracket stays, the colon goes. */
	escape_html(out, str_slice(message, 0, at + (n == 3 ? 1 : n / 2)));
	buf_puts(out, "</p>\n");
	put_paragraph(out, str_trim(str_slice(message, at + n, message.n)));
}

/* Words of the documents; what other rules say of the same ("[I05] …") is
 * no quote. A quote that is the one before it again is not repeated. */
static void put_evidence(struct buf *out, struct str rest)
{
	struct str quote, last = {NULL, 0};
	bool open = false;

	buf_puts(out, "<div>");
	while (finding_quote(&rest, &quote)) {
		bool said = str_starts(quote, STR("["));

		if (str_equal(quote, last))
			continue;
		last = quote;
		if (!said && !open)
			buf_puts(out, "<blockquote lang=\"zh-CN\">");
		if (said && open)
			buf_puts(out, "</blockquote>\n");
		open = !said;
		buf_puts(out, said ? "<p class=\"where\">" : "<p>");
		escape_html(out, quote);
		buf_puts(out, "</p>");
	}
	buf_puts(out, open ? "</blockquote></div>\n" : "</div>\n");
}

/* Directories are told with the sources. */
static struct str base_name(struct str place)
{
	for (size_t i = place.n; i > 0; i--)
		if (place.p[i - 1] == '/')
			return str_slice(place, i, place.n);
	return place;
}

static void put_finding(struct buf *out, const struct view *v,
			const struct grid_finding *f)
{
	bool linked;

	buf_printf(out, "<li><div><p class=\"what\">"
			"<span class=\"level %.*s\">",
		   STR_ARG(level_name(f->level)));
	escape_html(out, f->level_name);
	buf_puts(out, "</span> ");
	put_message(out, f->message);
	if (f->values.n)
		put_paragraph(out, f->values);
	buf_puts(out, "<p class=\"where\">");
	linked = begin_link(out, v, f->source);
	escape_html(out, base_name(f->place));
	if (linked)
		buf_puts(out, "</a>");
	buf_puts(out, " · <code>");
	escape_html(out, f->rule);
	buf_puts(out, "</code></p></div>\n");
	if (f->evidence.n)
		put_evidence(out, f->evidence);
	buf_puts(out, "</li>\n");
}

static struct str html_count(const struct view *v, size_t n)
{
	struct cell c = cell_value(UNIT_COUNT, (int64_t)n);

	return view_number(v, &c);
}

static void put_findings(struct buf *out, const struct view *v,
			 const char *id, struct str title,
			 const struct grid_finding *list, size_t n)
{
	bool fold = n > MOST_FINDINGS + 1;

	buf_printf(out,
		   "<section class=\"findings%s\" id=\"%s\" "
		   "aria-labelledby=\"%s-h\"><h2 id=\"%s-h\">",
		   list->level == LEVEL_ERROR ? "" : " calm", id, id, id);
	escape_html(out, title);
	buf_puts(out, "</h2>\n<ol>\n");
	for (size_t i = 0; i < n; i++) {
		if (i == MOST_FINDINGS && fold) {
			buf_puts(out, "</ol>");
			html_summary(out, v, "more-findings", n - i);
			buf_puts(out, "<ol>\n");
		}
		put_finding(out, v, &list[i]);
	}
	buf_puts(out, fold ? "</ol></details></section>\n"
			   : "</ol></section>\n");
}

/* The gravest come first: errors in an alarming colour, what is behind them
 * in none. */
void html_findings(struct buf *out, const struct view *v,
		   const struct section *s)
{
	size_t errors = 0, rest;
	struct str count;

	while (errors < s->n_findings &&
	       s->findings[errors].level == LEVEL_ERROR)
		errors++;
	rest = s->n_findings - errors;
	if (!errors || !rest) {
		put_findings(out, v, "findings", s->title, s->findings,
			     s->n_findings);
		return;
	}
	count = html_count(v, errors);
	put_findings(out, v, "findings",
		     view_say(v, errors == 1 ? "errors-title-1" : "errors-title",
			      &count, 1),
		     s->findings, errors);
	count = html_count(v, rest);
	put_findings(out, v, "further",
		     view_say(v, "further-title", &count, 1),
		     s->findings + errors, rest);
}

/* ---- sources ---------------------------------------------------------- */

static void put_place(struct buf *out, const struct view *v,
		      const struct bud_fact *f)
{
	struct str parts[3];
	size_t n = 0;
	struct cell c;

	if (f->page) {
		c = cell_value(UNIT_COUNT, f->page);
		parts[n] = view_number(v, &c);
		parts[n] = view_say(v, "on-page", &parts[n], 1);
		n++;
	}
	if (f->line) {
		c = cell_value(UNIT_COUNT, f->line);
		parts[n] = view_number(v, &c);
		parts[n] = view_say(v, "on-line", &parts[n], 1);
		n++;
	}
	if (f->cell.n)
		parts[n++] = view_say(v, "in-cell", &f->cell, 1);
	if (!n)
		return;
	buf_puts(out, "<span class=\"where\">");
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_puts(out, " · ");
		escape_html(out, parts[i]);
	}
	buf_puts(out, "</span>");
}

static void put_quote(struct buf *out, const struct view *v,
		      const struct model_quote *q)
{
	buf_printf(out, "<li id=\"q%zu\" tabindex=\"-1\">"
			"<blockquote lang=\"zh-CN\">",
		   q->number);
	escape_html(out, q->fact->text);
	buf_puts(out, "</blockquote>");
	put_place(out, v, q->fact);
	buf_puts(out, "</li>\n");
}

static size_t count_quoted(const struct view *v,
			   const struct model_document *d, size_t first)
{
	const struct model *m = v->model;
	size_t n = 0;

	for (size_t i = first; i < m->n_quotes; i++) {
		if (m->quotes[i]->document != d)
			break;
		n += v->quoted[i];
	}
	return n;
}

/* Of a document's quotes, which stand together, those that a link is to. */
static void put_document(struct buf *out, const struct view *v,
			 const struct model_document *d, size_t *next)
{
	const struct bud_document *r = &d->record;
	const struct model *m = v->model;
	bool any = false, fold = m->n_documents > FEW_DOCUMENTS;

	buf_puts(out, "<h3>");
	escape_html(out, r->title.n ? r->title : model_source(d));
	buf_puts(out, "</h3>\n");
	for (size_t i = 0; i < r->n_members; i++) {
		buf_puts(out, "<p class=\"file\">");
		escape_html(out, r->members[i].source);
		buf_puts(out, " · SHA-256 <code>");
		escape_html(out, r->members[i].sha256);
		buf_puts(out, "</code></p>\n");
	}
	while (*next < m->n_quotes && !m->quotes[*next]->document)
		++*next;
	for (; *next < m->n_quotes && m->quotes[*next]->document == d;
	     ++*next) {
		if (!v->quoted[*next])
			continue;
		if (!any && fold)
			html_summary(out, v, "quotes-note",
				     count_quoted(v, d, *next));
		if (!any)
			buf_puts(out, "<ol>\n");
		any = true;
		put_quote(out, v, m->quotes[*next]);
	}
	if (any)
		buf_puts(out, fold ? "</ol></details>\n" : "</ol>\n");
}

void html_sources(struct buf *out, const struct view *v)
{
	size_t next = 0;

	if (!v->model->n_documents)
		return;
	buf_puts(out, "<section class=\"sources\" id=\"sources\" "
		      "aria-labelledby=\"sources-h\"><h2 id=\"sources-h\">");
	escape_html(out, label_word(v->labels, "sources-title"));
	buf_puts(out, "</h2>\n<p class=\"note\">");
	escape_html(out, label_word(v->labels, "sources-note"));
	buf_puts(out, "</p>\n");
	for (size_t i = 0; i < v->model->n_documents; i++)
		put_document(out, v, v->model->documents[i], &next);
	buf_puts(out, "</section>\n");
}
