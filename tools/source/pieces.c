/*
 * Where a line of characters is cut into pieces. In running text a piece ends
 * where more than a character is missing, or between two amounts. In a table,
 * where columns may be closer than a blank, it ends wherever characters stand
 * further apart than they do within the words of the line; but digits stay with
 * the words that they count, which a layout keeps a little away from them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "source/page.h"

enum kind { KIND_DIGIT, KIND_LATIN, KIND_WORD };

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static enum kind kind_of(uint32_t cp)
{
	if (is_digit(cp) || (cp < 0x7F && strchr(".,-%+", (int)cp)))
		return KIND_DIGIT;
	return cp < 0x250 ? KIND_LATIN : KIND_WORD;
}

struct cutter {
	const struct page_line *l;
	int usual[3]; /* distance within words, by kind */
	bool fine;
};

static int gap_before(const struct page_line *l, size_t i)
{
	return l->chars[i]->x0 - l->chars[i - 1]->x1;
}

static int by_int(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return x < y ? -1 : x > y;
}

/* The median distance of characters of one kind. */
static int find_usual(struct arena *a, const struct page_line *l,
		      enum kind kind)
{
	int *gaps = ARENA_ARRAY(a, int, l->n + 1);
	size_t n = 0;

	for (size_t i = 1; i < l->n; i++) {
		int gap = gap_before(l, i);

		if (kind_of(l->chars[i]->cp) == kind &&
		    kind_of(l->chars[i - 1]->cp) == kind && gap < l->size &&
		    gap > -l->size / 4)
			gaps[n++] = gap;
	}
	if (n < 3)
		return 0;
	qsort(gaps, n, sizeof *gaps, by_int);
	return gaps[n / 2] > 0 ? gaps[n / 2] : 0;
}

/* The number around character i: how many digits it has, and how many behind
 * its point. */
static size_t number_at(const struct page_line *l, size_t i, size_t *decimals)
{
	size_t from = i, to = i + 1, n = 0;
	bool point = false;

	while (from && kind_of(l->chars[from - 1]->cp) == KIND_DIGIT &&
	       gap_before(l, from) * 12 < l->size)
		from--;
	while (to < l->n && kind_of(l->chars[to]->cp) == KIND_DIGIT &&
	       gap_before(l, to) * 12 < l->size)
		to++;
	*decimals = 0;
	for (size_t k = from; k < to; k++) {
		uint32_t cp = l->chars[k]->cp;

		n += is_digit(cp);
		*decimals += point && is_digit(cp);
		point |= cp == '.';
	}
	return n;
}

/* 年, 个 and the like belong to the number in front of them. */
static bool is_measure(uint32_t cp)
{
	static const uint32_t MEASURES[] = {
		0x5E74, 0x6708, 0x65E5, 0x4E2A, 0x4EBA, 0x8F86, 0x53F0, 0x6B21,
		0x6279, 0x4E07, 0x5143, 0x9879, 0x5BB6, 0x5428, 0x3001, 0xFF0E,
	};

	for (size_t k = 0; k < sizeof MEASURES / sizeof *MEASURES; k++)
		if (cp == MEASURES[k])
			return true;
	return false;
}

/* Amounts, codes and the years of heads are no part of the words beside
 * them. */
static bool stands_alone(const struct page_line *l, size_t number,
			 uint32_t word)
{
	size_t decimals, digits = number_at(l, number, &decimals);

	if (digits == 4 && !decimals && number + 4 < l->n &&
	    l->chars[number]->cp == '2' && l->chars[number + 4]->cp == 0x5E74)
		return true;

	if (decimals)
		return decimals <= 2;
	return (digits == 2 || digits == 3 || digits == 5 || digits == 7) &&
	       !is_measure(word);
}

static bool is_cut_fine(const struct cutter *c, size_t i)
{
	const struct page_line *l = c->l;
	uint32_t before = l->chars[i - 1]->cp, next = l->chars[i]->cp;
	enum kind a = kind_of(before), b = kind_of(next);
	int gap = gap_before(l, i);

	/* 12 .50 in a font that has no point */
	if (a == KIND_DIGIT && b == KIND_DIGIT && next != '-' &&
	    is_digit(before) != is_digit(next) && gap * 2 < l->size)
		return false;
	if (a == b && a != KIND_LATIN)
		return (gap - c->usual[a]) * 12 > l->size;
	if (a == KIND_DIGIT && b == KIND_WORD)
		return gap * 12 > l->size && stands_alone(l, i - 1, next);
	if (a == KIND_WORD && b == KIND_DIGIT)
		return gap * 12 > l->size && stands_alone(l, i, before);
	return gap * 2 > l->size;
}

/* 10.00 15.00: two amounts, however near, and an amount and a numbered
 * label. */
static bool parts_amounts(const struct cutter *c, size_t i)
{
	const struct page_line *l = c->l;
	uint32_t next = l->chars[i]->cp;
	bool label = i + 1 < l->n && l->chars[i + 1]->cp == 0x3001;
	size_t decimals;

	if (!is_digit(l->chars[i - 1]->cp) ||
	    !(is_digit(next) || next == '-' || label) ||
	    (gap_before(l, i) - c->usual[KIND_DIGIT]) * 12 <= l->size)
		return false;
	number_at(&(struct page_line){.chars = l->chars, .n = i,
				      .size = l->size},
		  i - 1, &decimals);
	return decimals == 1 || decimals == 2;
}

static bool is_cut(const struct cutter *c, size_t i)
{
	const struct page_line *l = c->l;
	int gap = gap_before(l, i);

	if (gap >= l->size)
		return true;
	/* Printed over what stands before it. */
	if (gap * 4 < -l->size && l->chars[i]->run != l->chars[i - 1]->run)
		return true;
	return c->fine ? is_cut_fine(c, i) : parts_amounts(c, i);
}

/* Characters without a width take a place all the same. */
static int end_of(const struct page_line *l, size_t from, size_t to)
{
	int x0 = l->chars[from]->x0, x1 = l->chars[to - 1]->x1;

	return x1 > x0 ? x1 : x0 + 1;
}

static int middle_of(const struct page_line *l, size_t from, size_t to)
{
	long sum = 0;

	for (size_t i = from; i < to; i++)
		sum += l->chars[i]->y0 + l->chars[i]->y1;
	return (int)(sum / 2 / (long)(to - from));
}

void page_line_pieces(struct arena *a, const struct page_line *l, bool fine,
		      struct piece_line *out)
{
	struct cutter c = {.l = l, .fine = fine};
	size_t cap = 0, from = 0;

	*out = (struct piece_line){.y = (l->y0 + l->y1) / 2};
	for (enum kind k = KIND_DIGIT; k <= KIND_WORD; k++)
		c.usual[k] = find_usual(a, l, k);
	for (size_t i = 1; i <= l->n; i++) {
		struct page_line part = *l;

		if (i < l->n && !is_cut(&c, i))
			continue;
		part.chars = l->chars + from;
		part.n = i - from;
		out->v = arena_grow(a, out->v, &cap, out->n + 1,
				    sizeof *out->v);
		out->v[out->n++] = (struct piece){
			page_line_text(a, &part), l->chars[from]->x0,
			end_of(l, from, i), middle_of(l, from, i)};
		from = i;
	}
}
