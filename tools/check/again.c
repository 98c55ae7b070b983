/* The facts of the bindings are taken in the order in which they were bound:
 * left to right. */
#include "check/again.h"

/* A formula over facts that are bound already, one value replaced. */
struct redo {
	const struct instance *in;
	const struct guess *guess;
	size_t binding;
};

bool again_are_twins(const struct check_fact *a, const struct check_fact *b)
{
	struct str one = a->f.at.fund, other = b->f.at.fund;

	if (a->f.value != b->f.value || a->f.unit != b->f.unit)
		return false;
	for (int d = 0; d < DIMS; d++)
		if (d != DIM_FUND && a->at[d] != b->at[d])
			return false;
	return a->at[DIM_FUND] == b->at[DIM_FUND] ||
	       (a->f.value && (check_below(DIM_FUND, one, other) ||
			       check_below(DIM_FUND, other, one)));
}

int64_t again_value(const struct guess *guess, const struct check_fact *f)
{
	return f == guess->fact ||
			       (guess->twins && again_are_twins(guess->fact, f))
		       ? guess->value
		       : f->f.value;
}

static bool redo_any(const struct redo *r, const struct binding *b,
		     struct quantity *out)
{
	*out = (struct quantity){ratio_of(0), ratio_of(0), ratio_of(0)};
	for (size_t i = 0; i < b->n; i++) {
		const struct bud_fact *f = &b->facts[i]->f;
		struct quantity q;

		if (!quantity_make(again_value(r->guess, b->facts[i]),
				   f->quantum, facts_scale(f->unit), &q) ||
		    !quantity_add(out, &q, out))
			return false;
	}
	return true;
}

static bool redo_facts(struct redo *r, struct quantity *out)
{
	const struct binding *b = &r->in->bindings[r->binding++];
	struct tally t = {0};

	for (size_t i = 0; i < b->n; i++) {
		const struct bud_fact *f = &b->facts[i]->f;

		if (!tally_add(&t, again_value(r->guess, b->facts[i]),
			       f->quantum, facts_scale(f->unit)))
			return redo_any(r, b, out);
	}
	return b->n ? quantity_make(t.value, t.quantum, t.scale, out)
		    : redo_any(r, b, out);
}

static bool redo_node(struct redo *r, const struct node *n,
		      struct quantity *out)
{
	struct quantity a, b;

	switch (n->kind) {
	case NODE_NUMBER:
		*out = (struct quantity){n->number, n->number, n->number};
		return true;
	case NODE_TERM:
	case NODE_SUM:
		return redo_facts(r, out);
	default:
		break;
	}
	return redo_node(r, n->left, &a) && redo_node(r, n->right, &b) &&
	       side_pair(n->kind, &a, &b, out);
}

/* The nominal value alone. */
static bool redo_point(struct redo *r, const struct node *n, struct ratio *out)
{
	struct quantity q;
	struct ratio a, b;

	if (n->kind == NODE_NUMBER || n->kind == NODE_TERM ||
	    n->kind == NODE_SUM) {
		if (!redo_node(r, n, &q))
			return false;
		*out = q.point;
		return true;
	}
	if (!redo_point(r, n->left, &a))
		return false;
	if (n->kind == NODE_DIVIDE)
		return redo_node(r, n->right, &q) && !quantity_has_zero(&q) &&
		       ratio_divide(a, q.point, out);
	if (!redo_point(r, n->right, &b))
		return false;
	return n->kind == NODE_ADD	  ? ratio_add(a, b, out)
	       : n->kind == NODE_SUBTRACT ? ratio_subtract(a, b, out)
					  : ratio_multiply(a, b, out);
}

bool again_sides(const struct instance *in, const struct guess *guess,
		 struct quantity *left, struct quantity *right)
{
	struct redo r = {in, guess, 0};

	return redo_node(&r, in->form->left, left) &&
	       redo_node(&r, in->form->right, right);
}

/* By how much the guess moves the sum of the facts; false where that is not
 * told in whole numbers of the scale. */
static bool find_move(const struct binding *b, const struct guess *guess,
		      int64_t scale, int64_t *out)
{
	const struct check_fact *own = guess->fact;
	int64_t one, all = 0;

	if (__builtin_sub_overflow(guess->value, own->f.value, &one))
		return false;
	for (size_t i = 0; i < b->n; i++) {
		const struct check_fact *f = b->facts[i];

		if (f != own && (!guess->twins || f->f.value != own->f.value ||
				 !again_are_twins(own, f)))
			continue;
		if (__builtin_add_overflow(all, one, &all))
			return false;
	}
	*out = all;
	return !all || facts_scale(own->f.unit) == scale;
}

/*
 * A side of one term or sum is what it came to, moved: of values and quanta
 * that were added up as whole numbers nothing else changes.
 */
static bool move_side(const struct node *n, const struct side *was,
		      const struct binding *b, const struct guess *guess,
		      struct side *out)
{
	int64_t by;

	if ((n->kind != NODE_TERM && n->kind != NODE_SUM) || !was->sum.scale ||
	    !find_move(b, guess, was->sum.scale, &by))
		return false;
	*out = *was;
	return !__builtin_add_overflow(was->sum.value, by, &out->sum.value);
}

bool again_move(const struct instance *in, const struct guess *guess,
		struct side *left, struct side *right)
{
	const struct binding *b = in->bindings;

	return guess->fact && in->n_bindings == 2 &&
	       move_side(in->form->left, &in->left, &b[0], guess, left) &&
	       move_side(in->form->right, &in->right, &b[1], guess, right);
}

bool again_holds(const struct instance *in, const struct guess *guess)
{
	struct side left, right;
	struct quantity a, b;

	if (again_move(in, guess, &left, &right))
		return side_meet(&left, &right, in->form->relation);
	return again_sides(in, guess, &a, &b) &&
	       side_meet_any(&a, &b, in->form->relation);
}

bool again_gap(const struct instance *in, const struct guess *guess,
	       struct ratio *out)
{
	struct redo r = {in, guess, 0};
	struct side moved[2];
	struct ratio left, right;

	if (again_move(in, guess, &moved[0], &moved[1]))
		return side_subtract(&moved[0], &moved[1], out);
	return redo_point(&r, in->form->left, &left) &&
	       redo_point(&r, in->form->right, &right) &&
	       ratio_subtract(left, right, out);
}
