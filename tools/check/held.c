/*
 * Points are few beside rules times points, and classes fewer: so the document
 * is gathered by class, rules are held against the classes, and only forms that
 * are left against points.
 */
#include "check/held.h"

#include <string.h>

#include "check/idle.h"
#include "check/resolve.h"

/* Adds a point to its class, true where it is the first of it. */
static bool add_point(const struct check_facts *fs, size_t number)
{
	struct check_chain *point = fs->points[number];
	struct check_class *c = known_class(fs->known, point);
	bool is_new = c->document != fs->known->document;

	if (is_new) {
		c->document = fs->known->document;
		c->points = NULL;
		c->odd = false;
		c->shapes = 0;
		c->n = c->cap = 0;
		memset(c->longest, 0, sizeof c->longest);
	}
	c->points = arena_grow_raw(fs->arena, c->points, &c->cap, c->n + 1,
				   sizeof *c->points);
	c->points[c->n++] = (uint32_t)number;
	for (size_t i = 0; i < ALONG_DIMS; i++) {
		enum dim d = KNOWN_ALONG[i];
		check_word w = point->at[d];

		if (w && facts_text(fs, w).n > c->longest[d])
			c->longest[d] = facts_text(fs, w).n;
	}
	c->shapes |= UINT64_C(1) << point->own->shape;
	c->odd = c->odd || (point->at[DIM_WHOLE] &&
			    point->at[DIM_KIND] != WORD_SHARE);
	return is_new;
}

/* The classes of the document's points. */
static const struct check_class **gather(const struct check_facts *fs,
					 size_t *n)
{
	const struct check_class **list = NULL;
	size_t cap = 0;

	*n = 0;
	for (size_t p = 0; p < fs->n_points; p++) {
		if (!add_point(fs, p))
			continue;
		list = arena_grow_raw(fs->arena, (void *)list, &cap, *n + 1,
				      sizeof *list);
		list[(*n)++] = fs->points[p]->own->class;
	}
	return list;
}

/* By rule, the classes it is meant for. */
static void sort_classes(struct held_rules *h,
			 const struct check_class *const *list, size_t n)
{
	size_t total = 0;

	h->from = ARENA_ARRAY(h->fs->arena, size_t, h->rules->n + 2);
	for (size_t i = 0; i < n; i++) {
		total += list[i]->n_rules;
		for (size_t k = 0; k < list[i]->n_rules; k++)
			h->from[list[i]->rules[k].rule + 2]++;
	}
	for (size_t k = 0; k < h->rules->n; k++)
		h->from[k + 2] += h->from[k + 1];
	h->classes = arena_alloc_raw(h->fs->arena, total * sizeof *h->classes);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < list[i]->n_rules; k++) {
			const struct class_rule *x = &list[i]->rules[k];

			h->classes[h->from[x->rule + 1]++] =
				(struct held_class){list[i], x->forms};
		}
}

static bool has_amount(const struct check_facts *fs,
		       const struct check_class *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (resolve_has_amount(fs, fs->points[c->points[i]]))
			return true;
	return false;
}

/* What the points of a class are to the terms of rules, and which rules they
 * make void. */
static void note_class(struct held_rules *h, const struct check_class *c)
{
	for (size_t i = 0; i < c->n_terms; i++) {
		struct held_term *t = &h->stated[c->terms[i]];

		t->shapes |= c->shapes;
		if (t->asked.how == CLASS_LONGER &&
		    c->longest[t->asked.parts] > t->longest)
			t->longest = c->longest[t->asked.parts];
	}
	if (c->n_voids && has_amount(h->fs, c))
		for (size_t i = 0; i < c->n_voids; i++)
			h->is_void[c->voids[i]] = true;
}

/* Gathers what the document states of all terms. */
static void note_terms(struct held_rules *h,
		       const struct check_class *const *list, size_t n)
{
	const struct classes *cs = &h->fs->known->classes;
	bool odd = false;

	h->stated = arena_alloc_raw(h->fs->arena,
				    cs->n_terms * sizeof *h->stated);
	for (size_t i = 0; i < n; i++)
		odd = odd || list[i]->odd;
	for (size_t i = 0; i < cs->n_terms; i++) {
		h->stated[i] = (struct held_term){.asked = cs->terms[i]};
		if (odd && cs->terms[i].how == CLASS_OWN)
			h->stated[i].asked.how = CLASS_ANY;
	}
	for (size_t i = 0; i < n; i++)
		note_class(h, list[i]);
}

void held_begin(struct held_rules *h, struct check_facts *fs,
		const struct rules *rules)
{
	struct arena *a = fs->arena;
	const struct check_class **list;
	size_t n;

	*h = (struct held_rules){.fs = fs, .rules = rules};
	list = gather(fs, &n);
	sort_classes(h, list, n);
	h->is_void = ARENA_ARRAY(a, bool, rules->n);
	note_terms(h, list, n);
	h->at = ARENA_ARRAY(a, struct held, fs->n_points);
	h->facts = ARENA_ARRAY(a, uint64_t, fs->n / 64 + 1);
}

