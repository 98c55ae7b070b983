/* Exact arithmetic over intervals; a division by an interval that holds 0 is
 * never made. See eval.h for what is decided and why. */
#include "check/eval.h"

#include <string.h>

#include "check/cut.h"
#include "check/list.h"
#include "check/resolve.h"

/* The worst of two operands is that of the pair. */
enum state { STATE_GOOD, STATE_ZERO, STATE_RANGE, STATE_MISSING };

enum {
	/* A gap of so many last places is too small for a part left out. */
	SMALL_GAP = 20,
	/* Percent of the whole that a list in prose must reach to be one. */
	MOST_PARTS = 80,
	ALL_PARTS = 95, /* the items of a class, each told in its place */
	MAX_WHOLES = 8,
};

struct walk {
	const struct check_facts *fs;
	const struct proven *proven;
	struct instance *in;
	struct list_place place;
	bool right_side;
	size_t whole; /* which whole of a share is tried */
	struct list last; /* the list collected last */
	enum dim last_dim;
};

/* What is known of a term; none is used where nothing is remembered. */
static struct known_term *known_of(const struct instance *in,
				   const struct node *n,
				   struct known_term *none)
{
	*none = (struct known_term){0};
	return in->terms ? &in->terms[n->term.number] : none;
}

static const struct check_fact *find_term(struct walk *w, const struct node *n)
{
	const struct check_fact *wholes[MAX_WHOLES];
	const struct term *t = &n->term;
	struct instance *in = w->in;
	struct known_term none;

	if (t->base == BASE_WHOLE) {
		in->n_wholes = resolve_wholes(w->fs, t, in->anchor, wholes,
					      MAX_WHOLES, &in->guessed);
		return w->whole < in->n_wholes ? wholes[w->whole] : NULL;
	}
	return resolve_nearest(w->fs, in->anchor,
			       resolve_chain(w->fs, n, in->anchor,
					     known_of(in, n, &none)));
}

static void bind(struct walk *w, const struct node *node,
		 const struct check_fact **facts, size_t n)
{
	struct instance *in = w->in;

	in->bindings[in->n_bindings++] = (struct binding){node, facts, n};
	for (size_t i = 0; i < n; i++)
		in->known += facts[i] != in->anchor;
}

static int64_t scale_of(const struct walk *w)
{
	return facts_scale(w->in->anchor->f.unit);
}

static enum state eval_term(struct walk *w, const struct node *n,
			    struct operand *out)
{
	const struct check_fact *one = n == w->in->form->anchor
					       ? w->in->anchor
					       : find_term(w, n);

	/* the list of all facts has a place that points to it */
	bind(w, n,
	     one ? (const struct check_fact **)&w->fs->list[one->index] : NULL,
	     one != NULL);
	if (one) {
		out->sum = (struct tally){one->f.value, one->f.quantum,
					  facts_scale(one->f.unit)};
		return STATE_GOOD;
	}
	if (!n->term.optional) {
		w->in->missing++;
		return STATE_MISSING;
	}
	if (w->right_side)
		w->in->lacks_right = true;
	else
		w->in->lacks_left = true;
	out->sum = (struct tally){0, 0, scale_of(w)};
	return STATE_GOOD;
}

/* The parts of a sum; only the first list of a form jumps. */
static void collect(struct walk *w, const struct node *n)
{
	struct list *l = &w->last;
	struct known_term none, *known = known_of(w->in, n, &none);

	w->last_dim = n->term.parts;
	if (!resolve_chain(w->fs, n, w->in->anchor, known)) {
		*l = (struct list){.hopeless = true, .next = LIST_REACHES};
		return;
	}
	list_collect(w->fs, &n->term, known, w->in->anchor, &w->place, l);
	w->place.jumps = false;
}

