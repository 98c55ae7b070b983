/*
 * What a phrase leaves unsaid is taken from what was said: the head of the
 * list, the thing named last, the topic, the headings; in the order in which a
 * reader would look for it. Where nothing fits, the amount is a residue: a
 * wrong fact is worse.
 */
#include "extract/narrative.h"

#include "extract/sides.h"

/* Does the surrounding list speak of economic classes? */
static bool in_economic_list(const struct narrative *n)
{
	const struct frame *f = open_frame(n);

	if (f && f->head.n && (f->head.at[0].economic.n ||
			       str_starts(f->head.at[0].nature, STR("basic"))))
		return true;
	if (n->economic_list)
		return true;
	return scope_is_economic(&n->scope) ||
	       str_starts(scope_subject(&n->scope)->nature, STR("basic"));
}

static struct str class_parent(const struct narrative *n)
{
	const struct frame *f = open_frame(n);
	struct str heading = scope_subject(&n->scope)->function;

	if (f && f->head.n && f->head.at[0].function.n)
		return f->head.at[0].function;
	if (n->last.n && n->last.at[0].function.n)
		return str_slice(n->last.at[0].function, 0, 5);
	return heading;
}

/* A part of the budget (class, nature) takes the rest from its whole. */
static void inherit_whole(struct coordinates *c, const struct coordinates *w)
{
	if (!c->year)
		c->year = w->year;
	if (!c->phase)
		c->phase = w->phase;
	inherit(&c->fund, w->fund);
	inherit(&c->function, w->function);
	if (c->economic.n)
		inherit(&c->nature, w->nature);
	else if (!c->function.n || str_equal(c->function, w->function))
		inherit(&c->economic, w->economic);
}

/* The whole that a part without fund of its own belongs to. */
const struct coordinates *resolve_whole(const struct narrative *n,
					struct str item, bool economic)
{
	const struct coordinates *w = NULL;

	if (n->mode == MODE_REASON)
		w = same_side(&n->reason_of, item);
	/* 基本支出X，主要用于工资福利支出A */
	if (n->mode == MODE_PURPOSE && economic && n->last.n &&
	    n->last.at[0].nature.n)
		w = same_side(&n->last, item);
	/* 基本支出X（工资福利支出A） */
	if (!w && n->parens && economic && n->outside.n &&
	    n->outside.at[0].nature.n)
		w = same_side(&n->outside, item);
	for (size_t k = n->n_frames; k-- > 0 && !w;)
		w = same_side(&n->frames[k].head, item);
	if (!w)
		w = same_side(&n->head, item);
	return w;
}

/* Items other than the two sides stand alone; a part by economic class of
 * one keeps its item. */
static void complete_memo(const struct narrative *n, struct coordinates *c,
			  const struct subject *s, struct str *scope)
{
	const struct frame *f = open_frame(n);

	if (s->fund.n)
		*scope = s->fund;
	c->fund = c->function = c->nature = (struct str){NULL, 0};
	if (s->stock && n->date) {
		if (!c->year)
			c->year = n->date;
		c->phase = PHASE_EXECUTED;
	} else if (f && f->head.n && !side_of(f->head.at[0].item)) {
		if (!c->year)
			c->year = f->head.at[0].year;
		if (!c->phase)
			c->phase = f->head.at[0].phase;
	}
}

/* The whole of that side that the paragraph stated last. */
static const struct coordinates *whole_before(const struct narrative *n,
					      struct str item)
{
	const struct bud_fact *facts = n->x->out->facts;

	for (size_t k = n->x->out->n_facts; k-- > n->paragraph_fact;) {
		const struct coordinates *c = &facts[k].at;

		if (c->kind == KIND_LEVEL && side_of(c->item) == side_of(item) &&
		    !is_balance(c->item) && !c->function.n && !c->economic.n &&
		    !c->nature.n)
			return c;
	}
	return NULL;
}

/* 政府性基金预算财政拨款年初结转和结余W，收入X，支出Y，年末结转和结余Z: all
 * that follows such a balance in its sentence is of its fund. */
static struct str fund_of_flows(const struct narrative *n)
{
	const struct bud_fact *first;

	if (!n->last.n || n->last.fact < n->sentence_fact ||
	    n->sentence_fact >= n->x->out->n_facts)
		return (struct str){NULL, 0};
	first = &n->x->out->facts[n->sentence_fact];
	if (first->at.kind != KIND_LEVEL ||
	    !str_equal(first->at.item, STR("carryover_in")) ||
	    !str_equal(first->at.fund, n->last.at[0].fund))
		return (struct str){NULL, 0};
	return first->at.fund;
}

