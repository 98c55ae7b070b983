/* What each word does to what the walk keeps in mind. */
#include "extract/emit.h"
#include "extract/walk.h"

void walk_take_year(struct narrative *n, int year)
{
	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE)
		return;
	/* 2021、2022年均未安排 */
	if (n->np.subject.year && n->np.subject.year != year && n->i &&
	    n->list.t[n->i - 1].kind == TOKEN_PUNCT &&
	    n->list.t[n->i - 1].punct == 0x3001)
		n->other_year = n->np.subject.year;
	n->np.subject.year = year;
	n->np.filler = true;
	if (n->parens)
		n->paren_year = year;
}

void walk_take_date(struct narrative *n, int year)
{
	n->date = year;
	n->date_level = n->level < OUTLINE_LEVELS ? n->level
						  : scope_level(&n->scope);
}

void walk_push_frame(struct narrative *n)
{
	struct frame *f;

	n->of_which = true;
	if (!n->last.n)
		return;
	if (n->n_frames == MAX_FRAMES)
		n->n_frames--;
	f = &n->frames[n->n_frames];
	/* the same head again: 其中 said twice */
	if (n->n_frames && n->frames[n->n_frames - 1].head.fact == n->last.fact)
		return;
	mention_copy(&f->head, &n->last);
	f->parts = n->x->out->n_facts;
	f->level = n->level;
	f->balance = f->keep = false;
	n->n_frames++;
}

/*
 * 收入预算X，比上年减少…，主要原因是…，其中：A、B: do the amounts that follow
 * make X? Then they are its parts, no reasons.
 */
static bool holds_parts(const struct narrative *n)
{
	const struct bud_fact *facts = n->x->out->facts;
	const struct bud_fact *whole = NULL;
	wide_sum sum = 0, slack = 0;
	size_t parts = 0;

	for (size_t k = n->sentence_fact; k < n->x->out->n_facts; k++)
		if (n->reason_of.n && facts[k].at.kind == KIND_LEVEL &&
		    emit_is_same(&facts[k].at, &n->reason_of.at[0]))
			whole = &facts[k];
	for (size_t k = n->i + 1; whole && k < n->list.n; k++) {
		const struct token *t = &n->list.t[k];

		if (t->kind == TOKEN_PUNCT &&
		    (t->punct == ';' || t->punct == 0x3002))
			break;
		if (t->kind == TOKEN_TERM && (t->term->class == TERM_UP ||
					      t->term->class == TERM_DOWN))
			return false;
		if (t->kind != TOKEN_AMOUNT || t->unit != UNIT_FEN)
			continue;
		sum += t->value;
		slack += t->quantum;
		parts++;
	}
	return parts > 1 && emit_is_near(sum, whole->value, slack);
}

static void take_of_which(struct narrative *n, const struct token *t)
{
	const struct token *next = &n->list.t[n->i + 1];
	bool last = n->i + 1 >= n->list.n;
	struct mention m;
	struct str why;

	if (str_equal(t->term->text, STR("由")) && !last &&
	    (next->kind == TOKEN_AMOUNT || next->kind == TOKEN_YEAR)) {
		n->relation = RELATION_FROM;
		return;
	}
	if (n->mode == MODE_PURPOSE)
		walk_end_reason(n, t->start);
	if (n->mode == MODE_REASON && holds_parts(n)) {
		walk_end_reason(n, t->start);
		mention_copy(&n->last, &n->reason_of);
	}
	if (n->none)
		return;
	/* 一般公共预算财政拨款支出按功能分类：…: the whole has no amount */
	if (n->np.subject.fund.n && n->np.subject.generic && !n->np.tail &&
	    n->relation == RELATION_LEVEL &&
	    resolve_subjects(n, true, &m, &why) && m.n == 1) {
		m.fact = n->x->out->n_facts;
		mention_copy(&n->last, &m);
	}
	/* 基本支出X；项目支出Y。按经济分类：A…: of the whole again, not of Y */
	if (str_starts(t->term->text, STR("按")) && n->last.n &&
	    n->last.fact != n->paragraph_fact && n->x->out->n_facts &&
	    (size_t)n->x->out->facts[n->x->out->n_facts - 1].span_start <
		    n->part_start &&
	    (n->last.at[0].nature.n || n->last.at[0].function.n))
		mention_copy(&n->last, &n->head);
	walk_push_frame(n);
	walk_clear_phrase(n, t->end);
}

