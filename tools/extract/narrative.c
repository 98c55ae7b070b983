/* The walk over a paragraph's tokens: one small handler a class of word. */
#include "extract/narrative.h"

#include "base/decimal.h"
#include "extract/chars.h"
#include "extract/identity.h"

void narrative_init(struct narrative *n, struct extract *x)
{
	*n = (struct narrative){.x = x};
}

static void clear_phrase(struct narrative *n, size_t start)
{
	n->np = (struct phrase){.words_start = start, .start = start};
	n->n_alts = 0;
}

static void begin_clause(struct narrative *n, size_t start)
{
	clear_phrase(n, start);
	n->whole = (struct subject){0};
	n->relation = RELATION_LEVEL;
	n->versus_open = n->versus_clause = false;
	n->limit = false;
	n->uncounted = false;
	n->none = false;
	n->each = false;
	n->respectively = 0;
	if (n->mode == MODE_SOFT_REASON)
		n->mode = MODE_PLAIN;
}

static void end_reason(struct narrative *n, size_t end)
{
	if (n->mode == MODE_REASON)
		resolve_reason(n, end);
	if (n->mode != MODE_PLAIN)
		n->mode = MODE_PLAIN;
}

/* 无A、B。 and A未安排。: zeros of what the clause names. */
static void end_none(struct narrative *n, const struct token *t)
{
	if (n->none)
		resolve_zero(n, t);
	n->none = false;
}

/* Behind a list, what goes on speaks of its head again; but where each part
 * had its change, of the last part. */
static void pop_frame(struct narrative *n)
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
		n->last = f->head;
	n->n_frames--;
}

static void begin_sentence(struct narrative *n, size_t start)
{
	begin_clause(n, start);
	if (n->versus.set)
		n->versus_old = n->versus;
	n->versus = (struct versus){0};
	n->topic = (struct subject){0};
	n->poison = (struct str){NULL, 0};
	n->direction = RELATION_LEVEL;
	n->other_year = 0;
	n->of_which = false;
	n->threshold = 0;
	n->parens = 0;
	n->sentence_start = n->part_start = start;
	n->sentence_fact = n->x->out->n_facts;
	while (n->n_frames && !n->frames[n->n_frames - 1].keep)
		pop_frame(n);
}

/* ---- words ------------------------------------------------------------------ */

static bool is_bare_time(const struct subject *s)
{
	return !s->n_items && !s->fund.n && !s->function.n && !s->economic.n &&
	       !s->nature.n && !s->class_term && !s->why.n && !s->total;
}

/* 福州市民政局（本级）收入预算: the words before name who speaks. */
static bool is_organisation_before(const struct narrative *n,
				   const struct token *t)
{
	struct str all = buf_str(&n->x->source->text);
	struct chars c = chars_fold(n->x->arena,
				    str_slice(all, n->np.words_start, t->start),
				    0);
	size_t i = c.n;

	while (i && ((c.cp[i - 1] >= '0' && c.cp[i - 1] <= '9') ||
		     chars_at(&c, i - 1, "年") || chars_at(&c, i - 1, "度")))
		i--;
	if (!i)
		return true; /* a year alone */
	if (c.cp[i - 1] == ')') {
		while (i && c.cp[i - 1] != '(')
			i--;
		if (i)
			i--;
	}
	return i && identity_ends_name(c.cp[i - 1]);
}

static void take_noun(struct narrative *n, const struct token *t)
{
	struct subject *s = &n->np.subject;

	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE) {
		subject_add(&n->whole, t->term);
		return;
	}
	/* 决算数小于预算数…: the comparator stands behind the verb */
	if ((n->relation == RELATION_UP || n->relation == RELATION_DOWN) &&
	    t->term->phase && n->than) {
		n->versus = (struct versus){.set = true,
					    .phase = t->term->phase};
		return;
	}
	if (str_equal(t->term->note, STR("balance"))) {
		n->balances_included = true;
		return;
	}
	if (subject_is_empty(s) || is_bare_time(s)) {
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
		/* …；主要原因是更新应急保障用车；…: no topic of what follows */
		if (!subject_is_empty(&was) && was.n_items &&
		    n->mode != MODE_REASON)
			n->topic = was;
	}
	n->np.tail = false;
	n->np.filler = true;
}

