/* Commas, colons, stops and brackets: where phrases and sentences end. */
#include "extract/walk.h"

void walk_clear_phrase(struct narrative *n, size_t start)
{
	n->np.subject = subject_none;
	n->np.start = n->np.words_start = start;
	n->np.phase = PHASE_NONE;
	n->np.dirty = n->np.tail = n->np.filler = false;
	n->n_alts = 0;
}

void walk_begin_clause(struct narrative *n, size_t start)
{
	walk_clear_phrase(n, start);
	n->clause_fact = n->x->out->n_facts;
	walk_forget_whole(n);
	n->relation = RELATION_LEVEL;
	n->versus_open = n->versus_clause = n->limit = n->strange = false;
	n->uncounted = n->none = n->each = false;
	n->versus_also = (struct versus){0};
	n->was_respective = n->respectively > 1;
	n->respectively = 0;
	if (n->mode == MODE_SOFT_REASON)
		n->mode = MODE_PLAIN;
}

void walk_end_reason(struct narrative *n, size_t end)
{
	if (n->mode == MODE_REASON)
		resolve_reason(n, end);
	if (n->mode != MODE_PLAIN)
		n->mode = MODE_PLAIN;
}

/* 无A、B。 and A未安排。: zeros of what the clause names. */
void walk_end_none(struct narrative *n, const struct token *t)
{
	if (n->none)
		resolve_zero(n, t);
	n->none = n->bought = false;
}

/* Behind a list, what goes on speaks of its head again; but where each part
 * had its change, of the last part. */
void walk_pop_frame(struct narrative *n)
{
	const struct frame *f = &n->frames[n->n_frames - 1];
	bool changes = false;

	for (size_t k = f->parts; k < n->x->out->n_facts; k++)
		changes |= n->x->out->facts[k].at.kind == KIND_CHANGE;
	if (f->head.n == 1 && !f->balance &&
	    str_equal(f->head.at[0].item, STR("revenue_total"))) {
		n->lists = arena_grow(n->x->arena, n->lists, &n->cap_lists,
				      n->n_lists + 1, sizeof *n->lists);
		n->lists[n->n_lists++] =
			(struct list){f->parts, n->x->out->n_facts};
	}
	if (!changes)
		mention_copy(&n->last, &f->head);
	n->n_frames--;
}

void walk_begin_sentence(struct narrative *n, size_t start)
{
	walk_begin_clause(n, start);
	if (n->versus.set)
		n->versus_old = n->versus;
	n->versus = (struct versus){0};
	n->topic = subject_none;
	n->poison = (struct str){NULL, 0};
	n->direction = RELATION_LEVEL;
	n->other_year = 0;
	n->of_which = n->unnamed = n->listing = n->overall = false;
	n->threshold = 0;
	n->parens = 0;
	n->sentence_start = n->part_start = start;
	n->sentence_fact = n->x->out->n_facts;
	while (n->n_frames && !n->frames[n->n_frames - 1].keep)
		walk_pop_frame(n);
}

/*
 * A bracket in a phrase adds to it or says something beside it: its nouns are
 * left out where they would contradict. Only what holds amounts is read. One
 * that goes on for ever was never closed.
 */
enum { LONGEST_BRACKET = 1000 };

static size_t closing_bracket(const struct narrative *n, size_t i, bool *amounts)
{
	size_t depth = 0;

	*amounts = false;
	for (size_t k = i; k < n->list.n && k - i < LONGEST_BRACKET; k++) {
		const struct token *t = &n->list.t[k];

		if (t->kind == TOKEN_AMOUNT)
			*amounts = true;
		if (t->kind != TOKEN_PUNCT)
			continue;
		if (t->punct == '(')
			depth++;
		if (t->punct == ')' && !--depth)
			return k;
		if (t->punct == 0x3002)
			break;
	}
	return i;
}

