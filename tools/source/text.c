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
#include "source/margin.h"
#include "source/table.h"

enum { EM = 2 }; /* columns of a Chinese character */

enum row_kind { ROW_NONE, ROW_TAB, ROW_BAR, ROW_COMMA, ROW_GROUPED };

struct lines {
	struct flow_line *v;
	size_t n, cap;
};

/* The bytes of a bar between cells at i: |, ｜ or one drawn (│ ┃ ║); 0 = none. */
static inline size_t bar_at(struct str s, size_t i)
{
	static const struct str WIDE = STR_INIT("｜");
	static const struct str DRAWN[] = {STR_INIT("│"), STR_INIT("┃"),
					   STR_INIT("║")};

	switch (i < s.n ? (unsigned char)s.p[i] : 0) {
	case '|':
		return 1;
	case 0xEF:
		return str_starts(str_slice(s, i, s.n), WIDE) ? WIDE.n : 0;
	case 0xE2:
		for (size_t k = 0; k < sizeof DRAWN / sizeof *DRAWN; k++)
			if (str_starts(str_slice(s, i, s.n), DRAWN[k]))
				return DRAWN[k].n;
		return 0;
	default:
		return 0;
	}
}

static size_t count_bars(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += bar_at(s, i) > 0;
	return n;
}

/* |---|:--:| of Markdown, +----+, ├────┼────┤ */
static bool is_separator(struct str line)
{
	bool drawn = false;

	for (size_t i = 0; i < line.n;) {
		uint32_t cp = utf8_next(line, &i);

		if (cp >= 0x2500 && cp <= 0x257F) /* box drawing */
			drawn = drawn || (cp != 0x2502 && cp != 0x2503 &&
					  cp != 0x2551);
		else if (cp == '-' || cp == '=')
			drawn = true;
		else if (cp > 0x7F || !strchr("|:+ \t\r", (char)cp))
			return false;
	}
	return drawn;
}

/* Whether a text has what bounds cells anywhere. Most have none, and this is
 * a look at many bytes at once: ｜ begins with EF BD, │ ┃ ║ with E2 94 or
 * E2 95. */