static void take_year(struct narrative *n, int year)
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
}

static void push_frame(struct narrative *n)
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

static void take_of_which(struct narrative *n, const struct token *t)
{
	const struct token *next = &n->list.t[n->i + 1];
	bool last = n->i + 1 >= n->list.n;

	if (str_equal(t->term->text, STR("由")) && !last &&
	    (next->kind == TOKEN_AMOUNT || next->kind == TOKEN_YEAR)) {
		n->relation = RELATION_FROM;
		return;
	}
	if (n->mode == MODE_PURPOSE)
		end_reason(n, t->start);
	if (n->none)
		return;
	push_frame(n);
	clear_phrase(n, t->end);
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
	if (is_bare_time(&n->np.subject) || n->np.tail ||
	    n->np.words_start != n->part_start || n->relation != RELATION_LEVEL || n->mode != MODE_PLAIN ||
	    !resolve_subjects(n, false, &m, &why))
		return;
	m.fact = n->x->out->n_facts;
	n->last = m;
	push_frame(n);
	n->of_which = false;
	clear_phrase(n, t->end);
}

static void take_versus(struct narrative *n, const struct token *t)
{
	struct versus v;
	size_t behind = versus_read(n, n->i, &v);

	if (behind == n->i) { /* 与, 和: joins */
		if (!is_bare_time(&n->np.subject) &&
		    n->n_alts < MAX_ALTERNATIVES &&
		    n->relation == RELATION_LEVEL) {
			n->alts[n->n_alts++] = n->np.subject;
			n->np.subject = (struct subject){
				.year = n->np.subject.year};
		}
		return;
	}
	if (n->mode == MODE_PURPOSE) {
		end_reason(n, t->start);
		clear_phrase(n, t->start);
	}
	n->versus = v;
	n->versus_open = true;
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
	n->relation = r;
	n->than = str_equal(t->term->note, STR("than"));
}

static void take_reason(struct narrative *n, const struct token *t)
{
	if (t->term->weak) {
		if (n->mode == MODE_PLAIN)
			n->mode = MODE_SOFT_REASON;
		clear_phrase(n, t->end);
		return;
	}
	end_none(n, t);
	if (n->mode != MODE_REASON) {
		n->reason_start = t->end;
		n->reason_of = n->last;
	}
	n->mode = MODE_REASON;
	clear_phrase(n, t->end);
	n->relation = RELATION_LEVEL;
}

static void take_none(struct narrative *n, const struct token *t)
{
	if (n->mode == MODE_PURPOSE)
		return;
	n->none = true;
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
		clear_phrase(n, t->end);
	}
}

static bool is_noun_next(const struct narrative *n)
{
	const struct token *next = &n->list.t[n->i + 1];

	return n->i + 1 < n->list.n && next->kind == TOKEN_TERM &&
	       next->term->class == TERM_NOUN;
}

static void take_mark_or_code(struct narrative *n, const struct token *t)
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

static void take_other(struct narrative *n, const struct token *t)
{
	struct phrase *p = &n->np;

	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE)
		return;
	if (subject_is_empty(&p->subject) || is_bare_time(&p->subject))
		p->dirty = true;
	else
		p->tail = true;
	(void)t;
}

/* ---- brackets, commas, stops ------------------------------------------------- */

/*
 * A bracket in a phrase adds to it or says something beside it: its nouns are
 * left out where they would contradict. Only what holds amounts is read.
 */
static size_t closing_bracket(const struct narrative *n, size_t i, bool *amounts)
{
	size_t depth = 0;

	*amounts = false;
	for (size_t k = i; k < n->list.n; k++) {
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
				take_mark_or_code(n, &t[k]);
		}
		n->i = close;
		return;
	}
	n->parens++;
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
	if (i >= n->list.n || !holds_amount_soon(n, i))
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

