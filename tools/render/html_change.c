/*
 * The chart of a year's change. Which breakdown explains it is decided by
 * arithmetic: the first whose parts add up to the change, else the one that
 * comes nearest.
 */
#include <stdlib.h>

#include "render/chart.h"
#include "render/html_part.h"

enum { MOST_BARS = 12 };

enum split { SPLIT_FUNCTION, SPLIT_NATURE, SPLIT_FUND };

struct breakdown {
	const struct bud_change *total;
	const struct bud_change **parts; /* the largest increase first */
	size_t n;
	enum split split;
	int64_t missing; /* of the total's change, not in the parts */
};

/* Whether the class that a code is in has a change of its own. */
static bool has_wider(const struct digest *d, const struct bud_change *c)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct bud_change *x = d->changes[i];

		if (x->has_delta && x->function.n &&
		    x->function.n < c->function.n && !x->nature.n &&
		    !x->economic.n && str_equal(x->item, c->item) &&
		    str_equal(x->fund, c->fund) &&
		    str_starts(c->function, x->function))
			return true;
	}
	return false;
}

static bool is_part(const struct digest *d, const struct bud_change *c,
		    const struct bud_change *total, enum split split)
{
	bool fund = str_equal(c->fund, total->fund);

	if (!str_equal(c->item, STR("expenditure")) || c->economic.n ||
	    !c->has_delta)
		return false;
	switch (split) {
	case SPLIT_FUNCTION:
		return fund && c->function.n && !c->nature.n &&
		       !has_wider(d, c);
	case SPLIT_NATURE:
		return fund && !c->function.n && c->nature.n &&
		       str_find(c->nature, STR(".")) == SIZE_MAX;
	default:
		/* fiscal is the sum of general and the other two budgets */
		return !total->fund.n && c->fund.n && !c->function.n &&
		       !c->nature.n && !str_equal(c->fund, STR("fiscal"));
	}
}

static int compare_delta(const void *x, const void *y)
{
	const struct bud_change *const *a = x, *const *b = y;

	if ((*a)->delta != (*b)->delta)
		return (*a)->delta > (*b)->delta ? -1 : 1;
	return str_compare((*a)->function, (*b)->function);
}

static struct breakdown split_change(const struct view *v,
				     const struct digest *d,
				     const struct bud_change *total,
				     enum split split)
{
	struct breakdown b = {.total = total, .split = split,
			      .missing = total->delta};

	b.parts = arena_array(v->arena, d->n, sizeof *b.parts);
	for (size_t i = 0; i < d->n; i++) {
		const struct bud_change *c = d->changes[i];

		if (!is_part(d, c, total, split))
			continue;
		b.missing = value_difference(b.missing, c->delta);
		if (c->delta || c->to_value)
			b.parts[b.n++] = c;
	}
	b.missing = value_magnitude(b.missing);
	if (b.n)
		qsort(b.parts, b.n, sizeof *b.parts, compare_delta);
	return b;
}

static struct breakdown explain(const struct view *v, const struct digest *d)
{
	/* Totals with balances brought forward explain less: they are last. */
	static const struct {
		const char *item, *fund;
	} TOTALS[] = {{"expenditure", ""},
		      {"expenditure", "fiscal"},
		      {"expenditure", "general"},
		      {"expenditure_total", ""}};
	static const enum split SPLITS[] = {SPLIT_FUNCTION, SPLIT_NATURE,
					    SPLIT_FUND};
	struct breakdown best = {0};

	for (size_t s = 0; s < 3; s++)
		for (size_t t = 0; t < sizeof TOTALS / sizeof *TOTALS; t++) {
			const struct bud_change *total = digest_find(
				d, TOTALS[t].item, TOTALS[t].fund, "");
			struct breakdown b;

			if (!total || !total->has_delta)
				continue;
			b = split_change(v, d, total, SPLITS[s]);
			if (b.n > 1 && (!best.n || b.missing < best.missing))
				best = b;
		}
	return best;
}

/* ---- words ------------------------------------------------------------ */

