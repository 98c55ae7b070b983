/* Steps are taken on texts: a whole may be a word that no fact has. */
#include "diff/parent.h"

void parent_start(struct parent *p, const struct diff_table *t,
		  const struct crosswalk *cross, uint32_t from_key,
		  uint32_t to_key)
{
	const struct diff_key *to =
		&t->keys[to_key == NO_KEY ? from_key : to_key];
	const struct diff_key *from =
		from_key == NO_KEY ? to : &t->keys[from_key];

	*p = (struct parent){
		.table = t,
		.cross = cross,
		.from_entity = from->entity,
		.to_entity = to->entity,
		.unit = to->unit,
		.item = words_text(&t->words, to->item),
		.fund = words_text(&t->words, to->fund),
		.function = words_text(&t->words, to->function),
		.economic = words_text(&t->words, to->economic),
		.nature = words_text(&t->words, to->nature),
	};
}

/* A code without its last two digits; nothing above a class of three. */
static void shorten_code(struct str *code)
{
	code->n = code->n > 3 ? code->n - 2 : 0;
}

static bool is_fiscal(struct str fund)
{
	return str_equal(fund, STR("general")) ||
	       str_equal(fund, STR("government_fund")) ||
	       str_equal(fund, STR("state_capital"));
}

static bool step_up(struct parent *p)
{
	if (p->economic.n) {
		shorten_code(&p->economic);
	} else if (p->function.n) {
		shorten_code(&p->function);
	} else if (p->nature.n) {
		size_t dot = str_find(p->nature, STR("."));

		p->nature.n = dot == SIZE_MAX ? 0 : dot;
	} else if (p->fund.n) {
		p->fund = is_fiscal(p->fund) ? STR("fiscal")
					     : (struct str){NULL, 0};
	} else {
		p->item = crosswalk_parent(p->cross, p->item);
	}
	return p->item.n != 0;
}

/* A whole of a word that no fact has is in no table. */
static bool is_known(const struct diff_key *k)
{
	return k->item != UINT32_MAX && k->fund != UINT32_MAX &&
	       k->function != UINT32_MAX && k->economic != UINT32_MAX &&
	       k->nature != UINT32_MAX;
}

bool parent_next(struct parent *p, uint32_t *from_key, uint32_t *to_key)
{
	const struct words *w = &p->table->words;

	while (step_up(p)) {
		struct diff_key k = {
			.item = words_find(w, p->item),
			.fund = words_find(w, p->fund),
			.function = words_find(w, p->function),
			.economic = words_find(w, p->economic),
			.nature = words_find(w, p->nature),
			.unit = p->unit,
		};

		if (!is_known(&k))
			continue;
		k.entity = p->to_entity;
		*to_key = *from_key = table_find_key(p->table, &k);
		if (p->from_entity != p->to_entity) {
			k.entity = p->from_entity;
			*from_key = table_find_key(p->table, &k);
		}
		if (*from_key != NO_KEY || *to_key != NO_KEY)
			return true;
	}
	return false;
}
