/* Headings are read with the same words as sentences: nouns, in order. */
#include "extract/scope.h"

#include "extract/chars.h"

/* The folded characters of a heading's tokens. */
static size_t length_of(const struct token_list *list)
{
	size_t length = 0;

	for (size_t i = 0; i < list->n; i++)
		length += list->t[i].chars;
	return length;
}

static bool holds(const struct chars *c, size_t n, const char32_t *words)
{
	for (size_t i = 0; i < n; i++)
		if (c->cp[i] == *words && chars_at(c, i, words))
			return true;
	return false;
}

static void read_heading(struct extract *x, const struct token_list *list,
			 struct scope_heading *h)
{
	struct subject *s = &h->subject;

	*s = subject_none;
	for (size_t i = 0; i < list->n; i++) {
		const struct token *t = &list->t[i];

		if (t->kind == TOKEN_CODE)
			subject_set_code(s, t->code);
		if (t->kind != TOKEN_TERM)
			continue;
		if (t->term->class == TERM_MARK) {
			subject_mark(s, t->term->level);
			subject_mark_unknown(s, x->lexicon, t->term->level);
			i = scan_unknown_class(list, i);
			if (&list->t[i] != t)
				i--;
		}
		if (t->term->class == TERM_NOUN && !subject_add(s, t->term) &&
		    (t->term->nature.n || t->term->n_items > 1)) {
			/* 收入预算和支出预算: nothing in particular */
			*s = subject_none;
			return;
		}
	}
	subject_decide_class(s, STR(""), h->economic, x->year);
	s->phase = PHASE_NONE;
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

/* What a heading gives to those below it, whose subject is out. */
static void take_subject(struct subject *out, const struct subject *h)
{
	struct str fund = out->fund;

	if (h->why.n)
		return;
	if (!out->n_items && h->n_items == 1) {
		*out = *h;
		if (fund.n)
			out->fund = fund;
	} else if (!fund.n && !subject_is_memo(out)) {
		out->fund = h->fund; /* 财政拨款收支…: the fund alone */
	}
}

/* The innermost of some levels that are open, of which there is one. */
static int innermost(unsigned open)
{
	return 31 - __builtin_clz(open);
}

/* What the headings say together; it is asked for each amount. */
static void sum_up(struct scope *s)
{
	s->subject = subject_none;
	s->executed = NULL;
	s->economic = false;
	s->kind = SECTION_PLAIN;
	for (unsigned open = s->open; open;) {
		int k = innermost(open);
		const struct scope_heading *h = &s->at[k];

		open &= ~(1u << k);
		s->economic |= h->economic;
		if (!s->kind)
			s->kind = h->kind;
		if (!k)
			break;
		take_subject(&s->subject, &h->subject);
		if (h->executed && !s->executed)
			s->executed = h;
	}
	s->subject.total = false;
	s->memo = subject_is_memo(&s->subject);
}

static unsigned above(int level)
{
	return (1u << level) - 1;
}

void scope_close(struct scope *s, int level)
{
	if (!(s->open & ~above(level)))
		return;
	s->open &= above(level);
	sum_up(s);
}

/* With the headings above it, joined by " / ". */
static struct str path_of(const struct scope *s, struct arena *a, int level,
			  struct str title)
{
	static const struct str BETWEEN = STR_INIT(" / ");
	struct str before = scope_path(s), path;
	char *p;

	if (!level || !before.n)
		return title;
	path.n = before.n + BETWEEN.n + title.n;
	path.p = p = arena_alloc_raw(a, path.n);
	memcpy(p, before.p, before.n);
	memcpy(p + before.n, BETWEEN.p, BETWEEN.n);
	if (title.n)
		memcpy(p + before.n + BETWEEN.n, title.p, title.n);
	return path;
}

void scope_enter(struct scope *s, struct extract *x, int level,
		 struct str title, const struct token_list *words)
{
	struct scope_heading *h = &s->at[level];
	size_t length = length_of(words);
	bool known;

	s->open &= above(level);
	h->kind = lexicon_section(x->lexicon, words->chars->cp, length, &known);
	/* The outline goes on behind a table of targets, or behind a glossary
	 * with a section of its own. */
	if (level && level <= 2 && s->open & 1 &&
	    ((h->kind == SECTION_PLAIN && known) ||
	     s->at[0].kind == SECTION_TARGET))
		s->at[0].kind = SECTION_PLAIN;
	h->path = path_of(s, x->arena, level, str_trim(title));
	h->economic = holds(words->chars, length, U"经济分类");
	h->executed = false;
	h->year = 0;
	read_heading(x, words, h);
	if (x->phase == PHASE_APPROVED)
		read_execution(x, words, h);
	s->open |= 1u << level;
	sum_up(s);
}

int scope_level(const struct scope *s)
{
	return s->open > 1 ? innermost(s->open) : 0;
}

struct str scope_path(const struct scope *s)
{
	return s->open > 1 ? s->at[innermost(s->open)].path
			   : (struct str){NULL, 0};
}