/* 财政拨款支出中，…: what is named holds the list that follows. */
static void take_scope(struct narrative *n, const struct token *t)
{
	struct mention m;
	struct str why;

	if (n->np.subject.why.n) { /* 在其他政府采购项目中，… */
		n->poison = n->np.subject.why;
		return;
	}
	if (subject_is_time(&n->np.subject) || n->np.tail ||
	    n->np.words_start != n->part_start || n->relation != RELATION_LEVEL || n->mode != MODE_PLAIN ||
	    !resolve_subjects(n, false, &m, &why))
		return;
	m.fact = n->x->out->n_facts;
	mention_copy(&n->last, &m);
	walk_push_frame(n);
	n->of_which = false;
	walk_clear_phrase(n, t->end);
}

/* Behind a verb of one character: an amount, or words that lead to one. */
static bool holds_amount_behind(const struct narrative *n)
{
	enum { NEAR = 64 }; /* words: a row of verbs asks for each of them */
	size_t k = n->i + 1, end = n->i + NEAR;

	while (k < n->list.n && k < end && n->list.t[k].kind == TOKEN_TERM &&
	       n->list.t[k].term->class != TERM_REASON)
		k++;
	return k < n->list.n && (n->list.t[k].kind == TOKEN_AMOUNT ||
				 n->list.t[k].kind == TOKEN_NUMBER);
}

static void take_verb(struct narrative *n, const struct token *t,
		      enum relation r)
{
	const struct token *next = &n->list.t[n->i + 1];

	/* 减船转产, 增殖放流: part of a word */
	if (t->chars == 1 && !holds_amount_behind(n)) {
		walk_take_other(n, t);
		return;
	}
	n->versus_open = false;
	/* 下降（增长）: the first word holds */
	if (n->parens && n->i + 1 < n->list.n && next->kind == TOKEN_PUNCT &&
	    next->punct == ')' && n->i > 1 &&
	    n->list.t[n->i - 2].kind == TOKEN_TERM)
		return;
	/* 分别减少A、B，下降C%、D% */
	if (n->was_respective && !n->respectively && n->i + 3 < n->list.n &&
	    next->kind == TOKEN_AMOUNT && next->unit == UNIT_PPM &&
	    next[2].kind == TOKEN_AMOUNT && next[2].unit == UNIT_PPM)
		n->respectively = 1;
	n->relation = r;
	n->than = str_equal(t->term->note, STR("than"));
	/* 年初预算X，执行中调增Y */
	n->adjusting = str_equal(t->term->note, STR("adjusted")) &&
		       !n->versus.set;
	/* 同比增长: the comparator is in the verb; so it is in 预决算差异率 */
	if (!n->versus_clause && str_starts(t->term->text, STR("同比")))
		n->versus = (struct versus){
			.set = true,
			.year = n->x->year ? n->x->year - 1 : 0,
			.relative = -1};
	if (!emit_versus(n).phase && t->term->phase)
		n->versus = (struct versus){.set = true,
					    .phase = t->term->phase};
}

/* 收入由三部分组成：一是财政拨款X；二是…: a list, no reasons. */
static bool is_list_word(struct narrative *n, const struct token *t)
{
	if (t->chars != 2 || !str_ends(t->term->text, STR("是")) ||
	    str_equal(t->term->text, STR("原是")))
		return false;
	if (str_equal(t->term->text, STR("一是")))
		n->listing = n->mode == MODE_PLAIN && n->i &&
			     t[-1].kind == TOKEN_PUNCT && t[-1].punct == ':' &&
			     n->sentence_fact == n->x->out->n_facts;
	return n->listing;
}

