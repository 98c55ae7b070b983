/*
 * Characters stand on one line where their middles are less than half a
 * character apart. A blank is a distance: none between Chinese characters that
 * justification moved apart, one between Latin words, several in rows.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "source/page.h"

enum { MOST_FONTS = 32 }; /* heights of one page */

static int middle(const struct page_char *c)
{
	return (c->y0 + c->y1) / 2;
}

static int by_middle(const void *a, const void *b)
{
	const struct page_char *x = *(struct page_char *const *)a;
	const struct page_char *y = *(struct page_char *const *)b;

	if (middle(x) != middle(y))
		return middle(x) < middle(y) ? -1 : 1;
	return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

static int by_run(const void *a, const void *b)
{
	const struct page_char *x = *(struct page_char *const *)a;
	const struct page_char *y = *(struct page_char *const *)b;

	if (x->run != y->run)
		return x->run < y->run ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static bool follows(const struct page_char *a, const struct page_char *b)
{
	int height = a->y1 - a->y0, gap = b->x0 - a->x1;

	return abs(middle(a) - middle(b)) * 4 < height &&
	       gap * 8 < height && gap * 4 > -height;
}

/* Cells stand beside each other, or the order of reading goes back up: once is
 * a title or the number of a page. */
bool page_may_hold_table(const struct page *p)
{
	size_t n = 0;

	for (size_t i = 1; i < p->n_chars; i++) {
		const struct page_char *c = &p->chars[i], *b = c - 1;
		int height = c->y1 - c->y0, down = middle(c) - middle(b);

		n += down * 2 < -height ||
		     (down * 2 < height && (c->x0 - b->x1) * 10 > height * 6);
		if (n > 1)
			return true;
	}
	return false;
}

static bool is_hanzi(uint32_t cp)
{
	return cp >= 0x4E00 && cp <= 0x9FFF;
}

static bool is_letter(uint32_t cp)
{
	return is_hanzi(cp) || (cp >= '0' && cp <= '9');
}

static bool is_figure(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || cp == '.' || cp == ',';
}

/* Is the digit 1 as wide as others? Compared with their height. */
static bool has_wide_ones(const struct page *p)
{
	int one = INT_MAX, other = INT_MAX;

	for (size_t i = 0; i < p->n_chars; i++) {
		const struct page_char *c = &p->chars[i];
		int height = c->y1 - c->y0, width;

		if (c->cp < '0' || c->cp > '9' || height <= 0)
			continue;
		width = (c->x1 - c->x0) * 1000 / height;
		if (c->cp == '1')
			one = width < one ? width : one;
		else
			other = width < other ? width : other;
	}
	return one != INT_MAX && one >= other - other / 20;
}

/* The width that character i has by those before it in its word; 0 where they
 * do not tell. */
static int width_before(const struct page *p, size_t i, bool ones)
{
	const struct page_char *c = &p->chars[i];
	bool figure = is_figure(c->cp);
	int width = 0;

	for (size_t n = 1; n <= i && n <= 4; n++) {
		const struct page_char *b = c - n;

		if (b[1].x0 != b->x1 || b->y0 != c->y0 || b->y1 != c->y1 ||
		    (figure ? !is_figure(b->cp) : !is_hanzi(b->cp)))
			break;
		if (b->cp != '.' && b->cp != ',' &&
		    (ones || b->cp != '1' || c->cp == '1') &&
		    b->x1 - b->x0 > width)
			width = b->x1 - b->x0;
	}
	return width;
}

/*
 * A distance of less than a tenth of the height is given to the character
 * before it. Where that one is wider than those of its word, the distance is
 * there: between two columns.
 */
static void find_distances(struct page *p)
{
	bool ones = has_wide_ones(p);

	for (size_t i = 1; i + 1 < p->n_chars; i++) {
		struct page_char *c = &p->chars[i];
		int width;

		if (c[1].x0 != c->x1 || !is_letter(c->cp) ||
		    !(is_letter(c[1].cp) || c[1].cp == 0xFF08))
			continue;
		width = width_before(p, i, ones);
		if (width && (c->x1 - c->x0 - width) * 10 > width)
			c->x1 = c->x0 + width;
	}
}

/* Fonts of one height, and how wide their Chinese characters are. */
struct font {
	int height, width;
};

static struct font *font_of(struct font *fonts, size_t *n, int height)
{
	size_t i = 0;

	while (i < *n && fonts[i].height != height)
		i++;
	if (i == MOST_FONTS)
		return NULL;
	if (i == *n)
		fonts[(*n)++] = (struct font){height, 0};
	return &fonts[i];
}

/* Some fonts say that they are twice as tall as they are: then lines would seem
 * to overlap. Their characters are made as tall as they are wide. */
static void find_heights(struct page *p)
{
	struct font fonts[MOST_FONTS], *f;
	size_t n = 0;

	for (size_t i = 0; i < p->n_chars; i++) {
		const struct page_char *c = &p->chars[i];
		int width = is_hanzi(c->cp) ? c->x1 - c->x0
					    : (c->x1 - c->x0) * 2;

		f = font_of(fonts, &n, c->y1 - c->y0);
		if (f && (is_hanzi(c->cp) || (c->cp >= '0' && c->cp <= '9')) &&
		    width > f->width)
			f->width = width;
	}
	for (size_t i = 0; i < p->n_chars; i++) {
		struct page_char *c = &p->chars[i];
		int m = middle(c);

		f = font_of(fonts, &n, c->y1 - c->y0);
		if (!f || !f->width || f->height * 10 < f->width * 14)
			continue;
		c->y0 = m - f->width * 6 / 10;
		c->y1 = m + f->width * 6 / 10;
	}
}

void page_find_runs(struct page *p)
{
	find_distances(p);
	find_heights(p);
	for (size_t i = 0; i < p->n_chars; i++) {
		struct page_char *c = &p->chars[i];

		c->place = i;
		c->run = i && follows(c - 1, c) ? c[-1].run : c->x0;
	}
}

static void measure(struct page_line *l)
{
	int wide = 0, digit = 0;
	long tall = 0;

	qsort(l->chars, l->n, sizeof *l->chars, by_run);
	l->x0 = l->chars[0]->x0;
	l->x1 = l->chars[0]->x1;
	l->y0 = l->chars[0]->y0;
	l->y1 = l->chars[0]->y1;
	l->height = l->y1 - l->y0;
	for (size_t i = 0; i < l->n; i++) {
		const struct page_char *c = l->chars[i];

		if (c->x0 < l->x0)
			l->x0 = c->x0;
		if (c->x1 > l->x1)
			l->x1 = c->x1;
		if (c->y0 < l->y0)
			l->y0 = c->y0;
		if (c->y1 > l->y1)
			l->y1 = c->y1;
		if (c->y1 - c->y0 < l->height)
			l->height = c->y1 - c->y0;
		/* The widest is as wide as its font is tall; marks may be
		 * narrower. */
		if (utf8_width(c->cp) == 2 && c->x1 - c->x0 > wide)
			wide = c->x1 - c->x0;
		if (c->cp >= '0' && c->cp <= '9' && c->x1 - c->x0 > digit)
			digit = c->x1 - c->x0;
		tall += (c->y1 - c->y0) * 4 / 5;
	}
	l->size = wide ? wide : (int)(tall / (long)l->n);
	if (!wide && digit && 2 * digit < l->size)
		l->size = 2 * digit;
	if (l->size < 10)
		l->size = 10;
}

/* Where two lines between each other's were taken for one, because a cell over
 * two rows stands between these: the number of characters of the upper one, in
 * order of their middles; n where it is one line. */
static size_t upper_part(const struct page_line *l, struct page_char **chars,
			 size_t n)
{
	int top = middle(chars[0]), bottom = middle(chars[n - 1]);
	bool over = false;
	size_t k = 0;

	for (size_t i = 1; i < l->n && !over; i++) {
		const struct page_char *b = l->chars[i - 1], *c = l->chars[i];

		over = c->x0 < b->x1 - l->size / 2 &&
		       abs(middle(c) - middle(b)) * 5 > c->y1 - c->y0;
	}
	if (!over)
		return n;
	while (k < n && middle(chars[k]) * 2 < top + bottom)
		k++;
	return k;
}

static void add_line(struct arena *a, struct page_line **lines, size_t *n_lines,
		     size_t *cap, struct page_char **chars, size_t n)
{
	struct page_line l = {.chars = ARENA_ARRAY(a, struct page_char *, n),
			      .n = n};
	size_t upper;

	memcpy(l.chars, chars, n * sizeof *chars);
	measure(&l);
	upper = upper_part(&l, chars, n);
	if (upper && upper < n) {
		add_line(a, lines, n_lines, cap, chars, upper);
		add_line(a, lines, n_lines, cap, chars + upper, n - upper);
		return;
	}
	*lines = arena_grow(a, *lines, cap, *n_lines + 1, sizeof **lines);
	(*lines)[(*n_lines)++] = l;
}

size_t page_find_lines(struct arena *a, struct page_char **chars, size_t n,
		       struct page_line **lines)
{
	size_t n_lines = 0, cap = 0, from = 0;
	long sum = 0;

	*lines = NULL;
	if (!n)
		return 0;
	qsort(chars, n, sizeof *chars, by_middle);
	for (size_t i = 0; i <= n; i++) {
		if (i < n && i > from) {
			int height = chars[i]->y1 - chars[i]->y0;
			int mean = (int)(sum / (long)(i - from));

			if (middle(chars[i]) - mean < height * 2 / 5) {
				sum += middle(chars[i]);
				continue;
			}
		}
		if (i > from)
			add_line(a, lines, &n_lines, &cap, chars + from,
				 i - from);
		from = i;
		sum = i < n ? middle(chars[i]) : 0;
	}
	return n_lines;
}

static bool is_latin(uint32_t cp)
{
	return cp > ' ' && cp < 0x7f;
}

/* The blanks in front of character i. */
static int blanks(const struct page_line *l, size_t i)
{
	const struct page_char *before = l->chars[i - 1], *c = l->chars[i];
	int gap = c->x0 - before->x1;

	/* Printed over each other: no word goes on here. */
	if (gap < -l->size / 2)
		return 1;
	/* 12 .50 in a font that has no point */
	if (c->cp == '.' && is_letter(before->cp) && is_latin(before->cp) &&
	    i + 1 < l->n && is_latin(l->chars[i + 1]->cp) &&
	    is_letter(l->chars[i + 1]->cp) && gap < l->size)
		return 0;
	if (is_latin(before->cp) && is_latin(c->cp)) {
		if (gap < l->size / 5)
			return 0;
		if (gap < l->size)
			return 1;
	} else if (gap < l->size * 6 / 10) {
		return 0;
	}
	return gap * 2 / l->size ? gap * 2 / l->size : 1;
}

struct str page_line_text(struct arena *a, const struct page_line *l)
{
	struct buf text = {0};
	struct str copy;

	for (size_t i = 0; i < l->n; i++) {
		int k = i ? blanks(l, i) : 0;

		while (k-- > 0)
			buf_putc(&text, ' ');
		buf_put_codepoint(&text, l->chars[i]->cp);
	}
	copy = str_copy(a, buf_str(&text));
	buf_release(&text);
	return copy;
}

/* In a cell, distances say less: at most one blank. */
static void put_line(struct buf *text, const struct page_line *l)
{
	for (size_t i = 0; i < l->n; i++) {
		if (i && blanks(l, i))
			buf_putc(text, ' ');
		buf_put_codepoint(text, l->chars[i]->cp);
	}
}

struct str page_cell_text(struct arena *a, const struct page_line *lines,
			  size_t n, int x1)
{
	struct buf text = {0};
	struct str copy;

	for (size_t i = 0; i < n; i++) {
		const struct page_line *l = &lines[i], *up = l - 1;

		if (i && is_latin(up->chars[up->n - 1]->cp) &&
		    is_latin(l->chars[0]->cp)) {
			const struct page_char *c = l->chars[0];
			int room = x1 - up->x1;

			/* A word was broken only where it had no room. */
			if (room > c->x1 - c->x0 + l->size)
				buf_putc(&text, ' ');
		}
		put_line(&text, l);
	}
	copy = str_copy(a, buf_str(&text));
	buf_release(&text);
	return copy;
}
