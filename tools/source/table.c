/*
 * Libcsv parses; quotes and line breaks inside fields are its business. A text
 * is taken for a table where nearly all lines have the same number of
 * separators; the commas inside numbers (1,520.30) are not counted.
 */
#include "source/table.h"

#include <csv.h>
#include <string.h>

#include "source/grid.h"

enum { SAMPLE = 200, LEAST_LINES = 3, MOST_SEPARATORS = 200 };

static bool is_digit(struct str s, size_t at)
{
	return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* A comma between up to three digits of a whole number and three digits. */
static bool groups_digits(struct str s, size_t at)
{
	size_t n = 0;

	while (n < at && is_digit(s, at - 1 - n))
		n++;
	return n > 0 && n <= 3 && !(n < at && s.p[at - 1 - n] == '.') &&
	       is_digit(s, at + 1) && is_digit(s, at + 2) &&
	       is_digit(s, at + 3) && !is_digit(s, at + 4);
}

/* A quote that never ends would take the rest of the table: then quotes are
 * characters like others. */
static char quote_of(struct str text)
{
	bool odd = false;

	for (const char *p = text.p, *end = text.p + text.n;
	     p < end && (p = memchr(p, '"', (size_t)(end - p))); p++)
		odd = !odd;
	return odd ? 0 : '"';
}

/* The separators in a line without quotes. */
static size_t count_separators(struct str line, char separator)
{
	size_t n = 0;

	for (const char *p = line.p, *end = p + line.n;
	     p < end && (p = memchr(p, separator, (size_t)(end - p))); p++)
		n += !(separator == ',' &&
		       groups_digits(line, (size_t)(p - line.p)));
	return n;
}

/* The separators of the next record, which may go over lines; SIZE_MAX for an
 * empty one. */
static size_t next_record(struct str *text, char separator, char quote)
{
	const char *stop = memchr(text->p, '\n', text->n);
	struct str line = str_slice(*text, 0, stop ? (size_t)(stop - text->p)
						   : text->n);
	bool quoted = false, empty = true;
	size_t n = 0, i = 0;

	if (!quote || !memchr(line.p, quote, line.n)) {
		*text = str_slice(*text, line.n + 1, text->n);
		while (i < line.n && strchr(" \t\r", line.p[i]))
			i++;
		return i < line.n ? count_separators(line, separator)
				  : SIZE_MAX;
	}
	for (; i < text->n && (quoted || text->p[i] != '\n'); i++) {
		quoted ^= text->p[i] == quote;
		empty = empty && strchr(" \t\r", text->p[i]) != NULL;
		n += !quoted && text->p[i] == separator &&
		     !(separator == ',' && groups_digits(*text, i));
	}
	*text = str_slice(*text, i + 1, text->n);
	return empty ? SIZE_MAX : n;
}

static bool is_table(struct str text, char separator, char quote)
{
	size_t counts[MOST_SEPARATORS] = {0}, lines = 0, best = 0, fits;

	if (!text.n || !memchr(text.p, separator, text.n))
		return false;
	while (lines < SAMPLE && text.n) {
		size_t n = next_record(&text, separator, quote);

		if (n == SIZE_MAX)
			continue;
		counts[n < MOST_SEPARATORS ? n : MOST_SEPARATORS - 1]++;
		lines++;
	}
	for (size_t i = 1; i < MOST_SEPARATORS; i++)
		if (counts[i] > counts[best] || !best)
			best = i;
	fits = counts[best] + counts[0];
	return lines >= LEAST_LINES && counts[best] * 10 >= lines * 6 &&
	       fits * 10 >= lines * 9;
}

char table_find_separator(struct str text)
{
	char quote = quote_of(text);

	if (is_table(text, ',', quote))
		return ',';
	if (is_table(text, ';', quote))
		return ';';
	/* Plain TABs are read as text is, quoted ones here. */
	return str_find(text, STR("\t\"")) != SIZE_MAX && is_table(text, '\t', quote)
		       ? '\t'
		       : 0;
}

bool table_next_cell(struct str *line, bool grouped, struct str *cell)
{
	bool quoted = false;
	size_t i = 0;

	if (!line->p)
		return false;
	for (; i < line->n; i++) {
		quoted ^= line->p[i] == '"';
		if (!quoted && line->p[i] == ',' &&
		    !(grouped && groups_digits(*line, i)))
			break;
	}
	*cell = str_trim(str_slice(*line, 0, i));
	if (cell->n > 1 && cell->p[0] == '"' && cell->p[cell->n - 1] == '"')
		*cell = str_slice(*cell, 1, cell->n - 1);
	*line = i < line->n ? str_slice(*line, i + 1, line->n)
			    : (struct str){NULL, 0};
	return true;
}

static bool is_number(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (!strchr("0123456789,.-+%", s.p[i]))
			return false;
		digits += is_digit(s, i);
	}
	return digits > 0;
}

