/* Every sign is a fixed comparison of integers; see trust.h for why. */
#include "check/trust.h"

#include "check/agree.h"
#include "check/list.h"
#include "check/wording.h"

enum {
	MUCH = 10,         /* another order of magnitude */
	MUCH_RATE = 1000,  /* the same of a rate: its base was misread */
	NEAR_PERCENT = 20, /* two values that may be slips of each other */
	MANY_VALUES = 3,
	MANY_ROWS = 4,     /* more than one slip fails, with its totals */
	PROVEN_ROWS = 3,   /* a rule that holds so often is held rightly */
	PROVEN_SHARE = 3,  /* and so many times as often as it fails */
	SLIP = 20,         /* last places that a slip of the pen may be off */
	UNIT_SLIP = 10000, /* 元 written for 万元 */
};

static struct check_fact *writable(const struct check_facts *fs,
				   const struct check_fact *f)
{
	return fs->list[f->index];
}

static bool has_held(const struct instance *in)
{
	return in->outcome == OUTCOME_EXACT || in->outcome == OUTCOME_ROUNDING;
}

/* Whether the parts of its list are rows of a table, not columns. */
static bool runs_down(const struct instance *in)
{
	for (size_t i = 0; i < in->n_bindings; i++) {
		const struct node *n = in->bindings[i].node;

		if (n->kind == NODE_SUM && (n->term.parts == DIM_FUNCTION ||
					    n->term.parts == DIM_ECONOMIC ||
					    n->term.parts == DIM_ENTITY))
			return true;
	}
	return false;
}

/* A rule that fails in row after row of a table: its columns were misread.
 * One that holds in most of them was held against the right ones. */
static void note_misread(struct instance *list, size_t n,
			 const struct check_facts *fs)
{
	size_t *failed = ARENA_ARRAY(fs->arena, size_t, fs->n_places);
	size_t *held = ARENA_ARRAY(fs->arena, size_t, fs->n_places);
	size_t *some = ARENA_ARRAY(fs->arena, size_t, fs->n_places);

	for (size_t i = 0, k; i < n; i = k) {
		bool fails = false;

		for (k = i; k < n && list[k].rule == list[i].rule; k++)
			fails = fails || list[k].outcome == OUTCOME_FAIL;
		if (!fails)
			continue; /* nobody will ask */
		for (size_t j = i; j < k; j++) {
			check_place t = list[j].anchor->table;

			failed[t] += list[j].outcome == OUTCOME_FAIL;
			held[t] += has_held(&list[j]);
			some[t] += has_held(&list[j]) &&
				   list[j].anchor->f.value && list[j].known;
		}
		for (size_t j = i; j < k; j++) {
			check_place t = list[j].anchor->table;

			list[j].misread = t && failed[t] > MANY_ROWS &&
					  failed[t] * 3 > held[t];
			list[j].proven = t && some[t] >= PROVEN_ROWS &&
					 some[t] >= failed[t] * PROVEN_SHARE;
		}
		for (size_t j = i; j < k; j++) {
			check_place t = list[j].anchor->table;

			failed[t] = held[t] = some[t] = 0;
		}
	}
}

/* What was found of the rows of a list, column by column. */
struct rows {
	const struct check_fact *first; /* of the first column found short */
	struct ratio gap;               /* of it */
	bool again;                     /* another column is short, too */
	bool same;                      /* by the same amount */
	bool held;                      /* a column makes its whole */
};

/* What a list runs over, and where its whole stands: three numbers without a
 * gap, so their bytes are a key. */
struct row {
	uint32_t parts;
	check_place table, row;
};

/* The first list of an instance, NULL for none in a table. */
static const struct binding *list_of(const struct instance *in)
{
	for (size_t i = 0; in->anchor->table && i < in->n_bindings; i++)
		if (in->bindings[i].node->kind == NODE_SUM && in->bindings[i].n)
			return &in->bindings[i];
	return NULL;
}

/* The lists under one row of a table, in whatever column. */
static struct row row_of(const struct instance *in, const struct binding *list)
{
	return (struct row){list->node->term.parts, in->anchor->table,
			    in->anchor->row};
}

