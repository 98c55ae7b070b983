/*
 * Lines are collected with their columns and pages; runs of table rows become
 * grids in their place, the rest is left to flow.c.
 */
#include "source/text.h"

#include <string.h>

#include "base/utf8.h"
#include "source/columns.h"
#include "source/flow.h"
#include "source/heading.h"

enum row_kind { ROW_NONE, ROW_TAB, ROW_BAR };

struct lines {
	struct flow_line *v;
	size_t n, cap;
};

static size_t count_char(struct str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* TABs between words make a row; TABs in front of them are an indent. */
static enum row_kind row_kind(struct str line)
{
	struct str t = str_trim(line);

	if (!t.n)
		return ROW_NONE;
	if (t.p[0] == '|' && count_char(t, '|') > 1)
		return ROW_BAR;
	if (memchr(t.p, '\t', t.n))
		return ROW_TAB;
	return count_char(t, '|') > 1 ? ROW_BAR : ROW_NONE;
}

/* |---|:--:| of Markdown */
static bool is_separator(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (!strchr("|-:+ \t\r", line.p[i]))
			return false;
	return memchr(line.p, '-', line.n);
}

static void add_row(struct grid *g, struct str line, unsigned row,
		    unsigned number)
{
	struct str t = str_trim(line), cell;
	char separator = '\t';

	if (row_kind(line) == ROW_BAR) {
		separator = '|';
		line = str_slice(t, t.p[0] == '|',
				 t.n - (t.p[t.n - 1] == '|'));
	}
	for (unsigned col = 0; str_split(&line, separator, &cell); col++)
		grid_add(g, (struct grid_cell){.text = cell,
					       .row = row,
					       .col = col,
					       .rows = 1,
					       .cols = 1,
					       .line = number});
}

/* A row of TABs may hold one cell at the edge: then only its neighbours tell
 * that it is one. */
static bool is_row_near(struct str line, enum row_kind kind)
{
	return row_kind(line) == kind ||
	       (kind == ROW_TAB && memchr(line.p, '\t', line.n) &&
		str_trim(line).n);
}

static struct flow_line *add_line(struct arena *a, struct lines *l)
{
	l->v = arena_grow(a, l->v, &l->cap, l->n + 1, sizeof *l->v);
	return &l->v[l->n++];
}

/* Where the text of a line begins, in columns; TABs go to every eighth. */
static int indent(struct str line, struct str text)
{
	int column = 0;

	for (size_t at = 0; text.n && line.p + at < text.p;) {
		uint32_t cp = utf8_next(line, &at);

		column = cp == '\t' ? (column / 8 + 1) * 8
				    : column + utf8_width(cp);
	}
	return column;
}

static void put_line(struct arena *a, struct lines *l, struct str line,
		     unsigned page, unsigned number)
{
	struct str text = str_trim(line);
	int left = indent(line, text);

	*add_line(a, l) = (struct flow_line){
		.text = text,
		.page = page,
		.line = number,
		.left = left,
		.right = left + (int)utf8_columns(text),
	};
}

/* Turns the lines from..n, rows of one kind, into a grid. */
static void put_grid(struct arena *a, struct lines *l, size_t from,
		     const struct str *raw)
{
	struct grid *g = ARENA_NEW(a, struct grid);
	unsigned row = 0;

	*g = (struct grid){.arena = a,
			   .page = l->v[from].page,
			   .line = l->v[from].line};
	for (size_t i = from; i < l->n; i++)
		if (!is_separator(raw[l->v[i].raw]))
			add_row(g, raw[l->v[i].raw], row++, l->v[i].line);
	l->n = from + 1;
	l->v[from].grid = g;
}

/* The rows of lines, split with Chinese characters counted as two or one. */
static struct column_row *split_rows(struct arena *a, const struct lines *l,
				     const struct str *raw, bool wide)
{
	struct column_row *rows = ARENA_ARRAY(a, struct column_row, l->n);

	for (size_t i = 0; i < l->n; i++) {
		const struct flow_line *line = &l->v[i];

		rows[i].page = line->page;
		rows[i].line = line->line;
		rows[i].stop = line->grid != NULL ||
			       (i && line->page != l->v[i - 1].page);
		rows[i].blank = !line->text.n;
		if (line->grid || !line->text.n ||
		    heading_is_contents(line->text))
			continue;
		columns_split(a, raw[line->raw], wide, &rows[i]);
	}
	return rows;
}

/* Puts grids in the place of rows that line up. */
static void find_columns(struct arena *a, struct lines *l,
			 const struct str *raw)
{
	struct column_row *narrow = split_rows(a, l, raw, false);
	struct column_row *wide = NULL;
	size_t from = 0, first, end;

	while (columns_find(narrow, l->n, 1, from, &first, &end)) {
		size_t n = end - first;
		struct column_row *rows = narrow;

		if (!wide)
			wide = split_rows(a, l, raw, true);
		if (columns_disorder(a, wide + first, n) <
		    columns_disorder(a, narrow + first, n))
			rows = wide;
		l->v[first].grid = columns_build(a, rows + first, n, 1);
		for (size_t i = first + 1; i < end; i++)
			l->v[i].text.n = 0;
		from = end;
	}
}

/* Splits off the next line; true where a form feed ends it. */
static bool next_line(struct str *rest, struct str *line)
{
	size_t n = 0;
	bool feed;

	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\f')
		n++;
	*line = str_slice(*rest, 0, n);
	feed = n < rest->n && rest->p[n] == '\f';
	*rest = str_slice(*rest, n + 1, rest->n);
	return feed;
}

void source_read_text(struct source_document *d, struct str text)
{
	bool pages = text.n && memchr(text.p, '\f', text.n);
	unsigned page = pages, number = 1;
	enum row_kind kind = ROW_NONE;
	struct arena *a = d->arena;
	struct lines lines = {0};
	struct str line, *raw = NULL;
	size_t cap_raw = 0, n_raw = 0, from = 0;

	while (text.n) {
		bool feed = next_line(&text, &line);

		if (kind != ROW_NONE && !is_row_near(line, kind)) {
			put_grid(a, &lines, from, raw);
			kind = ROW_NONE;
		}
		if (kind == ROW_NONE && row_kind(line) != ROW_NONE) {
			kind = row_kind(line);
			from = lines.n;
		}
		raw = arena_grow(a, raw, &cap_raw, n_raw + 1, sizeof *raw);
		raw[n_raw] = line;
		put_line(a, &lines, line, page, number);
		lines.v[lines.n - 1].raw = n_raw++;
		if (feed)
			page++;
		else
			number++;
	}
	if (kind != ROW_NONE)
		put_grid(a, &lines, from, raw);
	find_columns(a, &lines, raw);
	flow_write(d, lines.v, lines.n, 2);
}