/* The parts added up. */
static enum state add_up(const struct list *l, struct operand *out)
{
	out->sum = (struct tally){0};
	for (size_t i = 0; i < l->n; i++) {
		const struct bud_fact *f = &l->parts[i]->f;

		if (tally_add(&out->sum, f->value, f->quantum,
			      facts_scale(f->unit)))
			continue;
		out->sum.scale = 0;
		return facts_sum(l->parts, l->n, &out->q) ? STATE_GOOD
							  : STATE_RANGE;
	}
	return STATE_GOOD;
}

static enum state eval_sum(struct walk *w, const struct node *n,
			   struct operand *out)
{
	struct instance *in = w->in;
	const struct list *l = &w->last;

	collect(w, n);
	in->has_list = true;
	in->reaches = in->reaches || !l->hopeless;
	in->readable = in->readable || l->readable;
	if (l->next < in->next)
		in->next = (unsigned char)l->next;
	bind(w, n, l->parts, l->n);
	if (!l->n) {
		in->missing++;
		return STATE_MISSING;
	}
	return add_up(l, out);
}

static enum state eval_node(struct walk *w, const struct node *n,
			    struct operand *out);

static struct ratio size_of(struct ratio r)
{
	r.num = r.num < 0 ? -r.num : r.num;
	return r;
}

/*
 * Whether a quotient by a stated 0 cannot be the rate on the left, whatever
 * amount was rounded to 0: the dividend is more than the rate, and 1, times
 * the most that the 0 stands for.
 */
static bool is_absurd(const struct walk *w, const struct quantity *a,
		      const struct quantity *b)
{
	struct ratio rate, most = size_of(b->high);
	struct ratio least = size_of(a->low), other = size_of(a->high);
	struct quantity left;
	int c;

	if (!side_quantity(&w->in->left, &left))
		return false;
	rate = size_of(left.high);
	if (!ratio_compare(size_of(b->low), most, &c))
		return false;
	if (c > 0)
		most = size_of(b->low);
	if (!ratio_compare(other, least, &c))
		return false;
	if (c < 0)
		least = other;
	return (a->low.num > 0 || a->high.num < 0) &&
	       ratio_add(rate, ratio_of(1), &rate) &&
	       ratio_multiply(rate, most, &most) &&
	       ratio_compare(least, most, &c) && c > 0;
}

static enum state eval_pair(struct walk *w, const struct node *n,
			    struct operand *out)
{
	struct operand a, b;
	enum state x = eval_node(w, n->left, &a);
	enum state y = eval_node(w, n->right, &b);
	struct quantity p, q;

	if (x != STATE_GOOD || y != STATE_GOOD)
		return x > y ? x : y;
	if (side_pair_sums(n->kind, &a.sum, &b.sum, &out->sum))
		return STATE_GOOD;
	out->sum.scale = 0;
	if (!side_operand_quantity(&a, &p) || !side_operand_quantity(&b, &q))
		return STATE_RANGE;
	if (n->kind == NODE_DIVIDE && !q.point.num) {
		w->in->absurd = w->right_side && is_absurd(w, &p, &q);
		return STATE_ZERO;
	}
	return side_pair(n->kind, &p, &q, &out->q) ? STATE_GOOD : STATE_RANGE;
}

static enum state eval_node(struct walk *w, const struct node *n,
			    struct operand *out)
{
	switch (n->kind) {
	case NODE_NUMBER:
		side_set_number(n->number, scale_of(w), out);
		return STATE_GOOD;
	case NODE_TERM:
		return eval_term(w, n, out);
	case NODE_SUM:
		return eval_sum(w, n, out);
	default:
		return eval_pair(w, n, out);
	}
}

static enum state eval_side(struct walk *w, const struct node *n,
			    struct side *out)
{
	struct operand o;
	enum state state = eval_node(w, n, &o);
	struct quantity *any;

	if (state != STATE_GOOD)
		return state;
	out->sum = o.sum;
	if (!o.sum.scale) {
		any = arena_alloc_raw(w->fs->arena, sizeof *any);
		*any = o.q;
		out->any = any;
	}
	return STATE_GOOD;
}

