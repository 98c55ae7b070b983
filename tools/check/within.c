/* Presence is decided by coordinates alone, values do not matter. */
#include "check/within.h"

#include <string.h>

#include "check/resolve.h"

enum {
	LIST_ROWS = 2, /* fewer classes of a depth are no list */
};

/* The coordinate that the lists run along, DIMS for none. */
static enum dim dim_of(const struct formula *form)
{
	static const enum dim ALONG[] = {DIM_FUNCTION, DIM_ECONOMIC, DIM_ITEM,
					 DIM_FUND,     DIM_NATURE,   DIM_ENTITY};

	for (size_t i = 0; i < sizeof ALONG / sizeof *ALONG; i++) {
		const struct selector *s = &form->anchor->term.at[ALONG[i]];

		if (s->how == SELECT_MATCH &&
		    str_find(s->pattern, STR("*")) != SIZE_MAX)
			return ALONG[i];
	}
	return DIMS;
}

static bool is_as_deep(enum dim dim, struct str a, struct str b)
{
	return (dim != DIM_FUNCTION && dim != DIM_ECONOMIC) || a.n == b.n;
}

/* Whether the other list gives classes as deep as this one in a table, and
 * could not have lost it. */
static bool has_list(const struct check_facts *fs, enum dim dim,
		     const check_word at[DIMS])
{
	const struct check_chain *c = facts_along(fs, at, dim);
	struct str own = facts_text(fs, at[dim]);
	const struct check_fact *last = NULL;
	size_t rows = 0;

	for (size_t i = 0; c && i < c->n; i++) {
		const struct check_fact *f = fs->list[c->list[i]];

		if (!f->table ||
		    !is_as_deep(dim, facts_text(fs, f->at[dim]), own))
			continue;
		if (facts_residue_in_column(fs, f))
			return false;
		rows += !last || (last->table == f->table &&
				  last->at[dim] != f->at[dim]);
		last = f;
	}
	return rows >= LIST_ROWS;
}

/* The class above, or the absent one. */
static check_word word_above(const struct check_facts *fs, enum dim dim,
			     check_word w)
{
	struct str text = facts_text(fs, w);

	if (dim != DIM_FUNCTION && dim != DIM_ECONOMIC)
		return 0;
	return facts_word(fs, str_slice(text, 0, text.n > 3 ? text.n - 2 : 0));
}

/* Whether a class has classes below it. */
static bool has_below(const struct check_facts *fs, enum dim dim,
		      const check_word at[DIMS])
{
	const struct check_chain *c = facts_along(fs, at, dim);
	struct str own = facts_text(fs, at[dim]);

	for (size_t i = 0; c && i < c->n; i++)
		if (check_below(dim,
				facts_text(fs, fs->list[c->list[i]]->at[dim]),
				own))
			return true;
	return false;
}

/*
 * Whether the class above settles it: it is lacking there as well, and told,
 * or it stands there without any class below it: so deep that list does not
 * go.
 */
static bool is_settled_above(const struct check_facts *fs, enum dim dim,
			     const struct check_fact *anchor,
			     const check_word at[DIMS])
{
	check_word here[DIMS], there[DIMS];

	memcpy(here, anchor->at, sizeof here);
	memcpy(there, at, sizeof there);
	here[dim] = there[dim] = word_above(fs, dim, at[dim]);
	if (!here[dim])
		return false;
	if (facts_at(fs, there))
		return !has_below(fs, dim, there);
	return facts_at(fs, here) && has_list(fs, dim, there);
}

/* Each thing once, wherever it is stated: of lists, in whatever table. */
static bool is_first(const struct check_facts *fs, enum dim dim,
		     const struct check_fact *anchor)
{
	const struct check_chain *c = facts_at(fs, anchor->at);

	for (size_t i = 0; c && i < c->n; i++) {
		const struct check_fact *f = fs->list[c->list[i]];

		if (f->f.value && (dim == DIMS || f->table))
			return f == anchor;
	}
	return true;
}

static void fill(const struct check_facts *fs, const struct rule *rule,
		 const struct formula *form, const struct check_fact *anchor,
		 const struct check_fact *found, struct instance *out)
{
	const struct check_fact **facts =
		ARENA_ARRAY(fs->arena, const struct check_fact *, 2);

	facts[0] = anchor;
	facts[1] = found;
	*out = (struct instance){.rule = rule, .form = form, .anchor = anchor,
				 .unit = anchor->f.unit, .known = found != NULL};
	out->outcome = found ? OUTCOME_EXACT : OUTCOME_FAIL;
	out->bindings = ARENA_ARRAY(fs->arena, struct binding, 2);
	out->bindings[0] = (struct binding){form->left, facts, 1};
	out->bindings[1] = (struct binding){form->right, facts + 1,
					    found != NULL};
	out->n_bindings = 2;
}

bool within_facts(const struct check_facts *fs, const struct rule *rule,
		  const struct formula *form, const struct check_fact *anchor,
		  struct instance *out)
{
	const struct check_fact *found = NULL;
	enum dim dim = dim_of(form);
	check_word at[DIMS];
	bool known;

	if (!anchor->f.value || !is_first(fs, dim, anchor))
		return false;
	/* what is said of another year is said in that year's document */
	if (dim == DIMS && fs->year && anchor->f.at.year != fs->year)
		return false;
	known = resolve_term(fs, &form->right->term, anchor, at);
	if (known)
		found = resolve_nearest(fs, anchor, facts_at(fs, at));
	if (!found && dim != DIMS &&
	    (!known || !anchor->table || !has_list(fs, dim, at) ||
	     is_settled_above(fs, dim, anchor, at)))
		return false;
	fill(fs, rule, form, anchor, found, out);
	return true;
}
