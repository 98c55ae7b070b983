/*
 * An amount and its surroundings → facts or a residue: what kind of fact it
 * is, whether the words around name it surely enough, and its coordinates.
 */
#include "extract/narrative.h"

static struct place place_of(const struct narrative *n, size_t start,
			     size_t end)
{
	return (struct place){.start = start,
			      .end = end,
			      .page = n->page,
			      .line = n->line,
			      .quote_start = n->np.words_start < start
						     ? n->np.words_start
						     : start,
			      .quote_end = end};
}

static void residue(struct narrative *n, const struct token *t, struct str why)
{
	struct place p = place_of(n, t->start, t->end);

	extract_add_residue(n->x, &p, t->value, t->unit, t->quantum, why);
}

/* Where a new fact's index will be. */
static size_t next_fact(const struct narrative *n)
{
	return n->x->out->n_facts;
}

static struct bud_fact *add(struct narrative *n, const struct token *t,
			    const struct coordinates *at, enum kind kind,
			    int64_t value)
{
	struct place p = place_of(n, t->start, t->end);
	struct bud_fact *f = extract_add_fact(n->x, &p);

	f->at = *at;
	f->at.kind = kind;
	f->value = value;
	f->unit = t->unit;
	f->quantum = t->quantum;
	f->approx = t->approx;
	if (t->approx)
		f->quantum *= 10;
	if (t->malformed)
		f->doubt = STR("malformed");
	f->origin = ORIGIN_TEXT;
	return f;
}

/* ---- which kind ---------------------------------------------------------- */

static bool is_bare(const struct subject *s)
{
	return !s->n_items && !s->function.n && !s->economic.n &&
	       !s->nature.n && !s->fund.n && !s->class_term && !s->why.n;
}

/* 为年初预算的95.84%, 占预算的…: a base and no thing is a completion. */
static bool is_completion(const struct narrative *n)
{
	const struct subject *base =
		n->relation == RELATION_LEVEL ? &n->np.subject : &n->whole;

	return n->last.n && base->phase &&
	       (is_bare(base) ||
		(base->generic && n->relation != RELATION_SHARE)) &&
	       n->relation != RELATION_UP && n->relation != RELATION_DOWN;
}

/* The kind of a percentage, or false: no relation was said. */
static bool percent_kind(const struct narrative *n, const struct token *t,
			 enum kind *kind)
{
	const struct bud_fact *last;

	switch (n->relation) {
	case RELATION_UP:
	case RELATION_DOWN:
		*kind = KIND_GROWTH;
		return true;
	case RELATION_DONE:
		*kind = KIND_COMPLETION;
		return true;
	case RELATION_SHARE:
		*kind = is_completion(n) ? KIND_COMPLETION : KIND_SHARE;
		return true;
	default:
		break;
	}
	if (is_completion(n)) {
		*kind = KIND_COMPLETION;
		return true;
	}
	if (!next_fact(n) || n->sentence_fact == next_fact(n))
		return false;
	last = &n->x->out->facts[next_fact(n) - 1];
	if ((n->parens || t->negative) && last->at.kind == KIND_CHANGE) {
		*kind = KIND_GROWTH;
		return true;
	}
	if (n->parens && last->at.kind == KIND_LEVEL && n->n_frames) {
		*kind = KIND_SHARE;
		return true;
	}
	return false;
}

/* ---- how surely it is named ---------------------------------------------- */

static bool has_nature_or_generic(const struct subject *s)
{
	return s->generic || s->nature.n;
}

/* Unknown words beside the nouns may make them another thing's. */
static bool is_sure(const struct narrative *n, bool level)
{
	const struct phrase *p = &n->np;

	if (p->tail)
		return false;
	if (p->dirty && has_nature_or_generic(&p->subject))
		return false;
	if (p->dirty && p->subject.vague)
		return false; /* 评级为优的项目 */
	if (p->dirty && n->mode != MODE_PLAIN &&
	    n->mode != MODE_SOFT_REASON && !subject_is_memo(&p->subject))
		return false;
	if (level && subject_is_empty(&p->subject) && !n->n_alts && p->dirty)
		return false;
	return true;
}

static struct str why_unsure(const struct narrative *n)
{
	struct subject heading = scope_subject(&n->scope);

