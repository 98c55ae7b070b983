/* Walks the entities, and each account through its entity's pairs. */
#include "diff/teller.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "diff/crew.h"
#include "diff/entity.h"
#include "diff/parent.h"

static void flush(const struct diff_sink *sink)
{
	if (sink->flush)
		sink->flush(sink->ctx);
}

static void run_entities(const struct diff *d, const struct diff_sink *sink)
{
	struct diff_group g = {0};

	while (table_next_group(&d->table, &g)) {
		teller_entity(d->teller, &g);
		flush(sink);
	}
}

/* ---- side by side ------------------------------------------------------ */

static bool find_base(const struct diff *d, struct diff_group *out)
{
	const struct diff_table *t = &d->table;
	struct str base = d->options->base;

	*out = (struct diff_group){0};
	while (table_next_group(t, out))
		if (base.n ? entity_is(d, out->entity, base)
			   : !table_is_nameless(t, out->entity))
			return true;
	return false;
}

static void run_side_by_side(const struct diff *d,
			     const struct diff_group *base,
			     const struct diff_sink *sink)
{
	struct diff_group g = {0};

	teller_base(d->teller, base);
	while (table_next_group(&d->table, &g)) {
		if (g.entity == base->entity)
			continue;
		teller_other(d->teller, &g);
		flush(sink);
	}
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

bool diff_run(struct diff *d, const struct diff_sink *sinks, unsigned n)
{
	struct diff_group base;
	bool apart;

	diff_nameless(d, &apart);
	if (!apart)
		table_join_nameless(&d->table);
	entity_learn(d);
	entity_join(d);
	parent_find(&d->table, d->cross);
	table_index(&d->table);
	if (!d->teller)
		d->teller = teller_new(d);
	teller_begin(d->teller, &sinks[0]);
	if (d->options->by != DIFF_BY_ENTITY && n > 1)
		crew_run(d, sinks, n);
	else if (d->options->by != DIFF_BY_ENTITY)
		run_entities(d, &sinks[0]);
	else if (find_base(d, &base))
		run_side_by_side(d, &base, &sinks[0]);
	else
		return !d->options->base.n;
	return true;
}
