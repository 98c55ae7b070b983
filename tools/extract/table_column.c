/*
 * Columns: what the head cells above one mean together. A class named in a
 * head (基本支出 > 工资福利支出) is a coordinate of the column as a code in
 * front of a row is one of the row.
 */
#include "extract/table.h"

enum { MAX_PATH = 8 };

struct path {
	const struct table_cell *cell[MAX_PATH];
	size_t n;
};

/* The cells of a row over each column: a blank below which something stands
 * belongs to the group head on the left, within the same group above. */
static void spread_row(const struct matrix *m, const struct heads *h,
		       unsigned row, const unsigned *depth)
{
	const struct table_cell **over = heads_row(h, row);
	const struct table_cell **up = row ? heads_row(h, row - 1) : NULL;

	for (unsigned col = 0; col < m->n_cols; col++) {
		over[col] = matrix_cell(m, h->from + row, col);
		if (over[col] || m->merged || !col || depth[col] <= row + 1 ||
		    depth[col - 1] <= row + 1 ||
		    (up && up[col] != up[col - 1]))
			continue;
		over[col] = over[col - 1];
	}
}

void heads_read(struct heads *h, const struct extract *x,
		const struct matrix *m, unsigned from, unsigned to)
{
	/* of each column, the rows down to the last cell */
	unsigned *depth = ARENA_ARRAY(x->arena, unsigned, m->n_cols);

	h->from = from;
	h->n_rows = to - from;
	h->n_cols = m->n_cols;
	h->over = ARENA_ARRAY(x->arena, const struct table_cell *,
			      (size_t)h->n_rows * m->n_cols);
	h->is_head = ARENA_ARRAY(x->arena, bool, h->n_rows);
	for (unsigned row = 0; row < h->n_rows; row++) {
		h->is_head[row] =
			row_kind_of(x, m, from + row, false) == ROW_HEAD;
		for (unsigned col = 0; col < m->n_cols; col++)
			if (matrix_cell(m, from + row, col))
				depth[col] = row + 1;
	}
	for (unsigned row = 0; row < h->n_rows; row++)
		spread_row(m, h, row, depth);
}

static struct path read_path(const struct heads *h, unsigned col)
{
	struct path p = {0};

	for (unsigned row = 0; row < h->n_rows && p.n < MAX_PATH; row++) {
		const struct table_cell *c = heads_row(h, row)[col];

		if (h->is_head[row] && c && c->kind != CELL_DASH &&
		    (!p.n || p.cell[p.n - 1] != c))
			p.cell[p.n++] = c;
	}
	return p;
}

/* Cells of a path that only together make a word: 因公出国 | （境）费. */
static bool read_joined(struct meaning *out, const struct extract *x,
			const struct path *p)
{
	struct chars all = {0};

	if (p->n < 2)
		return false;
	for (size_t i = 0; i < p->n; i++)
		all.n += p->cell[i]->text.n;
	all.cp = ARENA_ARRAY(x->arena, uint32_t, all.n + 1);
	all.n = 0;
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->cell[i]->text.n; k++)
			all.cp[all.n++] = p->cell[i]->text.cp[k];
	*out = (struct meaning){0};
	meaning_read(out, x, TABLE_HEAD, &all, 0, all.n);
	return out->known && !out->unknown;
}

/* 部门（单位） | 代码 in one column: a word that two rows of the head make. */
static bool is_wrapped(struct meaning *out, const struct extract *x,
		       const struct matrix *m, const struct path *p, size_t i)
{
	const struct table_cell *up = p->cell[i], *down = p->cell[i + 1];
	struct path two = {.cell = {up, down}, .n = 2};
	unsigned next = up->at.col + up->at.cols;

	return up->at.col == down->at.col && up->at.cols == down->at.cols &&
	       up->kind == CELL_TEXT && down->kind == CELL_TEXT &&
	       (next >= m->n_cols || matrix_cell(m, up->at.row, next)) &&
	       read_joined(out, x, &two) && out->known == 1;
}

/* The class that a head cell names, if it says nothing else. */
static void note_class(struct column *c, const struct meaning *one)
{
	bool memo = one->n_items && item_is_memo(one->items[0]);
	/* 对个人和家庭的补助 and 支出 behind it */
	bool spent = one->n_items == 1 &&
		     str_equal(one->items[0], STR("expenditure"));

	if (!one->class_term || one->class_term->weak || one->unknown ||
	    one->fund.n || one->nature.n ||
	    (one->n_items && !memo && !one->generic && !spent))
		return;
	c->class_above = c->class;
	c->class = one->class_term;
	c->class_is_memo = memo;
}