static void take_comma(struct narrative *n, const struct token *t)
{
	struct subject s = n->np.subject;
	int year = s.year;
	enum phase phase = s.phase;
	bool pending = n->relation == RELATION_LEVEL && !n->versus_open;

	end_none(n, t);
	if (n->mode == MODE_REASON || n->mode == MODE_PURPOSE) {
		/* 主要原因：项目支出增加，较上年增加X */
		n->topic = n->mode == MODE_REASON && !pending &&
					   !n->np.tail && !n->np.dirty
				   ? s
				   : (struct subject){0};
		clear_phrase(n, t->end);
		n->relation = RELATION_LEVEL;
		n->versus_clause = n->limit = false;
		return;
	}
	begin_clause(n, t->end);
	if (!pending)
		return;
	/* 2023年，…: a time holds on; a thing becomes the topic */
	if (!is_bare_time(&s) && !n->np.tail) {
		n->topic = s;
	} else {
		n->np.subject.year = year;
		n->np.subject.phase = phase;
	}
}

static void take_enumeration(struct narrative *n)
{
	if (n->relation != RELATION_LEVEL && is_bare_time(&n->np.subject))
		return;
	if (is_bare_time(&n->np.subject) || n->relation != RELATION_LEVEL ||
	    n->n_alts == MAX_ALTERNATIVES)
		return;
	n->alts[n->n_alts++] = n->np.subject;
	n->np.subject = (struct subject){.year = n->np.subject.year};
}

/* 财政拨款支出主要内容如下：: the head of the paragraphs that follow. */
static void head_without_amount(struct narrative *n)
{
	struct mention m;
	struct str why;

	n->np.subject = n->topic;
	if (resolve_subjects(n, true, &m, &why) &&
	    str_starts(m.at[0].item, STR("expenditure")) && m.n == 1) {
		m.fact = n->x->out->n_facts;
		n->head = m;
		n->head_level = n->level < OUTLINE_LEVELS
					? n->level
					: scope_level(&n->scope);
	}
	n->np.subject = (struct subject){0};
}

static void take_colon(struct narrative *n, const struct token *t)
{
	struct subject s = n->np.subject;

	if (n->mode == MODE_PURPOSE) { /* 主要用于以下方面：… is a list */
		end_reason(n, t->start);
		push_frame(n);
		clear_phrase(n, t->end);
		return;
	}
	if (n->mode != MODE_PLAIN || n->parens ||
	    (n->of_which && is_bare_time(&s)))
		return;
	begin_clause(n, t->end);
	if (!is_bare_time(&s)) {
		n->topic = s;
		if (n->i + 1 == n->list.n)
			head_without_amount(n);
		n->of_which = false;
		n->last.n = 0; /* 收入预算：… begins anew */
	} else if (n->last.n && n->x->out->n_facts > n->sentence_fact) {
		push_frame(n); /* X万元：A…，B… */
	}
	n->np.subject.year = s.year;
}

static void take_stop(struct narrative *n, const struct token *t)
{
	bool open_list = n->of_which && n->i + 1 == n->list.n;

	end_none(n, t);
	end_reason(n, t->start);
	if (n->n_frames && open_list)
		n->frames[n->n_frames - 1].keep = true;
	begin_sentence(n, t->end);
}

static void take_semicolon(struct narrative *n, const struct token *t)
{
	struct subject topic = n->topic;

	end_none(n, t);
	if (n->mode == MODE_REASON && !begins_level(n, n->i + 1)) {
		clear_phrase(n, t->end);
		n->relation = RELATION_LEVEL;
		n->versus_clause = n->limit = false;
		return;
	}
	end_reason(n, t->start);
	begin_clause(n, t->end);
	n->poison = (struct str){NULL, 0};
	n->part_start = t->end;
	n->topic = topic;
}

static void take_punct(struct narrative *n, const struct token *t)
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
		if (is_bare_time(&n->np.subject))
			clear_phrase(n, t->end);
		break;
	case '(':
		take_open(n);
		break;
	case ')':
		if (n->parens)
			n->parens--;
		break;
	default:
		take_other(n, t);
	}
}