/* What the document states of the terms of a form. */
static const struct held_term *stated_of(const struct held_rules *h, size_t k,
					 const struct formula *form)
{
	return h->stated + class_term(&h->fs->known->classes, k, form);
}

/* Those of the forms that may come to something in this document, for an anchor
 * and all of its shape or, NULL, for any. */
static uint64_t forms_of(const struct held_rules *h, size_t k, uint64_t forms,
			 const struct check_fact *anchor)
{
	for (uint64_t rest = forms & ~class_form(63); rest; rest &= rest - 1) {
		size_t i = (size_t)__builtin_ctzll(rest);
		const struct formula *form = &h->rules->list[k]->forms[i];

		if (form->relation == RELATION_REQUIRE /* see words.c */
			    ? true
			    : rule_is_identity(form) &&
				      idle_form(h->fs, form, anchor, NULL,
						stated_of(h, k, form)))
			forms &= ~class_form(i);
	}
	return forms;
}

static uint64_t all_forms(const struct rule *rule)
{
	return rule->n_forms < 64 ? class_form(rule->n_forms) - 1 : UINT64_MAX;
}

/* Those of the forms that may come to something for a class. */
static uint64_t forms_for(const struct held_rules *h, size_t k,
			  const struct check_class *c, uint64_t forms)
{
	enum { FEW = 2 }; /* then each is asked as soon */
	const struct check_facts *fs = h->fs;

	if (!forms || c->n <= FEW || c->shapes & (c->shapes - 1))
		return forms;
	return forms_of(h, k, forms,
			fs->list[fs->points[c->points[0]]->list[0]]);
}

/* Nothing is known of the terms of a form yet. */
static void begin_terms(struct known_term *terms, const struct formula *form)
{
	for (size_t i = 0; i < form->n_terms; i++) {
		/* what tells so; a call that clears all takes longer */
		terms[i].chain = NULL;
		terms[i].n_chains = 0;
		terms[i].endless = false;
		terms[i].n = terms[i].of = 0;
	}
}

/* Of "within", what is missing is what it tells. */
static bool is_idle(struct held_rules *h, size_t k, const struct formula *form,
		    const struct check_chain *point)
{
	struct known_term *terms = h->spare + form->first_term;

	if (form->relation == RELATION_AGREE)
		return point->n < 2;
	if (!rule_is_identity(form))
		return false;
	begin_terms(terms, form);
	return idle_form(h->fs, form, h->fs->list[point->list[0]], terms,
			 stated_of(h, k, form));
}

/* Those of the forms that come to something at a point. */
static uint64_t without_idle(struct held_rules *h, size_t k,
			     const struct check_chain *point, uint64_t forms)
{
	for (uint64_t rest = forms & ~class_form(63); rest; rest &= rest - 1) {
		size_t i = (size_t)__builtin_ctzll(rest);

		if (is_idle(h, k, &h->rules->list[k]->forms[i], point))
			forms &= ~class_form(i);
	}
	for (size_t i = 63; forms >> 63 && i < h->rules->list[k]->n_forms; i++)
		begin_terms(h->spare + h->rules->list[k]->forms[i].first_term,
			    &h->rules->list[k]->forms[i]);
	return forms;
}

/* Room for the terms of a rule. */
static void make_room(struct held_rules *h, size_t n)
{
	enum { RULES = 64 };

	if (n <= h->n_spare)
		return;
	h->n_spare = n * RULES;
	h->spare = arena_alloc_raw(h->fs->arena, h->n_spare * sizeof *h->spare);
}

static bool find_point(struct held_rules *h, size_t k, uint32_t number,
		       uint64_t forms, size_t n_terms)
{
	const struct check_chain *point = h->fs->points[number];

	forms = without_idle(h, k, point, forms);
	if (!forms)
		return false;
	h->at[number] = (struct held){h->rules->list[k], forms, h->spare};
	h->spare += n_terms;
	h->n_spare -= n_terms;
	make_room(h, n_terms);
	for (size_t f = 0; f < point->n; f++)
		h->facts[point->list[f] / 64] |= UINT64_C(1)
						 << point->list[f] % 64;
	return true;
}

bool held_find(struct held_rules *h, size_t k)
{
	bool any = false;
	uint64_t some;
	size_t n_terms;

	if (h->from[k] == h->from[k + 1])
		return false;
	some = forms_of(h, k, all_forms(h->rules->list[k]), NULL);
	n_terms = rule_terms(h->rules->list[k]);
	make_room(h, n_terms);
	for (size_t i = h->from[k]; i < h->from[k + 1]; i++) {
		const struct check_class *c = h->classes[i].class;
		uint64_t forms = forms_for(h, k, c,
					   h->classes[i].forms & some);

		for (size_t p = 0; forms && p < c->n; p++)
			any = find_point(h, k, c->points[p], forms, n_terms) ||
			      any;
	}
	return any;
}
