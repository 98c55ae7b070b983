/*
 * A change is made from two cells. A value that is there on one side alone
 * is told only where the other side has a document that could have said it:
 * a gap is no zero.
 */
#include "diff/change.h"

#include "base/decimal.h"
#include "diff/real.h"
#include "diff/trust.h"

enum { PPM = 1000000, MAX_DOCS = 2 * MAX_MERGED + 3, MAX_WHOLES = 64 };

/* Two cells of one scope, or NO_CELL. */
struct match {
	const struct cell *from, *to;
};

static const struct cell NO_CELL;

struct matches {
	struct cell from[MAX_SCOPES], to[MAX_SCOPES];
	struct match list[2 * MAX_SCOPES];
	size_t n;
};

void changes_release(struct changes *c)
{
	buf_release(&c->breaks);
	buf_release(&c->chosen);
}

/* Of the accounts, either may be absent. */
static uint32_t key_of(const struct changes *c, uint32_t from, uint32_t to)
{
	return to == NO_ACCOUNT ? c->from->accounts[from].key
				: c->to->accounts[to].key;
}

/* The account that holds the same thing under the code of the other time. */
static uint32_t moved_account(const struct changes *c, uint32_t key,
			      int from_year, int to_year, bool old)
{
	const struct diff *d = c->d;
	const struct diff_table *t = &d->table;
	struct diff_key k = t->keys[key];
	struct str (*code)(const struct crosswalk *, enum cross_what,
			   struct str, int, int) =
		old ? crosswalk_old_code : crosswalk_new_code;
	struct str function, economic;

	if (from_year == to_year)
		return NO_ACCOUNT;
	function = code(d->cross, CROSS_FUNCTION,
			words_text(&t->words, k.function), from_year, to_year);
	economic = code(d->cross, CROSS_ECONOMIC,
			words_text(&t->words, k.economic), from_year, to_year);
	if (!function.n && !economic.n)
		return NO_ACCOUNT;
	if (function.n)
		k.function = words_find(&t->words, function);
	if (economic.n)
		k.economic = words_find(&t->words, economic);
	/* years are compared of one entity */
	return ledger_find(c->to, table_find_key(t, &k));
}

static void add_match(struct matches *m, const struct cell *from,
		      const struct cell *to)
{
	m->list[m->n++] = (struct match){from, to};
}

/* Adds the pairs of scopes: equal ones first, then what is left, most trusted
 * first. */
static void match_scopes(struct matches *m, size_t n_from, size_t n_to)
{
	bool taken[MAX_SCOPES] = {false}, matched[MAX_SCOPES] = {false};
	size_t left = 0;

	for (size_t i = 0; i < n_from; i++)
		for (size_t k = 0; k < n_to && !matched[i]; k++) {
			if (taken[k] || m->to[k].scope != m->from[i].scope)
				continue;
			add_match(m, &m->from[i], &m->to[k]);
			matched[i] = taken[k] = true;
		}
	for (size_t i = 0; i < n_from; i++) {
		if (matched[i])
			continue;
		while (left < n_to && taken[left])
			left++;
		add_match(m, &m->from[i],
			  left < n_to ? &m->to[left++] : &NO_CELL);
	}
	for (; left < n_to; left++)
		if (!taken[left])
			add_match(m, &NO_CELL, &m->to[left]);
}

/* Whether the key's code stands for something else at the other time. */
static bool is_reused(const struct diff *d, uint32_t key, const struct pair *p)
{
	const struct words *w = &d->table.words;
	const struct diff_key *k;

	if (p->from.year == p->to.year)
		return false;
	k = &d->table.keys[key];
	return crosswalk_is_reused(d->cross, CROSS_FUNCTION,
				   words_text(w, k->function), p->from.year,
				   p->to.year) ||
	       crosswalk_is_reused(d->cross, CROSS_ECONOMIC,
				   words_text(w, k->economic), p->from.year,
				   p->to.year);
}

static bool has_cell(const struct ledger *l, uint32_t account,
		     const struct slot *s)
{
	struct cell cells[MAX_SCOPES];

	return cell_find(l, account, s, cells) > 0;
}