__attribute__((always_inline)) static inline bool find_rows(struct str text)
{
	enum { STEP = 32 };
	const unsigned char *p = (const unsigned char *)text.p;
	size_t at = 0;

	for (; text.n - at > STEP; at += STEP) {
		unsigned char any = 0;

		for (size_t k = 0; k < STEP; k++) {
			unsigned char a = p[at + k], b = p[at + k + 1];

			any |= (a == '\t') | (a == '|') |
			       ((a == 0xEF) & (b == 0xBD)) |
			       ((a == 0xE2) & ((b & 0xFE) == 0x94));
		}
		if (any)
			return true;
	}
	for (; at < text.n; at++)
		if (p[at] == '\t' || bar_at(text, at))
			return true;
	return false;
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx2"))) static bool find_rows_avx2(struct str text)
{
	return find_rows(text);
}

static bool has_rows(struct str text)
{
	return __builtin_cpu_supports("avx2") ? find_rows_avx2(text)
					      : find_rows(text);
}
#else
static bool has_rows(struct str text)
{
	return find_rows(text);
}
#endif

/* TABs between words make a row; TABs in front of them are an indent. */
static enum row_kind row_kind(struct str line)
{
	struct str t = str_trim(line);

	if (!t.n)
		return ROW_NONE;
	if (bar_at(t, 0) && count_bars(t) > 1)
		return ROW_BAR;
	if (memchr(t.p, '\t', t.n))
		return ROW_TAB;
	return count_bars(t) > 1 ? ROW_BAR : ROW_NONE;
}

/* The cell of a row of bars that begins at *rest; false behind the last. */
static bool next_cell(struct str *rest, struct str *cell)
{
	if (!rest->p)
		return false;
	for (size_t i = 0; i < rest->n; i++) {
		size_t n = bar_at(*rest, i);

		if (n) {
			*cell = str_slice(*rest, 0, i);
			*rest = str_slice(*rest, i + n, rest->n);
			return true;
		}
	}
	*cell = *rest;
	*rest = (struct str){NULL, 0};
	return true;
}

/* Without the bars at its ends. */
static struct str within_bars(struct str line)
{
	struct str t = str_trim(line);
	size_t n = bar_at(t, 0);

	t = str_slice(t, n, t.n);
	for (n = t.n < 3 ? t.n : 3; n; n--)
		if (bar_at(t, t.n - n) == n)
			return str_slice(t, 0, t.n - n);
	return t;
}

static bool split_row(struct str *rest, enum row_kind kind, struct str *cell)
{
	switch (kind) {
	case ROW_BAR:
		return next_cell(rest, cell);
	case ROW_COMMA:
	case ROW_GROUPED:
		return table_next_cell(rest, kind == ROW_GROUPED, cell);
	default:
		return str_split(rest, '\t', cell);
	}
}

static void add_row(struct grid *g, struct str line, enum row_kind kind,
		    unsigned row, unsigned number)
{
	struct str cell;

	if (kind == ROW_BAR)
		line = within_bars(line);
	for (unsigned col = 0; split_row(&line, kind, &cell); col++)
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
	       (kind == ROW_BAR && is_separator(line)) ||
	       (kind == ROW_TAB && memchr(line.p, '\t', line.n) &&
		str_trim(line).n);
}

static struct flow_line *add_line(struct arena *a, struct lines *l)
{
	l->v = arena_grow_raw(a, l->v, &l->cap, l->n + 1, sizeof *l->v);
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

	*add_line(a, l) = (struct flow_line){
		.text = text,
		.page = page,
		.line = number,
		.left = indent(line, text),
	};
}

static int measure(const struct flow_line *line)
{
	return line->left + (int)utf8_columns(line->text);
}

/* Where the line of most bytes ends, if all stand on one page: its widest one
 * ends there or beyond. */
static int end_of_longest(const struct lines *l)
{
	const struct flow_line *longest = NULL;

	if (!l->n || l->v[0].page != l->v[l->n - 1].page)
		return 0;
	for (size_t i = 0; i < l->n; i++)
		if (flow_is_running(&l->v[i]) &&
		    (!longest || l->v[i].text.n > longest->text.n))
			longest = &l->v[i];
	return longest ? measure(longest) : 0;
}

/* No character is wider than half its bytes and itself, nor than its bytes. */
static bool may_reach(const struct flow_line *line, int column)
{
	size_t least = column > line->left ? (size_t)(column - line->left) : 0;

	return line->text.n >= least &&
	       line->text.n + utf8_count(line->text) >= 2 * least;
}

/* Whether there are as many unfinished lines as a margin is seen by that may
 * come near to it. */
static bool may_be_wrapped(const struct lines *l)
{
	int least = flow_least_margin(end_of_longest(l));
	size_t n = 0;

	if (least < FLOW_LEAST_EMS * EM)
		least = FLOW_LEAST_EMS * EM;
	least -= 2 * EM;

	for (size_t i = 0; i < l->n && n < FLOW_LEAST_OPEN; i++) {
		const struct flow_line *line = &l->v[i];

		n += !line->closed && flow_is_running(line) &&
		     may_reach(line, least);
	}
	return n == FLOW_LEAST_OPEN;
}

/* Most texts have a paragraph a line, whatever its length: false. */
static bool measure_lines(struct lines *l)
{
	if (!may_be_wrapped(l))
		return false;
	for (size_t i = 0; i < l->n; i++)
		l->v[i].right = measure(&l->v[i]);
	return true;
}

/* Turns the lines from..n, rows of one kind, into a grid. */
static void put_grid(struct arena *a, struct lines *l, size_t from,
		     enum row_kind kind, const struct str *raw)
{
	struct grid *g = ARENA_NEW(a, struct grid);
	unsigned row = 0;

	*g = (struct grid){.arena = a,
			   .page = l->v[from].page,
			   .line = l->v[from].line};
	for (size_t i = from; i < l->n; i++)
		if (!is_separator(raw[l->v[i].raw]))
			add_row(g, raw[l->v[i].raw], kind, row++,
				l->v[i].line);
	l->n = from + 1;
	l->v[from].grid = g;
}

/* The rows of lines [from, to), split with Chinese characters counted as two or
 * one. */
static struct column_row *split_rows(struct arena *a, const struct lines *l,
				     const struct str *raw, bool wide,
				     size_t from, size_t to)
{
	struct column_row *rows = ARENA_ARRAY(a, struct column_row, to - from);

	for (size_t i = from; i < to; i++) {
		const struct flow_line *line = &l->v[i];
		struct column_row *row = &rows[i - from];

		row->page = line->page;
		row->line = line->line;
		row->stop = line->grid != NULL ||
			    (i && line->page != l->v[i - 1].page);
		row->blank = !line->text.n;
		if (line->grid || !line->text.n ||
		    heading_is_contents(line->text))
			continue;
		columns_split(a, raw[line->raw], wide, row);
	}
	return rows;
}

/* Whether any line may be a row of several fields: one blank parts them behind
 * a number, elsewhere it takes two. */
static bool may_have_columns(const struct lines *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const char *p = l->v[i].text.p, *end = p + l->v[i].text.n;

		if (l->v[i].grid)
			continue;
		/* neither the first character nor the last */
		while (p < end && (p = memchr(p, ' ', (size_t)(end - p)))) {
			if (p[1] == ' ' || (p[-1] >= '0' && p[-1] <= '9'))
				return true;
			p++;
		}
	}
	return false;
}

