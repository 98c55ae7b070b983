/*
 * One pass, left to right: at every place the numeral reader and the lexicon
 * are asked, the longer answer wins, and what neither knows joins a run of
 * unknown characters.
 */
#include "extract/scan.h"

#include "base/utf8.h"
#include "extract/chars.h"
#include "extract/outline.h"

struct chars chars_fold(struct arena *a, struct str text, size_t base)
{
	struct chars c = {0};
	size_t at = 0, most = text.n + 1;
	bool gap = false;

	c.cp = arena_alloc_raw(a, most * sizeof *c.cp);
	c.start = arena_alloc_raw(a, most * sizeof *c.start);
	c.end = arena_alloc_raw(a, most * sizeof *c.end);
	c.gap = arena_alloc_raw(a, most * sizeof *c.gap);
	while (at < text.n) {
		size_t start = at;
		uint32_t raw = utf8_next(text, &at);
		uint32_t cp = lexicon_fold(raw);

		if (!cp) {
			gap = gap || raw <= ' ' || raw == 0x3000 || raw == 0xA0;
			continue;
		}
		c.cp[c.n] = cp;
		c.start[c.n] = base + start;
		c.end[c.n] = base + at;
		c.gap[c.n++] = gap;
		gap = false;
	}
	c.cp[c.n] = 0;
	c.start[c.n] = c.end[c.n] = base + text.n;
	c.gap[c.n] = false;
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
	list->t = arena_grow(a, list->t, &list->cap, list->n + 1,
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

struct token_list scan_text(struct arena *a, const struct lexicon *l,
			    struct str text, size_t base)
{
	struct chars c = chars_fold(a, text, base);
	struct token_list list = {0};
	bool open = false; /* the last token is a growing run of others */

	for (size_t i = 0; i < c.n;) {
		struct token t = {0};
		size_t n = 0, n_term = 0, n_weak = 0;
		const struct lexicon_term *term =
			lexicon_match(l, c.cp + i, c.n - i, &n_term);

		if (term && ((term->weak && !weak_holds(l, &c, i + n_term)) ||
			     is_office(term, &c, i + n_term) ||
			     is_project(term, &c, i + n_term)))
			n_weak = n_term, term = NULL;
		n = 0;
		if (!list.n || (list.t[list.n - 1].kind == TOKEN_PUNCT &&
				list.t[list.n - 1].punct != 0x3001))
			n = outline_read_mark(&c, i, &t.level);
		if (n) {
			t.kind = TOKEN_ITEM_MARK;
			term = NULL;
		} else {
			n = numeral_read(a, l, &c, i, &t);
		}
		if (term && n_term >= n && !(n && n_term == n &&
					     t.kind == TOKEN_AMOUNT)) {
			t = (struct token){.kind = TOKEN_TERM, .term = term};
			n = n_term;
		} else if (!n && is_punct(c.cp[i])) {
			t.kind = TOKEN_PUNCT;
			t.punct = c.cp[i];
			n = 1;
		} else if (!n) {
			t.kind = TOKEN_OTHER;
			n = n_weak ? n_weak : 1;
		}
		t.start = c.start[i];
		t.end = c.end[i + n - 1];
		t.chars = n;
		if (t.kind == TOKEN_OTHER && open) {
			list.t[list.n - 1].end = t.end;
			list.t[list.n - 1].chars += n;
		} else {
			*add(a, &list) = t;
		}
		open = t.kind == TOKEN_OTHER;
		i += n;
	}
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
