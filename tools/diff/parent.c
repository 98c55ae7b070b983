/* The wholes of new keys are keys behind them, and get theirs in turn. */
#include "diff/parent.h"

#include "base/memory.h"

/* A code without its last two digits; nothing above a class of three. */
static uint32_t shorten_code(struct words *w, uint32_t code)
{
	struct str text = words_text(w, code);

	return words_add(w, str_slice(text, 0, text.n > 3 ? text.n - 2 : 0));
}

static uint32_t shorten_nature(struct words *w, uint32_t nature)
{
	struct str text = words_text(w, nature);
	size_t dot = str_find(text, STR("."));

	return dot == SIZE_MAX ? 0 : words_add(w, str_slice(text, 0, dot));
}

static bool is_fiscal(struct str fund)
{
	return str_equal(fund, STR("general")) ||
	       str_equal(fund, STR("government_fund")) ||
	       str_equal(fund, STR("state_capital"));
}

/* One step; false where there is nothing above. */
static bool step_up(struct words *w, const struct crosswalk *cross,
		    struct diff_key *k)
{
	if (k->economic)
		k->economic = shorten_code(w, k->economic);
	else if (k->function)
		k->function = shorten_code(w, k->function);
	else if (k->nature)
		k->nature = shorten_nature(w, k->nature);
	else if (k->fund)
		k->fund = is_fiscal(words_text(w, k->fund))
				  ? words_add(w, STR("fiscal"))
				  : 0;
	else
		k->item = words_add(
			w, crosswalk_parent(cross, words_text(w, k->item)));
	return k->item != 0;
}

void parent_find(struct diff_table *t, const struct crosswalk *cross)
{
	for (; t->n_wholes < t->n_keys; t->n_wholes++) {
		struct diff_key k = t->keys[t->n_wholes];

		if (t->n_wholes == t->cap_wholes) {
			t->cap_wholes = t->cap_keys;
			t->wholes = memory_realloc(
				t->wholes, t->cap_wholes * sizeof *t->wholes);
		}
		t->wholes[t->n_wholes] = step_up(&t->words, cross, &k)
						 ? table_add_key(t, &k)
						 : NO_KEY;
	}
}