static void take_open(struct narrative *n)
{
	bool amounts;
	size_t close = closing_bracket(n, n->i, &amounts);
	const struct token *t = n->list.t;

	if (close == n->i)
		return;
	if (!amounts) {
		/* (2010301), (类): codes and marks stand in it */
		for (size_t k = n->i + 1; k < close; k++) {
			if (t[k].kind == TOKEN_CODE)
				walk_take_code(n, &t[k]);
			/* 事业收入（财政专户管理资金）: of which fund */
			if (t[k].kind == TOKEN_TERM && t[k].term->fund.n &&
			    close == n->i + 2 && n->np.subject.n_items == 1 &&
			    t[k - 2].kind == TOKEN_TERM &&
			    t[k - 2].term->n_items == 1)
				n->np.subject.fund = t[k].term->fund;
			/* 核算的学费、住宿费收入（财政专户管理资金） */
			if (t[k].kind == TOKEN_TERM && t[k].term->fund.n &&
			    close == n->i + 2 && n->np.subject.generic) {
				n->np.dirty = n->np.tail = false;
				n->n_alts = 0;
			}
			/* 公务接待费（三公）: as a disclosure of its own */
			if (t[k].kind == TOKEN_TERM && close == n->i + 2 &&
			    t[k].term->n_items == 1 &&
			    str_equal(t[k].term->items[0],
				      STR("three_public")) &&
			    subject_is_memo(&n->np.subject))
				n->np.subject.own = true;
			/* 其他支出（上缴上级支出、对附属单位补助支出） */
			if (t[k].kind == TOKEN_TERM && t[k].term->nature.n &&
			    !str_starts(t[k].term->nature, STR("basic")) &&
			    n->np.subject.class_term &&
			    !n->np.subject.function.n)
				n->np.subject.why = STR("no_item");
			/* （上年无此项支出） */
			if (t[k].kind == TOKEN_TERM &&
			    t[k].term->class == TERM_ZERO &&
			    str_equal(t[k].term->note, STR("last")))
				return;
		}
		n->i = close;
		return;
	}
	if (!n->parens++) {
		mention_copy(&n->outside, &n->last);
		n->paren_year = 0;
	}
}

static bool holds_amount_soon(const struct narrative *n, size_t i)
{
	for (size_t k = i; k < n->list.n && k < i + 12; k++) {
		const struct token *t = &n->list.t[k];

		if (t->kind == TOKEN_AMOUNT)
			return true;
		if (t->kind == TOKEN_PUNCT &&
		    (t->punct == ',' || t->punct == 0x3002 || t->punct == ';'))
			return false;
		if (t->kind == TOKEN_TERM &&
		    (t->term->class == TERM_UP || t->term->class == TERM_DOWN ||
		     t->term->class == TERM_REASON))
			return false;
	}
	return false;
}

/* 政府性基金预算未安排: a thing, and at once that there is none. */
static bool holds_none_soon(const struct narrative *n, size_t i)
{
	const struct token *t = n->list.t;

	while (i < n->list.n && t[i].kind == TOKEN_TERM &&
	       (t[i].term->class == TERM_NOUN || t[i].term->class == TERM_ORG ||
		t[i].term->class == TERM_YEAR))
		i++;
	return i < n->list.n && i && t[i].kind == TOKEN_TERM &&
	       (t[i].term->class == TERM_NONE ||
		t[i].term->class == TERM_ZERO) &&
	       (i + 1 == n->list.n || t[i + 1].kind == TOKEN_PUNCT);
}