/* A percentage that is its quotient rounded is exact. */
static bool is_exact(const struct instance *in)
{
	const struct bud_fact *f = &in->anchor->f;
	struct quantity left, own;
	int c;

	if (!side_compare(&in->left, &in->right, &c))
		return false;
	if (!c || (in->form->relation == RELATION_AT_MOST && c < 0))
		return true;
	if (f->unit != UNIT_PPM || in->form->left->kind != NODE_TERM)
		return false;
	own.point = own.low = own.high = side_point(&in->right);
	return side_quantity(&in->left, &left) &&
	       side_meet_any(&left, &own, RELATION_EQUAL);
}

/* What makes a list closed whatever its sum is. */
static bool is_closed(const struct check_facts *fs, const struct proven *proven,
		      const struct instance *in, const struct node *n,
		      const struct list *l)
{
	bool zero = false, lacks;

	if (fs->across && n->term.parts == DIM_ENTITY)
		return l->n == fs->n_units;
	lacks = l->residue || (n->term.parts == DIM_FUND && l->n < 2);
	if (l->table && in->reach <= LIST_NEAR && !lacks)
		return true;
	if (list_is_complete(fs, in->rule, n->term.parts, l))
		return true;
	if (lacks)
		return false;
	/* a class that is gone has a change, but no level to prove the set by */
	if (in->anchor->f.at.kind == KIND_CHANGE)
		return false;
	if (proven && map_get(&proven->sets,
			      list_key(fs, in->rule, n->term.parts, in->anchor,
				       l)))
		return true;
	/* a list that has a rest is whole */
	for (size_t i = 0; n->term.parts == DIM_ITEM && i < l->n; i++)
		if (str_ends(l->parts[i]->f.at.item, STR(".other")))
			return true;
	for (size_t i = 0; i < l->n; i++)
		zero = zero || (!l->parts[i]->f.value &&
				l->parts[i]->f.origin == ORIGIN_TEXT);
	return zero && !in->rule->n_complete && l->n > 2 &&
	       in->anchor->f.value && in->anchor->f.at.kind == KIND_LEVEL &&
	       in->reach <= LIST_NEAR;
}

static bool are_closed(const struct check_facts *fs,
		       const struct proven *proven, const struct instance *in)
{
	for (size_t i = 0; i < in->n_bindings; i++) {
		const struct binding *b = &in->bindings[i];
		struct list l = {.parts = b->facts, .n = b->n};

		if (b->node->kind != NODE_SUM)
			continue;
		list_look_around(fs, in->anchor, in->reach, &l);
		if (!is_closed(fs, proven, in, b->node, &l))
			return false;
	}
	return true;
}

bool eval_is_closed(const struct check_facts *fs, const struct instance *in)
{
	return are_closed(fs, NULL, in);
}

/* Whether what a list or an optional term lacks may explain the rest. */
static bool may_lack(const struct instance *in)
{
	int c;
	bool open_right = in->lacks_right || (in->has_list && !in->closed);

	if (!open_right && !in->lacks_left)
		return false;
	if (in->anchor->f.at.kind == KIND_CHANGE)
		return true;
	if (!side_compare(&in->left, &in->right, &c))
		return true;
	return c > 0 ? open_right : in->lacks_left;
}

/* All functional parts lie in one class: no department spends on one alone,
 * so the list is a selection. */
static bool is_selection(const struct walk *w)
{
	const struct list *l = &w->last;
	struct str first;

	if (w->last_dim != DIM_FUNCTION || w->in->anchor->f.at.function.n)
		return false;
	first = str_slice(l->parts[0]->f.at.function, 0, 3);
	for (size_t i = 1; i < l->n; i++)
		if (!str_starts(l->parts[i]->f.at.function, first))
			return false;
	return true;
}

/* Whether the gap is at most so many percent of the whole. */
static bool is_within(struct ratio gap, struct ratio whole, int percent)
{
	struct ratio part;
	int c;

	return ratio_make(percent, 100, &part) &&
	       ratio_multiply(part, whole, &part) &&
	       ratio_compare(gap, part, &c) && c <= 0;
}

/* A list that falls short of its whole by so little, and has so many parts,
 * that no part can be meant to be missing. */