	if (n->mode == MODE_REASON)
		return STR("reason");
	if (n->mode == MODE_PURPOSE)
		return STR("project");
	if (subject_is_empty(&n->np.subject) && subject_is_memo(&heading))
		return STR("damaged");
	return STR("no_item");
}

/* ---- facts of each kind ---------------------------------------------------- */

static struct versus versus_in_force(const struct narrative *n)
{
	return n->versus.set ? n->versus : n->versus_old;
}

static void set_versus(const struct narrative *n, struct bud_fact *f)
{
	struct versus v = versus_in_force(n);

	/* 决算X，年初预算Y，比年初预算减少Z: the final account did */
	if (v.phase && v.phase == f->at.phase &&
	    (!v.year || v.year == f->at.year) && n->x->phase != v.phase)
		f->at.phase = n->x->phase;
	f->vs_phase = v.phase ? v.phase : f->at.phase;
	if (v.relative && f->at.year)
		f->vs_year = f->at.year + v.relative;
	else if (v.year)
		f->vs_year = v.year;
	else if (f->at.year)
		f->vs_year = v.phase ? f->at.year : f->at.year - 1;
	if (!v.set)
		f->doubt = STR("no_comparator");
}

/* 减少-5 is said for 减少5; 增加-5 is a decrease. */
static int64_t signed_value(const struct token *t, enum relation r)
{
	return r == RELATION_DOWN && t->value > 0 ? -t->value : t->value;
}

static void emit_change(struct narrative *n, const struct token *t,
			enum kind kind, const struct mention *m)
{
	enum relation r = n->relation == RELATION_LEVEL ? n->direction
							: n->relation;

	for (size_t i = 0; i < m->n; i++)
		set_versus(n, add(n, t, &m->at[i], kind,
				  signed_value(t, r)));
	n->direction = r;
}

static struct str whole_name(struct narrative *n)
{
	const struct coordinates *w = NULL;
	struct str words[5];
	struct str name = {NULL, 0};

	if (n->n_frames && n->frames[n->n_frames - 1].head.n)
		w = &n->frames[n->n_frames - 1].head.at[0];
	else if (n->head.n)
		w = &n->head.at[0];
	words[0] = n->whole.n_items ? n->whole.items[0]
				    : (w ? w->item : name);
	words[1] = !subject_is_empty(&n->whole) ? n->whole.fund
						: (w ? w->fund : name);
	words[2] = w && subject_is_empty(&n->whole) ? w->function : name;
	words[3] = name;
	words[4] = !subject_is_empty(&n->whole) ? n->whole.nature
						: (w ? w->nature : name);
	if (!words[0].n)
		return name;
	name = str_format(n->x->arena, "%.*s;%.*s;%.*s;%.*s;%.*s",
			  STR_ARG(words[0]), STR_ARG(words[1]),
			  STR_ARG(words[2]), STR_ARG(words[3]),
			  STR_ARG(words[4]));
	while (name.n && name.p[name.n - 1] == ';')
		name.n--;
	return name;
}

static void emit_ratio(struct narrative *n, const struct token *t,
		       enum kind kind, const struct mention *m)
{
	const struct subject *base =
		n->relation == RELATION_LEVEL ? &n->np.subject : &n->whole;

	for (size_t i = 0; i < m->n; i++) {
		struct bud_fact *f = add(n, t, &m->at[i], kind, t->value);

		if (kind == KIND_SHARE) {
			f->whole = whole_name(n);
			continue;
		}
		f->vs_phase = base->phase ? base->phase : PHASE_APPROVED;
		f->vs_year = f->at.year;
		if (f->at.phase == f->vs_phase ||
		    (f->at.phase == PHASE_APPROVED &&
		     f->vs_phase == PHASE_ADJUSTED))
			f->at.phase = PHASE_EXECUTED;
	}
}

static bool is_whole_like(const struct mention *m)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct coordinates *c = &m->at[i];

		if (c->function.n || c->economic.n || c->nature.n)
			return false;
		if (!str_starts(c->item, STR("revenue")) &&
		    !str_starts(c->item, STR("expenditure")))
			return false;
	}
	return m->n > 0;
}

/* Does the fact speak of the same thing as the coordinates, whatever kind? */
static bool same_thing(const struct coordinates *a, const struct coordinates *b)
{
	return str_equal(a->item, b->item) && str_equal(a->fund, b->fund) &&
	       str_equal(a->function, b->function) &&
	       str_equal(a->economic, b->economic) &&
	       str_equal(a->nature, b->nature);
}

