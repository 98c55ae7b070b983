/*
 * One pass, left to right: at every place the numeral reader and the lexicon
 * are asked, the longer answer wins, and what neither knows joins a run of
 * unknown characters.
 */
#include "extract/scan.h"

#include "base/utf8.h"
#include "extract/chars.h"
#include "extract/outline.h"

static void make_room(struct chars *c, struct arena *a, size_t most)
{
	if (most <= c->cap)
		return;
	c->cap = most + most / 2;
	c->cp = arena_alloc_raw(a, c->cap * sizeof *c->cp);
	c->start = arena_alloc_raw(a, c->cap * sizeof *c->start);
	c->end = arena_alloc_raw(a, c->cap * sizeof *c->end);
	c->gap = arena_alloc_raw(a, c->cap * sizeof *c->gap);
}

void chars_fold_again(struct chars *c, struct arena *a, struct str text,
		      size_t base)
{
	size_t at = 0, n = 0, *starts, *ends;
	bool gap = false, *gaps;
	uint32_t *cps;

	make_room(c, a, text.n + 1);
	cps = c->cp;
	starts = c->start;
	ends = c->end;
	gaps = c->gap;
	while (at < text.n) {
		size_t start = at;
		uint32_t raw = utf8_next(text, &at), cp = lexicon_fold(raw);

		if (!cp) {
			gap = gap || raw <= ' ' || raw == 0x3000 || raw == 0xA0;
			continue;
		}
		cps[n] = cp;
		starts[n] = base + start;
		ends[n] = base + at;
		gaps[n++] = gap;
		gap = false;
	}
	cps[n] = 0;
	starts[n] = ends[n] = base + text.n;
	gaps[n] = false;
	c->n = n;
}

struct chars chars_fold(struct arena *a, struct str text, size_t base)
{
	struct chars c = {0};

	chars_fold_again(&c, a, text, base);
	return c;
}

bool chars_go_on(const struct chars *c, size_t i, const char *words)
{
	while (*words) {
		size_t n = 0;

		if (i >= c->n ||
		    utf8_next((struct str){words, 4}, &n) != c->cp[i++])
			return false;
		words += n;
	}
	return true;
}

static bool is_punct(uint32_t cp)
{
	switch (cp) {
	case ',':
	case ';':
	case ':':
	case '(':
	case ')':
	case '!':
	case '?':
	case '/':
	case '-':
	case 0x3001: /* 、 */
	case 0x3002: /* 。 */
	case 0x2026: /* … */
	case 0x300A: /* 《 */
	case 0x300B:
		return true;
	default:
		return false;
	}
}

static struct token *add(struct arena *a, struct token_list *list)
{
	if (list->n == list->cap)
		list->t = arena_grow_raw(a, list->t, &list->cap, list->n + 1,
					 sizeof *list->t);
	return &list->t[list->n++];
}

/* A class name without 支出 is one only before （类）, a code or 支出. */
static bool weak_holds(const struct lexicon *l, const struct chars *c,
		       size_t after)
{
	size_t length;
	const struct lexicon_term *next =
		lexicon_match(l, c->cp + after, c->n - after, &length);

	if (next && (next->class == TERM_MARK || next->generic))
		return true;
	return c->cp[after] == '(' && c->cp[after + 1] >= '2' &&
	       c->cp[after + 1] <= '5';
}

/* 科普活动经费, 法律援助专项: a project that is named like a class. */
static bool is_project(const struct lexicon_term *t, const struct chars *c,
		       size_t after)
{
	static const char *const WORDS[] = {"经费", "专项", "项目", "工程",
					    "补助资金", "工作经费"};

	if (!t->n_functions || t->n_items || t->functions[0]->code.n != 7)
		return false;
	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (chars_at(c, after, WORDS[k]))
			return true;
	return false;
}

/* 应急管理局, 公安厅: the name of an office holds that of a class. */
static bool is_office(const struct lexicon_term *t, const struct chars *c,
		      size_t after)
{
	static const char *const OFFICES[] = {
		"局", "厅", "委", "部门", "所", "站", "中心", "办公",
		"系统", "机关", "单位", "学院", "协会", "队", "干部", "人员",
		"院", "联合会", "学会", "基金会", "处", "总站", "大厦",
	};

	if (!t->n_functions || t->n_items || str_ends(t->text, STR("支出")))
		return false;
	for (size_t k = 0; k < sizeof OFFICES / sizeof *OFFICES; k++)
		if (chars_at(c, after, OFFICES[k]))
			return true;
	return false;
}

