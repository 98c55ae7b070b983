/*
 * A fact record does not say which list it stands in, so nearness decides;
 * eval.h tells the order. In prose a list ends where its whole is stated
 * anew.
 */
#include "check/list.h"

#include <string.h>

#include "base/sort.h"

/* The next statement of the anchor's own coordinates in prose. */
static size_t end_of_list(const struct check_facts *fs,
			  const struct check_fact *anchor)
{
	const struct check_chain *c = anchor->chain;

	if (anchor->table)
		return SIZE_MAX;
	for (size_t i = facts_behind(c, anchor); i < c->n; i++)
		if (!fs->list[c->list[i]]->table)
			return c->list[i];
	return SIZE_MAX;
}

/* The reaches at which a fact stands by the anchor, a bit each. */
static unsigned reaches_of(const struct check_fact *anchor,
			   const struct check_fact *f, size_t end)
{
	enum {
		ROW = 1 << LIST_ROW,
		NEAR = 1 << LIST_NEAR,
		SECTION = 1 << LIST_SECTION,
		ANYWHERE = 1 << LIST_ANYWHERE,
	};
	unsigned all = ANYWHERE;
	int far;

	if (anchor->table) {
		if (f->table && f->section && f->section == anchor->section)
			all |= SECTION;
		if (f->table == anchor->table)
			all |= f->row && f->row == anchor->row ? NEAR | ROW
							       : NEAR;
		return all;
	}
	if (f->table || f->index < anchor->index || f->index >= end)
		return all;
	far = facts_distance(anchor, f);
	return far > LIST_SECTION - LIST_NEAR ? all
	       : far			      ? all | SECTION
					      : all | SECTION | NEAR;
}

static bool within(const struct check_fact *anchor, const struct check_fact *f,
		   int reach, size_t end)
{
	return reach == LIST_ANYWHERE ||
	       (reaches_of(anchor, f, end) >> reach & 1);
}

static inline bool is_above(enum dim dim, struct str above, struct str word,
		     int reading)
{
	if (dim == DIM_FUND && reading == READ_NESTED &&
	    str_equal(above, STR("service")) &&
	    str_equal(word, STR("special_account")))
		return true;
	return check_below(dim, word, above);
}

/* Whether another candidate is above this one. */
static bool is_covered(const struct check_facts *fs, enum dim dim,
		       const struct check_fact *const *list, size_t n, size_t i,
		       int reading)
{
	struct str own = facts_own(fs, list[i], dim);

	/* it mostly stands shortly before */
	for (size_t step = 1; step < n; step++) {
		size_t k = step <= i ? i - step : step;

		if (list[k]->at[dim] != list[i]->at[dim] &&
		    is_above(dim, facts_own(fs, list[k], dim), own,
			     reading))
			return true;
	}
	return false;
}

/* The words of the candidates that were looked at last, and what came of it;
 * where they are FEW, nothing is remembered but the last that is covered by
 * none: most others lie below it. */
enum { FEW = 8 };
struct covers {
	const struct check_fact *top; /* NULL: none yet */
	uint64_t taken; /* words of parts, a bit each: most come once */
	struct {
		check_word word; /* 0 for none */
		bool covered;
	} last[64];
};

/* The same, asked of each word but once as long as they are few. None is
 * shorter than so many bytes, and but for funds what is above is shorter. */
static bool covers_ask(struct covers *cs, const struct check_facts *fs,
		       enum dim dim, const struct check_fact *const *list,
		       size_t n, size_t i, int reading, size_t shortest)
{
	check_word w = list[i]->at[dim];
	size_t at = w % (sizeof cs->last / sizeof *cs->last);
	struct str own = facts_own(fs, list[i], dim);
	bool covered = false;

	if (own.n > shortest && (!cs->top || cs->top->at[dim] != w)) {
		if (cs->top && is_above(dim, facts_own(fs, cs->top, dim), own,
					reading))
			return true;
		if (n > FEW && w && cs->last[at].word == w)
			return cs->last[at].covered;
		covered = is_covered(fs, dim, list, n, i, reading);
		if (n > FEW) {
			cs->last[at].word = w;
			cs->last[at].covered = covered;
		}
	}
	if (!covered)
		cs->top = list[i];
	return covered;
}

