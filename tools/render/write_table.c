/*
 * Aligned text for a terminal. Numbers stand at their decimal points; the
 * label wraps to what the numbers leave of the width; where they leave too
 * little, columns move to a second table below the first.
 */
#include "base/utf8.h"
#include "render/escape.h"
#include "render/write.h"

enum {
	GAP = 2,
	MIN_LABEL = 20, /* columns; ten Chinese characters */
	GOOD_LABEL = 30, /* for less, what can be reckoned is left out */
	MIN_TEXT = 10,
	INDENT = 2,
	MAX_INDENT = 8,
};

struct column {
	size_t width, before, after; /* before the point, point and after */
};

struct layout {
	struct buf *out;
	struct arena *arena;
	const struct render_options *options;
	struct grid *grid;
	struct column *columns;
	size_t first, n; /* columns of this table: 0 and [first, first + n) */
	bool in_head;
};

static void paint(const struct layout *t, const char *code)
{
	if (t->options->colour)
		buf_printf(t->out, "\033[%sm", code);
}

static void pad(struct buf *out, size_t n)
{
	while (n--)
		buf_putc(out, ' ');
}

/* Chinese text breaks anywhere but before these. */
static bool may_begin(uint32_t cp)
{
	static const uint32_t CLOSING[] = {0x3001, 0x3002, 0xFF0C, 0xFF1A,
					   0xFF1B, 0xFF09, 0x201D, 0x300B,
					   0x3011, 0xB7,   0};

	for (size_t i = 0; CLOSING[i]; i++)
		if (cp == CLOSING[i])
			return false;
	return cp != ' ';
}

/*
 * The first line of *s, at most width columns; *s keeps the rest. A head is
 * broken at a blank where it has one, text anywhere that Chinese allows.
 */
static struct str take_line(struct str *s, size_t width, bool at_blank)
{
	size_t at = 0, used = 0, cut = 0, blank = 0;
	struct str line;
	bool wide = false;

	while (at < s->n) {
		size_t start = at;
		uint32_t cp = utf8_next(*s, &at);
		size_t w = (size_t)utf8_width(cp);

		if (start && may_begin(cp) &&
		    (wide || w == 2 || s->p[start - 1] == ' '))
			cut = start;
		if (start && s->p[start - 1] == ' ')
			blank = start;
		if (used + w > width && start) {
			if (at_blank && blank)
				cut = blank;
			if (!cut)
				cut = start;
			line = str_trim(str_slice(*s, 0, cut));
			*s = str_trim(str_slice(*s, cut, s->n));
			return line;
		}
		used += w;
		wide = w == 2;
	}
	line = *s;
	*s = (struct str){NULL, 0};
	return line;
}

static void put_wrapped(const struct layout *t, struct str text, size_t first,
			size_t rest, const char *code)
{
	struct buf clean = {0};
	struct str s;
	size_t indent = first;

	escape_plain(&clean, text);
	s = buf_str(&clean);
	do {
		size_t room = t->options->width > indent + 10
				      ? t->options->width - indent
				      : 10;

		pad(t->out, indent);
		if (code)
			paint(t, code);
		buf_put_str(t->out, take_line(&s, room, false));
		if (code)
			paint(t, "0");
		buf_putc(t->out, '\n');
		indent = rest;
	} while (s.n);
	buf_release(&clean);
}

static void show(struct buf *out, const struct layout *t, const struct cell *c)
{
	struct buf raw = {0};

	cell_format(&raw, c, t->options->money);
	escape_plain(out, buf_str(&raw));
	buf_release(&raw);
}

/* Columns of a number before its point, and from the point on. */
static void measure(struct str s, size_t *before, size_t *after)
{
	size_t point = str_find(s, STR("."));

	if (point == SIZE_MAX)
		point = str_ends(s, STR("%")) ? s.n - 1 : s.n;
	*before = point;
	*after = s.n - point;
}

/* A head takes three lines or so; its words stay whole. */
static size_t head_width(struct str head)
{
	size_t widest = (utf8_columns(head) + 2) / 3;
	struct str word;

	while (str_split(&head, ' ', &word))
		if (utf8_columns(word) > widest)
			widest = utf8_columns(word);
	return widest;
}

static void measure_columns(struct layout *t)
{
	const struct grid *g = t->grid;
	struct buf b = {0};

	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &t->columns[i];
		size_t widest = 0;

		for (size_t r = 0; r < g->n_rows; r++) {
			const struct grid_row *row = &g->rows[r];
			size_t before, after, w;

			buf_clear(&b);
			show(&b, t, &row->cells[i]);
			if (g->columns[i].number) {
				measure(buf_str(&b), &before, &after);
				if (before > c->before)
					c->before = before;
				if (after > c->after)
					c->after = after;
				continue;
			}
			w = utf8_columns(buf_str(&b));
			if (!i)
				w += row->depth * INDENT;
			if (w > widest)
				widest = w;
		}
		c->width = g->columns[i].number ? c->before + c->after : widest;
		if (head_width(g->columns[i].head) > c->width)
			c->width = head_width(g->columns[i].head);
	}
	buf_release(&b);
}

