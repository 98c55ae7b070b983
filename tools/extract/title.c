/*
 * A title may be wrapped over lines, and may stand twice: as that of the page
 * and as that of the document in it. Lines before one of the site's are not
 * part of it unless they speak of a budget themselves.
 */
#include "extract/title.h"

#include <string.h>

#include "extract/outline.h"
#include "extract/table.h"

enum { FIRST_BLOCKS = 16, TITLE_LINES = 6, LONGEST = 150, LABEL = 8 };

static bool has(const struct chars *c, const char32_t *word)
{
	for (size_t i = 0; i < c->n; i++)
		if (chars_at(c, i, word))
			return true;
	return false;
}

static size_t characters(const char32_t *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

/* The length of the longest of the words that stands at i. */
static size_t word_at(const struct chars *c, size_t i,
		      const char32_t *const *words, size_t n)
{
	size_t longest = 0;

	for (size_t k = 0; k < n; k++)
		if (c->cp[i] == *words[k] && chars_at(c, i, words[k]) &&
		    characters(words[k]) > longest)
			longest = characters(words[k]);
	return longest;
}

static bool begins_site(const struct extract *x, const struct chars *c,
			size_t i)
{
	return lexicon_match_site(x->lexicon, SITE_BEGINS, c->cp + i,
				  c->n - i) > 0;
}

static bool is_digit(uint32_t cp)
{
	switch (cp) {
	case U'〇': case U'○': case U'零': case U'一': case U'二': case U'三':
	case U'四': case U'五': case U'六': case U'七': case U'八': case U'九':
	case U'十':
		return true;
	default:
		return chars_is_digit(cp);
	}
}

static bool is_date_mark(uint32_t cp)
{
	return cp == U'年' || cp == U'月' || cp == U'日' || cp == '-' ||
	       cp == '/' || cp == '.' || cp == ':';
}

/* 2024-02-08 16:30, 2024年2月8日, 二〇二四年二月, perhaps with more of the
 * site's behind it. */
static bool is_date(const struct extract *x, const struct chars *c)
{
	size_t digits = 0, i = 0;

	for (; i < c->n; i++) {
		if (is_digit(c->cp[i]))
			digits++;
		else if (!is_date_mark(c->cp[i]))
			break;
	}
	return digits >= 5 && (has(c, U"月") || has(c, U"-") || has(c, U"/") ||
			       has(c, U".")) &&
	       (i >= c->n || begins_site(x, c, i));
}

/* 首页 > 政务公开 > 预算, with whatever arrow. */
static bool is_path(const struct chars *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->cp[i] == '>' || c->cp[i] == 0x203A ||
		    c->cp[i] == 0xBB || c->cp[i] == 0x2192)
			return true;
	return false;
}

bool title_is_site(const struct extract *x, const struct chars *c)
{
	return !c->n || begins_site(x, c, 0) || is_path(c) || is_date(x, c);
}

size_t title_label(const struct chars *c)
{
	size_t i = 0;

	while (i < c->n && i <= LABEL && c->cp[i] != ':')
		i++;
	if (i < 2 || i >= c->n || c->cp[i] != ':')
		return 0;
	return chars_at(c, i - 2, U"部门") || chars_at(c, i - 2, U"单位") ||
			       chars_at(c, i - 2, U"名称") ||
			       chars_at(c, i - 2, U"机构")
		       ? i + 1
		       : 0;
}

static bool is_of_number(uint32_t cp)
{
	return is_digit(cp) || cp == '-' || cp == ':' || cp == '(' ||
	       cp == ')' || cp == 'Z';
}

/* 公开01表, 表1-2, 附件2, 财决公开03表: a number of a table or an annex. */
static bool is_number(const struct chars *c)
{
	static const char32_t *const WORDS[] = {U"公开", U"财决", U"财", U"预算",
					    U"决算", U"附", U"件",   U"录",
					    U"表",   U"部门", U"单位"};
	size_t digits = 0, words = 0, n;

	for (size_t i = 0; i < c->n; i += n) {
		n = word_at(c, i, WORDS, sizeof WORDS / sizeof *WORDS);
		words += n;
		if (n)
			continue;
		n = 1;
		if (!is_of_number(c->cp[i]))
			return false;
		digits++;
	}
	if (!digits) /* 附件, 附件: */
		return c->n == 2 && chars_at(c, 0, U"附件");
	return words && c->n < 10 && (has(c, U"表") || has(c, U"附"));
}

