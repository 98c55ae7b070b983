/*
 * XLSX (ECMA-376 SpreadsheetML) → blocks.
 *
 * Every visible sheet in order: its cells as they are shown, its merged
 * cells with their extent. Numbers of hidden rows and columns are left out,
 * but not those of an outline, which a click unfolds. Row and column are kept, so that a fact can point
 * to Sheet!B4. Formulas are not computed; the value stored last counts. The
 * sheets are read as a stream, so their size in memory is that of the cells.
 */
#include <libxml/xmlreader.h>
#include <string.h>

#include "libexec/cellformat.h"
#include "libexec/package.h"
#include "libexec/xml.h"
#include "source/grid.h"
#include "source/heading.h"

enum { MOST_COLUMN = 16384, MOST_ROW = 1048576 };

struct xlsx {
	struct reader_program *r;
	struct package package;
	struct str *strings;
	size_t n_strings, cap_strings;
	struct cellformat *formats; /* by style */
	size_t n_formats, cap_formats;
	long cells;
};

struct columns {
	unsigned from, to; /* both in it */
};

struct sheet {
	struct xlsx *x;
	struct str name;
	bool hides_zeros;
	bool in_hidden; /* the row is not shown */
	struct columns *hidden;
	size_t n_hidden, cap_hidden;
	struct grid_cell *cells;
	size_t n, cap;
};

static bool want(struct str name)
{
	return (str_starts(name, STR("xl/")) &&
		(str_ends(name, STR(".xml")) || str_ends(name, STR(".rels"))) &&
		!str_starts(name, STR("xl/drawings")) &&
		!str_starts(name, STR("xl/media")));
}

