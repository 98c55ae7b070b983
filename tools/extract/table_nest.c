/*
 * What the rows above give to a row: 其中 and numbered rows are parts of the
 * one above, balances have their funds below, a sum ends a list. And what is
 * left when all label cells of a row were read.
 */
#include "extract/table.h"

#include <string.h>

static bool is_revenue(struct str item)
{
	return str_starts(item, STR("revenue")) ||
	       str_equal(item, STR("carryover_in")) ||
	       str_equal(item, STR("reserves_used"));
}

/* What the rows above give to a part of them. */
static void inherit(struct meaning *m, const struct meaning *up, bool class_row)
{
	bool part = !m->n_items;

	/* 上年结转 > 一般公共预算拨款; 三公经费 > 支出合计 */
	if (m->n_items && item_rank(m->items[0], m->generic) <= 1 &&
	    !m->nature.n && up->n_items)
		part = meaning_is_balance(up) ||
		       (m->sum && item_is_memo(up->items[0]));
	if (up->n_items && !class_row && part) {
		memcpy(m->items, up->items, sizeof m->items);
		m->n_items = up->n_items;
		m->generic = up->generic;
		m->sum = false;
	}
	/* 年初结转和结余 > 项目支出结转和结余 */
	if (m->nature.n && meaning_is_balance(up))
		m->why = (struct str){NULL, 0};
	if (!m->fund.n)
		m->fund = up->fund;
	if (!m->nature.n && (class_row || !m->n_items))
		m->nature = up->nature;
	if (!m->economic.n && !m->function.n && !class_row)
		m->economic = up->economic;
}

static bool is_fiscal_part(const struct meaning *m)
{
	return (!m->n_items || item_rank(m->items[0], m->generic) <= 1) &&
	       (str_equal(m->fund, STR("general")) ||
		str_equal(m->fund, STR("government_fund")) ||
		str_equal(m->fund, STR("state_capital")));
}

static void nest_row(struct row_label *out, struct side_state *s,
		     const struct row_mark *l)
{
	struct meaning *m = &out->means;
	bool numbered = l->level > 0;
	/* 一、人员经费和公用经费支出, and its classes without numbers */
	bool listed = !numbered && out->class_row && !m->function.n &&
		      s->n_parents &&
		      s->parents[s->n_parents - 1].means.nature.n;

	/* 二、上年结转, and its funds without numbers */
	bool fund = !numbered && out->known && s->n_parents == 1 &&
		    meaning_is_balance(&s->parents[0].means) &&
		    ((m->fund.n && is_fiscal_part(m)) ||
		     (m->nature.n && m->why.n));

	if (!numbered && !l->of_which && !listed && !fund)
		s->n_parents = 0;
	while (numbered && s->n_parents &&
	       s->parents[s->n_parents - 1].level >= l->level)
		s->n_parents--;
	if (s->n_parents && !out->whole &&
	    (m->known || out->class_row))
		inherit(m, &s->parents[s->n_parents - 1].means,
			out->class_row);
	if ((l->of_which && !numbered) || listed || fund)
		return;
	if (!numbered && !meaning_is_balance(m))
		return;
	if (s->n_parents < MAX_PARENTS)
		s->parents[s->n_parents++] =
			(struct parent){.level = l->level, .means = *m};
}

void row_settle(struct row_label *out, struct side_state *s,
		const struct layout *l, const struct row_mark *first,
		bool strange)
{
	struct meaning *m = &out->means;

	if (out->class_row) {
		m->n_items = 0;
		/* not where a side lists the year's classes of both kinds */
		if (m->economic.n && !m->function.n && s->functions &&
		    l->n_sides == 1)
			m->function = s->last_function;
	}
	/* 物业费 | 其他运转类: part of what the other cell names */
	if (strange && !out->class_row)
		out->known = false;
	/* a class name in it that is no class here, and nothing else */
	if (out->known && !out->class_row && m->class_term && m->generic &&
	    !m->fund.n && !m->nature.n)
		out->known = false;
	if (out->known && !out->class_row && !m->n_items && !m->fund.n &&
	    !m->nature.n && !m->total && !m->part && !m->why.n &&
	    !m->has_kind && !m->year && !m->phase)
		out->known = false; /* words without a coordinate */
	out->whole = out->known && (m->total || m->part) && !out->class_row &&
		     !m->n_items && !m->fund.n && !m->nature.n;
	if (out->whole || (m->sum && !first->level) ||
	    (m->n_items && item_rank(m->items[0], m->generic) == 2)) {
		s->n_parents = 0;
		s->last_function = (struct str){NULL, 0};
		s->entity = (struct str){NULL, 0};
	}
	nest_row(out, s, first);
	/* lists of both sides in one column: 总计 is of the one above it */
	if (m->n_items == 1 && !item_is_memo(m->items[0]))
		s->revenue = is_revenue(m->items[0]);
	if (m->n_items == 1)
		s->side_known = !item_is_memo(m->items[0]);
	if (out->class_row) {
		s->side_known = true;
		s->revenue = false;
	}
	if (out->whole && !m->n_items && s->side_known)
		out->context = s->revenue ? STR("revenue")
					     : STR("expenditure");
	out->balance = out->known && (meaning_is_balance(m) || m->current);
	/* 小计, 上年结转, 总计: what stands above the balances is without them */
	if (out->whole && m->part && !s->balance)
		m->current = true;
	if (out->org && !out->known)
		s->entity = out->entity;
	else if (!out->entity.n)
		out->entity = s->entity;
}
