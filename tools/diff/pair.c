/*
 * A slot is seen when a level fact has it; it is "own" when a document of
 * that time states it. Without an own document a missing value is a gap, and
 * no change.
 */
#include "diff/pair.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "diff/entity.h"

enum {
	N_YEARS = 10000,
	N_PHASES = PHASE_EXECUTED + 1,
	SEEN = 1,
	OWN = 2,
};

void pairs_release(struct pairs *p)
{
	free(p->seen);
	free(p->doc_seen);
	arena_release(&p->arena);
	*p = (struct pairs){0};
}

static size_t place(unsigned side, int phase, int year)
{
	return ((size_t)side * N_PHASES + (size_t)phase) * N_YEARS +
	       (size_t)year;
}

static void note_row(struct pairs *p, const struct diff_table *t,
		     const struct diff_row *r)
{
	const struct diff_doc *doc = &t->docs[r->doc];
	unsigned char *seen = &p->seen[place(doc->side, r->phase, r->year)];
	bool own = !table_distance(t, r);

	*seen |= own ? SEEN | OWN : SEEN;
	if (own && doc->year && p->doc_seen[r->doc] != p->entities) {
		p->doc_seen[r->doc] = p->entities;
		p->docs = arena_grow(&p->arena, p->docs, &p->cap_docs,
				     p->n_docs + 1, sizeof *p->docs);
		p->docs[p->n_docs++] = r->doc;
	}
}

static void add_slot(struct pairs *p, int year, int phase)
{
	struct slot s = {.year = year, .phase = (enum phase)phase,
			 .doc = ANY_DOC};

	for (unsigned side = 0; side < 2; side++) {
		unsigned char *seen = &p->seen[place(side, phase, year)];

		if (*seen)
			s.sides |= side ? SIDE_NEW : SIDE_OLD;
		s.own = s.own || (*seen & OWN);
	}
	if (!s.sides)
		return;
	p->slots = arena_grow(&p->arena, p->slots, &p->cap_slots,
			      p->n_slots + 1, sizeof *p->slots);
	p->slots[p->n_slots++] = s;
}

/* Zeroed maps of times and of documents, which may have become more. */
static void make_maps(struct pairs *p, size_t n_docs)
{
	size_t had = p->cap_seen;

	if (!p->seen) {
		p->seen = memory_realloc(NULL, place(2, 0, 0));
		memset(p->seen, 0, place(2, 0, 0));
	}
	if (n_docs <= had)
		return;
	p->cap_seen = n_docs + n_docs / 2;
	p->doc_seen = memory_realloc(p->doc_seen,
				     p->cap_seen * sizeof *p->doc_seen);
	memset(p->doc_seen + had, 0, (p->cap_seen - had) * sizeof *p->doc_seen);
}

static void begin(struct pairs *p)
{
	arena_reset(&p->arena);
	p->slots = NULL;
	p->list = NULL;
	p->docs = NULL;
	p->n_slots = p->cap_slots = p->n = p->cap = 0;
	p->n_docs = p->cap_docs = 0;
	p->entities++;
}

void pairs_find_slots(struct pairs *p, const struct ledger *l)
{
	int low = N_YEARS, high = -1;

	begin(p);
	make_maps(p, l->table->n_docs);
	for (size_t i = 0; i < l->accounts[l->n].row; i++) {
		const struct diff_row *r = l->rows[i];

		note_row(p, l->table, r);
		low = r->year < low ? r->year : low;
		high = r->year > high ? r->year : high;
	}
	for (int phase = 0; phase < N_PHASES; phase++)
		for (int year = low; year <= high; year++)
			add_slot(p, year, phase);
	/* leave the map of times empty for the next entity */
	for (unsigned side = 0; side < 2 && high >= low; side++)
		for (int phase = 0; phase < N_PHASES; phase++)
			memset(&p->seen[place(side, phase, low)], 0,
			       (size_t)(high - low + 1));
}

static struct pair *add_pair(struct pairs *p, const struct slot *from,
			     const struct slot *to)
{
	struct pair *made;

	p->list = arena_grow(&p->arena, p->list, &p->cap, p->n + 1,
			     sizeof *p->list);
	made = &p->list[p->n++];
	*made = (struct pair){.turn = p->n};
	if (from)
		made->from = *from;
	if (to)
		made->to = *to;
	return made;
}

static int compare_slots(const struct slot *a, const struct slot *b)
{
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	return 0;
}

static int compare_pairs(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	int c = compare_slots(&a->from, &b->from);

	if (!c)
		c = compare_slots(&a->to, &b->to);
	/* pairs of documents stand in the order of publication */
	return c ? c : (a->turn > b->turn) - (a->turn < b->turn);
}

static void sort_pairs(struct pairs *p)
{
	if (p->n > 1)
		qsort(p->list, p->n, sizeof *p->list, compare_pairs);
}

