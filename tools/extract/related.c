/*
 * Changes, growths, shares and completions: which of the things named an
 * amount of that kind belongs to.
 */
#include "extract/emit.h"

#include <stdlib.h>

#include "base/decimal.h"

/* How many amounts of one unit stand in a row from token i on. */
static size_t count_row(const struct narrative *n, size_t i)
{
	const struct token *t = n->list.t;
	enum unit unit = t[i].unit;
	size_t count = 0;

	for (; i < n->list.n; i++) {
		if (t[i].kind == TOKEN_AMOUNT && t[i].unit == unit)
			count++;
		else if (t[i].kind == TOKEN_TERM
				 ? t[i].term->class != TERM_VERSUS &&
					   t[i].term->class != TERM_UP &&
					   t[i].term->class != TERM_DOWN &&
					   t[i].term->class != TERM_FILLER
				 : t[i].kind != TOKEN_PUNCT ||
					   (t[i].punct != 0x3001 &&
					    t[i].punct != ','))
			break;
	}
	return count;
}

/*
 * 基本支出A、项目支出B，分别占X和Y: the levels that the sentence stated last,
 * one for each amount of the row.
 */
static bool gather_respective(struct narrative *n, struct mention *m)
{
	const struct bud_fact *facts = n->x->out->facts;
	size_t first = n->n_frames ? n->frames[n->n_frames - 1].parts
				   : n->sentence_fact;
	size_t row = count_row(n, n->i), k = emit_next_fact(n);
	enum kind kind = k > first && facts[k - 1].at.kind == KIND_CHANGE
				 ? KIND_CHANGE
				 : KIND_LEVEL;

	if (n->respectively == 1) {
		n->row.n = 0;
		while (row <= MAX_ALTERNATIVES && k-- > first &&
		       n->row.n < row)
			if (facts[k].at.kind == kind)
				n->row.at[row - ++n->row.n] = facts[k].at;
		if (row < 2 || n->row.n != row)
			n->row.n = 0;
	}
	k = n->respectively - 1;
	if (k >= n->row.n)
		return false;
	mention_copy(m, &n->last);
	m->at[0] = n->row.at[k];
	m->n = 1;
	n->respectively++;
	return true;
}

/* 收入总计X，支出总计X，各增长4.1%: all wholes that the sentence named. */
static void gather_each(struct narrative *n, struct mention *m)
{
	const struct bud_fact *facts = n->x->out->facts;

	enum kind kind = KIND_CHANGE;

	m->n = 0;
	for (size_t k = n->sentence_fact; k < emit_next_fact(n); k++)
		if (facts[k].at.kind == KIND_LEVEL)
			kind = KIND_LEVEL;
	for (size_t k = n->sentence_fact;
	     k < emit_next_fact(n) && m->n < MAX_ALTERNATIVES; k++) {
		if (facts[k].at.kind != kind || facts[k].origin != ORIGIN_TEXT)
			continue;
		m->at[m->n] = facts[k].at;
		m->count[m->n++] = facts[k].unit == UNIT_COUNT;
	}
}

/* Would a change by t make the growth by rate of what the mention states? */
static bool rate_fits(const struct narrative *n, const struct mention *m,
		      int64_t change, const struct token *rate)
{
	const struct bud_fact *f = &n->x->out->facts[m->fact];
	int64_t growth;

	if (m->fact >= emit_next_fact(n) || f->at.kind != KIND_LEVEL ||
	    f->value <= change ||
	    !decimal_muldiv(change, 1000000, f->value - change, &growth))
		return false;
	return llabs(growth - llabs(rate->value) * (change < 0 ? -1 : 1)) <=
	       rate->quantum;
}

/*
 * 收入X，其中：A、B，较上年增加Y，增长Z%: of B, or of the whole? Where the rate
 * that follows fits one of them and not the one named last, it says so.
 */
static void choose_by_rate(const struct narrative *n, const struct token *t,
			   struct mention *m)
{
	const struct token *rate = NULL;
	int64_t change = n->relation == RELATION_DOWN ? -t->value : t->value;

	for (size_t k = n->i + 1; k < n->list.n && k < n->i + 4; k++)
		if (n->list.t[k].kind == TOKEN_AMOUNT) {
			rate = &n->list.t[k];
			break;
		}
	if (!rate || !change || rate->unit != UNIT_PPM || t->unit != UNIT_FEN ||
	    rate_fits(n, m, change, rate))
		return;
	for (size_t k = n->n_frames; k-- > 0;)
		if (rate_fits(n, &n->frames[k].head, change, rate)) {
			mention_copy(m, &n->frames[k].head);
			return;
		}
}