static struct rows *add_rows(struct map *all, const struct check_facts *fs,
			     const struct row *row)
{
	struct str key = {(const char *)row, sizeof *row};
	void **place = map_put(all, key);

	if (!*place) {
		*place = ARENA_NEW(fs->arena, struct rows);
		all->entries[all->n - 1].key = str_copy(fs->arena, key);
	}
	return *place;
}

static bool is_short(const struct instance *in)
{
	int c;

	return in->outcome == OUTCOME_FAIL &&
	       side_compare(&in->left, &in->right, &c) && c > 0;
}

static void note_column(struct rows *r, const struct instance *in,
			const struct check_fact *first)
{
	struct ratio gap;
	int c;

	if (!side_subtract(&in->left, &in->right, &gap))
		return;
	if (!r->first) {
		r->first = first;
		r->gap = gap;
	} else if (r->first != first) {
		r->again = true;
		r->same = r->same || (ratio_compare(gap, r->gap, &c) && !c);
	}
}

/* Notes which of the rows make their whole in some column. */
static void note_held_rows(const struct instance *list, size_t n,
			   const struct map *all)
{
	for (size_t i = 0; i < n; i++) {
		const struct instance *in = &list[i];
		const struct binding *b;
		struct rows *r;
		struct row row;

		if (!has_held(in) || !in->anchor->f.value || !(b = list_of(in)))
			continue;
		row = row_of(in, b);
		r = map_get(all, (struct str){(const char *)&row, sizeof row});
		if (r)
			r->held = true;
	}
}

/* Rows that fall short in column after column lack one that was not read. */
static void note_short_rows(struct instance *list, size_t n,
			    const struct check_facts *fs)
{
	struct rows **rows = ARENA_ARRAY(fs->arena, struct rows *, n);
	struct map all = {0};

	for (size_t i = 0; i < n; i++) {
		const struct binding *b;
		struct row row;

		if (!is_short(&list[i]) || !(b = list_of(&list[i])))
			continue;
		row = row_of(&list[i], b);
		rows[i] = add_rows(&all, fs, &row);
		note_column(rows[i], &list[i], b->facts[0]);
	}
	if (all.n)
		note_held_rows(list, n, &all);
	for (size_t i = 0; all.n && i < n; i++) {
		const struct rows *r = rows[i];

		if (r && (r->same || (r->again && !r->held)))
			list[i].misread = true;
	}
	map_release(&all);
}

/* What disagrees of the sources of revenue, added up. */
static void note_gaps(const struct instance *list, size_t n,
		      struct check_facts *fs)
{
	for (size_t i = 0; i < n; i++) {
		const struct instance *in = &list[i];
		const struct bud_fact *a = &in->anchor->f;

		if (in->form->relation == RELATION_AGREE &&
		    in->outcome == OUTCOME_FAIL && a->at.fund.n &&
		    a->at.kind == KIND_LEVEL && !a->at.function.n &&
		    str_equal(a->at.item, STR("revenue")))
			fs->fund_gaps += in->bindings->facts[0]->f.value -
					 in->bindings->facts[1]->f.value;
	}
}

/* Notes which facts identities that hold confirm, and how many values those
 * have that disagree. */
static void note_facts(const struct instance *list, size_t n,
		       const struct check_facts *fs)
{
	for (size_t i = 0; i < n; i++) {
		const struct instance *in = &list[i];
		bool agreement = in->form->relation == RELATION_AGREE;
		size_t values;

		if (agreement ? in->outcome != OUTCOME_FAIL
			      : !has_held(in))
			continue;
		values = agreement ? agree_count(in, MANY_VALUES) : 0;
		for (size_t k = 0; k < in->n_facts; k++) {
			struct check_fact *f = writable(fs, in->facts[k]);

			if (agreement)
				f->values = values;
			else if (in->n_facts > 1 &&
				 in->form->relation == RELATION_EQUAL)
				f->confirmed = true;
		}
	}
}

