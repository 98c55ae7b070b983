/*
 * When a cell is of, and what a change or a rate in it is held against.
 */
#include "extract/table_site.h"

void site_find_time(const struct site *at, struct coordinates *c)
{
	const struct meaning *col = &at->col->means, *row = &at->row->means;

	c->year = col->year	       ? col->year
		  : row->year	       ? row->year
		  : at->l->title.year  ? at->l->title.year
				       : at->s->x->year;
	c->phase = col->phase		? col->phase
		   : row->phase		? row->phase
		   : at->l->title.phase ? at->l->title.phase
					: at->s->x->phase;
}

static bool same_but_time(const struct column *a, const struct column *b)
{
	return a->means.n_items == b->means.n_items &&
	       (!a->means.n_items ||
		str_equal(a->means.items[0], b->means.items[0])) &&
	       str_equal(a->means.fund, b->means.fund) &&
	       str_equal(a->means.economic, b->means.economic) &&
	       str_equal(a->means.function, b->means.function) &&
	       str_equal(a->means.nature, b->means.nature);
}

/* Which columns a change or a rate is between: the two nearest on the left
 * that hold levels of the same thing. */
static void find_compared(const struct site *at, const struct meaning *m,
			  struct result *out)
{
	const struct column *levels[2] = {NULL, NULL};
	struct coordinates *c = &out->at, now, then;
	size_t n = 0;
	struct site other = *at;

	for (unsigned k = at->c; k > at->side->first && n < 2 &&
				 at->c - k < MOST_APART;
	     k--) {
		const struct column *col = &at->l->columns[k - 1];

		if (col->role == ROLE_VALUE && !col->again &&
		    !col->means.has_kind &&
		    same_but_time(col, at->col))
			levels[n++] = col;
	}
	if (m->vs_year || m->vs_phase || n < 2) {
		out->vs_year = m->vs_year;
		out->vs_phase = m->vs_phase;
		if (n) {
			other.col = levels[0];
			site_find_time(&other, &now);
			if (!at->col->means.year)
				c->year = now.year;
			if (!at->col->means.phase)
				c->phase = now.phase;
		}
		if (!out->vs_year && c->year)
			out->vs_year = c->kind == KIND_COMPLETION ||
						       (out->vs_phase &&
							out->vs_phase != c->phase)
					       ? c->year
					       : c->year - 1;
		if (!out->vs_phase)
			out->vs_phase = c->kind == KIND_COMPLETION
						? PHASE_APPROVED
						: c->phase;
		return;
	}
	other.col = levels[0];
	site_find_time(&other, &now);
	other.col = levels[1];
	site_find_time(&other, &then);
	if (then.year > now.year ||
	    (then.year == now.year && then.phase > now.phase)) {
		struct coordinates swap = now;

		now = then;
		then = swap;
	}
	c->year = now.year;
	c->phase = now.phase;
	out->vs_year = then.year;
	out->vs_phase = then.phase;
}

void site_find_kind(const struct site *at, struct result *out)
{
	const struct meaning *m = at->col->means.has_kind ? &at->col->means
							  : &at->row->means;
	struct coordinates *c = &out->at;

	c->kind = KIND_LEVEL;
	if (!m->has_kind)
		return;
	c->kind = m->kind;
	if (c->kind == KIND_CHANGE && at->cell->percent)
		c->kind = KIND_GROWTH;
	if (c->kind != KIND_SHARE)
		find_compared(at, m, out);
}