static bool in_range(const struct diff_options *o, int from_year, int to_year)
{
	return (!o->from_year || from_year >= o->from_year) &&
	       (!o->to_year || to_year <= o->to_year);
}

static const struct slot *find_slot(const struct pairs *p, int year,
				    enum phase phase)
{
	for (size_t i = 0; i < p->n_slots; i++)
		if (p->slots[i].year == year && p->slots[i].phase == phase)
			return &p->slots[i];
	return NULL;
}

static void make_years(struct pairs *p, const struct diff_options *o)
{
	for (size_t i = 0; i < p->n_slots; i++) {
		const struct slot *s = &p->slots[i];

		if (o->from_year && o->to_year) {
			const struct slot *to =
				s->year == o->from_year
					? find_slot(p, o->to_year, s->phase)
					: NULL;

			if (to)
				add_pair(p, s, to);
		} else if (i && s[-1].phase == s->phase &&
			   in_range(o, s[-1].year, s->year)) {
			add_pair(p, s - 1, s);
		}
	}
}

/* The budget is the base of what follows it: a draft comes before. */
static void make_phases(struct pairs *p, const struct diff_options *o)
{
	static const enum phase STEPS[][2] = {
		{PHASE_PROPOSED, PHASE_APPROVED},
		{PHASE_APPROVED, PHASE_ADJUSTED},
		{PHASE_APPROVED, PHASE_EXECUTED},
		{PHASE_ADJUSTED, PHASE_EXECUTED},
	};

	for (size_t i = 0; i < p->n_slots; i++) {
		const struct slot *s = &p->slots[i];

		if (!in_range(o, s->year, s->year))
			continue;
		for (size_t k = 0; k < sizeof STEPS / sizeof *STEPS; k++) {
			const struct slot *to =
				find_slot(p, s->year, STEPS[k][1]);

			if (s->phase == STEPS[k][0] && to)
				add_pair(p, s, to);
		}
	}
}

/* Who published it: of several that became one each by itself. */
static uint32_t publisher(const struct diff *d, const struct diff_doc *doc)
{
	return doc->merged ? doc->name : entity_joined(d, doc->entity);
}

static int compare_docs(const void *x, const void *y, void *diff)
{
	const struct diff *d = diff;
	const struct diff_table *t = &d->table;
	const struct diff_doc *a = &t->docs[*(const uint32_t *)x];
	const struct diff_doc *b = &t->docs[*(const uint32_t *)y];
	uint32_t who = publisher(d, a), other = publisher(d, b);

	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->phase != b->phase)
		return a->phase < b->phase ? -1 : 1;
	if (who != other)
		return table_compare_entity(t, who, other);
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return str_compare(a->id, b->id);
}

/* Two documents of one time: what the later one says differently. */
static void make_publications(struct pairs *p, const struct diff *d)
{
	const struct diff_table *t = &d->table;

	if (p->n_docs > 1)
		qsort_r(p->docs, p->n_docs, sizeof *p->docs, compare_docs,
			(void *)(uintptr_t)d);
	for (size_t i = 1; i < p->n_docs; i++) {
		const struct diff_doc *a = &t->docs[p->docs[i - 1]];
		const struct diff_doc *b = &t->docs[p->docs[i]];
		struct slot from, to;
		struct pair *made;

		if (a->year != b->year || a->phase != b->phase ||
		    publisher(d, a) != publisher(d, b) ||
		    a->phase == PHASE_NONE)
			continue;
		from = (struct slot){a->year, a->phase, SIDE_BOTH,
				     p->docs[i - 1], true};
		to = from;
		to.doc = p->docs[i];
		made = add_pair(p, &from, &to);
		made->restated = made->quiet = true;
	}
}

/* ---- OLD against NEW --------------------------------------------------- */

/* The slots of a phase that a side speaks for: those of its own documents,
 * all where it has none of its own. */
static bool speaks(const struct pairs *p, const struct slot *s, unsigned side,
		   bool own[2][N_PHASES], const unsigned char *owned)
{
	size_t i = (size_t)(s - p->slots);

	if (!(s->sides & (side ? SIDE_NEW : SIDE_OLD)))
		return false;
	return !own[side][s->phase] || (owned[i] & (side ? SIDE_NEW : SIDE_OLD));
}

/* For each slot the sides that have a document of its time. */
static unsigned char *find_owned(struct pairs *p, const struct diff_table *t,
				 bool own[2][N_PHASES])
{
	unsigned char *owned = ARENA_ARRAY(&p->arena, unsigned char,
					   p->n_slots + 1);

	for (size_t i = 0; i < p->n_docs; i++) {
		const struct diff_doc *doc = &t->docs[p->docs[i]];

		for (size_t k = 0; k < p->n_slots; k++) {
			if (p->slots[k].year != doc->year ||
			    (p->slots[k].phase != doc->phase &&
			     doc->phase != PHASE_NONE))
				continue;
			owned[k] |= doc->side ? SIDE_NEW : SIDE_OLD;
			own[doc->side][p->slots[k].phase] = true;
		}
	}
	return owned;
}