void trust_note(struct instance *list, size_t n, struct check_facts *fs)
{
	size_t failures = 0;

	for (size_t i = 0; i < n; i++)
		failures += list[i].outcome == OUTCOME_FAIL;
	if (!failures)
		return; /* all this is asked for failures */
	note_gaps(list, n, fs);
	note_misread(list, n, fs);
	note_short_rows(list, n, fs);
	note_facts(list, n, fs);
}

static ratio_wide size_of(int64_t v)
{
	return v < 0 ? -(ratio_wide)v : v;
}

static bool is_near(int64_t a, int64_t b)
{
	ratio_wide gap = (ratio_wide)a - b;
	ratio_wide most = size_of(a) > size_of(b) ? size_of(a) : size_of(b);

	return (gap < 0 ? -gap : gap) * 100 <= most * NEAR_PERCENT;
}

/* Whether some fact that agrees with this one is confirmed. */
static bool is_confirmed(const struct instance *in, const struct check_fact *f)
{
	const struct binding *b = in->bindings;

	for (size_t i = 0; i < b->n; i++)
		if (b->facts[i]->confirmed &&
		    b->facts[i]->f.value == f->f.value)
			return true;
	return false;
}

/*
 * Money between a department and its units, which some provinces put below the
 * revenue and the expenditure of the year and others within: 上级补助收入.
 */
static bool is_beside(const struct bud_fact *of, const struct bud_fact *f)
{
	if (of->at.fund.n || of->at.nature.n || f->at.function.n ||
	    !str_equal(of->at.item, f->at.item))
		return false;
	return check_match(STR("superior|subsidiary"), f->at.fund) ||
	       check_match(STR("remit_up|subsidy_down"), f->at.nature);
}

static bool is_kept(const struct bud_fact *of, const struct bud_fact *f)
{
	(void)of;
	return check_match(STR("carryover_in|carryover_out|reserves_used|"
			       "surplus_allocation"),
			   f->at.item);
}

/* A balance or money beside. */
static bool is_apart(const struct bud_fact *of, const struct bud_fact *f)
{
	return is_kept(of, f) || is_beside(of, f);
}

/* Whether a gap is an amount that the document states of such a kind. */
static bool is_stated(const struct check_facts *fs, const struct check_fact *of,
		      ratio_wide gap,
		      bool (*fits)(const struct bud_fact *of,
				   const struct bud_fact *f))
{
	/* amounts and quanta are within 10^17, see check_take_fact() */
	const int64_t most = INT64_MAX / 4;
	int64_t size;

	gap = gap < 0 ? -gap : gap;
	if (!gap || gap > most ||
	    !check_match(STR("revenue*|expenditure*|carryover*"),
			 of->f.at.item))
		return false;
	size = (int64_t)gap;
	for (size_t i = 0; i < fs->n; i++) {
		const struct bud_fact *f = &fs->list[i]->f;
		int64_t far = 2 * (f->quantum + of->f.quantum);
		int64_t d = size - (f->value < 0 ? -f->value : f->value);

		if (d <= far && d >= -far && f->value &&
		    f->at.kind == KIND_LEVEL && fits(&of->f, f))
			return true;
	}
	return false;
}

/*
 * Whether a gap is a balance or money beside that the document states: then
 * the two sides are one thing with and one without it.
 */
static bool is_balance(const struct check_facts *fs, const struct check_fact *of,
		       ratio_wide gap)
{
	return is_stated(fs, of, gap, is_apart);
}

/*
 * Several sources, each stated with and without its part of the balance: the
 * gaps of all of them together are that balance.
 */
static bool is_shared_balance(const struct check_facts *fs,
			      const struct check_fact *a)
{
	return a->f.at.fund.n && a->f.at.kind == KIND_LEVEL &&
	       str_equal(a->f.at.item, STR("revenue")) &&
	       is_balance(fs, a, fs->fund_gaps);
}

static bool is_all_money(const struct bud_fact *f)
{
	return check_match(STR("revenue*|expenditure*"), f->at.item) &&
	       check_match(STR("-|fiscal|general"), f->at.fund) &&
	       !f->at.function.n && !f->at.economic.n && !f->at.nature.n;
}