static xmlTextReaderPtr open_stream(struct xlsx *x, struct str bytes)
{
	xmlTextReaderPtr s = xmlReaderForMemory(
		bytes.p, (int)bytes.n, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	if (!s)
		reader_fail(x->r, "damaged", STR("XML"));
	return s;
}

/* The next node; false at the end. Damaged XML ends the program. */
static bool step(struct xlsx *x, xmlTextReaderPtr s)
{
	int status = xmlTextReaderRead(s);

	if (status < 0 ||
	    (status > 0 &&
	     xmlTextReaderNodeType(s) == XML_READER_TYPE_DOCUMENT_TYPE))
		reader_fail(x->r, "damaged", STR("XML"));
	return status > 0;
}

/* The node itself is asked: the reader's own functions make or look up a
 * string for each answer. */
static bool is_named(xmlTextReaderPtr s, const char *name)
{
	return !strcmp((const char *)xmlTextReaderCurrentNode(s)->name, name);
}

static bool begins(xmlTextReaderPtr s, const char *name)
{
	return xmlTextReaderNodeType(s) == XML_READER_TYPE_ELEMENT &&
	       is_named(s, name);
}

static bool ends(xmlTextReaderPtr s, const char *name)
{
	return xmlTextReaderNodeType(s) == XML_READER_TYPE_END_ELEMENT &&
	       is_named(s, name);
}

/* The value of an element's attribute without a namespace, where it fits. */
static bool attribute(xmlTextReaderPtr s, const char *name, char *out,
		      size_t room)
{
	const xmlAttr *a = xmlTextReaderCurrentNode(s)->properties;
	const xmlNode *v;
	const char *value;

	while (a && (a->ns || strcmp((const char *)a->name, name)))
		a = a->next;
	if (!a)
		return false;
	v = a->children;
	value = v && v->content ? (const char *)v->content : "";
	if ((v && (v->next || v->type != XML_TEXT_NODE)) ||
	    strlen(value) >= room)
		return false;
	strcpy(out, value);
	return true;
}

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* _x000D_ stands for what XML cannot hold: a blank is as good. */
static void drop_escapes(struct buf *b, size_t from)
{
	size_t to = from;

	for (size_t i = from; i < b->n; i++, to++) {
		b->p[to] = b->p[i];
		if (b->n - i < 7 || b->p[i] != '_' || b->p[i + 1] != 'x' ||
		    b->p[i + 2] != '0' || b->p[i + 3] != '0' ||
		    b->p[i + 4] > '1' || hex(b->p[i + 4]) < 0 ||
		    hex(b->p[i + 5]) < 0 || b->p[i + 6] != '_')
			continue;
		b->p[to] = ' ';
		i += 6;
	}
	b->n = to;
}

/* The text of <t> elements up to the end of an element; phonetic readings
 * are left out. */
static void put_texts(struct xlsx *x, xmlTextReaderPtr s, const char *end,
		      struct buf *out)
{
	bool in_text = false, phonetic = false;
	size_t before = out->n;

	if (xmlTextReaderIsEmptyElement(s))
		return;
	while (step(x, s) && !ends(s, end)) {
		int type = xmlTextReaderNodeType(s);

		if (begins(s, "rPh"))
			phonetic = !xmlTextReaderIsEmptyElement(s);
		if (ends(s, "rPh"))
			phonetic = false;
		if (begins(s, "t"))
			in_text = !xmlTextReaderIsEmptyElement(s);
		if (ends(s, "t"))
			in_text = false;
		if (in_text && !phonetic &&
		    (type == XML_READER_TYPE_TEXT ||
		     type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
		     type == XML_READER_TYPE_CDATA))
			buf_puts(out,
				 (const char *)xmlTextReaderConstValue(s));
	}
	drop_escapes(out, before);
}

static void read_strings(struct xlsx *x)
{
	struct arena *a = &x->r->arena;
	struct str bytes = package_find(&x->package,
					STR("xl/sharedStrings.xml"));
	struct buf text = {0};
	xmlTextReaderPtr s;

	if (!bytes.n)
		return;
	s = open_stream(x, bytes);
	while (step(x, s)) {
		if (!begins(s, "si"))
			continue;
		buf_clear(&text);
		put_texts(x, s, "si", &text);
		x->strings = arena_grow(a, x->strings, &x->cap_strings,
					x->n_strings + 1, sizeof *x->strings);
		x->strings[x->n_strings++] = str_copy(a, buf_str(&text));
	}
	xmlFreeTextReader(s);
	buf_release(&text);
}

static struct cellformat format_of(const xmlNode *root, struct str id)
{
	const xmlNode *codes = xml_child(root, "numFmts");
	int64_t number = 0;

	for (const xmlNode *n = codes ? codes->children : NULL; n; n = n->next)
		if (xml_is(n, "numFmt") &&
		    str_equal(xml_attribute(n, "numFmtId"), id))
			return cellformat_of(xml_attribute(n, "formatCode"));
	str_to_int64(id, &number);
	return cellformat_builtin((int)number);
}

static void read_formats(struct xlsx *x)
{
	xmlDocPtr tree = package_parse(x->r, &x->package,
				       STR("xl/styles.xml"));
	const xmlNode *root = tree ? xmlDocGetRootElement(tree) : NULL;
	const xmlNode *list = xml_child(root, "cellXfs");

	for (const xmlNode *n = list ? list->children : NULL; n; n = n->next) {
		if (!xml_is(n, "xf"))
			continue;
		x->formats = arena_grow(&x->r->arena, x->formats,
					&x->cap_formats, x->n_formats + 1,
					sizeof *x->formats);
		x->formats[x->n_formats++] =
			format_of(root, xml_attribute(n, "numFmtId"));
	}
}

/* "B4" → row 3, column 1. */
static bool read_place(struct str s, unsigned *row, unsigned *col)
{
	size_t i = 0;

	*row = *col = 0;
	for (; i < s.n && s.p[i] >= 'A' && s.p[i] <= 'Z' && *col < MOST_COLUMN;
	     i++)
		*col = *col * 26 + (unsigned)(s.p[i] - 'A') + 1;
	for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && *row < MOST_ROW;
	     i++)
		*row = *row * 10 + (unsigned)(s.p[i] - '0');
	if (i != s.n || !*row || !*col || *row > MOST_ROW ||
	    *col > MOST_COLUMN)
		return false;
	--*row;
	--*col;
	return true;
}

static bool says_yes(xmlTextReaderPtr s, const char *name)
{
	char text[8];

	return attribute(s, name, text, sizeof text) &&
	       (text[0] == '1' || text[0] == 't');
}

/* Not shown, and no part of an outline. */
static bool is_hidden(xmlTextReaderPtr s)
{
	char level[8];

	return says_yes(s, "hidden") &&
	       !(attribute(s, "outlineLevel", level, sizeof level) &&
		 level[0] != '0');
}

static void note_columns(struct sheet *t, xmlTextReaderPtr s)
{
	char from[16], to[16];
	int64_t a, b;

	if (!is_hidden(s) || !attribute(s, "min", from, sizeof from) ||
	    !attribute(s, "max", to, sizeof to) ||
	    !str_to_int64(str_of(from), &a) || !str_to_int64(str_of(to), &b) ||
	    a < 1 || b > MOST_COLUMN)
		return;
	t->hidden = arena_grow(&t->x->r->arena, t->hidden, &t->cap_hidden,
			       t->n_hidden + 1, sizeof *t->hidden);
	t->hidden[t->n_hidden++] =
		(struct columns){(unsigned)a - 1, (unsigned)b - 1};
}