static void take_term(struct narrative *n, const struct token *t)
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
			take_year(n, n->x->year ? n->x->year + t->term->year
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
		if (n->mode == MODE_PLAIN) {
			n->mode = MODE_PURPOSE;
			clear_phrase(n, t->end);
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
			clear_phrase(n, t->start);
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
		if (n->relation != RELATION_LEVEL)
			n->relation = RELATION_TO;
		break;
	case TERM_MARK:
		take_mark_or_code(n, t);
		break;
	case TERM_LIMIT:
		n->limit = true;
		break;
	case TERM_STOCK:
		break;
	case TERM_SCOPE:
		take_scope(n, t);
		break;
	case TERM_NOISE:
		take_other(n, t);
		break;
	case TERM_APPROX:
	case TERM_FILLER:
	case TERM_ORG:
	case TERM_VERSUS_END:
		n->np.filler = true;
		break;
	}
}

/* ---- amounts -------------------------------------------------------------------- */

static bool is_approx_before(const struct narrative *n)
{
	return n->i && n->list.t[n->i - 1].kind == TOKEN_TERM &&
	       n->list.t[n->i - 1].term->class == TERM_APPROX;
}

/* X万元的Y%: the amount at i is the base of a rate. */
static bool is_base(const struct narrative *n)
{
	const struct token *t = &n->list.t[n->i];

	return n->i + 2 < n->list.n && t->unit != UNIT_PPM &&
	       t[1].kind == TOKEN_TERM && str_equal(t[1].term->text, STR("的")) &&
	       t[2].kind == TOKEN_AMOUNT && t[2].unit == UNIT_PPM;
}

/* The base of a rate is stated on the way: the rate is of what was named
 * before it. */
static void take_base(struct narrative *n, struct token *t)
{
	struct mention was = n->last;
	struct subject base = n->np.subject;

	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE)
		base = n->np.subject = n->whole;
	else
		n->relation = base.phase && is_bare_time(&base)
				      ? RELATION_DONE
				      : RELATION_SHARE;
	n->whole = base;
	n->base = true;
	resolve_amount(n, t);
	n->base = false;
	if (was.n)
		n->last = was;
	clear_phrase(n, t->end);
}

static void take_amount(struct narrative *n, struct token *t)
{
	bool listed = n->respectively > 0;
	struct phrase was = n->np;

	t->approx |= is_approx_before(n);
	if (is_base(n)) {
		take_base(n, t);
		return;
	}
	resolve_amount(n, t);
	if (t->threshold) {
		n->np = was; /* the words behind name it */
		n->limit = false;
		return;
	}
	if (!listed) {
		n->n_alts = 0;
		n->np = (struct phrase){.words_start = was.words_start,
					.start = t->end};
		n->each = false;
	}
	n->none = false;
	n->limit = false;
	n->whole = (struct subject){0};
	/* 减少会议费12.4万元、培训费9.7万元: the verb holds for both */
	if (n->mode != MODE_REASON || n->i + 1 >= n->list.n || t[1].kind != TOKEN_PUNCT || t[1].punct != 0x3001)
		n->relation = RELATION_LEVEL;
	n->versus_open = false;
	n->of_which = false;
}

/* 为0 without a unit is a zero; 增长13.95 lost its percent sign. */
static void take_number(struct narrative *n, struct token *t)
{
	const struct token *next =
		n->i + 1 < n->list.n ? &n->list.t[n->i + 1] : NULL;
	int64_t year = t->value / 10000;
	bool ends = !next || next->kind == TOKEN_PUNCT;

	if (next && next->punct == 0x3001 && year >= 1990 && year < 2100 &&
	    n->i + 2 < n->list.n && next[1].kind == TOKEN_YEAR) {
		take_year(n, (int)year);
		return;
	}
	if (t->bare_zero && ends && n->relation == RELATION_LEVEL && n->i &&
	    n->list.t[n->i - 1].kind == TOKEN_TERM &&
	    (n->list.t[n->i - 1].term->class == TERM_FILLER ||
	     n->list.t[n->i - 1].term->class == TERM_EACH)) {
		resolve_zero(n, t);
		return;
	}
	if (ends && (n->relation == RELATION_UP || n->relation == RELATION_DOWN) &&
	    n->direction != RELATION_LEVEL) {
		resolve_amount(n, t);
		n->relation = RELATION_LEVEL;
		return;
	}
	take_other(n, t);
}

