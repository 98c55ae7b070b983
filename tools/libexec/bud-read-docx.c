/*
 * DOCX (ECMA-376 WordprocessingML) → blocks.
 *
 * Reads word/document.xml with its numbering, styles and notes. Deleted and
 * hidden text, placeholders, field instructions and the second reading of
 * alternate content are left out, heads and feet of pages too; text boxes and
 * notes follow their paragraph, tables within a table follow it. Page breaks
 * that Word noted when it saved count the pages; without them there are none.
 */
#include <string.h>

#include "base/utf8.h"
#include "libexec/docx.h"
#include "libexec/xml.h"
#include "source/grid.h"
#include "source/heading.h"
#include "source/text.h"

enum {
	MOST_SPAN = 1000,
	TITLE_LINES = 6,
	MENU_COLUMNS = 60,
	MANY_LINKS = 30, /* more have pages of the web alone */
};

/* What altChunk may name. */
static bool is_chunk(struct str name)
{
	static const char *const ENDS[] = {".mht", ".mhtml", ".html", ".htm",
					   ".xhtml", ".txt"};

	for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++)
		if (str_ends(name, str_of(ENDS[i])))
			return true;
	return false;
}

static bool want(struct str name)
{
	return str_equal(name, STR("word/document.xml")) ||
	       str_equal(name, STR("word/numbering.xml")) ||
	       str_equal(name, STR("word/footnotes.xml")) ||
	       str_equal(name, STR("word/endnotes.xml")) ||
	       str_equal(name, STR("word/_rels/document.xml.rels")) ||
	       is_chunk(name) ||
	       str_equal(name, STR("word/styles.xml"));
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
	docx_check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (xml_is(n, "Fallback") || xml_is(n, "del"))
			continue;
		if (xml_is(n, "txbxContent"))
			read_block(d, n, depth + 1);
		else if (n->type == XML_ELEMENT_NODE)
			read_boxes(d, n, depth + 1);
	}
}

static void read_notes(struct docx *d, long depth)
{
	struct pending notes = d->notes;

	d->notes = (struct pending){0};
	for (size_t i = 0; i < notes.n; i++)
		read_block(d, notes.node[i], depth + 1);
}

static bool is_menu(const struct docx *d, struct str text)
{
	return d->is_web && utf8_columns(text) < MENU_COLUMNS &&
	       d->linked * 10 > text.n * 6;
}

static void read_paragraph(struct docx *d, const xmlNode *p, long depth)
{
	struct look look = docx_look_of(d, p);
	struct buf text = {0};
	struct str rest, line;
	size_t number;
	bool heading;

	if (look.list.n)
		numbering_put(&d->numbering, look.list, look.level, &text);
	number = text.n;
	buf_put_str(&text, buf_str(&d->joined));
	buf_clear(&d->joined);
	d->linked = 0;
	docx_put_runs(d, p, look.contents, &text, depth);
	rest = buf_str(&text);
	if (docx_has_lost_mark(p)) {
		buf_put_str(&d->joined, str_slice(rest, number, rest.n));
		buf_release(&text);
		return;
	}
	heading = look.heading && !look.contents &&
		  !heading_is_closed(rest);
	if (str_trim(str_slice(rest, number, rest.n)).n && !is_menu(d, rest))
		while (str_split(&rest, '\n', &line))
			write_line(d, line, heading);
	buf_release(&text);
	read_boxes(d, p, depth);
	read_notes(d, depth);
}

/* ---- tables ---- */

static void put_cell(struct docx *d, const xmlNode *n, struct buf *out,
		     long depth);

/* Text boxes that are anchored in a cell. */
static void put_boxes(struct docx *d, const xmlNode *n, struct buf *out,
		      long depth)
{
	docx_check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (xml_is(n, "Fallback") || xml_is(n, "del"))
			continue;
		if (xml_is(n, "txbxContent"))
			put_cell(d, n, out, depth + 1);
		else if (n->type == XML_ELEMENT_NODE)
			put_boxes(d, n, out, depth + 1);
	}
}