/* The head, its prior level and its changes are of the total. */
static void make_total(struct narrative *n, struct mention *head,
		       struct str from, struct str to)
{
	struct bud_fact *facts = n->x->out->facts;
	struct coordinates was = head->at[0];

	if (head->n != 1 || !str_equal(was.item, from))
		return;
	for (size_t k = head->fact; k < next_fact(n); k++) {
		struct coordinates *c = &facts[k].at;

		if (!same_thing(c, &was) ||
		    (k != head->fact && c->kind == KIND_LEVEL &&
		     c->year == was.year && c->phase == was.phase))
			continue;
		c->item = to;
	}
	head->at[0].item = to;
}

/* A balance among the parts: the head is the total with balances. */
static void note_balance(struct narrative *n, const struct mention *m)
{
	struct str balance = m->at[0].item, from, to;
	size_t was = n->head.fact;
	int level = n->level;

	if (str_equal(balance, STR("carryover_in")) ||
	    str_equal(balance, STR("reserves_used"))) {
		from = STR("revenue");
		to = STR("revenue_total");
	} else if (str_equal(balance, STR("carryover_out"))) {
		from = STR("expenditure");
		to = STR("expenditure_total");
	} else {
		return;
	}
	if (n->n_frames) {
		struct frame *f = &n->frames[n->n_frames - 1];

		f->balance = true;
		make_total(n, &f->head, from, to);
		if (was == f->head.fact)
			n->head = f->head;
		return;
	}
	/* the parts stand in paragraphs of their own */
	while (level < OUTLINE_LEVELS && --level >= 0) {
		struct mention *head = &n->heads[level];

		if (!head->n || head->fact >= n->paragraph_fact ||
		    !str_equal(head->at[0].item, from))
			continue;
		make_total(n, head, from, to);
		if (was == head->fact)
			n->head = *head;
		break;
	}
}

/* Is the value stated elsewhere as a total with balances? */
static bool is_total_elsewhere(const struct narrative *n, const struct list *l,
			       const struct bud_fact *f)
{
	const struct bud_fact *facts = n->x->out->facts;

	for (size_t k = 0; k < next_fact(n); k++)
		if ((k < l->from || k >= l->to) && facts[k].at.fund.n &&
		    facts[k].value == f->value && f->value &&
		    facts[k].at.kind == KIND_LEVEL &&
		    facts[k].at.year == f->at.year &&
		    str_equal(facts[k].at.item, STR("revenue_total")))
			return true;
	return false;
}

/* All that is said of this source's revenue is of the total. */
static void make_fund_total(struct narrative *n, const struct coordinates *at)
{
	struct bud_fact *facts = n->x->out->facts;
	struct coordinates was = *at;

	if (!str_equal(was.item, STR("revenue")) || !was.fund.n)
		return;
	for (size_t k = 0; k < next_fact(n); k++)
		if (same_thing(&facts[k].at, &was) &&
		    (facts[k].at.kind != KIND_LEVEL || &facts[k].at == at))
			facts[k].at.item = STR("revenue_total");
}

void resolve_lists(struct narrative *n)
{
	struct bud_fact *facts = n->x->out->facts;

	for (size_t i = 0; i < n->n_lists; i++) {
		const struct list *l = &n->lists[i];
		bool totals = false;

		for (size_t k = l->from; k < l->to; k++)
			totals |= str_equal(facts[k].at.item, STR("revenue")) &&
				  facts[k].at.kind == KIND_LEVEL &&
				  is_total_elsewhere(n, l, &facts[k]);
		for (size_t k = l->from; k < l->to && totals; k++)
			make_fund_total(n, &facts[k].at);
	}
}

void resolve_balances_included(struct narrative *n)
{
	struct bud_fact *facts = n->x->out->facts;

	for (size_t k = 0; k < next_fact(n); k++)
		if (str_equal(facts[k].at.item, STR("revenue")) &&
		    facts[k].origin != ORIGIN_TABLE)
			facts[k].at.item = STR("revenue_total");
}

