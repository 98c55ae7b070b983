/*
 * Coordinates are words by number; a word that the document lacks resolves to
 * nothing at all. See resolve.h.
 */
#include "check/resolve.h"

#include <stdio.h>
#include <string.h>

/* What is stated more often is misread rather than repeated: then those that are
 * read next to the anchor will do, or a long table takes the square of time. */
enum { MOST_STATED = 512 };

/* A word that no fact has. */
static const check_word NOWHERE = UINT32_MAX - 1;

static bool has_words(struct str text, struct str words)
{
	struct str one;

	while (str_split(&words, '|', &one))
		if (one.n && str_find(text, one) != SIZE_MAX)
			return true;
	return false;
}

/* The dimensions of "revenue;superior": what the words do not name may be
 * anything. */
static const enum dim WHOLE_DIMS[] = {DIM_ITEM, DIM_FUND, DIM_FUNCTION,
				      DIM_ECONOMIC, DIM_NATURE};
enum { N_WHOLE_DIMS = sizeof WHOLE_DIMS / sizeof *WHOLE_DIMS };

static void split_coordinates(struct str words, struct str out[N_WHOLE_DIMS])
{
	for (size_t i = 0; i < N_WHOLE_DIMS; i++)
		if (!str_split(&words, ';', &out[i]))
			out[i] = (struct str){NULL, 0};
}

static bool has_coordinates(const struct check_facts *fs,
			    const struct str patterns[N_WHOLE_DIMS],
			    const check_word at[DIMS])
{
	for (size_t i = 0; i < N_WHOLE_DIMS; i++)
		if (patterns[i].n &&
		    !check_match(patterns[i],
				 facts_text(fs, at[WHOLE_DIMS[i]])))
			return false;
	return true;
}

bool resolve_has_amount(const struct check_facts *fs,
			const struct check_chain *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (fs->list[c->list[i]]->f.value)
			return true;
	return false;
}

bool resolve_is_void(const struct check_facts *fs, const struct rule *rule)
{
	struct str rest = rule->unless, one, patterns[N_WHOLE_DIMS];

	while (rest.n && str_split(&rest, ' ', &one)) {
		split_coordinates(one, patterns);
		for (size_t p = 0; one.n && p < fs->n_points; p++) {
			const struct check_chain *c = fs->points[p];

			if (has_coordinates(fs, patterns, c->at) &&
			    resolve_has_amount(fs, c))
				return true;
		}
	}
	return false;
}

static bool leaves_out(const struct rule *rule, struct str item)
{
	for (size_t i = 0; i < rule->n_except; i++)
		if (check_match(rule->except[i], item))
			return true;
	return false;
}

static bool fits(const struct check_facts *fs, const struct rule *rule,
		 const struct formula *form, const struct check_fact *f)
{
	const struct term *t = &form->anchor->term;

	for (unsigned rest = t->matched; rest; rest &= rest - 1) {
		int d = __builtin_ctz(rest);

		if (!facts_fit(fs, &t->at[d], f->at[d]))
			return false;
	}
	return (!rule->from_year || f->f.at.year >= rule->from_year) &&
	       (!rule->to_year || f->f.at.year <= rule->to_year);
}

bool resolve_point(const struct check_facts *fs, const struct rule *rule,
		   const struct formula *form, const struct check_fact *f)
{
	return !leaves_out(rule, f->f.at.item) &&
	       fits(fs, rule, form, f);
}

bool resolve_words(const struct rule *rule, const struct check_fact *f)
{
	return has_words(f->f.text, rule->text);
}

bool resolve_anchor(const struct check_facts *fs, const struct rule *rule,
		    const struct formula *form, const struct check_fact *f)
{
	return resolve_point(fs, rule, form, f) && resolve_fact(fs, rule, f);
}

static check_word word_of(const struct check_facts *fs, struct str w)
{
	check_word n = facts_word(fs, w);

	return !w.n ? 0 : n ? n : NOWHERE;
}

static check_word year_word(const struct check_facts *fs, int year)
{
	char digits[16];

	snprintf(digits, sizeof digits, "%d", year);
	return word_of(fs, str_of(digits));
}

/* "expenditure;general;20801" names the whole of a share: item, fund,
 * function, economic, nature. */
static void move_to_whole(const struct check_facts *fs, struct str whole,
			  struct known_place *p)
{
	struct str words[N_WHOLE_DIMS];

