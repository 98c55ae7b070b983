/*
 * Heads: which rows are title, unit line, head, body or note, and what the
 * head cells above a column mean together.
 *
 * Where the source merges cells, a group head (基本支出) covers its columns;
 * where it does not (plain text), a blank below which something stands
 * belongs to the group head on its left. The column's role comes from its
 * head, corrected by what its cells hold; a run of label columns after value
 * columns opens another side (收入 | 支出).
 */
#include "extract/table.h"

enum { MAX_TITLE = 80 };

static const struct chars *first_text(const struct matrix *m, unsigned row,
				      unsigned *cells, unsigned *numbers)
{
	const struct chars *first = NULL;

	*cells = *numbers = 0;
	for (unsigned col = 0; col < m->n_cols; col++) {
		const struct table_cell *c = matrix_cell(m, row, col);

		if (!c || (col && c == matrix_cell(m, row, col - 1)))
			continue;
		++*cells;
		if (c->kind == CELL_NUMBER && !cell_is_year(c))
			++*numbers;
		if (!first && c->kind == CELL_TEXT)
			first = &c->text;
	}
	return first;
}

/* Chinese and Arabic outline numbers before a label. */
static size_t mark_length(const struct chars *c)
{
	int level;

	return c->n ? outline_read_mark(c, 0, &level) : 0;
}

bool text_is_title(const struct chars *c)
{
	size_t n = c->n;
	int depth = 0;

	if (chars_at(c, 0, U"续表") || chars_at(c, 0, U"(续)"))
		return true;
	if (!n || n > MAX_TITLE || chars_at(c, 0, U"注") ||
	    chars_at(c, 0, U"备注") || chars_at(c, 0, U"说明"))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (c->cp[i] == 0x3002) /* a sentence */
			return false;
		if (c->cp[i] == '(')
			depth++;
		else if (c->cp[i] == ')')
			depth--;
		else if (c->cp[i] == 0x8868 && !depth && /* 表 */
			 (i + 1 == n || c->cp[i + 1] == '(' ||
			  c->cp[i + 1] == '-' || c->cp[i + 1] == ':' ||
			  chars_at(c, i + 1, U"说明") ||
			  chars_at(c, i + 1, U"单位") ||
			  chars_at(c, i + 1, U"金额单位") ||
			  chars_at(c, i + 1, U"续")))
			return true;
	}
	return false;
}

const struct lexicon_unit *text_unit(const struct extract *x,
				     const struct chars *c)
{
	for (size_t i = 0; i + 3 < c->n; i++) {
		const struct lexicon_unit *u;
		size_t n, k = i + 2;

		if (!chars_at(c, i, U"单位"))
			continue;
		if (c->cp[k] == ':' || c->cp[k] == 0xFF1A)
			k++;
		while (k < c->n && (chars_at(c, k, U"人民币") ||
				    c->cp[k] == '(' || c->cp[k] == ':'))
			k += c->cp[k] == '(' || c->cp[k] == ':' ? 1 : 3;
		u = lexicon_match_unit(x->lexicon, c->cp + k, c->n - k, &n);
		if (u && u->unit == UNIT_FEN)
			return u;
	}
	return NULL;
}

/* 栏次 | 1 | 2 | 3, or 1 2 3 … alone: numbers of columns, no amounts. */
static bool is_serial_row(const struct matrix *m, unsigned row)
{
	int64_t last = 0;
	unsigned n = 0, text = 0;

	for (unsigned col = 0; col < m->n_cols; col++) {
		const struct table_cell *c = matrix_cell(m, row, col);

		if (!c || (col && c == matrix_cell(m, row, col - 1)))
			continue;
		if (c->kind == CELL_DASH)
			continue;
		if (c->kind == CELL_TEXT) {
			/* 栏次, 甲, 乙, 3=1+2 */
			if (c->text.n > 12)
				return false;
			if (chars_at(&c->text, 0, U"栏次"))
				text += 2;
			else if (c->text.n == 1 || c->text.cp[1] == '=' ||
				 c->text.cp[2] == '=')
				text++;
			else
				return false;
			continue;
		}
		if (!c->plain || c->digits > 2 || c->number.digits <= last ||
		    c->number.digits > last + 3)
			return false;
		last = c->number.digits;
		n++;
	}
	return n >= 3 || (n && text >= 2);
}

