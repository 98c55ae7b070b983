/* Exact arithmetic over intervals; a division by an interval that holds 0 is
 * never made. See eval.h for what is decided and why. */
#include "check/eval.h"

#include <stdio.h>
#include <string.h>

#include "check/list.h"

/* The worst of two operands is that of the pair. */
enum state { STATE_GOOD, STATE_ZERO, STATE_RANGE, STATE_MISSING };

/* A word that no fact has. */
static const check_word NOWHERE = UINT32_MAX - 1;

enum {
	/* A gap of so many last places is too small for a part left out. */
	SMALL_GAP = 20,
	/* Percent of the whole that a list in prose must reach to be one. */
	MOST_PARTS = 80,
	MAX_WHOLES = 8,
};

struct walk {
	const struct check_facts *fs;
	const struct proven *proven;
	struct instance *in;
	int reach, reading;
	bool right_side;
	size_t whole; /* which whole of a share is tried */
	struct list last; /* the list collected last */
	enum dim last_dim;
};

bool eval_is_anchor(const struct check_facts *fs, const struct rule *rule,
		    const struct formula *form, const struct check_fact *f)
{
	const struct term *t = &form->anchor->term;

	if (f->f.origin == ORIGIN_DERIVED && !fs->across)
		return false;
	if ((rule->from_year && f->f.at.year < rule->from_year) ||
	    (rule->to_year && f->f.at.year > rule->to_year))
		return false;
	for (int d = 0; d < DIMS; d++)
		if (t->at[d].how == SELECT_MATCH &&
		    !check_match(t->at[d].pattern, facts_text(fs, f->at[d])))
			return false;
	for (size_t i = 0; i < rule->n_except; i++)
		if (check_match(rule->except[i], f->f.at.item))
			return false;
	return true;
}

static check_word word_of(const struct check_facts *fs, struct str w)
{
	check_word n = facts_word(fs, w);

	return !w.n ? 0 : n ? n : NOWHERE;
}

static check_word year_word(const struct check_facts *fs, int year)
{
	char digits[16];

	snprintf(digits, sizeof digits, "%d", year);
	return word_of(fs, str_of(digits));
}

/* "expenditure;general;20801" names the whole of a share: item, fund,
 * function, economic, nature. */
static void resolve_whole(const struct check_facts *fs, struct str whole,
			  check_word at[DIMS])
{
	static const enum dim ORDER[] = {DIM_ITEM, DIM_FUND, DIM_FUNCTION,
					 DIM_ECONOMIC, DIM_NATURE};
	struct str w;

	for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
		if (!str_split(&whole, ';', &w))
			w = (struct str){NULL, 0};
		at[ORDER[i]] = word_of(fs, w);
	}
}

bool eval_resolve(const struct check_facts *fs, const struct term *t,
		  const struct check_fact *anchor, check_word at[DIMS])
{
	check_word level = word_of(fs, STR("level"));

	memcpy(at, anchor->at, sizeof anchor->at);
	if (t->base == BASE_VS) {
		if (at[DIM_VS_YEAR])
			at[DIM_YEAR] = at[DIM_VS_YEAR];
		if (at[DIM_VS_PHASE])
			at[DIM_PHASE] = at[DIM_VS_PHASE];
	}
	if (t->base == BASE_PRIOR)
		at[DIM_YEAR] = year_word(fs, anchor->f.at.year - 1);
	if (t->base == BASE_WHOLE)
		resolve_whole(fs, anchor->f.whole, at);
	if (t->base == BASE_VS || t->base == BASE_WHOLE)
		at[DIM_KIND] = level;
	for (int d = 0; d < DIMS; d++) {
		const struct selector *s = &t->at[d];

		if (s->how == SELECT_MATCH && s->pattern.n)
			at[d] = str_equal(s->pattern, STR("-"))
					? 0
					: word_of(fs, s->pattern);
	}
	if (at[DIM_KIND] == level)
		at[DIM_VS_YEAR] = at[DIM_VS_PHASE] = 0;
	if (at[DIM_KIND] != word_of(fs, STR("share")))
		at[DIM_WHOLE] = 0;
	for (int d = 0; d < DIMS; d++)
		if (at[d] == NOWHERE)
			return false;
	return true;
}

static uint64_t apart(const struct check_fact *a, const struct check_fact *b)
{
	return a->index > b->index ? a->index - b->index : b->index - a->index;
}

