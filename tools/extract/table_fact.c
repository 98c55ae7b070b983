/*
 * Cells → facts: the meanings of title, side, column and row become one set
 * of coordinates. Where two of them contradict, or one is not understood, the
 * amount becomes a residue that says why.
 */
#include <string.h>

#include "base/map.h"
#include "extract/table_site.h"

static bool is(struct str s, const char *word)
{
	return str_equal(s, str_of(word));
}

/* ---- coordinates ----------------------------------------------------------- */

static void take_item(struct str *item, bool *generic,
		      const struct meaning *m)
{
	int old = item_rank(*item, *generic), new;

	if (m->n_items != 1)
		return;
	new = item_rank(m->items[0], m->generic);
	/* a source named on the side of expenditure: its fund */
	if (is(m->items[0], "revenue") && m->fund.n && is(*item, "expenditure"))
		return;
	if (new < old && !(new == 1 && old == 1))
		return;
	*item = m->items[0];
	*generic = m->generic;
}

/* Whether a sum includes balances: then it is revenue_total and the like. */
static bool includes_balances(const struct site *at, bool revenue)
{
	const struct row_label *row = at->row;
	const struct column *col = at->col;
	bool plain = !col->means.n_items || col->means.sum ||
		     item_rank(col->means.items[0], col->means.generic) <= 1;

	if ((row->whole || row->means.sum) && !row->means.current &&
	    !col->means.current && at->balance && plain)
		return true;
	if (row->means.current || row->balance || col->means.current)
		return false;
	if (!(col->means.total || col->means.part || col->means.sum) ||
	    !plain || col->means.fund.n || col->means.nature.n ||
	    col->means.economic.n || col->means.function.n)
		return false;
	return revenue ? at->l->has_balance : at->l->has_balance_out;
}

static void find_item(const struct site *at, struct result *out)
{
	struct str item = {NULL, 0};
	bool generic = false;

	take_item(&item, &generic, &at->l->title);
	take_item(&item, &generic, &at->side->means);
	take_item(&item, &generic, &at->col->means);
	if (!at->row->class_row) {
		take_item(&item, &generic, &at->row->means);
		if (at->row->means.n_items == 2) {
			item = at->row->means.items[0];
			out->second = at->row->means.items[1];
		}
	}
	if (!item.n)
		item = at->row->context;
	if (!item.n && at->row->class_row) /* classes are of expenditure */
		item = STR("expenditure");
	if (is(item, "revenue") && includes_balances(at, true))
		item = STR("revenue_total");
	else if (is(item, "expenditure") && includes_balances(at, false))
		item = STR("expenditure_total");
	out->at.item = item;
}

static bool within_fiscal(struct str fund)
{
	return is(fund, "general") || is(fund, "government_fund") ||
	       is(fund, "state_capital");
}

/* The inner fund, unless it says less than the outer; false: they differ. */
static bool merge_fund(struct str *fund, struct str inner, bool strict)
{
	if (!inner.n || str_equal(*fund, inner))
		return true;
	if (fund->n && is(inner, "fiscal") && within_fiscal(*fund))
		return true;
	if (strict && fund->n && !(is(*fund, "fiscal") && within_fiscal(inner)))
		return false;
	*fund = inner;
	return true;
}

static bool merge_nature(struct str *nature, struct str inner, bool strict)
{
	if (!inner.n || str_starts(*nature, inner))
		return true;
	if (strict && nature->n && !str_starts(inner, *nature))
		return false;
	*nature = inner;
	return true;
}

/* False: the row and the column contradict each other. */
static bool find_fund_and_nature(const struct site *at, struct result *out)
{
	struct coordinates *c = &out->at;

	c->fund = at->l->title.fund;
	c->nature = at->l->title.nature;
	merge_fund(&c->fund, at->side->means.fund, false);
	merge_nature(&c->nature, at->side->means.nature, false);
	merge_fund(&c->fund, at->col->means.fund, false);
	merge_nature(&c->nature, at->col->means.nature, false);
	return merge_fund(&c->fund, at->row->means.fund,
			  at->col->means.fund.n > 0) &&
	       merge_nature(&c->nature, at->row->means.nature,
			    at->col->means.nature.n > 0);
}

/* Whether all columns of amounts on a side say the same fund: 当年财政拨款预算
 * 安排 over all of them. */
static bool shares_fund(const struct site *at)
{
	unsigned k = at->col->side;

	return at->s->sides[k].one_fund &&
	       str_equal(at->s->sides[k].fund, at->col->means.fund);
}

/* Memo items carry no fund: one of the whole table is their scope, one that
 * splits them is a part without coordinate. */