/* Where the same part was taken already, or SIZE_MAX. */
static size_t find_part(enum dim dim, const struct list *l, check_word w)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->parts[i]->at[dim] == w)
			return i;
	return SIZE_MAX;
}

static void take_part(enum dim dim, struct covers *cs, struct list *l,
		      const struct check_fact *f,
		      const struct list_place *place)
{
	uint64_t bit = UINT64_C(1) << f->at[dim] % 64;
	size_t old = cs->taken & bit ? find_part(dim, l, f->at[dim]) : SIZE_MAX;

	cs->taken |= bit;
	if (old == SIZE_MAX) {
		l->parts[l->n++] = f;
		return;
	}
	/* the department itself, then its own office: the office is the part */
	if (dim == DIM_ENTITY) {
		if (f->table && f->table == l->parts[old]->table)
			l->parts[old] = f;
		return;
	}
	if (f->table && f->table == l->parts[old]->table)
		l->readable = true;
	if (place->reading == READ_REPEATS && f->table &&
	    f->table == l->parts[old]->table) {
		l->parts[l->n++] = f;
	} else if (place->reach == LIST_ANYWHERE &&
		   facts_trusted(f, l->parts[old])) {
		l->parts[old] = f;
	}
}

/* Amounts of reasons, targets, projects and names are no parts. */
static bool may_be_part(const struct bud_residue *r)
{
	return r->unit == UNIT_FEN &&
	       check_match(STR("-|no_item|unknown|damaged|memo_fund"), r->why);
}

static bool in_one_column(const struct check_fact *a,
			  const struct check_fact *b)
{
	return a->table == b->table && a->column == b->column;
}

/* Whether an amount that no rule could name stands among the parts. */
static bool has_residue(const struct check_facts *fs,
			const struct check_fact *anchor, const struct list *l,
			int reach)
{
	int64_t last = anchor->f.n;

	for (size_t i = 0; i < l->n; i++)
		if (!l->parts[i]->table && l->parts[i]->f.n > last)
			last = l->parts[i]->f.n;
	if (anchor->table && reach == LIST_ROW)
		return facts_residue_in_row(fs, anchor);
	for (size_t i = 0; i < l->n; i++)
		if ((!i || !in_one_column(l->parts[i - 1], l->parts[i])) &&
		    facts_residue_in_column(fs, l->parts[i]))
			return true;
	if (anchor->table)
		return false;
	for (size_t r = facts_residue_after(fs, anchor->f.n);
	     r < fs->n_residues; r++) {
		if (fs->residues[r].n > last + 1)
			break;
		if (may_be_part(&fs->residues[r]))
			return true;
	}
	return false;
}

/* Whether nothing can be a part at the reach, whatever there is. */
static bool is_out_of_reach(const struct check_facts *fs, enum dim dim,
			    int reach)
{
	/* no places are near each other in several documents */
	if (fs->across && reach < LIST_ANYWHERE)
		return true;
	/* classes are rows themselves */
	return reach == LIST_ROW &&
	       (dim == DIM_FUNCTION || dim == DIM_ECONOMIC ||
		dim == DIM_ENTITY);
}

/* What lies below a whole: check_below(), for codes by their first bytes. */
struct below {
	enum dim dim;
	struct str whole;
	uint64_t head, mask; /* 0: not for codes */
	const uint64_t *heads;
	const struct str *words;
};

static struct below below_of(const struct check_facts *fs, enum dim dim,
			     check_word whole)
{
	struct below b = {.dim = dim, .whole = facts_text(fs, whole),
			  .heads = fs->known->heads, .words = fs->known->word};

	if ((dim != DIM_FUNCTION && dim != DIM_ECONOMIC) || !b.whole.n ||
	    b.whole.n >= sizeof b.mask)
		return b;
	memset(&b.mask, 0xff, b.whole.n);
	b.head = fs->known->heads[whole];
	return b;
}

