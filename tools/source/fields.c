/*
 * Lines of text whose fields blanks keep apart: where they are split. One
 * blank is enough behind a number with decimals; a measure word stays with it.
 */
#include "base/utf8.h"
#include "source/columns.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 元, 年 and the like belong to the number in front of them. */
static bool is_measure(struct str s)
{
	static const char *const MEASURES[] = {
		"元", "万", "亿", "年", "月", "日", "人", "个", "%", "％",
		"辆", "台", "次", "批", "户", "项", "家", "名", "号", "季",
	};

	for (size_t k = 0; k < sizeof MEASURES / sizeof *MEASURES; k++)
		if (str_starts(s, str_of(MEASURES[k])))
			return true;
	return false;
}

/* Does a number with decimals or grouped digits end in front of at? */
static bool ends_number(struct str s, size_t at)
{
	size_t n = 0;

	while (n < at && is_digit(s.p[at - 1 - n]))
		n++;
	return n >= 2 && n < at && (s.p[at - 1 - n] == '.' ||
				    (n == 3 && s.p[at - 1 - n] == ','));
}

static size_t gap_at(struct str s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && s.p[at + n] == ' ')
		n++;
	return n;
}

/* The columns of the characters [from, to). */
static int columns_of(struct str s, size_t from, size_t to, bool wide)
{
	s = str_slice(s, from, to);
	return (int)(wide ? utf8_columns(s) : utf8_count(s));
}

/* Where the next blank stands behind `at`, or a carriage return, or the end. */
static size_t find_stop(struct str s, size_t at)
{
	const char *from = s.p + at + 1, *blank, *back;
	size_t n = s.n - at - 1;

	blank = memchr(from, ' ', n);
	n = blank ? (size_t)(blank - from) : n;
	back = memchr(from, '\r', n);
	return at + 1 + (back ? (size_t)(back - from) : n);
}

void columns_split(struct arena *a, struct str line, bool wide,
		   struct column_row *row)
{
	size_t cap = 0, from = 0, at = 0, next;
	int column = 0, start = 0;
	bool open = false;

	row->fields = NULL;
	row->n = 0;
	for (;;) {
		size_t gap = gap_at(line, at);
		bool end = at >= line.n || line.p[at] == '\r' || gap > 1 ||
			   (gap == 1 && ends_number(line, at) &&
			    !is_measure(str_slice(line, at + 1, line.n)));

		if (end && open) {
			row->fields = arena_grow_raw(a, row->fields, &cap,
						     row->n + 1,
						     sizeof *row->fields);
			row->fields[row->n++] = column_field(
				str_slice(line, from, at), start, column);
			open = false;
		}
		if (at >= line.n)
			break;
		if (gap) {
			at += open ? 1 : gap;
			column += open ? 1 : (int)gap;
			continue;
		}
		if (!open) {
			open = true;
			from = at;
			start = column;
		}
		next = find_stop(line, at);
		column += columns_of(line, at, next, wide);
		at = next;
	}
	if (row->n > COLUMNS_MOST)
		row->n = 0;
}
