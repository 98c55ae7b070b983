/* See cut.h. */
#include "check/cut.h"

/* The amount of an equation that is stated least finely. */
struct coarse {
	int64_t quantum; /* its own */
	ratio_wide all;  /* the sum over all amounts, of which there may be many */
	bool side;       /* the side looked at is the right one */
	bool right;      /* it stands on the right */
	bool other;      /* the equation is no plain sum */
};

/* Whether the interval of a side is wider than half a quantum of the value. */
static bool is_wide(const struct side *s, const struct bud_fact *f)
{
	struct quantity q;
	struct ratio width, half;
	int c;

	if (s->sum.scale == facts_scale(f->unit))
		return (ratio_wide)s->sum.quantum * 2 > f->quantum;
	return !side_quantity(s, &q) ||
	       !ratio_subtract(q.high, q.low, &width) ||
	       !ratio_make(f->quantum, 2 * facts_scale(f->unit), &half) ||
	       !ratio_compare(width, half, &c) || c > 0;
}

/*
 * Whether the stated value, cut off instead of rounded, would hold: for a
 * quotient, and for an amount that is stated coarser than its terms.
 */
static bool is_cut(const struct instance *in)
{
	const struct bud_fact *f = &in->anchor->f;
	struct quantity cut, right;

	if (in->form->left != in->form->anchor || !f->value ||
	    (f->unit != UNIT_PPM && is_wide(&in->right, f)))
		return false;
	return side_quantity(&in->right, &right) &&
	       quantity_make_cut(f->value, f->quantum, facts_scale(f->unit),
				 &cut) &&
	       side_meet_any(&cut, &right, in->form->relation);
}

/* The sum of the quanta of the facts in a node, the coarsest of them, and
 * whether they are only added up. */
static void find_coarse(const struct instance *in, const struct node *n,
			size_t *binding, struct coarse *c)
{
	if (n->kind == NODE_ADD) {
		find_coarse(in, n->left, binding, c);
		find_coarse(in, n->right, binding, c);
		return;
	}
	if (n->kind != NODE_TERM && n->kind != NODE_SUM) {
		c->other = true;
		return;
	}
	for (size_t i = 0; i < in->bindings[*binding].n; i++) {
		const struct bud_fact *f = &in->bindings[*binding].facts[i]->f;

		c->all += f->quantum;
		if (f->quantum > c->quantum) {
			c->quantum = f->quantum;
			c->right = c->side;
			c->other = c->other || f->value < 0;
		}
	}
	++*binding;
}

/*
 * Whether one amount, stated coarser than all the others together, would make
 * the sums meet had it been cut off: 4,544.32 for 4,544.329374.
 */
static bool is_part_cut(const struct instance *in)
{
	struct coarse c = {0};
	size_t binding = 0;
	struct ratio gap;
	ratio_wide more;
	int64_t rounded;

	if (in->unit != UNIT_FEN)
		return false;
	find_coarse(in, in->form->left, &binding, &c);
	c.side = true;
	find_coarse(in, in->form->right, &binding, &c);
	if (c.other || c.quantum < 2 * (c.all - c.quantum) ||
	    !side_subtract(&in->left, &in->right, &gap) ||
	    !ratio_round(gap, 1, &rounded))
		return false;
	more = c.right ? rounded : -(ratio_wide)rounded;
	return more >= 0 && more < c.quantum + (c.all - c.quantum) / 2;
}

bool cut_explains(const struct instance *in)
{
	return is_cut(in) || is_part_cut(in);
}
