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
	if (!redo_node(r, n->left, &a) || !redo_node(r, n->right, &b))
		return false;
	switch (n->kind) {
	case NODE_ADD:
		return quantity_add(&a, &b, out);
	case NODE_SUBTRACT:
		return quantity_subtract(&a, &b, out);
	case NODE_MULTIPLY:
		return quantity_multiply(&a, &b, out);
	default:
		return quantity_divide(&a, &b, out);
	}
}

bool again_sides(const struct instance *in, const struct guess *guess,
		 struct quantity *left, struct quantity *right)
{
	struct redo r = {in, guess, 0};

	return redo_node(&r, in->form->left, left) &&
	       redo_node(&r, in->form->right, right);
}
