/*
 * Change records as tables: one for each department and pair of years; and
 * the ranking of departments, which is the same columns for one coordinate.
 */
#include "render/digest.h"
#include "render/view.h"

#include <stdlib.h>

enum { LABEL, FROM, TO, DELTA, GROWTH, PART, NOTE, REASON, N_COLUMNS };

struct group {
	const struct bud_change *first;
	struct outline_row *rows;
	size_t n, cap, entity;
};

struct groups {
	struct group *list;
	size_t n, cap;
};

static struct coordinates at_of(const struct bud_change *c)
{
	return (struct coordinates){
		.year = c->to_year, .phase = c->to_phase, .item = c->item,
		.fund = c->fund, .function = c->function,
		.economic = c->economic, .nature = c->nature};
}

static void put_group_key(struct buf *b, const struct bud_change *c)
{
	buf_printf(b, "%.*s\x1f%d\x1f%d\x1f%d\x1f%d", STR_ARG(c->entity),
		   c->from_year, (int)c->from_phase, c->to_year,
		   (int)c->to_phase);
}

static int compare(const void *x, const void *y)
{
	const struct group *a = x, *b = y;
	const struct bud_change *c = a->first, *d = b->first;

	if (a->entity != b->entity)
		return a->entity < b->entity ? -1 : 1;
	if (c->to_year != d->to_year)
		return c->to_year < d->to_year ? -1 : 1;
	if (c->from_year != d->from_year)
		return c->from_year < d->from_year ? -1 : 1;
	return (int)c->to_phase - (int)d->to_phase;
}

static struct groups collect(const struct view *v,
			     struct bud_change *const *changes, size_t n)
{
	const struct model *m = v->model;
	struct groups out = {0};
	struct map index = {0}, entities = {0};
	struct arena *a = v->arena;

	for (size_t e = 0; e < m->n_entities; e++)
		*map_put(&entities, m->entities[e]) = &m->entities[e];
	for (size_t i = 0; i < n; i++) {
		struct bud_change *c = changes[i];
		const struct str *entity = map_get(&entities, c->entity);
		struct buf key = {0};
		struct group *g;
		void **place;

		put_group_key(&key, c);
		place = map_put(&index, str_copy(a, buf_str(&key)));
		buf_release(&key);
		if (!*place) {
			out.list = arena_grow(a, out.list, &out.cap, out.n + 1,
					      sizeof *out.list);
			out.list[out.n] = (struct group){
				.first = c,
				.entity = (size_t)(entity - m->entities)};
			/* The list moves as it grows: keep the number. */
			*place = (void *)(uintptr_t)++out.n;
		}
		g = &out.list[(uintptr_t)*place - 1];
		g->rows = arena_grow(a, g->rows, &g->cap, g->n + 1,
				     sizeof *g->rows);
		g->rows[g->n++] = (struct outline_row){
			.at = at_of(c), .data = c};
	}
	if (out.n)
		qsort(out.list, out.n, sizeof *out.list, compare);
	map_release(&index);
	map_release(&entities);
	return out;
}

static struct grid *new_grid(const struct view *v, const struct bud_change *c,
			     const char *label_head)
{
	const struct labels *l = v->labels;
	const struct grid_column columns[N_COLUMNS] = {
		[LABEL] = {STR("label"), label_word(l, label_head), false},
		[FROM] = {STR("from"),
			  view_period(v, c->from_year, c->from_phase), true},
		[TO] = {STR("to"), view_period(v, c->to_year, c->to_phase),
			true},
		[DELTA] = {STR("delta"), label_word(l, "head-delta"), true},
		[GROWTH] = {STR("growth"), label_word(l, "head-rate"), true},
		[PART] = {STR("contribution"), label_word(l, "head-part"),
			  true},
		[NOTE] = {STR("note"), label_word(l, "head-note"), false},
		[REASON] = {STR("reason"), label_word(l, "head-reason"),
			    false},
	};

	return grid_new(v->arena, columns, N_COLUMNS);
}

static void add_note(struct buf *b, struct str note)
{
	if (!note.n)
		return;
	if (b->n)
		buf_puts(b, "; ");
	buf_put_str(b, note);
}

/* What is unusual about a change: new, gone, restated, a break, a stated
 * change that differs. */
static struct str note_of(const struct view *v, const struct bud_change *c)
{
	struct buf b = {0};
	struct str s;

