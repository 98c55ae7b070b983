/*
 * A page that has too few lines to show a margin has that of its neighbour,
 * unless a line that wraps shows another one.
 */
#include "source/margin.h"

#include <stdlib.h>
#include <string.h>

#include "source/heading.h"

enum { LEAST_FULL = 3 }; /* lines at the margin that make it one */

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

void flow_judge_lines(struct flow_line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct flow_line *l = &lines[i];

		if (!flow_is_text(l))
			continue;
		l->running = !heading_is_contents(l->text) &&
			     !is_spread(l->text);
		l->closed = heading_is_closed(l->text);
	}
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
static int choose_margin(const struct end *ends, size_t n, int em)
{
	size_t from = 0, open = 0, best = 0;
	int margin = 0;

	for (size_t i = 0; i < n; i++) {
		size_t full;

		open += ends[i].open;
		while (ends[from].at < ends[i].at - 2 * em)
			open -= ends[from++].open;
		full = i + 1 - from;
		if (!ends[i].candidate || full < LEAST_FULL ||
		    open < FLOW_LEAST_OPEN ||
		    open * 10 < full * 6 || open < best)
			continue;
		best = open;
		margin = ends[i].at;
	}
	return margin;
}

/* The widest running line of the page. */
static int widest_of(const struct flow_line *lines, const struct flow_page *p)
{
	int widest = 0;

	for (size_t i = p->from; i < p->to; i++)
		if (flow_is_running(&lines[i]) && lines[i].right > widest)
			widest = lines[i].right;
	return widest;
}

static void find_margin(struct arena *a, const struct flow_line *lines,
			struct flow_page *p, int em)
{
	int widest = widest_of(lines, p);
	struct end *ends;
	size_t n = 0;

	if (widest < FLOW_LEAST_EMS * em)
		return;
	ends = ARENA_ARRAY(a, struct end, p->to - p->from);
	for (size_t i = p->from; i < p->to; i++) {
		const struct flow_line *l = &lines[i];

		if (flow_is_running(l))
			ends[n++] = (struct end){
				l->right, !l->closed,
				l->right - l->left >= FLOW_LEAST_EMS * em &&
					l->right >= flow_least_margin(widest)};
	}
	if (n)
		qsort(ends, n, sizeof *ends, by_end);
	p->margin = choose_margin(ends, n, em);
}

static int by_value(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The leftmost of the edges that are as common as any other. */
static int choose_base(int *edges, size_t n, int em)
{
	size_t best = 0, from = 0;
	int base = 0;

	if (n)
		qsort(edges, n, sizeof *edges, by_value);
	for (size_t i = 0; i < n; i++) {
		while (edges[from] < edges[i] - em / 4)
			from++;
		if (i + 1 - from <= best)
			continue;
		best = i + 1 - from;
		base = edges[from];
	}
	return base;
}

/*
 * The left edge of lines that go on from one at the margin; they alone show it
 * where every paragraph has two lines.
 */
static int find_base(struct arena *a, const struct flow_line *lines,
		     const struct flow_page *p, int margin, int em)
{
	int *edges = ARENA_ARRAY(a, int, p->to - p->from);
	const struct flow_line *before = NULL;
	int base = margin;
	size_t n = 0;

	for (size_t i = p->from; i < p->to; i++) {
		const struct flow_line *l = &lines[i];
		bool full = l->right >= margin - 2 * em;

		if (!flow_is_running(l)) {
			before = NULL;
			continue;
		}
		if (full && l->left < base)
			base = l->left;
		if (before && !heading_opens(l->text) &&
		    l->left <= before->left)
			edges[n++] = l->left;
		before = full && l->right - l->left >= FLOW_LEAST_EMS * em &&
					 !l->closed
				 ? l
				 : NULL;
	}
	return n ? choose_base(edges, n, em) : base;
}

/* Where the page lacks a margin: its own, if one of its lines shows that it
 * wraps at another place, or else that of a neighbour. */
static void take_margin(const struct flow_line *lines, struct flow_page *p,
			const struct flow_page *neighbour, int em)
{
	int widest = widest_of(lines, p);

	if (p->margin || !neighbour->margin)
		return;
	p->margin = neighbour->margin;
	p->base = neighbour->base;
	if (widest > neighbour->margin - 2 * em &&
	    widest < neighbour->margin + 2 * em)
		return;
	for (size_t i = p->from; i + 1 < p->to; i++) {
		const struct flow_line *l = &lines[i], *next = l + 1;

		if (!flow_is_running(l) || !flow_is_running(next) ||
		    l->right < widest - em || next->left > l->left - em ||
		    l->right - l->left < FLOW_LEAST_EMS * em ||
		    l->closed || heading_opens(next->text))
			continue;
		p->margin = widest;
		p->base = next->left;
	}
}

struct flow_page *flow_find_pages(struct arena *a,
				  const struct flow_line *lines, size_t n,
				  int em, size_t *n_pages)
{
	struct flow_page *pages = NULL;
	size_t cap = 0, count = 0;

	for (size_t i = 0; i < n; i++) {
		if (i && lines[i].page == lines[i - 1].page) {
			pages[count - 1].to = i + 1;
			continue;
		}
		pages = arena_grow(a, pages, &cap, count + 1, sizeof *pages);
		pages[count++] = (struct flow_page){.from = i, .to = i + 1};
	}
	for (size_t p = 0; p < count; p++) {
		find_margin(a, lines, &pages[p], em);
		if (pages[p].margin)
			pages[p].base = find_base(a, lines, &pages[p],
						  pages[p].margin, em);
	}
	for (size_t p = 1; p < count; p++)
		take_margin(lines, &pages[p], &pages[p - 1], em);
	for (size_t p = count; p-- > 1;)
		take_margin(lines, &pages[p - 1], &pages[p], em);
	*n_pages = count;
	return pages;
}
