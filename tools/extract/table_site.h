/*
 * A cell with an amount and all that bears on it: what table_fact.c and
 * table_time.c decide and table_value.c reads.
 */
#ifndef BUD_EXTRACT_TABLE_SITE_H
#define BUD_EXTRACT_TABLE_SITE_H

#include "extract/table.h"

/* What the cell means; why not, where it has no coordinates. */
struct result {
	struct coordinates at;
	struct str second; /* the other item of 收支总计 */
	struct str scope, why, doubt;
	int vs_year;
	enum phase vs_phase;
};

struct site {
	struct segment *s;
	const struct layout *l;
	const struct side *side;
	const struct column *col;
	const struct row_label *row;
	bool balance; /* the side's rows, or its columns, hold balances */
	bool labelled; /* other rows of the side have labels */
	unsigned r, c;
	const struct table_cell *cell;
};

struct value {
	int64_t value, quantum;
	enum unit unit;
	bool guessed; /* no unit is stated for the table */
	bool valid;   /* false: beyond 64 bits */
};

/*
 * The amount in smallest units: money by the unit of the cell, the row, the
 * column or the table, percentages and counts as the head or the item says.
 */
struct value site_read_value(const struct site *at, const struct result *r);

/* Year and phase: of the column, the row, the title or the document. */
void site_find_time(const struct site *at, struct coordinates *c);

/* Level, change or rate, and what it compares. */
void site_find_kind(const struct site *at, struct result *out);

#endif
