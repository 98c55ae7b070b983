/*
 * Of one document only the fact to be believed most speaks for a coordinate:
 * where the document contradicts itself, its own findings say so. A rule
 * counts only where facts of two documents take part.
 *
 * A department's document is held against those of its units, of the same year
 * and phase: those that bear its name, and those that it states amounts of. A
 * second document of one of them may tell anything, so it leaves them out.
 */
#include "check/across.h"

#include <string.h>

#include "check/agree.h"
#include "check/eval.h"
#include "check/finding.h"
#include "check/resolve.h"
#include "check/split.h"
#include "check/unit.h"

struct across_document {
	struct str id, entity;
	int year;
	enum phase phase;
	bool unit; /* it calls itself the budget or account of a unit */
};

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
	return x->entities.n + x->n;
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

static bool is_of_unit(struct str title)
{
	return str_find(title, STR("单位预算")) != SIZE_MAX ||
	       str_find(title, STR("单位决算")) != SIZE_MAX;
}

static void keep_document(struct across *x, const struct check *c)
{
	struct across_document *d;

	x->documents = arena_grow(&x->arena, x->documents, &x->cap, x->n + 1,
				  sizeof *x->documents);
	d = &x->documents[x->n++];
	*d = (struct across_document){c->verdict.doc, c->document.entity,
				      c->document.year, c->document.phase,
				      is_of_unit(c->document.title)};
	copy(&x->arena, &d->id);
	copy(&x->arena, &d->entity);
}

void across_take(struct across *x, const struct check *c)
{
	const struct check_facts *fs = &c->facts;

	keep_document(x, c);
	for (size_t i = 0; i < fs->n; i++) {
		const struct check_fact *f = fs->list[i];
		const struct check_chain *ch = f->chain;
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

static bool spans_documents(const struct instance *in)
{
	for (size_t i = 1; i < in->n_facts; i++)
		if (!str_equal(in->facts[i]->f.doc, in->facts[0]->f.doc))
			return true;
	return false;
}

static void run_rule(struct check *c, const struct rule *rule,
		     const struct check_fact *anchor)
{
	for (size_t i = 0; i < rule->n_forms; i++) {
		const struct formula *form = &rule->forms[i];
		struct instance in = {0}, *kept;

		if (!resolve_anchor(&c->facts, rule, form, anchor))
			continue;
		if (form->relation == RELATION_WITHIN ||
		    form->relation == RELATION_REQUIRE)
			continue; /* of one document */
		if (form->relation == RELATION_AGREE) {
			if (!agree_facts(&c->facts, rule, form, anchor, &in))
				continue;
		} else {
			in = (struct instance){.rule = rule, .form = form,
					       .anchor = anchor};
			eval_form(&c->facts, NULL, &in);
		}
		if (in.outcome == OUTCOME_NONE || in.outcome == OUTCOME_OPEN)
			continue;
		eval_note_facts(&c->facts, &in);
		if (!spans_documents(&in))
			continue;
		in.certain = true;
		kept = ARENA_NEW(c->arena, struct instance);
		*kept = in;
		finding_add(c, kept);
		return;
	}
}

static void run_rules(struct check *c, enum across_what across)
{
	split_note(&c->facts);
	for (size_t k = 0; k < c->rules->n; k++) {
		const struct rule *rule = c->rules->list[k];

		if (rule->across != across || resolve_is_void(&c->facts, rule))
			continue;
		for (size_t i = 0; i < c->facts.n; i++)
			run_rule(c, rule, c->facts.list[i]);
	}
}

static bool is_of_time(const struct across_document *a,
		       const struct across_document *b)
{
	return a->year == b->year && a->phase == b->phase;
}

/* Whether it is that of the department's own office under the department's
 * name: 某局单位预算 beside 某局部门预算. */
static bool is_of_office(const struct across_document *office,
			 const struct across_document *d)
{
	return office->unit && !d->unit && is_of_time(office, d) &&
	       str_equal(office->entity, d->entity);
}

static bool is_alone(const struct across *x, const struct across_document *d)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct across_document *o = &x->documents[i];

		if (o != d && is_of_time(o, d) && o->unit == d->unit &&
		    str_equal(o->entity, d->entity))
			return false;
	}
	return d->entity.n && d->year;
}

/* Whether the document of that id is of an office whose department has one. */
static bool is_of_some_office(const struct across *x, struct str id)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; str_equal(x->documents[i].id, id) &&
				   k < x->n; k++)
			if (is_of_office(&x->documents[i], &x->documents[k]))
				return true;
	return false;
}

static void run_entity(const struct across *x, const struct across_entity *e,
		       struct check *c)
{
	bool office = false;

