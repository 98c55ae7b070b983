/*
 * Headline figures, and the charts but for that of the change (see
 * html_change.c). A chart's title states its finding.
 */
#include <stdlib.h>

#include "base/decimal.h"
#include "render/chart.h"
#include "render/escape.h"
#include "render/html_part.h"

enum {
	LAST_CLASS = 299,
	MOST_RANKED = 20, /* bars; the table below has all */
	MOST_CLASSES = 15,
};

/* ---- headline figures ------------------------------------------------- */

static const struct {
	const char *item, *nature;
} FIGURES[] = {
	{"revenue", ""},          {"expenditure", ""},
	{"expenditure", "basic"}, {"expenditure", "project"},
	{"three_public", ""},
};

/* Departments that publish fiscal money alone state those figures only. */
static const struct bud_change *find_figure(const struct digest *d, size_t i)
{
	static const char *const FUNDS[] = {"", "fiscal", "general"};
	const struct bud_change *c = NULL;

	for (size_t k = 0; k < 3 && (!c || !c->has_to); k++)
		c = digest_find(d, FIGURES[i].item, FUNDS[k],
				FIGURES[i].nature);
	return c && c->has_to ? c : NULL;
}

static struct str name_of(const struct view *v, const struct bud_change *c)
{
	struct coordinates at = view_coordinates(c);
	struct buf b = {0};
	struct str s;

	label_row(v->labels, &b, &at, NULL);
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

/* "项目支出（一般公共预算）": short, as it stands over a large figure. */
static struct str figure_name(const struct view *v, const struct bud_change *c)
{
	struct coordinates at = {.year = c->to_year, .item = c->item};
	struct buf b = {0};
	struct str args[2] = {label_name(v->labels, "natures", c->nature),
			      label_name(v->labels, "funds", c->fund)};

	if (!c->nature.n) {
		label_row(v->labels, &b, &at, NULL);
		args[0] = str_copy(v->arena, buf_str(&b));
		buf_release(&b);
	}
	return c->fund.n ? view_say(v, "figure-fund", args, 2) : args[0];
}

static void put_change(struct buf *out, const struct view *v,
		       const struct bud_change *c, const struct cell *cells)
{
	buf_printf(out, "<dd class=\"more\"><span class=\"%s\">",
		   c->delta < 0 ? "down" : c->delta ? "up" : "quiet");
	html_cell(out, v, &cells[CHANGE_DELTA]);
	if (c->has_growth && c->delta) {
		buf_puts(out, " (");
		html_cell(out, v, &cells[CHANGE_GROWTH]);
		buf_puts(out, ")");
	}
	buf_puts(out, "</span></dd>");
}

static void put_figure(struct buf *out, const struct view *v,
		       const struct bud_change *c)
{
	struct cell cells[CHANGE_CELLS] = {{.kind = CELL_EMPTY}};

	view_change_cells(v, c, cells);
	buf_puts(out, "<div><dt>");
	escape_html(out, figure_name(v, c));
	buf_puts(out, "</dt><dd class=\"big\">");
	html_cell(out, v, &cells[CHANGE_TO]);
	buf_puts(out, " <small>");
	escape_html(out, money_name(v->options->money, v->labels->lang));
	buf_puts(out, "</small></dd>");
	if (c->has_delta)
		put_change(out, v, c, cells);
	buf_puts(out, "</div>\n");
}

/* All figures of a digest are of one pair of years. */
static void put_periods(struct buf *out, const struct view *v,
			const struct bud_change *c)
{
	enum phase before = c->from_phase == c->to_phase ? PHASE_NONE
							 : c->from_phase;
	struct str args[] = {view_period_short(v, c->to_year, c->to_phase),
			     view_period_short(v, c->from_year, before)};

	buf_puts(out, "<p class=\"note\">");
	escape_html(out, c->has_delta ? view_say(v, "figures-against", args, 2)
				      : args[0]);
	buf_puts(out, "</p>\n");
}

void html_figures(struct buf *out, const struct view *v,
		  const struct digest *d)
{
	bool any = false;

	for (size_t i = 0; i < sizeof FIGURES / sizeof *FIGURES; i++) {
		const struct bud_change *c = find_figure(d, i);

		if (!c)
			continue;
		if (!any) {
			put_periods(out, v, c);
			buf_puts(out, "<dl class=\"figures\">\n");
		}
		any = true;
		put_figure(out, v, c);
	}
	if (any)
		buf_puts(out, "</dl>\n");
}

/* ---- charts ---------------------------------------------------------- */

struct str html_rate(const struct view *v, const struct bud_change *c)
{
	struct cell rate = cell_difference(UNIT_PPM, c->growth);

