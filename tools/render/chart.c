/*
 * Every scale holds zero: bars and columns grow from one zero line, steps
 * (a waterfall) begin where the one before them ended. Attributes place the
 * labels above their bars; a style sheet that finds the chart wide moves the
 * plots beside them (share/templates/chart.css has the same measures). A file
 * of its own is wide from the start.
 */
#include "render/chart.h"

#include "base/decimal.h"
#include "base/utf8.h"
#include "render/escape.h"

enum {
	ROW = 46,       /* pixels a bar, its label and the gap */
	BASELINE = 15,  /* of the label */
	BAR_TOP = 22,
	BAR = 14,
	PAST = 5,
	WIDE_ROW = 30,
	WIDE_BAR_TOP = 4,
	VALUES = 165,    /* beside them */
	DIGIT = 8,      /* pixels a column of text takes, nearly */
	GAP = 14,
	ALONE_WIDTH = 760,
	ALONE_MARGIN = 24,
	ALONE_HEAD = 74,
	LINE_COLUMNS = 44, /* of label, gap and value at 300 pixels */
	WIDE_COLUMNS = 46, /* of a label beside its bar */
	ALONE_COLUMNS = 38,
	TITLE_COLUMNS = 78,
	LEAST_LABEL = 12,
	COLUMN_TOP = 22,   /* of the columns: room for a value above */
	COLUMN_HEIGHT = 96,
	COLUMN_FOOT = 22,
	MOST_VALUES = 4,   /* columns that all bear their values */
	MOST_YEARS = 7,    /* columns that all bear their labels */
	PERCENT = 100000,  /* thousandths of a per cent */
	LEAST = 150,       /* of what is not zero, so that it is seen */
};

struct scale {
	int64_t least, most; /* least <= 0 <= most */
};

/* At most half the range, so that the two ends have a difference. */
static int64_t clamp(int64_t v)
{
	if (v < -INT64_MAX / 2)
		return -INT64_MAX / 2;
	return v > INT64_MAX / 2 ? INT64_MAX / 2 : v;
}

static void widen(struct scale *s, int64_t v)
{
	v = clamp(v);
	if (v < s->least)
		s->least = v;
	if (v > s->most)
		s->most = v;
}

static struct scale scale_of(const struct chart *c)
{
	struct scale s = {0, 0};

	for (size_t i = 0; i < c->n; i++) {
		widen(&s, c->bars[i].start);
		widen(&s, c->bars[i].end);
		if (c->bars[i].has_past)
			widen(&s, c->bars[i].past);
	}
	if (s.least == s.most)
		s.most = 1;
	return s;
}

/* A place on the scale in thousandths of a per cent. */
static int64_t place(const struct scale *s, int64_t v)
{
	int64_t out = 0;

	decimal_muldiv(clamp(v) - s->least, PERCENT, s->most - s->least, &out);
	return out;
}

static void put_percent(struct buf *out, const char *name, int64_t v)
{
	buf_printf(out, " %s=\"", name);
	decimal_format(out, v, 1000, 3, false);
	buf_puts(out, "%\"");
}

/* Where a rect begins, also as a share of one for the style sheet. */
static void put_x(struct buf *out, int64_t x, int64_t width)
{
	buf_puts(out, " style=\"--x:");
	decimal_format(out, x, PERCENT, 5, false);
	if (width >= 0) {
		buf_puts(out, ";--w:");
		decimal_format(out, width, PERCENT, 5, false);
	}
	buf_putc(out, '"');
	put_percent(out, "x", x);
	if (width >= 0)
		put_percent(out, "width", width);
	else
		buf_puts(out, " width=\"1\"");
}

static void put_line(struct buf *out, const char *class, int64_t x, int y,
		     int height)
{
	buf_printf(out, "<rect class=\"%s\"", class);
	put_x(out, x, -1);
	buf_printf(out, " y=\"%d\" height=\"%d\"/>", y, height);
}

static void put_bar(struct buf *out, const struct scale *s, int64_t start,
		    int64_t end, int y, int height, const char *class)
{
	int64_t a = place(s, start < end ? start : end);
	int64_t b = place(s, start < end ? end : start);

	if (start != end && b - a < LEAST) {
		if (end < start)
			a = b > LEAST ? b - LEAST : 0;
		b = a + LEAST;
	}
	buf_printf(out, "<rect class=\"bar %s\"", class);
	put_x(out, a, b - a);
	buf_printf(out, " y=\"%d\" height=\"%d\"/>", y, height);
}

static void put_cut(struct buf *out, struct str s, size_t room)
{
	struct str shown = s;

	if (utf8_columns(s) > room)
		shown = utf8_prefix(s, room - 1);
	escape_html(out, shown);
	if (shown.n < s.n)
		buf_puts(out, "…");
}

