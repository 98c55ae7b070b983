/*
 * Each page has a right margin where most unfinished lines end. A line goes on
 * in the next one where it reached that margin, so that the first word of the
 * next one would not have fitted, where it does not end a sentence, and where
 * the next one neither opens a paragraph (number, indent) nor keeps distance.
 * Without such a margin nothing is joined.
 */
#include "source/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "source/heading.h"

enum {
	LEAST_FULL = 3,   /* lines at the margin that make it one */
	LEAST_EMS = 18,   /* narrower text is never taken as wrapped */
	TITLE_LINES = 6,
};

struct page {
	int margin, base; /* right and left edge of its text; 0 unknown */
	size_t from, to;
};

struct flow {
	struct source_document *d;
	struct flow_line *lines;
	size_t n;
	struct page *pages;
	size_t n_pages;
	int em;
	bool indents; /* paragraphs begin with an indent */
	bool body;    /* the title lines are over */
	unsigned titles;
};

static bool is_text(const struct flow_line *l)
{
	return !l->grid && l->text.n && !l->dropped;
}

/* Words far apart: a row of a table or a form, no running text. */
static bool is_spread(struct str s)
{
	const char *p = s.p, *end = s.p + s.n;
	int gaps = 0;

	while (p < end && (p = memchr(p, ' ', (size_t)(end - p)))) {
		const char *from = p;

		while (p < end && *p == ' ')
			p++;
		gaps += p - from > 1;
		if (p - from >= 5)
			return true;
	}
	return gaps > 1;
}

static bool is_running(const struct flow_line *l)
{
	return is_text(l) && !heading_is_contents(l->text) &&
	       !is_spread(l->text);
}

/* The right end of a running line. */
struct end {
	int at;
	bool open;      /* the sentence goes on */
	bool candidate; /* long enough to show a margin */
};