	rate.one_digit = true;
	/* Of less than nothing a rate says the wrong way. */
	return c->has_growth && c->from_value > 0 ? view_number(v, &rate)
						  : (struct str){NULL, 0};
}

struct str html_say_bars(const struct view *v, const struct chart *c)
{
	struct buf b = {0};
	struct str s;

	for (size_t i = 0; i < c->n; i++) {
		struct str args[] = {c->bars[i].label,
				     view_number(v, &c->bars[i].value)};

		if (i)
			buf_puts(&b, v->labels->lang == LANG_ZH ? "；" : "; ");
		buf_put_str(&b, view_say(v, "chart-bar", args, 2));
	}
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static bool has_past(const struct chart *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->bars[i].has_past)
			return true;
	return false;
}

static void name_periods(const struct view *v, const struct bud_change *c,
			 struct chart *out)
{
	out->now = view_period_short(v, c->to_year, c->to_phase);
	out->before = view_period_short(v, c->from_year, c->from_phase);
}

/* The parts of the three public expenses, this year's bars over last year's. */
static bool public_chart(const struct view *v, const struct digest *d,
			 struct chart *out)
{
	static const char *const PARTS[] = {
		"three_public.overseas", "three_public.vehicles",
		"three_public.vehicles.purchase",
		"three_public.vehicles.operation", "three_public.hospitality"};
	const struct bud_change *total = digest_find(d, "three_public", "", "");
	bool whole = digest_find(d, PARTS[1], "", "");
	struct chart_bar *bars = ARENA_ARRAY(v->arena, struct chart_bar, 5);
	struct str args[4];

	*out = (struct chart){.money = v->options->money, .bars = bars};
	if (!total || !total->has_to)
		return false;
	for (size_t i = 0; i < 5; i++) {
		const struct bud_change *c = digest_find(d, PARTS[i], "", "");
		struct cell cells[CHANGE_CELLS] = {{.kind = CELL_EMPTY}};

		/* Vehicles whole where stated so, else in two parts; a part
		 * without money in either year is in the table alone. */
		if (!c || !c->has_to || (whole && (i == 2 || i == 3)) ||
		    (!c->to_value && !c->from_value))
			continue;
		view_change_cells(v, c, cells);
		bars[out->n++] = (struct chart_bar){
			.label = name_of(v, c),
			.value = cells[CHANGE_TO], .end = c->to_value,
			.aside = c->delta ? html_rate(v, c)
					  : (struct str){NULL, 0},
			.has_past = c->has_from, .past = c->from_value};
	}
	args[0] = view_amount(v, total->to_value);
	args[1] = view_amount(v, total->delta);
	out->title = view_say(v,
			      !total->to_value     ? "public-none"
			      : !total->has_delta  ? "public-level"
			      : !total->delta      ? "public-same"
			      : total->delta > 0   ? "public-up"
						   : "public-down",
			      args, 2);
	name_periods(v, total, out);
	args[0] = out->now;
	args[1] = out->before;
	args[2] = money_name(v->options->money, v->labels->lang);
	out->subtitle = view_say(v, "public-sub", args, 3);
	out->summary = html_say_bars(v, out);
	return out->n > 0;
}

/* The classes of one fund at one time, as far as they have money. */
static size_t class_bars(const struct view *v, const struct digest *d,
			 const struct bud_change *total,
			 struct chart_bar *bars, int64_t *sum)
{
	struct coordinates at = {.item = total->item, .fund = total->fund};
	size_t n = 0;

	*sum = 0;
	for (int code = 201; code <= LAST_CLASS; code++) {
		const struct bud_fact *now, *past;
		struct cell share = {.kind = CELL_PPM, .one_digit = true};

		at.function = str_format(v->arena, "%d", code);
		at.year = total->to_year;
		at.phase = total->to_phase;
		now = model_level(v->model, d->entity, &at);
		at.year = total->from_year;
		at.phase = total->from_phase;
		past = model_level(v->model, d->entity, &at);
		if (!now || now->unit != UNIT_FEN || now->value <= 0)
			continue;
		*sum = value_sum(*sum, now->value);
		decimal_muldiv(now->value, 1000000, total->to_value,
			       &share.number);
		bars[n++] = (struct chart_bar){
			.label = label_function(v->labels, at.function,
						total->to_year),
			.value = {.kind = CELL_MONEY, .number = now->value,
				  .source = now},
			.end = now->value,
			.aside = view_number(v, &share),
			.has_past = past != NULL,
			.past = past ? past->value : 0};
	}
	return n;
}

static int compare_bars(const void *x, const void *y)
{
	const struct chart_bar *a = x, *b = y;

	if (a->value.number != b->value.number)
		return a->value.number > b->value.number ? -1 : 1;
	return str_compare(a->label, b->label);
}

/* With many classes the smallest become one bar, the last. */
static void join_small(const struct view *v, const struct bud_change *total,
		       struct chart *c, struct chart_bar *bars)
{
	size_t at = MOST_CLASSES - 1;
	struct chart_bar rest = {.value = {.kind = CELL_MONEY}};
	struct cell count = cell_value(UNIT_COUNT, (int64_t)(c->n - at));
	struct cell share = {.kind = CELL_PPM, .one_digit = true};
	struct str number = view_number(v, &count);

