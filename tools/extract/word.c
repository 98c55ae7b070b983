/* What each word does to what the walk keeps in mind. */
#include "extract/chars.h"
#include "extract/emit.h"
#include "extract/identity.h"
#include "extract/walk.h"

static bool is_time_char(const struct chars *c, size_t i)
{
	static const char *const WORDS[] = {"年", "度", "本", "全", "当"};

	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (chars_at(c, i, WORDS[k]))
			return true;
	return c->cp[i] >= '0' && c->cp[i] <= '9';
}

/* How often the beginning of a document speaks of a name. */
static size_t count_of(const struct narrative *n, struct str name)
{
	enum { BEGINNING = 1 << 16 };
	struct str all = buf_str(&n->x->source->text);
	size_t count = 0, at;

	all = str_slice(all, 0, all.n < BEGINNING ? all.n : BEGINNING);
	while ((at = str_find(all, name)) != SIZE_MAX) {
		count++;
		all = str_slice(all, at + name.n, all.n);
	}
	return count;
}

/*
 * 西安市社会科学院公用经费 in the budget of 西安市科学技术局: a name of the same
 * place that is not a shorter form of the document's. Where the document's is
 * hardly spoken of, the title was misread.
 */
static bool names_another(const struct narrative *n, const struct chars *c,
			  struct str words, size_t end)
{
	struct str own = n->x->entity.n ? n->x->entity
					: n->x->out->document.entity;
	struct chars e = chars_fold(n->x->arena, own, 0);
	size_t i = 0, from;

	while (i < end && is_time_char(c, i))
		i++;
	from = i;
	if (end < from + 3 || e.n < 3 || c->cp[from] != e.cp[0] ||
	    c->cp[from + 1] != e.cp[1])
		return false;
	for (size_t k = 0; k < e.n && i < end; k++)
		i += c->cp[i] == e.cp[k];
	return i < end &&
	       (count_of(n, own) > 2 ||
		count_of(n, own) >=
			count_of(n, str_slice(words, c->start[from],
					      c->end[end - 1])));
}

/* 福州市民政局（本级）收入预算: the words before name who speaks. */
static bool is_organisation_before(const struct narrative *n,
				   const struct token *t)
{
	struct str all = buf_str(&n->x->source->text);
	struct str words = str_slice(all, n->np.words_start, t->start);
	struct chars c = chars_fold(n->x->arena, words, 0);
	size_t i = c.n;

	while (i && (is_time_char(&c, i - 1) ||
		     (i > 1 && (chars_at(&c, i - 2, "部门") ||
				chars_at(&c, i - 2, "单位") ||
				chars_at(&c, i - 2, "预算") ||
				chars_at(&c, i - 2, "决算")))))
		i -= is_time_char(&c, i - 1) ? 1 : 2;
	if (!i)
		return true; /* a year alone */
	/* 县文联2020年…: part of the name of who speaks */
	if (str_find(n->x->out->document.entity,
		     str_slice(words, c.start[0], c.end[i - 1])) != SIZE_MAX)
		return true;
	if (c.cp[i - 1] == ')') {
		while (i && c.cp[i - 1] != '(')
			i--;
		if (i)
			i--;
	}
	return i && identity_ends_name(c.cp[i - 1]) &&
	       !names_another(n, &c, words, i);
}

