/*
 * The pivot of facts. Rows are coordinates; a column is a year and phase (and
 * what they are compared with, for changes, growth, shares), or with
 * --by=entity a department as well. Of several facts for one cell the most
 * trusted is shown.
 */
#include "render/view.h"

#include <stdlib.h>
#include <string.h>

struct pivot_column {
	int year, vs_year;
	enum phase phase, vs_phase;
	enum kind kind;
	struct str entity; /* only with --by=entity */
	size_t order;      /* of the entity */
};

struct pivot {
	const struct view *v;
	struct arena scratch;
	struct pivot_column *columns;
	size_t n_columns, cap_columns;
	struct outline_row *rows;
	size_t n_rows, cap_rows;
	struct map by_row;  /* outline key → index + 1 */
	struct map by_cell; /* outline key, column → fact */
	struct map by_column;
};

static void put_column_key(struct buf *b, const struct pivot_column *c)
{
	buf_printf(b, "%d %d %d %d %d %.*s", c->year, (int)c->phase,
		   (int)c->kind, c->vs_year, (int)c->vs_phase,
		   STR_ARG(c->entity));
}

static void add_column(struct pivot *p, const struct pivot_column *c,
		       struct str key)
{
	void **place = map_put(&p->by_column, key);

	if (*place)
		return;
	*place = p;
	p->columns = arena_grow(&p->scratch, p->columns, &p->cap_columns,
				p->n_columns + 1, sizeof *p->columns);
	p->columns[p->n_columns++] = *c;
}

static void add_row(struct pivot *p, const struct bud_fact *f, struct str key)
{
	void **place = map_put(&p->by_row, key);

	if (*place)
		return;
	*place = p;
	p->rows = arena_grow(&p->scratch, p->rows, &p->cap_rows,
			     p->n_rows + 1, sizeof *p->rows);
	p->rows[p->n_rows++] = (struct outline_row){.at = f->at};
}

static struct pivot_column column_of(const struct bud_fact *f)
{
	struct pivot_column c = {.year = f->at.year, .phase = f->at.phase,
				 .kind = f->at.kind};

	if (f->at.kind != KIND_LEVEL && f->at.kind != KIND_SHARE) {
		c.vs_year = f->vs_year;
		c.vs_phase = f->vs_phase;
	}
	return c;
}

static void add_fact(struct pivot *p, struct bud_fact *f, struct str entity,
		     size_t order)
{
	struct pivot_column c = column_of(f);
	struct buf b = {0};
	struct str row, cell;
	void **place;

	if (p->v->options->by_entity) {
		c.entity = entity;
		c.order = order;
	}
	outline_key(&b, &f->at);
	row = str_copy(&p->scratch, buf_str(&b));
	add_row(p, f, row);
	put_column_key(&b, &c);
	cell = str_copy(&p->scratch, buf_str(&b));
	add_column(p, &c, str_slice(cell, row.n, cell.n));
	place = map_put(&p->by_cell, cell);
	if (!*place || model_trusts(p->v->model, f, *place))
		*place = f;
	buf_release(&b);
}