static bool is_nearer(const struct check_fact *anchor,
		      const struct check_fact *a, const struct check_fact *b)
{
	int x = facts_distance(anchor, a), y = facts_distance(anchor, b);

	if (x != y)
		return x < y;
	if (x <= 1 && apart(anchor, a) != apart(anchor, b))
		return apart(anchor, a) < apart(anchor, b);
	return facts_trusted(a, b);
}

static const struct check_fact *find_nearest(const struct check_facts *fs,
					     const struct check_fact *anchor,
					     const check_word at[DIMS])
{
	const struct check_chain *c = facts_at(fs, at);
	const struct check_fact *best = NULL;

	for (size_t i = 0; c && i < c->n; i++) {
		const struct check_fact *f = fs->list[c->list[i]];

		if (f == anchor)
			return f;
		if ((fs->across || f->f.origin != ORIGIN_DERIVED) &&
		    (!best || is_nearer(anchor, f, best)))
			best = f;
	}
	return best;
}

/* Adds the nearest fact of the coordinates to a list, once. */
static size_t add_whole(const struct check_facts *fs,
			const struct check_fact *anchor,
			const check_word at[DIMS],
			const struct check_fact **list, size_t n, size_t max)
{
	const struct check_fact *f = find_nearest(fs, anchor, at);

	if (!f || n == max)
		return n;
	for (size_t i = 0; i < n; i++)
		if (list[i] == f)
			return n;
	list[n] = f;
	return n + 1;
}

/* The next higher word of a dimension: 20805 of 2080501, fiscal of general. */
static struct str word_above(enum dim dim, struct str w)
{
	size_t dot = w.n;

	if (dim == DIM_FUNCTION || dim == DIM_ECONOMIC)
		return str_slice(w, 0, w.n > 3 ? w.n - 2 : 0);
	if (dim == DIM_FUND)
		return check_below(dim, w, STR("fiscal")) ? STR("fiscal")
							  : STR("");
	if (str_equal(w, STR("revenue")))
		return STR("revenue_total");
	if (str_equal(w, STR("expenditure")))
		return STR("expenditure_total");
	while (dot && w.p[dot - 1] != '.')
		dot--;
	return str_slice(w, 0, dot ? dot - 1 : 0);
}

/* What may be the whole of a part: the part with one coordinate, or all but
 * the item, taken up towards nothing. */
static size_t whole_guess(const struct check_facts *fs,
			  const struct check_fact *anchor,
			  const struct check_fact **list, size_t n, size_t max)
{
	static const enum dim ORDER[] = {DIM_FUNCTION, DIM_ECONOMIC, DIM_NATURE,
					 DIM_FUND, DIM_ITEM};
	check_word at[DIMS];

	for (size_t i = 0; i <= sizeof ORDER / sizeof *ORDER; i++) {
		bool all = i == sizeof ORDER / sizeof *ORDER;
		enum dim d = all ? DIM_FUND : ORDER[i];
		struct str w;

		memcpy(at, anchor->at, sizeof at);
		at[DIM_KIND] = word_of(fs, STR("level"));
		at[DIM_WHOLE] = at[DIM_VS_YEAR] = at[DIM_VS_PHASE] = 0;
		if (all)
			at[DIM_FUNCTION] = at[DIM_ECONOMIC] = at[DIM_NATURE] =
				0;
		for (w = facts_text(fs, at[d]); w.n;) {
			w = word_above(d, w);
			at[d] = word_of(fs, w);
			if (d != DIM_ITEM || w.n)
				n = add_whole(fs, anchor, at, list, n, max);
		}
	}
	return n;
}

/* Whether the coordinates are those of the part itself. */
static bool is_own_level(const struct check_facts *fs,
			 const struct check_fact *anchor,
			 const check_word at[DIMS])
{
	check_word own[DIMS];

	memcpy(own, anchor->at, sizeof own);
	own[DIM_KIND] = word_of(fs, STR("level"));
	own[DIM_WHOLE] = 0;
	return !memcmp(own, at, sizeof own);
}