static bool has_phase(const struct chars *c)
{
	return has(c, U"预算") || has(c, U"决算");
}

static bool has_year(const struct chars *c)
{
	for (size_t i = 0; i + 3 < c->n; i++)
		if (chars_is_digit(c->cp[i]) && chars_is_digit(c->cp[i + 3]))
			return true;
	return has(c, U"〇") || has(c, U"二○");
}

/* A line that is the name of a column of the site, with no year in it. */
static bool is_column(const struct extract *x, const struct chars *c)
{
	if (has_year(c))
		return false;
	return lexicon_match_site(x->lexicon, SITE_COLUMN, c->cp, c->n) ==
		       c->n ||
	       has(c, U"预决算");
}

static bool holds_sentence(struct str text)
{
	return str_find(text, STR("。")) != SIZE_MAX ||
	       str_find(text, STR("；")) != SIZE_MAX;
}

/* What the site says behind the title on its line: where it begins. */
static size_t find_tail(const struct extract *x, const struct chars *c)
{
	size_t i = 1;

	while (i < c->n && !(chars_gap(c, i) && begins_site(x, c, i)))
		i++;
	return i;
}

size_t title_number(const struct chars *c)
{
	for (size_t i = 1; i < c->n && i < 10; i++)
		if (chars_gap(c, i) || c->cp[i - 1] == ':' || c->cp[i - 1] == '.') {
			struct chars head = {.cp = c->cp, .n = i};

			return is_number(&head) || (c->cp[i - 1] == ':' &&
						    chars_at(c, 0, U"附"))
				       ? i
				       : 0;
		}
	return 0;
}

struct search {
	const struct extract *x;
	struct title_place found;
	struct chars before; /* what was found so far, folded */
	unsigned lines;
	bool complete; /* it speaks of a budget */
};

static void restart(struct search *s)
{
	s->found = (struct title_place){0};
	s->before = (struct chars){0};
	s->lines = 0;
	s->complete = false;
}

/* The title once more: the cover, below the title of the page. */
static bool is_again(const struct search *s, const struct chars *c)
{
	if (!s->complete || c->n < 4 || c->n > s->before.n)
		return false;
	for (size_t i = 0; i < c->n; i++)
		if (s->before.cp[i] != c->cp[i])
			return false;
	return true;
}

/* 望潮市财政局, whose site it is, and 望潮市渔业局2024年部门预算 below it: no
 * line that goes on begins with the place once more. */
static bool is_anew(const struct search *s, const struct chars *c)
{
	return has_phase(c) && s->before.n > 1 && c->n > 1 &&
	       s->before.cp[0] == c->cp[0] && s->before.cp[1] == c->cp[1];
}

/* False where the title is over. */
static bool take_line(struct search *s, const struct chars *c)
{
	const struct extract *x = s->x;
	size_t tail;

	if (title_is_site(x, c)) {
		if (s->complete)
			return false;
		restart(s);
		return true;
	}
	if (is_number(c) || title_label(c) || text_unit(x, c))
		return !s->lines || !s->complete;
	if (!s->lines && is_column(x, c))
		return true;
	if ((s->complete && text_is_title(c)) || is_again(s, c) ||
	    s->lines == TITLE_LINES)
		return false;
	if (s->lines && !s->complete && is_anew(s, c))
		restart(s);
	tail = find_tail(x, c);
	if (!s->lines++)
		s->found.start = c->start[title_number(c)];
	s->found.end = chars_end(c, tail - 1);
	s->complete = s->complete || has_phase(c);
	s->before = chars_fold(x->arena,
			       str_slice(buf_str(&x->source->text),
					 s->found.start, s->found.end),
			       s->found.start);
	return tail == c->n;
}

struct title_place title_find(const struct extract *x)
{
	const struct source_document *d = x->source;
	struct search s = {.x = x};

	for (size_t k = 0; k < d->n_blocks && k < FIRST_BLOCKS; k++) {
		const struct source_block *b = &d->blocks[k];
		struct str text = source_text(d, b);
		struct chars c;
		int level;

		if (b->kind == BLOCK_GRID)
			break;
		c = chars_fold(x->arena, text, b->start);
		if (chars_at(&c, 0, U"目录") || outline_read_mark(&c, 0, &level))
			break;
		if (!title_is_site(x, &c) &&
		    (text.n > LONGEST || holds_sentence(text)))
			break;
		if (!take_line(&s, &c))
			break;
	}
	return s.found;
}