/* What stands at i. */
struct found {
	const struct lexicon_term *term;
	size_t n_term; /* its characters */
};

/* The token at i, whose length is t->chars. */
static void read_token(struct arena *a, const struct lexicon *l,
		       const struct chars *c, size_t i, bool begins,
		       struct found f, struct token *t)
{
	const struct lexicon_term *term = f.term;
	size_t n = 0, n_weak = 0;

	if (term && ((term->weak && !weak_holds(l, c, i + f.n_term)) ||
		     is_office(term, c, i + f.n_term) ||
		     is_project(term, c, i + f.n_term))) {
		n_weak = f.n_term;
		term = NULL;
	}
	if (begins)
		n = outline_read_mark(c, i, &t->level);
	if (n) {
		t->kind = TOKEN_ITEM_MARK;
		term = NULL;
	} else if (numeral_may_begin(c->cp[i])) {
		n = numeral_read(a, l, c, i, t);
	}
	if (term && f.n_term >= n &&
	    !(n && f.n_term == n && t->kind == TOKEN_AMOUNT)) {
		*t = (struct token){.kind = TOKEN_TERM, .term = term};
		n = f.n_term;
	} else if (!n && is_punct(c->cp[i])) {
		t->kind = TOKEN_PUNCT;
		t->punct = c->cp[i];
		n = 1;
	} else if (!n) {
		t->kind = TOKEN_OTHER;
		n = n_weak ? n_weak : 1;
	}
	t->chars = n;
}

/* More of unknown characters: one token. */
static struct token *add_other(struct arena *a, struct token_list *list,
			       struct token *other, const struct chars *c,
			       size_t i, size_t n)
{
	if (!other) {
		other = add(a, list);
		*other = (struct token){.kind = TOKEN_OTHER,
					.start = c->start[i]};
	}
	other->end = c->end[i + n - 1];
	other->chars += n;
	return other;
}

void scan_again(struct token_list *list, struct arena *a,
		const struct lexicon *l, struct str text, size_t base)
{
	struct token *other = NULL; /* the last one, a growing run of others */
	bool begins = true; /* an outline number may stand here */
	struct chars *c;
	size_t n;

	if (!list->chars)
		list->chars = ARENA_NEW(a, struct chars);
	c = list->chars;
	chars_fold_again(c, a, text, base);
	list->n = 0;
	for (size_t i = 0; i < c->n; i += n) {
		struct token *t;
		struct found f;

		f.term = lexicon_match(l, c->cp + i, c->n - i, &f.n_term);
		n = 1;
		if (!f.term && !begins && !numeral_may_begin(c->cp[i]) &&
		    !is_punct(c->cp[i])) {
			other = add_other(a, list, other, c, i, n);
			continue;
		}
		t = add(a, list);
		*t = (struct token){0};
		read_token(a, l, c, i, begins, f, t);
		n = t->chars;
		begins = t->kind == TOKEN_PUNCT && t->punct != 0x3001;
		if (t->kind == TOKEN_OTHER && list->n > 1 &&
		    t[-1].kind == TOKEN_OTHER) {
			list->n--;
			other = add_other(a, list, t - 1, c, i, n);
			continue;
		}
		other = t->kind == TOKEN_OTHER ? t : NULL;
		t->start = c->start[i];
		t->end = c->end[i + n - 1];
	}
}

struct token_list scan_text(struct arena *a, const struct lexicon *l,
			    struct str text, size_t base)
{
	struct token_list list = {0};

	scan_again(&list, a, l, text, base);
	return list;
}

size_t scan_unknown_class(const struct token_list *list, size_t i)
{
	size_t k = i + 1;

	while (k < list->n && (list->t[k].kind == TOKEN_OTHER ||
			       (list->t[k].kind == TOKEN_TERM &&
				list->t[k].term->class != TERM_MARK)))
		k++;
	if (k == list->n || list->t[k].kind != TOKEN_TERM || k < i + 2 ||
	    (k == i + 2 && list->t[i + 1].kind == TOKEN_TERM &&
	     list->t[i + 1].term->n_functions))
		return i;
	return k;
}