/* The whole of a share: the one it names, else what lies above its part. */
static const struct check_fact *find_whole(struct walk *w, const struct term *t)
{
	const struct check_fact *anchor = w->in->anchor, *f;
	const struct check_fact *list[MAX_WHOLES];
	check_word at[DIMS];
	size_t n = 0;

	if (anchor->f.whole.n && eval_resolve(w->fs, t, anchor, at) &&
	    !is_own_level(w->fs, anchor, at)) {
		f = find_nearest(w->fs, anchor, at);
		if (f)
			list[n++] = f;
	}
	w->in->guessed = n == 0;
	n = whole_guess(w->fs, anchor, list, n, MAX_WHOLES);
	w->in->n_wholes = n;
	return w->whole < n ? list[w->whole] : NULL;
}

static const struct check_fact *find_term(struct walk *w, const struct term *t)
{
	check_word at[DIMS];

	if (t->base == BASE_WHOLE)
		return find_whole(w, t);
	if (!eval_resolve(w->fs, t, w->in->anchor, at))
		return NULL;
	return find_nearest(w->fs, w->in->anchor, at);
}

static void bind(struct walk *w, const struct node *node,
		 const struct check_fact **facts, size_t n)
{
	struct instance *in = w->in;

	in->bindings = arena_grow(w->fs->arena, in->bindings,
				  &in->cap_bindings, in->n_bindings + 1,
				  sizeof *in->bindings);
	in->bindings[in->n_bindings++] = (struct binding){node, facts, n};
	for (size_t i = 0; i < n; i++)
		in->known += facts[i] != in->anchor;
}

static enum state eval_term(struct walk *w, const struct node *n,
			    struct quantity *out)
{
	const struct check_fact **one =
		ARENA_NEW(w->fs->arena, const struct check_fact *);

	*one = n == w->in->form->anchor ? w->in->anchor
					: find_term(w, &n->term);
	bind(w, n, one, *one ? 1 : 0);
	if (*one)
		return facts_quantity(*one, out) ? STATE_GOOD : STATE_RANGE;
	if (!n->term.optional) {
		w->in->missing++;
		return STATE_MISSING;
	}
	if (w->right_side)
		w->in->lacks_right = true;
	else
		w->in->lacks_left = true;
	*out = (struct quantity){ratio_of(0), ratio_of(0), ratio_of(0)};
	return STATE_GOOD;
}

/* What makes a list closed whatever its sum is. */
static bool is_closed(struct walk *w, const struct node *n,
		      const struct list *l)
{
	const struct instance *in = w->in;
	bool zero = false;

	if (list_is_complete(w->fs, in->rule, n->term.parts, l))
		return true;
	if (l->residue)
		return false;
	if (l->table && w->reach == LIST_NEAR)
		return true;
	if (w->proven && map_get(&w->proven->sets,
				 list_key(w->fs, in->rule, n->term.parts,
					  in->anchor, l)))
		return true;
	for (size_t i = 0; i < l->n; i++)
		zero = zero || (!l->parts[i]->f.value &&
				l->parts[i]->f.origin == ORIGIN_TEXT);
	return zero && !in->rule->n_complete && l->n > 2 &&
	       in->anchor->f.value &&
	       in->anchor->f.at.kind == KIND_LEVEL && w->reach == LIST_NEAR;
}

static enum state eval_sum(struct walk *w, const struct node *n,
			   struct quantity *out)
{
	check_word at[DIMS];
	struct list l = {0};

	w->in->has_list = true;
	if (eval_resolve(w->fs, &n->term, w->in->anchor, at))
		list_collect(w->fs, &n->term, at, w->in->anchor, w->reach,
			     w->reading, &l);
	bind(w, n, l.parts, l.n);
	w->last = l;
	w->last_dim = n->term.parts;
	if (!l.n) {
		w->in->missing++;
		return STATE_MISSING;
	}
	w->in->closed = w->in->closed && is_closed(w, n, &l);
	*out = (struct quantity){ratio_of(0), ratio_of(0), ratio_of(0)};
	for (size_t i = 0; i < l.n; i++) {
		struct quantity q;

		if (!facts_quantity(l.parts[i], &q) ||
		    !quantity_add(out, &q, out))
			return STATE_RANGE;
	}
	return STATE_GOOD;
}

static enum state eval_node(struct walk *w, const struct node *n,
			    struct quantity *out);

static enum state eval_pair(struct walk *w, const struct node *n,
			    struct quantity *out)
{
	struct quantity a = {0}, b = {0};
	enum state x = eval_node(w, n->left, &a);
	enum state y = eval_node(w, n->right, &b);
	bool good;

