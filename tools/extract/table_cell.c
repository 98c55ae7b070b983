/*
 * Cells: which of them are wholly a number, and the matrix that finds the
 * cell at a row and a column, merged ones included.
 *
 * A number is digits with separators of thousands, one decimal point, a sign
 * or △ or brackets for negatives, and perhaps a measure word. Blanks inside
 * are what PDF text puts there. Anything else is text; digits that stand in
 * groups of other sizes (1,2) are text too.
 */
#include "extract/table.h"

enum { MAX_DIGITS = 18 };

static bool is_dash(uint32_t cp)
{
	switch (cp) {
	case '-':
	case '/':
	case '*':
	case '\\':
	case 0x2015: /* ― */
	case 0x2500: /* ─ */
	case 0x4E00: /* 一, as some write a dash */
	case 0xFF0D:
		return true;
	default:
		return false;
	}
}

/* Sign, △ and currency signs before the digits; the index behind them. */
static size_t read_sign(const struct chars *c, size_t i, bool *negative)
{
	for (; i < c->n; i++) {
		switch (c->cp[i]) {
		case '-':
		case 0x25B3: /* △ */
		case 0x25B2: /* ▲ */
		case 0x0394: /* Δ */
			*negative = true;
			break;
		case '+':
		case 0xA5: /* ¥ */
			break;
		default:
			return i;
		}
	}
	return i;
}

/* Digits with separators from i; the index behind them, or 0. */
static size_t read_digits(struct table_cell *t, size_t i)
{
	const struct chars *c = &t->text;
	size_t begin = i, group = 0;
	bool point = false, comma = false;
	char digits[MAX_DIGITS + 2];
	size_t n = 0;

	for (; i < c->n; i++) {
		uint32_t cp = c->cp[i];

		if (chars_is_digit(cp)) {
			if (n > MAX_DIGITS && !point)
				return 0;
			if (n <= MAX_DIGITS)
				digits[n++] = (char)cp;
			group++;
		} else if (cp == ',' && !point && group &&
			   (comma ? group == 3 : group <= 3)) {
			comma = true;
			group = 0;
		} else if (cp == '.' && !point && n &&
			   (!comma || group == 3)) {
			point = true;
			group = 0;
			if (n > MAX_DIGITS)
				return 0;
			digits[n++] = '.';
		} else {
			break;
		}
	}
	if (i == begin || !group || (comma && !point && group != 3) ||
	    !decimal_parse((struct str){digits, n}, &t->number))
		return 0;
	t->plain = !comma && !point;
	t->digits = (unsigned)n;
	return i;
}

static bool read_number(struct table_cell *t, const struct lexicon *l)
{
	const struct chars *c = &t->text;
	bool bracket = false;
	size_t i = read_sign(c, 0, &t->negative), signs = i, length;

	if (i < c->n && c->cp[i] == '(') {
		bracket = true;
		i++;
	}
	i = read_digits(t, i);
	if (!i)
		return false;
	if (i < c->n && c->cp[i] == '%') {
		t->percent = true;
		i++;
	}
	if (bracket) {
		if (i >= c->n || c->cp[i] != ')')
			return false;
		/* (1) is the number of a row, (1.20) a negative amount */
		if (t->plain && t->digits < 3)
			return false;
		t->negative = true;
		i++;
	}
	if (i < c->n) {
		t->measure = lexicon_match_unit(l, &c->cp[i], c->n - i,
						&length);
		if (!t->measure || length != c->n - i)
			return false;
	}
	if (signs || bracket || t->percent || t->measure)
		t->plain = false;
	return true;
}

static void classify(struct table_cell *t, const struct lexicon *l)
{
	bool dash = t->text.n > 0;

	for (size_t i = 0; i < t->text.n && dash; i++)
		dash = is_dash(t->text.cp[i]);
	if (!t->text.n)
		t->kind = CELL_EMPTY;
	else if (dash)
		t->kind = CELL_DASH;
	else
		t->kind = read_number(t, l) ? CELL_NUMBER : CELL_TEXT;
}

/* Merged cells overlap only to waste time: one of more places than the grid has
 * left is no larger than a cell. */
static void place_cell(struct matrix *m, uint32_t k, size_t *left)
{
	struct source_cell *c = &m->cells[k].at;
	size_t places = (size_t)c->rows * c->cols;

	if (places > *left)
		c->rows = c->cols = 1;
	else
		*left -= places;
	m->merged |= c->cols > 1;
	for (unsigned r = c->row; r < c->row + c->rows; r++)
		for (unsigned i = c->col; i < c->col + c->cols; i++)
			m->at[(size_t)r * m->n_cols + i] = k + 1;
}

bool matrix_build(struct matrix *m, struct extract *x,
		  const struct source_block *b)
{
	size_t left = (size_t)b->n_rows * b->n_cols;

	*m = (struct matrix){.arena = x->arena,
			     .block = b,
			     .n_rows = b->n_rows,
			     .n_cols = b->n_cols,
			     .n_cells = b->n_cells};
	if (!b->n_cells)
		return false;
	m->cells = ARENA_ARRAY(x->arena, struct table_cell, b->n_cells);
	m->at = arena_array(x->arena, left, sizeof *m->at);
	for (size_t k = 0; k < b->n_cells; k++) {
		struct table_cell *t = &m->cells[k];

		t->at = b->cells[k];
		t->text = chars_fold(x->arena,
				     source_cell_text(x->source, &t->at),
				     t->at.start);
		classify(t, x->lexicon);
		place_cell(m, (uint32_t)k, &left);
	}
	return true;
}

const struct table_cell *matrix_cell(const struct matrix *m, unsigned row,
				     unsigned col)
{
	uint32_t k;

	if (row >= m->n_rows || col >= m->n_cols)
		return NULL;
	k = m->at[(size_t)row * m->n_cols + col];
	return k && m->cells[k - 1].kind != CELL_EMPTY ? &m->cells[k - 1]
						       : NULL;
}

bool matrix_is_origin(const struct table_cell *c, unsigned row, unsigned col)
{
	return c->at.row == row && c->at.col == col;
}

bool cell_is_year(const struct table_cell *c)
{
	return c->kind == CELL_NUMBER && c->plain && c->digits == 4 &&
	       c->number.digits >= 1990 && c->number.digits <= 2060;
}

bool table_cell_value(const struct table_cell *c, int64_t scale, int64_t *value,
		int64_t *quantum)
{
	if (!decimal_scale(c->number, scale, value, quantum))
		return false;
	if (c->negative)
		*value = -*value;
	return true;
}