/* 类 款 项 over a column of parts of codes. */
static int code_part(const struct table_cell *c)
{
	if (c->text.n != 1)
		return 0;
	switch (c->text.cp[0]) {
	case 0x7C7B: /* 类 */
		return 1;
	case 0x6B3E: /* 款 */
		return 2;
	case 0x9879: /* 项 */
		return 3;
	default:
		return 0;
	}
}

void column_read(struct column *c, struct extract *x, const struct matrix *m,
		 const struct heads *h, unsigned col)
{
	struct path p = read_path(h, col);
	struct meaning joined;

	bool strange = false, narrowed = false;

	*c = (struct column){.twin = -1, .head = p.n > 0};
	for (size_t i = 0; i < p.n; i++) {
		const struct table_cell *cell = p.cell[i];
		struct meaning one = {0};

		if (cell_is_year(cell))
			one.year = (int)cell->number.digits;
		else if (i + 1 < p.n && is_wrapped(&one, x, m, &p, i))
			i++;
		else
			meaning_read(&one, x, TABLE_HEAD, &cell->text, 0,
				     cell->text.n);
		/* 占总支出比重 names the whole, not what is measured */
		if (one.has_kind && one.kind == KIND_SHARE)
			one.n_items = 0;
		note_class(c, &one);
		narrowed = str_equal(one.fund, STR("fiscal")) &&
			   c->means.fund.n &&
			   !str_equal(c->means.fund, STR("fiscal"));
		if (i + 1 < p.n)
			meaning_nest(&c->group, &one);
		meaning_nest(&c->means, &one);
		strange = i && !one.known && one.unknown;
	}
	if (c->means.unknown && read_joined(&joined, x, &p)) {
		c->means = joined;
		c->group = (struct meaning){0};
		note_class(c, &joined);
	} else if (strange || narrowed) {
		/* a part of its group: 实有人数 > 行政, 一般公共预算 > 其中：
		 * 财政拨款 */
		c->means.why = STR("no_item");
	}
	if (c->means.unknown > 2) { /* what is understood of it misleads */
		c->means.n_items = 0;
		c->means.count = false;
	}
	c->means.known += c->means.year != 0;
	c->role = c->means.role;
	if (c->role == ROLE_CODE && p.n)
		c->code_level = code_part(p.cell[p.n - 1]);
	if (c->means.versus && c->means.vs_year && !c->means.has_kind) {
		c->means.has_kind = true; /* 2022比2021 */
		c->means.kind = KIND_CHANGE;
	}
	if (c->means.percent && c->means.has_kind &&
	    c->means.kind == KIND_CHANGE)
		c->means.kind = KIND_GROWTH;
	/* 增减情况 > 金额, 比例: no share is meant */
	if (c->group.has_kind && c->group.kind == KIND_CHANGE &&
	    c->means.kind == KIND_SHARE)
		c->means.kind = KIND_GROWTH;
}

static const struct lexicon_code *find_class(struct extract *x,
					     const struct lexicon_term *t,
					     enum table_classes classes,
					     struct str parent, bool *doubt)
{
	const struct lexicon_code *code = NULL;

	if (classes == CLASSES_NONE && t->n_economics)
		code = class_by_name(x, t, CLASSES_ECONOMIC, parent, doubt);
	if (classes == CLASSES_NONE && !code && t->n_functions)
		code = class_by_name(x, t, CLASSES_FUNCTION, parent, doubt);
	return classes ? class_by_name(x, t, classes, parent, doubt) : code;
}

static void set_class(struct column *c, struct extract *x,
		      enum table_classes classes)
{
	const struct lexicon_code *above = NULL, *code;
	struct str parent = {NULL, 0};
	bool doubt = false;

	if (c->class_above && c->class_above != c->class)
		above = find_class(x, c->class_above, classes, parent, &doubt);
	if (above && above->code.n == 3)
		parent = above->code;
	code = find_class(x, c->class, classes, parent, &doubt);
	if (c->class_is_memo) {
		c->means.n_items = c->group.n_items;
		for (size_t k = 0; k < c->group.n_items; k++)
			c->means.items[k] = c->group.items[k];
	}
	c->means.why = !code || doubt ? STR("no_item") : (struct str){NULL, 0};
	if (!code || doubt)
		return;
	if (code->code.p[0] == '2')
		c->means.function = code->code;
	else
		c->means.economic = code->code;
}

