/*
 * HTML (as UTF-8) → blocks.
 *
 * The tree is walked in order; inline text gathers until a block element
 * begins or ends. Tables become grids; tables that hold tables or whole
 * articles are layout and are walked like any other element. Scripts, styles,
 * templates and what is hidden are passed over, and so are blocks that are
 * mostly links: the menus of saved pages. Pages that a converter made of a PDF
 * give each line a place on a sheet: those are read as pages.
 */
#include <libxml/HTMLparser.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "libexec/reader.h"
#include "libexec/style.h"
#include "libexec/xml.h"
#include "source/flow.h"
#include "source/page.h"
#include "source/text.h"

enum {
	MOST_FILES = 8, /* that are named to people */
	MOST_SPAN = 1000,
	LONG_CELL = 1500, /* characters: an article, no cell */
	MENU_COLUMNS = 60,
};

struct html {
	struct reader_program *r;
	struct buf text;   /* of the block that gathers */
	size_t linked;     /* bytes of it inside links */
	unsigned line;     /* where it began */
	unsigned links;    /* depth of <a> */
	bool heading;      /* <h1> … <h6> */
	struct flow_line *lines; /* of running elements */
	size_t n, cap;
	struct page_flow sheets;
	unsigned n_sheets;
	long cells;
	struct buf files;  /* that are linked to, at most MOST_FILES */
	unsigned n_files;
};

static bool is(const xmlNode *n, const char *names)
{
	struct str rest = str_of(names), name;

	while (str_split(&rest, ' ', &name))
		if (!strncasecmp((const char *)n->name, name.p, name.n) &&
		    !n->name[name.n])
			return true;
	return false;
}

/* Borrowed from the tree. */
static struct str attribute(const xmlNode *n, const char *name)
{
	for (const xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties
							    : NULL;
	     a; a = a->next)
		if (!strcasecmp((const char *)a->name, name) && a->children)
			return str_of((const char *)a->children->content);
	return (struct str){NULL, 0};
}

/* Takes no place on the page. */
static bool is_gone(const xmlNode *n)
{
	for (const xmlAttr *a = n->properties; a; a = a->next)
		if (!strcasecmp((const char *)a->name, "hidden"))
			return true;
	return style_says(attribute(n, "style"), "display", "none");
}

/* Takes a place, but shows nothing. */
static bool is_unseen(const xmlNode *n)
{
	return style_says(attribute(n, "style"), "visibility", "hidden");
}

static bool is_skipped(const xmlNode *n)
{
	return is(n, "script style template nav head noscript iframe svg "
		     "object select button footer aside textarea") ||
	       is_gone(n) || is_unseen(n);
}

static bool is_block(const xmlNode *n)
{
	return is(n, "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd br hr tr td th "
		     "table tbody thead tfoot caption section article main "
		     "header pre blockquote center form fieldset address "
		     "figure figcaption body");
}

/* Menus, and the path of the page. */
static bool is_menu(const struct html *p, struct str text)
{
	size_t columns = utf8_columns(text);

	if (str_starts(text, STR("当前位置")) ||
	    str_starts(text, STR("您的位置")) ||
	    str_starts(text, STR("您当前的位置")) ||
	    str_starts(text, STR("您现在的位置")))
		return true;
	return columns < MENU_COLUMNS && p->linked * 10 > text.n * 6;
}

static void write_lines(struct html *p)
{
	flow_write(&p->r->document, p->lines, p->n, 2);
	p->n = 0;
}

static void write_sheets(struct html *p)
{
	flow_write(&p->r->document, p->sheets.lines, p->sheets.n,
		   page_flow_em(&p->sheets));
	p->sheets = (struct page_flow){0};
}

static void add_line(struct html *p, struct flow_line line)
{
	write_sheets(p);
	p->lines = arena_grow(&p->r->arena, p->lines, &p->cap, p->n + 1,
			      sizeof *p->lines);
	p->lines[p->n++] = line;
}

static void flush(struct html *p)
{
	struct str text = str_trim(buf_str(&p->text));
	size_t columns = utf8_columns(text);

	if (text.n && !is_menu(p, text))
		add_line(p, (struct flow_line){
				    .text = str_copy(&p->r->arena, text),
				    .line = p->line,
				    .right = (int)columns,
				    .heading = p->heading && columns < 120});
	buf_clear(&p->text);
	p->linked = 0;
}