static bool is_label(enum table_role role)
{
	return role == ROLE_NAME || role == ROLE_CODE || role == ROLE_ORG ||
	       role == ROLE_PROJECT;
}

/* Whether the cells of a row say what columns hold; *labels: one of them
 * heads labels (项目, 科目编码), which amounts and labels never say. */
static bool has_head_words(const struct extract *x, const struct matrix *m,
			   unsigned row, unsigned wanted, bool *labels)
{
	unsigned n = 0, classes = 0;
	bool total = false; /* 合计 | 办公费 | 印刷费: classes of columns */

	*labels = false;
	for (unsigned col = 0; col < m->n_cols; col++) {
		const struct table_cell *c = matrix_cell(m, row, col);
		struct meaning means = {0};

		if (!c || c->kind != CELL_TEXT ||
		    (col && c == matrix_cell(m, row, col - 1)))
			continue;
		meaning_read(&means, x, TABLE_HEAD, &c->text, 0, c->text.n);
		if ((means.role || means.n_items || means.fund.n ||
		     means.phase) &&
		    !means.unknown && !(means.total && c->text.n < 4))
			n++;
		else if (means.class_term && !means.unknown &&
			 !mark_length(&c->text))
			classes++;
		total = total || means.total || means.part;
		if (!means.unknown &&
		    (is_label(means.role) || means.role == ROLE_SERIAL))
			*labels = true;
	}
	return n + (total ? classes : 0) >= wanted;
}

static bool starts_body(const struct extract *x, const struct chars *c)
{
	struct meaning means = {0};
	size_t digits = 0;

	if (mark_length(c))
		return true;
	while (digits < c->n && c->cp[digits] >= '0' && c->cp[digits] <= '9')
		digits++;
	if (digits == 3 || digits == 5 || digits == 7)
		return true;
	meaning_read(&means, x, TABLE_ROW, c, 0, c->n);
	return means.total && !means.unknown;
}

static enum row_kind single_cell(const struct extract *x,
				 const struct chars *c, bool in_body,
				 bool spans)
{
	struct meaning title = {0};

	if (chars_at(c, 0, U"注") || chars_at(c, 0, U"备注") ||
	    chars_at(c, 0, U"说明"))
		return ROW_NOTE;
	if (text_unit(x, c) && !text_is_title(c))
		return ROW_UNIT;
	if (text_is_title(c)) {
		meaning_read(&title, x, TABLE_TITLE, c, 0, c->n);
		if (title.n_items || title.why.n || title.nature.n ||
		    title.classes || title.role || chars_at(c, 0, U"续表"))
			return ROW_TITLE;
		return in_body ? ROW_BODY : ROW_UNIT;
	}
	if (in_body || starts_body(x, c))
		return ROW_BODY;
	return spans ? ROW_HEAD : ROW_UNIT;
}

enum row_kind row_kind_of(const struct extract *x, const struct matrix *m,
			  unsigned row, bool in_body)
{
	unsigned cells, numbers;
	const struct chars *first = first_text(m, row, &cells, &numbers);
	bool labels;

	if (!cells)
		return ROW_BLANK;
	if (is_serial_row(m, row))
		return ROW_SERIAL;
	if (numbers)
		return ROW_BODY;
	if (!first)
		return in_body ? ROW_BODY : ROW_HEAD; /* 2023 | 2024 */
	if (cells == 1)
		return single_cell(x, first, in_body,
				   m->merged);
	for (unsigned col = 0; col < m->n_cols; col++) {
		const struct table_cell *c = matrix_cell(m, row, col);

		if (c && c->kind == CELL_TEXT && cells <= 4 &&
		    text_unit(x, &c->text))
			return ROW_UNIT;
	}
	if (in_body)
		return has_head_words(x, m, row, 2, &labels) && labels &&
				       !starts_body(x, first)
			       ? ROW_HEAD
			       : ROW_BODY;
	if (starts_body(x, first) && !has_head_words(x, m, row, 2, &labels))
		return ROW_BODY;
	return ROW_HEAD;
}