/* Whether the last head cell of the path says nothing that those above do
 * not: 项目支出 > 业务经费. */
static bool is_unnamed_part(const struct column *c)
{
	const struct meaning *m = &c->means, *up = &c->group;

	return c->role == ROLE_VALUE && up->nature.n && !m->why.n && !m->total &&
	       !m->part && !m->sum && !c->class && !m->count && !m->percent &&
	       m->n_items == up->n_items && str_equal(m->fund, up->fund) &&
	       str_equal(m->nature, up->nature) && m->year == up->year &&
	       m->phase == up->phase && m->has_kind == up->has_kind;
}

/* Several such parts of one group are not the group, nor is one that is not
 * wholly understood. */
static void drop_unnamed_parts(struct layout *l)
{
	for (unsigned from = 0, to; from < l->n_cols; from = to) {
		const struct column *first = &l->columns[from];
		unsigned parts = 0; /* a cell may be many columns wide */

		for (to = from; to < l->n_cols &&
				is_unnamed_part(&l->columns[to]) &&
				str_equal(l->columns[to].means.nature,
					  first->means.nature);
		     to++)
			parts += !l->columns[to].again;
		for (unsigned k = from; k < to; k++)
			if (parts > 1 || l->columns[k].means.unknown)
				l->columns[k].means.why = STR("no_item");
		to += to == from;
	}
}

static bool same_place(const struct column *a, const struct column *b)
{
	const struct meaning *m = &a->means, *o = &b->means;

	return a->side == b->side && m->n_items == o->n_items &&
	       (!m->n_items || str_equal(m->items[0], o->items[0])) &&
	       str_equal(m->fund, o->fund) && str_equal(m->nature, o->nature) &&
	       str_equal(m->function, o->function) &&
	       str_equal(m->economic, o->economic) && m->year == o->year &&
	       m->phase == o->phase && m->has_kind == o->has_kind &&
	       (!m->has_kind || m->kind == o->kind) &&
	       m->vs_year == o->vs_year && m->vs_phase == o->vs_phase &&
	       m->count == o->count && m->percent == o->percent;
}

static bool is_sum(const struct column *c)
{
	return c->means.total || c->means.part || c->means.sum;
}

static bool is_understood(const struct column *c)
{
	return c->head && c->means.known && !c->means.unknown;
}

/*
 * Two columns with the same coordinates: beside 合计 the other is a part of it
 * that no word names (当年预算安排资金); where neither is the sum they are two
 * parts of one thing: of a nature (其他运转类, 特定目标类) without coordinate, of
 * a balance (上年结转, 上年实户资金余额) doubtful.
 */
static void find_twins(struct layout *l)
{
	for (unsigned i = 0; i < l->n_cols; i++)
		for (unsigned k = i + 1;
		     k < l->n_cols && k - i < MOST_APART; k++) {
			struct column *a = &l->columns[i], *b = &l->columns[k];

			if (a->role != ROLE_VALUE || b->role != ROLE_VALUE ||
			    a->again || b->again || a->means.why.n ||
			    b->means.why.n ||
			    !is_understood(a) || !is_understood(b) ||
			    !same_place(a, b))
				continue;
			if (is_sum(a) && !is_sum(b))
				b->means.why = STR("no_item");
			else if (is_sum(b) && !is_sum(a))
				a->means.why = STR("no_item");
			else if (!is_sum(a) && a->means.nature.n)
				a->means.why = b->means.why = STR("no_item");
			else if (!is_sum(a)) {
				a->twin = (int)k;
				b->twin = (int)i;
			}
		}
}

void columns_find_classes(struct layout *l, struct extract *x)
{
	enum table_classes classes = l->title.classes;
	unsigned others = 0;

	drop_unnamed_parts(l);
	for (unsigned col = 0; col < l->n_cols; col++)
		others += l->columns[col].role == ROLE_VALUE &&
			  l->columns[col].class &&
			  !l->columns[col].class_is_memo;
	for (unsigned col = 0; col < l->n_cols; col++) {
		struct column *c = &l->columns[col];

		/* 公务接待费, 办公费 are classes among classes alone */
		if (c->role == ROLE_VALUE && c->class &&
		    !c->means.economic.n &&
		    (others > 1 || !(c->class_is_memo || c->means.why.n)))
			set_class(c, x, classes);
	}
	find_twins(l);
}