static void put_cell(struct docx *d, const xmlNode *n, struct buf *out,
		     long depth)
{
	bool goes_on = false;

	docx_check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (xml_is(n, "p")) {
			struct look look = docx_look_of(d, n);

			if (out->n && !goes_on)
				buf_putc(out, ' ');
			if (look.list.n)
				numbering_put(&d->numbering, look.list,
					      look.level, out);
			docx_put_runs(d, n, false, out, depth + 1);
			put_boxes(d, n, out, depth + 1);
			goes_on = docx_has_lost_mark(n);
		} else if (xml_is(n, "tbl")) {
			docx_add_pending(d, &d->tables, n);
		} else if (n->type == XML_ELEMENT_NODE &&
			   !docx_is_passed_over(d, n)) {
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

/* A row that is deleted or hidden. */
static bool is_gone(const xmlNode *properties)
{
	return xml_child(properties, "del") ||
	       docx_is_on(xml_child(properties, "hidden"));
}

static void read_rows(struct docx *d, struct table *t, const xmlNode *parent,
		      unsigned *row, long depth)
{
	docx_check_depth(d, depth);
	for (const xmlNode *tr = parent->children; tr; tr = tr->next) {
		unsigned col;

		if (!xml_is(tr, "tr")) {
			if (tr->type == XML_ELEMENT_NODE &&
			    !xml_is(tr, "tblPr") && !xml_is(tr, "del"))
				read_rows(d, t, tr, row, depth + 1);
			continue;
		}
		if (is_gone(xml_child(tr, "trPr")))
			continue;
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

/* Whether a table of one column holds tables: a frame around them. */
static bool is_frame(const struct docx *d, const xmlNode *n, bool *tables,
		     long depth)
{
	unsigned cells = 0;

	docx_check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		cells += xml_is(n, "tc");
		*tables = *tables || xml_is(n, "tbl");
		if (cells > 1 ||
		    (!xml_is(n, "tbl") && n->type == XML_ELEMENT_NODE &&
		     !is_frame(d, n, tables, depth + 1)))
			return false;
	}
	return true;
}

static void read_table(struct docx *d, const xmlNode *n, long depth)
{
	struct grid g = {.arena = &d->r->arena, .page = d->page};
	struct table t = {.grid = &g};
	struct pending within;
	unsigned row = 0;
	bool tables = false;

	if (is_frame(d, n, &tables, depth) && tables) {
		read_block(d, n, depth + 1);
		return;
	}
	write_rows(d);
	read_rows(d, &t, n, &row, depth);
	grid_write(&d->r->document, &g);
	d->body = true;
	within = d->tables;
	d->tables = (struct pending){0};
	for (size_t i = 0; i < within.n; i++)
		read_table(d, within.node[i], depth + 1);
	read_notes(d, depth);
}

static void read_block(struct docx *d, const xmlNode *n, long depth)
{
	docx_check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (xml_is(n, "p"))
			read_paragraph(d, n, depth + 1);
		else if (xml_is(n, "tbl"))
			read_table(d, n, depth + 1);
		else if (xml_is(n, "altChunk"))
			docx_add_pending(d, &d->chunks, n);
		else if (n->type == XML_ELEMENT_NODE && !docx_is_passed_over(d, n))
			read_block(d, n, depth + 1);
	}
}

static const xmlNode *root_of(struct reader_program *r,
			      const struct package *p, struct str name)
{
	xmlDocPtr tree = package_parse(r, p, name);

	return tree ? xmlDocGetRootElement(tree) : NULL;
}

/* The member that a relation of the document names. */
static struct str find_target(struct reader_program *r,
			      const struct package *p, const xmlNode *n,
			      struct str id)
{
	for (n = n ? n->children : NULL; n; n = n->next) {
		struct str target = xml_attribute(n, "Target");

		if (!str_equal(xml_attribute(n, "Id"), id))
			continue;
		return package_find(
			p, str_starts(target, STR("/"))
				   ? str_slice(target, 1, target.n)
				   : str_format(&r->arena, "word/%.*s",
						STR_ARG(target)));
	}
	return (struct str){NULL, 0};
}

/* A document that is nothing but other files gives those. */
static void leave_chunks(struct docx *d, const struct package *p)
{
	const xmlNode *relations = root_of(
		d->r, p, STR("word/_rels/document.xml.rels"));
	struct buf out = {0};

	buf_puts(&out, "bud-files 1\n");
	for (size_t i = 0; i < d->chunks.n; i++) {
		struct str bytes = find_target(
			d->r, p, relations,
			xml_attribute(d->chunks.node[i], "id"));

		buf_printf(&out, "F %zu chunk\n", bytes.n);
		buf_put_str(&out, bytes);
		buf_putc(&out, '\n');
	}
	buf_puts(&out, ".\n");
	reader_leave(&out);
}

static bool has_many_links(struct str bytes)
{
	static const struct str LINK = STR_INIT("<w:hyperlink r:id=");
	unsigned n = 0;
	size_t at;

	while (n <= MANY_LINKS && (at = str_find(bytes, LINK)) != SIZE_MAX) {
		bytes = str_slice(bytes, at + LINK.n, bytes.n);
		n++;
	}
	return n > MANY_LINKS;
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {NULL};
	static struct reader_program r;
	struct package package = {0};
	struct docx d = {.r = &r};
	const xmlNode *document;
	struct str bytes;

	xml_start();
	reader_start(&r, argc, argv, DIRS);
	package_read(&r, &package, want);
	document = root_of(&r, &package, STR("word/document.xml"));
	if (!document)
		reader_fail(&r, "damaged", STR("word/document.xml"));
	bytes = package_find(&package, STR("word/document.xml"));
	d.has_breaks = str_find(bytes, STR("lastRenderedPageBreak")) !=
		       SIZE_MAX;
	d.is_web = has_many_links(bytes);
	d.page = d.has_breaks;
	d.styles = root_of(&r, &package, STR("word/styles.xml"));
	d.footnotes = root_of(&r, &package, STR("word/footnotes.xml"));
	d.endnotes = root_of(&r, &package, STR("word/endnotes.xml"));
	numbering_read(&d.numbering, &r.arena,
		       package_parse(&r, &package,
				     STR("word/numbering.xml")));
	read_block(&d, document, 0);
	write_rows(&d);
	if (d.chunks.n && !r.document.n_blocks)
		leave_chunks(&d, &package);
	r.document.media = "application/vnd.openxmlformats-officedocument."
			   "wordprocessingml.document";
	r.document.charset = "UTF-8";
	reader_finish(&r);
}
