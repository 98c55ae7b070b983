/* Written with a buffer, read line by line; see wire.h for the records. */
#include "source/wire.h"

#include <string.h>

#include "base/utf8.h"

enum { MOST_FIELDS = 8, MOST_EXTENT = 20000 };

static void put_field(struct buf *out, struct str s)
{
	static const char FROM[] = "\\\n\t\r", TO[] = "\\ntr";

	buf_putc(out, '\t');
	for (size_t i = 0; i < s.n; i++) {
		const char *k = s.p[i] ? strchr(FROM, s.p[i]) : NULL;

		if (k) {
			buf_putc(out, '\\');
			buf_putc(out, TO[k - FROM]);
		} else {
			buf_putc(out, s.p[i]);
		}
	}
}

static void put_number(struct buf *out, unsigned n)
{
	buf_putc(out, '\t');
	buf_put_int(out, n);
}

void wire_put_start(struct buf *out)
{
	buf_puts(out, "bud-blocks 1\n");
}

void wire_put_note(struct buf *out, const char *id)
{
	buf_printf(out, "N\t%s\n", id);
}

static void put_grid(struct buf *out, const struct source_document *d,
		     const struct source_block *b)
{
	buf_putc(out, 'G');
	put_number(out, b->page);
	put_number(out, b->line);
	put_number(out, b->first_row);
	put_number(out, b->first_col);
	put_field(out, b->sheet);
	buf_putc(out, '\n');
	for (size_t i = 0; i < b->n_cells; i++) {
		const struct source_cell *c = &b->cells[i];

		buf_putc(out, 'C');
		put_number(out, c->row);
		put_number(out, c->col);
		put_number(out, c->rows);
		put_number(out, c->cols);
		put_number(out, c->page);
		put_number(out, c->line);
		put_field(out, source_cell_text(d, c));
		buf_putc(out, '\n');
	}
	buf_puts(out, "E\n");
}

void wire_put_document(struct buf *out, const struct source_document *d)
{
	buf_putc(out, 'D');
	put_field(out, str_of(d->media));
	put_field(out, str_of(d->charset));
	buf_putc(out, '\n');
	if (d->files.n) {
		buf_putc(out, 'L');
		put_field(out, d->files);
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < d->n_blocks; i++) {
		const struct source_block *b = &d->blocks[i];

		if (b->kind == BLOCK_GRID) {
			put_grid(out, d, b);
			continue;
		}
		buf_putc(out, b->kind == BLOCK_HEADING ? 'H' : 'P');
		if (b->kind == BLOCK_HEADING)
			put_number(out, (unsigned)b->level);
		put_number(out, b->page);
		put_number(out, b->line);
		put_field(out, source_text(d, b));
		buf_putc(out, '\n');
	}
}

void wire_put_error(struct buf *out, const struct source_error *e)
{
	buf_putc(out, 'X');
	put_field(out, str_of(e->id));
	put_field(out, e->detail);
	buf_putc(out, '\n');
}

void wire_put_end(struct buf *out)
{
	buf_puts(out, ".\n");
}

struct wire {
	struct source_document *d;
	const struct source_limits *limits;
	struct source_error *error;
	struct str field[MOST_FIELDS]; /* behind the letter */
	size_t n_fields;
	struct buf text;
	bool in_grid;
	unsigned row, col; /* of the next cell at the earliest */
	long cells;
};

/* The text of a field as it was, in w->text. */
static struct str unescape(struct wire *w, struct str s)
{
	buf_clear(&w->text);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\\' && i + 1 < s.n) {
			c = s.p[++i];
			c = c == 'n' ? '\n' : c == 't' ? '\t'
					  : c == 'r'   ? '\r'
						       : c;
		}
		/* JSON could say it, but its readers refuse it. */
		buf_putc(&w->text, c ? c : ' ');
	}
	return buf_str(&w->text);
}

static bool number(const struct wire *w, size_t i, unsigned most, unsigned *out)
{
	int64_t v;

	if (i >= w->n_fields || !str_to_int64(w->field[i], &v) || v < 0 ||
	    v > (int64_t)most)
		return false;
	*out = (unsigned)v;
	return true;
}

static bool read_text(struct wire *w, bool heading)
{
	unsigned level = 0, page, line;
	size_t i = heading;

	if (w->in_grid || w->n_fields != i + 3 ||
	    (heading && !number(w, 0, 9, &level)) ||
	    !number(w, i, INT32_MAX, &page) ||
	    !number(w, i + 1, INT32_MAX, &line))
		return false;
	source_add_text(w->d, heading ? BLOCK_HEADING : BLOCK_PARAGRAPH, page,
			line, unescape(w, w->field[i + 2]));
	w->d->blocks[w->d->n_blocks - 1].level = (int)level;
	return true;
}

