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
}

/* Do both bytes go on with a sequence? */
static inline bool continue_it(const unsigned char *p)
{
	uint16_t both;

	memcpy(&both, p, sizeof both);
	return (both & 0xC0C0) == 0x8080;
}

/* 、 and 。 as they are, the full-width marks （ … ？ as ASCII: nearly all that
 * is neither Han nor ASCII; 0 for others. */
static inline uint32_t mark_at(const unsigned char *p)
{
	if (p[0] == 0xEF && p[1] == 0xBC && p[2] - 0x88u < 0x18)
		return p[2] - 0x60u;
	if (p[0] == 0xE3 && p[1] == 0x80 && p[2] - 0x81u < 2)
		return 0x3000 | (p[2] & 3u);
	return 0;
}

/* Digits, points, letters of ASCII: what is not folded. */
static inline bool is_plain(unsigned char byte)
{
	return byte - (unsigned)'(' <= 'Z' - '(';
}

void chars_fold_again(struct chars *c, struct arena *a, struct str text,
		      size_t base)
{
	const unsigned char *p = (const unsigned char *)text.p;
	uint32_t *cp, mark;
	size_t *start, at = 0, n = 0, next;
	size_t threes = text.n > 2 ? text.n - 2 : 0; /* that may begin before */

	make_room(c, a, text.n + 1);
	cp = c->cp;
	start = c->start;
	c->left_out = false;
	while (at < text.n) {
		for (; at < threes; at += 3) { /* U+4000 … U+9FFF */
			uint32_t lead = p[at] - 0xE4u;

			if (lead >= 6 || !continue_it(p + at + 1))
				break;
			start[n] = base + at;
			cp[n++] = (((lead << 6) + p[at + 1]) << 6) + p[at + 2] +
				  0x4000 - (0x80 << 6) - 0x80;
		}
		if (at == text.n)
			break;
		if (is_plain(p[at])) {
			do {
				start[n] = base + at;
				cp[n++] = p[at++];
			} while (at < text.n && is_plain(p[at]));
			continue;
		}
		start[n] = base + at;
		mark = at < threes ? mark_at(p + at) : 0;
		next = at + 3;
		if (!mark) {
			next = at;
			mark = lexicon_fold(utf8_next(text, &next));
			c->left_out |= !mark;
		}
		cp[n] = mark;
		n += mark != 0;
		at = next;
	}
	cp[n] = 0;
	start[n] = base + text.n;
	c->n = n;
	c->text = text;
	c->base = base;
}

bool chars_are_blank(const struct chars *c, size_t from, size_t to)
{
	size_t at = from - c->base;

	while (at < to - c->base) {
		uint32_t raw = utf8_next(c->text, &at);

		if (raw <= ' ' || raw == 0x3000 || raw == 0xA0)
			return true;
	}
	return false;
}

