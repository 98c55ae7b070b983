/*
 * The value of a key at one time: the most trusted of its sources, what
 * competed with it, and the sum where the departments that say it were
 * merged later.
 */
#ifndef BUD_DIFF_CELL_H
#define BUD_DIFF_CELL_H

#include "diff/ledger.h"
#include "diff/pair.h"

enum { MAX_SCOPES = 8, MAX_MERGED = 8 };

struct cell {
	const struct diff_row *best;
	const struct diff_row *rival; /* what best was preferred to, or NULL */
	int64_t value, quantum;
	uint8_t scope; /* word of scopes, 0 where none is said */
	const struct diff_row *merged[MAX_MERGED]; /* summed up, best first */
	size_t n_merged;
};

/*
 * One cell a scope of money, most trusted first; returns how many, none for
 * NO_ACCOUNT. A source that names no scope stands with the most trusted one
 * that does.
 */
size_t cell_find(const struct ledger *l, uint32_t account,
		 const struct slot *slot, struct cell cells[MAX_SCOPES]);

/* Whether |value| can come from rounding alone: the sum of the quanta. */
bool cell_explains(int64_t value, int64_t quanta);

#endif
