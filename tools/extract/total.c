/*
 * Revenue or total resources? Whether 收入预算 includes the balances brought
 * forward shows only later: in a part, in another paragraph, in a sentence.
 */
#include "extract/emit.h"

/* Does the fact speak of the same thing as the coordinates, whatever kind? */
bool emit_is_same(const struct coordinates *a, const struct coordinates *b)
{
	return str_equal(a->item, b->item) && str_equal(a->fund, b->fund) &&
	       str_equal(a->function, b->function) &&
	       str_equal(a->economic, b->economic) &&
	       str_equal(a->nature, b->nature);
}

/* The head, its prior level and its changes are of the total. */
static void make_total(struct narrative *n, struct mention *head,
		       struct str from, struct str to)
{
	struct bud_fact *facts = n->x->out->facts;
	struct coordinates was = head->at[0];
	bool part = false; /* 其中：本年收入Y，占Z%: what follows is a part's */

	if (head->n != 1 || !str_equal(was.item, from))
		return;
	for (size_t k = head->fact; k < emit_next_fact(n); k++) {
		struct coordinates *c = &facts[k].at;

		if (!emit_is_same(c, &was))
			continue;
		part |= k != head->fact && c->kind == KIND_LEVEL &&
			c->year == was.year && c->phase == was.phase;
		if (!part)
			c->item = to;
	}
	head->at[0].item = to;
	mention_copy(&n->made, head);
}

/* Do the sources or natures stated since, and the balances, make the head? */
static bool sums_to(const struct narrative *n, size_t head, struct str item)
{
	const struct bud_fact *facts = n->x->out->facts;
	wide_sum sum = 0, slack = facts[head].quantum;
	size_t parts = 0;

	for (size_t k = head + 1; k < emit_next_fact(n); k++) {
		const struct coordinates *c = &facts[k].at;
		bool balance = str_starts(c->item, STR("carryover")) ||
			       str_equal(c->item, STR("reserves_used"));

		if (c->kind != KIND_LEVEL ||
		    !(balance || (str_equal(c->item, item) &&
				  (c->fund.n || c->nature.n))))
			continue;
		sum += facts[k].value;
		slack += facts[k].quantum;
		parts++;
	}
	return parts > 1 && emit_is_near(sum, facts[head].value, slack);
}

/* The level of the item as a whole that the paragraph stated last. */
static bool find_whole(const struct narrative *n, struct str item,
		       struct mention *m)
{
	const struct bud_fact *facts = n->x->out->facts;

	for (size_t k = emit_next_fact(n); k-- > n->paragraph_fact;) {
		const struct coordinates *c = &facts[k].at;

		if (c->kind != KIND_LEVEL || !str_equal(c->item, item) ||
		    c->fund.n || c->function.n || c->economic.n || c->nature.n)
			continue;
		mention_clear(m);
		m->n = 1;
		m->at[0] = *c;
		m->fact = k;
		return true;
	}
	return false;
}

/* A balance among the parts: the head is the total with balances. */
void emit_note_balance(struct narrative *n, const struct mention *m)
{
	struct str balance = m->at[0].item, from, to;
	size_t was = n->head.fact;
	int level = n->level;
	struct mention whole;

	if (str_equal(balance, STR("carryover_in")) ||
	    str_equal(balance, STR("reserves_used"))) {
		from = STR("revenue");
		to = STR("revenue_total");
	} else if (str_equal(balance, STR("carryover_out"))) {
		from = STR("expenditure");
		to = STR("expenditure_total");
	} else {
		return;
	}
	if (n->n_frames) {
		struct frame *f = &n->frames[n->n_frames - 1];

		f->balance = true;
		if (!f->head.whole_year) /* 本年收入 is no total */
			make_total(n, &f->head, from, to);
		if (was == f->head.fact)
			mention_copy(&n->head, &f->head);
		return;
	}
	/* 收入X。一般公共预算拨款Y；上年结转Z: the parts behind a full stop */
	if (n->x->out->facts[m->fact].value &&
	    find_whole(n, from, &whole) && sums_to(n, whole.fact, from)) {
		make_total(n, &whole, from, to);
		return;
	}
	/* the parts stand in paragraphs of their own */
	while (level < OUTLINE_LEVELS && --level >= 0) {
		struct mention *head = &n->heads[level];

		if (!head->n || head->fact >= n->paragraph_fact ||
		    !str_equal(head->at[0].item, from))
			continue;
		make_total(n, head, from, to);
		if (was == head->fact)
			mention_copy(&n->head, head);
		break;
	}
}

/* Is the value stated elsewhere as a total with balances? */
static bool is_total_elsewhere(const struct narrative *n, const struct list *l,
			       const struct bud_fact *f)
{
	const struct bud_fact *facts = n->x->out->facts;

	for (size_t k = 0; k < emit_next_fact(n); k++)
		if ((k < l->from || k >= l->to) && facts[k].at.fund.n &&
		    facts[k].value == f->value && f->value &&
		    facts[k].at.kind == KIND_LEVEL &&
		    facts[k].at.year == f->at.year &&
		    str_equal(facts[k].at.item, STR("revenue_total")))
			return true;
	return false;
}

/* Do the parts that are fiscal sum up to such a total? */
static bool is_sum_elsewhere(const struct narrative *n, const struct list *l)
{
	const struct bud_fact *facts = n->x->out->facts;
	struct bud_fact total = {.at = {.kind = KIND_LEVEL}};
	wide_sum sum = 0;

	for (size_t k = l->from; k < l->to; k++) {
		const struct coordinates *c = &facts[k].at;

		if (c->kind == KIND_LEVEL &&
		    str_equal(c->item, STR("revenue")) &&
		    (str_equal(c->fund, STR("general")) ||
		     str_equal(c->fund, STR("government_fund")) ||
		     str_equal(c->fund, STR("state_capital")))) {
			sum += facts[k].value;
			total.at.year = c->year;
		}
	}
	total.value = (int64_t)sum;
	return total.value == sum && is_total_elsewhere(n, l, &total);
}

/* All that is said of this source's revenue is of the total. */
static void make_fund_total(struct narrative *n, const struct coordinates *at)
{
	struct bud_fact *facts = n->x->out->facts;
	struct coordinates was = *at;

	if (!str_equal(was.item, STR("revenue")) || !was.fund.n)
		return;
	for (size_t k = 0; k < emit_next_fact(n); k++)
		if (emit_is_same(&facts[k].at, &was) &&
		    (facts[k].at.kind != KIND_LEVEL || &facts[k].at == at))
			facts[k].at.item = STR("revenue_total");
}

void resolve_lists(struct narrative *n)
{
	struct bud_fact *facts = n->x->out->facts;

	for (size_t i = 0; i < n->n_lists; i++) {
		const struct list *l = &n->lists[i];
		bool totals = is_sum_elsewhere(n, l);

		for (size_t k = l->from; k < l->to; k++)
			totals |= str_equal(facts[k].at.item, STR("revenue")) &&
				  facts[k].at.kind == KIND_LEVEL &&
				  is_total_elsewhere(n, l, &facts[k]);
		for (size_t k = l->from; k < l->to && totals; k++)
			make_fund_total(n, &facts[k].at);
	}
}

void resolve_balances_included(struct narrative *n)
{
	struct bud_fact *facts = n->x->out->facts;

	for (size_t k = 0; k < emit_next_fact(n); k++)
		if (str_equal(facts[k].at.item, STR("revenue")) &&
		    facts[k].origin != ORIGIN_TABLE)
			facts[k].at.item = STR("revenue_total");
}
