/*
 * DOCX (ECMA-376 WordprocessingML) → blocks.
 *
 * Reads word/document.xml with its numbering and styles. Deleted text, field
 * instructions and the second reading of alternate content are left out; text
 * boxes follow their paragraph. Page breaks that Word noted when it saved
 * count the pages; without them there are none.
 */
#include <string.h>

#include "base/utf8.h"
#include "libexec/numbering.h"
#include "source/grid.h"
#include "source/heading.h"
#include "source/text.h"

enum { MOST_SPAN = 1000, TITLE_LINES = 6 };

struct docx {
	struct reader_program *r;
	struct numbering numbering;
	const xmlNode *styles; /* root of styles.xml, or NULL */
	unsigned page;         /* 0 until a break was seen */
	bool has_breaks;
	unsigned titles;
	bool body;
	long cells;
	struct buf rows; /* lines with TABs that follow each other */
};

static bool want(struct str name)
{
	return str_equal(name, STR("word/document.xml")) ||
	       str_equal(name, STR("word/numbering.xml")) ||
	       str_equal(name, STR("word/styles.xml"));
}

static void check_depth(const struct docx *d, long depth)
{
	if (depth > d->r->limits.depth)
		reader_fail(d->r, "limit-depth", STR(""));
}

static bool is_passed_over(const xmlNode *n)
{
	return xml_is(n, "del") || xml_is(n, "Fallback") ||
	       xml_is(n, "instrText") || xml_is(n, "txbxContent") ||
	       xml_is(n, "moveFrom") || xml_is(n, "pPr") || xml_is(n, "rPr");
}

/* The text of runs. contents: a TAB is a line of dots. */
static void put_runs(struct docx *d, const xmlNode *n, bool contents,
		     struct buf *out, long depth)
{
	check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE || is_passed_over(n))
			continue;
		if (xml_is(n, "t")) {
			for (const xmlNode *t = n->children; t; t = t->next)
				buf_puts(out, (const char *)t->content);
		} else if (xml_is(n, "tab") || xml_is(n, "ptab")) {
			buf_puts(out, contents ? "……" : "\t");
		} else if (xml_is(n, "br") || xml_is(n, "cr")) {
			if (str_equal(xml_attribute(n, "type"), STR("page")))
				d->page += d->has_breaks ? 0 : 1;
			else
				buf_putc(out, '\n');
		} else if (xml_is(n, "lastRenderedPageBreak")) {
			d->page++;
		} else if (xml_is(n, "noBreakHyphen")) {
			buf_putc(out, '-');
		} else {
			put_runs(d, n, contents, out, depth + 1);
		}
	}
}

static const xmlNode *find_style(const struct docx *d, struct str id)
{
	for (const xmlNode *n = d->styles ? d->styles->children : NULL;
	     n && id.n; n = n->next)
		if (xml_is(n, "style") &&
		    str_equal(xml_attribute(n, "styleId"), id))
			return n;
	return NULL;
}

struct look {
	bool heading, contents;
	struct str list, level;
};

static void look_at(struct look *l, const xmlNode *properties)
{
	const xmlNode *number = xml_child(properties, "numPr");
	const xmlNode *outline = xml_child(properties, "outlineLvl");
	int64_t v;

	if (outline && str_to_int64(xml_attribute(outline, "val"), &v))
		l->heading = v < 9;
	if (!number)
		return;
	l->list = xml_attribute(xml_child(number, "numId"), "val");
	l->level = xml_attribute(xml_child(number, "ilvl"), "val");
}

static struct look look_of(const struct docx *d, const xmlNode *p)
{
	const xmlNode *properties = xml_child(p, "pPr");
	const xmlNode *style = find_style(
		d, xml_attribute(xml_child(properties, "pStyle"), "val"));
	const xmlNode *chain[8];
	struct look l = {0};
	size_t n = 0;

	for (; style && n < 8; n++) {
		struct str name = xml_attribute(xml_child(style, "name"),
						"val");

		if (str_starts(name, STR("toc ")) ||
		    str_starts(name, STR("TOC ")))
			l.contents = true;
		chain[n] = xml_child(style, "pPr");
		style = find_style(d, xml_attribute(xml_child(style, "basedOn"),
						    "val"));
	}
	while (n--)
		look_at(&l, chain[n]);
	look_at(&l, properties);
	return l;
}