	if (x != STATE_GOOD || y != STATE_GOOD)
		return x > y ? x : y;
	switch (n->kind) {
	case NODE_ADD:
		good = quantity_add(&a, &b, out);
		break;
	case NODE_SUBTRACT:
		good = quantity_subtract(&a, &b, out);
		break;
	case NODE_MULTIPLY:
		good = quantity_multiply(&a, &b, out);
		break;
	default:
		if (!b.point.num)
			return STATE_ZERO;
		good = quantity_divide(&a, &b, out);
	}
	return good ? STATE_GOOD : STATE_RANGE;
}

static enum state eval_node(struct walk *w, const struct node *n,
			    struct quantity *out)
{
	switch (n->kind) {
	case NODE_NUMBER:
		*out = (struct quantity){n->number, n->number, n->number};
		return STATE_GOOD;
	case NODE_TERM:
		return eval_term(w, n, out);
	case NODE_SUM:
		return eval_sum(w, n, out);
	default:
		return eval_pair(w, n, out);
	}
}

static bool meets(const struct quantity *a, const struct quantity *b,
		  enum relation relation)
{
	int c;

	if (!ratio_compare(a->low, b->high, &c))
		return true;
	if (c > 0)
		return false;
	if (relation == RELATION_AT_MOST)
		return true;
	return !ratio_compare(b->low, a->high, &c) || c <= 0;
}

/* A percentage that is its quotient rounded is exact. */
static bool is_exact(const struct instance *in)
{
	const struct bud_fact *f = &in->anchor->f;
	struct quantity own;
	int c;

	if (!ratio_compare(in->left.point, in->right.point, &c))
		return false;
	if (!c || (in->form->relation == RELATION_AT_MOST && c < 0))
		return true;
	if (f->unit != UNIT_PPM || in->form->left->kind != NODE_TERM)
		return false;
	own.point = own.low = own.high = in->right.point;
	return meets(&in->left, &own, RELATION_EQUAL);
}