/* Whether what the key was, or became, can be told at the other account. */
static bool is_told_at(const struct changes *c, uint32_t other,
		       const struct pair *p)
{
	return has_cell(c->to, other, &p->to) &&
	       !has_cell(c->from, other, &p->from);
}

/* Whether what the account held is to be told under its new code. */
static bool is_taken_up(const struct changes *c, uint32_t moved,
			const struct pair *p)
{
	return moved != NO_ACCOUNT &&
	       (!has_cell(c->to, moved, &p->to) ||
		is_reused(c->d, c->to->accounts[moved].key, p));
}

static void find_matches(const struct changes *c, uint32_t from, uint32_t to,
			 const struct pair *p, struct matches *out)
{
	int from_year = p->from.year, to_year = p->to.year;
	uint32_t key = key_of(c, from, to), moved;
	size_t n_from = cell_find(c->from, from, &p->from, out->from);
	size_t n_to = cell_find(c->to, to, &p->to, out->to);
	bool reused = n_from && n_to && is_reused(c->d, key, p);

	out->n = 0;
	if (n_from && (!n_to || reused)) {
		moved = moved_account(c, key, from_year, to_year, false);
		if (is_told_at(c, moved, p))
			n_from = 0;
	} else if (n_to && !n_from) {
		moved = moved_account(c, key, from_year, to_year, true);
		if (is_taken_up(c, moved, p))
			n_from = cell_find(c->from, moved, &p->from, out->from);
	}
	if (reused) {
		match_scopes(out, n_from, 0);
		n_from = 0;
	}
	match_scopes(out, n_from, n_to);
}

/* The delta of an account whose both values are known. */
static bool find_delta(const struct changes *c, uint32_t from, uint32_t to,
		       const struct pair *p, int64_t *delta)
{
	struct matches all;

	find_matches(c, from, to, p, &all);
	for (size_t i = 0; i < all.n; i++) {
		const struct match *m = &all.list[i];

		if (m->from->best && m->to->best)
			return !__builtin_sub_overflow(m->to->value,
						       m->from->value, delta);
	}
	return false;
}

/* The share of the change in that of the nearest whole that is known. A user's
 * table of wholes may go in a ring. */
static void set_contribution(const struct changes *c, uint32_t key,
			     const struct pair *p, struct bud_change *out)
{
	const uint32_t *wholes = c->d->table.wholes;

	for (int i = 0; i < MAX_WHOLES && wholes[key] != NO_KEY; i++) {
		uint32_t from = ledger_find(c->from, key = wholes[key]);
		uint32_t to = ledger_find(c->to, key);
		int64_t whole;

		if ((from == NO_ACCOUNT && to == NO_ACCOUNT) ||
		    !find_delta(c, from, to, p, &whole))
			continue;
		out->has_contribution =
			whole && decimal_muldiv(out->delta, PPM, whole,
						&out->contribution);
		return;
	}
}

static bool is_stated_of(const struct diff_stated *s, const struct pair *p,
			 const struct match *m)
{
	return s->row.year == p->to.year &&
	       s->row.phase == (uint8_t)p->to.phase &&
	       s->vs_year == p->from.year &&
	       s->vs_phase == (uint8_t)p->from.phase &&
	       (!s->row.scope || !m->to->scope || s->row.scope == m->to->scope);
}

/* The stated change of the pair, and the first reason that is given. */
static const struct diff_stated *find_stated(const struct ledger *l,
					     uint32_t account,
					     const struct pair *p,
					     const struct match *m,
					     uint32_t *reason)
{
	const struct diff_stated *found = NULL;

	*reason = 0;
	if (account == NO_ACCOUNT || p->restated)
		return NULL;
	for (size_t i = l->accounts[account].stated;
	     i < l->accounts[account + 1].stated; i++) {
		const struct diff_stated *s = l->stated[i];

		if (!is_stated_of(s, p, m))
			continue;
		if (!found && !(s->row.flags & ROW_GROWTH))
			found = s;
		if (!*reason)
			*reason = s->reason;
	}
	return found;
}

static void set_stated(const struct diff_stated *s, const struct match *m,
		       struct bud_change *out)
{
	int64_t off, quanta;

