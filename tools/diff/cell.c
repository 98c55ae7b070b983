/* The rows of an account lie by year and phase, then by trust: a slot is a
 * run of them. */
#include "diff/cell.h"

#include "diff/trust.h"

bool cell_explains(int64_t value, int64_t quanta)
{
	/* 2 |value| <= quanta, without the overflow */
	return value <= quanta / 2 && value >= -(quanta / 2);
}

/* The first row of the account that is not before the time. */
static size_t lower_bound(const struct ledger *l, uint32_t account, int year,
			  int phase)
{
	size_t from = l->accounts[account].row;
	size_t to = l->accounts[account + 1].row;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct diff_row *r = l->rows[middle];

		if (r->year < year || (r->year == year && r->phase < phase))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static bool is_of(const struct diff_table *t, const struct slot *slot,
		  const struct diff_row *r)
{
	unsigned side = t->docs[r->doc].side ? SIDE_NEW : SIDE_OLD;

	return (slot->sides & side) &&
	       (slot->doc == ANY_DOC || (uint32_t)slot->doc == r->doc);
}

/* How much a rival has to tell: nothing, another source, another value,
 * a value that rounding does not explain. */
static int weight(const struct diff_row *best, const struct diff_row *r)
{
	int64_t difference, quanta;

	if (__builtin_sub_overflow(best->value, r->value, &difference) ||
	    __builtin_add_overflow(best->quantum, r->quantum, &quanta))
		return 3;
	if (difference)
		return cell_explains(difference, quanta) ? 2 : 3;
	return best->doc != r->doc || best->origin != r->origin;
}

/* Field by field: most of a cell is seldom used. */
static void begin_cell(struct cell *c, const struct diff_row *r, uint8_t scope)
{
	c->best = r;
	c->rival = NULL;
	c->value = r->value;
	c->quantum = r->quantum;
	c->scope = scope;
	c->n_merged = 0;
}

static void add_rival(struct cell *c, const struct diff_row *r)
{
	int had = c->rival ? weight(c->best, c->rival) : 0;

	if (weight(c->best, r) > had)
		c->rival = r;
}

/* Adds what a department said that is another's part today. */
static void add_merged(const struct diff_table *t, struct cell *c,
		       const struct diff_row *r)
{
	if (table_distance(t, r) > 1)
		return;
	for (size_t i = 0; i < c->n_merged; i++)
		if (c->merged[i]->name == r->name)
			return;
	if (c->n_merged < MAX_MERGED)
		c->merged[c->n_merged++] = r;
}

/* The sum of the merged; a single one is no sum. */
static void sum_merged(struct cell *c)
{
	int64_t value = 0, quantum = 0;
	bool any = false;

	for (size_t i = 0; i < c->n_merged; i++)
		any = any || (c->merged[i]->flags & ROW_MERGED);
	if (!any)
		c->n_merged = 0;
	for (size_t i = 0; i < c->n_merged; i++)
		if (__builtin_add_overflow(value, c->merged[i]->value,
					   &value) ||
		    __builtin_add_overflow(quantum, c->merged[i]->quantum,
					   &quantum))
			c->n_merged = 0;
	if (!c->n_merged)
		return;
	c->value = value;
	c->quantum = quantum;
	c->rival = NULL;
}

size_t cell_find(const struct ledger *l, uint32_t account,
		 const struct slot *slot, struct cell cells[MAX_SCOPES])
{
	const struct diff_table *t = l->table;
	size_t from, to, n = 0;
	uint8_t home = 0, flags = 0;

	if (account == NO_ACCOUNT || !slot->year)
		return 0;
	from = lower_bound(l, account, slot->year, (int)slot->phase);
	to = from;
	while (to < l->accounts[account + 1].row &&
	       l->rows[to]->year == slot->year &&
	       l->rows[to]->phase == (uint8_t)slot->phase) {
		if (!home && is_of(t, slot, l->rows[to]))
			home = l->rows[to]->scope;
		flags |= l->rows[to++]->flags;
	}
	for (size_t i = from; i < to; i++) {
		const struct diff_row *r = l->rows[i];
		uint8_t scope = r->scope ? r->scope : home;
		size_t k = 0;

		if (!is_of(t, slot, r))
			continue;
		while (k < n && cells[k].scope != scope)
			k++;
		if (k == MAX_SCOPES)
			continue;
		if (k == n)
			begin_cell(&cells[n++], r, scope);
		else
			add_rival(&cells[k], r);
		if (flags & ROW_MERGED)
			add_merged(t, &cells[k], r);
	}
	for (size_t k = 0; k < n; k++)
		sum_merged(&cells[k]);
	return n;
}