	if (!str_equal(c->status, STR("same")) &&
	    !str_equal(c->status, STR("changed")) && c->status.n)
		add_note(&b, label_word(v->labels,
					str_format(v->arena, "status-%.*s",
						   STR_ARG(c->status))
						.p));
	add_note(&b, c->breaks);
	if (c->has_stated && !c->agrees) {
		struct cell stated = cell_difference(c->unit, c->stated_delta);
		struct str number = view_number(v, &stated);

		add_note(&b, view_say(v, "note-stated", &number, 1));
	}
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static const struct bud_fact *level_of_change(const struct view *v,
					      const struct bud_change *c,
					      int year, enum phase phase)
{
	struct coordinates at = at_of(c);

	at.year = year;
	at.phase = phase;
	return model_level(v->model, c->entity, &at);
}

/* The sentence that states the change, else the level that it follows from. */
static const struct bud_fact *stated(const struct view *v,
				     const struct bud_change *c,
				     enum kind kind,
				     const struct bud_fact *level)
{
	struct coordinates at = at_of(c);
	const struct bud_fact *f;

	at.kind = kind;
	f = model_stated(v->model, c->entity, &at, c->from_year,
			 c->from_phase);
	return f ? f : level;
}

static void fill(const struct view *v, const struct bud_change *c,
		 struct grid_row *row)
{
	struct cell *cells = row->cells;

	if (c->has_from) {
		cells[FROM] = cell_value(c->unit, c->from_value);
		cells[FROM].source = level_of_change(v, c, c->from_year,
						     c->from_phase);
	}
	if (c->has_to) {
		cells[TO] = cell_value(c->unit, c->to_value);
		cells[TO].source =
			level_of_change(v, c, c->to_year, c->to_phase);
	}
	if (c->has_delta) {
		cells[DELTA] = cell_difference(c->unit, c->delta);
		cells[DELTA].source =
			stated(v, c, KIND_CHANGE, cells[TO].source);
	}
	if (c->has_growth) {
		cells[GROWTH] = cell_difference(UNIT_PPM, c->growth);
		cells[GROWTH].source =
			stated(v, c, KIND_GROWTH, cells[DELTA].source);
		cells[GROWTH].one_digit = true;
	}
	if (c->has_contribution) {
		cells[PART] = cell_value(UNIT_PPM, c->contribution);
		cells[PART].source = cells[DELTA].source;
		cells[PART].one_digit = true;
	}
	cells[NOTE] = cell_text(note_of(v, c));
	cells[REASON] = cell_text(c->reason);
	if ((!c->has_from || !c->from_value) && (!c->has_to || !c->to_value))
		row->tone = TONE_MUTED;
	else if (c->has_stated && !c->agrees)
		row->tone = TONE_BAD;
	else if (!row->depth)
		row->tone = TONE_STRONG;
}

static void add_reasons(const struct view *v, struct page *p,
			struct section *s, const struct grid *g)
{
	for (size_t i = 0; i < g->n_rows; i++) {
		const struct grid_row *r = &g->rows[i];
		struct str args[3];

		if (r->cells[REASON].kind == CELL_EMPTY)
			continue;
		args[0] = r->full;
		args[1] = view_number(v, &r->cells[DELTA]);
		args[2] = r->cells[REASON].text;
		section_line(p, s, view_say(v, "reason-line", args, 3));
	}
}

void view_add_changes(const struct view *v, struct page *p)
{
	struct groups all =
		collect(v, v->model->changes, v->model->n_changes);
	struct str unit = money_name(v->options->money, v->labels->lang);

	for (size_t i = 0; i < all.n; i++) {
		struct group *g = &all.list[i];
		struct section *s = page_section(p, SECTION_CHANGES);
		struct str args[] = {
			g->first->entity,
			view_period(v, g->first->from_year,
				    g->first->from_phase),
			view_period(v, g->first->to_year, g->first->to_phase),
		};

		s->title = view_say(v, "changes-title", args, 3);
		s->note = view_say(v, "unit-note", &unit, 1);
		s->entity = g->first->entity;
		s->grid = new_grid(v, g->first, "head-label");
		outline_arrange(v->arena, v->labels, g->rows, g->n);
		for (size_t k = 0; k < g->n; k++) {
			struct grid_row *row = grid_row(v->arena, s->grid);

			view_label(v, &g->rows[k], row);
			fill(v, g->rows[k].data, row);
		}
		add_reasons(v, p, s, s->grid);
	}
}

/* ---- ranking ---------------------------------------------------------- */

/* The coordinate that departments are ranked by: the first row that stands
 * in the most groups, in the order of the outline. */
static const struct outline_row *ranked_by(const struct view *v,
					   const struct groups *all)
{
	const struct outline_row *best = NULL;
	struct map counts = {0};
	uintptr_t most = 0;

	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->list[i].n; k++) {
			struct buf b = {0};
			void **place;

			outline_key(&b, &all->list[i].rows[k].at);
			place = map_put(&counts,
					str_copy(v->arena, buf_str(&b)));
			*place = (void *)((uintptr_t)*place + 1);
			buf_release(&b);
		}
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->list[i].n; k++) {
			const struct outline_row *o = &all->list[i].rows[k];
			bool spends = str_equal(o->at.item, STR("expenditure"));
			struct buf b = {0};
			uintptr_t n;

			outline_key(&b, &o->at);
			n = 2 * (uintptr_t)map_get(&counts, buf_str(&b)) +
			    (spends && !o->depth);
			buf_release(&b);
			if (n > most) {
				most = n;
				best = o;
			}
		}
	map_release(&counts);
	return best;
}