/* 收入, 支出, 支出决算: the whole named before, or a new one. */
static void complete_generic(const struct narrative *n, struct coordinates *c,
			     const struct subject *s, bool level)
{
	const struct subject *heading = scope_subject(&n->scope);
	const struct frame *f = open_frame(n);
	const struct coordinates *w = NULL;
	bool part;

	if (f && !f->keep && !level)
		w = same_side(&f->head, c->item);
	/* 其中：行政运行（项）年初预算为A，支出决算为B */
	part = n->last.n && f && n->last.fact >= f->parts &&
	       (n->last.at[0].function.n || n->last.at[0].economic.n ||
		n->last.at[0].nature.n);
	if (!w && (!f || f->keep || (part && s->phase)) && n->last.n &&
	    n->last.fact >= n->sentence_fact && (!level || s->phase))
		w = same_side(&n->last, c->item);
	if (!w && !level)
		w = same_side(&n->head, c->item);
	if (w && level && w->phase == (s->phase ? s->phase : w->phase) &&
	    (!s->year || s->year == w->year))
		w = NULL; /* the same again: a thing of its own */
	if (!w && !level && s->n_items > 1)
		w = whole_before(n, c->item);
	if (w) {
		enum phase phase = c->phase;
		int year = c->year;

		*c = *w;
		if (phase)
			c->phase = phase;
		if (year)
			c->year = year;
		return;
	}
	/* 一般公共预算财政拨款本年收入X；本年支出Y */
	if (level && s->whole_year && n->last.n && n->last.whole_year &&
	    n->last.fact >= n->sentence_fact &&
	    side_of(n->last.at[0].item) != side_of(c->item))
		inherit(&c->fund, n->last.at[0].fund);
	/* 一般公共预算财政拨款收入X，支出Y */
	if (level && !f && !s->whole_year && n->last.n && !n->np.dirty &&
	    n->last.fact >= n->sentence_fact &&
	    n->last.fact + n->last.n == n->clause_fact &&
	    side_of(n->last.at[0].item) &&
	    side_of(n->last.at[0].item) != side_of(c->item))
		inherit(&c->fund, n->last.at[0].fund);
	if (level && !f && !n->np.dirty)
		inherit(&c->fund, fund_of_flows(n));
	/* 财政拨款收入X，其中：本年收入Y */
	if (f && level && same_side(&f->head, c->item))
		inherit(&c->fund, same_side(&f->head, c->item)->fund);
	if (!subject_is_memo(heading))
		inherit(&c->fund, heading->fund);
	if (level && !s->whole_year && heading->function.n)
		inherit(&c->function, heading->function);
}

/*
 * 财政拨款收入总预算X；支出总预算Y, and totals under a heading on the money of
 * one source: they are of that source too.
 */
static struct str fund_of_total(const struct narrative *n, struct str item,
				bool level)
{
	const struct coordinates *last = &n->last.at[0];
	const struct subject *heading = scope_subject(&n->scope);

	if (n->last.n && n->last.fact >= n->sentence_fact &&
	    is_total(last->item) && side_of(last->item) != side_of(item))
		return last->fund;
	/* 与2021年相比，收、支总计各增加Z: the same totals again */
	if (!level && n->last.fact >= n->paragraph_fact &&
	    same_side(&n->last, item))
		last = same_side(&n->last, item);
	if (!level && n->last.n && n->last.fact >= n->paragraph_fact &&
	    str_equal(last->item, item))
		return last->fund;
	for (size_t k = n->n_frames; k-- > 0;) {
		const struct coordinates *head = &n->frames[k].head.at[0];

		if (is_total(head->item) && side_of(head->item) != side_of(item))
			return head->fund;
		if (side_of(head->item))
			return (struct str){NULL, 0};
	}
	return subject_is_memo(heading) ? (struct str){NULL, 0}
					 : heading->fund;
}

/* The item of a list by economic class: the operating cost, or expenditure;
 * NULL where it is none. */
static const struct str *item_of_classes(const struct narrative *n)
{
	const struct frame *f = open_frame(n);
	const struct coordinates *head = NULL;

	if (f && f->head.n)
		head = &f->head.at[0];
	else if (n->mode == MODE_PURPOSE && n->last.n)
		head = &n->last.at[0];
	if (head && (str_equal(head->item, STR("operating_cost")) ||
		     (f && str_equal(head->item, EXPENDITURE) &&
		      (head->economic.n ||
		       str_starts(head->nature, STR("basic"))))))
		return &head->item;
	return NULL;
}