/* Tables that were typed with the TAB key are read as in plain text. */
static void write_rows(struct docx *d)
{
	struct str rows = str_copy(&d->r->arena, buf_str(&d->rows));

	buf_clear(&d->rows);
	if (rows.n)
		source_read_text(&d->r->document, rows);
}

static bool is_row(struct str text)
{
	return text.n && memchr(text.p, '\t', text.n);
}

static void write_one(struct docx *d, struct str text, bool heading)
{
	struct source_document *doc = &d->r->document;
	bool title = !d->body && d->titles < TITLE_LINES;

	heading = (heading && utf8_columns(text) < 120) ||
		  heading_is(text, title);
	if (!heading || heading_level(text))
		d->body = true;
	else
		d->titles++;
	source_add_text(doc, heading ? BLOCK_HEADING : BLOCK_PARAGRAPH,
			d->page, 0, text);
	if (heading)
		doc->blocks[doc->n_blocks - 1].level = heading_level(text);
}

static void write_line(struct docx *d, struct str text, bool heading)
{
	size_t unit;

	if (is_row(str_trim(text)) ||
	    (d->rows.n && str_trim(text).n && is_row(text))) {
		buf_put_str(&d->rows, text);
		buf_putc(&d->rows, '\n');
		d->body = true;
		return;
	}
	text = str_trim(text);
	if (!text.n)
		return;
	write_rows(d);
	unit = heading_find_unit(text);
	write_one(d, str_trim(str_slice(text, 0, unit)), heading);
	if (unit < text.n)
		write_one(d, str_slice(text, unit, text.n), false);
}

static void read_block(struct docx *d, const xmlNode *n, long depth);

static void read_boxes(struct docx *d, const xmlNode *n, long depth)
{
	check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (xml_is(n, "Fallback") || xml_is(n, "del"))
			continue;
		if (xml_is(n, "txbxContent"))
			read_block(d, n, depth + 1);
		else if (n->type == XML_ELEMENT_NODE)
			read_boxes(d, n, depth + 1);
	}
}

static void read_paragraph(struct docx *d, const xmlNode *p, long depth)
{
	struct look look = look_of(d, p);
	struct buf text = {0};
	struct str rest, line;
	size_t number;
	bool heading;

	if (look.list.n)
		numbering_put(&d->numbering, look.list, look.level, &text);
	number = text.n;
	put_runs(d, p, look.contents, &text, depth);
	rest = buf_str(&text);
	heading = look.heading && !look.contents &&
		  !heading_is_closed(rest);
	if (str_trim(str_slice(rest, number, rest.n)).n)
		while (str_split(&rest, '\n', &line))
			write_line(d, line, heading);
	buf_release(&text);
	read_boxes(d, p, depth);
}

/* ---- tables ---- */

static void put_cell(struct docx *d, const xmlNode *n, struct buf *out,
		     long depth)
{
	check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (xml_is(n, "p")) {
			struct look look = look_of(d, n);

			if (out->n)
				buf_putc(out, ' ');
			if (look.list.n)
				numbering_put(&d->numbering, look.list,
					      look.level, out);
			put_runs(d, n, false, out, depth + 1);
		} else if (n->type == XML_ELEMENT_NODE &&
			   !is_passed_over(n)) {
			put_cell(d, n, out, depth + 1);
		}
	}
}

static unsigned count_of(const xmlNode *n, unsigned otherwise)
{
	int64_t v;

	if (!n || !str_to_int64(xml_attribute(n, "val"), &v) || v < 0)
		return otherwise;
	return v > MOST_SPAN ? MOST_SPAN : (unsigned)v;
}

/* A cell that goes on downwards: its place in the grid, by column. */
struct open_cell {
	size_t cell; /* number in the grid + 1, 0 = none */
};

struct table {
	struct grid *grid;
	struct open_cell *open;
	size_t n_open, cap_open;
};

static struct open_cell *open_at(struct table *t, unsigned col)
{
	t->open = arena_grow(t->grid->arena, t->open, &t->cap_open, col + 1,
			     sizeof *t->open);
	if (t->n_open <= col)
		t->n_open = col + 1;
	return &t->open[col];
}