/* Blanks of any kind become one; zero-width characters none. */
static void put_text(struct buf *out, struct str s)
{
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t cp = utf8_next(s, &at);

		if (cp == 0x200B || cp == 0xFEFF || cp == 0x200C ||
		    cp == 0xAD)
			continue;
		if (cp <= ' ' || cp == 0xA0 || cp == 0x3000 ||
		    (cp >= 0x2000 && cp <= 0x200A)) {
			if (out->n && out->p[out->n - 1] != ' ')
				buf_putc(out, ' ');
			continue;
		}
		buf_put(out, s.p + from, at - from);
	}
}

/* ---- tables ---- */

static unsigned span(const xmlNode *n, const char *name)
{
	int64_t v = 1;

	if (!str_to_int64(attribute(n, name), &v) || v < 1)
		v = 1;
	return v > MOST_SPAN ? MOST_SPAN : (unsigned)v;
}

/* 1,234.<br>50: digits are to come. */
static bool is_broken_number(const struct buf *b)
{
	return b->n > 1 && strchr(".,", b->p[b->n - 1]) &&
	       b->p[b->n - 2] >= '0' && b->p[b->n - 2] <= '9';
}

static void cell_text(const struct html *p, const xmlNode *n, struct buf *out,
		      long depth)
{
	if (depth > p->r->limits.depth)
		reader_fail(p->r, "limit-depth", STR(""));
	for (n = n->children; n; n = n->next) {
		if (n->type == XML_TEXT_NODE ||
		    n->type == XML_CDATA_SECTION_NODE)
			put_text(out, str_of((const char *)n->content));
		if (n->type != XML_ELEMENT_NODE || is_skipped(n))
			continue;
		if (is_block(n) && out->n && out->p[out->n - 1] != ' ' &&
		    !is_broken_number(out))
			buf_putc(out, ' ');
		cell_text(p, n, out, depth + 1);
	}
}

static const xmlNode *next_in(const xmlNode *n, const xmlNode *root)
{
	if (n->children)
		return n->children;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

/* A table that arranges the page, not numbers. */
static bool is_layout(const xmlNode *table)
{
	size_t cells = 0, bytes = 0, longest = 0;

	for (const xmlNode *n = next_in(table, table); n;
	     n = next_in(n, table)) {
		if (n->type == XML_TEXT_NODE && n->content)
			bytes += strlen((const char *)n->content);
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (is(n, "table"))
			return true;
		if (is(n, "td th")) {
			longest = bytes > longest ? bytes : longest;
			bytes = 0;
			cells++;
		}
	}
	longest = bytes > longest ? bytes : longest;
	return cells < 2 || longest > (size_t)LONG_CELL * 3;
}

/* Columns that cells from above still reach into. */
struct reach {
	unsigned *rows; /* by column: rows to come */
	size_t n, cap;
};

static unsigned free_column(const struct reach *reach, unsigned col)
{
	while (col < reach->n && reach->rows[col])
		col++;
	return col;
}

static void read_row(struct html *p, const xmlNode *tr, struct grid *g,
		     struct reach *reach, unsigned row)
{
	struct arena *a = g->arena;
	unsigned col = 0;
	struct buf text = {0};

	for (const xmlNode *n = tr->children; n; n = n->next) {
		unsigned rows, cols;

		if (n->type != XML_ELEMENT_NODE || !is(n, "td th") ||
		    is_gone(n))
			continue;
		rows = span(n, "rowspan");
		cols = span(n, "colspan");
		col = free_column(reach, col);
		if (++p->cells > p->r->limits.cells ||
		    col > (unsigned)MOST_SPAN * 10)
			reader_fail(p->r, "limit-cells", STR(""));
		buf_clear(&text);
		if (!is_unseen(n))
			cell_text(p, n, &text, 0);
		grid_add(g, (struct grid_cell){
				    .text = str_copy(a, buf_str(&text)),
				    .row = row,
				    .col = col,
				    .rows = rows,
				    .cols = cols,
				    .line = (unsigned)xmlGetLineNo(n)});
		reach->rows = arena_grow(a, reach->rows, &reach->cap,
					 col + cols, sizeof *reach->rows);
		for (unsigned k = 0; k < cols; k++)
			reach->rows[col + k] = rows;
		if (reach->n < col + cols)
			reach->n = col + cols;
		col += cols;
	}
	for (size_t k = 0; k < reach->n; k++)
		reach->rows[k] -= reach->rows[k] > 0;
	buf_release(&text);
}

static void read_table(struct html *p, const xmlNode *table)
{
	struct grid *g = ARENA_NEW(&p->r->arena, struct grid);
	struct reach reach = {0};
	unsigned row = 0;

	*g = (struct grid){.arena = &p->r->arena,
			   .line = (unsigned)xmlGetLineNo(table)};
	for (const xmlNode *n = next_in(table, table); n;
	     n = next_in(n, table)) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (is(n, "tr") && !is_gone(n))
			read_row(p, n, g, &reach, row++);
		if (is(n, "caption")) {
			cell_text(p, n, &p->text, 0);
			flush(p);
		}
	}
	add_line(p, (struct flow_line){.grid = g});
}

