/*
 * Grids: a grid is cut into segments at title rows and repeated heads; each
 * is read by its own head, or by that of the grid before when it has none and
 * no new title stands between (a table that goes on over a page).
 *
 * The title is a row of the grid, or the last line above it that names a
 * table, or else the nearest heading. Every cell that is wholly a number
 * becomes facts or one residue, but for codes, 行次, 栏次 and years.
 */
#include "base/map.h"
#include "extract/table.h"

enum { MAX_BLOCKS_ABOVE = 8, MAX_HEADING = 60 };

struct reader {
	struct extract *x;
	struct matrix m;
	struct table_memory *memory;
	size_t index;
	bool fresh; /* a title stands above the next segment */
	struct chars heading; /* above the grid, no table's title */
	const struct lexicon_unit *unit; /* stated above or in the grid */
	bool targets; /* 绩效指标 and the like stand among the cells */
};

static bool says_something(const struct meaning *m)
{
	return m->n_items || m->why.n || m->nature.n || m->classes ||
	       m->fund.n || m->role;
}

static void set_title(struct reader *r, const struct chars *c)
{
	struct layout *l = &r->memory->layout;
	struct meaning title = {0};

	if (chars_at(c, 0, U"续表") && c->n < 6) /* the table before goes on */
		return;
	meaning_read(&title, r->x, TABLE_TITLE, c, 0, c->n);
	if (title.classes && !title.n_items) { /* classes are of expenditure */
		title.items[0] = STR("expenditure");
		title.n_items = 1;
		title.generic = true;
	}
	l->title = title;
	l->has_title = true;
	l->titles++;
	l->unit = NULL;
	r->fresh = true;
}

static void set_unit(struct reader *r, const struct chars *c)
{
	const struct lexicon_unit *u = text_unit(r->x, c);

	if (!u)
		return;
	r->memory->layout.unit = r->unit = u;
	r->memory->unit = u;
}

/* The heading stands in for a title; it gives no more than it says. */
static void use_heading(struct reader *r)
{
	struct layout *l = &r->memory->layout;

	l->title = (struct meaning){0};
	l->has_title = false;
	if (r->heading.n)
		set_title(r, &r->heading);
	r->heading.n = 0;
	l->unit = r->unit;
}

/* A heading, or a line that may be one; 四、三公经费（单位：元） is, too. */
static bool may_head(const struct extract *x, const struct source_block *b,
		     const struct chars *c)
{
	int level;

	return b->kind == BLOCK_HEADING ||
	       (c->n <= MAX_HEADING && c->n > 3 &&
		c->cp[c->n - 1] != 0x3002 &&
		(!text_unit(x, c) || outline_read_mark(c, 0, &level)));
}

/* Title and unit line among the blocks above the grid. */
static void read_above(struct reader *r)
{
	const struct source_document *d = r->x->source;
	const struct source_block *heading = NULL;
	struct chars title = {0}, unit = {0};
	int level;

	for (size_t k = r->index, seen = 0;
	     k-- && seen < MAX_BLOCKS_ABOVE &&
	     d->blocks[k].kind != BLOCK_GRID;
	     seen++) {
		const struct source_block *b = &d->blocks[k];
		struct chars c =
			chars_fold(r->x->arena, source_text(d, b), b->start);
		struct meaning m = {0};

		if (!unit.n && text_unit(r->x, &c))
			unit = c;
		if (!heading && may_head(r->x, b, &c))
			heading = b;
		if (!text_is_title(&c))
			continue;
		meaning_read(&m, r->x, TABLE_TITLE, &c, 0, c.n);
		if (!says_something(&m) && !chars_at(&c, 0, U"续表")) {
			/* 预算表 alone: the rest of a title on two lines */
			if (!k || d->blocks[k - 1].kind == BLOCK_GRID ||
			    !chars_at(&c, 0, U"预算表"))
				continue;
			c = chars_fold(r->x->arena,
				       str_slice(buf_str(&d->text),
						 d->blocks[k - 1].start, b->end),
				       d->blocks[k - 1].start);
		}
		title = c;
		break;
	}
	if (heading)
		r->heading = chars_fold(r->x->arena, source_text(d, heading),
					heading->start);
	if (title.n)
		set_title(r, &title);
	/* a numbered heading: no table goes on below it */
	else if (r->heading.n && outline_read_mark(&r->heading, 0, &level))
		use_heading(r);
	if (unit.n)
		set_unit(r, &unit);
}