/* Whether lines of cells are a table: enough numbers stand in it. */
static bool tells_table(size_t lines, size_t rows, size_t numbers)
{
	return rows * 3 >= lines || numbers >= lines;
}

static size_t count_lines(struct str text, bool grouped)
{
	enum { SEEN = 100 }; /* lines that tell; the rest would, each anew */
	size_t lines = 0, rows = 0, numbers = 0, first = 0;
	struct str line, cell;

	while (str_split(&text, '\n', &line)) {
		size_t n = 0, before = numbers;

		/* blanks part the columns: 1,200.00  1,300.00 */
		if (!memchr(line.p, ',', line.n) ||
		    str_find(line, STR("。")) != SIZE_MAX ||
		    str_find(line, STR("  ")) != SIZE_MAX)
			break;
		while (table_next_cell(&line, grouped, &cell)) {
			numbers += n && is_number(cell);
			n++;
		}
		if (n < 2 || (lines ? n != first : numbers))
			break; /* a head comes first */
		first = n;
		lines++;
		rows += numbers > before;
		if (lines == SEEN && !tells_table(lines, rows, numbers))
			return 0;
	}
	return lines >= LEAST_LINES - (first > 2) &&
			       tells_table(lines, rows, numbers)
		       ? lines
		       : 0;
}

size_t table_count_lines(struct str text, bool *grouped)
{
	const char *stop = memchr(text.p, '\n', text.n);
	size_t plain, other;

	*grouped = false;
	if (!memchr(text.p, ',', stop ? (size_t)(stop - text.p) : text.n))
		return 0;
	plain = count_lines(text, false);
	other = count_lines(text, true);
	*grouped = other > plain;
	return *grouped ? other : plain;
}

struct rows {
	struct grid grid;
	long cells, most;
	unsigned row, col;
};

static void on_field(void *bytes, size_t n, void *ctx)
{
	struct rows *r = ctx;

	if (++r->cells <= r->most)
		grid_add(&r->grid,
			 (struct grid_cell){
				 .text = str_copy(r->grid.arena,
						  (struct str){bytes, n}),
				 .row = r->row,
				 .col = r->col,
				 .rows = 1,
				 .cols = 1,
				 .line = r->row + 1});
	r->col++;
}

static void on_row(int end, void *ctx)
{
	struct rows *r = ctx;

	(void)end;
	r->row++;
	r->col = 0;
}

int source_read_table(struct source_document *d, struct str text,
		      char separator, struct source_error *error)
{
	struct rows r = {.grid = {.arena = d->arena}, .most = d->limits.cells};
	struct csv_parser parser;


	csv_init(&parser, CSV_REPALL_NL);
	csv_set_quote(&parser, (unsigned char)quote_of(text));
	csv_set_delim(&parser, (unsigned char)separator);
	csv_parse(&parser, text.p, text.n, on_field, on_row, &r);
	csv_fini(&parser, on_field, on_row, &r);
	csv_free(&parser);
	if (r.cells > r.most) {
		*error = (struct source_error){"limit-cells", {NULL, 0}};
		return -1;
	}
	grid_write(d, &r.grid);
	return 0;
}
