/* Zeros and equality said in words, and the reasons of changes. */
#include "extract/emit.h"

static enum unit unit_of_item(const struct mention *m, size_t i)
{
	return m->count[i] ? UNIT_COUNT : UNIT_FEN;
}

/* 2021年无此项支出: a zero of what was named last. */
static bool zero_of_last(struct narrative *n, const struct token *t,
			 struct mention *m)
{
	int year = n->np.subject.year;
	const struct subject *heading = scope_subject(&n->scope);
	struct str why;

	if (n->mode == MODE_REASON || t->kind != TOKEN_TERM ||
	    !str_equal(t->term->note, STR("last")) ||
	    !subject_is_time(&n->np.subject))
		return false;
	if (!n->last.n && emit_next_fact(n) == n->paragraph_fact &&
	    heading->n_items == 1) {
		n->np.subject = *heading; /* 四、…支出情况 / 本年度无此项支出 */
		n->np.subject.year = year;
		if (!resolve_subjects(n, true, m, &why))
			return false;
	} else {
		mention_copy(m, &n->last);
	}
	for (size_t i = 0; i < m->n; i++) {
		if (year)
			m->at[i].year = year;
		if (t->term->phase)
			m->at[i].phase = t->term->phase;
	}
	return true;
}

/* The token as the exact zero that the words state of an item. */
static struct token zero_of(const struct token *t, const struct mention *m,
			    size_t i)
{
	struct token zero = *t;

	zero.unit = unit_of_item(m, i);
	zero.quantum = 0;
	zero.approx = zero.malformed = false;
	return zero;
}

static void emit_zero(struct narrative *n, const struct token *t,
		      const struct mention *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct token zero = zero_of(t, m, i);
		struct bud_fact *f;

		zero.start = n->np.start && n->np.start < t->start ? n->np.start
								   : t->start;
		f = emit_fact(n, &zero, &m->at[i], KIND_LEVEL, 0);
		f->origin = ORIGIN_STATEMENT;
		f->scope = m->scope;
	}
}

/* 支出决算42万元，年初预算为0: the thing named last, in another phase. */
static bool zero_of_phase(struct narrative *n, const struct token *t,
			  struct mention *m)
{
	const struct subject *s = &n->np.subject;
	enum phase phase = s->phase;

	/* 年初未安排预算，全年未发生支出 */
	if (!phase && t->kind == TOKEN_TERM &&
	    str_find(t->term->text, STR("发生")) != SIZE_MAX && n->last.n &&
	    n->last.at[0].phase != n->x->phase)
		phase = n->x->phase;
	if (!subject_is_time(s) || !phase || n->none || n->np.dirty ||
	    n->np.tail || n->n_alts || !n->last.n ||
	    n->last.fact < n->sentence_fact || n->last.count[0])
		return false;
	mention_copy(m, &n->last);
	for (size_t i = 0; i < m->n; i++) {
		m->at[i].phase = phase;
		if (s->year)
			m->at[i].year = s->year;
	}
	return true;
}

/* 1.因公出国（境）费。2022年未安排预算: the heading is the thing. */
static void take_heading(struct narrative *n)
{
	const struct scope_heading *own = scope_at(&n->scope, n->level);
	int year = n->np.subject.year;

	if (n->np.dirty || n->np.tail || n->n_alts ||
	    !subject_is_time(&n->np.subject) || n->level == OUTLINE_LEVELS ||
	    !own || own->subject.n_items != 1 ||
	    emit_next_fact(n) != n->paragraph_fact)
		return;
	n->np.subject = *scope_subject(&n->scope);
	n->np.subject.year = year;
}

/* 无政府性基金预算，也没有使用政府性基金安排的支出: the first is of the other
 * side. */
static bool denies_spending_next(const struct narrative *n)
{
	bool none = false;

	for (size_t k = n->i + 1; k < n->list.n; k++) {
		const struct token *t = &n->list.t[k];

		if (t->kind == TOKEN_PUNCT)
			return false;
		if (t->kind != TOKEN_TERM)
			continue;
		none |= t->term->class == TERM_NONE;
		if (none && t->term->n_items == 1 &&
		    str_equal(t->term->items[0], STR("expenditure")))
			return true;
	}
	return false;
}

static bool is_word(const struct token *t, const char *word)
{
	return t->kind == TOKEN_TERM && str_equal(t->term->text, str_of(word));
}

/* 无机关运行经费支出的部门，作下述说明: what those should write that have none. */
static bool is_condition(const struct narrative *n, const struct token *t)
{
	if (t->kind != TOKEN_PUNCT || !n->none || n->i < 2)
		return false;
	if (is_word(t - 1, "部门") || is_word(t - 1, "单位"))
		t--;
	return is_word(t - 1, "的");
}