	if (c->n <= MOST_CLASSES)
		return;
	for (size_t i = at; i < c->n; i++) {
		rest.end = value_sum(rest.end, bars[i].end);
		rest.has_past |= bars[i].has_past;
		rest.past = value_sum(rest.past, bars[i].past);
	}
	decimal_muldiv(rest.end, 1000000, total->to_value, &share.number);
	rest.value.number = rest.end;
	rest.label = view_say(v, "chart-others", &number, 1);
	rest.aside = view_number(v, &share);
	bars[at] = rest;
	c->n = MOST_CLASSES;
}

/* What expenditure is made up of, where the classes add up to nearly all. */
static bool makeup_chart(const struct view *v, const struct digest *d,
			 struct chart *out)
{
	static const char *const FUNDS[] = {"", "fiscal", "general"};
	struct chart_bar *bars =
		ARENA_ARRAY(v->arena, struct chart_bar, LAST_CLASS - 200);
	const struct bud_change *total = NULL;
	struct str args[3];
	int64_t sum = 0;

	*out = (struct chart){.money = v->options->money, .bars = bars};
	for (size_t f = 0; f < 3 && out->n < 2; f++) {
		total = digest_find(d, "expenditure", FUNDS[f], "");
		if (!total || !total->has_to || total->to_value <= 0)
			continue;
		out->n = class_bars(v, d, total, bars, &sum);
		if (sum < total->to_value / 100 * 99 ||
		    sum / 101 > total->to_value / 100 + 1)
			out->n = 0;
	}
	if (!total || out->n < 2)
		return false;
	qsort(bars, out->n, sizeof *bars, compare_bars);
	join_small(v, total, out, bars);
	args[0] = bars[0].label;
	args[1] = bars[0].aside;
	out->title = view_say(v, "makeup-title", args, 2);
	name_periods(v, total, out);
	args[0] = out->now;
	args[1] = out->before;
	args[2] = money_name(v->options->money, v->labels->lang);
	out->subtitle = view_say(v,
				 has_past(out) ? "makeup-sub" : "makeup-sub-1",
				 args, 3);
	out->summary = html_say_bars(v, out);
	return true;
}

static int compare_growth(const void *x, const void *y)
{
	const struct bud_change *const *a = x, *const *b = y;

	if ((*a)->growth != (*b)->growth)
		return (*a)->growth > (*b)->growth ? -1 : 1;
	return str_compare((*a)->entity, (*b)->entity);
}

static int compare_spent(const void *x, const void *y)
{
	const struct bud_change *const *a = x, *const *b = y;

	if ((*a)->to_value != (*b)->to_value)
		return (*a)->to_value > (*b)->to_value ? -1 : 1;
	return str_compare((*a)->entity, (*b)->entity);
}

/* One pair of years only, that of the first: others are no comparison. */
static size_t comparable(const struct view *v, const struct digest *all,
			 bool growth, const struct bud_change **list)
{
	size_t n = 0;

	for (size_t i = 0; i < v->model->n_entities; i++) {
		const struct bud_change *c = digest_spent(&all[i]);

		if (!c || c->unit != UNIT_FEN || (growth && !c->has_growth))
			continue;
		if (!n || (c->to_year == list[0]->to_year &&
			   c->to_phase == list[0]->to_phase &&
			   (!growth || c->from_year == list[0]->from_year)))
			list[n++] = c;
	}
	return n;
}

static void name_rank(const struct view *v, const struct bud_change *c,
		      bool growth, struct chart *out)
{
	struct str args[3] = {out->bars[0].label,
			      view_number(v, &out->bars[0].value)};

	if (!growth)
		args[1] = view_amount(v, c->to_value);
	out->title = view_say(v,
			      !growth ? "rank-most"
			      : c->growth < 0 ? "rank-down"
					      : "rank-up",
			      args, 2);
	args[0] = view_period_short(v, c->from_year, c->from_phase);
	args[1] = view_period_short(v, c->to_year, c->to_phase);
	args[2] = money_name(v->options->money, v->labels->lang);
	out->subtitle = view_say(v, growth ? "rank-sub" : "rank-most-sub",
				 args, 3);
	out->summary = html_say_bars(v, out);
}

/* By growth, or by size where the years before are not known. */
static bool rank_chart(const struct view *v, const struct digest *all,
		       struct chart *out)
{
	const struct bud_change **list =
		arena_array(v->arena, v->model->n_entities, sizeof *list);
	struct chart_bar *bars =
		ARENA_ARRAY(v->arena, struct chart_bar, MOST_RANKED);
	size_t n = comparable(v, all, true, list);
	bool growth = n > 1;