/* Does the clause at i name a thing and its level? Then a reason is over. */
static bool begins_level(const struct narrative *n, size_t i)
{
	const struct token *t = n->list.t;

	while (i < n->list.n &&
	       (t[i].kind == TOKEN_ITEM_MARK ||
		(t[i].kind == TOKEN_TERM && t[i].term->class == TERM_LIMIT)))
		i++;
	if (i < n->list.n && t[i].kind == TOKEN_AMOUNT && t[i].threshold)
		return true;
	if (i >= n->list.n ||
	    (!holds_amount_soon(n, i) && !holds_none_soon(n, i)))
		return false;
	while (i < n->list.n &&
	       (t[i].kind == TOKEN_YEAR ||
		(t[i].kind == TOKEN_TERM &&
		 (t[i].term->class == TERM_YEAR ||
		  t[i].term->class == TERM_FILLER ||
		  t[i].term->class == TERM_ORG))))
		i++;
	return i < n->list.n && t[i].kind == TOKEN_TERM &&
	       (t[i].term->class == TERM_NOUN ||
		t[i].term->class == TERM_OF_WHICH) &&
	       !t[i].term->why.n;
}

/* clean: without unknown words, so that changes behind may be its own. */
static void set_topic(struct narrative *n, const struct subject *s, bool clean)
{
	n->topic = *s;
	n->topic_fact = n->x->out->n_facts;
	n->topic_clean = clean;
}

/* 收入合计X，全部为财政拨款收入，…: told of what stood before, no new topic. */
static bool is_predicate(const struct narrative *n, size_t start)
{
	size_t k = n->i;

	while (k && n->list.t[k - 1].start >= start)
		k--;
	for (; k < n->i; k++) {
		const struct token *t = &n->list.t[k];

		if (t->kind != TOKEN_TERM || t->term->class == TERM_NOUN)
			return false;
		if (t->term->class == TERM_EACH ||
		    str_ends(t->term->text, STR("为")) ||
		    str_ends(t->term->text, STR("是")))
			return true;
	}
	return false;
}

/* 国外接待0批次，0人次: what could not be counted goes on. */
static bool counts_next(const struct narrative *n)
{
	size_t k = n->i + 1;

	while (k < n->list.n && n->list.t[k].kind == TOKEN_TERM &&
	       n->list.t[k].term->class == TERM_FILLER)
		k++;
	return k < n->list.n && n->list.t[k].kind == TOKEN_AMOUNT &&
	       n->list.t[k].unit == UNIT_COUNT;
}

/* 主要用于接待检查，共计接待3批次: no purpose any more. */
static bool sums_up_next(const struct narrative *n)
{
	static const char *const WORDS[] = {"共", "累计", "合计", "总计"};
	size_t k = n->i + 1;

	if (k >= n->list.n || n->list.t[k].kind != TOKEN_TERM ||
	    n->list.t[k].term->class != TERM_FILLER ||
	    !holds_amount_soon(n, k))
		return false;
	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
		if (str_starts(n->list.t[k].term->text, str_of(WORDS[i])))
			return true;
	return false;
}

static void take_comma(struct narrative *n, const struct token *t)
{
	struct subject was, *s = &n->np.subject;
	bool pending = n->relation == RELATION_LEVEL && !n->versus_open;
	bool uncounted = n->uncounted, strange, told, time;
	bool clean = !n->np.dirty && !n->np.tail;
	size_t start = n->np.words_start;
	int16_t year;
	enum phase phase;

	if (n->none) {
		was = *s; /* as it stood before the zero was told */
		s = &was;
		walk_end_none(n, t);
	}
	time = subject_is_time(s);
	if (n->mode == MODE_PURPOSE && sums_up_next(n))
		walk_end_reason(n, t->start);
	if (n->mode == MODE_REASON || n->mode == MODE_PURPOSE) {
		/* 主要原因：项目支出增加，较上年增加X */
		n->topic = n->mode == MODE_REASON && !pending &&
					   !n->np.tail && !n->np.dirty
				   ? *s
				   : subject_none;
		/* 故政府性基金收入与上年相比，增加Z% */
		n->topic_fact = n->x->out->n_facts;
		n->topic_clean = n->versus_open;
		if (n->versus_open && !clean && !time)
			n->poison = STR("reason");
		walk_clear_phrase(n, t->end);
		n->relation = RELATION_LEVEL;
		n->versus_clause = n->limit = false;
		return;
	}
	told = n->x->out->n_facts > n->clause_fact;
	strange = n->np.dirty && subject_is_empty(s) && pending && !told;
	year = s->year;
	phase = s->phase;
	/* 2023年，…: a time holds on; a thing becomes the topic, also where it
	 * stands before the comparator: 收入总计与上年相比，减少X; but not what was
	 * told already: 公务接待费未安排，与上年一致 */
	if (!time && !told && (pending || (n->versus_open && clean)) &&
	    !is_predicate(n, start))
		set_topic(n, s, clean);
	walk_begin_clause(n, t->end);
	n->uncounted = uncounted && counts_next(n);
	n->strange = strange;
	if (time && pending) {
		n->np.subject.year = year;
		n->np.subject.phase = phase;
	}
}