/*
 * X元，包括A元、B元、C元，较上年增加Y: behind parts that 、 joins, of the whole.
 */
static void choose_by_list(const struct narrative *n, struct mention *m)
{
	const struct frame *f = &n->frames[n->n_frames - 1];
	size_t amounts = 0;
	bool joined = false;

	if (m->fact != n->last.fact || m->fact <= f->parts || !f->head.n ||
	    n->clause_fact != n->x->out->n_facts)
		return;
	for (size_t k = n->i; k-- > 0;) {
		const struct token *t = &n->list.t[k];

		if (t->kind == TOKEN_AMOUNT && ++amounts == 2)
			break;
		if (t->kind == TOKEN_PUNCT && amounts && t->punct != 0x3001)
			return;
		joined |= t->kind == TOKEN_PUNCT && amounts;
	}
	if (amounts == 2 && joined)
		mention_copy(m, &f->head);
}

/* Does a clause that begins with its comparator say again why? */
static bool is_explained_next(const struct narrative *n)
{
	const struct token *t = n->list.t;

	return n->i + 2 < n->list.n && t[n->i + 1].kind == TOKEN_PUNCT &&
	       t[n->i + 2].kind == TOKEN_TERM &&
	       t[n->i + 2].term->class == TERM_REASON;
}

static bool holds_amount_since(const struct narrative *n, size_t start)
{
	for (size_t k = n->i; k-- > 0 && n->list.t[k].start >= start;)
		if (n->list.t[k].kind == TOKEN_AMOUNT)
			return true;
	return false;
}

static bool begins_with_comparator(const struct narrative *n)
{
	size_t k = n->i;

	while (k && n->list.t[k - 1].start >= n->np.words_start)
		k--;
	return n->list.t[k].kind == TOKEN_TERM &&
	       (n->list.t[k].term->class == TERM_VERSUS ||
		n->list.t[k].term->class == TERM_YOY);
}

/*
 * 决算数小于预算数的主要原因是…，与上年相比减少X，下降Y%: the reason is over
 * where the change fits the thing that it explained.
 */
static bool is_reason_over(const struct narrative *n, const struct token *t)
{
	int64_t change = n->relation == RELATION_DOWN ? -t->value : t->value;
	const struct token *rate = &n->list.t[n->i + 1];

	if (!n->reason_of.n || !n->versus_clause || !begins_with_comparator(n))
		return false;
	if (subject_is_empty(&n->topic) && is_explained_next(n) &&
	    !holds_amount_since(n, n->reason_start))
		return true;
	for (size_t k = n->i + 1; k < n->list.n && k < n->i + 4; k++, rate++)
		if (rate->kind == TOKEN_AMOUNT)
			return rate->unit == UNIT_PPM && t->unit == UNIT_FEN &&
			       rate_fits(n, &n->reason_of, change, rate);
	return false;
}

/* 批次减少8批、人数减少61人次: the other count of what was counted. */
static bool counts_the_same(const struct narrative *n, const struct token *t)
{
	const struct bud_fact *f;

	if (!emit_next_fact(n))
		return false;
	f = &n->x->out->facts[emit_next_fact(n) - 1];
	return t->unit == UNIT_COUNT && f->unit == UNIT_COUNT &&
	       f->at.kind == KIND_CHANGE && n->i &&
	       (size_t)f->span_start >= n->reason_start &&
	       !n->np.dirty && n->last.count[0];
}

static bool says_sum_before(const struct narrative *n)
{
	static const char *const WORDS[] = {"合计", "共计", "共", "合共", "总计",
					    "总共"};
	size_t k = n->i;

	while (k && n->list.t[k - 1].kind == TOKEN_TERM &&
	       n->list.t[k - 1].term->class != TERM_SHARE)
		k--;
	if (k < 2 || n->list.t[k - 1].kind != TOKEN_TERM ||
	    !subject_is_empty(&n->np.subject) || n->n_alts)
		return false;
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if (n->list.t[k - 2].kind == TOKEN_TERM &&
		    str_equal(n->list.t[k - 2].term->text, str_of(WORDS[i])))
			return true;
	return false;
}