/* The n-th line of a cell that may have several; empty beyond. */
static struct str line_of(struct str text, size_t first, size_t rest, size_t n,
			  bool at_blank)
{
	struct str line = {NULL, 0};

	for (size_t i = 0; i <= n; i++) {
		if (!text.n)
			return (struct str){NULL, 0};
		line = take_line(&text, i ? rest : first, at_blank);
	}
	return line;
}

/* How far the lines of a label stand in: no more than leaves room for it. */
static size_t indent_of(size_t width, size_t indent)
{
	return indent + MIN_TEXT > width ? 0 : indent;
}

static size_t put_number(const struct layout *t, size_t i, struct str s)
{
	const struct column *c = &t->columns[i];
	size_t before, after;

	measure(s, &before, &after);
	/* Room that only the head needs stays on the left. */
	pad(t->out, c->width - c->before - c->after);
	pad(t->out, c->before - before);
	buf_put_str(t->out, s);
	return c->after - after;
}

/* One line of the row; false when no cell has text for it. */
static bool put_line(const struct layout *t, const struct str *texts,
		     const bool *numbers, size_t indent, size_t n)
{
	size_t start = t->out->n, owed = 0;
	bool any = false;

	for (size_t k = 0; k <= t->n; k++) {
		size_t i = k ? t->first + k - 1 : 0, w = t->columns[i].width;
		size_t top = k ? 0 : indent_of(w, indent);
		size_t below = k ? 0 : indent_of(w, indent + INDENT);
		size_t in = n ? below : top;
		struct str s = line_of(texts[i], w - top, w - below, n,
				       t->in_head);

		if (numbers[i])
			s = n ? (struct str){NULL, 0} : texts[i];
		any |= s.n > 0;
		pad(t->out, owed + (k ? GAP : 0));
		if (numbers[i] && s.n) {
			owed = put_number(t, i, s);
			continue;
		}
		if (t->grid->columns[i].number) {
			pad(t->out, w - utf8_columns(s));
			buf_put_str(t->out, s);
			owed = 0;
			continue;
		}
		pad(t->out, in);
		buf_put_str(t->out, s);
		owed = w - in - utf8_columns(s);
	}
	if (!any) {
		t->out->n = start;
		return false;
	}
	while (t->out->n > start && t->out->p[t->out->n - 1] == ' ')
		t->out->n--;
	return true;
}

static void put_lines(const struct layout *t, const struct str *texts,
		      const bool *numbers, size_t indent, const char *code)
{
	for (size_t n = 0;; n++) {
		size_t start = t->out->n;

		if (code)
			paint(t, code);
		if (!put_line(t, texts, numbers, indent, n)) {
			t->out->n = start;
			return;
		}
		if (code)
			paint(t, "0");
		buf_putc(t->out, '\n');
	}
}

static void put_head(struct layout *t, struct str *texts, bool *numbers)
{
	size_t width = t->columns[0].width;

	t->in_head = true;
	for (size_t i = 0; i < t->grid->n_columns; i++) {
		texts[i] = t->grid->columns[i].head;
		numbers[i] = false;
	}
	put_lines(t, texts, numbers, 0, "1");
	t->in_head = false;
	for (size_t k = 0; k < t->n; k++)
		width += GAP + t->columns[t->first + k].width;
	while (width--)
		buf_putc(t->out, '-');
	buf_putc(t->out, '\n');
}

static const char *code_of(enum tone tone)
{
	static const char *const CODES[] = {NULL, "1", "2", "31", "1"};

	return CODES[tone];
}

static void put_rows(struct layout *t)
{
	const struct grid *g = t->grid;
	struct str *texts = ARENA_ARRAY(t->arena, struct str, g->n_columns);
	bool *numbers = ARENA_ARRAY(t->arena, bool, g->n_columns);
	struct buf *bufs = ARENA_ARRAY(t->arena, struct buf, g->n_columns);

	put_head(t, texts, numbers);
	for (size_t r = 0; r < g->n_rows; r++) {
		const struct grid_row *row = &g->rows[r];
		size_t indent = row->depth * INDENT;

		for (size_t i = 0; i < g->n_columns; i++) {
			buf_clear(&bufs[i]);
			show(&bufs[i], t, &row->cells[i]);
			texts[i] = buf_str(&bufs[i]);
			numbers[i] = cell_is_number(&row->cells[i]);
		}
		put_lines(t, texts, numbers,
			  indent > MAX_INDENT ? MAX_INDENT : indent,
			  code_of(row->tone));
	}
	for (size_t i = 0; i < g->n_columns; i++)
		buf_release(&bufs[i]);
}

