/*
 * Of one document only the fact to be believed most speaks for a coordinate:
 * where the document contradicts itself, its own findings say so. A rule
 * counts only where facts of two documents take part.
 */
#include "check/across.h"

#include <string.h>

#include "check/agree.h"
#include "check/eval.h"
#include "check/finding.h"
#include "check/resolve.h"

struct across_entity {
	struct bud_fact *facts;
	bool *own;
	size_t n, cap, cap_own, n_docs;
};

void across_release(struct across *x)
{
	map_release(&x->entities);
	arena_release(&x->arena);
}

size_t across_count(const struct across *x)
{
	return x->entities.n;
}

static struct across_entity *entity_of(struct across *x, struct str name)
{
	void **place = map_put(&x->entities, name);

	if (!*place) {
		x->entities.entries[x->entities.n - 1].key =
			str_copy(&x->arena, name);
		*place = ARENA_NEW(&x->arena, struct across_entity);
	}
	return *place;
}

static void copy(struct arena *a, struct str *s)
{
	*s = str_copy(a, *s);
}

static void keep_fact(struct across *x, const struct check *c,
		      const struct bud_fact *f)
{
	struct arena *a = &x->arena;
	struct str name = f->entity.n ? f->entity : c->document.entity;
	struct across_entity *e;
	struct bud_fact *k;
	int64_t *from;

	if (!name.n || !f->at.year || f->approx || f->doubt.n)
		return;
	e = entity_of(x, name);
	e->facts = arena_grow(a, e->facts, &e->cap, e->n + 1, sizeof *e->facts);
	e->own = arena_grow(a, e->own, &e->cap_own, e->n + 1, sizeof *e->own);
	if (!e->n || !str_equal(e->facts[e->n - 1].doc, f->doc))
		e->n_docs++;
	e->own[e->n] = f->at.year == c->document.year &&
		       f->at.phase == c->document.phase;
	k = &e->facts[e->n++];
	*k = *f;
	k->entity = name;
	copy(a, &k->entity);
	copy(a, &k->doc);
	copy(a, &k->at.item);
	copy(a, &k->at.fund);
	copy(a, &k->at.function);
	copy(a, &k->at.economic);
	copy(a, &k->at.nature);
	copy(a, &k->scope);
	copy(a, &k->text);
	/* a place of one document is none among several */
	k->cell = f->cell.n ? str_format(a, "%.*s/%.*s", STR_ARG(f->doc),
					 STR_ARG(f->cell))
			    : (struct str){NULL, 0};
	k->section = k->whole = k->reason = (struct str){NULL, 0};
	k->page = k->line = 0;
	from = ARENA_ARRAY(a, int64_t, f->n_from);
	if (f->n_from)
		memcpy(from, f->from, f->n_from * sizeof *from);
	k->from = from;
}

void across_take(struct across *x, const struct check *c)
{
	const struct check_facts *fs = &c->facts;

	for (size_t i = 0; i < fs->n; i++) {
		const struct check_fact *f = fs->list[i];
		const struct check_chain *ch = facts_at(fs, f->at);
		const struct check_fact *best = f;

		if (f->f.at.kind != KIND_LEVEL || ch->list[0] != i)
			continue;
		for (size_t k = 1; k < ch->n; k++)
			if (facts_trusted(fs->list[ch->list[k]], best))
				best = fs->list[ch->list[k]];
		keep_fact(x, c, &best->f);
	}
	for (size_t i = 0; i < c->n_derived; i++)
		keep_fact(x, c, &c->derived[i]);
}

static bool spans_documents(const struct check_facts *fs,
			    const struct instance *in)
{
	const struct check_fact **facts;
	size_t n = eval_facts(fs, in, &facts);

	for (size_t i = 1; i < n; i++)
		if (!str_equal(facts[i]->f.doc, facts[0]->f.doc))
			return true;
	return false;
}

static void run_rule(struct check *c, const struct rule *rule,
		     const struct check_fact *anchor)
{
	for (size_t i = 0; i < rule->n_forms; i++) {
		const struct formula *form = &rule->forms[i];
		struct instance in = {0};

		if (!resolve_anchor(&c->facts, rule, form, anchor))
			continue;
		if (form->relation == RELATION_AGREE) {
			if (!agree_facts(&c->facts, rule, form, anchor, &in))
				continue;
		} else {
			eval_form(&c->facts, NULL, rule, form, anchor, &in);
		}
		if (in.outcome == OUTCOME_NONE || in.outcome == OUTCOME_OPEN ||
		    !spans_documents(&c->facts, &in))
			continue;
		in.certain = true;
		finding_add(c, &in);
		return;
	}
}

void across_run(const struct across *x, size_t entity, struct check *c)
{
	const struct across_entity *e = x->entities.entries[entity].value;

	c->across = c->facts.across = true;
	if (e->n_docs < 2)
		return;
	for (size_t i = 0; i < e->n; i++) {
		facts_add(&c->facts, &e->facts[i]);
		c->facts.list[i]->own = e->own[i];
	}
	for (size_t k = 0; k < c->rules->n; k++) {
		const struct rule *rule = c->rules->list[k];

		for (size_t i = 0; rule->across && i < c->facts.n; i++)
			run_rule(c, rule, c->facts.list[i]);
	}
}