static void take_enumeration(struct narrative *n)
{
	if (n->relation != RELATION_LEVEL && subject_is_time(&n->np.subject))
		return;
	if (subject_is_time(&n->np.subject) || n->relation != RELATION_LEVEL ||
	    n->n_alts == MAX_ALTERNATIVES)
		return;
	n->alts[n->n_alts++] = n->np.subject;
	subject_begin(&n->np.subject);
}

/* 财政拨款支出主要内容如下：: the head of the paragraphs that follow. */
void walk_head_without_amount(struct narrative *n)
{
	struct mention m;
	struct str why;

	n->np.subject = n->topic;
	if (resolve_subjects(n, true, &m, &why) &&
	    str_starts(m.at[0].item, STR("expenditure")) && m.n == 1) {
		m.fact = n->x->out->n_facts;
		mention_copy(&n->head, &m);
		n->head_level = n->level < OUTLINE_LEVELS
					? n->level
					: scope_level(&n->scope);
	}
	n->np.subject = subject_none;
}

static void take_colon(struct narrative *n, const struct token *t)
{
	struct subject s = n->np.subject;
	bool clean = !n->np.dirty && !n->np.tail;

	if (n->mode == MODE_PURPOSE) { /* 主要用于以下方面：… is a list */
		walk_end_reason(n, t->start);
		if (n->purpose_of.generic || n->purpose_of.fund.n) {
			n->topic = n->purpose_of;
			walk_head_without_amount(n);
			if (n->head.n && n->head.fact == n->x->out->n_facts)
				mention_copy(&n->last, &n->head);
		}
		walk_push_frame(n);
		walk_clear_phrase(n, t->end);
		return;
	}
	if (n->mode != MODE_PLAIN || n->parens ||
	    (n->of_which && subject_is_time(&s))) {
		/* 按经济科目来划分：: what stood before names nothing */
		if (n->of_which && n->mode == MODE_PLAIN && !n->parens)
			n->np.dirty = n->np.tail = false;
		return;
	}
	walk_begin_clause(n, t->end);
	if (!subject_is_time(&s)) {
		/* 财政拨款支出具体情况：文物保护（项）：… */
		if (!subject_is_time(&n->topic) &&
		    n->topic_fact == n->x->out->n_facts)
			walk_head_without_amount(n);
		set_topic(n, &s, clean);
		if (n->i + 1 == n->list.n ||
		    (s.fund.n && !subject_is_memo(&s)))
			walk_head_without_amount(n);
		n->of_which = false;
		n->last.n = 0; /* 收入预算：… begins anew */
	} else if (n->last.n && n->x->out->n_facts > n->sentence_fact) {
		walk_push_frame(n); /* X万元：A…，B… */
	}
	n->np.subject.year = s.year;
}