static struct pair *add_sided(struct pairs *p, const struct slot *from,
			      unsigned from_sides, const struct slot *to,
			      unsigned to_sides)
{
	struct pair *made = add_pair(p, from, to);

	if (from) {
		made->from.sides = from_sides;
		made->from.own = true;
	}
	if (to) {
		made->to.sides = to_sides;
		made->to.own = true;
	}
	return made;
}

/* One phase that has no time in common: the last OLD against the first NEW;
 * other times stand alone. A level of the year before, stated beside them,
 * is no time of its own, unless a side has nothing to compare at all. */
static void make_apart(struct pairs *p, enum phase phase,
		       const unsigned char *spoken)
{
	const struct slot *last = NULL, *first = NULL;

	for (size_t i = 0; i < p->n_slots; i++) {
		const struct slot *s = &p->slots[i];

		if (s->phase != phase)
			continue;
		if (spoken[i] & SIDE_OLD)
			last = s;
		if ((spoken[i] & SIDE_NEW) && !first)
			first = s;
	}
	if (last && first)
		add_sided(p, last, SIDE_BOTH, first, SIDE_NEW);
	for (size_t i = 0; i < p->n_slots; i++) {
		const struct slot *s = &p->slots[i];

		unsigned sides = last && first ? spoken[i] : s->sides;

		if (s->phase != phase)
			continue;
		if ((sides & SIDE_OLD) && (s != last || !first))
			add_sided(p, s, SIDE_OLD, NULL, 0);
		if ((sides & SIDE_NEW) && (s != first || !last))
			add_sided(p, NULL, 0, s, SIDE_NEW);
	}
}

/* Every time of the phase against itself. */
static void make_same_times(struct pairs *p, enum phase phase)
{
	for (size_t i = 0; i < p->n_slots; i++) {
		const struct slot *s = &p->slots[i];

		if (s->phase != phase)
			continue;
		if (s->sides == SIDE_BOTH)
			add_sided(p, s, SIDE_OLD, s, SIDE_NEW)->restated = true;
		else if (s->sides == SIDE_OLD)
			add_sided(p, s, SIDE_OLD, NULL, 0);
		else
			add_sided(p, NULL, 0, s, SIDE_NEW);
	}
}

/* A budget in OLD alone and a final account of its year in NEW alone belong
 * together. */
static void join_phases(struct pairs *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->n; i++) {
		struct pair *a = &p->list[i];

		for (size_t k = 0; k < p->n && a->from.year && !a->to.year; k++) {
			struct pair *b = &p->list[k];

			if (b->from.year || b->to.year != a->from.year)
				continue;
			a->to = b->to;
			*b = (struct pair){0};
		}
	}
	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].from.year || p->list[i].to.year)
			p->list[kept++] = p->list[i];
	p->n = kept;
}

static void make_sides(struct pairs *p, const struct diff_table *t)
{
	bool own[2][N_PHASES] = {{false}};
	unsigned char *owned = find_owned(p, t, own);
	unsigned char *spoken = ARENA_ARRAY(&p->arena, unsigned char,
					    p->n_slots + 1);
	bool shared[N_PHASES] = {false};

	for (size_t i = 0; i < p->n_slots; i++) {
		for (unsigned side = 0; side < 2; side++)
			if (speaks(p, &p->slots[i], side, own, owned))
				spoken[i] |= side ? SIDE_NEW : SIDE_OLD;
		if (spoken[i] == SIDE_BOTH)
			shared[p->slots[i].phase] = true;
	}
	for (int phase = 0; phase < N_PHASES; phase++) {
		if (shared[phase])
			make_same_times(p, (enum phase)phase);
		else
			make_apart(p, (enum phase)phase, spoken);
	}
	join_phases(p);
}

void pairs_make(struct pairs *p, const struct diff *d)
{
	const struct diff_options *o = d->options;

	if (o->two_sides && o->by == DIFF_BY_YEAR && !o->from_year &&
	    !o->to_year) {
		make_sides(p, &d->table);
	} else if (o->by == DIFF_BY_PHASE) {
		make_phases(p, o);
	} else {
		make_years(p, o);
		if (!o->from_year && !o->to_year)
			make_publications(p, d);
	}
	sort_pairs(p);
}

void pairs_make_common(struct pairs *p, const struct diff *d,
		       const struct slot *base, size_t n_base)
{
	for (size_t i = 0; i < n_base; i++) {
		const struct slot *to =
			find_slot(p, base[i].year, base[i].phase);

		if (to && in_range(d->options, to->year, to->year))
			add_pair(p, &base[i], to);
	}
	sort_pairs(p);
}
