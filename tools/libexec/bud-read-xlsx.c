/*
 * XLSX (ECMA-376 SpreadsheetML) → blocks.
 *
 * Every visible sheet in order: its cells as they are shown, its merged
 * cells with their extent. Numbers of hidden rows and columns are left out,
 * but not those of an outline, which a click unfolds. Row and column are kept, so that a fact can point
 * to Sheet!B4. Formulas are not computed; the value stored last counts. The
 * sheets are read as a stream, so their size in memory is that of the cells.
 */
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

static bool want(struct str name)
{
	return (str_starts(name, STR("xl/")) &&
		(str_ends(name, STR(".xml")) || str_ends(name, STR(".rels"))) &&
		!str_starts(name, STR("xl/drawings")) &&
		!str_starts(name, STR("xl/media")));
}

static void read_stream(struct xlsx *x, struct str bytes,
			const struct xml_handlers *handlers, void *context)
{
	if (!xml_read_stream(bytes, handlers, context))
		reader_fail(x->r, "damaged", STR("XML"));
}

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* _x000D_ stands for what XML cannot hold: a blank is as good. */
static void drop_escapes(struct buf *b)
{
	size_t to = 0;

	for (size_t i = 0; i < b->n; i++, to++) {
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

/* What gathers the text of <t> elements; phonetic readings are left out. */
struct gatherer {
	struct buf text;
	bool in_text, phonetic;
};

static void gather_begin(struct gatherer *g, const struct xml_tag *tag)
{
	g->phonetic |= xml_tag_is(tag, "rPh");
	g->in_text |= xml_tag_is(tag, "t");
}

static void gather_end(struct gatherer *g, const char *name)
{
	g->phonetic &= strcmp(name, "rPh") != 0;
	g->in_text &= strcmp(name, "t") != 0;
}

static void gather_text(struct gatherer *g, struct str text)
{
	if (g->in_text && !g->phonetic)
		buf_put_str(&g->text, text);
}

struct strings {
	struct xlsx *x;
	struct gatherer item;
	bool open;
};

static void begin_string(void *context, const struct xml_tag *tag)
{
	struct strings *s = context;

	s->open |= xml_tag_is(tag, "si");
	if (s->open)
		gather_begin(&s->item, tag);
}

static void end_string(void *context, const char *name)
{
	struct strings *s = context;
	struct xlsx *x = s->x;
	struct arena *a = &x->r->arena;

	gather_end(&s->item, name);
	if (strcmp(name, "si"))
		return;
	drop_escapes(&s->item.text);
	x->strings = arena_grow(a, x->strings, &x->cap_strings,
				x->n_strings + 1, sizeof *x->strings);
	x->strings[x->n_strings++] = str_copy(a, buf_str(&s->item.text));
	buf_clear(&s->item.text);
	s->open = false;
}

static void string_text(void *context, struct str text)
{
	struct strings *s = context;

	gather_text(&s->item, text);
}

static void read_strings(struct xlsx *x)
{
	static const struct xml_handlers HANDLERS = {begin_string, end_string,
						     string_text};
	struct strings s = {.x = x};
	struct str bytes = package_find(&x->package,
					STR("xl/sharedStrings.xml"));

	if (bytes.n)
		read_stream(x, bytes, &HANDLERS, &s);
	buf_release(&s.item.text);
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

enum type { TYPE_NUMBER, TYPE_SHARED, TYPE_BOOLEAN, TYPE_TEXT };

struct sheet {
	struct xlsx *x;
	struct str name;
	bool hides_zeros;
	bool in_hidden; /* the row is not shown */
	struct columns *hidden;
	size_t n_hidden, cap_hidden;
	struct grid_cell *cells;
	size_t n, cap;
	unsigned row, col; /* of the open cell, or of the next */
	/* The open cell: its <v> and its <is>. */
	bool in_cell, in_value, in_inlined;
	enum type type;
	int64_t style; /* -1: none */
	struct buf value;
	struct gatherer inlined;
};

static bool says_yes(struct str value)
{
	return value.n && (value.p[0] == '1' || value.p[0] == 't');
}

/* Not shown, and no part of an outline. */
static bool is_hidden(const struct xml_tag *tag)
{
	struct str level = xml_tag_value(tag, "outlineLevel");

	return says_yes(xml_tag_value(tag, "hidden")) &&
	       (!level.n || level.p[0] == '0');
}

static void note_columns(struct sheet *t, const struct xml_tag *tag)
{
	int64_t a, b;

	if (!is_hidden(tag) || !str_to_int64(xml_tag_value(tag, "min"), &a) ||
	    !str_to_int64(xml_tag_value(tag, "max"), &b) || a < 1 ||
	    b > MOST_COLUMN)
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

static void put_number(const struct sheet *t, struct str value, struct buf *out)
{
	const struct xlsx *x = t->x;
	struct cellformat format = {.decimals = -1};

	if (!is_shown(t, t->col))
		return;
	if (t->style >= 0 && (size_t)t->style < x->n_formats)
		format = x->formats[t->style];
	format.hides_zero |= t->hides_zeros;
	cellformat_put(out, value, &format);
}

/* What the value of the open cell shows. */
static void put_value(const struct sheet *t, struct str value, struct buf *out)
{
	const struct xlsx *x = t->x;
	int64_t i;

	if (t->type == TYPE_NUMBER)
		put_number(t, value, out);
	else if (t->type == TYPE_BOOLEAN)
		buf_puts(out, str_equal(value, STR("0")) ? "FALSE" : "TRUE");
	else if (t->type == TYPE_TEXT)
		buf_put_str(out, value);
	else if (str_to_int64(value, &i) && i >= 0 && (size_t)i < x->n_strings)
		buf_put_str(out, x->strings[i]);
}

static enum type type_of(struct str name)
{
	return !name.p || str_equal(name, STR("n")) ? TYPE_NUMBER
	       : str_equal(name, STR("s"))          ? TYPE_SHARED
	       : str_equal(name, STR("b"))          ? TYPE_BOOLEAN
						    : TYPE_TEXT;
}

static void begin_cell(struct sheet *t, const struct xml_tag *tag)
{
	unsigned row, col;

	if (++t->x->cells > t->x->r->limits.cells)
		reader_fail(t->x->r, "limit-cells", STR(""));
	if (read_place(xml_tag_value(tag, "r"), &row, &col)) {
		t->row = row;
		t->col = col;
	}
	t->type = type_of(xml_tag_value(tag, "t"));
	t->style = -1;
	str_to_int64(xml_tag_value(tag, "s"), &t->style);
	buf_clear(&t->value);
	buf_clear(&t->inlined.text);
	t->in_cell = true;
}

static void end_cell(struct sheet *t)
{
	struct arena *a = &t->x->r->arena;
	struct buf *text = &t->inlined.text;

	drop_escapes(text);
	if (t->value.n)
		put_value(t, buf_str(&t->value), text);
	if (str_trim(buf_str(text)).n) {
		t->cells = arena_grow(a, t->cells, &t->cap, t->n + 1,
				      sizeof *t->cells);
		t->cells[t->n++] = (struct grid_cell){
			.text = str_trim(str_copy(a, buf_str(text))),
			.row = t->row,
			.col = t->col,
			.rows = 1,
			.cols = 1,
			.line = t->row + 1};
	}
	t->in_cell = false;
	t->col++;
}

static void begin_row(struct sheet *t, const struct xml_tag *tag)
{
	int64_t number;

	t->in_hidden = is_hidden(tag);
	if (str_to_int64(xml_tag_value(tag, "r"), &number) && number > 0 &&
	    number <= MOST_ROW)
		t->row = (unsigned)number - 1;
	t->col = 0;
}

/* Extents, looked up by place. */
static void read_merge(struct sheet *t, const struct xml_tag *tag)
{
	struct str rest = xml_tag_value(tag, "ref"), from;
	unsigned row, col, row1, col1;

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

static void begin_element(void *context, const struct xml_tag *tag)
{
	struct sheet *t = context;

	if (t->in_cell) {
		t->in_value |= xml_tag_is(tag, "v");
		t->in_inlined |= xml_tag_is(tag, "is");
		if (t->in_inlined)
			gather_begin(&t->inlined, tag);
	} else if (xml_tag_is(tag, "c")) {
		begin_cell(t, tag);
	} else if (xml_tag_is(tag, "row")) {
		begin_row(t, tag);
	} else if (xml_tag_is(tag, "col")) {
		note_columns(t, tag);
	} else if (xml_tag_is(tag, "mergeCell")) {
		read_merge(t, tag);
	} else if (xml_tag_is(tag, "sheetView")) {
		t->hides_zeros |= str_starts(xml_tag_value(tag, "showZeros"),
					     STR("0"));
	}
}

static void end_element(void *context, const char *name)
{
	struct sheet *t = context;

	if (t->in_cell) {
		t->in_value &= strcmp(name, "v") != 0;
		t->in_inlined &= strcmp(name, "is") != 0;
		gather_end(&t->inlined, name);
		if (!strcmp(name, "c"))
			end_cell(t);
	} else if (!strcmp(name, "row")) {
		t->row++;
	}
}

static void element_text(void *context, struct str text)
{
	struct sheet *t = context;

	if (t->in_value)
		buf_put_str(&t->value, text);
	else
		gather_text(&t->inlined, text);
}

static void read_cells(struct sheet *t, struct str bytes)
{
	static const struct xml_handlers HANDLERS = {begin_element, end_element,
						     element_text};

	read_stream(t->x, bytes, &HANDLERS, t);
	buf_release(&t->value);
	buf_release(&t->inlined.text);
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