static inline bool is_below(const struct below *b, check_word w)
{
	if (b->mask)
		return !((b->heads[w] ^ b->head) & b->mask) &&
		       b->words[w].n > b->whole.n;
	return b->dim == DIM_ITEM || check_below(b->dim, b->words[w], b->whole);
}

/* Those of a chain from .. to, wherever they stand; *all has room for them, or
 * for so many as may be left where it is NULL. */
static uint32_t take_parts(const struct check_facts *fs, const struct term *t,
			   const struct known_term *known, size_t from,
			   size_t to, const struct check_fact ***all)
{
	const struct below below = below_of(fs, t->parts, known->parts);
	const uint32_t *list = known->chain->list;
	uint32_t n = 0;

	for (size_t i = from; i < to; i++) {
		const struct check_fact *f = fs->list[list[i]];
		check_word w = f->at[below.dim];

		if (!w || !is_below(&below, w) ||
		    f->f.origin == ORIGIN_DERIVED ||
		    !facts_fit(fs, &t->at[below.dim], w))
			continue;
		if (!*all)
			*all = arena_alloc_raw(fs->arena,
					       (to - i) * sizeof **all);
		(*all)[n++] = f;
	}
	return n;
}

void list_find_parts(const struct check_facts *fs, const struct term *t,
		     struct known_term *known,
		     const struct check_fact *anchor)
{
	enum { MOST_WHOLES = 64, MOST_PARTS = 512 };
	const struct check_chain *c = known->chain;
	size_t from = 0, to = c->n;

	known->of = (uint32_t)c->n;
	if (c->n <= MOST_PARTS || anchor->chain->n <= MOST_WHOLES) {
		known->endless = false;
		known->all = NULL;
	} else {
		facts_around(c, anchor, MOST_PARTS, &from, &to);
		/* of many facts one after the other, in one place */
		if (!known->endless)
			known->all = arena_alloc_raw(
				fs->arena, MOST_PARTS * sizeof *known->all);
		known->endless = true;
	}
	known->n = check_may_be_above(t->parts, facts_text(fs, known->parts))
			   ? take_parts(fs, t, known, from, to, &known->all)
			   : 0;
}

/* Whether a fact is a part of the anchor's whole, at whatever reach. */
static bool is_part_of(const struct check_fact *anchor,
		       const struct check_fact *f)
{
	return f != anchor && (f->f.unit == anchor->f.unit || f->f.unit == UNIT_PPM);
}

/* Those at the reach, as parts of the list; false where there are none. */
static bool find_near(const struct check_facts *fs, const struct term *t,
		      const struct known_term *known,
		      const struct check_fact *anchor, int reach, size_t end,
		      struct list *out)
{
	bool out_of_reach = is_out_of_reach(fs, t->parts, reach);

	for (size_t i = 0; i < known->n; i++) {
		const struct check_fact *f = known->all[i];

		if (!is_part_of(anchor, f))
			continue;
		out->hopeless = false;
		if (out_of_reach)
			return false;
		if (!within(anchor, f, reach, end))
			continue;
		if (!out->parts)
			out->parts = arena_alloc_raw(fs->arena,
						     (known->n - i) *
						     sizeof *out->parts);
		out->parts[out->n++] = f;
	}
	return out->n;
}

/* The next reach where a part stands. */
static int next_reach(const struct check_facts *fs, const struct term *t,
		      const struct known_term *known,
		      const struct check_fact *anchor, int reach, size_t end)
{
	unsigned all = 0, first;

	while (++reach < LIST_ANYWHERE && is_out_of_reach(fs, t->parts, reach))
		;
	first = 1U << reach;
	for (size_t i = 0; i < known->n && !(all & first); i++)
		if (is_part_of(anchor, known->all[i]))
			all |= reaches_of(anchor, known->all[i], end) &
			       ~(first - 1);
	return all ? __builtin_ctz(all) : LIST_REACHES;
}

