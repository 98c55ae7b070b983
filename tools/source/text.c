/*
 * One paragraph a line; lines that hold TABs or begin with a bar are the rows
 * of a grid. A short numbered line without sentence marks is a heading.
 */
#include "source/text.h"

#include <string.h>

#include "base/utf8.h"

enum { HEADING_COLUMNS = 84, TITLE_LINES = 3 };

static bool is_row(struct str line)
{
	struct str t = str_trim(line);

	return (line.n && memchr(line.p, '\t', line.n)) ||
	       (t.n > 1 && t.p[0] == '|');
}

static void add_row(struct source_document *d, struct str line, unsigned row)
{
	struct str t = str_trim(line), cell;
	unsigned col = 0;
	char separator = '\t';

	if (t.n && t.p[0] == '|') {
		separator = '|';
		line = str_slice(t, 1, t.n - (t.p[t.n - 1] == '|'));
	}
	for (; str_split(&line, separator, &cell); col++)
		if (str_trim(cell).n)
			source_add_cell(d, cell, row, col, 1, 1);
}

static bool has_sentence_mark(struct str line)
{
	static const char *const MARKS[] = {"。", "；", "：", ":", ";", "，"};

	for (size_t k = 0; k < sizeof MARKS / sizeof *MARKS; k++)
		if (str_find(line, str_of(MARKS[k])) != SIZE_MAX)
			return true;
	return false;
}

/* Begins with 一、 （一） 1． 第一部分 and the like? */
static bool is_numbered(struct str line)
{
	static const char *const FIRST[] = {
		"一", "二", "三", "四", "五", "六", "七", "八", "九", "十",
		"（", "(", "第", "①", "②", "③", "④", "⑤", "⑥",
	};

	if (line.n && line.p[0] >= '0' && line.p[0] <= '9')
		return str_find(str_slice(line, 0, 8), STR("、")) != SIZE_MAX ||
		       str_find(str_slice(line, 0, 8), STR("．")) != SIZE_MAX ||
		       str_find(str_slice(line, 0, 3), STR(".")) != SIZE_MAX;
	for (size_t k = 0; k < sizeof FIRST / sizeof *FIRST; k++)
		if (str_starts(line, str_of(FIRST[k])))
			return true;
	return false;
}

static bool is_heading(struct str line, unsigned number)
{
	if (has_sentence_mark(line) || utf8_columns(line) > HEADING_COLUMNS)
		return false;
	for (size_t i = 0; i + 1 < line.n; i++)
		if (line.p[i] == '.' && line.p[i + 1] >= '0' &&
		    line.p[i + 1] <= '9')
			return false;
	return is_numbered(line) || number <= TITLE_LINES;
}

void source_read_text(struct source_document *d, struct str text)
{
	unsigned number = 0, row = 0;
	struct str line;
	bool grid = false;

	while (str_split(&text, '\n', &line)) {
		struct str t = str_trim(line);

		number++;
		if (is_row(line)) {
			if (!grid) {
				source_begin(d, BLOCK_GRID, 0, number);
				grid = true;
				row = 0;
			}
			add_row(d, line, row++);
			continue;
		}
		if (grid)
			source_end(d);
		grid = false;
		if (t.n)
			source_add_text(d,
					is_heading(t, number)
						? BLOCK_HEADING
						: BLOCK_PARAGRAPH,
					0, number, t);
	}
	if (grid)
		source_end(d);
}
