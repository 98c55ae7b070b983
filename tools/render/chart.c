/*
 * Bars grow from one zero line: to the right what is more, to the left what
 * is less. The scale is the widest bar; an axis never starts anywhere else.
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
	ALONE_WIDTH = 720,
	ALONE_MARGIN = 24,
	ALONE_HEAD = 74,
	LINE_COLUMNS = 44, /* of label, gap and value at 300 pixels */
	ALONE_COLUMNS = 92,
	LEAST_LABEL = 12,
	PERCENT = 100000,   /* thousandths of a per cent */
};

struct scale {
	int64_t least, most; /* least <= 0 <= most */
};

/* At most half the range, so that the two ends have a difference. */
static void widen(struct scale *s, int64_t v)
{
	if (v < -INT64_MAX / 2)
		v = -INT64_MAX / 2;
	if (v > INT64_MAX / 2)
		v = INT64_MAX / 2;
	if (v < s->least)
		s->least = v;
	if (v > s->most)
		s->most = v;
}

static struct scale scale_of(const struct chart *c)
{
	struct scale s = {0, 0};

	for (size_t i = 0; i < c->n; i++) {
		widen(&s, c->bars[i].value.number);
		if (c->bars[i].has_past)
			widen(&s, c->bars[i].past);
	}
	if (s.least == s.most)
		s.most = 1;
	return s;
}

/* A length in thousandths of a per cent of the width. */
static int64_t share(const struct scale *s, int64_t length)
{
	int64_t out = 0;

	decimal_muldiv(length, PERCENT, s->most - s->least, &out);
	return out;
}

static void put_percent(struct buf *out, const char *name, int64_t v)
{
	buf_printf(out, " %s=\"", name);
	decimal_format(out, v, 1000, 3, false);
	buf_puts(out, "%\"");
}

static void put_bar(struct buf *out, const struct scale *s, int64_t v, int y,
		    int height, const char *class)
{
	int64_t zero = share(s, -s->least);
	int64_t length = share(s, value_magnitude(v));

	/* What is not zero is seen. */
	if (v && length < 150)
		length = 150;
	buf_printf(out, "<rect class=\"%s\"", class);
	put_percent(out, "x", v < 0 ? zero - length : zero);
	put_percent(out, "width", length);
	buf_printf(out, " y=\"%d\" height=\"%d\"/>", y, height);
}

/* What does not fit beside its value is cut; the table has it whole. */
static void put_label(struct buf *out, struct str label, size_t line,
		      size_t taken)
{
	size_t room = taken + LEAST_LABEL < line ? line - taken : LEAST_LABEL;
	struct str shown = label;

	if (utf8_columns(label) > room)
		shown = utf8_prefix(label, room - 1);
	escape_html(out, shown);
	if (shown.n < label.n)
		buf_puts(out, "…");
}

static void put_row(struct buf *out, const struct chart *c,
		    const struct scale *s, const struct chart_bar *b, int y)
{
	struct buf number = {0};

	cell_format(&number, &b->value, c->money);
	buf_printf(out, "<text x=\"0\" y=\"%d\">", y + BASELINE);
	put_label(out, b->label, c->alone ? ALONE_COLUMNS : LINE_COLUMNS,
		  number.n + utf8_columns(b->aside) + (b->aside.n ? 3 : 2));
	buf_printf(out, "</text><text class=\"val\" x=\"100%%\" y=\"%d\">",
		   y + BASELINE);
	escape_number(out, buf_str(&number));
	if (b->aside.n) {
		buf_puts(out, "<tspan> ");
		escape_number(out, b->aside);
		buf_puts(out, "</tspan>");
	}
	buf_puts(out, "</text>");
	put_bar(out, s, b->value.number, y + BAR_TOP, BAR,
		b->value.number < 0 ? "down" : "up");
	if (b->has_past)
		put_bar(out, s, b->past, y + BAR_TOP + BAR + 1, PAST, "past");
	buf_putc(out, '\n');
	buf_release(&number);
}

static void put_opening(struct buf *out, const struct chart *c, int height)
{
	if (c->alone) {
		int full = height + ALONE_HEAD + ALONE_MARGIN;

		buf_printf(out,
			   "<svg xmlns=\"http://www.w3.org/2000/svg\" "
			   "class=\"chart\" width=\"%d\" height=\"%d\" "
			   "viewBox=\"0 0 %d %d\"",
			   ALONE_WIDTH, full, ALONE_WIDTH, full);
	} else {
		buf_printf(out, "<svg class=\"chart\" width=\"100%%\" "
				"height=\"%d\"", height);
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
	escape_html(out, c->title);
	buf_puts(out, "</text><text class=\"sub\" x=\"0\" y=\"60\">");
	escape_html(out, c->subtitle);
	buf_printf(out, "</text><svg x=\"0\" y=\"%d\" width=\"%d\" "
			"overflow=\"visible\">\n",
		   ALONE_HEAD, ALONE_WIDTH - 2 * ALONE_MARGIN);
}

void chart_write(struct buf *out, const struct chart *c)
{
	struct scale s = scale_of(c);
	int height = (int)c->n * ROW;

	put_opening(out, c, height);
	if (c->alone)
		put_head(out, c);
	for (size_t i = 0; i < c->n; i++)
		put_row(out, c, &s, &c->bars[i], (int)i * ROW);
	buf_puts(out, "<line class=\"axis\"");
	put_percent(out, "x1", share(&s, -s.least));
	put_percent(out, "x2", share(&s, -s.least));
	/* Short strokes at the bars, none through the labels. */
	buf_printf(out, " y1=\"%d\" y2=\"%d\" stroke-dasharray=\"%d %d\"/>\n",
		   BAR_TOP - 2, height, BAR + PAST + 3, ROW - BAR - PAST - 3);
	buf_puts(out, c->alone ? "</svg></svg></svg>\n" : "</svg>\n");
}