	out->has_stated = true;
	out->stated_delta = s->row.value;
	out->agrees =
		!__builtin_sub_overflow(out->delta, s->row.value, &off) &&
		!__builtin_add_overflow(m->from->quantum, m->to->quantum,
					&quanta) &&
		!__builtin_add_overflow(quanta, s->row.quantum, &quanta) &&
		cell_explains(off, quanta);
}

static void put_break(struct buf *out, const char *format, struct str a,
		      struct str b)
{
	if (out->n)
		buf_puts(out, "; ");
	buf_printf(out, format, STR_ARG(a), STR_ARG(b));
}

static void put_entities(struct changes *c, const struct match *m)
{
	const struct diff_table *t = &c->d->table;
	const struct cell *from = m->from, *to = m->to;
	struct str old, now;

	if (!from->best || !to->best || c->across ||
	    (from->best->name == to->best->name && !from->n_merged))
		return;
	old = words_text(&t->entities, from->best->name);
	now = words_text(&t->entities, to->best->name);
	if (!from->n_merged) {
		/* with its place and without it is one name */
		if (!str_ends(now, old) && !str_ends(old, now))
			put_break(&c->breaks, "renamed: %.*s → %.*s", old, now);
		return;
	}
	buf_puts(&c->breaks, c->breaks.n ? "; merged: " : "merged: ");
	for (size_t i = 0; i < from->n_merged; i++) {
		struct str name = words_text(&t->entities, from->merged[i]->name);

		buf_printf(&c->breaks, "%s%.*s", i ? " + " : "", STR_ARG(name));
	}
	buf_printf(&c->breaks, " → %.*s", STR_ARG(now));
}

static void put_breaks(struct changes *c, const struct diff_key *k,
		       const struct pair *p, const struct match *m)
{
	const struct diff_table *t = &c->d->table;
	const struct crosswalk *cross = c->d->cross;
	uint8_t from = m->from->scope, to = m->to->scope;

	buf_clear(&c->breaks);
	put_entities(c, m);
	if (from && to && from != to)
		put_break(&c->breaks, "scope: %.*s → %.*s",
			  words_text(&t->scopes, from),
			  words_text(&t->scopes, to));
	if (!p->from.year || !p->to.year)
		return;
	if (!from || !to)
		crosswalk_put_scope(cross, words_text(&t->words, k->item),
				    p->to.phase, p->from.year, p->to.year,
				    &c->breaks);
	crosswalk_put_code(cross, CROSS_FUNCTION,
			   words_text(&t->words, k->function), p->from.year,
			   p->to.year, &c->breaks);
	crosswalk_put_code(cross, CROSS_ECONOMIC,
			   words_text(&t->words, k->economic), p->from.year,
			   p->to.year, &c->breaks);
}

static void put_choice(struct changes *c, const char *side,
		       const struct cell *cell)
{
	struct str rule;

	if (!cell->best || !cell->rival)
		return;
	rule = trust_reason(&c->d->table, cell->best, cell->rival);
	buf_printf(&c->chosen, "%s%s: %.*s", c->chosen.n ? "; " : "", side,
		   STR_ARG(rule));
	if (cell->rival->value != cell->best->value)
		buf_printf(&c->chosen, " (not %lld)",
			   (long long)cell->rival->value);
}

static void put_chosen(struct changes *c, const struct match *m, bool scopes)
{
	uint8_t scope = m->to->best ? m->to->scope : m->from->scope;

	buf_clear(&c->chosen);
	if (scopes && scope) {
		struct str name = words_text(&c->d->table.scopes, scope);

		buf_printf(&c->chosen, "scope: %.*s", STR_ARG(name));
	}
	put_choice(c, "from", m->from);
	put_choice(c, "to", m->to);
}

struct doc_list {
	struct str ids[MAX_DOCS];
	size_t n;
};

static void add_doc(struct doc_list *list, const struct diff_table *t,
		    const struct diff_row *r)
{
	struct str id = t->docs[r->doc].id;

	for (size_t i = 0; i < list->n; i++)
		if (str_equal(list->ids[i], id))
			return;
	list->ids[list->n++] = id;
}

