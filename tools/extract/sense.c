/*
 * Words that name a thing only where it is spoken of: 购置费 is of vehicles,
 * 服务 of procurement, 公务用车 of one stock or another.
 */
#include "extract/narrative.h"

bool resolve_speaks_of(const struct narrative *n, struct str family)
{
	const struct subject *heading = scope_subject(&n->scope);

	for (size_t k = n->n_frames; k-- > 0;)
		if (n->frames[k].head.n &&
		    (str_starts(n->frames[k].head.at[0].item, family) ||
		     str_starts(family, n->frames[k].head.at[0].item)))
			return true;
	for (size_t k = n->n_alts; k-- > 0;)
		if (n->alts[k].n_items && str_starts(n->alts[k].items[0], family))
			return true;
	return (n->last.n && str_starts(n->last.at[0].item, family)) ||
	       (heading->n_items && str_starts(heading->items[0], family)) ||
	       (n->topic.n_items && str_starts(n->topic.items[0], family));
}

/* Does the heading, or the paragraph, speak of state assets? */
static bool is_among_assets(const struct narrative *n)
{
	const struct subject *heading = scope_subject(&n->scope);

	if (heading->n_items &&
	    str_starts(heading->items[0], STR("three_public")))
		return false;
	for (size_t k = 0; k < n->list.n; k++) {
		const struct lexicon_term *t = n->list.t[k].term;

		if (n->list.t[k].kind == TOKEN_TERM &&
		    (str_equal(t->note, STR("equipment")) ||
		     str_starts(t->text, STR("国有资产"))))
			return true;
	}
	return str_find(n->x->section, STR("资产")) != SIZE_MAX;
}

static const struct str PURCHASED = STR_INIT("three_public.vehicles.purchased");

/* Which equipment the threshold before it says; false: none of ours. */
static bool decide_equipment(const struct narrative *n, struct subject *s)
{
	static const struct str HALF_MILLION =
		STR_INIT("assets.equipment_500k");
	static const struct str MILLION = STR_INIT("assets.equipment_1m");
	int64_t threshold = s->threshold ? s->threshold : n->threshold;
	bool half = threshold == 50 * INT64_C(1000000);

	/* to be bought, not held */
	if (s->n_items || (n->last.n && n->last.fact >= n->paragraph_fact &&
			   str_equal(n->last.at[0].item, PURCHASED)))
		return false;
	if (!half && threshold != 100 * INT64_C(1000000))
		return false;
	subject_set_item(s, half ? &HALF_MILLION : &MILLION);
	s->count = true;
	return true;
}

bool resolve_place(const struct narrative *n, struct subject *s)
{
	static const struct str VEHICLES = STR_INIT("assets.vehicles");

	/* 未安排购置车辆及单价200万元以上设备 */
	if (s->equipment && n->none && s->n_items == 1 &&
	    str_equal(s->items[0], PURCHASED))
		s->equipment = s->stock = false;
	if (s->equipment && !decide_equipment(n, s))
		return false;
	/* 未购置车辆 */
	if (n->bought && s->count && s->n_items == 1 &&
	    (str_equal(s->items[0], VEHICLES) ||
	     str_equal(s->items[0], STR("three_public.vehicles.fleet")))) {
		subject_set_item(s, &PURCHASED);
		s->stock = s->held = false;
	}
	if (s->held && s->n_items == 1 && is_among_assets(n))
		subject_set_item(s, &VEHICLES);
	if (s->vehicle && (s->equipment ||
			   !resolve_speaks_of(n, STR("three_public.vehicles"))))
		return false;
	return !s->procured || s->nouns > 1 ||
	       resolve_speaks_of(n, STR("procurement"));
}