static int by_end(const void *a, const void *b)
{
	const struct end *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

/* Chooses the end where most unfinished lines lie within two characters to
 * the left of it; ends are sorted. */
static int choose_margin(const struct flow *f, const struct end *ends, size_t n)
{
	size_t from = 0, open = 0, best = 0;
	int margin = 0;

	for (size_t i = 0; i < n; i++) {
		size_t full;

		open += ends[i].open;
		while (ends[from].at < ends[i].at - 2 * f->em)
			open -= ends[from++].open;
		full = i + 1 - from;
		if (!ends[i].candidate || full < LEAST_FULL ||
		    open * 10 < full * 6 || open < best)
			continue;
		best = open;
		margin = ends[i].at;
	}
	return margin;
}

static void find_margin(const struct flow *f, struct page *p)
{
	struct end *ends = ARENA_ARRAY(f->d->arena, struct end,
				       p->to - p->from);
	int widest = 0, left;
	size_t n = 0;

	for (size_t i = p->from; i < p->to; i++)
		if (is_running(&f->lines[i]) && f->lines[i].right > widest)
			widest = f->lines[i].right;
	for (size_t i = p->from; i < p->to; i++) {
		const struct flow_line *l = &f->lines[i];

		if (is_running(l))
			ends[n++] = (struct end){
				l->right, !heading_is_closed(l->text),
				l->right - l->left >= LEAST_EMS * f->em &&
					l->right >= widest / 4 * 3};
	}
	if (n)
		qsort(ends, n, sizeof *ends, by_end);
	p->margin = choose_margin(f, ends, n);
	left = p->margin;
	for (size_t i = p->from; i < p->to; i++)
		if (is_running(&f->lines[i]) && f->lines[i].left < left &&
		    f->lines[i].right >= p->margin - 2 * f->em)
			left = f->lines[i].left;
	p->base = left;
}

static void find_pages(struct flow *f)
{
	struct arena *a = f->d->arena;
	size_t cap = 0;

	for (size_t i = 0; i < f->n; i++) {
		if (i && f->lines[i].page == f->lines[i - 1].page) {
			f->pages[f->n_pages - 1].to = i + 1;
			continue;
		}
		f->pages = arena_grow(a, f->pages, &cap, f->n_pages + 1,
				      sizeof *f->pages);
		f->pages[f->n_pages++] = (struct page){.from = i, .to = i + 1};
	}
	for (size_t p = 0; p < f->n_pages; p++)
		find_margin(f, &f->pages[p]);
	/* A page of a few lines has the margin of its neighbour. */
	for (size_t p = 1; p < f->n_pages; p++)
		if (!f->pages[p].margin) {
			f->pages[p].margin = f->pages[p - 1].margin;
			f->pages[p].base = f->pages[p - 1].base;
		}
	for (size_t p = f->n_pages; p-- > 1;)
		if (!f->pages[p - 1].margin) {
			f->pages[p - 1].margin = f->pages[p].margin;
			f->pages[p - 1].base = f->pages[p].base;
		}
}

/* — 3 —, - 2 -, 第3页 共9页, 3/9: what stands alone on its line. */
static bool is_page_number(struct str s)
{
	static const char *const WORDS[] = {"第", "页", "共", "—", "–", "－",
					    "―",  "─",  "·",  "／", "，"};
	bool marked = false, digits = false;

	if (s.n > 30)
		return false;
	for (size_t i = 0; i < s.n;) {
		size_t k = 0;

		if (s.p[i] >= '0' && s.p[i] <= '9') {
			digits = true;
			i++;
			continue;
		}
		if (strchr(" -/~", s.p[i])) {
			marked |= s.p[i] != ' ';
			i++;
			continue;
		}
		while (k < sizeof WORDS / sizeof *WORDS &&
		       !str_starts(str_slice(s, i, s.n), str_of(WORDS[k])))
			k++;
		if (k == sizeof WORDS / sizeof *WORDS)
			return false;
		marked = true;
		i += strlen(WORDS[k]);
	}
	if (!digits || !marked)
		return false;
	/* -3 and 2/5 may be amounts; a number has marks on both sides. */
	return !(s.p[0] >= '0' && s.p[0] <= '9') &&
	       !(s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9');
}

static bool is_bare_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '/' &&
		    s.p[i] != ' ')
			return false;
	return s.n > 0 && s.n <= 7;
}

/* The first or last line with text on a page; SIZE_MAX where it has none. */
static size_t edge_line(const struct flow *f, const struct page *p, bool last)
{
	for (size_t k = p->from; k < p->to; k++) {
		size_t i = last ? p->to - 1 - (k - p->from) : k;

		if (f->lines[i].grid)
			return SIZE_MAX;
		if (f->lines[i].text.n)
			return i;
	}
	return SIZE_MAX;
}

static void drop_numbers(struct flow *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (is_text(&f->lines[i]) && is_page_number(f->lines[i].text))
			f->lines[i].text.n = 0;
	if (f->n_pages < 2)
		return;
	for (size_t p = 0; p < f->n_pages; p++) {
		size_t i = edge_line(f, &f->pages[p], true);

		if (i != SIZE_MAX && is_bare_number(f->lines[i].text))
			f->lines[i].text.n = 0;
		i = edge_line(f, &f->pages[p], false);
		if (i != SIZE_MAX && is_bare_number(f->lines[i].text))
			f->lines[i].text.n = 0;
	}
}

/* The line that stands at the same edge of more than half of the pages. The
 * first one stays where it is the document's first line: it is a title. */
