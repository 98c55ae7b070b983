/*
 * One value as it is shown: a text, an amount of money, a ratio, a count.
 * A cell borrows its text; it holds integers only (fen, ppm, counts).
 */
#ifndef BUD_RENDER_CELL_H
#define BUD_RENDER_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/message.h"
#include "base/str.h"
#include "record/fact.h"

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,
	CELL_MONEY, /* fen */
	CELL_PPM,
	CELL_COUNT,
};

struct cell {
	enum cell_kind kind;
	bool has_sign;  /* a difference: shown with + or - */
	bool one_digit; /* a ratio to one decimal, else two */
	int64_t number;
	struct str text;
	const struct bud_fact *source; /* where the value was read, or NULL */
};

/* 万元, 元, 亿元; the last two are what English counts in. */
enum money { MONEY_WAN, MONEY_YUAN, MONEY_YI, MONEY_MILLION, MONEY_BILLION };

/* False for a word that names no unit. */
bool money_of(struct str word, enum money *out);
struct str money_id(enum money m); /* "wan" … */
struct str money_name(enum money m, enum lang lang);

struct cell cell_text(struct str s);
struct cell cell_value(enum unit unit, int64_t value);
struct cell cell_difference(enum unit unit, int64_t value);

bool cell_is_number(const struct cell *c);

/* Arithmetic that stops at the ends of the range, for what is only drawn. */
int64_t value_magnitude(int64_t v);
int64_t value_difference(int64_t a, int64_t b);
int64_t value_sum(int64_t a, int64_t b);

/* For sorting: by number or bytes; an empty cell is last, down or not. */
int cell_compare(const struct cell *a, const struct cell *b, bool down);

/* As people read it: rounded, with thousands separators and a % sign. */
void cell_format(struct buf *out, const struct cell *c, enum money m);

/*
 * As programs read it: exact, without separators and trailing zeros; money in
 * the unit, a ratio in per cent.
 */
void cell_format_exact(struct buf *out, const struct cell *c, enum money m);

#endif