/* Forms of performance targets have titles of many kinds, and go on over
 * pages; their cells give them away: how many are words of such a form. */
static unsigned count_targets(const struct reader *r)
{
	unsigned n = 0;

	for (size_t k = 0; k < r->m.n_cells; k++) {
		const struct chars *c = &r->m.cells[k].text;
		size_t length = 0;
		const struct table_word *w =
			r->m.cells[k].kind != CELL_TEXT
				? NULL
				: table_words_match(
					  lexicon_table_words(r->x->lexicon),
					  TABLE_HEAD, c->cp, c->n, &length);

		if (w && str_equal(w->why, STR("target")) &&
		    (length == c->n || c->cp[length] == '(' ||
		     (c->cp[length] >= '0' && c->cp[length] <= '9')))
			n++;
	}
	return n;
}

/* A page that is set as a grid: sentences, and no cell of a table. */
static bool is_layout(const struct reader *r)
{
	bool sentence = false;

	for (size_t k = 0; k < r->m.n_cells; k++) {
		const struct table_cell *c = &r->m.cells[k];

		if (c->kind == CELL_NUMBER)
			return false;
		for (size_t i = 0; i < c->text.n && !sentence; i++)
			sentence = c->text.cp[i] == 0x3002;
	}
	return sentence;
}

static void forget_rows(struct table_memory *t)
{
	for (unsigned k = 0; k < MAX_SIDES; k++)
		t->sides[k] = (struct side_state){0};
}

/* Columns for a body without head: those before, or by content alone. */
static void inherit_head(struct reader *r, unsigned from, unsigned to)
{
	struct layout *l = &r->memory->layout;

	if (r->memory->set && layout_fits(l, &r->m, from, to))
		return;
	if (r->memory->set && !r->fresh &&
	    layout_narrow(l, r->x, &r->m, from, to))
		return;
	layout_read_head(l, r->x, &r->m, from, from, to);
	forget_rows(r->memory);
}

static bool same_column(const struct column *a, const struct column *b)
{
	return a->role == b->role && str_equal(a->means.fund, b->means.fund) &&
	       str_equal(a->means.nature, b->means.nature) &&
	       str_equal(a->means.economic, b->means.economic) &&
	       str_equal(a->means.function, b->means.function) &&
	       a->means.n_items == b->means.n_items &&
	       (!a->means.n_items ||
		str_equal(a->means.items[0], b->means.items[0])) &&
	       a->means.phase == b->means.phase &&
	       a->means.year == b->means.year;
}

/* The head of the page before, perhaps wrapped otherwise. */
static bool same_head(const struct layout *a, const struct layout *b)
{
	unsigned same = 0;

	if (a->n_cols != b->n_cols || a->n_sides != b->n_sides)
		return false;
	for (unsigned k = 0; k < a->n_cols; k++)
		same += same_column(&a->columns[k], &b->columns[k]);
	return same * 5 >= a->n_cols * 4;
}

static struct str fact_key(struct arena *a, const struct bud_fact *f)
{
	const struct coordinates *c = &f->at;
	const int numbers[] = {c->year, (int)c->phase, (int)c->kind};
	const struct str words[] = {c->item,	 c->fund,   c->function,
				    c->economic, c->nature, f->entity};
	size_t most = sizeof numbers;
	char *key, *p;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		most += words[i].n + 1;
	key = p = arena_alloc_raw(a, most);
	memcpy(p, numbers, sizeof numbers);
	p += sizeof numbers;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i].n)
			memcpy(p, words[i].p, words[i].n);
		p += words[i].n;
		*p++ = '|';
	}
	return (struct str){key, most};
}