/* ---- sheets ---- */

/* Holds children that all have a place of their own? */
static bool is_sheet(const xmlNode *n)
{
	size_t placed = 0, other = 0;

	if (!is(n, "div") ||
	    str_find(attribute(n, "style"), STR("relative")) == SIZE_MAX)
		return false;
	for (n = n->children; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE)
			continue;
		if (style_is_placed(attribute(n, "style")))
			placed++;
		else
			other++;
	}
	return placed > 2 && placed > other * 4;
}

/* Characters get the widths that a Chinese font gives them. */
static void place_text(struct html *p, struct page *sheet, struct str text,
		       int left, int top, int size)
{
	for (size_t at = 0; at < text.n;) {
		uint32_t cp = utf8_next(text, &at);
		int width = utf8_width(cp) == 2 ? size : size / 2;

		page_add_char(&p->r->arena, sheet,
			      (struct page_char){.cp = cp,
						 .x0 = left,
						 .x1 = left + width,
						 .y0 = top,
						 .y1 = top + size});
		left += width;
	}
}

static void read_sheet(struct html *p, const xmlNode *n)
{
	struct page sheet = {.number = ++p->n_sheets};
	struct buf text = {0};

	write_lines(p);
	if ((long)p->n_sheets > p->r->limits.pages)
		reader_fail(p->r, "limit-pages", STR(""));
	for (n = n->children; n; n = n->next) {
		struct str style = attribute(n, "style");
		int left, top, size = 100, width = 0, height = 0;

		if (!style_is_placed(style))
			continue;
		style_length(style, "left", &left);
		style_length(style, "top", &top);
		style_length(style, "font-size", &size);
		buf_clear(&text);
		cell_text(p, n, &text, 0);
		if (str_trim(buf_str(&text)).n)
			place_text(p, &sheet, buf_str(&text), left, top, size);
		else if (str_find(style, STR("border")) != SIZE_MAX &&
			 style_length(style, "width", &width) &&
			 style_length(style, "height", &height))
			page_add_rule(&p->r->arena, &sheet, left, top,
				      left + width, top + height);
	}
	buf_release(&text);
	page_append(&p->r->arena, &p->sheets, &sheet);
}

/* ---- the rest ---- */

/* A link to a document is remembered by its words, or by its name. */
static void note_file(struct html *p, const xmlNode *n)
{
	static const char *const ENDS[] = {".pdf", ".doc", ".docx", ".xls",
					   ".xlsx", ".ofd", ".wps", ".et",
					   ".rtf", ".zip", ".rar", ".7z"};
	struct str target = attribute(n, "href");
	struct buf name = {0};
	bool file = false;

	target = str_slice(target, 0, str_find(target, STR("?")));
	for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
		size_t length = strlen(ENDS[i]);

		file |= target.n > length &&
			!strncasecmp(target.p + target.n - length, ENDS[i],
				     length);
	}
	if (!file || p->n_files == MOST_FILES)
		return;
	cell_text(p, n, &name, 0);
	for (size_t i = target.n; !name.n && i-- > 0;)
		if (!i || target.p[i - 1] == '/')
			buf_put_str(&name, str_slice(target, i, target.n));
	if (p->n_files++)
		buf_puts(&p->files, ", ");
	buf_put_str(&p->files, str_trim(buf_str(&name)));
	buf_release(&name);
}