/* What does not fit is cut; the table has it whole. */
static void put_label(struct buf *out, const struct chart *c, struct str label,
		      size_t taken)
{
	size_t room = taken + LEAST_LABEL < LINE_COLUMNS ? LINE_COLUMNS - taken
							 : LEAST_LABEL;
	bool fits = utf8_columns(label) <= room;

	if (c->alone)
		room = ALONE_COLUMNS;
	buf_printf(out, "<text%s y=\"%d\">",
		   fits || c->alone ? "" : " class=\"above\"", BASELINE);
	put_cut(out, label, room);
	buf_puts(out, "</text>");
	if (fits || c->alone)
		return;
	buf_printf(out, "<text class=\"beside\" y=\"%d\">", BASELINE);
	put_cut(out, label, WIDE_COLUMNS);
	buf_puts(out, "</text>");
}

/* What labels that stand beside their bars need. */
static size_t label_width(const struct chart *c)
{
	size_t widest = LEAST_LABEL;
	size_t most = c->alone ? ALONE_COLUMNS : WIDE_COLUMNS;

	for (size_t i = 0; i < c->n; i++)
		if (utf8_columns(c->bars[i].label) > widest)
			widest = utf8_columns(c->bars[i].label);
	if (widest > most)
		widest = most;
	return widest * 7 + GAP;
}

static const char *class_of(const struct chart_bar *b)
{
	if (b->is_total)
		return "sum";
	return b->end < b->start ? "down" : "up";
}

static void put_plot(struct buf *out, const struct chart *c,
		     const struct scale *s, size_t i)
{
	const struct chart_bar *b = &c->bars[i];
	int label = (int)label_width(c);

	if (c->alone)
		buf_printf(out, "<svg x=\"%d\" y=\"%d\" width=\"%d\" "
				"overflow=\"visible\">",
			   label, WIDE_BAR_TOP,
			   ALONE_WIDTH - 2 * ALONE_MARGIN - label - VALUES);
	else
		buf_printf(out, "<g class=\"plot\" "
				"transform=\"translate(0 %d)\">", BAR_TOP);
	put_line(out, "axis", place(s, 0), -4,
		 c->alone ? WIDE_ROW : BAR + PAST + 6);
	if (c->kind == CHART_STEPS && i + 1 < c->n)
		put_line(out, "join", place(s, b->end), BAR, WIDE_ROW - BAR);
	put_bar(out, s, b->start, b->end, 0, BAR, class_of(b));
	if (b->has_past)
		put_bar(out, s, 0, b->past, BAR + 1, PAST, "past");
	buf_puts(out, c->alone ? "</svg>" : "</g>");
}

/* Values stand in one column, what is beside them in another: aside is the
 * width of that, in columns. */
static void put_row(struct buf *out, const struct chart *c,
		    const struct scale *s, size_t i, size_t aside)
{
	const struct chart_bar *b = &c->bars[i];
	struct buf number = {0};

	cell_format(&number, &b->value, c->money);
	buf_printf(out, "<g class=\"row%s\" style=\"--i:%zu\" "
			"transform=\"translate(0 %zu)\">",
		   b->is_total ? " total" : "", i,
		   i * (c->alone ? WIDE_ROW : ROW));
	put_label(out, c, b->label, number.n + aside + (aside ? 3 : 2));
	buf_printf(out, "<text class=\"val\" x=\"100%%\" dx=\"-%zu\" "
			"y=\"%d\">",
		   aside ? aside * DIGIT + GAP : 0, BASELINE);
	escape_number(out, buf_str(&number));
	buf_puts(out, "</text>");
	if (b->aside.n) {
		buf_printf(out, "<text class=\"aside\" x=\"100%%\" y=\"%d\">",
			   BASELINE);
		escape_number(out, b->aside);
		buf_puts(out, "</text>");
	}
	put_plot(out, c, s, i);
	buf_puts(out, "</g>\n");
	buf_release(&number);
}

static void put_bars(struct buf *out, const struct chart *c,
		     const struct scale *s)
{
	size_t aside = 0;

	for (size_t i = 0; i < c->n; i++)
		if (utf8_columns(c->bars[i].aside) > aside)
			aside = utf8_columns(c->bars[i].aside);
	for (size_t i = 0; i < c->n; i++)
		put_row(out, c, s, i, aside);
}

/* ---- columns ---------------------------------------------------------- */

/* How high a column stands, as the place of its top. */
static int column_top(const struct chart *c, const struct scale *s, size_t i)
{
	int64_t end = place(s, c->bars[i].end), zero = place(s, 0);

	if (end < zero)
		end = zero;
	return COLUMN_TOP + (int)((PERCENT - end) * COLUMN_HEIGHT / PERCENT);
}

/* The first and the last value of many are wider than their columns: they
 * stand above those that they reach. */
static int text_top(const struct chart *c, const struct scale *s, size_t i)
{
	int top = column_top(c, s, i);

	if (c->n <= MOST_VALUES)
		return top;
	for (size_t k = 1; k <= c->n / 3; k++) {
		int next = column_top(c, s, i ? i - k : k);

		if (next < top)
			top = next;
	}
	return top;
}

static void put_column_text(struct buf *out, const char *class, int64_t x,
			    int y, struct str text)
{
	buf_printf(out, "<text class=\"%s\"", class);
	put_percent(out, "x", x);
	buf_printf(out, " y=\"%d\">", y);
	escape_number(out, text);
	buf_puts(out, "</text>");
}