static bool is_nearly_all(const struct walk *w)
{
	const struct instance *in = w->in;
	const struct list *l = &w->last;
	struct ratio gap, most, whole = side_point(&in->left);
	bool selection;
	int c;

	if (!in->has_list || l->n < 2 || l->residue || in->rule->n_complete ||
	    w->last_dim == DIM_ENTITY ||
	    in->anchor->f.at.kind != KIND_LEVEL ||
	    in->anchor->f.value <= 0 ||
	    !side_subtract(&in->left, &in->right, &gap))
		return false;
	selection = is_selection(w);
	if (ratio_make((ratio_wide)l->parts[0]->f.quantum * SMALL_GAP,
		       facts_scale(l->parts[0]->f.unit), &most) &&
	    ratio_compare(gap, most, &c) && c <= 0 &&
	    (!selection || is_within(gap, whole, 1)))
		return true;
	if (selection)
		return false;
	return w->place.reach < LIST_ANYWHERE
		       ? is_within(gap, whole, 100 - MOST_PARTS)
		       : l->n > 2 && in->anchor->f.at.function.n &&
				 is_within(gap, whole, 100 - ALL_PARTS);
}

static enum outcome judge(struct walk *w, enum state state)
{
	struct instance *in = w->in;

	if (state == STATE_MISSING)
		return in->known && in->missing == 1 &&
				       in->form->relation == RELATION_EQUAL
			       ? OUTCOME_OPEN
			       : OUTCOME_NONE;
	if (state == STATE_ZERO)
		return OUTCOME_ZERO;
	if (state == STATE_RANGE)
		return OUTCOME_OPEN;
	if (side_meet(&in->left, &in->right, in->form->relation))
		return is_exact(in) ? OUTCOME_EXACT : OUTCOME_ROUNDING;
	if (cut_explains(in))
		return OUTCOME_TRUNCATION;
	in->closed = are_closed(w->fs, w->proven, in);
	if (in->has_list)
		list_look_around(w->fs, in->anchor, in->reach, &w->last);
	if (may_lack(in) && !is_nearly_all(w))
		return in->has_list && w->last.n < 2 ? OUTCOME_NONE
						     : OUTCOME_SHORT;
	return OUTCOME_FAIL;
}

static void eval_once(struct walk *w)
{
	struct instance *in = w->in;
	enum state x, y;

	in->bindings = arena_alloc_raw(w->fs->arena, in->form->n_terms *
							sizeof *in->bindings);
	in->next = LIST_REACHES;
	in->unit = in->form->left->kind == NODE_DIVIDE ? UNIT_PPM
						       : in->anchor->f.unit;
	x = eval_side(w, in->form->left, &in->left);
	w->right_side = true;
	y = eval_side(w, in->form->right, &in->right);
	in->reach = (unsigned char)w->place.reach;
	in->outcome = judge(w, x > y ? x : y);
}

static bool holds(const struct instance *in)
{
	return in->outcome == OUTCOME_EXACT || in->outcome == OUTCOME_ROUNDING;
}

static bool is_reckoned(const struct instance *in)
{
	return in->outcome == OUTCOME_FAIL || in->outcome == OUTCOME_SHORT ||
	       in->outcome == OUTCOME_TRUNCATION;
}

/* |left - right| of one is less than that of the other. */
static bool is_closer(const struct instance *in, const struct instance *kept)
{
	struct ratio a, b;
	int c;

	if (!side_subtract(&in->left, &in->right, &a) ||
	    !side_subtract(&kept->left, &kept->right, &b))
		return false;
	return ratio_compare(size_of(a), size_of(b), &c) && c < 0;
}

/* Whether an instance says more than the one kept so far: of two lists that
 * do not make their whole, the one that comes nearest to it was meant. */