static enum trust trust_agreement(const struct check_facts *fs,
				  const struct instance *in)
{
	const struct check_fact *a = in->bindings->facts[0];
	const struct check_fact *b = in->bindings->facts[1];
	bool level = a->f.at.kind == KIND_LEVEL;
	bool said = a->f.origin == ORIGIN_STATEMENT ||
		    b->f.origin == ORIGIN_STATEMENT;

	if (agree_count(in, MANY_VALUES) >= MANY_VALUES ||
	    is_balance(fs, a, (ratio_wide)a->f.value - b->f.value) ||
	    wording_is_of_another(fs, a) || wording_is_of_another(fs, b) ||
	    is_shared_balance(fs, a))
		return TRUST_LITTLE;
	/* "there is none" against an amount: true of a fund or a memo item,
	 * but no department is without money, so there a word was lost */
	if (level && said && (!a->f.value || !b->f.value))
		return is_all_money(&a->f) ? TRUST_LITTLE : TRUST_FULL;
	if (size_of(a->f.value - b->f.value) <=
	    (ratio_wide)a->f.quantum * SLIP)
		return TRUST_FULL;
	if (size_of(a->f.value) * MUCH < size_of(b->f.value) ||
	    size_of(b->f.value) * MUCH < size_of(a->f.value))
		return TRUST_LITTLE;
	return is_near(a->f.value, b->f.value) || !is_confirmed(in, a) ||
			       !is_confirmed(in, b)
		       ? TRUST_FULL
		       : TRUST_LITTLE;
}

/* |a| * times <=> |b| */
static int compare_times(struct ratio a, int64_t times, struct ratio b)
{
	struct ratio big;
	int c;

	if (a.num < 0)
		a.num = -a.num;
	if (b.num < 0)
		b.num = -b.num;
	if (!ratio_multiply(ratio_of(times), a, &big) ||
	    !ratio_compare(big, b, &c))
		return 0;
	return c;
}

static bool same_order(const struct instance *in)
{
	struct ratio l = side_point(&in->left), r = side_point(&in->right);
	struct ratio gap;

	if (in->unit != UNIT_FEN)
		return in->unit != UNIT_PPM ||
		       (compare_times(l, MUCH_RATE, r) >= 0 &&
			compare_times(r, MUCH_RATE, l) >= 0) ||
		       !l.num || !r.num;
	if (!compare_times(l, UNIT_SLIP, r) || !compare_times(r, UNIT_SLIP, l))
		return true;
	if (ratio_subtract(l, r, &gap) &&
	    compare_times(gap, 1, ratio_of(in->anchor->f.quantum * SLIP)) <= 0)
		return true;
	return compare_times(l, MUCH, r) >= 0 && compare_times(r, MUCH, l) >= 0;
}

/* Whether the sum would hold without one of its parts: one that was read into
 * it, for nobody's slip is just so large. Items are named by words of their own
 * (应急保障用车), and counts are so small that a gap is soon as large as one. */
static bool has_stranger(const struct instance *in)
{
	struct ratio gap;

	if (!side_point(&in->left).num ||
	    !side_subtract(&in->right, &in->left, &gap) ||
	    compare_times(gap, 1, ratio_of(in->anchor->f.quantum * SLIP)) <= 0)
		return false;
	for (size_t i = 0; i < in->n_bindings; i++) {
		const struct binding *b = &in->bindings[i];

		if (b->node->kind != NODE_SUM || b->node->term.parts == DIM_ITEM)
			continue;
		for (size_t k = 0; k < b->n; k++) {
			struct quantity q;
			int c;

			if (b->n > 1 && b->facts[k]->f.value &&
			    facts_quantity(b->facts[k], &q) &&
			    ratio_compare(q.point, gap, &c) && !c)
				return true;
		}
	}
	return false;
}

/* Whether rows fall short by just what another column of their head holds: a
 * row that has nothing but that was not read. */
