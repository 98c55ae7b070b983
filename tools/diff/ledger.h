/*
 * All that is known of one entity: an account for each of its keys, in key
 * order, with what documents said of it at each time, most trusted first.
 * Memory is the ledger's own until ledger_release(); rows are the table's.
 */
#ifndef BUD_DIFF_LEDGER_H
#define BUD_DIFF_LEDGER_H

#include "diff/table.h"

#define NO_ACCOUNT UINT32_MAX

struct account {
	uint32_t key;
	uint32_t row, stated; /* the first ones; they end with the next's */
};

struct ledger {
	const struct diff_table *table;
	uint32_t entity;
	struct account *accounts; /* n, and one that closes the list */
	size_t n, cap;
	const struct diff_row **rows; /* by year, phase, trust */
	const struct diff_stated **stated; /* by trust */
	size_t cap_rows, cap_stated;
	uint32_t *account_of; /* by key: its account + 1, 0 for none */
	size_t cap_keys;
};

void ledger_release(struct ledger *l);

/* Opens that of another entity. The table was indexed. */
void ledger_open(struct ledger *l, const struct diff_table *t,
		 const struct diff_group *g);

/* The account of a key, which may be NO_KEY, or NO_ACCOUNT. */
uint32_t ledger_find(const struct ledger *l, uint32_t key);

#endif