static void emit_level(struct narrative *n, const struct token *t,
		       struct mention *m)
{
	m->fact = next_fact(n);
	for (size_t i = 0; i < m->n; i++) {
		struct bud_fact *f =
			add(n, t, &m->at[i], KIND_LEVEL, t->value);

		f->scope = m->scope;
	}
	note_balance(n, m);
	n->economic_list |= m->at[0].economic.n > 0;
	if (!m->count[0])
		n->money = *m;
	if (is_whole_like(m) &&
	    (!n->n_frames || n->np.subject.total ||
	     (n->np.subject.generic && !n->np.subject.fund.n))) {
		n->head = *m;
		n->head_level = n->level < OUTLINE_LEVELS
					? n->level
					: scope_level(&n->scope);
		n->heads[n->head_level] = *m;
	}
	/* （2022年：12.00万元） is said beside */
	if (n->parens && n->last.n && is_bare(&n->np.subject))
		return;
	/* 决算X，年初预算Y，…: what follows speaks of the final account */
	if (n->last.n && n->last.fact >= n->sentence_fact &&
	    is_bare(&n->np.subject) && n->np.subject.phase &&
	    n->np.subject.phase != PHASE_EXECUTED &&
	    n->last.at[0].phase == PHASE_EXECUTED &&
	    n->last.at[0].year == m->at[0].year)
		return;
	n->last = *m;
}

/* ---- counts ------------------------------------------------------------------ */

/* The item that a count is of; replaces the items of the mention. */
static bool name_count(struct narrative *n, const struct token *t,
		       struct mention *m)
{
	struct str measure = t->measure ? t->measure->text
					: (struct str){NULL, 0};

	for (size_t i = 0; i < m->n; i++) {
		struct str item = lexicon_counted(n->x->lexicon,
						  m->at[i].item, measure);

		if (!item.n)
			return false;
		m->at[i].item = item;
		m->count[i] = t->unit == UNIT_COUNT;
		m->at[i].economic = (struct str){NULL, 0};
	}
	return m->n > 0;
}

/* 6批次、58人次: of the thing named last, else of the heading. */
static bool find_counted(struct narrative *n, const struct token *t,
			 struct mention *m)
{
	struct subject heading = scope_subject(&n->scope);
	struct str why;

	if (n->last.n) {
		*m = n->last;
		if (name_count(n, t, m))
			return true;
	}
	if (!heading.n_items)
		return false;
	n->np.subject = heading;
	return resolve_subjects(n, true, m, &why) && name_count(n, t, m);
}

static bool fits_unit(struct narrative *n, const struct token *t,
		      struct mention *m)
{
	if (t->unit == UNIT_COUNT)
		return name_count(n, t, m);
	/* 绩效目标7个，金额222.5万元: money of what was counted */
	for (size_t i = 0; i < m->n; i++) {
		struct str item = {NULL, 0};

		if (t->measure)
			item = lexicon_counted(n->x->lexicon, m->at[i].item,
					       t->measure->text);
		if (item.n)
			m->at[i].item = item;
		else if (m->count[i])
			return false;
		m->count[i] = false;
	}
	return true;
}

/* ---- the amount ---------------------------------------------------------------- */

/* Residues that the surroundings decide, before any word is weighed. */
static bool decide_by_place(struct narrative *n, const struct token *t)
{
	struct str why = {NULL, 0};

	if (n->kind == SECTION_DEFINITION || n->kind == SECTION_CONTENTS)
		why = STR("definition");
	else if (n->kind == SECTION_TARGET)
		why = STR("target");
	else if (t->threshold)
		why = STR("name");
	else if (t->measure && t->measure->no_fact)
		why = STR("no_item");
	else if (n->limit)
		why = STR("definition");
	else if (n->kind == SECTION_DUTIES && t->unit != UNIT_COUNT)
		why = STR("no_item");
	if (t->threshold && t->unit == UNIT_FEN)
		n->threshold = t->value;
	if (why.n)
		residue(n, t, why);
	return why.n > 0;
}

/* A and B and C with one amount: a sum, unless it holds for each or they are
 * the two sides of the budget. */
static bool is_sum(const struct narrative *n, const struct mention *m)
{
	if (n->each || n->respectively || m->n < 2 || !n->n_alts)
		return false;
	return !(m->n == 2 && str_starts(m->at[0].item, STR("revenue")) &&
		 str_starts(m->at[1].item, STR("expenditure")));
}

