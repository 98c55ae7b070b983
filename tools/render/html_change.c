/*
 * The chart of a year's change: a waterfall from one year to the other. Which
 * breakdown explains the change is decided by arithmetic: functional classes
 * where they add up to it, or nearly, else the split that comes nearest. What
 * it leaves open is a bar of its own.
 */
#include <stdlib.h>

#include "render/chart.h"
#include "render/html_part.h"

enum {
	MOST_BARS = 15, /* of parts */
	NEARLY = 10,    /* a tenth of what moved may be left open */
	SEEN = 1000,    /* less than that of what moved is rounding */
};

enum split { SPLIT_FUNCTION, SPLIT_NATURE, SPLIT_FUND, N_SPLITS };

struct part {
	const struct bud_change *change;
	int64_t delta; /* a class that is new or gone was nothing before */
};

struct breakdown {
	const struct bud_change *total;
	struct part *parts; /* the largest increase first */
	size_t n;
	enum split split;
	int64_t missing; /* of the total's change, not in the parts */
	int64_t moved;   /* the sum of all parts without their signs */
};

static bool is_class(const struct bud_change *c, const struct bud_change *of)
{
	return c->function.n && !c->nature.n && !c->economic.n &&
	       str_equal(c->item, of->item) && str_equal(c->fund, of->fund);
}

/*
 * Whether the change of a wider class, or of narrower ones, says more: a wider
 * one that is known in both years wins, then narrower ones that are.
 */
static bool has_better(const struct digest *d, const struct bud_change *c)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct bud_change *x = d->changes[i];

		if (!is_class(x, c) || x == c)
			continue;
		if (x->function.n < c->function.n &&
		    str_starts(c->function, x->function) &&
		    (x->has_delta || !c->has_delta))
			return true;
		if (x->function.n > c->function.n && x->has_delta &&
		    !c->has_delta && str_starts(x->function, c->function))
			return true;
	}
	return false;
}

