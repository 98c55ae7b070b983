/* One ledger serves both sides where one entity is told. */
#include "diff/teller.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "diff/change.h"
#include "diff/entity.h"

struct teller {
	const struct diff *d;
	struct ledger ledger, base;
	struct pairs pairs;
	struct changes changes;
	struct arena arena; /* of names */
	struct arena base_arena;
	struct str base_name;
	struct slot *base_slots;
	size_t n_base_slots;
};

struct teller *teller_new(const struct diff *d)
{
	struct teller *l = memory_realloc(NULL, sizeof *l);

	*l = (struct teller){.d = d, .changes = {.d = d}};
	return l;
}

void teller_free(struct teller *l)
{
	if (!l)
		return;
	ledger_release(&l->ledger);
	ledger_release(&l->base);
	pairs_release(&l->pairs);
	changes_release(&l->changes);
	arena_release(&l->arena);
	arena_release(&l->base_arena);
	free(l);
}

void teller_begin(struct teller *l, const struct diff_sink *sink)
{
	l->changes.sink = sink;
}

void teller_entity(struct teller *l, const struct diff_group *g)
{
	struct changes *c = &l->changes;
	const struct pairs *p = &l->pairs;

	arena_reset(&l->arena);
	ledger_open(&l->ledger, &l->d->table, g);
	c->from = c->to = &l->ledger;
	c->across = false;
	c->entity = entity_name(l->d, g->entity, &l->arena);
	pairs_find_slots(&l->pairs, &l->ledger);
	pairs_make(&l->pairs, l->d);
	for (uint32_t a = 0; a < l->ledger.n && p->n; a++)
		for (size_t i = 0; i < p->n; i++)
			changes_tell(c, a, a, &p->list[i]);
}

void teller_base(struct teller *l, const struct diff_group *g)
{
	arena_reset(&l->base_arena);
	ledger_open(&l->base, &l->d->table, g);
	l->base_name = entity_name(l->d, g->entity, &l->base_arena);
	pairs_find_slots(&l->pairs, &l->base);
	l->n_base_slots = l->pairs.n_slots;
	l->base_slots = ARENA_ARRAY(&l->base_arena, struct slot,
				    l->n_base_slots);
	if (l->n_base_slots)
		memcpy(l->base_slots, l->pairs.slots,
		       l->n_base_slots * sizeof *l->base_slots);
}

/* Both entities' accounts in one order; one that only one has stands alone. */
static void tell_two(struct teller *l)
{
	const struct ledger *a = &l->base, *b = &l->ledger;
	uint32_t i = 0, k = 0;

	while (i < a->n || k < b->n) {
		uint32_t from = NO_ACCOUNT, to = NO_ACCOUNT;
		int order = i == a->n   ? 1
			    : k == b->n ? -1
					: table_compare_key(
						  &l->d->table,
						  a->accounts[i].key,
						  b->accounts[k].key);

		if (order <= 0)
			from = i++;
		if (order >= 0)
			to = k++;
		for (size_t n = 0; n < l->pairs.n; n++)
			changes_tell(&l->changes, from, to, &l->pairs.list[n]);
	}
}

void teller_other(struct teller *l, const struct diff_group *g)
{
	struct changes *c = &l->changes;
	struct str other;

	arena_reset(&l->arena);
	other = entity_name(l->d, g->entity, &l->arena);
	if (!other.n)
		return;
	ledger_open(&l->ledger, &l->d->table, g);
	c->from = &l->base;
	c->to = &l->ledger;
	c->across = true;
	c->entity = str_format(&l->arena, "%.*s → %.*s",
			       STR_ARG(l->base_name), STR_ARG(other));
	pairs_find_slots(&l->pairs, &l->ledger);
	pairs_make_common(&l->pairs, l->d, l->base_slots, l->n_base_slots);
	tell_two(l);
}