	if (e->n_docs < 2)
		return;
	for (size_t i = 0; i < e->n; i++) {
		if (!i || !str_equal(e->facts[i].doc, e->facts[i - 1].doc))
			office = is_of_some_office(x, e->facts[i].doc);
		if (office)
			continue;
		facts_add(&c->facts, &e->facts[i]);
		c->facts.list[c->facts.n - 1]->own = e->own[i];
	}
	run_rules(c, ACROSS_YEARS);
}

/* Whether a document states amounts of an entity, in a table. */
static bool is_listed(const struct across_entity *e,
		      const struct across_document *d)
{
	for (size_t i = 0; e && i < e->n; i++)
		if (e->facts[i].cell.n && str_equal(e->facts[i].doc, d->id))
			return true;
	return false;
}

/* The units of a department that have documents; returns how many. Units of
 * a unit are counted with it. */
static size_t find_units(const struct across *x,
			 const struct across_document *d,
			 const struct across_document **units)
{
	size_t all = 0, n = 0;

	for (size_t i = 0; i < x->n; i++) {
		const struct across_document *u = &x->documents[i];

		if (is_of_time(u, d) && is_alone(x, u) &&
		    (str_equal(u->entity, d->entity)
			     ? is_of_office(u, d)
			     : unit_is_named(d->entity, u->entity) ||
				       is_listed(map_get(&x->entities,
							 u->entity),
						 d)))
			units[all++] = u;
	}
	for (size_t i = 0; i < all; i++) {
		bool nested = false;

		for (size_t k = 0; k < all; k++)
			nested = nested ||
				 (!str_equal(units[k]->entity, d->entity) &&
				  unit_is_named(units[k]->entity,
						units[i]->entity));
		if (!nested)
			units[n++] = units[i];
	}
	return n;
}

/* Whether a statement of how many units there are means these: its office is
 * one of them, or comes on top of those below it. */
static bool is_count_of(const struct bud_fact *f, size_t n)
{
	bool below = str_find(f->text, STR("下属")) != SIZE_MAX ||
		     str_find(f->text, STR("所属")) != SIZE_MAX ||
		     str_find(f->text, STR("下设")) != SIZE_MAX ||
		     str_find(f->text, STR("下辖")) != SIZE_MAX;

	return str_equal(f->at.item, STR("units")) &&
	       (f->value + 1 == (int64_t)n ||
		(!below && f->value == (int64_t)n));
}

/* Whether no unit is without a document: the department's own office is among
 * them, and all that a table lists, or as many as are told. */
static bool are_all(const struct across *x, const struct across_document *d,
		    const struct across_document *const *units, size_t n)
{
	const struct across_entity *e = map_get(&x->entities, d->entity);
	bool office = false, listed = false;

	for (size_t i = 0; i < n; i++)
		office = office || is_of_office(units[i], d) ||
			 unit_is_office(d->entity, units[i]->entity);
	if (!office)
		return false;
	for (size_t i = 0; i < e->n; i++)
		if (str_equal(e->facts[i].doc, d->id) &&
		    is_count_of(&e->facts[i], n))
			return true;
	for (size_t i = 0; i < x->entities.n; i++) {
		size_t k = 0;

		if (str_equal(x->entities.entries[i].key, d->entity) ||
		    !is_listed(x->entities.entries[i].value, d))
			continue;
		listed = true;
		while (k < n && !str_equal(units[k]->entity,
					   x->entities.entries[i].key))
			k++;
		if (k == n)
			return false;
	}
	return listed;
}

/* Adds what a document states of its own year, under that name. */
static void add_document(const struct across *x,
			 const struct across_document *d, struct str name,
			 struct check *c)
{
	const struct across_entity *e = map_get(&x->entities, d->entity);

	for (size_t i = 0; e && i < e->n; i++) {
		struct bud_fact f = e->facts[i];

		if (!e->own[i] || f.origin == ORIGIN_DERIVED ||
		    !str_equal(f.doc, d->id))
			continue;
		f.entity = name;
		facts_add(&c->facts, &f);
	}
}

static void run_units(const struct across *x, const struct across_document *d,
		      struct check *c)
{
	const struct across_document **units;
	size_t n;

	if (!is_alone(x, d) || !map_get(&x->entities, d->entity))
		return;
	units = ARENA_ARRAY(c->arena, const struct across_document *, x->n);
	n = find_units(x, d, units);
	if (!n)
		return;
	c->facts.n_units = are_all(x, d, units, n) ? n : 0;
	add_document(x, d, (struct str){NULL, 0}, c);
	for (size_t i = 0; i < n; i++)
		add_document(x, units[i], units[i]->entity, c);
	run_rules(c, ACROSS_UNITS);
}

void across_run(const struct across *x, size_t set, struct check *c)
{
	c->across = c->facts.across = true;
	if (set < x->entities.n)
		run_entity(x, x->entities.entries[set].value, c);
	else
		run_units(x, &x->documents[set - x->entities.n], c);
}