/* The class that a name stands for here. */
static void decide_class(const struct narrative *n, struct subject *s)
{
	const struct str *item;

	if (s->own)
		s->class_term = NULL;
	if (s->own || (!s->class_term && s->economic.n != 5))
		return; /* as nearly all: it is decided */
	item = item_of_classes(n);
	if (item && ((s->class_term && s->class_term->n_economics) ||
		       (s->economic.n == 5 && s->n_items == 1 &&
			str_equal(s->items[0], EXPENDITURE)))) {
		/* 机关运行经费X，其中：办公费Y; 公用经费X，其中：公务接待费Y */
		s->why = (struct str){NULL, 0};
		subject_set_item(s, item);
		s->count = false;
		subject_count_noun(s);
		subject_decide_class(s, class_parent(n), true, n->x->year);
	}
	subject_decide_class(s, class_parent(n), in_economic_list(n),
			     n->x->year);
}

/* Completes one item of a subject: the next coordinates of out. */
static void complete_item(const struct narrative *n, const struct subject *s,
			  size_t i, bool level, struct mention *out)
{
	const struct subject *heading = scope_subject(&n->scope);
	bool memo = n->scope.memo;
	struct coordinates *c = &out->at[out->n];
	const struct coordinates *w;

	out->count[out->n++] = s->count;
	*c = (struct coordinates){.item = s->items[i],
				  .fund = s->fund,
				  .function = s->function,
				  .economic = s->economic,
				  .nature = s->nature,
				  .phase = s->phase,
				  .year = s->year};

	/* 收入X，其中：A，结转结余Y */
	if (s->either && open_frame(n) &&
	    same_side(&open_frame(n)->head, REVENUE))
		c->item = STR("carryover_in");
	if (s->total)
		c->item = with_total(c->item);
	if (!side_of(c->item)) {
		complete_memo(n, c, s, &out->scope);
	} else if (is_part(s)) {
		w = resolve_whole(n, c->item, c->economic.n > 0);
		if (w)
			inherit_whole(c, w);
		else if (!memo)
			inherit(&c->fund, heading->fund);
	} else if (s->generic && !s->fund.n && !s->total) {
		complete_generic(n, c, s, level);
	} else if (!s->phase || !s->year) {
		w = n->n_frames ? same_side(&open_frame(n)->head, c->item)
				: NULL;
		if (w && !c->phase)
			c->phase = w->phase;
		if (w && !c->year)
			c->year = w->year;
		if (w && is_balance(c->item))
			inherit(&c->fund, w->fund);
	}
	/* 财政拨款收入X（上年结转Y） */
	if (is_balance(c->item) && n->parens && n->outside.n &&
	    same_side(&n->outside, c->item))
		inherit(&c->fund, same_side(&n->outside, c->item)->fund);
	if (is_total(c->item) && !is_part(s))
		inherit(&c->fund, fund_of_total(n, c->item, level));
	/* the head turned out to be the total */
	w = !level && !s->whole_year ? same_side(&n->made, c->item) : NULL;
	if (w && str_equal(with_total(c->item), w->item) &&
	    str_equal(c->fund, w->fund) && !is_part(s))
		c->item = w->item;
	if (is_balance(c->item) && level && !open_frame(n))
		inherit(&c->fund, fund_of_flows(n));
	if (is_balance(c->item) && !memo)
		inherit(&c->fund, heading->fund);
}

/* What is said without a phase is of the document's, or of its section's. */
static enum phase default_phase(const struct narrative *n)
{
	return scope_executed(&n->scope) ? PHASE_EXECUTED : n->x->phase;
}

/* Completes one subject, which it may change; false: no coordinate. */
static bool complete(const struct narrative *n, struct subject *s, bool level,
		     struct mention *out, struct str *why)
{
	const struct scope_heading *own = scope_at(&n->scope, n->level);

	decide_class(n, s);
	*why = s->why.n ? s->why : STR("no_item");
	if (s->why.n || !resolve_place(n, s))
		return false;
	/* 公务接待3批，支出0.29万元 */
	if (!s->fund.n && n->last.n && level && !is_part(s) &&
	    (s->generic || (n->last.count[0] && s->n_items == 1 &&
			   is_total(s->items[0]))) &&
	    n->last.fact >= n->sentence_fact &&
	    !side_of(n->last.at[0].item)) {
		s->n_items = 0;
		if (!s->phase)
			s->phase = default_phase(n) == PHASE_EXECUTED
					  ? PHASE_EXECUTED
					  : n->last.at[0].phase;
	}
	/* 三、公务接待费。2018年度支出X: the heading's */
	if (s->generic && !s->fund.n && !is_part(s) && level &&
	    n->x->out->n_facts == n->paragraph_fact &&
	    n->level < OUTLINE_LEVELS && own && own->subject.n_items == 1 &&
	    subject_is_memo(&own->subject)) {
		subject_set_item(s, own->subject.items);
		s->generic = false;
	}
	/* “三公”经费X（其中：一般公共预算支出Y）: memo items carry no fund */
	if (open_frame(n) && open_frame(n)->head.n && s->fund.n &&
	    !open_frame(n)->keep && !side_of(open_frame(n)->head.at[0].item) &&
	    !is_part(s) && s->n_items == 1 &&
	    (s->generic || str_equal(s->items[0], EXPENDITURE))) {
		*why = STR("memo_fund");
		return false;
	}
	/* 公务用车购置及运行费。…与上年相比，支出持平 */
	if (s->generic && !s->fund.n && !s->phase && !level && n->last.n &&
	    n->last.fact >= n->paragraph_fact && !is_part(s) &&
	    !side_of(n->last.at[0].item) && !n->last.count[0])
		s->n_items = 0;
	if (!s->n_items && !is_part(s))
		return resolve_bare(n, s, level, out) && out->n > 0;
	for (size_t i = 0; i < s->n_items && out->n < MAX_ALTERNATIVES; i++)
		complete_item(n, s, i, level, out);
	return out->n > 0;
}