/* Whether the stated quotient, cut off instead of rounded, would hold. */
static bool is_cut(const struct instance *in)
{
	const struct bud_fact *f = &in->anchor->f;
	struct quantity cut;

	if (in->form->left != in->form->anchor || f->unit != UNIT_PPM)
		return false;
	return quantity_make_cut(f->value, f->quantum, facts_scale(f->unit),
				 &cut) &&
	       meets(&cut, &in->right, in->form->relation);
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
	if (!ratio_compare(in->left.point, in->right.point, &c))
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

/* A list that falls short of its whole by so little, and has so many parts,
 * that no part can be meant to be missing. */
static bool is_nearly_all(const struct walk *w)
{
	const struct instance *in = w->in;
	const struct list *l = &w->last;
	struct ratio gap, most, part;
	int c;

	if (!in->has_list || l->n < 2 || l->residue || in->rule->n_complete ||
	    in->anchor->f.at.kind != KIND_LEVEL ||
	    in->anchor->f.value <= 0 || is_selection(w) ||
	    !ratio_subtract(in->left.point, in->right.point, &gap))
		return false;
	if (ratio_make((ratio_wide)l->parts[0]->f.quantum * SMALL_GAP,
		       facts_scale(l->parts[0]->f.unit), &most) &&
	    ratio_compare(gap, most, &c) && c <= 0)
		return true;
	return w->reach < LIST_ANYWHERE && ratio_make(100 - MOST_PARTS, 100, &part) &&
	       ratio_multiply(part, in->left.point, &part) &&
	       ratio_compare(gap, part, &c) && c <= 0;
}

static enum outcome judge(struct walk *w, enum state state)
{
	struct instance *in = w->in;

	if (state == STATE_MISSING)
		return in->known ? OUTCOME_OPEN : OUTCOME_NONE;
	if (state == STATE_ZERO)
		return OUTCOME_ZERO;
	if (state == STATE_RANGE)
		return OUTCOME_OPEN;
	if (meets(&in->left, &in->right, in->form->relation))
		return is_exact(in) ? OUTCOME_EXACT : OUTCOME_ROUNDING;
	if (is_cut(in))
		return OUTCOME_TRUNCATION;
	if (may_lack(in) && !is_nearly_all(w))
		return in->has_list && w->last.n < 2 ? OUTCOME_NONE
						     : OUTCOME_SHORT;
	return OUTCOME_FAIL;
}

static void eval_once(const struct check_facts *fs, const struct proven *proven,
		      struct instance *in, int reach, int reading,
		      size_t whole)
{
	struct walk w = {.fs = fs, .proven = proven, .in = in, .reach = reach,
			 .reading = reading, .whole = whole};
	enum state x, y;

	in->closed = true;
	in->reach = reach;
	in->unit = in->form->left->kind == NODE_DIVIDE ? UNIT_PPM
						       : in->anchor->f.unit;
	x = eval_node(&w, in->form->left, &in->left);
	w.right_side = true;
	y = eval_node(&w, in->form->right, &in->right);
	in->outcome = judge(&w, x > y ? x : y);
}

static bool holds(const struct instance *in)
{
	return in->outcome == OUTCOME_EXACT || in->outcome == OUTCOME_ROUNDING;
}

/* Whether an instance says more than the one kept so far. */
static bool is_better(const struct instance *in, const struct instance *kept)
{
	if (!kept->rule || holds(in))
		return true;
	return kept->outcome == OUTCOME_NONE && in->outcome != OUTCOME_NONE;
}

static void eval_wholes(const struct check_facts *fs,
			const struct instance *blank, struct instance *out)
{
	size_t n = out->n_wholes;
	bool guessed = out->guessed;

	for (size_t i = 1; i < n && !holds(out); i++) {
		struct instance in = *blank;

		eval_once(fs, NULL, &in, 0, 0, i);
		if (holds(&in) || (in.outcome == OUTCOME_TRUNCATION &&
				   out->outcome != OUTCOME_TRUNCATION))
			*out = in;
	}
	/* one of several wholes that are only guessed disproves nothing */
	if (guessed && n > 1 && out->outcome == OUTCOME_FAIL)
		out->outcome = OUTCOME_OPEN;
}

void eval_form(const struct check_facts *fs, const struct proven *proven,
	       const struct rule *rule, const struct formula *form,
	       const struct check_fact *anchor, struct instance *out)
{
	struct instance blank = {.rule = rule, .form = form, .anchor = anchor};
	struct instance kept = {0};

	for (int reach = 0; reach < LIST_REACHES; reach++)
		for (int reading = 0; reading < READINGS; reading++) {
			struct instance in = blank;

			eval_once(fs, proven, &in, reach, reading, 0);
			if (in.n_wholes)
				eval_wholes(fs, &blank, &in);
			if (is_better(&in, &kept))
				kept = in;
			if (!in.has_list || holds(&in)) {
				*out = kept;
				return;
			}
		}
	*out = kept;
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

/* A formula over facts that are bound already, one value replaced. */
struct redo {
	const struct instance *in;
	const struct check_fact *fact;
	int64_t value;
	size_t binding;
};

static bool redo_facts(struct redo *r, struct quantity *out)
{
	const struct binding *b = &r->in->bindings[r->binding++];

	*out = (struct quantity){ratio_of(0), ratio_of(0), ratio_of(0)};
	for (size_t i = 0; i < b->n; i++) {
		const struct bud_fact *f = &b->facts[i]->f;
		struct quantity q;

		if (!quantity_make(b->facts[i] == r->fact ? r->value : f->value,
				   f->quantum, facts_scale(f->unit), &q) ||
		    !quantity_add(out, &q, out))
			return false;
	}
	return true;
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

bool eval_again(const struct instance *in, const struct check_fact *fact,
		int64_t value, struct quantity *left, struct quantity *right)
{
	struct redo r = {in, fact, value, 0};

	return redo_node(&r, in->form->left, left) &&
	       redo_node(&r, in->form->right, right);
}

bool eval_meets(const struct quantity *left, const struct quantity *right,
		enum relation relation)
{
	return meets(left, right, relation);
}

size_t eval_facts(const struct check_facts *fs, const struct instance *in,
		  const struct check_fact ***out)
{
	const struct check_fact **list;
	size_t n = 0;

	list = ARENA_ARRAY(fs->arena, const struct check_fact *, in->known + 1);
	list[n++] = in->anchor;
	for (size_t i = 0; i < in->n_bindings; i++)
		for (size_t k = 0; k < in->bindings[i].n; k++) {
			size_t old = 0;

			while (old < n && list[old] != in->bindings[i].facts[k])
				old++;
			if (old == n)
				list[n++] = in->bindings[i].facts[k];
		}
	*out = list;
	return n;
}