	split_coordinates(whole, words);
	for (size_t i = 0; i < N_WHOLE_DIMS; i++)
		known_move(p, WHOLE_DIMS[i], word_of(fs, words[i]));
}

/* From the coordinates of the anchor to those that a term is measured by. */
static void move_to_base(const struct check_facts *fs, enum base base,
			 const struct check_fact *anchor,
			 struct known_place *p)
{
	if (base == BASE_VS) {
		if (p->at[DIM_VS_YEAR])
			known_move(p, DIM_YEAR, p->at[DIM_VS_YEAR]);
		if (p->at[DIM_VS_PHASE])
			known_move(p, DIM_PHASE, p->at[DIM_VS_PHASE]);
	}
	if (base == BASE_PRIOR)
		known_move(p, DIM_YEAR,
			   year_word(fs, anchor->f.at.year - 1));
	if (base == BASE_WHOLE)
		move_to_whole(fs, anchor->f.whole, p);
	if (base == BASE_VS || base == BASE_WHOLE)
		known_move(p, DIM_KIND, WORD_LEVEL);
}

/* See resolve_term(). */
static bool find_place(const struct check_facts *fs, const struct term *t,
		       const struct check_fact *anchor, struct known_place *p)
{
	memcpy(p->at, anchor->at, sizeof anchor->at);
	p->hash = anchor->chain->key;
	if (t->base != BASE_SAME)
		move_to_base(fs, t->base, anchor, p);
	for (unsigned rest = t->matched; rest; rest &= rest - 1) {
		int d = __builtin_ctz(rest);
		const struct selector *s = &t->at[d];
		check_word w;

		if (!s->pattern.n)
			continue;
		w = facts_named(fs, s);
		if (!w && !str_equal(s->pattern, STR("-")))
			return false;
		known_move(p, (enum dim)d, w);
	}
	if (p->at[DIM_KIND] == WORD_LEVEL) {
		known_move(p, DIM_VS_YEAR, 0);
		known_move(p, DIM_VS_PHASE, 0);
	}
	if (p->at[DIM_KIND] != WORD_SHARE)
		known_move(p, DIM_WHOLE, 0);
	/* a year or a word that was asked for, not one of the anchor's */
	for (int d = 0; d < DIMS && t->base != BASE_SAME; d++)
		if (p->at[d] == NOWHERE)
			return false;
	return true;
}

bool resolve_term(const struct check_facts *fs, const struct term *t,
		  const struct check_fact *anchor, check_word at[DIMS])
{
	struct known_place p;
	bool found = find_place(fs, t, anchor, &p);

	memcpy(at, p.at, sizeof p.at);
	return found;
}

/* The facts that differ from those of a chain in one dimension alone. */
static const struct check_chain *along_of(const struct check_chain *c,
					  enum dim dim)
{
	size_t i = 0;

	while (KNOWN_ALONG[i] != dim)
		i++;
	return c->own->along[i];
}

const struct check_chain *resolve_chain_anew(const struct check_facts *fs,
					     const struct node *n,
					     const struct check_fact *anchor,
					     struct known_term *known)
{
	const struct known *k = fs->known;
	const struct term *t = &n->term;
	struct known_place p;

	known->n_chains = k->chains.n;
	if (!find_place(fs, t, anchor, &p))
		return NULL;
	if (n->kind == NODE_SUM) {
		known->parts = p.at[t->parts];
		known->chain =
			known->parts && !memcmp(p.at, anchor->at, sizeof p.at)
				? along_of(anchor->chain, t->parts)
				: known_find_place_along(k, &p, t->parts);
	} else {
		known->chain = known_find_place(k, &p);
	}
	return known_stated(k, known->chain);
}

/* How near a fact stands to the anchor. */
struct nearness {
	bool row;    /* in its row */
	int place;   /* of facts_distance() */
	size_t gap;  /* in reading order, where they are near */
};

static struct nearness nearness_of(const struct check_fact *anchor,
				   const struct check_fact *f)
{
	struct nearness n = {facts_same_row(anchor, f),
			     facts_distance(anchor, f), 0};

	if (n.place <= 1)
		n.gap = anchor->index > f->index ? anchor->index - f->index
						 : f->index - anchor->index;
	return n;
}

/* Whether one is nearer than the other; *equal where neither is. */
static bool is_nearer(struct nearness a, struct nearness b, bool *equal)
{
	*equal = a.row == b.row && a.place == b.place && a.gap == b.gap;
	if (a.row != b.row)
		return a.row;
	return a.place != b.place ? a.place < b.place : a.gap < b.gap;
}