static void read_cell(struct docx *d, struct table *t, const xmlNode *tc,
		      unsigned row, unsigned *col)
{
	const xmlNode *properties = xml_child(tc, "tcPr");
	const xmlNode *merge = xml_child(properties, "vMerge");
	unsigned cols = count_of(xml_child(properties, "gridSpan"), 1);
	struct open_cell *open = open_at(t, *col);
	bool goes_on = merge && !str_equal(xml_attribute(merge, "val"),
					   STR("restart"));
	struct grid *g = t->grid;
	struct buf text = {0};
	size_t before = g->n;

	if (++d->cells > d->r->limits.cells)
		reader_fail(d->r, "limit-cells", STR(""));
	put_cell(d, tc, &text, 0);
	if (goes_on && open->cell && !str_trim(buf_str(&text)).n) {
		struct grid_cell *c = &g->cells[open->cell - 1];

		c->rows = row - c->row + 1;
	} else {
		grid_add(g, (struct grid_cell){
				    .text = str_copy(g->arena,
						     buf_str(&text)),
				    .row = row,
				    .col = *col,
				    .rows = 1,
				    .cols = cols ? cols : 1,
				    .page = d->page});
		open->cell = merge && g->n > before ? g->n : 0;
	}
	*col += cols ? cols : 1;
	buf_release(&text);
}

static void read_rows(struct docx *d, struct table *t, const xmlNode *parent,
		      unsigned *row, long depth)
{
	check_depth(d, depth);
	for (const xmlNode *tr = parent->children; tr; tr = tr->next) {
		unsigned col;

		if (!xml_is(tr, "tr")) {
			if (tr->type == XML_ELEMENT_NODE &&
			    !xml_is(tr, "tblPr") && !xml_is(tr, "del"))
				read_rows(d, t, tr, row, depth + 1);
			continue;
		}
		col = count_of(xml_child(xml_child(tr, "trPr"), "gridBefore"),
			       0);
		for (const xmlNode *tc = tr->children; tc; tc = tc->next) {
			const xmlNode *inner = xml_is(tc, "sdt")
						       ? xml_child(tc,
								   "sdtContent")
						       : NULL;

			if (xml_is(tc, "tc"))
				read_cell(d, t, tc, *row, &col);
			for (const xmlNode *n = inner ? inner->children : NULL;
			     n; n = n->next)
				if (xml_is(n, "tc"))
					read_cell(d, t, n, *row, &col);
		}
		++*row;
	}
}

static void read_table(struct docx *d, const xmlNode *n, long depth)
{
	struct grid g = {.arena = &d->r->arena, .page = d->page};
	struct table t = {.grid = &g};
	unsigned row = 0;

	write_rows(d);
	read_rows(d, &t, n, &row, depth);
	grid_write(&d->r->document, &g);
	d->body = true;
}

static void read_block(struct docx *d, const xmlNode *n, long depth)
{
	check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (xml_is(n, "p"))
			read_paragraph(d, n, depth + 1);
		else if (xml_is(n, "tbl"))
			read_table(d, n, depth + 1);
		else if (n->type == XML_ELEMENT_NODE && !is_passed_over(n))
			read_block(d, n, depth + 1);
	}
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {NULL};
	static struct reader_program r;
	struct package package = {0};
	struct docx d = {.r = &r};
	xmlDocPtr document, styles;
	struct str bytes;

	xmlInitParser();
	reader_start(&r, argc, argv, DIRS);
	package_read(&r, &package, want);
	document = package_parse(&r, &package, STR("word/document.xml"));
	if (!document)
		reader_fail(&r, "damaged", STR("word/document.xml"));
	bytes = package_find(&package, STR("word/document.xml"));
	d.has_breaks = str_find(bytes, STR("lastRenderedPageBreak")) !=
		       SIZE_MAX;
	d.page = d.has_breaks;
	styles = package_parse(&r, &package, STR("word/styles.xml"));
	d.styles = styles ? xmlDocGetRootElement(styles) : NULL;
	numbering_read(&d.numbering, &r.arena,
		       package_parse(&r, &package,
				     STR("word/numbering.xml")));
	read_block(&d, xmlDocGetRootElement(document), 0);
	write_rows(&d);
	r.document.media = "application/vnd.openxmlformats-officedocument."
			   "wordprocessingml.document";
	r.document.charset = "UTF-8";
	reader_finish(&r);
}
