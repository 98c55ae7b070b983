/*
 * What follows from the stated facts: the level of the year before from a
 * level and its change, and the one missing term of an identity whose rule
 * says that it may be reckoned. Never for coordinates that are stated, and
 * never from doubtful or rounded-in-words amounts.
 */
#include <string.h>

#include "check/check.h"
#include "check/eval.h"
#include "check/resolve.h"

static bool is_sound(const struct check_fact *f)
{
	return f->f.origin != ORIGIN_DERIVED && !f->f.doubt.n && !f->f.approx;
}

static bool is_stated(const struct check *c, const struct bud_fact *want)
{
	for (size_t i = 0; i < c->n_derived; i++) {
		const struct bud_fact *d = &c->derived[i];

		if (d->at.year == want->at.year &&
		    d->at.phase == want->at.phase &&
		    str_equal(d->entity, want->entity) &&
		    str_equal(d->scope, want->scope) &&
		    str_equal(d->at.item, want->at.item) &&
		    str_equal(d->at.fund, want->at.fund) &&
		    str_equal(d->at.function, want->at.function) &&
		    str_equal(d->at.economic, want->at.economic) &&
		    str_equal(d->at.nature, want->at.nature))
			return true;
	}
	return false;
}

static void keep(struct check *c, struct bud_fact *f, const int64_t *from,
		 size_t n_from)
{
	int64_t *copy = ARENA_ARRAY(c->arena, int64_t, n_from);

	if (is_stated(c, f))
		return;
	memcpy(copy, from, n_from * sizeof *from);
	f->n = ++c->last_n;
	f->from = copy;
	f->n_from = n_from;
	f->origin = ORIGIN_DERIVED;
	f->vs_year = 0;
	f->vs_phase = PHASE_NONE;
	f->whole = f->reason = f->text = f->cell = (struct str){NULL, 0};
	f->span_start = -1;
	f->span_end = 0;
	c->derived = arena_grow(c->arena, c->derived, &c->cap_derived,
				c->n_derived + 1, sizeof *c->derived);
	c->derived[c->n_derived++] = *f;
}

/* The most trusted sound level of the coordinates. */
static const struct check_fact *find_level(const struct check *c,
					   const check_word at[DIMS])
{
	const struct check_chain *ch = facts_at(&c->facts, at);
	const struct check_fact *best = NULL;

	for (size_t i = 0; ch && i < ch->n; i++) {
		const struct check_fact *f = c->facts.list[ch->list[i]];

		if (is_sound(f) && (!best || facts_trusted(f, best)))
			best = f;
	}
	return best;
}

static void derive_prior(struct check *c, const struct check_fact *change)
{
	const struct term base = {.base = BASE_VS, .parts = DIMS};
	struct term level = {.parts = DIMS, .matched = 1U << DIM_KIND};
	const struct check_fact *now;
	struct bud_fact f = change->f;
	check_word at[DIMS];
	int64_t from[2];

	level.at[DIM_KIND] = (struct selector){
			STR("level"), 0, SELECT_MATCH};
	if (!resolve_term(&c->facts, &level, change, at))
		return;
	now = find_level(c, at);
	if (!now || (!f.vs_year && f.vs_phase == PHASE_NONE))
		return;
	/* a year that no fact has is stated nowhere */
	if (resolve_term(&c->facts, &base, change, at) && facts_at(&c->facts, at))
		return;
	if (f.vs_year)
		f.at.year = f.vs_year;
	if (f.vs_phase != PHASE_NONE)
		f.at.phase = f.vs_phase;
	f.at.kind = KIND_LEVEL;
	if (__builtin_sub_overflow(now->f.value, f.value, &f.value))
		return;
	f.quantum += now->f.quantum;
	from[0] = now->f.n;
	from[1] = change->f.n;
	keep(c, &f, from, 2);
}

/* A linear formula of plain terms: the sign of each, and the one missing. */
struct linear {
	const struct instance *in;
	size_t next;
	const struct node *missing;
	int missing_sign;
	int64_t value, quantum;
	int64_t from[16];
	size_t n_from;
	bool good;
};

static void add_linear(struct linear *l, const struct node *n, int sign)
{
	const struct binding *b;

	if (n->kind == NODE_ADD || n->kind == NODE_SUBTRACT) {
		add_linear(l, n->left, sign);
		add_linear(l, n->right, n->kind == NODE_ADD ? sign : -sign);
		return;
	}
	if (n->kind != NODE_TERM || n->term.optional || l->n_from == 16) {
		l->good = false;
		return;
	}
	b = &l->in->bindings[l->next++];
	if (!b->n) {
		l->good = l->good && !l->missing;
		l->missing = n;
		l->missing_sign = sign;
		return;
	}
	if (!is_sound(b->facts[0]) ||
	    __builtin_add_overflow(l->value, sign * b->facts[0]->f.value,
				   &l->value))
		l->good = false;
	l->quantum += b->facts[0]->f.quantum;
	l->from[l->n_from++] = b->facts[0]->f.n;
}

static void set_word(struct str *field, const struct selector *s)
{
	if (s->how == SELECT_MATCH && s->pattern.n)
		*field = str_equal(s->pattern, STR("-"))
				 ? (struct str){NULL, 0}
				 : s->pattern;
}

/* 0 = left - right: the missing term is what is lacking. */
static void derive_missing(struct check *c, const struct instance *in)
{
	struct linear l = {.in = in, .good = true};
	struct bud_fact f = in->anchor->f;
	check_word at[DIMS];

	add_linear(&l, in->form->left, 1);
	if (l.good)
		add_linear(&l, in->form->right, -1);
	if (!l.good || !l.missing || l.missing->term.base != BASE_SAME)
		return;
	if (resolve_term(&c->facts, &l.missing->term, in->anchor, at) &&
	    facts_at(&c->facts, at))
		return;
	f.value = l.missing_sign > 0 ? -l.value : l.value;
	if (f.value < 0 && f.at.kind == KIND_LEVEL)
		return;
	f.quantum = l.quantum;
	set_word(&f.at.item, &l.missing->term.at[DIM_ITEM]);
	set_word(&f.at.fund, &l.missing->term.at[DIM_FUND]);
	set_word(&f.at.function, &l.missing->term.at[DIM_FUNCTION]);
	set_word(&f.at.economic, &l.missing->term.at[DIM_ECONOMIC]);
	set_word(&f.at.nature, &l.missing->term.at[DIM_NATURE]);
	keep(c, &f, l.from, l.n_from);
}

void check_derive(struct check *c)
{
	for (size_t i = 0; i < c->facts.n; i++) {
		const struct check_fact *f = c->facts.list[i];

		if (f->f.at.kind == KIND_CHANGE && is_sound(f))
			derive_prior(c, f);
	}
	for (size_t k = 0; k < c->rules->n; k++) {
		const struct rule *rule = c->rules->list[k];

		for (size_t j = 0; rule->derive && j < rule->n_forms; j++)
			for (size_t i = 0; i < c->facts.n; i++) {
				const struct check_fact *f = c->facts.list[i];
				struct instance in = {
					.rule = rule,
					.form = &rule->forms[j],
					.anchor = f,
				};

				if (rule->forms[j].relation != RELATION_EQUAL ||
				    f->f.at.kind != KIND_LEVEL ||
				    !resolve_anchor(&c->facts, rule,
						    &rule->forms[j], f))
					continue;
				eval_form(&c->facts, NULL, &in);
				if (in.outcome == OUTCOME_OPEN &&
				    in.missing == 1)
					derive_missing(c, &in);
			}
	}
}