static void take_noun(struct narrative *n, const struct token *t)
{
	struct subject *s = &n->np.subject;

	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE) {
		subject_add(&n->whole, t->term);
		return;
	}
	/* 维持日常运行: of no vehicle */
	if (str_equal(t->term->note, STR("running")) &&
	    !resolve_speaks_of(n, STR("three_public.vehicles"))) {
		walk_take_other(n, t);
		return;
	}
	/* 决算数小于预算数…: the comparator stands behind the verb */
	if ((n->relation == RELATION_UP || n->relation == RELATION_DOWN) &&
	    t->term->phase && n->than) {
		n->versus = (struct versus){.set = true,
					    .phase = t->term->phase};
		return;
	}
	n->overall |= str_equal(t->term->note, STR("overall"));
	if (str_equal(t->term->note, STR("balance"))) {
		n->balances_included = true;
		return;
	}
	/* 基本工资、津贴补贴等人员经费: examples of what is named */
	if (n->i && t[-1].kind == TOKEN_TERM && n->n_alts &&
	    str_equal(t[-1].term->text, STR("等")) && t->term->nature.n) {
		n->n_alts = 0;
		*s = (struct subject){.year = s->year};
		n->np.dirty = n->np.tail = false;
	}
	/* 用于保障机关正常运转的日常支出: the words before are its name */
	if (str_equal(t->term->note, STR("clean"))) {
		if (n->mode == MODE_PURPOSE)
			n->mode = MODE_PLAIN;
		*s = (struct subject){.year = s->year};
		n->np.dirty = n->np.tail = false;
	}
	if (subject_is_empty(s) || subject_is_time(s)) {
		n->np.start = t->start;
		n->np.dirty = n->np.dirty && !is_organisation_before(n, t);
	}
	if (!subject_add(s, t->term)) {
		/* 财政拨款支出中，气象服务…: what stood before narrows, or is
		 * over; a new phrase begins */
		struct subject was = *s;

		*s = (struct subject){.year = was.year, .phase = was.phase};
		if (!was.n_items || was.generic)
			s->fund = was.fund;
		n->np.start = t->start;
		/* 新增一个二级预算单位专项业务经费: another's */
		n->np.dirty = was.count || was.why.n;
		subject_add(s, t->term);
		/* 货物采购授予中小企业合同金额: neither of the two */
		if (subject_is_memo(&was) && subject_is_memo(s) &&
		    !was.count && !was.context)
			s->why = STR("no_item");
		/* …；主要原因是更新应急保障用车；…: no topic of what follows */
		if (!subject_is_empty(&was) && was.n_items &&
		    n->mode != MODE_REASON)
			n->topic = was;
	}
	if (str_equal(t->term->note, STR("equipment")))
		s->threshold = n->threshold;
	if (t->term->phase)
		n->np.phase = t->term->phase;
	/* 社会福利的彩票公益金支出: not the class */
	n->np.tail = n->np.tail && t->term->generic && s->class_term;
	n->np.filler = true;
}

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
	*f = (struct frame){.head = n->last,
			    .parts = n->x->out->n_facts,
			    .level = n->level};
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
	int64_t sum = 0, slack = 0;
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
	return parts > 1 && sum >= whole->value - slack &&
	       sum <= whole->value + slack;
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
		n->last = n->reason_of;
	}
	if (n->none)
		return;
	/* 一般公共预算财政拨款支出按功能分类：…: the whole has no amount */
	if (n->np.subject.fund.n && n->np.subject.generic && !n->np.tail &&
	    n->relation == RELATION_LEVEL &&
	    resolve_subjects(n, true, &m, &why) && m.n == 1) {
		m.fact = n->x->out->n_facts;
		n->last = m;
	}
	/* 基本支出X；项目支出Y。按经济分类：A…: of the whole again, not of Y */
	if (str_starts(t->term->text, STR("按")) && n->last.n &&
	    n->last.fact != n->paragraph_fact &&
	    n->sentence_fact == n->x->out->n_facts &&
	    (n->last.at[0].nature.n || n->last.at[0].function.n))
		n->last = n->head;
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
	n->last = m;
	walk_push_frame(n);
	n->of_which = false;
	walk_clear_phrase(n, t->end);
}

/* Behind a comparator, 、上年决算 or 及上年决算 is a second one: the index behind
 * it. */
static size_t take_second_versus(struct narrative *n, size_t i)
{
	static const char *const JOINS[] = {"和", "及", "与", "以及"};
	bool joins = i < n->list.n && n->list.t[i].kind == TOKEN_PUNCT &&
		     n->list.t[i].punct == 0x3001;
	struct versus v;
	size_t behind;

	for (size_t k = 0; k < sizeof JOINS / sizeof *JOINS; k++)
		joins |= i < n->list.n && n->list.t[i].kind == TOKEN_TERM &&
			 str_equal(n->list.t[i].term->text,
				   str_of(JOINS[k]));
	if (!joins)
		return i;
	behind = versus_read(n, i, &v);
	if (behind > i)
		n->versus_also = v;
	return behind;
}