static struct str part_name(const struct view *v, const struct breakdown *b,
			    const struct bud_change *c)
{
	if (b->split == SPLIT_FUNCTION)
		return label_function(v->labels, c->function, c->to_year);
	if (b->split == SPLIT_NATURE)
		return label_name(v->labels, "natures", c->nature);
	return label_name(v->labels, "funds", c->fund);
}

/* "Expenditure up 15.36, mostly on …": mostly where it is over half. */
static struct str title_of(const struct view *v, const struct breakdown *b)
{
	const struct bud_change *main_part =
		b->total->delta < 0 ? b->parts[b->n - 1] : b->parts[0];
	bool down = b->total->delta < 0;
	bool same_way = down ? main_part->delta < 0 : main_part->delta > 0;
	bool most = down ? main_part->delta <= b->total->delta / 2
			 : main_part->delta >= b->total->delta / 2;
	struct str args[] = {view_amount(v, b->total->delta),
			     part_name(v, b, main_part)};

	if (!b->total->delta)
		return view_say(v, "chart-same", args, 2);
	if (!same_way)
		return view_say(v, down ? "chart-down" : "chart-up", args, 2);
	return view_say(v,
			down ? most ? "chart-down-most" : "chart-down-lead"
			: most ? "chart-up-most"
			       : "chart-up-lead",
			args, 2);
}

static struct str subtitle_of(const struct view *v, const struct breakdown *b)
{
	static const char *const WORDS[] = {"split-function", "split-nature",
					    "split-fund"};
	const struct bud_change *c = b->total;
	struct str args[] = {
		view_period_short(v, c->from_year, c->from_phase),
		view_period_short(v, c->to_year, c->to_phase),
		label_word(v->labels, WORDS[b->split]),
		money_name(v->options->money, v->labels->lang),
	};

	return view_say(v, "chart-sub", args, 4);
}

/* ---- bars ------------------------------------------------------------- */

/*
 * The parts lie from the largest increase to the largest decrease: with too
 * many, those in the middle matter least and become one bar, the last.
 */
static size_t fill_bars(const struct view *v, const struct breakdown *b,
			struct chart_bar *bars)
{
	size_t shown = b->n > MOST_BARS ? MOST_BARS - 1 : b->n;
	size_t head = 0, tail = b->n, n = 0, rest = b->n - shown;
	struct cell others = cell_difference(UNIT_FEN, 0);
	struct cell count = cell_value(UNIT_COUNT, (int64_t)rest);
	struct str number;

	while (head + (b->n - tail) < shown) {
		if (value_magnitude(b->parts[head]->delta) >=
		    value_magnitude(b->parts[tail - 1]->delta))
			head++;
		else
			tail--;
	}
	for (size_t i = 0; i < b->n; i++) {
		const struct bud_change *c = b->parts[i];
		struct cell cells[CHANGE_CELLS] = {{.kind = CELL_EMPTY}};

		if (i >= head && i < tail) {
			others.number = value_sum(others.number, c->delta);
			continue;
		}
		view_change_cells(v, c, cells);
		bars[n++] = (struct chart_bar){
			.label = part_name(v, b, c),
			.value = cells[CHANGE_DELTA],
			.aside = html_rate(v, c)};
	}
	if (rest) {
		number = view_number(v, &count);
		bars[n++] = (struct chart_bar){
			.label = view_say(v, "chart-others", &number, 1),
			.value = others};
	}
	return n;
}

bool html_explain(const struct view *v, const struct digest *d,
		  struct chart *c)
{
	struct breakdown b = explain(v, d);
	struct chart_bar *bars;

	if (!b.n)
		return false;
	bars = ARENA_ARRAY(v->arena, struct chart_bar, MOST_BARS);
	*c = (struct chart){.title = title_of(v, &b),
			    .subtitle = subtitle_of(v, &b),
			    .money = v->options->money, .bars = bars};
	c->n = fill_bars(v, &b, bars);
	c->summary = html_say_bars(v, c);
	return true;
}

bool html_change_chart(struct buf *out, const struct view *v,
		       const struct digest *d, struct str style)
{
	struct chart c;

	if (!html_explain(v, d, &c))
		return false;
	c.id = STR("change");
	c.alone = true;
	c.style = style;
	chart_write(out, &c);
	return true;
}
