/*
 * Amounts of cells: which unit holds, and what one unit in the last digit is
 * worth. A bare zero is as fine as the finest amount of its row or, where the
 * row has none, of its column.
 */
#include "extract/table_site.h"

/* The decimals of a money cell, else 0. */
static unsigned decimals_of(const struct site *at, unsigned row, unsigned col)
{
	const struct table_cell *c = matrix_cell(at->s->m, row, col);
	const struct column *column = &at->l->columns[col];

	return c && c->kind == CELL_NUMBER && !c->percent && !c->measure &&
			       column->role == ROLE_VALUE &&
			       !column->means.percent && !column->means.count
		       ? c->number.decimals
		       : 0;
}

/* The finest decimals among the money cells of the row. */
static unsigned finest_in_row(const struct site *at)
{
	struct segment *s = at->s;

	if (s->fine_row == at->r + 1)
		return s->fine_in_row;
	s->fine_row = at->r + 1;
	s->fine_in_row = 0;
	for (unsigned col = 0; col < at->l->n_cols; col++) {
		unsigned n = decimals_of(at, at->r, col);

		if (n > s->fine_in_row)
			s->fine_in_row = n;
	}
	return s->fine_in_row;
}

/* The same of the column. */
static unsigned finest_in_column(const struct site *at)
{
	struct segment *s = at->s;
	unsigned best = 0;

	if (!s->fine_in_column)
		s->fine_in_column =
			ARENA_ARRAY(s->x->arena, unsigned, at->l->n_cols);
	if (s->fine_in_column[at->c])
		return s->fine_in_column[at->c] - 1;
	for (unsigned row = s->from; row < s->to; row++) {
		unsigned n = decimals_of(at, row, at->c);

		if (n > best)
			best = n;
	}
	s->fine_in_column[at->c] = best + 1;
	return best;
}

/* Where no unit is stated: 元 for whole numbers of six digits and more, and
 * for amounts that would be more than 万亿 in 万元. */
static int64_t guess_scale(const struct site *at)
{
	const struct matrix *m = at->s->m;
	bool decimals = false;
	int64_t most = 0, large = 0;

	for (size_t k = 0; k < m->n_cells; k++) {
		const struct table_cell *c = &m->cells[k];

		if (c->kind != CELL_NUMBER || c->measure || c->percent ||
		    at->l->columns[c->at.col].role != ROLE_VALUE)
			continue;
		decimals = decimals || c->number.decimals;
		if (c->number.decimals <= 2 &&
		    c->number.digits > (c->number.decimals == 2
						? 1000000000
						: 100000000))
			large++;
		if (!c->number.decimals && c->number.digits > most)
			most = c->number.digits;
	}
	return large || (!decimals && most >= 100000) ? DECIMAL_FEN_YUAN
						      : DECIMAL_FEN_WAN;
}

static int64_t money_scale(const struct site *at, bool *guessed)
{
	const struct lexicon_unit *u = NULL;
	const struct lexicon_unit *candidates[] = {
		at->cell->measure, at->row->means.unit, at->col->means.unit,
		at->l->unit};

	*guessed = false;
	for (size_t k = 0; k < sizeof candidates / sizeof *candidates; k++)
		if (!u && candidates[k] && candidates[k]->unit == UNIT_FEN)
			u = candidates[k];
	if (u)
		return u->scale;
	*guessed = true;
	if (at->s->memory->unit)
		return at->s->memory->unit->scale;
	if (!at->s->guessed)
		at->s->guessed = guess_scale(at);
	return at->s->guessed;
}

/* 车辆 200.00 in a table of 万元: what the cars are worth, not how many. */
static bool is_worth(const struct site *at)
{
	const struct lexicon_unit *row = at->row->means.unit,
				  *col = at->col->means.unit;

	return at->l->unit && at->l->unit->unit == UNIT_FEN &&
	       at->cell->number.decimals == 2 &&
	       !(at->col->means.count && !at->col->means.n_items) &&
	       !(row && row->unit == UNIT_COUNT) &&
	       !(col && col->unit == UNIT_COUNT);
}

struct value site_read_value(const struct site *at, const struct result *r)
{
	const struct table_cell *c = at->cell;
	struct value v = {.unit = UNIT_FEN};
	int64_t scale;

	if (c->percent || r->at.kind >= KIND_GROWTH ||
	    (at->col->means.percent && !c->measure)) {
		v.unit = UNIT_PPM;
		v.valid = table_cell_value(c, DECIMAL_PPM_PERCENT, &v.value,
				     &v.quantum);
		return v;
	}
	if ((c->measure && c->measure->unit == UNIT_COUNT) ||
	    (!c->measure && !is_worth(at) && (item_is_count(r->at.item) ||
			     at->col->means.count || at->row->means.count) &&
	     !(r->at.item.n && !item_is_count(r->at.item) &&
	       !r->why.n))) {
		v.unit = UNIT_COUNT;
		v.valid = table_cell_value(c, 1, &v.value, &v.quantum);
		v.quantum = 0;
		return v;
	}
	if (c->measure && c->measure->unit == UNIT_PPM) {
		v.unit = UNIT_PPM;
		v.valid = table_cell_value(c, c->measure->scale, &v.value,
				     &v.quantum);
		return v;
	}
	scale = money_scale(at, &v.guessed);
	v.valid = table_cell_value(c, scale, &v.value, &v.quantum);
	if (v.valid && !v.value && !c->number.decimals) {
		unsigned decimals = finest_in_row(at);

		if (!decimals)
			decimals = finest_in_column(at);
		for (; decimals && v.quantum > 1; decimals--)
			v.quantum /= 10;
	}
	return v;
}