static bool lacks_row(const struct check_facts *fs, const struct instance *in)
{
	struct ratio gap;
	int64_t fen;

	if (!runs_down(in) || !in->anchor->table ||
	    !side_subtract(&in->left, &in->right, &gap) ||
	    !ratio_round(gap, facts_scale(in->unit), &fen) || fen <= 0)
		return false;
	for (size_t i = 0; i < fs->n; i++)
		if (fs->list[i] != in->anchor && fs->list[i]->f.value == fen &&
		    facts_same_row(fs->list[i], in->anchor))
			return true;
	return false;
}

/* The share of a thing in itself. */
static bool is_bare_share(const struct check_fact *f)
{
	const struct coordinates *k = &f->f.at;

	if (f->f.whole.n && !str_starts(f->f.whole, k->item))
		return false;
	return k->kind == KIND_SHARE && !k->fund.n && !k->function.n &&
	       !k->economic.n && !k->nature.n &&
	       str_find(k->item, STR(".")) == SIZE_MAX;
}

static bool is_one_row(const struct check_fact **facts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!facts_same_row(facts[0], facts[i]))
			return false;
	return true;
}

static enum trust trust_identity(const struct check_facts *fs,
				 const struct instance *in)
{
	const struct check_fact **facts = in->facts;
	size_t n = in->n_facts;
	bool near = in->reach < LIST_ANYWHERE, disputed = false;
	struct ratio gap;
	int64_t fen = 0;

	if (in->misread || lacks_row(fs, in))
		return TRUST_LITTLE;
	if (in->unit != UNIT_FEN ||
	    !side_subtract(&in->left, &in->right, &gap) ||
	    !ratio_round(gap, 1, &fen))
		fen = 0;
	if (is_one_row(facts, n))
		return is_stated(fs, in->anchor, fen, is_beside) ? TRUST_LITTLE
								 : TRUST_FULL;
	for (size_t i = 0; i < n; i++) {
		if (facts[i]->split && !(in->proven && runs_down(in)))
			return TRUST_NONE;
		disputed = disputed || facts[i]->values > 1;
		if (facts_distance(in->anchor, facts[i]) > 1)
			near = false;
	}
	if (disputed || (!near && !in->rule->wide) ||
	    (in->n_wholes && in->guessed) || is_bare_share(in->anchor) ||
	    has_stranger(in))
		return TRUST_LITTLE;
	if (is_balance(fs, in->anchor, fen))
		return TRUST_LITTLE;
	return same_order(in) ? TRUST_FULL : TRUST_LITTLE;
}

/* Doubts of the parser that are about a whole table or its rows. */
static const struct {
	struct str words; /* that the doubt begins with */
	bool table;       /* nothing to facts of one table */
} DOUBTS[] = {
	{STR_INIT("the table states no unit"), true},
	{STR_INIT("stands more than once in its table"), false},
	{STR_INIT("a part by government class"), false},
	{STR_INIT("class "), false},
};

static bool is_one_table(const struct check_fact **facts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!facts[i]->table || facts[i]->table != facts[0]->table)
			return false;
	return true;
}

const struct check_fact *trust_doubt(const struct instance *in)
{
	const struct check_fact **facts = in->facts;
	size_t n = in->n_facts;
	bool row = is_one_row(facts, n), table = is_one_table(facts, n);

	for (size_t i = 0; i < n; i++) {
		const struct bud_fact *f = &facts[i]->f;
		bool matters = f->doubt.n && !facts_is_namesake(f);

		for (size_t k = 0; k < sizeof DOUBTS / sizeof *DOUBTS; k++)
			if (str_starts(f->doubt, DOUBTS[k].words))
				matters = DOUBTS[k].table
						  ? !table
						  : !row && !(table && in->proven &&
							      runs_down(in));
		if (matters || f->approx)
			return facts[i];
	}
	return NULL;
}

enum trust trust_failure(const struct check_facts *fs,
			 const struct instance *in)
{
	if (in->form->relation == RELATION_AGREE)
		return trust_agreement(fs, in);
	if (in->form->relation == RELATION_WITHIN)
		return in->misread ? TRUST_LITTLE : TRUST_FULL;
	return trust_identity(fs, in);
}