static bool read_grid(struct wire *w)
{
	unsigned page, line, row, col;
	struct source_block *b;

	if (w->in_grid || w->n_fields != 5 ||
	    !number(w, 0, INT32_MAX, &page) ||
	    !number(w, 1, INT32_MAX, &line) ||
	    !number(w, 2, INT32_MAX, &row) || !number(w, 3, INT32_MAX, &col))
		return false;
	b = source_begin(w->d, BLOCK_GRID, page, line);
	b->first_row = row;
	b->first_col = col;
	b->sheet = str_copy(w->d->arena, unescape(w, w->field[4]));
	w->in_grid = true;
	w->row = w->col = 0;
	return true;
}

static bool read_cell(struct wire *w)
{
	unsigned row, col, rows, cols, page, line;
	struct source_block *b;
	struct source_cell *c;

	if (!w->in_grid || w->n_fields != 7 || ++w->cells > w->limits->cells ||
	    !number(w, 0, (unsigned)w->limits->cells, &row) ||
	    !number(w, 1, MOST_EXTENT, &col) ||
	    !number(w, 2, (unsigned)w->limits->cells, &rows) ||
	    !number(w, 3, MOST_EXTENT, &cols) ||
	    !number(w, 4, INT32_MAX, &page) ||
	    !number(w, 5, INT32_MAX, &line) || !rows || !cols ||
	    row < w->row || (row == w->row && col < w->col))
		return false;
	source_add_cell(w->d, unescape(w, w->field[6]), row, col, rows, cols);
	b = &w->d->blocks[w->d->n_blocks - 1];
	c = &b->cells[b->n_cells - 1];
	c->page = page;
	c->line = line;
	w->row = row;
	w->col = col + 1;
	return true;
}

static bool read_document(struct wire *w)
{
	struct arena *a = w->d->arena;

	if (w->n_fields != 2)
		return false;
	w->d->media = str_cstring(a, w->field[0]);
	w->d->charset = str_cstring(a, w->field[1]);
	return true;
}

static bool read_record(struct wire *w, char letter)
{
	switch (letter) {
	case 'D':
		return read_document(w);
	case 'N':
		w->d->note = str_cstring(w->d->arena, w->field[0]);
		return w->n_fields == 1;
	case 'L':
		w->d->files = str_copy(w->d->arena, unescape(w, w->field[0]));
		return w->n_fields == 1;
	case 'H':
	case 'P':
		return read_text(w, letter == 'H');
	case 'G':
		return read_grid(w);
	case 'C':
		return read_cell(w);
	case 'E':
		if (!w->in_grid)
			return false;
		source_end(w->d);
		w->in_grid = false;
		return true;
	default:
		return false;
	}
}

static int fail(struct wire *w, const char *id, struct str detail)
{
	*w->error = (struct source_error){id, str_copy(w->d->arena, detail)};
	return -1;
}

/* 0 to go on, 1 at the end, -1 on an error. */
static int read_line(struct wire *w, struct str line)
{
	struct str letter;

	if (str_equal(line, STR(".")))
		return !w->in_grid ? 1 : fail(w, "reader-failed", line);
	if (!str_split(&line, '\t', &letter) || letter.n != 1)
		return fail(w, "reader-failed", line);
	w->n_fields = 0;
	while (w->n_fields < MOST_FIELDS &&
	       str_split(&line, '\t', &w->field[w->n_fields]))
		w->n_fields++;
	if (letter.p[0] == 'X' && w->n_fields == 2)
		return fail(w, str_cstring(w->d->arena, w->field[0]),
			    unescape(w, w->field[1]));
	return read_record(w, letter.p[0])
		       ? 0
		       : fail(w, "reader-failed", STR("bad record"));
}

int wire_read(struct source_document *d, struct str bytes,
	      const struct source_limits *limits, struct source_error *error)
{
	struct wire w = {.d = d, .limits = limits, .error = error};
	struct str line;
	int end = 0;

	if (!str_split(&bytes, '\n', &line) ||
	    !str_equal(line, STR("bud-blocks 1")) ||
	    utf8_find_invalid(bytes) != SIZE_MAX)
		return fail(&w, "reader-failed", STR("no blocks"));
	while (!end && str_split(&bytes, '\n', &line))
		end = read_line(&w, line);
	if (!end)
		fail(&w, "reader-failed", STR("its output ends early"));
	buf_release(&w.text);
	return end == 1 ? 0 : -1;
}