static bool same_place(const struct coordinates *a,
		       const struct coordinates *b)
{
	return str_equal(a->item, b->item) && str_equal(a->fund, b->fund) &&
	       str_equal(a->function, b->function) &&
	       str_equal(a->economic, b->economic) &&
	       str_equal(a->nature, b->nature);
}

static void add_ranked(const struct view *v, struct grid *g,
		       const struct group *from, const struct coordinates *at)
{
	for (size_t k = 0; k < from->n; k++) {
		struct grid_row *row;

		if (!same_place(&from->rows[k].at, at))
			continue;
		row = grid_row(v->arena, g);
		row->depth = 1;
		fill(v, from->rows[k].data, row);
		row->depth = 0;
		row->full = from->first->entity;
		row->cells[0] = cell_text(row->full);
	}
}

static int compare_periods(const void *x, const void *y)
{
	const struct group *a = x, *b = y;
	const struct bud_change *c = a->first, *d = b->first;

	if (c->to_year != d->to_year)
		return c->to_year < d->to_year ? -1 : 1;
	if (c->to_phase != d->to_phase)
		return (int)c->to_phase - (int)d->to_phase;
	if (c->from_year != d->from_year)
		return c->from_year < d->from_year ? -1 : 1;
	if (c->from_phase != d->from_phase)
		return (int)c->from_phase - (int)d->from_phase;
	return (a->entity > b->entity) - (a->entity < b->entity);
}

static bool same_period(const struct bud_change *c, const struct bud_change *d)
{
	return c->to_year == d->to_year && c->to_phase == d->to_phase &&
	       c->from_year == d->from_year && c->from_phase == d->from_phase;
}

static struct section *new_ranking(const struct view *v, struct page *p,
				   const struct bud_change *c,
				   const struct coordinates *by)
{
	struct section *s = page_section(p, SECTION_RANKING);
	struct str unit = money_name(v->options->money, v->labels->lang);
	struct str args[2];
	struct buf b = {0};

	label_row(v->labels, &b, by, NULL);
	args[0] = str_copy(v->arena, buf_str(&b));
	args[1] = view_period(v, c->to_year, c->to_phase);
	buf_release(&b);
	s->title = view_say(v, "ranking-title", args, 2);
	s->note = view_say(v, "unit-note", &unit, 1);
	s->grid = new_grid(v, c, "head-entity");
	return s;
}

/* Without bud-diff, of each department what its own documents say. */
static struct groups collect_any(const struct view *v)
{
	const struct model *m = v->model;
	struct bud_change **list = NULL;
	const struct digest *d;
	size_t n = 0, cap = 0;

	if (m->n_changes)
		return collect(v, m->changes, m->n_changes);
	d = digest_all(v);
	for (size_t e = 0; e < m->n_entities; e++) {
		list = arena_grow(v->arena, list, &cap, n + d[e].n,
				  sizeof *list);
		for (size_t i = 0; i < d[e].n; i++)
			list[n++] = d[e].changes[i];
	}
	return collect(v, list, n);
}

void view_add_ranking(const struct view *v, struct page *p)
{
	struct groups all = collect_any(v);
	const struct bud_change *period = NULL;
	const struct outline_row *by;
	struct section *s = NULL;

	for (size_t i = 0; i < all.n; i++)
		outline_arrange(v->arena, v->labels, all.list[i].rows,
				all.list[i].n);
	by = ranked_by(v, &all);
	if (!by)
		return;
	qsort(all.list, all.n, sizeof *all.list, compare_periods);
	for (size_t i = 0; i < all.n; i++) {
		const struct bud_change *c = all.list[i].first;

		if (!period || !same_period(c, period)) {
			s = new_ranking(v, p, c, &by->at);
			period = c;
		}
		add_ranked(v, s->grid, &all.list[i], &by->at);
	}
	for (size_t i = 0; i < p->n_sections; i++)
		if (p->sections[i].grid && !v->options->sort.n)
			grid_sort(p->sections[i].grid, STR("-to"));
}
