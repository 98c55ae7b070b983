/* Walks the keys entity by entity, and each key through the entity's pairs. */
#include "diff/change.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "diff/entity.h"

/* The keys of one entity: sorted[from..to). */
struct range {
	size_t from, to;
};

static uint32_t entity_at(const struct diff_table *t, size_t i)
{
	return t->keys[t->sorted[i]].entity;
}

/* The range that begins at from. */
static struct range next_range(const struct diff_table *t, size_t from)
{
	struct range r = {from, from};

	while (r.to < t->n_keys && entity_at(t, r.to) == entity_at(t, from))
		r.to++;
	return r;
}

static void run_entities(struct diff *d, struct changes *c, struct pairs *p)
{
	const struct diff_table *t = &d->table;
	struct arena a = {0};
	struct range r = {0, 0};

	while (r.to < t->n_keys) {
		r = next_range(t, r.to);
		arena_reset(&a);
		c->entity = entity_name(d, entity_at(t, r.from), &a);
		pairs_find_slots(p, d, r.from, r.to);
		pairs_make(p, d);
		for (size_t k = r.from; k < r.to && p->n; k++)
			for (size_t i = 0; i < p->n; i++)
				changes_tell(c, t->sorted[k], t->sorted[k],
					     &p->list[i]);
	}
	arena_release(&a);
}

/* ---- side by side ------------------------------------------------------ */

static bool find_base(const struct diff *d, struct range *out)
{
	const struct diff_table *t = &d->table;
	struct str base = d->options->base;

	*out = (struct range){0, 0};
	while (out->to < t->n_keys) {
		uint32_t entity;

		*out = next_range(t, out->to);
		entity = entity_at(t, out->from);
		if (base.n ? entity_is(d, entity, base)
			   : !table_is_nameless(t, entity))
			return true;
	}
	*out = (struct range){0, 0};
	return !base.n;
}

/* Both entities' keys in one order; a key that only one has stands alone. */
static void tell_two(struct changes *c, struct range base, struct range other,
		     const struct pairs *p)
{
	const struct diff_table *t = &c->d->table;

	while (base.from < base.to || other.from < other.to) {
		uint32_t from = NO_KEY, to = NO_KEY;
		int order = base.from == base.to     ? 1
			    : other.from == other.to ? -1
						     : table_compare_key(
							     t, t->sorted[base.from],
							     t->sorted[other.from]);

		if (order <= 0)
			from = t->sorted[base.from++];
		if (order >= 0)
			to = t->sorted[other.from++];
		for (size_t i = 0; i < p->n; i++)
			changes_tell(c, from, to, &p->list[i]);
	}
}

static void run_side_by_side(struct diff *d, struct changes *c,
			     struct pairs *p, struct range base)
{
	const struct diff_table *t = &d->table;
	struct arena a = {0};
	struct str name = entity_name(d, entity_at(t, base.from), &a);
	struct range r = {0, 0};
	struct slot *slots;
	size_t n_slots;

	pairs_find_slots(p, d, base.from, base.to);
	n_slots = p->n_slots;
	slots = ARENA_ARRAY(&a, struct slot, n_slots);
	if (n_slots)
		memcpy(slots, p->slots, n_slots * sizeof *slots);
	c->across = true;
	while (r.to < t->n_keys) {
		struct str other;

		r = next_range(t, r.to);
		other = entity_name(d, entity_at(t, r.from), &a);
		if (r.from == base.from || !other.n)
			continue;
		c->entity = str_format(&a, "%.*s → %.*s", STR_ARG(name),
				       STR_ARG(other));
		pairs_find_slots(p, d, r.from, r.to);
		pairs_make_common(p, d, slots, n_slots);
		tell_two(c, base, r, p);
	}
	arena_release(&a);
}

/* ---- documents without a name ------------------------------------------ */

static int compare_times(const void *x, const void *y)
{
	const struct diff_doc *a = *(const struct diff_doc *const *)x;
	const struct diff_doc *b = *(const struct diff_doc *const *)y;

	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	return (a->phase > b->phase) - (a->phase < b->phase);
}

static void find_nameless(struct diff *d)
{
	const struct diff_table *t = &d->table;
	const struct diff_doc **list =
		memory_realloc(NULL, (t->n_docs + 1) * sizeof *list);
	size_t n = 0, named = 0;

	for (size_t i = 0; i < t->n_docs; i++) {
		const struct diff_doc *doc = &t->docs[i];

		/* without a record there is nothing to tell them apart */
		if (doc->order && !table_is_nameless(t, doc->entity))
			named++;
		else if (doc->order)
			list[n++] = doc;
	}
	if (n > 1)
		qsort(list, n, sizeof *list, compare_times);
	d->apart = named && n;
	for (size_t i = 1; i < n; i++)
		d->apart = d->apart ||
			   (list[i]->year &&
			    !compare_times(&list[i - 1], &list[i]));
	d->nameless = n;
	free(list);
}

size_t diff_nameless(struct diff *d, bool *apart)
{
	if (d->n_asked != d->table.n_published)
		find_nameless(d);
	d->n_asked = d->table.n_published;
	*apart = d->apart;
	return d->nameless;
}

bool diff_run(struct diff *d, diff_sink *sink, void *ctx)
{
	struct changes c = {.d = d, .sink = sink, .ctx = ctx};
	struct pairs p = {.n = 0};
	struct range base;
	bool good = true, apart;

	diff_nameless(d, &apart);
	if (!apart)
		table_join_nameless(&d->table);
	entity_learn(d);
	entity_join(d);
	table_index(&d->table);
	if (d->options->by != DIFF_BY_ENTITY) {
		run_entities(d, &c, &p);
	} else {
		good = find_base(d, &base);
		if (good && base.from < base.to)
			run_side_by_side(d, &c, &p, base);
	}
	changes_release(&c);
	pairs_release(&p);
	return good;
}