/* Puts grids in the place of rows that line up. */
static void find_columns(struct arena *a, struct lines *l,
			 const struct str *raw)
{
	struct column_row *narrow, *rows, *wide;
	size_t from = 0, first, end;

	if (!may_have_columns(l))
		return;
	narrow = split_rows(a, l, raw, false, 0, l->n);
	while (columns_find(narrow, l->n, 1, from, &first, &end)) {
		size_t n = end - first;

		rows = narrow + first;
		wide = split_rows(a, l, raw, true, first, end);
		if (columns_disorder(a, wide, n) < columns_disorder(a, rows, n))
			rows = wide;
		l->v[first].grid = columns_build(a, rows, n, 1);
		for (size_t i = first + 1; i < end; i++)
			l->v[i].text.n = 0;
		from = end;
	}
}

/* Splits off the next line; true where a form feed ends it. */
static bool next_line(struct str *rest, char end, bool pages, struct str *line)
{
	const char *at = memchr(rest->p, end, rest->n), *feed = NULL;
	size_t n = at ? (size_t)(at - rest->p) : rest->n;

	if (pages && (feed = memchr(rest->p, '\f', n)))
		n = (size_t)(feed - rest->p);
	*line = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n + 1, rest->n);
	return feed;
}

/* Blanks for NULs, which they are to the fact finder: the text of cells that are
 * joined would end there. */
static struct str without_nul(struct arena *a, struct str text)
{
	char *p;

	if (!text.n || !memchr(text.p, 0, text.n))
		return text;
	p = arena_alloc_raw(a, text.n);
	for (size_t i = 0; i < text.n; i++)
		p[i] = text.p[i] ? text.p[i] : ' ';
	return (struct str){p, text.n};
}

void source_read_text(struct source_document *d, struct str text)
{
	const struct str whole = text = without_nul(d->arena, text);
	bool pages = text.n && memchr(text.p, '\f', text.n);
	/* Old Macintosh files have CR alone. */
	char end = text.n && memchr(text.p, '\n', text.n) ? '\n' : '\r';
	unsigned page = pages, number = 1;
	enum row_kind kind = ROW_NONE;
	struct arena *a = d->arena;
	bool grouped = false, wrapped, rows = has_rows(text),
	     listed = text.n && memchr(text.p, ',', text.n);
	struct lines lines = {0};
	struct str line, *raw = NULL;
	size_t cap_raw = 0, n_raw = 0, from = 0, commas = 0;

	buf_reserve(&d->text, text.n + 1); /* it is not much longer */
	while (text.n) {
		struct str rest = text;
		bool feed = next_line(&text, end, pages, &line);

		if (kind >= ROW_COMMA ? !commas-- : kind != ROW_NONE &&
		    !is_row_near(line, kind)) {
			put_grid(a, &lines, from, kind, raw);
			kind = ROW_NONE;
		}
		if (kind == ROW_NONE) {
			kind = rows ? row_kind(line) : ROW_NONE;
			from = lines.n;
			/* the upper edge */
			if (kind == ROW_BAR && from &&
			    is_separator(lines.v[from - 1].text))
				lines.v[from - 1].text.n = 0;
		}
		if (kind == ROW_NONE && listed && line.n &&
		    memchr(line.p, ',', line.n) &&
		    (commas = table_count_lines(rest, &grouped))) {
			kind = grouped ? ROW_GROUPED : ROW_COMMA;
			commas--;
		}
		raw = arena_grow_raw(a, raw, &cap_raw, n_raw + 1, sizeof *raw);
		raw[n_raw] = str_ends(line, STR("\r"))
				     ? str_slice(line, 0, line.n - 1) : line;
		put_line(a, &lines, line, page, number);
		lines.v[lines.n - 1].raw = n_raw++;
		if (feed)
			page++;
		else
			number++;
	}
	if (kind != ROW_NONE)
		put_grid(a, &lines, from, kind, raw);
	find_columns(a, &lines, raw);
	flow_judge_lines(lines.v, lines.n);
	wrapped = measure_lines(&lines);
	/* lines that are joined may have more than each */
	flow_write_judged(d, lines.v, lines.n, EM,
			  wrapped || heading_may_have_unit(whole));
}