/* Units are the rows of a table; prose names some of them. */
static bool is_beyond(const struct check_facts *fs, enum dim dim,
		      const struct check_fact *anchor, int reach)
{
	return dim == DIM_ENTITY && !fs->across &&
	       (!anchor->table || reach > LIST_NEAR);
}

void list_collect(const struct check_facts *fs, const struct term *t,
		  struct known_term *known, const struct check_fact *anchor,
		  struct list_place *place, struct list *out)
{
	size_t n, shortest, end;
	struct covers covers;

	*out = (struct list){.hopeless = true, .next = LIST_REACHES};
	if (is_beyond(fs, t->parts, anchor, place->reach))
		return;
	if (!list_may_have_parts(fs, t, known, anchor))
		return;
	if (known->endless && place->reach != LIST_ROW)
		return;
	end = end_of_list(fs, anchor);
	while (!find_near(fs, t, known, anchor, place->reach, end, out)) {
		if (!out->hopeless && !known->endless)
			out->next = next_reach(fs, t, known, anchor,
					       place->reach, end);
		if (!place->jumps || out->next == LIST_REACHES ||
		    is_beyond(fs, t->parts, anchor, out->next))
			return;
		place->reach = out->next;
	}
	out->next = place->reach + 1;
	out->readable = t->parts == DIM_FUND;
	/* parts take the place of candidates that were looked at: what was left
	 * out is, or lies below, one of them */
	n = out->n;
	out->n = 0;
	shortest = t->parts == DIM_FUND ? 0 : SIZE_MAX;
	for (size_t i = 0; i < n && shortest; i++)
		if (facts_own(fs, out->parts[i], t->parts).n < shortest)
			shortest = facts_own(fs, out->parts[i], t->parts).n;
	covers.top = NULL;
	covers.taken = 0;
	if (n > FEW)
		memset(covers.last, 0, sizeof covers.last);
	for (size_t i = 0; i < n; i++)
		if (!covers_ask(&covers, fs, t->parts, out->parts, n, i,
				place->reading, shortest))
			take_part(t->parts, &covers, out, out->parts[i], place);
}

void list_look_around(const struct check_facts *fs,
		      const struct check_fact *anchor, int reach,
		      struct list *l)
{
	l->table = anchor->table != 0;
	for (size_t i = 0; i < l->n && l->table; i++)
		l->table = l->parts[i]->table == anchor->table;
	l->residue = l->n && has_residue(fs, anchor, l, reach);
}

bool list_is_complete(const struct check_facts *fs, const struct rule *rule,
		      enum dim dim, const struct list *l)
{
	for (size_t i = 0; i < rule->n_complete; i++) {
		struct str rest = rule->complete[i], word;
		bool all = true;

		while (all && str_split(&rest, ' ', &word))
			all = !word.n ||
			      find_part(dim, l, facts_word(fs, word)) !=
				      SIZE_MAX;
		if (all)
			return true;
	}
	return false;
}

static int compare_words(const void *a, const void *b)
{
	check_word x = *(const check_word *)a, y = *(const check_word *)b;

	return x < y ? -1 : x > y;
}

struct str list_key(const struct check_facts *fs, const struct rule *rule,
		    enum dim dim, const struct check_fact *anchor,
		    const struct list *l)
{
	enum { RULE = sizeof rule / sizeof(check_word), FIRST = RULE + 3 };
	check_word *words =
		arena_alloc_raw(fs->arena, (FIRST + l->n) * sizeof *words);
	size_t n = FIRST;

	memcpy(words, &rule, sizeof rule);
	words[RULE] = dim;
	words[RULE + 1] = anchor->at[DIM_ITEM];
	words[RULE + 2] = anchor->at[dim];
	for (size_t i = 0; i < l->n; i++)
		words[FIRST + i] = l->parts[i]->at[dim];
	sort_short(words + FIRST, l->n, sizeof *words, compare_words);
	for (size_t i = FIRST; i < FIRST + l->n; i++)
		if (i == FIRST || words[i] != words[n - 1])
			words[n++] = words[i];
	return (struct str){(const char *)words, n * sizeof *words};
}