bool rows_have_head(const struct extract *x, const struct matrix *m,
		    unsigned from)
{
	bool labels = false;

	for (unsigned row = from; row < m->n_rows && !labels; row++) {
		unsigned cells, numbers;

		first_text(m, row, &cells, &numbers);
		if (numbers && !is_serial_row(m, row))
			return false;
		has_head_words(x, m, row, 1, &labels);
	}
	return labels;
}

bool layout_fits(const struct layout *l, const struct matrix *m, unsigned from,
		 unsigned to)
{
	unsigned good = 0, bad = 0;

	if (m->n_cols > l->n_cols)
		return false;
	for (unsigned row = from; row < to; row++)
		for (unsigned col = 0; col < m->n_cols; col++) {
			const struct table_cell *c = matrix_cell(m, row, col);
			enum table_role role = l->columns[col].role;

			if (!c || !matrix_is_origin(c, row, col))
				continue;
			if (c->kind == CELL_NUMBER && !c->plain)
				*(role == ROLE_VALUE ? &good : &bad) += 1;
			else if (c->kind == CELL_TEXT)
				*(role == ROLE_VALUE ? &bad : &good) += 1;
		}
	return bad * 5 <= good;
}

bool layout_narrow(struct layout *l, const struct extract *x,
		   const struct matrix *m, unsigned from, unsigned to)
{
	struct layout narrow = *l;
	unsigned values = 0, labels, n = 0;

	for (unsigned col = 0; col < l->n_cols; col++)
		values += l->columns[col].role == ROLE_VALUE;
	if (l->n_sides != 1 || !values || m->n_cols <= values ||
	    m->n_cols >= l->n_cols)
		return false;
	labels = m->n_cols - values;
	narrow.columns = ARENA_ARRAY(x->arena, struct column, m->n_cols);
	for (; n < labels; n++)
		narrow.columns[n].role = ROLE_NAME;
	for (unsigned col = 0; col < l->n_cols; col++)
		if (l->columns[col].role == ROLE_VALUE)
			narrow.columns[n++] = l->columns[col];
	narrow.n_cols = m->n_cols;
	narrow.sides[0].end = m->n_cols;
	if (!layout_fits(&narrow, m, from, to))
		return false;
	*l = narrow;
	return true;
}

/* ---- contents ------------------------------------------------------------ */

struct content {
	unsigned text, number, code, amount, serial, label;
	unsigned covered; /* by cells that begin on its left */
};

static struct content look_at(const struct extract *x, const struct matrix *m,
			      unsigned col, unsigned from, unsigned to)
{
	struct content n = {0};
	int64_t last = 0;

	for (unsigned row = from; row < to; row++) {
		const struct table_cell *c = matrix_cell(m, row, col);
		struct str digits;

		n.covered += c && c->at.col < col;
		if (!c || !matrix_is_origin(c, row, col))
			continue;
		n.text += c->kind == CELL_TEXT;
		n.label += c->kind == CELL_TEXT && starts_body(x, &c->text);
		if (c->kind != CELL_NUMBER)
			continue;
		n.number++;
		n.amount += !c->plain;
		if (c->plain && c->digits <= 3 && c->number.digits == last + 1)
			n.serial++;
		if (c->plain)
			last = c->number.digits;
		digits = str_slice(buf_str(&x->source->text), c->at.start,
				   c->at.end);
		if (c->plain && c->digits >= 3 &&
		    (lexicon_find_code(x->lexicon, digits, true) ||
		     lexicon_find_code(x->lexicon, digits, false)))
			n.code++;
	}
	return n;
}

/* The role as the head has it, or as the cells do where it has none. */
static enum table_role settle_role(const struct column *c,
				   const struct content *n, unsigned col,
				   bool values_before)
{
	enum table_role role = c->role;

	if (role == ROLE_NAME || role == ROLE_ORG || role == ROLE_PROJECT) {
		if (n->code && n->code >= n->number && n->number > n->text)
			return ROLE_CODE;
		/* a head that covers the amounts as well */
		return n->amount > n->text || (n->number > n->text && col)
			       ? ROLE_VALUE
			       : role;
	}
	if (role == ROLE_VALUE)
		return n->text > n->number && n->text > 1 ? ROLE_NOTE : role;
	if (role)
		return role;
	if (!n->number && !n->text)
		return c->head ? ROLE_VALUE : ROLE_NONE;
	/* 收入 | 金额 | 支出 | 金额: the word of the side heads its labels */
	if (n->text >= n->number)
		return values_before && !c->means.n_items && n->label < 2
			       ? ROLE_NOTE
			       : ROLE_NAME;
	if (n->code == n->number && !values_before)
		return ROLE_CODE;
	if (!col && n->number > 2 && n->serial == n->number)
		return ROLE_SERIAL;
	return ROLE_VALUE;
}

