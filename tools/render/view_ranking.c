/*
 * The ranking of departments: one row each, its latest pair of years. They
 * are ranked by expenditure, or where there is none by the coordinate that
 * most of them have.
 */
#include <stdlib.h>

#include "render/digest.h"
#include "render/view.h"

enum { LABEL, PERIOD, NUMBERS, N_COLUMNS = NUMBERS + CHANGE_CELLS };

struct coordinates view_coordinates(const struct bud_change *c)
{
	return (struct coordinates){
		.year = c->to_year, .phase = c->to_phase, .item = c->item,
		.fund = c->fund, .function = c->function,
		.economic = c->economic, .nature = c->nature};
}

static const struct bud_fact *level_at(const struct view *v,
				       const struct bud_change *c, int year,
				       enum phase phase)
{
	struct coordinates at = view_coordinates(c);

	at.year = year;
	at.phase = phase;
	return model_level(v->model, c->entity, &at);
}

/* The sentence that states it, else what it follows from. */
static const struct bud_fact *stated(const struct view *v,
				     const struct bud_change *c,
				     enum kind kind,
				     const struct bud_fact *otherwise)
{
	struct coordinates at = view_coordinates(c);
	const struct bud_fact *f;

	at.kind = kind;
	f = model_stated(v->model, c->entity, &at, c->from_year,
			 c->from_phase);
	return f ? f : otherwise;
}

void view_change_cells(const struct view *v, const struct bud_change *c,
		       struct cell *cells)
{
	const struct bud_fact *level =
		level_at(v, c, c->to_year, c->to_phase);
	const struct bud_fact *change = stated(v, c, KIND_CHANGE, level);

	if (c->has_from) {
		cells[CHANGE_FROM] = cell_value(c->unit, c->from_value);
		cells[CHANGE_FROM].source =
			level_at(v, c, c->from_year, c->from_phase);
	}
	if (c->has_to) {
		cells[CHANGE_TO] = cell_value(c->unit, c->to_value);
		cells[CHANGE_TO].source = level;
	}
	if (c->has_delta) {
		cells[CHANGE_DELTA] = cell_difference(c->unit, c->delta);
		cells[CHANGE_DELTA].source = change;
	}
	if (c->has_growth) {
		cells[CHANGE_GROWTH] = cell_difference(UNIT_PPM, c->growth);
		cells[CHANGE_GROWTH].one_digit = true;
		cells[CHANGE_GROWTH].source =
			stated(v, c, KIND_GROWTH, change);
	}
	if (c->has_contribution) {
		cells[CHANGE_PART] = cell_value(UNIT_PPM, c->contribution);
		cells[CHANGE_PART].one_digit = true;
		cells[CHANGE_PART].source = change;
	}
}

static struct str key_of(const struct view *v, const struct bud_change *c)
{
	struct coordinates at = view_coordinates(c);
	struct buf b = {0};
	struct str s;

	outline_key(&b, &at);
	s = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

/* The key that most departments have; the first of several. */
static struct str common_key(const struct view *v, const struct digest *all)
{
	struct str best = {NULL, 0};
	struct map counts = {0};
	uintptr_t most = 0;

	for (size_t e = 0; e < v->model->n_entities; e++)
		for (size_t i = 0; i < all[e].n; i++) {
			void **count = map_put(&counts,
					       key_of(v, all[e].changes[i]));

			*count = (void *)((uintptr_t)*count + 1);
		}
	for (size_t i = 0; i < counts.n; i++)
		if ((uintptr_t)counts.entries[i].value > most) {
			most = (uintptr_t)counts.entries[i].value;
			best = counts.entries[i].key;
		}
	map_release(&counts);
	return best;
}

static const struct bud_change *find_key(const struct view *v,
					 const struct digest *d,
					 struct str key)
{
	for (size_t i = 0; i < d->n; i++)
		if (str_equal(key_of(v, d->changes[i]), key))
			return d->changes[i];
	return NULL;
}

static struct grid *new_grid(const struct view *v, const struct bud_change *c,
			     bool one_period)
{
	const struct labels *l = v->labels;
	const struct grid_column columns[N_COLUMNS] = {
		[LABEL] = {STR("label"), label_word(l, "head-entity"), false},
		[PERIOD] = {STR("period"), label_word(l, "head-period"), false},
		[NUMBERS + CHANGE_FROM] = {
			STR("from"),
			one_period ? view_period(v, c->from_year,
						 c->from_phase)
				   : label_word(l, "head-before"), true},
		[NUMBERS + CHANGE_TO] = {
			STR("to"),
			one_period ? view_period(v, c->to_year, c->to_phase)
				   : label_word(l, "head-now"), true},
		[NUMBERS + CHANGE_DELTA] = {
			STR("delta"), label_word(l, "head-delta"), true},
		[NUMBERS + CHANGE_GROWTH] = {
			STR("growth"), label_word(l, "head-rate"), true},
		[NUMBERS + CHANGE_PART] = {
			STR("contribution"), label_word(l, "head-part"), true},
	};

	return grid_new(v->arena, columns, N_COLUMNS);
}

static struct str title_of(const struct view *v, const struct bud_change *c)
{
	struct coordinates at = view_coordinates(c);
	struct buf b = {0};
	struct str name;

	/* Whose money it is differs between departments. */
	if (str_equal(at.item, STR("expenditure")) && !at.function.n &&
	    !at.nature.n && !at.economic.n)
		at.fund.n = 0;
	label_row(v->labels, &b, &at, NULL);
	name = str_copy(v->arena, buf_str(&b));
	buf_release(&b);
	return view_say(v, "ranking-title", &name, 1);
}

static void add_row(const struct view *v, struct grid *g,
		    const struct bud_change *c)
{
	struct grid_row *row = grid_row(v->arena, g);

	row->full = c->entity;
	row->cells[LABEL] = cell_text(c->entity);
	row->cells[PERIOD] =
		cell_text(view_period(v, c->to_year, c->to_phase));
	view_change_cells(v, c, &row->cells[NUMBERS]);
}

void view_add_ranking(const struct view *v, struct page *p)
{
	const struct digest *all = digest_all(v);
	size_t n = v->model->n_entities, shown = 0;
	const struct bud_change **list =
		arena_array(v->arena, n, sizeof *list);
	struct str unit = money_name(v->options->money, v->labels->lang);
	bool one_period = true, any_spent = false;
	struct section *s;
	struct str key;

	for (size_t e = 0; e < n; e++)
		any_spent |= digest_spent(&all[e]) != NULL;
	key = any_spent ? (struct str){NULL, 0} : common_key(v, all);
	for (size_t e = 0; e < n; e++) {
		const struct bud_change *c =
			any_spent ? digest_spent(&all[e])
				  : find_key(v, &all[e], key);

		if (!c || !c->has_to)
			continue;
		list[shown++] = c;
		one_period &= c->to_year == list[0]->to_year &&
			      c->to_phase == list[0]->to_phase &&
			      c->from_year == list[0]->from_year &&
			      c->from_phase == list[0]->from_phase;
	}
	if (!shown)
		return;
	s = page_section(p, SECTION_RANKING);
	s->title = title_of(v, list[0]);
	s->note = view_say(v, "unit-note", &unit, 1);
	s->grid = new_grid(v, list[0], one_period);
	for (size_t i = 0; i < shown; i++)
		add_row(v, s->grid, list[i]);
	/* A share of its own parent's change ranks nobody. */
	grid_drop(s->grid, STR("contribution"));
	if (one_period)
		grid_drop(s->grid, STR("period"));
	if (!v->options->sort.n)
		grid_sort(s->grid, STR("-to"));
}