/* 教育支出（类）…小学教育（项）。年初预算为X: a title, without number. */
static bool is_title(const struct narrative *n)
{
	const struct subject *s = &n->np.subject;

	return n->level == OUTLINE_LEVELS &&
	       n->x->out->n_facts == n->sentence_fact && !n->none &&
	       n->relation == RELATION_LEVEL && n->mode == MODE_PLAIN &&
	       n->np.words_start == n->sentence_start && !n->np.dirty &&
	       !n->np.tail && !n->n_alts && !n->versus_open && !s->generic &&
	       !s->count && (s->function.n || s->n_items == 1);
}

static void take_stop(struct narrative *n, const struct token *t)
{
	bool open_list = n->of_which && n->i + 1 == n->list.n;
	bool title = is_title(n);
	struct subject s;

	if (title)
		s = n->np.subject;
	walk_end_none(n, t);
	walk_end_reason(n, t->start);
	if (n->n_frames && open_list)
		n->frames[n->n_frames - 1].keep = true;
	walk_begin_sentence(n, t->end);
	if (title)
		set_topic(n, &s, true);
}

/*
 * 公务用车运行费减少X，主要原因是…；公务接待费减少Y: the next of the three public
 * expenses, no reason of the one before.
 */
static bool begins_sibling(const struct narrative *n, size_t i)
{
	static const struct str FAMILY = STR_INIT("three_public.");
	const struct token *t = n->list.t;
	struct versus v;
	struct str was;

	/* 比上年预算增加X，主要是…；比上年执行数减少Y */
	if (n->reason_of.n && i + 1 < n->list.n && t[i].kind == TOKEN_TERM &&
	    t[i].term->class == TERM_VERSUS) {
		i = versus_read(n, i, &v);
		return i + 1 < n->list.n && v.set && t[i].kind == TOKEN_TERM &&
		       (t[i].term->class == TERM_UP ||
			t[i].term->class == TERM_DOWN) &&
		       t[i + 1].kind == TOKEN_AMOUNT;
	}

	if (!n->reason_of.n || i + 1 >= n->list.n || t[i].kind != TOKEN_TERM ||
	    !t[i].term->n_items ||
	    !str_starts(t[i].term->items[0], FAMILY) ||
	    t[i + 1].kind != TOKEN_TERM ||
	    (t[i + 1].term->class != TERM_UP &&
	     t[i + 1].term->class != TERM_DOWN &&
	     t[i + 1].term->class != TERM_VERSUS))
		return false;
	was = n->reason_of.at[0].item;
	return str_starts(was, FAMILY) && !str_starts(t[i].term->items[0], was);
}

static void take_semicolon(struct narrative *n, const struct token *t)
{
	walk_end_none(n, t);
	if (n->mode == MODE_REASON && !begins_level(n, n->i + 1) &&
	    !begins_sibling(n, n->i + 1)) {
		walk_clear_phrase(n, t->end);
		n->relation = RELATION_LEVEL;
		n->versus_clause = n->limit = false;
		return;
	}
	if (n->mode == MODE_REASON && n->reason_of.n)
		mention_copy(&n->last, &n->reason_of);
	walk_end_reason(n, t->start);
	walk_begin_clause(n, t->end);
	n->poison = (struct str){NULL, 0};
	n->part_start = t->end;
}

void walk_take_punct(struct narrative *n, const struct token *t)
{
	switch (t->punct) {
	case ',':
		take_comma(n, t);
		break;
	case 0x3001:
		take_enumeration(n);
		break;
	case ':':
		take_colon(n, t);
		break;
	case ';':
		take_semicolon(n, t);
		break;
	case 0x3002:
	case '!':
	case '?':
		take_stop(n, t);
		break;
	case '-':
		if (subject_is_time(&n->np.subject))
			walk_clear_phrase(n, t->end);
		break;
	case '(':
		take_open(n);
		break;
	case ')':
		if (n->parens && !--n->parens && n->outside.n)
			mention_copy(&n->last, &n->outside);
		break;
	default:
		walk_take_other(n, t);
	}
}