const struct check_fact *resolve_nearest(const struct check_facts *fs,
					 const struct check_fact *anchor,
					 const struct check_chain *c)
{
	const struct check_fact *best = NULL;
	struct nearness nearest = {0};
	size_t from, to;
	bool equal;

	if (!c || c == anchor->chain)
		return c ? anchor : NULL;
	facts_around(c, anchor, MOST_STATED, &from, &to);
	for (size_t i = from; i < to; i++) {
		const struct check_fact *f = fs->list[c->list[i]];
		struct nearness here;

		if (!fs->across && f->f.origin == ORIGIN_DERIVED)
			continue;
		here = nearness_of(anchor, f);
		if (!best || is_nearer(here, nearest, &equal) ||
		    (equal && facts_trusted(f, best))) {
			best = f;
			nearest = here;
		}
	}
	return best;
}

/* Adds the nearest fact of the coordinates to a list, once. */
static size_t add_whole(const struct check_facts *fs,
			const struct check_fact *anchor,
			const check_word at[DIMS],
			const struct check_fact **list, size_t n, size_t max)
{
	const struct check_fact *f =
		resolve_nearest(fs, anchor, facts_at(fs, at));

	if (!f || n == max)
		return n;
	for (size_t i = 0; i < n; i++)
		if (list[i] == f)
			return n;
	list[n] = f;
	return n + 1;
}

/* The next higher word of a dimension: 20805 of 2080501, fiscal of general. */
static struct str word_above(enum dim dim, struct str w)
{
	size_t dot = w.n;

	if (dim == DIM_FUNCTION || dim == DIM_ECONOMIC)
		return str_slice(w, 0, w.n > 3 ? w.n - 2 : 0);
	if (dim == DIM_FUND)
		return check_below(dim, w, STR("fiscal")) ? STR("fiscal")
							  : STR("");
	if (str_equal(w, STR("revenue")))
		return STR("revenue_total");
	if (str_equal(w, STR("expenditure")))
		return STR("expenditure_total");
	while (dot && w.p[dot - 1] != '.')
		dot--;
	return str_slice(w, 0, dot ? dot - 1 : 0);
}

/* What may be the whole of a part: the part with one coordinate, or all but
 * the item, taken up towards nothing. */
static size_t whole_guess(const struct check_facts *fs,
			  const struct check_fact *anchor,
			  const struct check_fact **list, size_t n, size_t max)
{
	static const enum dim ORDER[] = {DIM_FUNCTION, DIM_ECONOMIC, DIM_NATURE,
					 DIM_FUND, DIM_ITEM};
	check_word at[DIMS];

	for (size_t i = 0; i <= sizeof ORDER / sizeof *ORDER; i++) {
		bool all = i == sizeof ORDER / sizeof *ORDER;
		enum dim d = all ? DIM_FUND : ORDER[i];
		struct str w;

		memcpy(at, anchor->at, sizeof at);
		at[DIM_KIND] = WORD_LEVEL;
		at[DIM_WHOLE] = at[DIM_VS_YEAR] = at[DIM_VS_PHASE] = 0;
		if (all)
			at[DIM_FUNCTION] = at[DIM_ECONOMIC] = at[DIM_NATURE] =
				0;
		for (w = facts_text(fs, at[d]); w.n;) {
			w = word_above(d, w);
			at[d] = word_of(fs, w);
			if (d != DIM_ITEM || w.n)
				n = add_whole(fs, anchor, at, list, n, max);
		}
	}
	return n;
}

/* Whether the coordinates are those of the part itself. */
static bool is_own_level(const struct check_fact *anchor,
			 const check_word at[DIMS])
{
	check_word own[DIMS];

	memcpy(own, anchor->at, sizeof own);
	own[DIM_KIND] = WORD_LEVEL;
	own[DIM_WHOLE] = 0;
	return !memcmp(own, at, sizeof own);
}

size_t resolve_wholes(const struct check_facts *fs, const struct term *t,
		      const struct check_fact *anchor,
		      const struct check_fact **list, size_t max, bool *guessed)
{
	const struct check_fact *f;
	check_word at[DIMS];
	size_t n = 0;

	if (anchor->f.whole.n && resolve_term(fs, t, anchor, at) &&
	    !is_own_level(anchor, at)) {
		f = resolve_nearest(fs, anchor, facts_at(fs, at));
		if (f)
			list[n++] = f;
	}
	*guessed = n == 0;
	return whole_guess(fs, anchor, list, n, max);
}