/* How many columns from first on fit beside a label of the least width. */
static size_t count_fitting(const struct layout *t, size_t first, size_t label)
{
	size_t used = label, n = 0;

	while (first + n < t->grid->n_columns) {
		used += GAP + t->columns[first + n].width;
		if (used > t->options->width && n)
			break;
		n++;
	}
	return n;
}

/* Text columns beside the label take what the numbers leave. */
static void squeeze_texts(struct layout *t)
{
	size_t fixed = MIN_LABEL, texts = 0, room;

	for (size_t i = 1; i < t->grid->n_columns; i++) {
		fixed += GAP;
		if (t->grid->columns[i].number)
			fixed += t->columns[i].width;
		else
			texts++;
	}
	if (!texts)
		return;
	room = t->options->width > fixed
		       ? (t->options->width - fixed) / texts
		       : MIN_TEXT;
	if (room < MIN_TEXT)
		room = MIN_TEXT;
	for (size_t i = 1; i < t->grid->n_columns; i++)
		if (!t->grid->columns[i].number && t->columns[i].width > room)
			t->columns[i].width = room;
}

static void measure_grid(struct layout *t)
{
	t->columns = ARENA_ARRAY(t->arena, struct column, t->grid->n_columns);
	measure_columns(t);
	squeeze_texts(t);
}

static bool is_crowded(const struct layout *t)
{
	size_t used = 0;

	for (size_t i = 1; i < t->grid->n_columns; i++)
		used += GAP + t->columns[i].width;
	return used + GOOD_LABEL > t->options->width;
}

static void put_grid(struct layout *t)
{
	struct grid *g = t->grid;
	size_t natural, least;

	measure_grid(t);
	if (!t->options->columns.n && is_crowded(t) &&
	    grid_drop(g, STR("contribution")))
		measure_grid(t);
	natural = t->columns[0].width;
	least = natural < MIN_LABEL ? natural : MIN_LABEL;
	t->first = 1;
	do {
		size_t used = 0;

		t->n = count_fitting(t, t->first, least);
		for (size_t k = 0; k < t->n; k++)
			used += GAP + t->columns[t->first + k].width;
		t->columns[0].width = natural;
		if (natural + used > t->options->width)
			t->columns[0].width = t->options->width > used + least
						      ? t->options->width - used
						      : least;
		if (t->first > 1)
			buf_putc(t->out, '\n');
		put_rows(t);
		t->first += t->n;
	} while (t->first < g->n_columns);
}

static void put_finding(const struct layout *t, const struct grid_finding *f)
{
	struct str rest = f->evidence, quote;
	struct buf b = {0};

	buf_printf(&b, "%.*s  %.*s  [%.*s]", STR_ARG(f->level_name),
		   STR_ARG(f->place), STR_ARG(f->rule));
	put_wrapped(t, buf_str(&b), 0, 4,
		    f->level == LEVEL_ERROR ? "1;31" : "1");
	put_wrapped(t, f->message, 4, 4, NULL);
	if (f->values.n)
		put_wrapped(t, f->values, 4, 4, NULL);
	while (finding_quote(&rest, &quote)) {
		buf_clear(&b);
		buf_printf(&b, "> %.*s", STR_ARG(quote));
		put_wrapped(t, buf_str(&b), 4, 6, NULL);
	}
	buf_release(&b);
}

void write_table(struct buf *out, const struct page *p,
		 const struct render_options *o)
{
	struct layout t = {.out = out, .arena = p->arena, .options = o};

	for (size_t i = 0; i < p->n_sections; i++) {
		const struct section *s = &p->sections[i];

		if (i)
			buf_putc(out, '\n');
		put_wrapped(&t, s->title, 0, 0, "1");
		if (s->note.n)
			put_wrapped(&t, s->note, 0, 0, NULL);
		if (s->title.n || s->note.n)
			buf_putc(out, '\n');
		t.grid = s->grid;
		if (s->grid)
			put_grid(&t);
		for (size_t k = 0; k < s->n_findings; k++)
			put_finding(&t, &s->findings[k]);
		if (s->grid && s->n_lines)
			buf_putc(out, '\n');
		for (size_t k = 0; k < s->n_lines; k++)
			put_wrapped(&t, s->lines[k], 0, 2, NULL);
	}
}