static bool pick_respective(struct narrative *n, struct mention *m)
{
	size_t k = n->respectively - 1;

	if (k >= m->n)
		return false;
	m->at[0] = m->at[k];
	m->count[0] = m->count[k];
	m->n = 1;
	n->respectively++;
	return true;
}

/* Was the thing itself stated in this paragraph? */
static bool is_stated_without_scope(const struct narrative *n,
				    const struct mention *m)
{
	const struct bud_fact *facts = n->x->out->facts;

	for (size_t k = n->paragraph_fact; k < next_fact(n); k++)
		if (same_thing(&facts[k].at, &m->at[0]) && !facts[k].scope.n)
			return true;
	return false;
}

static bool is_said_subordinate(const struct narrative *n)
{
	static const char *const WORDS[] = {"下属", "所属", "直属", "管理"};
	struct str all = buf_str(&n->x->source->text);
	struct str before = str_trim(str_slice(
		all, n->np.words_start, n->list.t[n->i].start));

	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (str_ends(before, str_of(WORDS[k])))
			return true;
	return false;
}

/* 0个下属单位, 对16个项目: the thing counted stands behind its number. */
static bool noun_behind(struct narrative *n)
{
	const struct token *t = n->list.t;
	size_t k = n->i + 1;

	if (k < n->list.n && t[k].kind == TOKEN_TERM &&
	    t[k].term->class == TERM_FILLER)
		k++;
	/* 2个预算单位 may be some of them; 下属5家预算单位 are all */
	if (k < n->list.n && t[k].kind == TOKEN_TERM && t[k].term->n_items &&
	    str_equal(t[k].term->items[0], STR("units")) &&
	    str_starts(t[k].term->text, STR("预算单位")) &&
	    !is_said_subordinate(n))
		return false;
	if (k >= n->list.n || t[k].kind != TOKEN_TERM ||
	    t[k].term->class != TERM_NOUN || t[k].term->unit != UNIT_COUNT ||
	    !t[k].term->n_items)
		return false;
	if (str_equal(t[k].term->note, STR("context"))) {
		struct subject heading = scope_subject(&n->scope);
		bool speaks = heading.n_items &&
			      str_starts(heading.items[0], STR("performance"));

		for (size_t i = 0; i < n->list.n && !speaks; i++)
			speaks = i != k && t[i].kind == TOKEN_TERM &&
				 t[i].term->n_items &&
				 str_starts(t[i].term->items[0],
					    STR("performance"));
		if (!speaks)
			return false;
	}
	n->np.subject = (struct subject){.year = n->np.subject.year};
	n->n_alts = 0;
	n->np.tail = n->np.dirty = false;
	subject_add(&n->np.subject, t[k].term);
	return true;
}

static void take_level(struct narrative *n, const struct token *t)
{
	struct mention m;
	struct str why;
	bool prior = n->versus_open && n->last.n &&
		     subject_is_empty(&n->np.subject);

	if (prior) {
		struct versus v = n->versus;

		m = n->last;
		for (size_t i = 0; i < m.n; i++) {
			if (v.year)
				m.at[i].year = v.year;
			if (v.phase)
				m.at[i].phase = v.phase;
			add(n, t, &m.at[i], KIND_LEVEL, t->value);
		}
		return;
	}
	if (n->mode == MODE_REASON) {
		residue(n, t, STR("reason"));
		return;
	}
	if (n->poison.n) {
		residue(n, t, n->poison);
		return;
	}
	if (t->unit == UNIT_COUNT && !n->np.subject.count)
		noun_behind(n);
	if (t->unit == UNIT_COUNT && subject_is_empty(&n->np.subject) &&
	    !n->n_alts && !n->respectively) {
		if (n->np.dirty || n->uncounted || !find_counted(n, t, &m))
			residue(n, t, STR("no_item"));
		else
			emit_level(n, t, &m);
		return;
	}
	if (!is_sure(n, true)) {
		residue(n, t, why_unsure(n));
		if (t->unit == UNIT_FEN)
			n->last.n = 0;
		return;
	}
	if (!resolve_subjects(n, true, &m, &why) || !fits_unit(n, t, &m) ||
	    is_sum(n, &m)) {
		residue(n, t, why);
		n->uncounted = t->unit == UNIT_COUNT;
		if (t->unit == UNIT_FEN)
			n->last.n = 0;
		return;
	}
	/* 购置车辆1辆，其中应急保障用车1辆: a plan, not a stock */
	if (n->n_frames && str_starts(m.at[0].item, STR("assets.")) &&
	    n->frames[n->n_frames - 1].head.n &&
	    str_equal(n->frames[n->n_frames - 1].head.at[0].item,
		      STR("three_public.vehicles.purchased"))) {
		residue(n, t, STR("no_item"));
		return;
	}
	/* 离退休人员241人，其中：离休1人，退休240人: a part is not its whole */
	if (t->unit == UNIT_COUNT && n->n_frames &&
	    n->frames[n->n_frames - 1].head.n &&
	    !str_equal(m.at[0].item, STR("units")) &&
	    same_thing(&n->frames[n->n_frames - 1].head.at[0], &m.at[0])) {
		residue(n, t, STR("no_item"));
		return;
	}
	if (n->respectively && !pick_respective(n, &m)) {
		residue(n, t, STR("no_item"));
		return;
	}
	/* 其中一般公共预算拨款政府采购X: memo items carry no fund */
	if (m.scope.n && n->of_which && is_stated_without_scope(n, &m)) {
		n->poison = STR("memo_fund");
		residue(n, t, n->poison);
		return;
	}
	if (n->relation == RELATION_FROM)
		for (size_t i = 0; i < m.n; i++)
			if (!n->np.subject.year)
				m.at[i].year--;
	emit_level(n, t, &m);
}

