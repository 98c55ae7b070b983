/* Accounts are sorted, not rows: these are counted out, and few are left to be
 * sorted in each account. */
#include "diff/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "diff/trust.h"

void ledger_release(struct ledger *l)
{
	free(l->accounts);
	free(l->rows);
	free(l->stated);
	free(l->account_of);
	*l = (struct ledger){0};
}

/* At least so many; what it held is lost. */
static void *make_room(void *list, size_t n, size_t *cap, size_t size)
{
	if (n <= *cap)
		return list;
	free(list);
	*cap = n + n / 2;
	return memory_realloc(NULL, *cap * size);
}

/* Takes up an empty ledger. */
static void begin(struct ledger *l, const struct diff_table *t)
{
	for (size_t i = 0; i < l->n; i++)
		l->account_of[l->accounts[i].key] = 0;
	l->n = 0;
	l->table = t;
	if (t->n_keys > l->cap_keys) {
		l->account_of = make_room(l->account_of, t->n_keys,
					  &l->cap_keys, sizeof *l->account_of);
		memset(l->account_of, 0, l->cap_keys * sizeof *l->account_of);
	}
}

static struct account *account_of(struct ledger *l, uint32_t key)
{
	uint32_t *place = &l->account_of[key];

	if (!*place) {
		if (l->n + 1 >= l->cap) {
			l->cap = l->cap ? l->cap * 2 : 64;
			l->accounts = memory_realloc(
				l->accounts, l->cap * sizeof *l->accounts);
		}
		l->accounts[l->n] = (struct account){key, 0, 0};
		*place = (uint32_t)++l->n;
	}
	return &l->accounts[*place - 1];
}

/* Opens the accounts, and counts what comes into each. */
static void count(struct ledger *l, const struct diff_group *g)
{
	const struct span *s = l->table->rows.spans;

	for (size_t i = g->from; i < g->to; i++) {
		const struct diff_row *rows = s[i].rows;

		for (size_t k = 0; k < s[i].n; k++)
			account_of(l, rows[k].key)->row++;
	}
	s = l->table->stated.spans;
	for (size_t i = g->stated_from; i < g->stated_to; i++) {
		const struct diff_stated *stated = s[i].rows;

		for (size_t k = 0; k < s[i].n; k++)
			account_of(l, stated[k].row.key)->stated++;
	}
}

static int compare_accounts(const void *x, const void *y, void *table)
{
	return table_compare_key(table, ((const struct account *)x)->key,
				 ((const struct account *)y)->key);
}

/* Counts become the places behind what comes into each account. */
static void lay_out(struct ledger *l)
{
	struct account next = {NO_KEY, 0, 0};

	qsort_r(l->accounts, l->n, sizeof *l->accounts, compare_accounts,
		(void *)(uintptr_t)l->table);
	for (size_t i = 0; i < l->n; i++) {
		struct account *a = &l->accounts[i];

		l->account_of[a->key] = (uint32_t)i + 1;
		next.row = a->row += next.row;
		next.stated = a->stated += next.stated;
	}
	l->accounts[l->n] = next;
	l->rows = make_room(l->rows, next.row, &l->cap_rows, sizeof *l->rows);
	l->stated = make_room(l->stated, next.stated, &l->cap_stated,
			      sizeof *l->stated);
}

/* From behind, so that each account ends with its first place. */
static void enter(struct ledger *l, const struct diff_group *g)
{
	const struct span *s = l->table->rows.spans;

	for (size_t i = g->to; i-- > g->from;) {
		const struct diff_row *rows = s[i].rows;

		for (size_t k = s[i].n; k-- > 0;)
			l->rows[--account_of(l, rows[k].key)->row] = &rows[k];
	}
	s = l->table->stated.spans;
	for (size_t i = g->stated_to; i-- > g->stated_from;) {
		const struct diff_stated *stated = s[i].rows;

		for (size_t k = s[i].n; k-- > 0;)
			l->stated[--account_of(l, stated[k].row.key)->stated] =
				&stated[k];
	}
}

static int compare_rows(const void *x, const void *y, void *table)
{
	const struct diff_row *a = *(const struct diff_row *const *)x;
	const struct diff_row *b = *(const struct diff_row *const *)y;

	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	return trust_compare(table, a, b);
}

static int compare_stated(const void *x, const void *y, void *table)
{
	return trust_compare(table,
			     &(*(const struct diff_stated *const *)x)->row,
			     &(*(const struct diff_stated *const *)y)->row);
}

static void sort(struct ledger *l)
{
	void *table = (void *)(uintptr_t)l->table;

	for (size_t i = 0; i < l->n; i++) {
		const struct account *a = &l->accounts[i];

		if (a[1].row - a->row > 1)
			qsort_r(l->rows + a->row, a[1].row - a->row,
				sizeof *l->rows, compare_rows, table);
		if (a[1].stated - a->stated > 1)
			qsort_r(l->stated + a->stated, a[1].stated - a->stated,
				sizeof *l->stated, compare_stated, table);
	}
}

void ledger_open(struct ledger *l, const struct diff_table *t,
		 const struct diff_group *g)
{
	begin(l, t);
	l->entity = g->entity;
	count(l, g);
	if (!l->n)
		return;
	lay_out(l);
	enter(l, g);
	sort(l);
}

uint32_t ledger_find(const struct ledger *l, uint32_t key)
{
	/* 0 becomes NO_ACCOUNT */
	return key == NO_KEY ? NO_ACCOUNT : l->account_of[key] - 1;
}