static void add_cell_docs(struct doc_list *list, const struct diff_table *t,
			  const struct cell *cell)
{
	for (size_t i = 0; i < cell->n_merged; i++)
		add_doc(list, t, cell->merged[i]);
	if (cell->best && !cell->n_merged)
		add_doc(list, t, cell->best);
}

/* What a record says of its place: names and times. */
static void set_place(const struct changes *c, const struct diff_key *k,
		      const struct pair *p, const struct match *m,
		      struct bud_change *out)
{
	const struct diff_table *t = &c->d->table;
	const struct diff_row *r = m->to->best ? m->to->best : m->from->best;

	out->entity = c->entity;
	out->region = t->docs[r->doc].region;
	out->item = words_text(&t->words, k->item);
	out->fund = words_text(&t->words, k->fund);
	out->function = words_text(&t->words, k->function);
	out->economic = words_text(&t->words, k->economic);
	out->nature = words_text(&t->words, k->nature);
	out->unit = (enum unit)k->unit;
	out->from_year = p->from.year;
	out->from_phase = p->from.phase;
	out->to_year = p->to.year;
	out->to_phase = p->to.phase;
	out->has_from = m->from->best != NULL;
	out->from_value = m->from->value;
	out->has_to = m->to->best != NULL;
	out->to_value = m->to->value;
}

/* Delta, growth and status; false where there is nothing to tell. */
static bool set_difference(const struct pair *p, const struct match *m,
			   struct bud_change *out)
{
	int64_t quanta;

	if (!out->has_from || !out->has_to) {
		const struct slot *gap = out->has_to ? &p->from : &p->to;

		out->status = out->has_to ? STR("added") : STR("removed");
		return !p->quiet && (!gap->year || gap->own);
	}
	if (__builtin_sub_overflow(out->to_value, out->from_value, &out->delta))
		return false;
	out->has_delta = true;
	out->status = !out->delta ? STR("same")
		      : p->restated ? STR("restated")
				    : STR("changed");
	out->rounding = out->delta &&
			!__builtin_add_overflow(m->from->quantum, m->to->quantum,
						&quanta) &&
			cell_explains(out->delta, quanta);
	out->has_growth = out->from_value &&
			  decimal_muldiv(out->delta, PPM, out->from_value,
					 &out->growth);
	return !p->quiet || (out->delta && !out->rounding);
}

static void tell_match(struct changes *c, uint32_t from, uint32_t to,
		       const struct pair *p, const struct match *m,
		       bool scopes)
{
	const struct diff_table *t = &c->d->table;
	uint32_t key = key_of(c, from, to);
	const struct diff_key *k = &t->keys[key];
	const struct diff_stated *stated;
	struct bud_change out = {0};
	struct doc_list docs = {.n = 0};
	uint32_t reason;

	set_place(c, k, p, m, &out);
	if (!set_difference(p, m, &out) ||
	    (out.has_delta && !out.delta && !c->d->options->same))
		return;
	if (out.has_delta)
		set_contribution(c, key, p, &out);
	if (c->d->real)
		real_set(c->d->real, c->from, c->to, p, &out);
	put_breaks(c, k, p, m);
	out.breaks = buf_str(&c->breaks);
	put_chosen(c, m, scopes);
	out.chosen = buf_str(&c->chosen);
	add_cell_docs(&docs, t, m->from);
	add_cell_docs(&docs, t, m->to);
	stated = find_stated(c->to, to, p, m, &reason);
	if (stated && out.has_delta) {
		set_stated(stated, m, &out);
		add_doc(&docs, t, &stated->row);
	}
	out.reason = words_text(&t->reasons, reason);
	out.docs = docs.ids;
	out.n_docs = docs.n;
	c->sink->take(c->sink->ctx, &out);
}

void changes_tell(struct changes *c, uint32_t from, uint32_t to,
		  const struct pair *pair)
{
	struct matches all;

	find_matches(c, from, to, pair, &all);
	for (size_t i = 0; i < all.n; i++)
		tell_match(c, from, to, pair, &all.list[i], all.n > 1);
}