/* 收入总计X，支出总计X，各增长4.1%: all wholes that the sentence named. */
static void gather_each(struct narrative *n, struct mention *m)
{
	const struct bud_fact *facts = n->x->out->facts;

	m->n = 0;
	for (size_t k = n->sentence_fact;
	     k < next_fact(n) && m->n < MAX_ALTERNATIVES; k++) {
		if (facts[k].at.kind != KIND_LEVEL ||
		    facts[k].origin != ORIGIN_TEXT)
			continue;
		m->at[m->n] = facts[k].at;
		m->count[m->n++] = facts[k].unit == UNIT_COUNT;
	}
}

static void take_related(struct narrative *n, const struct token *t,
			 enum kind kind)
{
	struct mention m;
	struct str why = STR("no_item");
	bool named;
	bool ratio = kind == KIND_SHARE || kind == KIND_COMPLETION;

	if (n->poison.n) {
		residue(n, t, n->poison);
		return;
	}
	if (n->mode == MODE_REASON && n->versus_clause &&
	    subject_is_empty(&n->np.subject) && kind == KIND_CHANGE)
		n->np.subject = n->topic;
	named = !subject_is_empty(&n->np.subject) || n->n_alts;
	if (ratio && n->relation == RELATION_LEVEL)
		named = false; /* the phrase is the base */
	if (!named && n->np.dirty && kind == KIND_CHANGE &&
	    n->mode != MODE_PLAIN) {
		residue(n, t, why_unsure(n));
		return;
	}
	if (!named && n->last.n) {
		m = n->last;
		if (n->each && m.n == 1)
			gather_each(n, &m);
		if (!m.n)
			m = n->last;
	} else if ((named && !is_sure(n, false)) ||
		   !resolve_subjects(n, false, &m, &why)) {
		residue(n, t, named ? why_unsure(n) : why);
		return;
	}
	if (kind == KIND_CHANGE && !fits_unit(n, t, &m)) {
		residue(n, t, n->mode == MODE_REASON ? STR("reason") : why);
		return;
	}
	if (n->mode == MODE_REASON && !named && kind == KIND_CHANGE) {
		residue(n, t, STR("reason"));
		return;
	}
	if (named) {
		m.fact = next_fact(n);
		n->last = m;
	}
	if (ratio)
		emit_ratio(n, t, kind, &m);
	else
		emit_change(n, t, kind, &m);
}

void resolve_amount(struct narrative *n, const struct token *t)
{
	enum kind kind;

	if (decide_by_place(n, t))
		return;
	if (t->unit == UNIT_PPM) {
		if (!percent_kind(n, t, &kind))
			residue(n, t, why_unsure(n));
		else
			take_related(n, t, kind);
	} else if (n->relation == RELATION_UP || n->relation == RELATION_DOWN) {
		take_related(n, t, KIND_CHANGE);
	} else if (n->relation == RELATION_DONE && !n->base) {
		residue(n, t, STR("no_item")); /* 完成投资9081万元 */
	} else {
		take_level(n, t);
	}
}

