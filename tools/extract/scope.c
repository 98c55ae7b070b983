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

const struct scope_heading *scope_executed(const struct scope *s)
{
	for (int k = OUTLINE_LEVELS; k > 0; k--)
		if (s->at[k].set && s->at[k].executed)
			return &s->at[k];
	return NULL;
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

static void close_below(struct scope *s, int level)
{
	for (int k = level; k <= OUTLINE_LEVELS; k++)
		if (s->at[k].set)
			s->at[k] = (struct scope_heading){0};
}

void scope_close(struct scope *s, int level)
{
	close_below(s, level);
	s->subject = find_subject(s);
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
	s->subject = find_subject(s);
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

bool scope_is_economic(const struct scope *s)
{
	for (int k = 0; k <= OUTLINE_LEVELS; k++)
		if (s->at[k].economic)
			return true;
	return false;
}

struct str scope_path(const struct scope *s, struct arena *a)
{
	struct buf b = {0};
	struct str path;

	for (int k = 1; k <= OUTLINE_LEVELS; k++) {
		if (!s->at[k].set)
			continue;
		if (b.n)
			buf_puts(&b, " / ");
		buf_put_str(&b, s->at[k].title);
	}
	path = str_copy(a, buf_str(&b));
	buf_release(&b);
	return path;
}