static void settle_memo(const struct site *at, struct result *out)
{
	struct coordinates *c = &out->at;

	out->scope = at->l->title.fund;
	if (at->col->means.fund.n && shares_fund(at))
		merge_fund(&out->scope, at->col->means.fund, false);
	else if (at->col->means.fund.n && at->col->group.n_items &&
	    item_is_memo(at->col->group.items[0]))
		out->scope = at->col->means.fund;
	else if (at->col->means.fund.n &&
		 !str_equal(at->col->means.fund, at->l->title.fund))
		out->why = STR("memo_fund");
	if (at->row->means.fund.n)
		out->why = STR("memo_fund");
	if (!is(out->scope, "general") && !is(out->scope, "fiscal"))
		out->scope = (struct str){NULL, 0};
	c->fund = (struct str){NULL, 0};
	c->nature = (struct str){NULL, 0};
}

/* False: the row and the column are of different classes. */
static bool find_classes(const struct site *at, struct coordinates *c)
{
	const struct meaning *col = &at->col->means;

	c->function = at->row->means.function;
	c->economic = at->row->means.economic;
	if (!c->economic.n && at->row->class_row)
		c->economic = at->row->government;
	if ((c->function.n && col->function.n) ||
	    (c->economic.n && col->economic.n))
		return false;
	if (col->function.n)
		c->function = col->function;
	if (col->economic.n)
		c->economic = col->economic;
	return true;
}

/* ---- what a cell means --------------------------------------------------- */

/* Why the words of title, column and row give no coordinates; empty if they
 * may. */
static struct str find_obstacle(const struct site *at)
{
	const struct meaning *col = &at->col->means, *row = &at->row->means;
	const struct meaning *title = &at->l->title;

	if (is(title->why, "target") || is(col->why, "target"))
		return STR("target");
	if (title->why.n)
		return title->why;
	/* 数量 says nothing, but of a thing that is counted */
	if (col->why.n && !(col->count && row->n_items &&
			    item_is_count(row->items[0])))
		return col->why;
	if (at->row->project)
		return STR("project");
	/* 数量 | 金额: what the vehicles cost is not how many there are */
	if (!col->count && row->n_items && item_is_count(row->items[0]) &&
	    at->s->sides[at->col->side].counts)
		return STR("no_item");
	if (row->why.n)
		return row->why;
	if (!at->row->any && at->labelled) /* amounts without a label */
		return STR("unknown");
	if (at->row->any && !at->row->known && !at->row->org) {
		if (is(title->nature, "project") ||
		    (title->n_items && is(title->items[0], "procurement")))
			return STR("project");
		return STR("unknown");
	}
	if (at->row->org && !at->row->known && title->n_items &&
	    is(title->items[0], "procurement"))
		return STR("project");
	if (at->col->head && (!col->known || col->unknown > 2))
		return STR("unknown");
	/* a number among names: 规格型号 */
	if (at->col->head && at->col->role != ROLE_VALUE && at->cell->plain)
		return STR("unknown");
	if (!at->col->head && at->side->end - at->side->first > 3 &&
	    at->l->n_cols > 3)
		return STR("unknown");
	return (struct str){NULL, 0};
}

static bool is_memo_table(const struct layout *l)
{
	return l->title.n_items == 1 && !l->title.mixed &&
	       item_is_memo(l->title.items[0]);
}

/* Whether another column of the same name says something else in this row. */
static bool differs_from_twin(const struct site *at)
{
	struct str all = buf_str(&at->s->x->source->text);
	const struct table_cell *c = at->cell, *other;

	if (at->col->twin < 0)
		return false;
	other = matrix_cell(at->s->m, at->r, (unsigned)at->col->twin);
	return other && other->kind == CELL_NUMBER &&
	       !str_equal(str_slice(all, c->at.start, c->at.end),
			  str_slice(all, other->at.start, other->at.end));
}

static void find_meaning(const struct site *at, struct result *out)
{
	bool agree;

	*out = (struct result){.why = find_obstacle(at)};
	site_find_time(at, &out->at);
	find_item(at, out);
	agree = find_fund_and_nature(at, out) && find_classes(at, &out->at);
	site_find_kind(at, out);
	out->doubt = at->row->doubt;
	if (out->why.n)
		return;
	if (!agree || !out->at.item.n)
		out->why = STR("unknown");
	else if (at->l->title.mixed &&
		 str_equal(out->at.item, at->l->title.items[0]) &&
		 !at->col->means.n_items && !at->row->means.n_items)
		out->why = STR("no_item");
	else if (is_memo_table(at->l) && meaning_is_balance(&at->col->means))
		out->why = STR("memo_fund"); /* procurement, of last year's */
	else if (item_is_memo(out->at.item))
		settle_memo(at, out);
	if (!out->doubt.n && differs_from_twin(at))
		out->doubt = STR("another column has the same name");
	if (!out->doubt.n && at->col->means.unknown)
		out->doubt = STR("column head not wholly understood");
}