	if (!growth)
		n = comparable(v, all, false, list);
	if (n < 2)
		return false;
	qsort(list, n, sizeof *list, growth ? compare_growth : compare_spent);
	*out = (struct chart){.money = v->options->money, .bars = bars};
	for (size_t i = 0; i < n && out->n < MOST_RANKED; i++) {
		struct cell cells[CHANGE_CELLS] = {{.kind = CELL_EMPTY}};

		view_change_cells(v, list[i], cells);
		bars[out->n++] = (struct chart_bar){
			.label = list[i]->entity,
			.value = cells[growth ? CHANGE_GROWTH : CHANGE_TO],
			.end = growth ? list[i]->growth : list[i]->to_value,
			.aside = growth ? view_number(v, &cells[CHANGE_DELTA])
					: html_rate(v, list[i])};
	}
	name_rank(v, list[0], growth, out);
	return true;
}

static void put_table_head(struct buf *out, const struct chart *c)
{
	buf_puts(out, "<thead><tr><td></td><th scope=\"col\" class=\"num\">");
	escape_html(out, c->before);
	buf_puts(out, "</th><th scope=\"col\" class=\"num\">");
	escape_html(out, c->now);
	buf_puts(out, "</th><td></td></tr></thead>\n");
}

static void put_table_row(struct buf *out, const struct view *v,
			  const struct chart *c, const struct chart_bar *b)
{
	struct cell past = {.kind = CELL_MONEY, .number = b->past};

	buf_puts(out, "<tr><th scope=\"row\">");
	escape_html(out, b->label);
	buf_puts(out, "</th>");
	if (has_past(c)) {
		buf_puts(out, "<td class=\"num\">");
		if (b->has_past)
			html_cell(out, v, &past);
		buf_puts(out, "</td>");
	}
	buf_puts(out, "<td class=\"num\">");
	html_cell(out, v, &b->value);
	buf_puts(out, "</td><td class=\"num\">");
	escape_number(out, b->aside);
	buf_puts(out, "</td></tr>\n");
}

void html_chart(struct buf *out, const struct view *v, struct chart *c,
		const char *kind, size_t number)
{
	static const char *const CLASSES[] = {"bars", "steps", "years"};

	c->id = str_format(v->arena, "%s-%zu", kind, number);
	buf_printf(out, "<figure class=\"%s\"><figcaption><h3>",
		   CLASSES[c->kind]);
	escape_html(out, c->title);
	buf_puts(out, "</h3>");
	if (c->kind != CHART_COLUMNS) {
		buf_puts(out, "<p class=\"note\">");
		escape_html(out, c->subtitle);
		buf_puts(out, "</p>");
	}
	buf_puts(out, "</figcaption>\n");
	chart_write(out, c);
	buf_puts(out, "<details><summary>");
	escape_html(out, label_word(v->labels, "chart-table"));
	buf_puts(out, "</summary><table>");
	if (has_past(c))
		put_table_head(out, c);
	buf_puts(out, "<tbody>\n");
	for (size_t i = 0; i < c->n; i++)
		put_table_row(out, v, c, &c->bars[i]);
	buf_puts(out, "</tbody></table></details></figure>\n");
}

void html_charts(struct buf *out, const struct view *v,
		 const struct digest *d, size_t number)
{
	struct chart change, makeup, publics;
	bool has_change = html_explain(v, d, &change);
	bool has_public = public_chart(v, d, &publics);
	bool has_makeup = makeup_chart(v, d, &makeup);

	if (!has_change && !has_public && !has_makeup)
		return;
	buf_puts(out, "<div class=\"charts\">\n");
	if (has_change)
		html_chart(out, v, &change, "change", number);
	if (has_makeup)
		html_chart(out, v, &makeup, "makeup", number);
	if (has_public)
		html_chart(out, v, &publics, "public", number);
	buf_puts(out, "</div>\n");
}

void html_rank_chart(struct buf *out, const struct view *v,
		     const struct digest *all)
{
	struct chart c;

	if (!rank_chart(v, all, &c))
		return;
	buf_puts(out, "<section class=\"charts\">\n");
	html_chart(out, v, &c, "rank", 0);
	buf_puts(out, "</section>\n");
}
