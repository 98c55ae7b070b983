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
#include "source/margin.h"

enum {
	TITLE_LINES = 6,
};

struct flow {
	struct source_document *d;
	struct flow_line *lines;
	size_t n;
	struct flow_page *pages;
	size_t n_pages;
	int em;
	bool *notes;  /* lines below the text of their page */
	bool indents; /* paragraphs begin with an indent */
	bool body;    /* the title lines are over */
	bool units;   /* a line may have 单位：万元 in it */
	unsigned titles;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* — 3 —, - 2 -, 第3页 共9页, 3/9: what stands alone on its line. */
static bool is_page_number(struct str s)
{
	static const char *const WORDS[] = {"第", "页", "共", "—", "–", "－",
					    "―",  "─",  "·",  "／", "，"};
	bool marked = false, digits = false;

	/* -3 and 2/5 may be amounts; a number has marks on both sides. */
	if (!s.n || s.n > 30 || is_digit(s.p[0]) || is_digit(s.p[s.n - 1]))
		return false;
	for (size_t i = 0; i < s.n;) {
		size_t k = 0;

		if (is_digit(s.p[i])) {
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
		       !str_starts_with(str_slice(s, i, s.n), WORDS[k]))
			k++;
		if (k == sizeof WORDS / sizeof *WORDS)
			return false;
		marked = true;
		i += strlen(WORDS[k]);
	}
	return digits && marked;
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
static size_t edge_line(const struct flow *f, const struct flow_page *p, bool last)
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

static void drop_page_numbers(struct flow *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (flow_is_text(&f->lines[i]) && is_page_number(f->lines[i].text))
			f->lines[i].text.n = 0;
}

/* At the edges of pages, where they need no marks. */
static void drop_bare_numbers(struct flow *f)
{
	for (size_t p = 0; f->n_pages > 1 && p < f->n_pages; p++) {
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

static const struct flow_page *page_of(const struct flow *f, size_t i)
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

/* Does line i end within slack of the margin, so that line k had to begin a
 * new one? */
static bool is_within(const struct flow *f, size_t i, size_t k, int slack)
{
	int margin = page_of(f, i)->margin;

	return margin && f->lines[i].right +
				 first_word(f->lines[k].text, f->em) +
				 slack > margin;
}

static bool is_full(const struct flow *f, size_t i, size_t k)
{
	return is_within(f, i, k, 2 * f->em);
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
		if (!flow_is_text(&f->lines[i]))
			continue;
		if (last != SIZE_MAX && page_of(f, i)->margin &&
		    f->lines[last].closed &&
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

/* A row that begins with one character and a number (出 498.30, 助29.5): the
 * rest of a label that was torn. 共, 第 and the like begin a row themselves. */
static bool is_torn_label(struct str a, struct str b)
{
	static const char *const BEGIN[] = {
		"第", "表", "附", "图", "注", "例", "共", "计", "约", "占", "比",
		"为", "于", "至", "在", "自", "从", "按", "含", "达", "近", "超",
		"增", "减", "升", "降", "·",  "●",  "■",  "◆",  "★",  "•",  "※",
	};
	size_t at = 0, digit;

	if (!b.n || utf8_width(utf8_next(b, &at)) != 2 || at < 3)
		return false;
	digit = at < b.n && b.p[at] == ' ' ? at + 1 : at;
	if (digit >= b.n || !is_digit(b.p[digit]) ||
	    (unsigned char)a.p[a.n - 1] < 0x80 || heading_opens(b) ||
	    heading_is_closed(a))
		return false;
	for (size_t k = 0; k < sizeof BEGIN / sizeof *BEGIN; k++)
		if (str_starts_with(b, BEGIN[k]))
			return false;
	return str_find(a, STR("：")) != SIZE_MAX ||
	       str_find(a, STR("，")) != SIZE_MAX;
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
	bool words = false;

	if (str_ends(a, STR("万")) && str_starts(b, STR("元")))
		return true;
	if (is_torn_label(a, b))
		return true;
	if (a.n <= 12 || !is_digit(a.p[a.n - 1]) || !b.n)
		return false;
	for (size_t k = 0; k < a.n && !words; k++)
		words = (unsigned char)a.p[k] >= 0x80;
	if (!words)
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

	if (!f->indents || a->closed ||
	    abs(indent_of(f, k)) >= f->em / 2 ||
	    a->right - a->left < FLOW_LEAST_EMS * f->em ||
	    heading_is(a->text, false) || heading_is(b->text, false))
		return false;
	return heading_opens(b->text) ? heading_level(b->text) == 2 &&
						is_full(f, i, k)
				      : a->page == b->page;
}

/* A line with an indent that goes on all the same: the one before it is no
 * first line, is full to the last character and ends within a word. */
static bool is_broken_on(const struct flow *f, size_t i, size_t k)
{
	struct str a = f->lines[i].text;
	size_t at = a.n;
	uint32_t cp;

	if (!f->indents || abs(indent_of(f, i)) >= f->em / 2 ||
	    !is_within(f, i, k, f->em / 4) || heading_opens(a) ||
	    heading_is(a, false))
		return false;
	while (at && ((unsigned char)a.p[--at] & 0xC0) == 0x80)
		;
	if (at == a.n)
		return false;
	cp = utf8_next(a, &at);
	return cp >= 0x4E00 && cp <= 0x9FFF;
}

/* A heading with a number that is too long for its line: the rest stands below
 * its words, not below its number. */
static bool is_wrapped_heading(const struct flow *f, size_t i, size_t k)
{
	const struct flow_line *a = &f->lines[i], *b = &f->lines[k];

	return heading_level(a->text) && heading_is(a->text, false) &&
	       a->right - a->left >= FLOW_LEAST_EMS * f->em &&
	       is_within(f, i, k, f->em / 2) && b->right < a->right &&
	       !heading_opens(b->text) && heading_is(b->text, false);
}

/* What stands between lines i and k: the distance above a line, or an empty
 * one. */
enum between { BETWEEN_NOTHING, BETWEEN_GAP, BETWEEN_LINE };

static enum between between(const struct flow *f, size_t i, size_t k)
{
	enum between what = BETWEEN_NOTHING;

	if (f->lines[i].page != f->lines[k].page)
		return what;
	for (size_t m = i + 1; m <= k; m++) {
		if (m < k && !flow_is_text(&f->lines[m]))
			return BETWEEN_LINE;
		if (f->lines[m].gap)
			what = BETWEEN_GAP;
	}
	return what;
}

/* Justified lines have wider characters, other fonts have taller ones. */
static bool same_size(const struct flow_line *a, const struct flow_line *b)
{
	return abs(a->size - b->size) * 8 <= a->size ||
	       abs(a->height - b->height) * 8 < a->height;
}

/* A sentence that ends a page at its margin: does the paragraph go on in line
 * k, at the base of the next page? */
static bool begins_page(const struct flow *f, size_t i, size_t k)
{
	return is_within(f, i, k, f->em / 2) &&
	       abs(indent_of(f, k)) < f->em / 2 &&
	       !heading_is(f->lines[k].text, false);
}

static bool goes_on(const struct flow *f, size_t i, size_t k)
{
	const struct flow_line *a = &f->lines[i], *b = &f->lines[k];
	enum between gap = between(f, i, k);

	if (a->heading || b->heading || !flow_is_running(a) ||
	    !flow_is_running(b) || gap == BETWEEN_LINE)
		return false;
	if (is_torn(a->text, b->text))
		return gap == BETWEEN_NOTHING;
	if (!same_size(a, b))
		return false;
	if (hangs(f, i, k))
		return gap == BETWEEN_NOTHING ||
		       (is_within(f, i, k, f->em / 2) &&
			!heading_opens(b->text));
	if (gap == BETWEEN_GAP || !is_full(f, i, k) || heading_opens(b->text))
		return false;
	if (is_wrapped_heading(f, i, k))
		return true;
	if (a->closed)
		return f->indents && indent_of(f, k) < f->em / 2 &&
		       (a->page == b->page || begins_page(f, i, k));
	return indent_of(f, k) < f->em ||
	       indent_of(f, i) > indent_of(f, k) - f->em / 2 ||
	       is_broken_on(f, i, k);
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

/*
 * Small lines at the foot of a page are notes. Where the text above them goes
 * on overleaf, they come behind its paragraph.
 */
static void find_notes(struct flow *f)
{
	f->notes = ARENA_ARRAY(f->d->arena, bool, f->n);
	for (size_t p = 0; p + 1 < f->n_pages; p++) {
		size_t from = f->pages[p].from, to = f->pages[p].to, first = to;

		for (size_t i = to; i-- > from;) {
			const struct flow_line *l = &f->lines[i];

			if (l->grid || (l->text.n && l->size * 5 > f->em * 4))
				break;
			if (l->text.n)
				first = i;
		}
		if (first == to || first == from || !f->lines[first].size ||
		    !f->lines[first].gap)
			continue;
		for (size_t i = first; i < to; i++)
			f->notes[i] = true;
	}
}

static void write_one(struct flow *f, const struct flow_line *first,
		      struct str text)
{
	struct source_document *d = f->d;
	bool title = !f->body && f->titles < TITLE_LINES;
	int level;
	bool heading = heading_read(text, title, &level);

	if (first->heading && !heading) {
		heading = true;
		level = heading_level(text);
	}
	if (!heading || level)
		f->body = true;
	else
		f->titles++;
	source_add_text(d, heading ? BLOCK_HEADING : BLOCK_PARAGRAPH,
			first->page, first->line, text);
	if (heading)
		d->blocks[d->n_blocks - 1].level = level;
}

static void write_paragraph(struct flow *f, const struct flow_line *first,
			    struct str text)
{
	size_t unit = f->units ? heading_find_unit(text) : text.n;

	if (unit < text.n) {
		write_one(f, first, str_trim(str_slice(text, 0, unit)));
		text = str_slice(text, unit, text.n);
	}
	write_one(f, first, text);
}

/* Writes the paragraph that begins at line first, from notes or from text
 * alone; the line behind it. */
static size_t write_joined(struct flow *f, size_t first, struct buf *text)
{
	size_t last = first, next = first + 1;
	bool note = f->notes[first];

	for (size_t k = next; k < f->n && !f->lines[k].grid; k++) {
		if (!flow_is_text(&f->lines[k]) || (f->notes[k] && !note))
			continue;
		if (f->notes[k] != note || !goes_on(f, last, k))
			break;
		if (last == first) {
			buf_clear(text);
			buf_put_str(text, f->lines[first].text);
		}
		join(text, f->lines[k].text);
		last = k;
		next = k + 1;
	}
	write_paragraph(f, &f->lines[first],
			last == first ? f->lines[first].text : buf_str(text));
	return next;
}

void flow_write_judged(struct source_document *d, struct flow_line *lines,
		       size_t n, int em, bool units)
{
	struct flow f = {.d = d, .lines = lines, .n = n, .em = em,
			 .units = units};
	struct buf text = {0};
	size_t i = 0;

	f.pages = flow_find_pages(d->arena, lines, n, em, &f.n_pages);
	drop_page_numbers(&f);
	drop_bare_numbers(&f);
	drop_heads(&f, false);
	drop_heads(&f, true);
	drop_bare_numbers(&f);
	find_indents(&f);
	find_notes(&f);
	while (i < n) {
		size_t next = i + 1;

		if (lines[i].grid)
			grid_write(d, lines[i].grid);
		if (flow_is_text(&lines[i]))
			next = write_joined(&f, i, &text);
		for (size_t k = i + 1; k < next && !f.notes[i]; k++)
			if (f.notes[k] && flow_is_text(&lines[k]))
				k = write_joined(&f, k, &text) - 1;
		i = next;
	}
	buf_release(&text);
}

void flow_write(struct source_document *d, struct flow_line *lines, size_t n,
		int em)
{
	flow_judge_lines(lines, n);
	flow_write_judged(d, lines, n, em, true);
}
