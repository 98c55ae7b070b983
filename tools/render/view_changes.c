/* Change records as tables: one for each department and pair of years. */
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
	/* The latest first. */
	if (c->to_year != d->to_year)
		return c->to_year > d->to_year ? -1 : 1;
	if (c->to_phase != d->to_phase)
		return (int)d->to_phase - (int)c->to_phase;
	return c->from_year > d->from_year ? -1 : 1;
}

static struct groups collect(const struct view *v)
{
	const struct model *m = v->model;
	struct groups out = {0};
	struct map index = {0}, entities = {0};
	struct arena *a = v->arena;

	for (size_t e = 0; e < m->n_entities; e++)
		*map_put(&entities, m->entities[e]) = &m->entities[e];
	for (size_t i = 0; i < m->n_changes; i++) {
		struct bud_change *c = m->changes[i];
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
			.at = view_coordinates(c), .data = c};
	}
	if (out.n)
		qsort(out.list, out.n, sizeof *out.list, compare);
	map_release(&index);
	map_release(&entities);
	return out;
}

static struct grid *new_grid(const struct view *v, const struct bud_change *c)
{
	const struct labels *l = v->labels;
	const struct grid_column columns[N_COLUMNS] = {
		[LABEL] = {STR("label"), label_word(l, "head-label"), false},
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


static void fill(const struct view *v, const struct bud_change *c,
		 struct grid_row *row)
{
	struct cell *cells = row->cells;

	view_change_cells(v, c, &cells[FROM]);
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
	struct groups all = collect(v);
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
		s->grid = new_grid(v, g->first);
		g->rows = outline_arrange(v->arena, v->labels, g->rows,
					  &g->n);
		for (size_t k = 0; k < g->n; k++) {
			struct grid_row *row = grid_row(v->arena, s->grid);

			view_label(v, &g->rows[k], row);
			if (g->rows[k].is_head)
				row->tone = TONE_HEAD;
			else
				fill(v, g->rows[k].data, row);
		}
		add_reasons(v, p, s, s->grid);
	}
}