static void walk(struct narrative *n)
{
	for (n->i = 0; n->i < n->list.n; n->i++) {
		struct token *t = &n->list.t[n->i];

		switch (t->kind) {
		case TOKEN_TERM:
			take_term(n, t);
			break;
		case TOKEN_AMOUNT:
			take_amount(n, t);
			break;
		case TOKEN_NUMBER:
			take_number(n, t);
			break;
		case TOKEN_YEAR:
			take_year(n, t->year);
			break;
		case TOKEN_DATE:
			n->date = t->year;
			break;
		case TOKEN_CODE:
			take_mark_or_code(n, t);
			break;
		case TOKEN_PUNCT:
			take_punct(n, t);
			break;
		case TOKEN_ITEM_MARK:
			break;
		case TOKEN_OTHER:
			take_other(n, t);
			break;
		}
	}
}

/* A bare 0 is as fine as the finest amount of its paragraph. */
static void refine_zeros(struct narrative *n)
{
	struct bud_fact *facts = n->x->out->facts;
	int64_t finest = 0;

	for (size_t k = n->paragraph_fact; k < n->x->out->n_facts; k++)
		if (facts[k].unit == UNIT_FEN && facts[k].value &&
		    facts[k].quantum &&
		    (!finest || facts[k].quantum < finest))
			finest = facts[k].quantum;
	for (size_t k = n->paragraph_fact; k < n->x->out->n_facts && finest; k++)
		if (facts[k].unit == UNIT_FEN && !facts[k].value &&
		    facts[k].quantum > finest)
			facts[k].quantum = finest;
}

/* 分别为86.00、0、220.00万元: the last one's measure word holds for all. */
static void share_measures(struct narrative *n)
{
	struct token *measured = NULL;

	for (size_t i = n->list.n; i-- > 0;) {
		struct token *t = &n->list.t[i];
		int64_t quantum = 0;

		if (t->kind == TOKEN_AMOUNT) {
			measured = t;
		} else if (t->kind == TOKEN_NUMBER && measured &&
			   measured->unit == UNIT_FEN && measured->measure) {
			t->kind = TOKEN_AMOUNT;
			t->unit = UNIT_FEN;
			t->measure = measured->measure;
			decimal_muldiv(t->value, t->measure->scale, 10000,
				       &t->value);
			decimal_muldiv(t->quantum, t->measure->scale, 10000,
				       &quantum);
			t->quantum = quantum ? quantum : 1;
		} else if (t->kind != TOKEN_PUNCT || t->punct != 0x3001) {
			measured = NULL;
		}
	}
}

/* The outline level of a paragraph, OUTLINE_LEVELS where it has no number. */
static int paragraph_level(const struct narrative *n)
{
	return n->list.n && n->list.t[0].kind == TOKEN_ITEM_MARK
		       ? n->list.t[0].level
		       : OUTLINE_LEVELS;
}

static void close_heads(struct narrative *n, int level)
{
	for (int k = level; k <= OUTLINE_LEVELS; k++)
		n->heads[k].n = 0;
}

/* 五、“三公”经费…：… : what a numbered paragraph says before its first stop
 * or colon is a heading for what follows it. */
static void enter_numbered(struct narrative *n, const struct source_block *b)
{
	const struct token *t = n->list.t;
	size_t k;

	if (n->level == OUTLINE_LEVELS) {
		return;
	}
	scope_close(&n->scope, n->level);
	if (n->head.n && n->head_level >= n->level)
		n->head.n = 0;
	close_heads(n, n->level);
	for (k = 1; k < n->list.n && k < 16; k++)
		if (t[k].kind == TOKEN_AMOUNT || t[k].kind == TOKEN_NUMBER ||
		    (t[k].kind == TOKEN_PUNCT &&
		     (t[k].punct == ':' || t[k].punct == 0x3002)))
			break;
	if (k < n->list.n && k > 1 && t[k].kind == TOKEN_PUNCT) {
		scope_enter(&n->scope, n->x, n->level,
			    str_slice(buf_str(&n->x->source->text), b->start,
				      t[k].start));
		n->last.n = 0;
		n->date = 0;
	}
	n->x->section = scope_path(&n->scope, n->x->arena);
}