static void name_side(struct layout *l, struct side *s)
{
	for (unsigned col = s->first; col < s->end; col++) {
		const struct meaning *means = &l->columns[col].means;
		struct meaning one = {0};

		if (!is_label(l->columns[col].role))
			continue;
		s->has_labels = true;
		if (means->n_items == 1 && !item_is_memo(means->items[0])) {
			one.items[0] = means->items[0];
			one.n_items = 1;
			one.generic = true;
		}
		one.fund = means->fund;
		one.nature = means->nature;
		if (!s->means.classes)
			one.classes = means->classes;
		meaning_nest(&s->means, &one);
	}
}

static void find_sides(struct layout *l)
{
	bool values = false;
	unsigned last = 0; /* behind the last column of amounts */
	struct side *s = &l->sides[0];

	*s = (struct side){.first = 0};
	l->n_sides = 1;
	for (unsigned col = 0; col < l->n_cols; col++)
		if (l->columns[col].role == ROLE_VALUE)
			last = col + 1;
	for (unsigned col = 0; col < l->n_cols; col++) {
		enum table_role role = l->columns[col].role;

		if (values && col < last && (role == ROLE_NAME || role == ROLE_CODE) &&
		    l->n_sides < MAX_SIDES) {
			s->end = col;
			s = &l->sides[l->n_sides++];
			*s = (struct side){.first = col};
			values = false;
		}
		/* 数量 before 部门预算支出 类 款: labels go on */
		values = values || (role == ROLE_VALUE &&
				    !l->columns[col].means.why.n);
		l->columns[col].side = l->n_sides - 1;
	}
	s->end = l->n_cols;
	for (unsigned k = 0; k < l->n_sides; k++)
		name_side(l, &l->sides[k]);
	/* two sides of a table of both, unnamed: revenue stands left */
	if (l->n_sides == 2 && l->title.n_items == 2)
		for (unsigned k = 0; k < 2; k++) {
			struct meaning *means = &l->sides[k].means;

			if (means->n_items)
				continue;
			means->items[0] = l->title.items[k];
			means->n_items = 1;
			means->generic = true;
		}
}

void layout_read_head(struct layout *l, struct extract *x,
		      const struct matrix *m, unsigned from, unsigned to,
		      unsigned end)
{
	bool values = false;
	struct heads heads;

	heads_read(&heads, x, m, from, to);
	l->n_cols = m->n_cols;
	l->columns = ARENA_ARRAY(x->arena, struct column, m->n_cols);
	l->has_balance = l->has_balance_out = l->has_government = false;
	for (unsigned col = 0; col < m->n_cols; col++) {
		struct content n = look_at(x, m, col, to, end);
		struct column *c = &l->columns[col];

		column_read(c, x, m, &heads, col);
		c->role = settle_role(c, &n, col, values);
		c->again = n.covered && !n.number && !n.text;
		values = values || c->role == ROLE_VALUE;
		if (c->role == ROLE_VALUE && c->means.n_items == 1) {
			struct str item = c->means.items[0];

			if (str_equal(item, STR("carryover_in")) ||
			    str_equal(item, STR("reserves_used")))
				l->has_balance = true;
			/* often left blank in tables of expenditure alone */
			if (n.number &&
			    (str_equal(item, STR("carryover_out")) ||
			     str_equal(item, STR("surplus_allocation"))))
				l->has_balance_out = true;
		}
		if (is_label(c->role) &&
		    c->means.classes == CLASSES_GOVERNMENT)
			l->has_government = true;
	}
	find_sides(l);
	columns_find_classes(l, x);
}