void resolve_zero(struct narrative *n, const struct token *t)
{
	static const struct str INCOME = STR_INIT("revenue");
	struct mention m;
	struct str why;

	/* 上海市XX局无机关运行经费: nobody's */
	n->sample |= is_condition(n, t) ||
		     str_find(source_text(n->x->source, n->block),
			      STR("XX")) != SIZE_MAX;
	if (n->sample)
		return;
	if (zero_of_last(n, t, &m)) {
		emit_zero(n, t, &m);
		return;
	}
	if (n->kind == SECTION_DEFINITION || n->mode == MODE_REASON ||
	    n->mode == MODE_PURPOSE || n->kind == SECTION_TARGET)
		return;
	/* 会议费：无支出; 支出42万元，年初预算为0 */
	if (t->kind == TOKEN_TERM && t->term->class == TERM_ZERO &&
	    !n->np.dirty)
		emit_take_topic(n);
	/* 因公出国费年初未安排预算 */
	if (t->kind == TOKEN_TERM && t->term->phase &&
	    !subject_is_time(&n->np.subject))
		n->np.subject.phase = t->term->phase;
	if (zero_of_phase(n, t, &m)) {
		emit_zero(n, t, &m);
		return;
	}
	take_heading(n);
	if ((subject_is_empty(&n->np.subject) && !n->n_alts) ||
	    !emit_is_sure(n, true) || (n->np.dirty && n->none && !n->np.subject.equipment))
		return;
	if (!n->np.subject.n_items && !n->np.subject.fund.n &&
	    !n->np.subject.equipment && !n->n_alts &&
	    !n->np.subject.class_term && !n->np.subject.function.n)
		return;
	/* 无政府性基金预算项目: memo items carry no fund */
	if (subject_is_memo(&n->np.subject) && n->np.subject.fund.n &&
	    n->np.subject.count)
		return;
	if (n->none && t->kind == TOKEN_PUNCT && t->punct == ',' &&
	    !n->np.subject.n_items && n->np.subject.fund.n &&
	    denies_spending_next(n))
		subject_set_item(&n->np.subject, &INCOME);
	n->unplanned = t->kind == TOKEN_PUNCT || t->kind == TOKEN_TERM;
	n->unplanned &= n->np.start < n->none_start;
	if (!resolve_subjects(n, true, &m, &why)) {
		n->unplanned = false;
		return;
	}
	n->unplanned = false;
	m.fact = emit_next_fact(n);
	emit_zero(n, t, &m);
	mention_copy(&n->last, &m);
}

/* A sentence that begins with a comparison speaks of the money, not of the
 * groups and persons counted before it. */
static const struct mention *of_money(const struct narrative *n)
{
	if (n->last.count[0] && n->money.n &&
	    n->sentence_fact == emit_next_fact(n))
		return &n->money;
	return &n->last;
}

/* A0万元、B0万元，均与上年持平: the levels of the list, changes of which were
 * not stated. False: there is no list. */
static bool same_of_list(const struct narrative *n, struct mention *m)
{
	const struct bud_fact *facts = n->x->out->facts;
	size_t from = n->sentence_fact;

	if (n->n_frames && n->frames[n->n_frames - 1].parts > from)
		from = n->frames[n->n_frames - 1].parts;
	m->n = 0;
	for (size_t k = from; k < emit_next_fact(n); k++) {
		bool told = facts[k].at.kind != KIND_LEVEL ||
			    (size_t)facts[k].span_start < n->part_start ||
			    facts[k].origin != ORIGIN_TEXT;

		for (size_t j = k + 1; j < emit_next_fact(n) && !told; j++)
			told = facts[j].at.kind == KIND_CHANGE &&
			       emit_is_same(&facts[j].at, &facts[k].at);
		if (told || m->n == MAX_ALTERNATIVES)
			continue;
		m->at[m->n] = facts[k].at;
		m->count[m->n++] = facts[k].unit == UNIT_COUNT;
	}
	return m->n > 1;
}

static void emit_same(struct narrative *n, const struct token *t,
		      const struct mention *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct token zero = zero_of(t, m, i);
		struct bud_fact *f;

		f = emit_fact(n, &zero, &m->at[i], KIND_CHANGE, 0);
		f->origin = ORIGIN_STATEMENT;
		emit_set_versus(n, f);
	}
}

void resolve_same(struct narrative *n, const struct token *t)
{
	struct mention m;
	struct str why;
	bool named;

	/* 预决算持平的不用说明: a condition */
	if (n->i + 1 < n->list.n && is_word(t + 1, "的") &&
	    n->i + 2 < n->list.n && t[2].kind != TOKEN_TERM)
		return;
	/* 决算数等于预算数: the comparator stands behind */
	if (str_equal(t->term->note, STR("than")) && n->i + 1 < n->list.n &&
	    t[1].kind == TOKEN_TERM && t[1].term->class == TERM_NOUN &&
	    t[1].term->phase)
		n->versus = (struct versus){.set = true,
					    .phase = t[1].term->phase};
	emit_take_topic(n);
	named = !subject_is_empty(&n->np.subject) || n->n_alts;
	if (n->kind == SECTION_DEFINITION || n->mode == MODE_REASON ||
	    n->poison.n)
		return;
	/* 退休7人，无增减: against the year before */
	if (!emit_versus(n).set &&
	    (!str_starts(t->term->text, STR("无")) || named || !n->last.n ||
	     n->last.fact < n->sentence_fact))
		return;
	if (!named && !n->last.n && n->unnamed)
		return; /* 其他资金20万元，与上年持平 */
	if (!named && n->last.n) {
		if (!n->each || !same_of_list(n, &m))
			mention_copy(&m, of_money(n));
	} else if (!resolve_subjects(n, false, &m, &why))
		return;
	emit_same(n, t, &m);
	if (n->versus_also.set) {
		/* 比上年执行数: of the same year as 比上年预算数 */
		if (!n->versus_also.year && !n->versus_also.relative) {
			n->versus_also.year = n->versus.year;
			n->versus_also.relative = n->versus.relative;
		}
		n->versus = n->versus_also;
		emit_same(n, t, &m);
	}
	if (named) {
		m.fact = emit_next_fact(n);
		mention_copy(&n->last, &m);
	}
}

void resolve_reason(struct narrative *n, size_t end)
{
	struct str text, whole = buf_str(&n->x->source->text);
	size_t from = n->sentence_fact;
	bool any = false;

	text = str_trim(str_slice(whole, n->reason_start, end));
	for (int pass = 0; pass < 2 && !any; pass++) {
		for (size_t k = from; k < emit_next_fact(n); k++) {
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