static bool is_shown(const struct sheet *t, unsigned col)
{
	for (size_t i = 0; i < t->n_hidden; i++)
		if (col >= t->hidden[i].from && col <= t->hidden[i].to)
			return false;
	return !t->in_hidden;
}

static void put_value(struct sheet *t, const char *type, long style,
		      struct str value, struct buf *out)
{
	struct xlsx *x = t->x;
	struct cellformat plain = {.decimals = -1};
	int64_t i;

	if (!strcmp(type, "s")) {
		if (str_to_int64(value, &i) && i >= 0 &&
		    (size_t)i < x->n_strings)
			buf_put_str(out, x->strings[i]);
		return;
	}
	if (!strcmp(type, "b")) {
		buf_puts(out, str_equal(value, STR("0")) ? "FALSE" : "TRUE");
		return;
	}
	if (strcmp(type, "n")) {
		buf_put_str(out, value);
		return;
	}
	if (style >= 0 && (size_t)style < x->n_formats)
		plain = x->formats[style];
	plain.hides_zero |= t->hides_zeros;
	cellformat_put(out, value, &plain);
}

static void read_cell(struct sheet *t, xmlTextReaderPtr s, unsigned row,
		      unsigned col)
{
	struct xlsx *x = t->x;
	struct arena *a = &x->r->arena;
	char type[16] = "n", style[16] = "-1";
	struct buf value = {0}, text = {0};
	int64_t number = -1;
	bool in_value = false;

	attribute(s, "t", type, sizeof type);
	attribute(s, "s", style, sizeof style);
	str_to_int64(str_of(style), &number);
	if (++x->cells > x->r->limits.cells)
		reader_fail(x->r, "limit-cells", STR(""));
	if (xmlTextReaderIsEmptyElement(s))
		return;
	while (step(x, s) && !ends(s, "c")) {
		if (begins(s, "is"))
			put_texts(x, s, "is", &text);
		if (begins(s, "v"))
			in_value = !xmlTextReaderIsEmptyElement(s);
		if (ends(s, "v"))
			in_value = false;
		if (in_value && xmlTextReaderHasValue(s))
			buf_puts(&value,
				 (const char *)xmlTextReaderConstValue(s));
	}
	if (value.n && (strcmp(type, "n") || is_shown(t, col)))
		put_value(t, type, (long)number, buf_str(&value), &text);
	if (str_trim(buf_str(&text)).n) {
		t->cells = arena_grow(a, t->cells, &t->cap, t->n + 1,
				      sizeof *t->cells);
		t->cells[t->n++] = (struct grid_cell){
			.text = str_trim(str_copy(a, buf_str(&text))),
			.row = row,
			.col = col,
			.rows = 1,
			.cols = 1,
			.line = row + 1};
	}
	buf_release(&value);
	buf_release(&text);
}

/* Extents, looked up by place. */
static void read_merge(struct sheet *t, xmlTextReaderPtr s)
{
	char text[64];
	struct str rest, from;
	unsigned row, col, row1, col1;

	if (!attribute(s, "ref", text, sizeof text))
		return;
	rest = str_of(text);
	if (!str_split(&rest, ':', &from) || !read_place(from, &row, &col) ||
	    !read_place(rest, &row1, &col1) || row1 < row || col1 < col)
		return;
	/* Cells stand row by row. */
	for (size_t lo = 0, hi = t->n; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		struct grid_cell *c = &t->cells[mid];

		if (c->row == row && c->col == col) {
			c->rows = row1 - row + 1;
			c->cols = col1 - col + 1;
			return;
		}
		if (c->row < row || (c->row == row && c->col < col))
			lo = mid + 1;
		else
			hi = mid;
	}
}

static void read_cells(struct sheet *t, struct str bytes)
{
	struct xlsx *x = t->x;
	xmlTextReaderPtr s = open_stream(x, bytes);
	unsigned row = 0, col = 0, at_row, at_col;
	int64_t number;
	char text[32];

	while (step(x, s)) {
		if (begins(s, "sheetView") &&
		    attribute(s, "showZeros", text, sizeof text))
			t->hides_zeros |= text[0] == '0';
		if (begins(s, "mergeCell"))
			read_merge(t, s);
		if (begins(s, "col"))
			note_columns(t, s);
		if (begins(s, "row")) {
			t->in_hidden = is_hidden(s);
			if (attribute(s, "r", text, sizeof text) &&
			    str_to_int64(str_of(text), &number) &&
			    number > 0 && number <= MOST_ROW)
				row = (unsigned)number - 1;
			col = 0;
		}
		if (ends(s, "row"))
			row++;
		if (!begins(s, "c"))
			continue;
		if (attribute(s, "r", text, sizeof text) &&
		    read_place(str_of(text), &at_row, &at_col)) {
			row = at_row;
			col = at_col;
		}
		read_cell(t, s, row, col++);
	}
	xmlFreeTextReader(s);
}