/* ---- records --------------------------------------------------------------- */

/* Label and value; what separates the label's cells becomes a blank. */
static struct str quote(const struct site *at)
{
	struct str all = buf_str(&at->s->x->source->text), text;
	struct str value =
		str_slice(all, at->cell->at.start, at->cell->at.end);
	struct str label =
		extract_passage(at->s->x, at->row->start, at->row->end);
	struct buf b = {0};

	if (!at->row->any)
		return value;
	for (size_t i = 0; i < label.n; i++)
		if (label.p[i] != '\t' && label.p[i] != '\n')
			buf_putc(&b, label.p[i]);
		else if (b.n && b.p[b.n - 1] != ' ')
			buf_putc(&b, ' ');
	buf_putc(&b, ' ');
	buf_put_str(&b, value);
	text = str_copy(at->s->x->arena, buf_str(&b));
	buf_release(&b);
	return text;
}

static void emit_fact(const struct site *at, const struct result *r,
		      const struct value *v, const struct place *p)
{
	struct extract *x = at->s->x;
	struct bud_fact *f = extract_add_fact(x, p);
	struct str entity = at->row->entity;

	f->at = r->at;
	f->value = v->value;
	f->unit = v->unit;
	f->quantum = v->quantum;
	f->vs_year = r->vs_year;
	f->vs_phase = r->vs_phase;
	f->origin = ORIGIN_TABLE;
	f->scope = r->scope;
	f->text = quote(at);
	f->doubt = r->doubt;
	if (v->guessed && v->unit == UNIT_FEN)
		f->doubt = STR("the table states no unit");
	if (entity.n && !str_equal(entity, x->out->document.entity))
		f->entity = entity;
	if (f->at.kind == KIND_SHARE)
		f->whole = r->at.fund.n
				   ? str_format(x->arena, "%.*s;%.*s",
						STR_ARG(r->at.item),
						STR_ARG(r->at.fund))
				   : r->at.item;
}

static void emit_cell(const struct site *at)
{
	struct extract *x = at->s->x;
	const struct source_block *b = at->s->m->block;
	struct place p = {.start = at->cell->at.start,
			  .end = at->cell->at.end,
			  .page = at->cell->at.page,
			  .line = at->cell->at.line ? at->cell->at.line
				  : b->line	    ? b->line + at->r
						    : 0,
			  .cell = source_cell_name(
				  at->s->x->arena, at->s->m->block, at->r,
				  at->c),
			  .quote_start = at->cell->at.start,
			  .quote_end = at->cell->at.end};
	struct result r;
	struct value v;

	find_meaning(at, &r);
	v = site_read_value(at, &r);
	if (!v.valid)
		return;
	/* 5辆 is no amount of money, 3万元 no count */
	if (!r.why.n && (v.unit == UNIT_COUNT) != item_is_count(r.at.item) &&
	    v.unit != UNIT_PPM)
		r.why = STR("no_item");
	if (!r.why.n && v.unit == UNIT_PPM && r.at.kind < KIND_GROWTH)
		r.why = STR("unknown");
	if (r.why.n) {
		extract_add_residue(x, &p, v.value, v.unit, v.quantum, r.why)
			->text = quote(at);
		return;
	}
	emit_fact(at, &r, &v, &p);
	if (r.second.n) {
		r.at.item = r.second;
		emit_fact(at, &r, &v, &p);
	}
}

/* Whether digits among labels look like the code of a class, a unit or a
 * project. */
static bool is_code(const struct table_cell *c)
{
	uint32_t first = c->text.cp[0];

	return c->plain &&
	       (c->digits > 8 ||
		((first == '2' || first == '3' || first == '5') &&
		 (c->digits == 3 || c->digits == 5 || c->digits == 7)));
}

/* Whether the number of a column without amounts is one all the same. */
static bool is_amount(const struct site *at)
{
	const struct table_cell *c = at->cell;
	bool target = is(at->l->title.why, "target");

	switch (at->col->role) {
	case ROLE_VALUE:
		return true;
	case ROLE_SERIAL:
	case ROLE_CODE:
	case ROLE_YEAR:
		return !c->plain;
	case ROLE_NOTE:
		if (at->col->means.role == ROLE_NOTE && !target)
			return !c->plain;
		return !cell_is_year(c) && !is_code(c);
	default:
		return !cell_is_year(c) && !is_code(c) &&
		       !(c->plain && at->c == 0);
	}
}

/* Rows of one department class that differ in the government's class only
 * are parts of it, not statements that must agree. */
