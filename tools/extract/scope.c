/* Headings are read with the same words as sentences: nouns, in order. */
#include "extract/scope.h"

static struct subject read_heading(struct extract *x, struct str title,
				   const struct token_list *list,
				   bool *economic)
{
	struct subject s = subject_none;

	for (size_t i = 0; i < list->n; i++) {
		const struct token *t = &list->t[i];

		if (t->kind == TOKEN_CODE)
			subject_set_code(&s, t->code);
		if (t->kind != TOKEN_TERM)
			continue;
		if (t->term->class == TERM_MARK) {
			subject_mark(&s, t->term->level);
			subject_mark_unknown(&s, x->lexicon, t->term->level);
			i = scan_unknown_class(list, i);
			if (&list->t[i] != t)
				i--;
		}
		if (t->term->class == TERM_NOUN && !subject_add(&s, t->term) &&
		    (t->term->nature.n || t->term->n_items > 1)) {
			/* 收入预算和支出预算: nothing in particular */
			return subject_none;
		}
	}
	*economic = str_find(title, STR("经济分类")) != SIZE_MAX;
	subject_decide_class(&s, STR(""), *economic, x->year);
	s.phase = PHASE_NONE;
	return s;
}

/* 一、2022年预算执行情况: what a budget says of the year before. */
static void read_execution(struct extract *x, const struct token_list *list,
			   struct scope_heading *h)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct token *t = &list->t[i];

		if (t->kind == TOKEN_YEAR)
			h->year = t->year;
		if (t->kind != TOKEN_TERM)
			continue;
		if (t->term->class == TERM_YEAR && t->term->year && x->year)
			h->year = x->year + t->term->year;
		if (t->term->class == TERM_VERSUS ||
		    t->term->class == TERM_YOY)
			return; /* 与上年执行数对比情况 */
		h->executed |= t->term->phase == PHASE_EXECUTED;
	}
}

static struct subject find_subject(const struct scope *s)
{
	struct subject out = subject_none;

	for (int k = OUTLINE_LEVELS; k > 0; k--) {
		const struct subject *h = &s->at[k].subject;

		if (!s->at[k].set || h->why.n)
			continue;
		if (h->n_items > 1) { /* 财政拨款收支…: the fund alone */
			if (!out.fund.n && !subject_is_memo(&out))
				out.fund = h->fund;
			continue;
		}
		if (!out.n_items && h->n_items) {
			struct str fund = out.fund;

			out = *h;
			if (fund.n)
				out.fund = fund;
		} else if (!out.fund.n && !subject_is_memo(&out)) {
			out.fund = h->fund;
		}
		if (out.n_items && out.fund.n)
			break;
	}
	out.total = false;
	return out;
}

/* What the headings say together; it is asked for each amount. */
static void sum_up(struct scope *s)
{
	s->subject = find_subject(s);
	s->executed = NULL;
	s->economic = false;
	for (int k = 0; k <= OUTLINE_LEVELS; k++) {
		s->economic |= s->at[k].economic;
		if (k && s->at[k].set && s->at[k].executed)
			s->executed = &s->at[k];
	}
}

/* False where nothing was open. */
static bool close_below(struct scope *s, int level)
{
	bool closed = false;

	for (int k = level; k <= OUTLINE_LEVELS; k++) {
		if (!s->at[k].set)
			continue;
		s->at[k] = (struct scope_heading){0};
		closed = true;
	}
	return closed;
}

void scope_close(struct scope *s, int level)
{
	if (close_below(s, level))
		sum_up(s);
}

void scope_enter(struct scope *s, struct extract *x, int level,
		 struct str title, const struct token_list *words)
{
	struct scope_heading *h = &s->at[level];
	enum section_kind kind;
	size_t length = 0;
	bool known;

	for (size_t i = 0; i < words->n; i++)
		length += words->t[i].chars;
	kind = lexicon_section(x->lexicon, words->chars->cp, length, &known);
	close_below(s, level);
	/* The outline goes on behind a table of targets, or behind a glossary
	 * with a section of its own. */
	if (level && level <= 2 && s->at[0].kind &&
	    ((kind == SECTION_PLAIN && known) ||
	     s->at[0].kind == SECTION_TARGET))
		s->at[0].kind = SECTION_PLAIN;
	h->set = true;
	h->title = str_trim(title);
	h->kind = kind;
	h->subject = read_heading(x, title, words, &h->economic);
	if (x->phase == PHASE_APPROVED)
		read_execution(x, words, h);
	sum_up(s);
}

int scope_level(const struct scope *s)
{
	for (int k = OUTLINE_LEVELS; k > 0; k--)
		if (s->at[k].set)
			return k;
	return 0;
}

enum section_kind scope_kind(const struct scope *s)
{
	for (int k = OUTLINE_LEVELS; k >= 0; k--)
		if (s->at[k].kind)
			return s->at[k].kind;
	return SECTION_PLAIN;
}

struct str scope_path(const struct scope *s, struct arena *a)
{
	static const struct str BETWEEN = STR_INIT(" / ");
	size_t most = 0, n = 0;
	char *p;

	for (int k = 1; k <= OUTLINE_LEVELS; k++)
		if (s->at[k].set)
			most += s->at[k].title.n + BETWEEN.n;
	p = arena_alloc_raw(a, most);
	for (int k = 1; k <= OUTLINE_LEVELS; k++) {
		struct str title = s->at[k].title;

		if (!s->at[k].set)
			continue;
		if (n) {
			memcpy(p + n, BETWEEN.p, BETWEEN.n);
			n += BETWEEN.n;
		}
		if (title.n)
			memcpy(p + n, title.p, title.n);
		n += title.n;
	}
	return (struct str){p, n};
}
