/*
 * What the report says in large letters: one department, its latest pair of
 * years. Where bud-diff did not run, or found no two years of a department's
 * expenditure, the changes are made of the levels and of the changes that the
 * documents state.
 */
#include "base/decimal.h"
#include "render/digest.h"

static bool same_period(const struct bud_change *a, const struct bud_change *b)
{
	return a->to_year == b->to_year && a->to_phase == b->to_phase &&
	       a->from_year == b->from_year && a->from_phase == b->from_phase;
}

/* Later years win; of one year, the later phase: an account over a budget. */
static bool is_later(int year, enum phase phase, const struct bud_change *than)
{
	return year != than->to_year ? year > than->to_year
				     : phase > than->to_phase;
}

static void add(const struct view *v, struct digest *d,
		struct bud_change *c)
{
	d->changes = arena_grow(v->arena, d->changes, &d->cap, d->n + 1,
				sizeof *d->changes);
	d->changes[d->n++] = c;
}

static void from_changes(const struct view *v, const struct map *index)
{
	const struct model *m = v->model;

	for (size_t i = 0; i < m->n_changes; i++) {
		struct bud_change *c = m->changes[i];
		struct digest *d = map_get(index, c->entity);

		if (d->n && is_later(c->to_year, c->to_phase, d->changes[0]))
			d->n = 0;
		if (!d->n || same_period(d->changes[0], c))
			add(v, d, c);
	}
}

/* The change that a level makes against the year before, as far as known. */
static struct bud_change *of_level(const struct view *v,
				   const struct bud_fact *f,
				   const struct bud_fact *stated)
{
	struct bud_change *c = ARENA_NEW(v->arena, struct bud_change);
	struct coordinates before = f->at;
	const struct bud_fact *past;

	*c = (struct bud_change){
		.entity = model_entity(v->model, f), .item = f->at.item,
		.fund = f->at.fund, .function = f->at.function,
		.economic = f->at.economic, .nature = f->at.nature,
		.unit = f->unit, .from_year = f->at.year - 1,
		.from_phase = f->at.phase, .to_year = f->at.year,
		.to_phase = f->at.phase, .has_to = true, .to_value = f->value};
	before.year--;
	past = model_level(v->model, c->entity, &before);
	if (past && past->unit == f->unit) {
		c->has_from = true;
		c->from_value = past->value;
	} else if (stated && stated->unit == f->unit) {
		c->has_from = true;
		c->from_value = value_difference(f->value, stated->value);
	}
	if (!c->has_from)
		return c;
	c->has_delta = true;
	c->delta = value_difference(c->to_value, c->from_value);
	c->has_growth = c->from_value &&
			decimal_muldiv(c->delta, 1000000, c->from_value,
				       &c->growth);
	return c;
}

static void from_facts(const struct view *v, const struct map *index)
{
	const struct model *m = v->model;
	for (size_t i = 0; i < m->n_facts; i++) {
		const struct bud_fact *f = m->facts[i];
		struct str entity = model_entity(m, f);
		struct digest *d = map_get(index, entity);
		struct coordinates at = f->at;

		/* The map holds one level for each place: this one? */
		if (f->at.kind != KIND_LEVEL ||
		    f != model_level(m, entity, &f->at))
			continue;
		at.kind = KIND_CHANGE;
		if (d->n && is_later(f->at.year, f->at.phase, d->changes[0]))
			d->n = 0;
		if (!d->n || (d->changes[0]->to_year == f->at.year &&
			      d->changes[0]->to_phase == f->at.phase))
			add(v, d, of_level(v, f,
					   model_stated(m, entity, &at,
							at.year - 1,
							at.phase)));
	}
}

static struct digest *fill(const struct view *v,
			   void (*from)(const struct view *,
					const struct map *))
{
	const struct model *m = v->model;
	struct digest *all =
		ARENA_ARRAY(v->arena, struct digest, m->n_entities);
	struct map index = {0};

	for (size_t i = 0; i < m->n_entities; i++) {
		all[i].entity = m->entities[i];
		*map_put(&index, m->entities[i]) = &all[i];
	}
	from(v, &index);
	map_release(&index);
	return all;
}

struct digest *digest_all(const struct view *v)
{
	struct digest *all = fill(v, from_changes);
	const struct digest *levels = fill(v, from_facts);

	for (size_t i = 0; i < v->model->n_entities; i++)
		if (!all[i].n ||
		    (!digest_spent(&all[i]) && digest_spent(&levels[i])))
			all[i] = levels[i];
	return all;
}

const struct bud_change *digest_spent(const struct digest *d)
{
	static const struct {
		const char *item, *fund;
	} NAMES[] = {{"expenditure", ""},
		     {"expenditure", "fiscal"},
		     {"expenditure", "general"},
		     {"expenditure_total", ""},
		     {"expenditure_total", "fiscal"}};
	const struct bud_change *c = NULL;

	for (size_t i = 0; !c && i < sizeof NAMES / sizeof *NAMES; i++) {
		c = digest_find(d, NAMES[i].item, NAMES[i].fund, "");
		if (c && !c->has_to)
			c = NULL;
	}
	return c;
}

const struct bud_change *digest_find(const struct digest *d, const char *item,
				     const char *fund, const char *nature)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct bud_change *c = d->changes[i];

		if (str_equal(c->item, str_of(item)) &&
		    str_equal(c->fund, str_of(fund)) &&
		    str_equal(c->nature, str_of(nature)) && !c->function.n &&
		    !c->economic.n)
			return c;
	}
	return NULL;
}

struct str digest_sentence(const struct view *v, const struct digest *d)
{
	const struct bud_change *c = digest_spent(d);
	struct cell rate;
	struct str args[5];

	if (!c)
		return (struct str){NULL, 0};
	args[0] = view_period_short(v, c->to_year, c->to_phase);
	args[1] = view_amount(v, c->to_value);
	if (!c->has_delta)
		return view_say(v, "sentence-level", args, 2);
	args[2] = view_period_short(v, c->from_year,
				    c->from_phase == c->to_phase
					    ? PHASE_NONE
					    : c->from_phase);
	args[3] = view_amount(v, c->delta);
	rate = cell_value(UNIT_PPM, value_magnitude(c->growth));
	rate.one_digit = true;
	args[4] = view_number(v, &rate);
	return view_say(v,
			!c->delta ? "sentence-same"
			: !c->has_growth
				? c->delta > 0 ? "sentence-up" : "sentence-down"
			: c->delta > 0 ? "sentence-up-rate"
				       : "sentence-down-rate",
			args, 5);
}