/* What no phrase said: the document's year and phase. */
static void complete_time(const struct narrative *n, struct mention *m)
{
	const struct scope_heading *h = scope_executed(&n->scope);
	int year = n->parens && n->paren_year ? n->paren_year
		   : h && h->year	      ? h->year
					      : n->x->year;
	enum phase phase = default_phase(n);

	for (size_t i = 0; i < m->n; i++) {
		struct coordinates *c = &m->at[i];

		if (!c->year)
			c->year = year;
		if (!c->phase)
			c->phase = phase;
	}
}

/* 2021、2022年…: the thing named, once for each year, the earlier first. */
static void add_other_year(const struct narrative *n, struct mention *m)
{
	size_t k = m->n;

	if (2 * k > MAX_ALTERNATIVES || (!n->respectively && !n->none))
		return;
	for (size_t i = 0; i < k; i++) {
		m->at[k + i] = m->at[i];
		m->count[k + i] = m->count[i];
		m->at[i].year = n->other_year;
	}
	m->n = 2 * k;
}

bool resolve_subjects(struct narrative *n, bool level, struct mention *out,
		      struct str *why)
{
	const struct subject *s = &n->np.subject;
	bool plain_topic = !subject_is_empty(&n->topic);
	struct subject joined;

	mention_begin(out);
	*why = STR("no_item");
	for (size_t i = 0; i < n->n_alts; i++) {
		struct subject alt = n->alts[i];

		/* 政府性基金预算、国有资本经营预算支出: 支出 is both's */
		if (!alt.n_items && alt.fund.n && !is_part(&alt)) {
			alt.n_items = s->n_items;
			alt.items = s->items;
		}
		if (!complete(n, &alt, level, out, why))
			return false;
	}
	joined = *s;
	/* 公务接待费，2023年预算5万元: the words before the comma name it */
	if (plain_topic && !s->n_items && !is_part(s) && !s->class_term &&
	    !s->why.n && !s->equipment && !n->of_which &&
	    !(n->topic.count && n->last.n && n->last.fact > n->topic_fact) &&
	    !(s->fund.n && subject_is_memo(&n->topic))) {
		struct subject t = n->topic;

		if (s->phase)
			t.phase = s->phase;
		if (s->year)
			t.year = s->year;
		if (s->fund.n && !subject_is_memo(&t))
			t.fund = s->fund;
		t.total |= s->total;
		joined = t;
	}
	/* 机关运行经费：支出决算X; 差旅费：支出Y */
	if (s->generic && !s->fund.n && !is_part(s) && !n->of_which &&
	    !n->n_alts &&
	    (subject_is_memo(&n->topic) || n->topic.why.n)) {
		joined = n->topic;
		joined.phase = s->phase ? s->phase : joined.phase;
		joined.year = s->year ? s->year : joined.year;
	}
	/* 由中小企业供应商中标或成交的，采购金额X */
	if (s->n_items == 1 && n->topic.n_items == 1 && !n->of_which &&
	    str_starts(n->topic.items[0], s->items[0]) &&
	    n->topic.items[0].n > s->items[0].n &&
	    n->topic.items[0].p[s->items[0].n] == '.') {
		joined.items = n->topic.items;
		if (!joined.phase)
			joined.phase = n->topic.phase;
	}
	if (!subject_is_empty(&joined)) {
		if (!complete(n, &joined, level, out, why))
			return false;
	} else if (!n->n_alts) {
		if (level && n->np.filler == false && !n->each)
			return false;
		if (!complete(n, &joined, level, out, why))
			return false;
	}
	if (level && n->other_year)
		add_other_year(n, out);
	complete_time(n, out);
	out->whole_year = s->whole_year;
	return out->n > 0;
}
