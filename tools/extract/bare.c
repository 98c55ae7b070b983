/*
 * A phrase that names neither item nor part: a fund, a phase, a year, a total.
 * The list, the thing named last and the heading say what it is.
 */
#include "extract/sides.h"

/* Money of a source, of which no more is said. */
static bool complete_fund(const struct narrative *n, const struct subject *s,
			  struct mention *out)
{
	const struct frame *f = open_frame(n);
	const struct subject *heading = scope_subject(&n->scope);
	const struct mention *m = NULL;
	struct coordinates c;

	if (f && f->head.n)
		m = &f->head;
	else if (n->head.n)
		m = &n->head;
	else if (n->last.n)
		m = &n->last;
	c = (struct coordinates){.item = s->allotted ? EXPENDITURE
						     : REVENUE};
	if (m && !side_of(m->at[0].item))
		return false;
	if (s->balance && (!m || !is_balance(m->at[0].item)))
		return false;
	if (m) {
		c = m->at[0];
		c.function = c.economic = c.nature =
			(struct str){NULL, 0};
		/* 收支总预算…其中：一般公共预算拨款: a source */
		if (m->n > 1 || str_equal(c.item, REVENUE_TOTAL))
			c.item = REVENUE;
	} else if (heading->n_items && !subject_is_memo(heading)) {
		c.item = heading->items[0];
	}
	c.fund = s->fund;
	if (n->unplanned && !(f && f->head.n)) /* 国有资本经营预算未安排 */
		c.item = EXPENDITURE;
	out->at[0] = c;
	out->n = 1;
	return true;
}

/* What the heading names. */
static void complete_heading(const struct narrative *n, struct mention *out)
{
	const struct subject *heading = scope_subject(&n->scope);
	const struct coordinates *w;

	out->at[0] = (struct coordinates){.item = heading->items[0],
					  .fund = heading->fund,
					  .function = heading->function,
					  .economic = heading->economic,
					  .nature = heading->nature};
	/* 1.行政运行（项）。年初预算为X: part of the head above */
	w = is_part(heading) ? resolve_whole(n, heading->items[0], false)
			      : NULL;
	if (w)
		inherit(&out->at[0].fund, w->fund);
	out->count[0] = heading->count;
	out->n = 1;
}

/* What has neither item nor part: a fund, a phase, a year, a total. */
bool resolve_bare(const struct narrative *n, const struct subject *s,
		  bool level, struct mention *out)
{
	const struct subject *heading = scope_subject(&n->scope);

	if (s->fund.n) {
		if (!complete_fund(n, s, out))
			return false;
	} else if (n->last.n && n->last.fact < n->paragraph_fact && level &&
		   (is_balance(n->last.at[0].item) ||
		    str_equal(n->last.at[0].item, STR("surplus_allocation")))) {
		return false; /* 年末结转X。 … 年初预算数Y */
	} else if (n->last.n && (!level || s->phase || n->respectively ||
				 (n->last.count[0] && n->last.fact >=
							      n->sentence_fact) ||
				 (s->year && n->last.fact >= n->sentence_fact))) {
		mention_copy(out, &n->last);
	} else if (heading->n_items) {
		complete_heading(n, out);
	} else if (n->last.n) {
		mention_copy(out, &n->last);
	} else {
		return false;
	}
	for (size_t i = 0; i < out->n; i++) {
		if (s->year)
			out->at[i].year = s->year;
		if (s->phase)
			out->at[i].phase = s->phase;
		if (s->total)
			out->at[i].item = with_total(out->at[i].item);
	}
	return true;
}