/* Rows of one table that name the same thing with other amounts are parts of
 * it by something that is not said (units, purchases), no duplicates. */
static void doubt_repeated(struct extract *x)
{
	struct extract_result *out = x->out;
	struct arena a = {0};
	struct map seen = {0};

	for (size_t i = x->tables->first_fact; i < out->n_facts; i++) {
		struct bud_fact *f = &out->facts[i];
		struct bud_fact *before;
		void **at;

		if (f->origin != ORIGIN_TABLE)
			continue;
		at = map_put(&seen, fact_key(&a, f));
		before = *at;
		if (!before)
			*at = f;
		else if (before->value != f->value &&
			 (f->at.function.n || f->at.economic.n))
			f->doubt = before->doubt =
				STR("stands more than once in its table");
	}
	map_release(&seen);
	arena_release(&a);
}

/* One segment from its first row; gives the row behind it. */
static unsigned read_segment(struct reader *r, unsigned row)
{
	struct matrix *m = &r->m;
	struct layout *l = &r->memory->layout, old = *l;
	unsigned head = m->n_rows, body, end;
	bool goes_on = r->memory->set && !r->fresh &&
		       !rows_have_head(r->x, m, row);
	enum row_kind kind;

	for (body = row; body < m->n_rows; body++) {
		kind = row_kind_of(r->x, m, body, goes_on);
		if (kind == ROW_BODY)
			break;
		if (kind == ROW_HEAD && head == m->n_rows)
			head = body;
		for (unsigned col = 0; col < m->n_cols; col++) {
			const struct table_cell *c = matrix_cell(m, body, col);

			if (!c || c->kind != CELL_TEXT)
				continue;
			if (kind == ROW_TITLE && text_is_title(&c->text))
				set_title(r, &c->text);
			if (kind == ROW_UNIT || kind == ROW_TITLE)
				set_unit(r, &c->text);
		}
	}
	for (end = body; end < m->n_rows; end++) {
		kind = row_kind_of(r->x, m, end, true);
		if (kind == ROW_TITLE || (kind == ROW_HEAD && end > body))
			break;
	}
	if (head < body) {
		layout_read_head(l, r->x, m, head, body, end);
		if (!r->fresh && (!r->memory->set || !same_head(&old, l))) {
			use_heading(r);
			layout_read_head(l, r->x, m, head, body, end);
		}
		if (r->fresh || !r->memory->set || !same_head(&old, l))
			forget_rows(r->memory);
	} else {
		inherit_head(r, body, end);
	}
	r->memory->set = true;
	r->fresh = false;
	if (end > body) {
		struct segment s = {.x = r->x,
				    .m = m,
				    .memory = r->memory,
				    .from = body,
				    .to = end};
		struct str why = l->title.why;

		if (r->targets)
			l->title.why = STR("target");
		if (r->memory->table_of_title != l->titles) {
			doubt_repeated(r->x);
			r->memory->table_of_title = l->titles;
			r->memory->first_fact = r->x->out->n_facts;
		}
		segment_emit(&s);
		l->title.why = why;
	}
	return end > row ? end : row + 1;
}

bool extract_grid(struct extract *x, size_t index)
{
	struct reader r = {.x = x, .index = index};
	unsigned targets;

	if (!x->tables)
		x->tables = ARENA_NEW(x->arena, struct table_memory);
	r.memory = x->tables;
	if (!matrix_build(&r.m, x, &x->source->blocks[index]))
		return true;
	targets = count_targets(&r);
	if (!targets && is_layout(&r))
		return false;
	read_above(&r);
	r.targets = targets >= 2;
	for (unsigned row = 0; row < r.m.n_rows;)
		row = read_segment(&r, row);
	return true;
}

void extract_end_grids(struct extract *x)
{
	if (x->tables)
		doubt_repeated(x);
}
