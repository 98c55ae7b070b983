/*
 * HTML (as UTF-8) → blocks.
 *
 * The tree is walked in order; inline text gathers until a block element
 * begins or ends. Tables become grids; tables that hold tables or whole
 * articles are layout and are walked like any other element. Blocks that are
 * mostly links are passed over: the menus of saved pages. Pages that a
 * converter made of a PDF give each line a place on a sheet: those are read as
 * pages.
 */
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "libexec/dom.h"
#include "libexec/reader.h"
#include "source/flow.h"
#include "source/page.h"
#include "source/text.h"

enum {
	MOST_FILES = 8, /* that are named to people */
	MOST_COLUMNS = 10000,
	LONG_CELL = 1500, /* characters: an article, no cell */
	MENU_COLUMNS = 60,
	USUAL_SIZE = 100, /* of a font that is not told, tenths of a point */
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

/* 1,234.<br>50: digits are to come. */
static bool is_broken_number(const struct buf *b)
{
	return b->n > 1 && strchr(".,", b->p[b->n - 1]) &&
	       b->p[b->n - 2] >= '0' && b->p[b->n - 2] <= '9';
}

static void cell_text(const struct html *p, const struct dom_node *n, struct buf *out,
		      long depth)
{
	if (depth > p->r->limits.depth)
		reader_fail(p->r, "limit-depth", STR(""));
	for (n = n->first; n; n = n->next) {
		if (n->kind == DOM_TEXT)
			put_text(out, n->text);
		if (n->block && out->n && out->p[out->n - 1] != ' ' &&
		    !is_broken_number(out))
			buf_putc(out, ' ');
		cell_text(p, n, out, depth + 1);
	}
}

/* A table that arranges the page, not numbers. */
static bool is_layout(const struct dom_node *table)
{
	size_t cells = 0, bytes = 0, longest = 0;

	for (const struct dom_node *n = dom_next(table, table); n;
	     n = dom_next(n, table)) {
		if (n->kind == DOM_TEXT)
			bytes += n->text.n;
		if (n->kind == DOM_TABLE)
			return true;
		if (n->kind == DOM_CELL) {
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

static void read_row(struct html *p, const struct dom_node *tr, struct grid *g,
		     struct reach *reach, unsigned row)
{
	struct arena *a = g->arena;
	unsigned col = 0;
	struct buf text = {0};

	for (const struct dom_node *n = tr->first; n; n = n->next) {
		if (n->kind != DOM_CELL)
			continue;
		col = free_column(reach, col);
		if (++p->cells > p->r->limits.cells ||
		    col > MOST_COLUMNS)
			reader_fail(p->r, "limit-cells", STR(""));
		buf_clear(&text);
		cell_text(p, n, &text, 0);
		grid_add(g, (struct grid_cell){
				    .text = str_copy(a, buf_str(&text)),
				    .row = row,
				    .col = col,
				    .rows = n->rows,
				    .cols = n->cols,
				    .line = n->line});
		reach->rows = arena_grow(a, reach->rows, &reach->cap,
					 col + n->cols, sizeof *reach->rows);
		for (unsigned k = 0; k < n->cols; k++)
			reach->rows[col + k] = n->rows;
		if (reach->n < col + n->cols)
			reach->n = col + n->cols;
		col += n->cols;
	}
	for (size_t k = 0; k < reach->n; k++)
		reach->rows[k] -= reach->rows[k] > 0;
	buf_release(&text);
}

static void read_table(struct html *p, const struct dom_node *table)
{
	struct grid *g = ARENA_NEW(&p->r->arena, struct grid);
	struct reach reach = {0};
	unsigned row = 0;

	*g = (struct grid){.arena = &p->r->arena,
			   .line = table->line};
	for (const struct dom_node *n = dom_next(table, table); n;
	     n = dom_next(n, table)) {
		if (n->kind == DOM_ROW)
			read_row(p, n, g, &reach, row++);
		if (n->kind == DOM_CAPTION) {
			p->line = n->line;
			cell_text(p, n, &p->text, 0);
			flush(p);
		}
	}
	add_line(p, (struct flow_line){.grid = g});
}

/* ---- sheets ---- */

/* Holds children that all have a place of their own? */
static bool is_sheet(const struct dom_node *n)
{
	size_t placed = 0, other = 0;

	if (n->kind != DOM_DIV || !n->style || !n->style->relative)
		return false;
	for (n = n->first; n; n = n->next) {
		if (n->kind == DOM_TEXT)
			continue;
		if (n->style && style_is_placed(n->style))
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
		/* Beyond any page they stand on each other, in their order. */
		if (left < PAGE_FARTHEST)
			left += width;
	}
}

static void read_sheet(struct html *p, const struct dom_node *n)
{
	struct page sheet = {.number = ++p->n_sheets};
	struct buf text = {0};

	write_lines(p);
	if ((long)p->n_sheets > p->r->limits.pages)
		reader_fail(p->r, "limit-pages", STR(""));
	for (n = n->first; n; n = n->next) {
		const struct style *s = n->style;
		const int *at;

		if (!s || !style_is_placed(s))
			continue;
		at = s->tenths;
		buf_clear(&text);
		cell_text(p, n, &text, 0);
		if (str_trim(buf_str(&text)).n)
			place_text(p, &sheet, buf_str(&text), at[STYLE_LEFT],
				   at[STYLE_TOP],
				   s->given[STYLE_FONT_SIZE]
					   ? at[STYLE_FONT_SIZE]
					   : USUAL_SIZE);
		else if (s->border && s->given[STYLE_WIDTH] &&
			 s->given[STYLE_HEIGHT])
			page_add_rule(&p->r->arena, &sheet, at[STYLE_LEFT],
				      at[STYLE_TOP],
				      at[STYLE_LEFT] + at[STYLE_WIDTH],
				      at[STYLE_TOP] + at[STYLE_HEIGHT]);
	}
	buf_release(&text);
	page_append(&p->r->arena, &p->sheets, &sheet);
}

/* ---- the rest ---- */

/* A link to a document is remembered by its words, or by its name. */
static void note_file(struct html *p, const struct dom_node *n)
{
	static const char *const ENDS[] = {".pdf", ".doc", ".docx", ".xls",
					   ".xlsx", ".ofd", ".wps", ".et",
					   ".rtf", ".zip", ".rar", ".7z"};
	struct str target = n->target;
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

static void put_raw(const struct html *p, const struct dom_node *n, struct buf *out,
		    long depth)
{
	if (depth > p->r->limits.depth)
		reader_fail(p->r, "limit-depth", STR(""));
	for (n = n->first; n; n = n->next) {
		if (n->kind == DOM_TEXT)
			buf_put_str(out, n->text);
		if (n->kind == DOM_BREAK)
			buf_putc(out, '\n');
		put_raw(p, n, out, depth + 1);
	}
}

/* What was laid out with blanks is read as plain text is. */
static void read_plain(struct html *p, const struct dom_node *n, long depth)
{
	struct buf text = {0};

	put_raw(p, n, &text, depth);
	write_lines(p);
	write_sheets(p);
	source_read_text(&p->r->document,
			 str_copy(&p->r->arena, buf_str(&text)));
	buf_release(&text);
}

static void walk(struct html *p, const struct dom_node *n, long depth);

static void walk_element(struct html *p, const struct dom_node *n, long depth)
{
	bool heading = n->kind == DOM_HEADING, link = n->kind == DOM_LINK;

	if (n->block)
		flush(p);
	if (n->kind == DOM_TABLE && !is_layout(n)) {
		read_table(p, n);
		return;
	}
	if (n->kind == DOM_PLAIN) {
		read_plain(p, n, depth);
		return;
	}
	if (is_sheet(n)) {
		read_sheet(p, n);
		return;
	}
	p->links += link;
	if (link)
		note_file(p, n);
	p->heading |= heading;
	walk(p, n, depth + 1);
	if (n->block)
		flush(p);
	p->heading &= !heading;
	p->links -= link;
}

static void walk_text(struct html *p, const struct dom_node *n)
{
	size_t before = p->text.n;

	if (!before)
		p->line = n->line;
	put_text(&p->text, n->text);
	if (p->links)
		p->linked += p->text.n - before;
}

static void walk(struct html *p, const struct dom_node *n, long depth)
{
	if (depth > p->r->limits.depth)
		reader_fail(p->r, "limit-depth", STR(""));
	/* a root that is NULL has ended in reader_fail() */
	/* cppcheck-suppress ctunullpointer */
	for (n = n->first; n; n = n->next)
		if (n->kind == DOM_TEXT)
			walk_text(p, n);
		else
			walk_element(p, n, depth);
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {NULL};
	static struct reader_program r;
	struct html page = {.r = &r};
	const struct dom_node *root;

	reader_start(&r, argc, argv, DIRS);
	root = dom_parse(&r.arena, r.input, (size_t)r.limits.depth);
	if (!root)
		reader_fail(&r, "limit-depth", STR(""));
	walk(&page, root, 0);
	flush(&page);
	write_lines(&page);
	write_sheets(&page);
	r.document.media = "text/html";
	r.document.files = buf_str(&page.files);
	reader_finish(&r);
}