static void take_versus(struct narrative *n, const struct token *t)
{
	struct versus v;
	size_t behind = versus_read(n, n->i, &v);

	if (behind == n->i) { /* 与, 和: joins */
		if (!subject_is_time(&n->np.subject) &&
		    n->n_alts < MAX_ALTERNATIVES &&
		    n->relation == RELATION_LEVEL) {
			n->alts[n->n_alts++] = n->np.subject;
			n->np.subject = (struct subject){
				.year = n->np.subject.year};
		}
		return;
	}
	if (n->mode == MODE_PURPOSE) {
		walk_end_reason(n, t->start);
		walk_clear_phrase(n, t->start);
	}
	/* 与上年收支总计相比，减少X: what is compared is the subject */
	for (size_t k = n->i + 1; k < behind; k++)
		if (n->list.t[k].kind == TOKEN_TERM &&
		    n->list.t[k].term->n_items > 1 && !n->n_alts &&
		    n->mode == MODE_PLAIN && subject_is_time(&n->np.subject))
			subject_add(&n->np.subject, n->list.t[k].term);
	n->versus = v;
	behind = take_second_versus(n, behind);
	n->versus_open = true;
	n->unknown_verb = false;
	n->versus_clause = true;
	n->i = behind - 1;
	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE)
		n->relation = RELATION_LEVEL;
}

static void take_verb(struct narrative *n, const struct token *t,
		      enum relation r)
{
	const struct token *next = &n->list.t[n->i + 1];

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
		n->reason_of = n->last;
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

void walk_take_term(struct narrative *n, const struct token *t)
{
	switch (t->term->class) {
	case TERM_NOUN:
		take_noun(n, t);
		break;
	case TERM_UP:
		take_verb(n, t, RELATION_UP);
		break;
	case TERM_DOWN:
		take_verb(n, t, RELATION_DOWN);
		break;
	case TERM_SAME:
		resolve_same(n, t);
		n->versus_open = false;
		break;
	case TERM_VERSUS:
	case TERM_YOY:
		take_versus(n, t);
		break;
	case TERM_YEAR:
		if (t->term->year)
			walk_take_year(n, n->x->year ? n->x->year + t->term->year
						: 0);
		else
			n->np.subject.whole_year = true;
		break;
	case TERM_OF_WHICH:
		take_of_which(n, t);
		break;
	case TERM_REASON:
		take_reason(n, t);
		break;
	case TERM_PURPOSE:
		/* 单位资金保障0人: by whose money */
		if (n->i + 1 < n->list.n && t[1].kind == TOKEN_AMOUNT &&
		    t[1].unit == UNIT_COUNT &&
		    str_ends(t->term->text, STR("保障"))) {
			walk_take_other(n, t);
		} else if (n->mode == MODE_PLAIN) {
			n->mode = MODE_PURPOSE;
			n->purpose_of = n->np.subject;
			walk_clear_phrase(n, t->end);
		}
		break;
	case TERM_SHARE:
	case TERM_DONE:
		n->relation = t->term->class == TERM_SHARE ? RELATION_SHARE
							   : RELATION_DONE;
		n->whole = (struct subject){0};
		/* 在本年支出合计中占98.78%: the whole stands before */
		if (n->i && n->list.t[n->i - 1].kind == TOKEN_TERM &&
		    n->list.t[n->i - 1].term->class == TERM_SCOPE &&
		    n->np.words_start != n->part_start) {
			n->whole = n->np.subject;
			walk_clear_phrase(n, t->start);
		}
		break;
	case TERM_NONE:
		take_none(n, t);
		break;
	case TERM_ZERO:
		if (is_noun_next(n)) { /* 均未安排因公出国（境）费 */
			take_none(n, t);
			break;
		}
		n->none_start = t->start;
		resolve_zero(n, t);
		break;
	case TERM_EACH:
		n->each = true;
		break;
	case TERM_RESPECTIVELY:
		n->respectively = 1;
		break;
	case TERM_FROM:
		n->relation = RELATION_FROM;
		break;
	case TERM_TO:
		if (n->relation != RELATION_LEVEL || t->term->text.n > 3)
			n->relation = RELATION_TO; /* 减少到 */
		break;
	case TERM_MARK:
		walk_take_code(n, t);
		break;
	case TERM_LIMIT:
		n->limit = true;
		break;
	case TERM_STOCK:
		/* 主要是油料费，截至年底，保有量为3辆: no reason any more */
		if (n->i && n->list.t[n->i - 1].kind == TOKEN_PUNCT) {
			walk_end_reason(n, t->start);
			walk_begin_clause(n, t->start);
		}
		if (t->term->year && n->x->year) /* 截至上年底 */
			walk_take_date(n, n->x->year + t->term->year);
		break;
	case TERM_SCOPE:
		take_scope(n, t);
		break;
	case TERM_NOISE:
		walk_take_other(n, t);
		break;
	case TERM_APPROX:
	case TERM_FILLER:
	case TERM_ORG:
	case TERM_VERSUS_END:
		n->np.filler = true;
		break;
	}
}