static bool is_part(const struct digest *d, const struct bud_change *c,
		    const struct bud_change *total, enum split split)
{
	bool fund = str_equal(c->fund, total->fund);

	if (!str_equal(c->item, STR("expenditure")) || c->economic.n)
		return false;
	switch (split) {
	case SPLIT_FUNCTION:
		return fund && c->function.n && !c->nature.n &&
		       !has_better(d, c);
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
	const struct part *a = x, *b = y;

	if (a->delta != b->delta)
		return a->delta > b->delta ? -1 : 1;
	return str_compare(a->change->function, b->change->function);
}

static struct breakdown split_change(const struct view *v,
				     const struct digest *d,
				     const struct bud_change *total,
				     enum split split)
{
	struct breakdown b = {.total = total, .split = split,
			      .missing = total->delta};

	b.parts = ARENA_ARRAY(v->arena, struct part, d->n);
	for (size_t i = 0; i < d->n; i++) {
		const struct bud_change *c = d->changes[i];
		int64_t delta = c->has_delta
					? c->delta
					: value_difference(c->to_value,
							   c->from_value);

		if (!is_part(d, c, total, split))
			continue;
		b.missing = value_difference(b.missing, delta);
		b.moved = value_sum(b.moved, value_magnitude(delta));
		if (delta || c->to_value)
			b.parts[b.n++] = (struct part){c, delta};
	}
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
	struct breakdown best = {0};

	for (int s = SPLIT_FUNCTION; s < N_SPLITS; s++)
		for (size_t t = 0; t < sizeof TOTALS / sizeof *TOTALS; t++) {
			const struct bud_change *total = digest_find(
				d, TOTALS[t].item, TOTALS[t].fund, "");
			struct breakdown b;

			if (!total || !total->has_delta)
				continue;
			b = split_change(v, d, total, (enum split)s);
			if (b.n < 2)
				continue;
			if (value_magnitude(b.missing) <= b.moved / NEARLY)
				return b;
			if (!best.n || value_magnitude(b.missing) <
					       value_magnitude(best.missing))
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
	const struct part *main_part =
		&b->parts[b->total->delta < 0 ? b->n - 1 : 0];
	bool down = b->total->delta < 0;
	bool same_way = down ? main_part->delta < 0 : main_part->delta > 0;
	bool most = down ? main_part->delta <= b->total->delta / 2
			 : main_part->delta >= b->total->delta / 2;
	struct str args[] = {view_amount(v, b->total->delta),
			     part_name(v, b, main_part->change)};

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

static struct str aside_of(const struct view *v, const struct bud_change *c)
{
	if (!c->has_from)
		return label_word(v->labels, "status-added");
	if (!c->has_to)
		return label_word(v->labels, "status-removed");
	return html_rate(v, c);
}

/* One step of the waterfall: from where the one before it ended. */
static void add_step(struct chart_bar *bars, size_t *n, struct chart_bar bar,
		     int64_t delta)
{
	bar.start = bars[*n - 1].end;
	bar.end = value_sum(bar.start, delta);
	bars[(*n)++] = bar;
}

static void add_part(const struct view *v, const struct breakdown *b,
		     const struct part *p, struct chart_bar *bars, size_t *n)
{
	struct cell cells[CHANGE_CELLS] = {{.kind = CELL_EMPTY}};
	struct cell value = cell_difference(UNIT_FEN, p->delta);

	view_change_cells(v, p->change, cells);
	value.source = cells[p->change->has_delta ? CHANGE_DELTA
			     : p->change->has_to  ? CHANGE_TO
						  : CHANGE_FROM]
			       .source;
	add_step(bars, n,
		 (struct chart_bar){.label = part_name(v, b, p->change),
				    .value = value,
				    .aside = aside_of(v, p->change)},
		 p->delta);
}

/*
 * The parts lie from the largest increase to the largest decrease: with too
 * many, those in the middle matter least and become one step.
 */
static void add_parts(const struct view *v, const struct breakdown *b,
		      struct chart_bar *bars, size_t *n)
{
	size_t shown = b->n > MOST_BARS ? MOST_BARS - 1 : b->n;
	size_t head = 0, tail = b->n;
	struct cell others = cell_difference(UNIT_FEN, 0);
	struct cell count = cell_value(UNIT_COUNT, (int64_t)(b->n - shown));
	struct str number = view_number(v, &count);

	while (head + (b->n - tail) < shown) {
		if (value_magnitude(b->parts[head].delta) >=
		    value_magnitude(b->parts[tail - 1].delta))
			head++;
		else
			tail--;
	}
	for (size_t i = head; i < tail; i++)
		others.number = value_sum(others.number, b->parts[i].delta);
	for (size_t i = 0; i < head; i++)
		add_part(v, b, &b->parts[i], bars, n);
	if (head < tail)
		add_step(bars, n,
			 (struct chart_bar){.label = view_say(v, "chart-others",
							      &number, 1),
					    .value = others},
			 others.number);
	for (size_t i = tail; i < b->n; i++)
		add_part(v, b, &b->parts[i], bars, n);
}

static size_t fill_bars(const struct view *v, const struct breakdown *b,
			struct chart_bar *bars)
{
	const struct bud_change *c = b->total;
	struct cell cells[CHANGE_CELLS] = {{.kind = CELL_EMPTY}};
	struct cell rest = cell_difference(UNIT_FEN, b->missing);
	size_t n = 0;

	view_change_cells(v, c, cells);
	bars[n++] = (struct chart_bar){
		.is_total = true, .value = cells[CHANGE_FROM],
		.label = view_period_short(v, c->from_year, c->from_phase)};
	add_parts(v, b, bars, &n);
	if (value_magnitude(b->missing) > b->moved / SEEN)
		add_step(bars, &n,
			 (struct chart_bar){.label = label_word(v->labels,
								"chart-rest"),
					    .value = rest},
			 b->missing);
	bars[n++] = (struct chart_bar){
		.is_total = true, .value = cells[CHANGE_TO], .end = c->delta,
		.label = view_period_short(v, c->to_year, c->to_phase),
		.aside = html_rate(v, c)};
	return n;
}

bool html_explain(const struct view *v, const struct digest *d,
		  struct chart *c)
{
	struct breakdown b = explain(v, d);
	struct chart_bar *bars;

	if (!b.n)
		return false;
	/* The parts, what they leave open, and the two years. */
	bars = ARENA_ARRAY(v->arena, struct chart_bar, MOST_BARS + 3);
	*c = (struct chart){.kind = CHART_STEPS,
			    .title = title_of(v, &b),
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
