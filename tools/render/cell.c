/* Values become text here and nowhere else; all of it integer arithmetic. */
#include "render/cell.h"

#include <string.h>

#include "base/decimal.h"

static const struct {
	struct str id, en, zh;
	int64_t fen;
	unsigned shown, exact; /* decimals */
} UNITS[] = {
	[MONEY_WAN] = {STR_INIT("wan"), STR_INIT("10,000 yuan"),
		       STR_INIT("万元"), 1000000, 2, 6},
	[MONEY_YUAN] = {STR_INIT("yuan"), STR_INIT("yuan"), STR_INIT("元"),
			100, 2, 2},
	[MONEY_YI] = {STR_INIT("yi"), STR_INIT("100 million yuan"),
		      STR_INIT("亿元"), 10000000000, 4, 10},
	[MONEY_MILLION] = {STR_INIT("million"), STR_INIT("million yuan"),
			   STR_INIT("百万元"), 100000000, 2, 8},
	[MONEY_BILLION] = {STR_INIT("billion"), STR_INIT("billion yuan"),
			   STR_INIT("十亿元"), 100000000000, 2, 11},
};

bool money_of(struct str word, enum money *out)
{
	for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
		if (str_equal(word, UNITS[i].id)) {
			*out = (enum money)i;
			return true;
		}
	return false;
}

struct str money_id(enum money m)
{
	return UNITS[m].id;
}

struct str money_name(enum money m, enum lang lang)
{
	return lang == LANG_ZH ? UNITS[m].zh : UNITS[m].en;
}

struct cell cell_text(struct str s)
{
	return (struct cell){.kind = s.n ? CELL_TEXT : CELL_EMPTY, .text = s};
}

struct cell cell_value(enum unit unit, int64_t value)
{
	static const enum cell_kind KINDS[] = {CELL_MONEY, CELL_PPM,
					       CELL_COUNT};

	return (struct cell){.kind = KINDS[unit], .number = value};
}

struct cell cell_difference(enum unit unit, int64_t value)
{
	struct cell c = cell_value(unit, value);

	c.has_sign = true;
	return c;
}

bool cell_is_number(const struct cell *c)
{
	return c->kind > CELL_TEXT;
}

int64_t value_magnitude(int64_t v)
{
	return v == INT64_MIN ? INT64_MAX : v < 0 ? -v : v;
}

int64_t value_difference(int64_t a, int64_t b)
{
	int64_t out;

	if (__builtin_sub_overflow(a, b, &out))
		return a < b ? INT64_MIN : INT64_MAX;
	return out;
}

int64_t value_sum(int64_t a, int64_t b)
{
	int64_t out;

	if (__builtin_add_overflow(a, b, &out))
		return a < 0 ? INT64_MIN : INT64_MAX;
	return out;
}

int cell_compare(const struct cell *a, const struct cell *b, bool down)
{
	int by;

	if (a->kind == CELL_EMPTY || b->kind == CELL_EMPTY)
		return (a->kind == CELL_EMPTY) - (b->kind == CELL_EMPTY);
	if (cell_is_number(a) && cell_is_number(b))
		by = (a->number > b->number) - (a->number < b->number);
	else
		by = str_compare(a->text, b->text);
	return down ? -by : by;
}

static bool shows_zero(const struct buf *b, size_t from)
{
	for (size_t i = from; i < b->n; i++)
		if (b->p[i] >= '1' && b->p[i] <= '9')
			return false;
	return true;
}

/* "-0.00" says nothing; a difference that is none has no sign either. */
static void put_number(struct buf *out, int64_t v, int64_t scale,
		       unsigned decimals, bool grouped, bool has_sign)
{
	size_t start = out->n;

	if (has_sign && v > 0)
		buf_putc(out, '+');
	decimal_format(out, v, scale, decimals, grouped);
	if (start < out->n && (out->p[start] == '-' || out->p[start] == '+') &&
	    shows_zero(out, start)) {
		memmove(out->p + start, out->p + start + 1, out->n - start - 1);
		out->n--;
	}
}

void cell_format(struct buf *out, const struct cell *c, enum money m)
{
	switch (c->kind) {
	case CELL_EMPTY:
		break;
	case CELL_TEXT:
		buf_put_str(out, c->text);
		break;
	case CELL_MONEY:
		put_number(out, c->number, UNITS[m].fen, UNITS[m].shown, true,
			   c->has_sign);
		break;
	case CELL_PPM:
		put_number(out, c->number, DECIMAL_PPM_PERCENT,
			   c->one_digit ? 1 : 2, true, c->has_sign);
		buf_putc(out, '%');
		break;
	case CELL_COUNT:
		put_number(out, c->number, 1, 0, true, c->has_sign);
		break;
	}
}

void cell_format_exact(struct buf *out, const struct cell *c, enum money m)
{
	unsigned decimals = 0;
	int64_t scale = 1;

	if (c->kind == CELL_TEXT) {
		buf_put_str(out, c->text);
		return;
	}
	if (c->kind == CELL_EMPTY)
		return;
	if (c->kind == CELL_MONEY) {
		scale = UNITS[m].fen;
		decimals = UNITS[m].exact;
	} else if (c->kind == CELL_PPM) {
		scale = DECIMAL_PPM_PERCENT;
		decimals = 4;
	}
	put_number(out, c->number, scale, decimals, false, false);
	if (!decimals)
		return;
	while (out->p[out->n - 1] == '0')
		out->n--;
	if (out->p[out->n - 1] == '.')
		out->n--;
}