static int compare_columns(const void *x, const void *y)
{
	const struct pivot_column *a = x, *b = y;
	const long long keys[][2] = {
		{(long long)a->order, (long long)b->order},
		{a->year, b->year},
		{a->phase, b->phase},
		{a->kind, b->kind},
		{a->vs_year, b->vs_year},
		{a->vs_phase, b->vs_phase},
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	return 0;
}

static struct str id_of(const struct view *v, const struct pivot_column *c)
{
	struct buf b = {0};
	struct str s;

	if (c->entity.n)
		buf_printf(&b, "%.*s.", STR_ARG(c->entity));
	buf_printf(&b, "%d", c->year);
	if (c->phase)
		buf_printf(&b, ".%.*s", STR_ARG(phase_name(c->phase)));
	if (c->kind != KIND_LEVEL)
		buf_printf(&b, ".%.*s", STR_ARG(kind_name(c->kind)));
	if (c->vs_year && c->vs_year != c->year)
		buf_printf(&b, ".%d", c->vs_year);
	if (c->vs_phase && c->vs_phase != c->phase)
		buf_printf(&b, ".%.*s", STR_ARG(phase_name(c->vs_phase)));
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static struct str head_of(const struct view *v, const struct pivot_column *c)
{
	static const char *const WORDS[] = {
		[KIND_LEVEL] = "head-level",
		[KIND_CHANGE] = "head-change",
		[KIND_GROWTH] = "head-growth",
		[KIND_SHARE] = "head-share",
		[KIND_COMPLETION] = "head-completion",
	};
	bool same_phase = c->vs_year && c->vs_phase == c->phase;
	struct str args[] = {
		view_period(v, c->year, c->phase),
		view_period(v, c->vs_year,
			    same_phase ? PHASE_NONE : c->vs_phase),
	};
	struct str head = view_say(v, WORDS[c->kind], args, 2);

	if (!c->entity.n)
		return head;
	return str_format(v->arena, "%.*s %.*s", STR_ARG(c->entity),
			  STR_ARG(head));
}

static struct cell cell_of_fact(const struct bud_fact *f)
{
	bool is_change = f->at.kind == KIND_CHANGE || f->at.kind == KIND_GROWTH;
	struct cell c = is_change ? cell_difference(f->unit, f->value)
				  : cell_value(f->unit, f->value);

	c.source = f;
	return c;
}

static void fill_row(const struct pivot *p, const struct outline_row *o,
		     struct grid_row *row)
{
	struct buf b = {0};
	bool zero = true;

	view_label(p->v, o, row);
	if (o->is_head) {
		row->tone = TONE_HEAD;
		return;
	}
	for (size_t i = 0; i < p->n_columns; i++) {
		const struct bud_fact *f;

		buf_clear(&b);
		outline_key(&b, &o->at);
		put_column_key(&b, &p->columns[i]);
		f = map_get(&p->by_cell, buf_str(&b));
		if (!f)
			continue;
		row->cells[i + 1] = cell_of_fact(f);
		zero &= !f->value;
	}
	row->tone = zero ? TONE_MUTED : o->depth ? TONE_PLAIN : TONE_STRONG;
	buf_release(&b);
}

static struct grid *grid_of(struct pivot *p)
{
	const struct view *v = p->v;
	struct grid_column *columns = ARENA_ARRAY(
		v->arena, struct grid_column, p->n_columns + 1);
	struct grid *g;

	columns[0].id = STR("label");
	columns[0].head = label_word(v->labels, "head-label");
	if (p->n_columns)
		qsort(p->columns, p->n_columns, sizeof *p->columns,
		      compare_columns);
	for (size_t i = 0; i < p->n_columns; i++)
		columns[i + 1] = (struct grid_column){
			.id = id_of(v, &p->columns[i]),
			.head = head_of(v, &p->columns[i]),
			.number = true};
	g = grid_new(v->arena, columns, p->n_columns + 1);
	p->rows = outline_arrange(&p->scratch, v->labels, p->rows, &p->n_rows);
	for (size_t i = 0; i < p->n_rows; i++)
		fill_row(p, &p->rows[i], grid_row(v->arena, g));
	return g;
}

static void end_pivot(struct pivot *p, struct page *page, struct str title)
{
	struct str unit = money_name(page->money, p->v->labels->lang);

	if (p->n_rows) {
		struct section *s = page_section(page, SECTION_FACTS);

		s->title = s->entity = title;
		s->note = view_say(p->v, "unit-note", &unit, 1);
		s->grid = grid_of(p);
	}
	map_release(&p->by_row);
	map_release(&p->by_cell);
	map_release(&p->by_column);
	arena_release(&p->scratch);
}

/* Facts of each entity together, in the order of the stream: next[i] is the
 * fact after the i-th of the same entity, first[e] where entity e begins. */
static void chain(const struct view *v, size_t *first, size_t *next)
{
	const struct model *m = v->model;
	struct map index = {0};
	size_t *last = ARENA_ARRAY(v->arena, size_t, m->n_entities);

	for (size_t e = 0; e < m->n_entities; e++) {
		*map_put(&index, m->entities[e]) = &last[e];
		first[e] = last[e] = SIZE_MAX;
	}
	for (size_t i = 0; i < m->n_facts; i++) {
		const size_t *place =
			map_get(&index, model_entity(m, m->facts[i]));
		size_t e = (size_t)(place - last);

		next[i] = SIZE_MAX;
		if (last[e] == SIZE_MAX)
			first[e] = i;
		else
			next[last[e]] = i;
		last[e] = i;
	}
	map_release(&index);
}

void view_add_facts(const struct view *v, struct page *page)
{
	const struct model *m = v->model;
	size_t *first = ARENA_ARRAY(v->arena, size_t, m->n_entities);
	size_t *next = ARENA_ARRAY(v->arena, size_t, m->n_facts);
	struct pivot p = {.v = v};

	chain(v, first, next);
	for (size_t e = 0; e < m->n_entities; e++) {
		for (size_t i = first[e]; i != SIZE_MAX; i = next[i])
			add_fact(&p, m->facts[i], m->entities[e], e);
		if (v->options->by_entity)
			continue;
		end_pivot(&p, page, m->entities[e]);
		p = (struct pivot){.v = v};
	}
	end_pivot(&p, page, label_word(v->labels, "by-entity-title"));
}