/* ---- zeros and reasons ------------------------------------------------------------ */

static enum unit unit_of_item(const struct mention *m, size_t i)
{
	return m->count[i] ? UNIT_COUNT : UNIT_FEN;
}

/* 2021年无此项支出: a zero of what was named last. */
static bool zero_of_last(struct narrative *n, const struct token *t,
			 struct mention *m)
{
	int year = n->np.subject.year;

	if (t->kind != TOKEN_TERM || !str_equal(t->term->note, STR("last")))
		return false;
	*m = n->last;
	for (size_t i = 0; i < m->n; i++) {
		if (year)
			m->at[i].year = year;
		if (t->term->phase)
			m->at[i].phase = t->term->phase;
	}
	return true;
}

static void emit_zero(struct narrative *n, const struct token *t,
		      const struct mention *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct token zero = *t;
		struct bud_fact *f;

		zero.unit = unit_of_item(m, i);
		zero.quantum = 0;
		zero.approx = zero.malformed = false;
		zero.start = n->np.start && n->np.start < t->start ? n->np.start
								   : t->start;
		f = add(n, &zero, &m->at[i], KIND_LEVEL, 0);
		f->origin = ORIGIN_STATEMENT;
		f->scope = m->scope;
	}
}

void resolve_zero(struct narrative *n, const struct token *t)
{
	struct mention m;
	struct str why;

	if (zero_of_last(n, t, &m)) {
		emit_zero(n, t, &m);
		return;
	}
	if (n->kind == SECTION_DEFINITION || n->mode == MODE_REASON ||
	    n->mode == MODE_PURPOSE || n->kind == SECTION_TARGET)
		return;
	if ((subject_is_empty(&n->np.subject) && !n->n_alts) ||
	    !is_sure(n, true) || (n->np.dirty && n->none))
		return;
	if (!n->np.subject.n_items && !n->np.subject.fund.n &&
	    !n->np.subject.class_term && !n->np.subject.function.n)
		return;
	n->unplanned = t->kind == TOKEN_PUNCT || t->kind == TOKEN_TERM;
	n->unplanned &= n->np.start < n->none_start;
	if (!resolve_subjects(n, true, &m, &why)) {
		n->unplanned = false;
		return;
	}
	n->unplanned = false;
	m.fact = next_fact(n);
	emit_zero(n, t, &m);
	n->last = m;
}

/* A sentence that begins with a comparison speaks of the money, not of the
 * groups and persons counted before it. */
static struct mention of_money(const struct narrative *n)
{
	if (n->last.count[0] && n->money.n &&
	    n->sentence_fact == next_fact(n))
		return n->money;
	return n->last;
}

void resolve_same(struct narrative *n, const struct token *t)
{
	struct mention m;
	struct str why;
	bool named = !subject_is_empty(&n->np.subject) || n->n_alts;

	if (n->kind == SECTION_DEFINITION || n->mode == MODE_REASON ||
	    !versus_in_force(n).set || n->poison.n)
		return;
	if (!named && n->last.n)
		m = of_money(n);
	else if (!resolve_subjects(n, false, &m, &why))
		return;
	for (size_t i = 0; i < m.n; i++) {
		struct token zero = *t;
		struct bud_fact *f;

		zero.unit = unit_of_item(&m, i);
		zero.quantum = 0;
		zero.approx = zero.malformed = false;
		f = add(n, &zero, &m.at[i], KIND_CHANGE, 0);
		f->origin = ORIGIN_STATEMENT;
		set_versus(n, f);
	}
	if (named) {
		m.fact = next_fact(n);
		n->last = m;
	}
}

void resolve_reason(struct narrative *n, size_t end)
{
	struct str text, whole = buf_str(&n->x->source->text);
	size_t from = n->sentence_fact;
	bool any = false;

	text = str_trim(str_slice(whole, n->reason_start, end));
	for (int pass = 0; pass < 2 && !any; pass++) {
		for (size_t k = from; k < next_fact(n); k++) {
			struct bud_fact *f = &n->x->out->facts[k];

			if (f->at.kind == KIND_LEVEL || f->reason.n ||
			    (size_t)f->span_start >= n->reason_start)
				continue;
			f->reason = text;
			any = true;
		}
		from = n->paragraph_fact;
	}
}