/* A reason may be over, or name what changes. */
static void weigh_reason(struct narrative *n, const struct token *t,
			 enum kind kind)
{
	bool ratio = kind == KIND_SHARE || kind == KIND_COMPLETION;

	if (n->mode != MODE_REASON || !subject_is_empty(&n->np.subject))
		return;
	if (kind == KIND_CHANGE && is_reason_over(n, t)) {
		resolve_reason(n, n->np.words_start);
		n->mode = MODE_PLAIN;
		mention_copy(&n->last, &n->reason_of);
		n->topic = subject_none;
	} else if ((n->versus_clause && kind == KIND_CHANGE) ||
		   (n->topic_clean && n->topic_fact == emit_next_fact(n) &&
		    !ratio)) {
		n->np.subject = n->topic;
	}
}

/* Does an amount that nothing names belong to unknown words? */
static bool is_anothers(struct narrative *n, const struct token *t,
			enum kind kind)
{
	if (n->np.dirty && (n->mode != MODE_PLAIN || n->listing) &&
	    (kind == KIND_CHANGE ||
	     (kind == KIND_GROWTH && !n->versus_clause &&
	      (n->mode == MODE_REASON || n->listing))))
		return true;
	/* 新增停车位420个，比上年增加15%: of what has no name */
	if (!(n->np.dirty && t->unit == UNIT_COUNT) &&
	    !(n->unnamed && n->last.n && n->last.fact < n->sentence_fact))
		return false;
	n->unnamed = true;
	return true;
}

/* What was named last, or what the amount shows to be meant instead. */
static void take_last(struct narrative *n, const struct token *t,
		      enum kind kind, struct mention *m)
{
	mention_copy(m, &n->last);
	if (kind == KIND_CHANGE && n->n_frames && m->n == 1) {
		choose_by_rate(n, t, m);
		choose_by_list(n, m);
		mention_copy(&n->last, m);
	}
	if (!n->each || m->n != 1)
		return;
	m->fact = n->sentence_fact;
	gather_each(n, m);
	if (m->n)
		mention_copy(&n->last, m);
	else
		mention_copy(m, &n->last);
}

void emit_related(struct narrative *n, const struct token *t, enum kind kind)
{
	struct mention m;
	struct str why = STR("no_item");
	bool named;
	bool ratio = kind == KIND_SHARE || kind == KIND_COMPLETION;

	if (n->poison.n) {
		emit_residue(n, t, n->poison);
		return;
	}
	weigh_reason(n, t, kind);
	/* A、B，合计占X%: the sum has no coordinate */
	if (kind == KIND_SHARE && says_sum_before(n)) {
		emit_residue(n, t, why);
		return;
	}
	if (!ratio)
		emit_take_topic(n);
	named = !subject_is_empty(&n->np.subject) || n->n_alts;
	if (ratio && n->relation == RELATION_LEVEL)
		named = false; /* the phrase is the base */
	if (!named && is_anothers(n, t, kind)) {
		emit_residue(n, t, emit_why_unsure(n));
		return;
	}
	if (!named && n->respectively && n->last.n) {
		if (!gather_respective(n, &m)) {
			emit_residue(n, t, why);
			return;
		}
	} else if (!named && n->last.n) {
		take_last(n, t, kind, &m);
	} else if ((named && !emit_is_sure(n, false)) ||
		   (!named && n->unnamed) ||
		   !resolve_subjects(n, false, &m, &why)) {
		emit_residue(n, t, named ? emit_why_unsure(n) : why);
		return;
	}
	if (kind == KIND_CHANGE && !emit_fits_unit(t, &m)) {
		emit_residue(n, t, n->mode == MODE_REASON ? STR("reason") : why);
		return;
	}
	if (n->mode == MODE_REASON && !named && kind == KIND_CHANGE &&
	    !counts_the_same(n, t)) {
		emit_residue(n, t, STR("reason"));
		return;
	}
	/* 预算执行率98.6% below a heading on performance: of no projects */
	if (kind == KIND_COMPLETION &&
	    str_equal(m.at[0].item, STR("performance.projects"))) {
		emit_residue(n, t, STR("no_item"));
		return;
	}
	if (named && n->respectively && m.n > 1 &&
	    !emit_pick_respective(n, &m)) {
		emit_residue(n, t, why);
		return;
	}
	if (named) {
		m.fact = emit_next_fact(n);
		mention_copy(&n->last, &m);
	}
	if (ratio)
		emit_ratio(n, t, kind, &m);
	else
		emit_change(n, t, kind, &m);
}