static bool is_better(const struct instance *in, const struct instance *kept)
{
	if (holds(in))
		return true;
	if (is_reckoned(in) && is_reckoned(kept))
		return !(kept->closed && kept->outcome == OUTCOME_FAIL) &&
		       is_closer(in, kept);
	return (is_reckoned(in) && kept->outcome == OUTCOME_OPEN) ||
	       (kept->outcome == OUTCOME_NONE && in->outcome != OUTCOME_NONE);
}

/* What is asked, and nothing found yet. */
static void begin(struct instance *in, const struct instance *of)
{
	*in = (struct instance){.rule = of->rule, .form = of->form,
				.anchor = of->anchor, .terms = of->terms};
}

static void eval_wholes(const struct check_facts *fs, struct instance *out)
{
	size_t n = out->n_wholes;
	bool guessed = out->guessed;

	for (size_t i = 1; i < n && !holds(out); i++) {
		struct instance in;
		struct walk w;

		begin(&in, out);
		w = (struct walk){.fs = fs, .in = &in, .whole = i};
		eval_once(&w);
		if (holds(&in) || (in.outcome == OUTCOME_TRUNCATION &&
				   out->outcome != OUTCOME_TRUNCATION))
			*out = in;
	}
	/* one of several wholes that are only guessed disproves nothing */
	if (guessed && n > 1 && out->outcome == OUTCOME_FAIL)
		out->outcome = OUTCOME_OPEN;
}

static void eval_at(const struct check_facts *fs, const struct proven *proven,
		    struct instance *in, int reach, int reading, bool jumps)
{
	struct walk w = {.fs = fs, .proven = proven, .in = in,
			 .place = {reach, reading, jumps}};

	eval_once(&w);
	if (in->n_wholes)
		eval_wholes(fs, in);
}

/* Of an instance that does not hold at the least reach: further away and in
 * other readings, until it does. */
static void eval_further(const struct check_facts *fs,
			 const struct proven *proven, struct instance *out)
{
	struct instance next;
	const struct instance *last = out; /* the first is the best so far */
	int reach = LIST_ROW, reading = READ_PLAIN;

	while (last->reaches) {
		/* else the same parts again */
		if (!last->readable || ++reading == READINGS) {
			reach = last->next;
			reading = READ_PLAIN;
		}
		if (reach == LIST_REACHES)
			return;
		begin(&next, out);
		eval_at(fs, proven, &next, reach, reading, false);
		if (is_better(&next, out))
			*out = next;
		if (holds(&next))
			return;
		last = &next;
	}
}

void eval_form(const struct check_facts *fs, const struct proven *proven,
	       struct instance *out)
{
	/* mostly it holds where its first list has parts */
	begin(out, out);
	eval_at(fs, proven, out, LIST_ROW, READ_PLAIN, true);
	if (holds(out))
		return;
	if (out->reach > LIST_ROW) {
		begin(out, out);
		eval_at(fs, proven, out, LIST_ROW, READ_PLAIN, false);
	}
	if (!holds(out))
		eval_further(fs, proven, out);
}

void eval_remember(const struct check_facts *fs, struct proven *proven,
		   const struct instance *in)
{
	for (size_t i = 0; i < in->n_bindings; i++) {
		const struct binding *b = &in->bindings[i];
		struct list l = {.parts = b->facts, .n = b->n};
		enum dim dim = b->node->term.parts;

		if (b->node->kind != NODE_SUM || b->n < 2)
			continue;
		*map_put(&proven->sets,
			 list_key(fs, in->rule, dim, in->anchor, &l)) = proven;
	}
}

void eval_note_facts(struct check_facts *fs, struct instance *in)
{
	in->facts = arena_alloc_raw(fs->arena,
				    (in->known + 1) * sizeof *in->facts);
	in->n_facts = 0;
	facts_begin_list(fs);
	if (facts_is_new(fs, in->anchor))
		in->facts[in->n_facts++] = in->anchor;
	for (size_t i = 0; i < in->n_bindings; i++)
		for (size_t k = 0; k < in->bindings[i].n; k++)
			if (facts_is_new(fs, in->bindings[i].facts[k]))
				in->facts[in->n_facts++] =
					in->bindings[i].facts[k];
}