static void drop_heads(struct flow *f, bool last)
{
	struct str head = {NULL, 0};
	size_t votes = 0, count = 0, i;

	if (f->n_pages < 3)
		return;
	for (size_t p = 0; p < f->n_pages; p++) {
		i = edge_line(f, &f->pages[p], last);
		if (i == SIZE_MAX)
			continue;
		if (!votes)
			head = f->lines[i].text;
		if (str_equal(head, f->lines[i].text))
			votes++;
		else
			votes--;
	}
	for (size_t p = 0; p < f->n_pages; p++) {
		i = edge_line(f, &f->pages[p], last);
		count += i != SIZE_MAX && str_equal(head, f->lines[i].text);
	}
	if (count < 3 || count * 2 <= f->n_pages)
		return;
	for (size_t p = 0; p < f->n_pages; p++) {
		i = edge_line(f, &f->pages[p], last);
		if (i != SIZE_MAX && (p || last) &&
		    str_equal(head, f->lines[i].text))
			f->lines[i].text.n = 0;
	}
}

/* Width of what a layout would not have broken: a Latin word or number, or
 * one character. */
static int first_word(struct str s, int em)
{
	size_t at = 0;
	int columns = 0;

	while (at < s.n && (unsigned char)s.p[at] > ' ' &&
	       (unsigned char)s.p[at] < 0x7f) {
		columns++;
		at++;
	}
	return columns ? columns * em / 2 : em;
}

static const struct page *page_of(const struct flow *f, size_t i)
{
	size_t from = 0, to = f->n_pages;

	while (to - from > 1) {
		size_t mid = from + (to - from) / 2;

		if (f->pages[mid].from <= i)
			from = mid;
		else
			to = mid;
	}
	return &f->pages[from];
}

/* Does line i reach the margin, so that line k had to begin a new one? */
static bool is_full(const struct flow *f, size_t i, size_t k)
{
	int margin = page_of(f, i)->margin;

	return margin && f->lines[i].right +
				 first_word(f->lines[k].text, f->em) +
				 2 * f->em > margin;
}

static int indent_of(const struct flow *f, size_t i)
{
	return f->lines[i].left - page_of(f, i)->base;
}