static void put_raw(const struct html *p, const xmlNode *n, struct buf *out,
		    long depth)
{
	if (depth > p->r->limits.depth)
		reader_fail(p->r, "limit-depth", STR(""));
	for (n = n->children; n; n = n->next) {
		if (n->type == XML_TEXT_NODE && n->content)
			buf_puts(out, (const char *)n->content);
		if (n->type != XML_ELEMENT_NODE || is_skipped(n))
			continue;
		if (is(n, "br"))
			buf_putc(out, '\n');
		put_raw(p, n, out, depth + 1);
	}
}

/* What was laid out with blanks is read as plain text is. */
static void read_plain(struct html *p, const xmlNode *n, long depth)
{
	struct buf text = {0};

	put_raw(p, n, &text, depth);
	write_lines(p);
	write_sheets(p);
	source_read_text(&p->r->document,
			 str_copy(&p->r->arena, buf_str(&text)));
	buf_release(&text);
}

static void walk(struct html *p, const xmlNode *n, long depth);

static void walk_element(struct html *p, const xmlNode *n, long depth)
{
	bool block = is_block(n), heading = is(n, "h1 h2 h3 h4 h5 h6");

	if (is_skipped(n))
		return;
	if (block)
		flush(p);
	if (is(n, "table") && !is_layout(n)) {
		read_table(p, n);
		return;
	}
	if (is(n, "pre")) {
		read_plain(p, n, depth);
		return;
	}
	if (block && is_sheet(n)) {
		read_sheet(p, n);
		return;
	}
	p->links += is(n, "a");
	if (is(n, "a"))
		note_file(p, n);
	p->heading |= heading;
	walk(p, n, depth + 1);
	if (block)
		flush(p);
	p->heading &= !heading;
	p->links -= is(n, "a");
}

static void walk(struct html *p, const xmlNode *n, long depth)
{
	if (depth > p->r->limits.depth)
		reader_fail(p->r, "limit-depth", STR(""));
	/* main() has left where there is no tree. */
	/* cppcheck-suppress ctunullpointer */
	for (n = n->children; n; n = n->next) {
		if (n->type == XML_ELEMENT_NODE) {
			walk_element(p, n, depth);
		} else if (n->type == XML_TEXT_NODE && n->content) {
			size_t before = p->text.n;

			if (!before)
				p->line = (unsigned)xmlGetLineNo(n);
			put_text(&p->text, str_of((const char *)n->content));
			if (p->links)
				p->linked += p->text.n - before;
		}
	}
}

/* <% … %> of servers that sent their source. */
static void blank_scripts(struct buf *in)
{
	bool inside = false;

	for (size_t i = 0; i + 1 < in->n; i++) {
		bool end = inside && in->p[i] == '%' && in->p[i + 1] == '>';

		inside |= in->p[i] == '<' && in->p[i + 1] == '%';
		if (!inside)
			continue;
		if (in->p[i] != '\n')
			in->p[i] = ' ';
		if (end) {
			in->p[i + 1] = ' ';
			inside = false;
		}
	}
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {NULL};
	static struct reader_program r;
	struct html page = {.r = &r};
	htmlDocPtr tree;

	xml_start();
	reader_start(&r, argc, argv, DIRS);
	blank_scripts(&r.input);
	tree = htmlReadMemory(r.input.p, (int)r.input.n, NULL, "UTF-8",
			      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
				      HTML_PARSE_NOWARNING |
				      HTML_PARSE_NONET |
				      (int)XML_PARSE_HUGE |
				      (int)XML_PARSE_BIG_LINES);
	if (!tree || !xmlDocGetRootElement(tree))
		reader_fail(&r, "damaged", STR("HTML"));
	walk(&page, (const xmlNode *)tree, 0);
	flush(&page);
	write_lines(&page);
	write_sheets(&page);
	r.document.media = "text/html";
	r.document.files = buf_str(&page.files);
	reader_finish(&r);
}