static void take_reason(struct narrative *n, const struct token *t)
{
	/* 按功能分类科目，主要是：A、B: a list */
	if (is_list_word(n, t) ||
	    (n->of_which && n->mode == MODE_PLAIN && n->i + 1 < n->list.n &&
	     t[1].kind == TOKEN_PUNCT && t[1].punct == ':')) {
		walk_clear_phrase(n, t->end);
		return;
	}
	if (t->term->weak) {
		if (n->mode == MODE_PLAIN)
			n->mode = MODE_SOFT_REASON;
		walk_clear_phrase(n, t->end);
		return;
	}
	walk_end_none(n, t);
	if (n->mode != MODE_REASON) {
		n->reason_start = t->end;
		mention_copy(&n->reason_of, &n->last);
	}
	n->mode = MODE_REASON;
	walk_clear_phrase(n, t->end);
	n->relation = RELATION_LEVEL;
}

static void take_none(struct narrative *n, const struct token *t)
{
	if (n->mode == MODE_PURPOSE)
		return;
	/* 无A、无B */
	if (n->none && (n->n_alts || !subject_is_time(&n->np.subject)))
		walk_end_none(n, t);
	n->none = true;
	n->bought = str_equal(t->term->note, STR("bought"));
	n->none_start = t->start;
	/* 会议费未安排: the phrase before stays when none follows */
	if (n->i + 1 < n->list.n) {
		const struct token *next = &n->list.t[n->i + 1];

		if (next->kind == TOKEN_PUNCT && next->punct != '(')
			return;
		if (next->kind == TOKEN_TERM &&
		    next->term->class == TERM_FILLER &&
		    n->i + 2 < n->list.n &&
		    n->list.t[n->i + 2].kind == TOKEN_PUNCT)
			return;
		walk_clear_phrase(n, t->end);
	}
}

static bool is_noun_next(const struct narrative *n)
{
	const struct token *next = &n->list.t[n->i + 1];

	return n->i + 1 < n->list.n && next->kind == TOKEN_TERM &&
	       next->term->class == TERM_NOUN;
}

void walk_take_code(struct narrative *n, const struct token *t)
{
	struct subject *s = &n->np.subject;

	if (t->kind == TOKEN_CODE) {
		if (!s->why.n || s->nouns)
			subject_set_code(s, t->code);
		n->np.tail = false;
	} else {
		subject_mark(s, t->term->level);
		subject_mark_unknown(s, n->x->lexicon, t->term->level);
		if (s->function.n)
			n->np.tail = false;
		if (scan_unknown_class(&n->list, n->i) > n->i)
			n->i = scan_unknown_class(&n->list, n->i) - 1;
	}
	n->np.filler = true;
}

void walk_take_other(struct narrative *n, const struct token *t)
{
	struct phrase *p = &n->np;

	n->unknown_verb = true;

	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE)
		return;
	if (subject_is_empty(&p->subject) || subject_is_time(&p->subject))
		p->dirty = true;
	else
		p->tail = true;
	(void)t;
}

static void take_purpose(struct narrative *n, const struct token *t)
{
	/* 单位资金保障0人: by whose money */
	if (n->i + 1 < n->list.n && t[1].kind == TOKEN_AMOUNT &&
	    t[1].unit == UNIT_COUNT && str_ends(t->term->text, STR("保障"))) {
		walk_take_other(n, t);
	} else if (n->mode == MODE_PLAIN) {
		n->mode = MODE_PURPOSE;
		n->purpose_of = n->np.subject;
		walk_clear_phrase(n, t->end);
	}
}

