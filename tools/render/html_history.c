/*
 * Small multiples: each key figure of a department over the years, where at
 * least three levels of one phase are known. All start at zero.
 */
#include "base/decimal.h"
#include "render/chart.h"
#include "render/escape.h"
#include "render/html_part.h"

enum {
	MOST_YEARS = 12,
	LEAST_YEARS = 3,
	FIRST_CLASS = 201,
	LAST_CLASS = 299,
};

/* Key figures, then the functional classes that the last year has. */
static const struct coordinates FIGURES[] = {
	{.item = STR_INIT("revenue")},
	{.item = STR_INIT("expenditure")},
	{.item = STR_INIT("expenditure"), .nature = STR_INIT("basic")},
	{.item = STR_INIT("expenditure"), .nature = STR_INIT("project")},
	{.item = STR_INIT("three_public")},
};

static struct str growth_of(const struct view *v, int64_t from, int64_t to,
			    bool has_sign)
{
	struct cell c = {.kind = CELL_PPM, .has_sign = has_sign,
			 .one_digit = true};

	if (!from || !decimal_muldiv(value_difference(to, from), 1000000, from,
				       &c.number))
		return (struct str){NULL, 0};
	if (!has_sign)
		c.number = value_magnitude(c.number);
	return view_number(v, &c);
}

/* The bars of the years that are known, the earliest first. */
static size_t year_bars(const struct view *v, const struct digest *d,
			struct coordinates at, struct chart_bar *bars,
			int *years)
{
	const struct bud_change *last = d->changes[0];
	size_t n = 0;

	at.phase = last->to_phase;
	for (int y = last->to_year - MOST_YEARS + 1; y <= last->to_year; y++) {
		const struct bud_fact *f;

		at.year = y;
		f = model_level(v->model, d->entity, &at);
		if (!f || f->unit != UNIT_FEN)
			continue;
		years[n] = y;
		bars[n] = (struct chart_bar){
			.label = str_format(v->arena, "%d", y),
			.value = {.kind = CELL_MONEY, .number = f->value,
				  .source = f},
			.end = f->value,
			.aside = n && years[n - 1] == y - 1
					 ? growth_of(v,
						     bars[n - 1].value.number,
						     f->value, true)
					 : (struct str){NULL, 0}};
		n++;
	}
	return n;
}

static struct str name_of(const struct view *v, const struct coordinates *at)
{
	struct buf b = {0};
	struct str s = label_name(v->labels, "natures", at->nature);

	if (at->nature.n)
		return s;
	if (at->function.n)
		return label_function(v->labels, at->function, at->year);
	label_row(v->labels, &b, at, NULL);
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static bool history_chart(const struct view *v, const struct digest *d,
			  struct coordinates at, struct chart *c)
{
	static const char *const FUNDS[] = {"", "fiscal", "general"};
	struct chart_bar *bars =
		ARENA_ARRAY(v->arena, struct chart_bar, MOST_YEARS);
	int years[MOST_YEARS] = {0};
	int64_t first, last;
	struct str args[3];

	*c = (struct chart){.kind = CHART_COLUMNS,
			    .money = v->options->money, .bars = bars};
	for (size_t f = 0; f < 3 && c->n < LEAST_YEARS; f++) {
		at.fund = str_of(FUNDS[f]);
		c->n = year_bars(v, d, at, bars, years);
	}
	if (c->n < LEAST_YEARS)
		return false;
	first = bars[0].value.number;
	last = bars[c->n - 1].value.number;
	at.fund.n = 0;
	args[0] = name_of(v, &at);
	args[1] = str_format(v->arena, "%d", years[c->n - 1] - years[0]);
	args[2] = growth_of(v, first, last, false);
	if (first != last && (first <= 0 || last < 0)) {
		args[1] = view_number(v, &bars[0].value);
		args[2] = view_number(v, &bars[c->n - 1].value);
		c->title = view_say(v, "history-from", args, 3);
	} else {
		c->title = view_say(v,
				    last > first   ? "history-up"
				    : last < first ? "history-down"
						   : "history-same",
				    args, 3);
	}
	args[1] = money_name(v->options->money, v->labels->lang);
	c->subtitle = view_say(v, "history-sub", args, 2);
	c->summary = html_say_bars(v, c);
	return true;
}

static void put_multiple(struct buf *out, const struct view *v,
			 const struct digest *d, struct coordinates at,
			 size_t number, size_t *n)
{
	struct str unit = money_name(v->options->money, v->labels->lang);
	struct chart c;

	if (!history_chart(v, d, at, &c))
		return;
	if (!*n) {
		buf_puts(out, "<section><h3 class=\"over\">");
		escape_html(out, label_word(v->labels, "history-title"));
		buf_puts(out, "</h3>\n<p class=\"note\">");
		escape_html(out, view_say(v, "unit-note", &unit, 1));
		buf_puts(out, "</p>\n<div class=\"multiples\">\n");
	}
	html_chart(out, v, &c, str_format(v->arena, "year-%zu", ++*n).p,
		   number);
}

void html_history(struct buf *out, const struct view *v,
		  const struct digest *d, size_t number)
{
	size_t n = 0;

	for (size_t i = 0; d->n && i < sizeof FIGURES / sizeof *FIGURES; i++)
		put_multiple(out, v, d, FIGURES[i], number, &n);
	for (int code = FIRST_CLASS; d->n && code <= LAST_CLASS; code++)
		put_multiple(out, v, d,
			     (struct coordinates){
				     .year = d->changes[0]->to_year,
				     .item = STR("expenditure"),
				     .function = str_format(v->arena, "%d",
							    code)},
			     number, &n);
	if (n)
		buf_puts(out, "</div></section>\n");
}