static void doubt_parts(struct segment *s, const struct layout *l,
			struct row_label *labels)
{
	size_t n = (size_t)(s->to - s->from) * l->n_sides;
	struct map first = {0}; /* row with a government class, by its own */

	for (size_t i = 0; l->has_government && i < n; i++) {
		struct row_label *a = &labels[i], *b;
		struct str class;

		if (!a->means.economic.n)
			continue;
		class = str_format(s->x->arena, "%.*s/%.*s",
				   STR_ARG(a->means.economic),
				   STR_ARG(a->means.function));
		b = map_get(&first, class);
		if (b)
			a->doubt = b->doubt = STR("a part by government class");
		else if (a->government.n)
			*map_put(&first, class) = a;
	}
	map_release(&first);
}

/* Among the rows of several units, that of the unit which bears the
 * department's name is not the department. */
static void doubt_namesakes(struct segment *s, const struct layout *l,
			    struct row_label *labels)
{
	size_t n = (size_t)(s->to - s->from) * l->n_sides;
	struct str own = s->x->out->document.entity;
	bool others = false;

	for (size_t i = 0; i < n; i++)
		others = others || (labels[i].org && !labels[i].known &&
				    !str_equal(labels[i].entity, own));
	for (size_t i = 0; others && i < n; i++)
		if (labels[i].org && !labels[i].known && !labels[i].doubt.n &&
		    str_equal(labels[i].entity, own))
			labels[i].doubt = STR("a unit of the same name");
}

static bool has_amounts(const struct segment *s, const struct side *side,
			unsigned row)
{
	for (unsigned col = side->first; col < side->end; col++) {
		const struct table_cell *c = matrix_cell(s->m, row, col);

		if (c && c->kind == CELL_NUMBER &&
		    s->memory->layout.columns[col].role == ROLE_VALUE)
			return true;
	}
	return false;
}

/* 公用经费合计 under two lists of classes, its amount under the second. */
static void share_labels(struct segment *s, const struct layout *l,
			 struct row_label *labels)
{
	for (unsigned i = 0; i < s->to - s->from; i++)
		for (unsigned k = 1; k < l->n_sides; k++) {
			struct row_label *at = &labels[i * l->n_sides + k];

			if (!at->any && at[-1].known && !at[-1].class_row &&
			    !has_amounts(s, &l->sides[k - 1], s->from + i))
				*at = at[-1];
		}
}

/* What the columns of amounts on each side have in common. */
static void note_sides(struct segment *s, const struct layout *l)
{
	bool any[MAX_SIDES] = {false};

	for (unsigned col = 0; col < l->n_cols; col++) {
		const struct column *c = &l->columns[col];
		unsigned k = c->side;

		if (c->role != ROLE_VALUE)
			continue;
		s->sides[k].counts = s->sides[k].counts || c->means.count;
		s->sides[k].one_fund =
			!any[k] || (s->sides[k].one_fund &&
				    str_equal(s->sides[k].fund, c->means.fund));
		s->sides[k].fund = c->means.fund;
		any[k] = true;
	}
}

void segment_emit(struct segment *s)
{
	const struct layout *l = &s->memory->layout;
	unsigned n = s->to - s->from;
	bool labelled[MAX_SIDES] = {false};
	struct row_label *labels = ARENA_ARRAY(s->x->arena, struct row_label,
					       (size_t)n * l->n_sides + 1);

	for (unsigned i = 0; i < n; i++)
		for (unsigned k = 0; k < l->n_sides; k++) {
			struct side_state *state = &s->memory->sides[k];
			struct row_label *label = &labels[i * l->n_sides + k];

			row_read_label(label, state, l, k, s->x, s->m,
				       s->from + i);
			state->balance = state->balance || label->balance;
		}
	note_sides(s, l);
	share_labels(s, l, labels);
	doubt_parts(s, l, labels);
	doubt_namesakes(s, l, labels);
	for (unsigned k = 0; k < l->n_sides; k++)
		for (unsigned i = 0; i < n; i++)
			labelled[k] = labelled[k] || labels[i * l->n_sides + k].any;
	for (unsigned i = 0; i < n; i++)
		for (unsigned col = 0; col < l->n_cols; col++) {
			const struct table_cell *c =
				matrix_cell(s->m, s->from + i, col);
			unsigned k = l->columns[col].side;
			struct site at = {.s = s,
					  .l = l,
					  .side = &l->sides[k],
					  .col = &l->columns[col],
					  .row = &labels[i * l->n_sides + k],
					  .labelled = labelled[k],
					  .balance = s->memory->sides[k].balance,
					  .r = s->from + i,
					  .c = col,
					  .cell = c};

			if (c && c->kind == CELL_NUMBER &&
			    matrix_is_origin(c, s->from + i, col) &&
			    is_amount(&at))
				emit_cell(&at);
		}
}