static void take_ratio(struct narrative *n, const struct token *t)
{
	n->relation = t->term->class == TERM_SHARE ? RELATION_SHARE
						   : RELATION_DONE;
	walk_forget_whole(n);
	/* 在本年支出合计中占98.78%: the whole stands before */
	if (n->i && n->list.t[n->i - 1].kind == TOKEN_TERM &&
	    n->list.t[n->i - 1].term->class == TERM_SCOPE &&
	    n->np.words_start != n->part_start) {
		n->whole = n->np.subject;
		n->has_whole = true;
		walk_clear_phrase(n, t->start);
	}
}

static void take_stock(struct narrative *n, const struct token *t)
{
	/* 主要是油料费，截至年底，保有量为3辆: no reason any more */
	if (n->i && n->list.t[n->i - 1].kind == TOKEN_PUNCT) {
		walk_end_reason(n, t->start);
		walk_begin_clause(n, t->start);
	}
	if (t->term->year && n->x->year) /* 截至上年底 */
		walk_take_date(n, n->x->year + t->term->year);
}

static void take_up(struct narrative *n, const struct token *t)
{
	take_verb(n, t, RELATION_UP);
}

static void take_down(struct narrative *n, const struct token *t)
{
	take_verb(n, t, RELATION_DOWN);
}

static void take_same(struct narrative *n, const struct token *t)
{
	resolve_same(n, t);
	n->versus_open = false;
}

static void take_year(struct narrative *n, const struct token *t)
{
	if (t->term->year)
		walk_take_year(n, n->x->year ? n->x->year + t->term->year : 0);
	else
		n->np.subject.whole_year = true;
}

static void take_zero(struct narrative *n, const struct token *t)
{
	if (is_noun_next(n)) { /* 均未安排因公出国（境）费 */
		take_none(n, t);
		return;
	}
	n->none_start = t->start;
	resolve_zero(n, t);
}

static void take_each(struct narrative *n, const struct token *t)
{
	(void)t;
	n->each = true;
}

static void take_respectively(struct narrative *n, const struct token *t)
{
	(void)t;
	n->respectively = 1;
}

static void take_from(struct narrative *n, const struct token *t)
{
	(void)t;
	n->relation = RELATION_FROM;
}

static void take_to(struct narrative *n, const struct token *t)
{
	if (n->relation != RELATION_LEVEL || t->term->text.n > 3)
		n->relation = RELATION_TO; /* 减少到 */
}

static void take_limit(struct narrative *n, const struct token *t)
{
	(void)t;
	n->limit = true;
}

static void take_filler(struct narrative *n, const struct token *t)
{
	(void)t;
	n->np.filler = true;
}

void walk_take_term(struct narrative *n, const struct token *t)
{
	static void (*const TAKE[])(struct narrative *,
				    const struct token *) = {
		[TERM_NOUN] = walk_take_noun,
		[TERM_UP] = take_up,
		[TERM_DOWN] = take_down,
		[TERM_SAME] = take_same,
		[TERM_VERSUS] = walk_take_versus,
		[TERM_VERSUS_END] = take_filler,
		[TERM_YOY] = walk_take_versus,
		[TERM_YEAR] = take_year,
		[TERM_OF_WHICH] = take_of_which,
		[TERM_REASON] = take_reason,
		[TERM_PURPOSE] = take_purpose,
		[TERM_SHARE] = take_ratio,
		[TERM_DONE] = take_ratio,
		[TERM_NONE] = take_none,
		[TERM_ZERO] = take_zero,
		[TERM_EACH] = take_each,
		[TERM_RESPECTIVELY] = take_respectively,
		[TERM_FROM] = take_from,
		[TERM_TO] = take_to,
		[TERM_APPROX] = take_filler,
		[TERM_FILLER] = take_filler,
		[TERM_ORG] = take_filler,
		[TERM_STOCK] = take_stock,
		[TERM_MARK] = walk_take_code,
		[TERM_LIMIT] = take_limit,
		[TERM_SCOPE] = take_scope,
		[TERM_NOISE] = walk_take_other,
	};

	TAKE[t->term->class](n, t);
}