static void read_block(struct narrative *n, const struct source_block *b)
{
	n->page = b->page;
	n->line = b->line;
	n->mode = MODE_PLAIN;
	n->economic_list = false;
	n->paragraph_fact = n->x->out->n_facts;
	n->kind = scope_kind(&n->scope);
	share_measures(n);
	begin_sentence(n, b->start);
	walk(n);
	if (n->list.n) {
		struct token end = n->list.t[n->list.n - 1];

		/* a line of its own: 财政拨款支出按功能科目分类情况 */
		if (n->x->out->n_facts == n->paragraph_fact &&
		    end.kind != TOKEN_PUNCT && !n->none &&
		    n->relation == RELATION_LEVEL && n->mode == MODE_PLAIN &&
		    n->sentence_start == b->start &&
		    !is_bare_time(&n->np.subject)) {
			n->topic = n->np.subject;
			head_without_amount(n);
		}
		end_none(n, &end);
		end_reason(n, end.end);
		if (n->of_which && n->n_frames)
			n->frames[n->n_frames - 1].keep = true;
	}
	refine_zeros(n);
}

static bool holds_amount(const struct narrative *n)
{
	for (size_t k = 0; k < n->list.n; k++)
		if (n->list.t[k].kind == TOKEN_AMOUNT)
			return true;
	return false;
}

void narrative_heading(struct narrative *n, const struct source_block *b)
{
	struct str text = source_text(n->x->source, b);
	int level;

	n->list = scan_text(n->x->arena, n->x->lexicon, text, b->start);
	if (holds_amount(n)) { /* （一）本年财政拨款收入112859.65万元 */
		narrative_paragraph(n, b);
		return;
	}
	n->level = paragraph_level(n);
	level = n->level < OUTLINE_LEVELS ? n->level : b->level;
	if (n->contents)
		return;
	scope_enter(&n->scope, n->x, level, text);
	n->x->section = scope_path(&n->scope, n->x->arena);
	while (n->n_frames)
		pop_frame(n);
	n->last.n = n->head.n = n->money.n = 0;
	close_heads(n, level);
	n->date = 0;
	n->versus_old = (struct versus){0};
	read_block(n, b);
}

/* A short line of its own that names a section, without number. */
static bool is_unnumbered_heading(const struct narrative *n, struct str text)
{
	bool known;

	if (n->level != OUTLINE_LEVELS || !n->list.n || text.n > 120)
		return false;
	for (size_t k = 0; k < n->list.n; k++) {
		const struct token *t = &n->list.t[k];

		if (t->kind == TOKEN_AMOUNT ||
		    (t->kind == TOKEN_PUNCT && t->punct != '(' &&
		     t->punct != ')' && t->punct != 0x3001 && t->punct != '-'))
			return false;
	}
	lexicon_section(n->x->lexicon, text, &known);
	return known;
}

void narrative_paragraph(struct narrative *n, const struct source_block *b)
{
	struct str text = source_text(n->x->source, b);

	n->list = scan_text(n->x->arena, n->x->lexicon, text, b->start);
	n->level = paragraph_level(n);
	if (is_unnumbered_heading(n, text)) {
		narrative_heading(n, b);
		return;
	}
	while (n->n_frames && n->frames[n->n_frames - 1].level >= n->level &&
	       (n->level < OUTLINE_LEVELS ||
		!n->frames[n->n_frames - 1].keep))
		pop_frame(n);
	enter_numbered(n, b);
	read_block(n, b);
}

void narrative_finish(struct narrative *n)
{
	while (n->n_frames)
		pop_frame(n);
	resolve_lists(n);
	if (n->balances_included)
		resolve_balances_included(n);
}