static void put_column(struct buf *out, const struct chart *c,
		       const struct scale *s, size_t i)
{
	const struct chart_bar *b = &c->bars[i];
	int64_t room = PERCENT / (int64_t)c->n, x = room * (int64_t)i;
	int64_t zero = place(s, 0), end = place(s, b->end);
	int64_t length = end < zero ? zero - end : end - zero;
	int top = column_top(c, s, i);
	int height = (int)(length * COLUMN_HEIGHT / PERCENT);
	bool last = i + 1 == c->n, all = c->n <= MOST_VALUES;
	struct buf number = {0};

	if (b->end && height < 1)
		height = 1;
	buf_printf(out, "<rect class=\"%s\"", last ? "up" : "past");
	put_percent(out, "x", x);
	put_percent(out, "width", room - room / 6);
	buf_printf(out, " y=\"%d\" height=\"%d\"/>", top, height);
	if (all || last || !i) {
		cell_format(&number, &b->value, c->money);
		put_column_text(out,
				all	? last ? "mid strong" : "mid"
				: last ? "end strong"
				       : "begin",
				all	? x + room * 5 / 12
				: last ? x + room * 5 / 6
				       : 0,
				text_top(c, s, i) - 6, buf_str(&number));
	}
	if (c->n <= MOST_YEARS || (c->n - 1 - i) % 2 == 0)
		put_column_text(out, "mid quiet", x + room * 5 / 12,
				COLUMN_TOP + COLUMN_HEIGHT + 16, b->label);
	buf_putc(out, '\n');
	buf_release(&number);
}

static void put_columns(struct buf *out, const struct chart *c,
			const struct scale *s)
{
	for (size_t i = 0; i < c->n; i++)
		put_column(out, c, s, i);
	buf_printf(out, "<rect class=\"axis\" width=\"100%%\" height=\"1\" "
			"y=\"%d\"/>\n",
		   COLUMN_TOP + (int)((PERCENT - place(s, 0)) *
				      COLUMN_HEIGHT / PERCENT));
}

/* ---- the whole -------------------------------------------------------- */

static void put_opening(struct buf *out, const struct chart *c, int height)
{
	if (c->alone) {
		int full = height + ALONE_HEAD + ALONE_MARGIN;

		buf_printf(out,
			   "<svg xmlns=\"http://www.w3.org/2000/svg\" "
			   "class=\"chart alone\" width=\"%d\" height=\"%d\" "
			   "viewBox=\"0 0 %d %d\"",
			   ALONE_WIDTH, full, ALONE_WIDTH, full);
	} else {
		buf_printf(out, "<svg class=\"chart%s\" "
				"style=\"--n:%zu;--l:%zupx\" "
				"width=\"100%%\" height=\"%d\"",
			   c->kind == CHART_COLUMNS ? " columns" : "", c->n,
			   label_width(c), height);
	}
	buf_printf(out, " role=\"img\" aria-labelledby=\"%.*s-t %.*s-d\">",
		   STR_ARG(c->id), STR_ARG(c->id));
	buf_printf(out, "<title id=\"%.*s-t\">", STR_ARG(c->id));
	escape_html(out, c->title);
	buf_printf(out, "</title><desc id=\"%.*s-d\">", STR_ARG(c->id));
	escape_html(out, c->subtitle);
	buf_puts(out, ". ");
	escape_html(out, c->summary);
	buf_puts(out, "</desc>\n");
}

static void put_head(struct buf *out, const struct chart *c)
{
	buf_puts(out, "<style>");
	buf_put_str(out, c->style);
	buf_puts(out, "</style>\n<rect class=\"back\" width=\"100%\" "
		      "height=\"100%\"/>\n");
	buf_printf(out, "<svg x=\"%d\" y=\"0\" width=\"%d\" "
			"overflow=\"visible\"><text class=\"title\" x=\"0\" "
			"y=\"36\">",
		   ALONE_MARGIN, ALONE_WIDTH - 2 * ALONE_MARGIN);
	put_cut(out, c->title, TITLE_COLUMNS);
	buf_puts(out, "</text><text class=\"quiet\" x=\"0\" y=\"60\">");
	escape_html(out, c->subtitle);
	buf_printf(out, "</text><svg x=\"0\" y=\"%d\" width=\"%d\" "
			"overflow=\"visible\">\n",
		   ALONE_HEAD, ALONE_WIDTH - 2 * ALONE_MARGIN);
}

void chart_write(struct buf *out, const struct chart *c)
{
	struct scale s = scale_of(c);
	int height = (int)c->n * (c->alone ? WIDE_ROW : ROW);

	if (c->kind == CHART_COLUMNS)
		height = COLUMN_TOP + COLUMN_HEIGHT + COLUMN_FOOT;
	put_opening(out, c, height);
	if (c->alone)
		put_head(out, c);
	if (c->kind == CHART_COLUMNS)
		put_columns(out, c, &s);
	else
		put_bars(out, c, &s);
	buf_puts(out, c->alone ? "</svg></svg></svg>\n" : "</svg>\n");
}