/* Does a second table begin here: a title alone in its row, below a gap? */
static bool is_title_row(const struct sheet *t, size_t i)
{
	const struct grid_cell *c = &t->cells[i];

	return i && c->row > t->cells[i - 1].row + 1 && i + 1 < t->n &&
	       t->cells[i + 1].row > c->row &&
	       (c->cols > 2 || str_ends(c->text, STR("表"))) &&
	       heading_is(c->text, true);
}

static void write_sheet(struct sheet *t)
{
	struct source_document *d = &t->x->r->document;
	struct grid g = {.arena = &t->x->r->arena, .sheet = t->name};
	size_t before = d->n_blocks;

	for (size_t i = 0; i < t->n; i++) {
		if (is_title_row(t, i)) {
			grid_write(d, &g);
			g = (struct grid){.arena = g.arena, .sheet = g.sheet};
		}
		grid_add(&g, t->cells[i]);
	}
	/* Without a title in its cells, the name of the sheet is one. */
	if (g.n && d->n_blocks == before && g.cells[0].row + 1 < g.n_rows &&
	    g.n > 1 && g.cells[1].row == g.cells[0].row &&
	    !str_starts(t->name, STR("Sheet")))
		source_add_text(d, BLOCK_HEADING, 0, 0, t->name);
	grid_write(d, &g);
}

/* The member that a relation names: "worksheets/sheet1.xml". */
static struct str find_target(struct xlsx *x, xmlDocPtr relations,
			      struct str id)
{
	const xmlNode *n = relations ? xmlDocGetRootElement(relations) : NULL;

	for (n = n ? n->children : NULL; n; n = n->next) {
		struct str target = xml_attribute(n, "Target");

		if (!xml_is(n, "Relationship") ||
		    !str_equal(xml_attribute(n, "Id"), id))
			continue;
		if (str_starts(target, STR("/")))
			return str_slice(target, 1, target.n);
		return str_format(&x->r->arena, "xl/%.*s", STR_ARG(target));
	}
	return (struct str){NULL, 0};
}

static void count_from_1904(struct xlsx *x, const xmlNode *book)
{
	enum { DAYS = 1462 };
	struct str set = xml_attribute(xml_child(book, "workbookPr"),
				       "date1904");

	if (str_equal(set, STR("1")) || str_equal(set, STR("true")))
		for (size_t i = 0; i < x->n_formats; i++)
			x->formats[i].epoch = DAYS;
}

static void read_sheets(struct xlsx *x)
{
	xmlDocPtr book = package_parse(x->r, &x->package,
				       STR("xl/workbook.xml"));
	xmlDocPtr relations = package_parse(
		x->r, &x->package, STR("xl/_rels/workbook.xml.rels"));
	const xmlNode *list =
		book ? xml_child(xmlDocGetRootElement(book), "sheets") : NULL;

	if (!list)
		reader_fail(x->r, "damaged", STR("xl/workbook.xml"));
	count_from_1904(x, xmlDocGetRootElement(book));
	/* reader_fail() does not return. */
	/* cppcheck-suppress nullPointerRedundantCheck */
	for (const xmlNode *n = list->children; n; n = n->next) {
		struct sheet t = {.x = x, .name = xml_attribute(n, "name")};
		struct str bytes;

		if (!xml_is(n, "sheet") ||
		    str_ends(xml_attribute(n, "state"), STR("idden")))
			continue;
		bytes = package_find(&x->package,
				     find_target(x, relations,
						 xml_attribute(n, "id")));
		if (!bytes.n)
			continue;
		read_cells(&t, bytes);
		write_sheet(&t);
	}
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {NULL};
	static struct reader_program r;
	struct xlsx x = {.r = &r};

	xml_start();
	reader_start(&r, argc, argv, DIRS);
	package_read(&r, &x.package, want);
	read_strings(&x);
	read_formats(&x);
	read_sheets(&x);
	r.document.media = "application/vnd.openxmlformats-officedocument."
			   "spreadsheetml.sheet";
	r.document.charset = "UTF-8";
	reader_finish(&r);
}
