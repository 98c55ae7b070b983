/*
 * An amount and its surroundings: what kind of fact it is, and whether the
 * words around name it surely enough.
 */
#include "base/decimal.h"
#include "extract/emit.h"

/* 为年初预算的95.84%, 占预算的…: a base and no thing is a completion. */
static bool is_completion(const struct narrative *n)
{
	const struct subject *base =
		n->relation == RELATION_LEVEL ? &n->np.subject : &n->whole;

	return n->last.n && base->phase &&
	       (subject_is_bare(base) ||
		(base->nature.n &&
		 str_equal(base->nature, n->last.at[0].nature)) ||
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
	if (!emit_next_fact(n) || n->sentence_fact == emit_next_fact(n))
		return false;
	last = &n->x->out->facts[emit_next_fact(n) - 1];
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

static bool has_nature_or_generic(const struct subject *s)
{
	return s->generic || s->nature.n;
}

/* Unknown words beside the nouns may make them another thing's. */
bool emit_is_sure(const struct narrative *n, bool level)
{
	const struct phrase *p = &n->np;

	if (p->tail)
		return false;
	if (p->dirty && has_nature_or_generic(&p->subject))
		return false;
	if (p->dirty && p->subject.vague)
		return false; /* 评级为优的项目 */
	/* …是某局通过划拨增加公务用车1辆 */
	if (p->dirty && p->subject.count && n->mode == MODE_REASON)
		return false;
	/* 护林员劳务费: a project's, not all of the class */
	if (p->dirty && level && p->subject.class_term &&
	    p->subject.class_term->n_economics &&
	    !p->subject.class_term->n_functions)
		return false;
	if (p->dirty && n->mode != MODE_PLAIN &&
	    n->mode != MODE_SOFT_REASON && !subject_is_memo(&p->subject))
		return false;
	if (level && subject_is_empty(&p->subject) && !n->n_alts && p->dirty)
		return false;
	return true;
}

struct str emit_why_unsure(const struct narrative *n)
{
	const struct subject *heading = scope_subject(&n->scope);

	if (n->mode == MODE_REASON)
		return STR("reason");
	if (n->mode == MODE_PURPOSE)
		return STR("project");
	if (subject_is_empty(&n->np.subject) && subject_is_memo(heading))
		return STR("damaged");
	return STR("no_item");
}

/* Residues that the surroundings decide, before any word is weighed. */
static bool decide_by_place(struct narrative *n, const struct token *t)
{
	struct str why = {NULL, 0};

	if (t->damaged)
		why = STR("damaged");
	else if (n->kind == SECTION_DEFINITION || n->kind == SECTION_CONTENTS)
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
		emit_residue(n, t, why);
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

bool emit_pick_respective(struct narrative *n, struct mention *m)
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

	for (size_t k = n->paragraph_fact; k < emit_next_fact(n); k++)
		if (emit_is_same(&facts[k].at, &m->at[0]) && !facts[k].scope.n)
			return true;
	return false;
}

/*
 * 国内公务接待25批次，210人次，共计支出2.20万元: behind the counts, the money is
 * what the paragraph named with money before.
 */
static bool speaks_of_money(const struct narrative *n)
{
	const struct subject *s = &n->np.subject;
	struct str item, family;
	size_t dot;

	if (!n->last.n || !n->last.count[0] || !n->money.n || n->np.tail ||
	    n->np.dirty || n->n_alts || n->money.fact < n->paragraph_fact ||
	    n->last.fact < n->sentence_fact ||
	    !(subject_is_bare(s) || s->generic) || s->fund.n || s->phase)
		return false;
	item = n->last.at[0].item;
	dot = str_find(item, STR("."));
	if (dot == SIZE_MAX)
		return false;
	family = str_slice(item, dot + 1, item.n);
	dot = str_find(family, STR("."));
	family = str_slice(item, 0,
			   (size_t)(family.p - item.p) +
				   (dot == SIZE_MAX ? family.n : dot));
	return str_starts(n->money.at[0].item, family);
}

/*
 * X费Y万元，比上年减少Z万元 where a reason should go on: half a sentence was
 * lost, and the list of the three public expenses goes on.
 */
static bool is_listed(const struct narrative *n)
{
	const struct token *t = n->list.t;
	struct versus v;

	return subject_is_memo(&n->np.subject) && !n->np.tail &&
	       n->i + 2 < n->list.n && t[n->i + 1].kind == TOKEN_PUNCT &&
	       t[n->i + 1].punct == ',' && t[n->i + 2].kind == TOKEN_TERM &&
	       t[n->i + 2].term->class == TERM_VERSUS &&
	       versus_read(n, n->i + 2, &v) > n->i + 2;
}

/* 人员经费X，公用经费Y，合计Z: a sum of levels of this sentence. */
static bool says_sum(const struct narrative *n)
{
	static const char *const WORDS[] = {"合计", "共计", "总计"};
	const struct bud_fact *facts = n->x->out->facts;
	const struct token *before;
	size_t levels = 0;

	if (!n->i)
		return false;
	before = &n->list.t[n->i - 1];
	if (before->kind != TOKEN_TERM ||
	    before->term->class != TERM_FILLER ||
	    before->start < n->np.words_start || n->parens || n->n_alts ||
	    !subject_is_empty(&n->np.subject) ||
	    !subject_is_empty(&n->topic) || n->last.count[0])
		return false;
	for (size_t k = n->sentence_fact; k < emit_next_fact(n); k++)
		levels += facts[k].at.kind == KIND_LEVEL &&
			  facts[k].unit == UNIT_FEN;
	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (str_starts(before->term->text, str_of(WORDS[k])))
			return levels > 0;
	return false;
}

/* What the levels of this sentence have in common, if they sum up to t. */
static bool sum_of_sentence(const struct narrative *n, const struct token *t,
			    struct mention *m)
{
	static const struct str NONE = {NULL, 0};
	const struct bud_fact *facts = n->x->out->facts;
	struct coordinates *c = &m->at[0];
	wide_sum sum = 0, slack = t->quantum;

	mention_clear(m);
	for (size_t k = n->sentence_fact; k < emit_next_fact(n); k++) {
		const struct coordinates *at = &facts[k].at;

		if (at->kind != KIND_LEVEL || facts[k].unit != UNIT_FEN)
			continue;
		if (!m->n++)
			*c = *at;
		if (!str_equal(c->item, at->item) || c->year != at->year ||
		    c->phase != at->phase)
			return false;
		if (!str_equal(c->fund, at->fund))
			c->fund = NONE;
		if (!str_equal(c->function, at->function))
			c->function = NONE;
		if (!str_equal(c->economic, at->economic))
			c->economic = NONE;
		if (!str_equal(c->nature, at->nature))
			c->nature = str_starts(c->nature, STR("basic.")) &&
						    str_starts(at->nature,
							       STR("basic."))
					    ? STR("basic")
					    : NONE;
		sum += facts[k].value;
		slack += facts[k].quantum;
	}
	m->n = 1;
	return emit_is_near(sum, t->value, slack);
}

/* 安排210.32万元，比上年1.43万元，增加0.68%: the rate says it is the change. */
static bool lost_its_verb(const struct narrative *n, const struct token *t)
{
	const struct token *behind = &n->list.t[n->i];
	const struct bud_fact *f;
	int64_t change, growth;

	if (n->i + 3 >= n->list.n || behind[1].kind != TOKEN_PUNCT ||
	    behind[2].kind != TOKEN_TERM || behind[3].kind != TOKEN_AMOUNT ||
	    behind[3].unit != UNIT_PPM || !n->last.n ||
	    n->last.fact >= emit_next_fact(n))
		return false;
	f = &n->x->out->facts[n->last.fact];
	if (f->at.kind != KIND_LEVEL)
		return false;
	if (behind[2].term->class == TERM_UP)
		change = t->value;
	else if (behind[2].term->class == TERM_DOWN)
		change = -t->value;
	else
		return false;
	return f->value > change && t->value &&
	       decimal_muldiv(t->value, 1000000, f->value - change, &growth) &&
	       emit_is_near(growth, behind[3].value, behind[3].quantum);
}

/* 比2020年的X万元, or 本年收入比2020年的X万元增加Y: the earlier level. */
static bool take_prior(struct narrative *n, const struct token *t)
{
	struct versus v = n->versus;
	struct mention m;
	struct str why;

	if (!n->versus_open || n->unknown_verb)
		return false;
	if (!subject_is_empty(&n->np.subject) || !n->last.n) {
		if (subject_is_time(&n->np.subject) ||
		    !emit_is_sure(n, false) ||
		    !resolve_subjects(n, false, &m, &why) ||
		    (t->unit == UNIT_COUNT) != m.count[0])
			return false;
		m.fact = emit_next_fact(n);
		/* the thing stands before the comparator */
		mention_copy(&n->last, &m);
	} else {
		mention_copy(&m, &n->last);
	}
	if (lost_its_verb(n, t)) {
		n->relation = n->list.t[n->i + 2].term->class == TERM_DOWN
				      ? RELATION_DOWN
				      : RELATION_UP;
		emit_change(n, t, KIND_CHANGE, &m);
		return true;
	}
	for (size_t i = 0; i < m.n; i++) {
		if (v.year)
			m.at[i].year = v.year;
		if (v.phase)
			m.at[i].phase = v.phase;
		emit_fact(n, t, &m.at[i], KIND_LEVEL, t->value);
	}
	return true;
}

/* 由X调整为Y: the word at i says that a budget was adjusted. */
static bool says_adjusted(const struct narrative *n, size_t i)
{
	const struct token *t = &n->list.t[i];

	return i < n->list.n && t->kind == TOKEN_TERM &&
	       t->term->class == TERM_TO &&
	       str_equal(t->term->note, STR("adjusted"));
}

/* 由X调整为Y: the level before. False where no year is known to be before. */
static bool make_earlier(const struct narrative *n, struct mention *m)
{
	for (size_t i = 0; i < m->n && !n->np.subject.year; i++)
		if (says_adjusted(n, n->i + 1))
			m->at[i].phase = PHASE_APPROVED;
		else if (!m->at[i].year--)
			return false;
	return true;
}

/* 从2023年的X减少到Y: the later level. */
static bool take_later(struct narrative *n, const struct token *t)
{
	struct mention m;

	if (n->relation != RELATION_TO || !n->last.n ||
	    (t->unit == UNIT_COUNT) != n->last.count[0] ||
	    !subject_is_time(&n->np.subject) || n->mode == MODE_REASON)
		return false;
	mention_copy(&m, &n->last);
	for (size_t i = 0; i < m.n; i++)
		m.at[i].year = n->np.subject.year ? n->np.subject.year
						  : n->x->year;
	for (size_t i = 0; i < m.n && !n->np.subject.year; i++)
		if (n->i && says_adjusted(n, n->i - 1))
			m.at[i].phase = PHASE_ADJUSTED;
	emit_level(n, t, &m);
	return true;
}

/* Money whose thing is left unsaid: sums, and what counts led away from. */
static bool take_money(struct narrative *n, const struct token *t)
{
	struct mention m;

	if (says_sum(n)) {
		if (!sum_of_sentence(n, t, &m))
			emit_residue(n, t, STR("no_item"));
		else
			emit_level(n, t, &m);
		return true;
	}
	/* 轿车1辆、金额18万元: of what could not be counted */
	if (n->uncounted && subject_is_empty(&n->np.subject) && !n->n_alts) {
		emit_residue(n, t, STR("no_item"));
		return true;
	}
	if (!speaks_of_money(n))
		return false;
	mention_copy(&m, &n->money);
	emit_level(n, t, &m);
	return true;
}

static bool is_units(const struct token *t)
{
	return t->kind == TOKEN_TERM && t->term->n_items == 1 &&
	       str_equal(t->term->items[0], STR("units"));
}

/* 预算单位共计17家，包括：行政单位1家；下属预算单位16家: the 16 are the units.
 */
static bool names_subordinate(const struct narrative *n)
{
	const struct token *t = n->list.t;
	size_t k = n->i;

	while (k && !is_units(&t[k]))
		k--;
	if (!is_units(&t[k]) || !str_starts(t[k].term->text, STR("预算单位")))
		return false;
	for (k = n->i + 1; k + 1 < n->list.n; k++) {
		if (t[k].kind == TOKEN_PUNCT && t[k].punct == 0x3002)
			return false;
		if (is_units(&t[k]) && t[k + 1].kind == TOKEN_AMOUNT &&
		    (str_starts(t[k].term->text, STR("下属")) ||
		     str_starts(t[k].term->text, STR("所属"))))
			return true;
	}
	return false;
}

/* X万元，其中: its parts follow. */
static bool begins_parts(const struct narrative *n)
{
	const struct token *t = &n->list.t[n->i];

	return n->i + 2 < n->list.n && t[1].kind == TOKEN_PUNCT &&
	       t[2].kind == TOKEN_TERM && t[2].term->class == TERM_OF_WHICH;
}

/* Why a thing that was named is none of ours where it stands; empty: it is. */
static struct str is_misplaced(struct narrative *n, const struct token *t,
			       struct mention *m)
{
	const struct mention *head =
		n->n_frames ? &n->frames[n->n_frames - 1].head : NULL;

	/* 购置车辆1辆，其中应急保障用车1辆: a plan, not a stock */
	if (head && head->n && str_starts(m->at[0].item, STR("assets.")) &&
	    str_equal(head->at[0].item, STR("three_public.vehicles.purchased")))
		return STR("no_item");
	/* 离退休人员241人，其中：离休1人，退休240人: a part is not its whole */
	if (t->unit == UNIT_COUNT && head && head->n &&
	    !str_equal(m->at[0].item, STR("units")) &&
	    emit_is_same(&head->at[0], &m->at[0]))
		return STR("no_item");
	if (n->respectively && !emit_pick_respective(n, m))
		return STR("no_item");
	/* 整体支出纳入绩效目标管理，涉及资金X */
	if (str_equal(m->at[0].item, STR("performance.projects")))
		n->overall = false;
	if (n->overall && str_equal(m->at[0].item, STR("performance.amount"))) {
		if (begins_parts(n))
			n->poison = STR("no_item");
		return STR("no_item");
	}
	if (str_equal(m->at[0].item, STR("units")) && names_subordinate(n))
		return STR("no_item");
	/* 其中一般公共预算拨款政府采购X: memo items carry no fund */
	if (m->scope.n && n->of_which && is_stated_without_scope(n, m)) {
		n->poison = STR("memo_fund");
		return n->poison;
	}
	return (struct str){NULL, 0};
}

/* A level that nothing names: what follows must not take another's name. */
static void leave_level(struct narrative *n, const struct token *t,
			struct str why)
{
	emit_residue(n, t, why);
	if (t->unit == UNIT_FEN)
		n->last.n = 0;
	n->unnamed = t->unit == UNIT_FEN;
}

/* 三公经费X，其中：局本级Y: one unit's, of which no coordinate tells. */
static bool is_unit_own(const struct narrative *n)
{
	const struct token *t = n->list.t;
	size_t k = n->i;

	if (!n->n_frames || !subject_is_empty(&n->np.subject) || n->n_alts)
		return false;
	while (k && t[k - 1].kind == TOKEN_TERM &&
	       t[k - 1].term->class == TERM_FILLER)
		k--;
	if (k < 2 || t[k - 1].kind != TOKEN_TERM ||
	    t[k - 1].term->class != TERM_ORG ||
	    !(str_ends(t[k - 1].term->text, STR("本级")) ||
	      str_ends(t[k - 1].term->text, STR("机关"))))
		return false;
	return t[k - 2].kind == TOKEN_PUNCT ||
	       (t[k - 2].kind == TOKEN_TERM &&
		t[k - 2].term->class == TERM_OF_WHICH);
}

static void take_level(struct narrative *n, const struct token *t)
{
	struct mention m;
	struct str why;

	if (take_prior(n, t) || take_later(n, t))
		return;
	if (n->mode == MODE_REASON && is_listed(n)) {
		resolve_reason(n, n->np.start);
		n->mode = MODE_PLAIN;
	}
	if (n->mode == MODE_REASON || n->poison.n) {
		emit_residue(n, t, n->mode == MODE_REASON ? STR("reason")
							  : n->poison);
		return;
	}
	if (t->unit == UNIT_COUNT ? emit_take_count(n, t)
				  : t->unit == UNIT_FEN && take_money(n, t))
		return;
	/* “增殖放流”项目全年预算数X，执行数Y: of the same that had no name */
	if (is_unit_own(n) ||
	    (n->unnamed && !n->n_alts && t->unit == UNIT_FEN &&
	     (n->np.subject.phase || !n->last.n) &&
	     subject_is_time(&n->np.subject))) {
		emit_residue(n, t, STR("no_item"));
		return;
	}
	if (!emit_is_sure(n, true) ||
	    (n->strange && subject_is_empty(&n->np.subject) && !n->n_alts)) {
		leave_level(n, t, emit_why_unsure(n));
		return;
	}
	if (!resolve_subjects(n, true, &m, &why) || !emit_fits_unit(t, &m) ||
	    is_sum(n, &m)) {
		if (t->unit == UNIT_COUNT)
			emit_leave_count(n, t);
		else
			leave_level(n, t, why);
		return;
	}
	why = is_misplaced(n, t, &m);
	if (why.n) {
		emit_residue(n, t, why);
		return;
	}
	if (n->relation == RELATION_FROM && !make_earlier(n, &m)) {
		emit_residue(n, t, STR("unknown"));
		return;
	}
	n->uncounted = false;
	emit_level(n, t, &m);
}

void resolve_amount(struct narrative *n, const struct token *t)
{
	enum kind kind;

	if (decide_by_place(n, t))
		return;
	if (t->unit == UNIT_PPM) {
		if (!percent_kind(n, t, &kind))
			emit_residue(n, t, emit_why_unsure(n));
		else
			emit_related(n, t, kind);
	} else if (n->relation == RELATION_UP || n->relation == RELATION_DOWN) {
		emit_related(n, t, KIND_CHANGE);
	} else if (n->relation == RELATION_DONE && !n->base) {
		emit_residue(n, t, STR("no_item")); /* 完成投资9081万元 */
		n->unnamed = true;
	} else {
		take_level(n, t);
	}
}