/* The first character that begins at a byte or behind it. */
static size_t first_from(const struct chars *c, size_t byte)
{
	size_t first = 0;

	for (size_t n = c->n; n;) {
		size_t half = n / 2;

		if (c->start[first + half] < byte) {
			first += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return first;
}

struct chars chars_slice(const struct chars *c, size_t from, size_t to)
{
	size_t first = first_from(c, from), end = first_from(c, to);
	struct chars out = *c;

	out.cp += first;
	out.start += first;
	out.n = end > first ? end - first : 0;
	return out;
}

struct chars chars_fold(struct arena *a, struct str text, size_t base)
{
	struct chars c = {0};

	chars_fold_again(&c, a, text, base);
	return c;
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

static inline struct token *add(struct arena *a, struct token_list *list)
{
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
	static const char32_t *const WORDS[] = {U"经费", U"专项", U"项目", U"工程",
					    U"补助资金", U"工作经费"};

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
	static const char32_t *const OFFICES[] = {
		U"局", U"厅", U"委", U"部门", U"所", U"站", U"中心", U"办公",
		U"系统", U"机关", U"单位", U"学院", U"协会", U"队", U"干部", U"人员",
		U"院", U"联合会", U"学会", U"基金会", U"处", U"总站", U"大厦",
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
	int level;

	if (term && ((term->weak && !weak_holds(l, c, i + f.n_term)) ||
		     (c->cp[i + f.n_term] >= 0x3400 && /* hardly ever */
		      (is_office(term, c, i + f.n_term) ||
		       is_project(term, c, i + f.n_term))))) {
		n_weak = f.n_term;
		term = NULL;
	}
	if (begins)
		n = outline_read_mark(c, i, &level);
	if (n) {
		*t = (struct token){.kind = TOKEN_ITEM_MARK,
				    .level = (uint8_t)level};
		term = NULL;
	} else if (numeral_may_begin(c->cp[i])) {
		*t = (struct token){0};
		n = numeral_read(a, l, c, i, t);
	}
	if (term && f.n_term >= n &&
	    !(n && f.n_term == n && t->kind == TOKEN_AMOUNT)) {
		*t = (struct token){.kind = TOKEN_TERM, .term = term};
		n = f.n_term;
	} else if (!n && is_punct(c->cp[i])) {
		*t = (struct token){.kind = TOKEN_PUNCT, .punct = c->cp[i]};
		n = 1;
	} else if (!n) {
		*t = (struct token){.kind = TOKEN_OTHER};
		n = n_weak ? n_weak : 1;
	}
	t->chars = (uint32_t)n;
}

/* May the character be anything but one of a word, or of none? */
static inline bool is_special(uint32_t cp, bool begins)
{
	if (cp < 0x3400 || chars_numeral_value(cp) >= 0)
		return true;
	return begins && (cp < 0x4E00 || cp == U'第');
}

/* A word that is one wherever it stands. */
static inline bool is_sure(const struct lexicon_term *term)
{
	return !term->weak && !term->n_functions;
}

/* The n characters before the end, which nothing knows, join the run that they
 * may belong to. */
static void add_other(struct arena *a, struct token_list *list, size_t end,
		      size_t n)
{
	const struct chars *c = list->chars;
	struct token *t = list->n ? &list->t[list->n - 1] : NULL;

	if (!n)
		return;
	if (!t || t->kind != TOKEN_OTHER) {
		t = add(a, list);
		*t = (struct token){.kind = TOKEN_OTHER,
				    .start = c->start[end - n]};
	}
	t->end = chars_end(c, end - 1);
	t->chars += (uint32_t)n;
}

/* The tokens of list->chars. */
static void read_tokens(struct token_list *list, struct arena *a,
			const struct lexicon *l)
{
	const struct chars *c = list->chars;
	bool begins = true; /* an outline number may stand here */
	size_t unknown = 0; /* characters before this one */

	for (size_t i = 0, n; i < c->n; i += n) {
		bool special = is_special(c->cp[i], begins);
		struct found f;
		struct token *t;

		f.term = lexicon_match(l, c->cp + i, c->n - i, &f.n_term);
		n = 1;
		if (!f.term && !special) {
			begins = false;
			unknown++;
			continue;
		}
		if (unknown)
			add_other(a, list, i, unknown);
		unknown = 0;
		t = add(a, list);
		if (!special && is_sure(f.term)) { /* nearly always */
			*t = (struct token){.kind = TOKEN_TERM,
					    .term = f.term,
					    .chars = (uint32_t)f.n_term};
			begins = false;
		} else {
			read_token(a, l, c, i, begins, f, t);
			begins = t->kind == TOKEN_PUNCT && t->punct != 0x3001;
			list->numbers |= t->kind == TOKEN_NUMBER;
			if (t->kind == TOKEN_OTHER) {
				list->n--;
				unknown = n = t->chars;
				continue;
			}
		}
		n = t->chars;
		t->start = c->start[i];
		t->end = chars_end(c, i + n - 1);
	}
	add_other(a, list, c->n, unknown);
}

void scan_again(struct token_list *list, struct arena *a,
		const struct lexicon *l, struct str text, size_t base)
{
	if (!list->chars)
		list->chars = ARENA_NEW(a, struct chars);
	chars_fold_again(list->chars, a, text, base);
	list->n = 0;
	list->numbers = false;
	read_tokens(list, a, l);
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