/* Do paragraphs of this document begin with an indent? */
static void find_indents(struct flow *f)
{
	size_t in = 0, out = 0, last = SIZE_MAX;

	for (size_t i = 0; i < f->n; i++) {
		if (!is_text(&f->lines[i]))
			continue;
		if (last != SIZE_MAX && page_of(f, i)->margin &&
		    heading_is_closed(f->lines[last].text) &&
		    !is_full(f, last, i)) {
			if (indent_of(f, i) >= f->em)
				in++;
			else
				out++;
		}
		last = i;
	}
	f->indents = in >= 3 && in > out * 2;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * An amount torn in two: 98.76 / 万元, 4.24万 / 元, 2 / 3辆. Such a line goes on
 * wherever it ends.
 */
static bool is_torn(struct str a, struct str b)
{
	static const char *const MEASURES[] = {
		"万", "元", "亿", "%", "％", "辆", "人", "个", "台",
		"平方米", "批", "次", "千元",
	};
	bool digit = a.n > 12 && is_digit(a.p[a.n - 1]), words = false;

	for (size_t k = 0; k < a.n && !words; k++)
		words = (unsigned char)a.p[k] >= 0x80;
	digit = digit && words;
	if (str_ends(a, STR("万")) && str_starts(b, STR("元")))
		return true;
	if (!digit || !b.n)
		return false;
	for (size_t k = 0; k < sizeof MEASURES / sizeof *MEASURES; k++) {
		struct str m = str_of(MEASURES[k]);
		size_t n = 0;

		while (n < b.n && is_digit(b.p[n]))
			n++;
		if (str_starts(str_slice(b, n, b.n), m) ||
		    (n < b.n && b.p[n] == '.'))
			return true;
		while (n < b.n && b.p[n] == ' ')
			n++;
		if (str_starts(str_slice(b, n, b.n), m))
			return true;
	}
	return false;
}

/*
 * Where paragraphs begin with an indent, a line without one goes on from an
 * unfinished line of the same page, also where that one was broken early; and
 * what looks like a number of the outline (构建集中统 / 一、全面覆盖) is none.
 */
static bool hangs(const struct flow *f, size_t i, size_t k)
{
	const struct flow_line *a = &f->lines[i], *b = &f->lines[k];

	if (!f->indents || heading_is_closed(a->text) ||
	    abs(indent_of(f, k)) >= f->em / 2 ||
	    a->right - a->left < LEAST_EMS * f->em ||
	    heading_is(a->text, false) || heading_is(b->text, false))
		return false;
	return heading_opens(b->text) ? heading_level(b->text) == 2 &&
						is_full(f, i, k)
				      : a->page == b->page;
}

static bool goes_on(const struct flow *f, size_t i, size_t k)
{
	const struct flow_line *a = &f->lines[i], *b = &f->lines[k];
	bool turned = a->page != b->page, gap = false;

	for (size_t m = i + 1; m <= k; m++)
		gap |= f->lines[m].gap || (m < k && !is_text(&f->lines[m]) &&
					   f->lines[m].page == b->page);
	if (a->heading || b->heading || !is_running(a) || !is_running(b) ||
	    (gap && !turned))
		return false;
	if (is_torn(a->text, b->text))
		return true;
	if (abs(a->size - b->size) * 8 > a->size)
		return false;
	if (hangs(f, i, k))
		return true;
	if (heading_opens(b->text) || !is_full(f, i, k))
		return false;
	if (heading_is_closed(a->text))
		return f->indents && !turned && indent_of(f, k) < f->em / 2;
	return indent_of(f, k) < f->em ||
	       indent_of(f, i) > indent_of(f, k) - f->em / 2;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static void join(struct buf *t, struct str next)
{
	char last = t->n ? t->p[t->n - 1] : ' ';

	/* A number that was broken stays one number. */
	if (is_word(last) && is_word(next.p[0]) &&
	    !(last <= '9' && next.p[0] <= '9'))
		buf_putc(t, ' ');
	buf_put_str(t, next);
}

static void write_one(struct flow *f, const struct flow_line *first,
		      struct str text)
{
	struct source_document *d = f->d;
	bool title = !f->body && f->titles < TITLE_LINES;
	bool heading = first->heading || heading_is(text, title);

	if (!heading)
		f->body = true;
	else if (heading_level(text))
		f->body = true;
	else
		f->titles++;
	source_add_text(d, heading ? BLOCK_HEADING : BLOCK_PARAGRAPH,
			first->page, first->line, text);
	if (heading)
		d->blocks[d->n_blocks - 1].level = heading_level(text);
}

static void write_paragraph(struct flow *f, const struct flow_line *first,
			    struct str text)
{
	size_t unit = heading_find_unit(text);

	if (unit < text.n) {
		write_one(f, first, str_trim(str_slice(text, 0, unit)));
		text = str_slice(text, unit, text.n);
	}
	write_one(f, first, text);
}

void flow_write(struct source_document *d, struct flow_line *lines, size_t n,
		int em)
{
	struct flow f = {.d = d, .lines = lines, .n = n, .em = em};
	struct buf text = {0};
	size_t i = 0;

	find_pages(&f);
	drop_numbers(&f);
	drop_heads(&f, false);
	drop_heads(&f, true);
	drop_numbers(&f);
	find_indents(&f);
	while (i < n) {
		size_t first = i, last = i, k;

		if (lines[i].grid)
			grid_write(d, lines[i].grid);
		if (!is_text(&lines[i++]))
			continue;
		buf_clear(&text);
		buf_put_str(&text, lines[first].text);
		for (k = i; k < n && !lines[k].grid; k++) {
			if (!is_text(&lines[k]))
				continue;
			if (!goes_on(&f, last, k))
				break;
			join(&text, lines[k].text);
			last = k;
			i = k + 1;
		}
		write_paragraph(&f, &lines[first], buf_str(&text));
	}
	buf_release(&text);
}
