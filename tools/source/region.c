/*
 * Rows that line up begin a table, its title ends the search for its head. A
 * page that begins with rows, or with the head of the table that the page
 * before ended with, goes on from it.
 */
#include "source/region.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "source/columns.h"
#include "source/gaps.h"
#include "source/heading.h"
#include "source/unruled.h"

enum {
	MOST_GROUPS = 8,       /* lines of a head */
	MOST_PAGES = 40,       /* of one table */
	PAGE_HEIGHT = 1000000, /* more than any page has */
};

/* A table while its pages come. */
struct region {
	struct piece_line *lines;
	size_t n, head; /* lines, of which those of the head */
	struct grid *grid;
	unsigned page;  /* the last one */
	unsigned pages;
	int em;
};

static void take_fields(struct arena *a, struct column_row *row,
			const struct piece_line *pieces)
{
	row->fields = ARENA_ARRAY(a, struct column_field, pieces->n);
	for (row->n = 0; row->n < pieces->n; row->n++)
		row->fields[row->n] = column_field(
			pieces->v[row->n].text, pieces->v[row->n].x0,
			pieces->v[row->n].x1);
	row->stop = row->n == 0;
}

static bool is_text(struct str s)
{
	return heading_is_closed(s) || heading_level(s) ||
	       str_find(s, STR("，")) != SIZE_MAX;
}

/* The fields of a line, as columns.h looks for tables. */
static void split_line(struct arena *a, const struct page *p,
		       const struct page_line *l, struct column_row *row)
{
	struct piece_line pieces, fine;

	*row = (struct column_row){.page = p->number, .stop = true};
	if (heading_is_contents(page_line_text(a, l)))
		return;
	page_line_pieces(a, l, false, &pieces);
	take_fields(a, row, &pieces);
	/* Heads may be closer than the words of a text. */
	if (column_row_is_body(row) || is_text(page_line_text(a, l)))
		return;
	page_line_pieces(a, l, true, &fine);
	take_fields(a, row, &fine);
	if (column_row_is_body(row))
		take_fields(a, row, &pieces);
}

/*
 * The first line of the head of a table that was found to begin at line first:
 * groups that stand alone on their lines belong to it, up to its title.
 */
static size_t find_head(const struct column_row *rows,
			const struct page_line *l, size_t from, size_t first)
{
	size_t top = first;

	for (size_t k = first; k-- > from && first - k <= MOST_GROUPS;) {
		int size = l[k].size, gap = l[k + 1].y1 - l[k].y1;

		if (columns_opens_table(&rows[k]))
			return k + 1;
		if (rows[k].stop || !rows[k].n || gap > 4 * size ||
		    column_row_is_body(&rows[k]) ||
		    abs(size - l[first].size) * 6 > l[first].size ||
		    is_text(rows[k].fields[0].text))
			break;
		if (rows[k].n > 1)
			top = k;
	}
	return top;
}

static struct piece_line *read_lines(struct arena *a, const struct page *p,
				     const struct page_line *l, size_t n)
{
	struct piece_line *lines = ARENA_ARRAY(a, struct piece_line, n);

	for (size_t i = 0; i < n; i++) {
		page_line_pieces(a, &l[i], true, &lines[i]);
		lines[i].page = p->number;
	}
	return lines;
}

/* The grid of lines [0, n), which were found to be a table. */
static struct grid *build_grid(struct arena *a, struct page_flow *f,
			       const struct page *p, const struct page_line *l,
			       size_t n, const struct column_row *rows,
			       int unit)
{
	struct region *r = ARENA_NEW(a, struct region);

	*r = (struct region){.lines = read_lines(a, p, l, n), .n = n,
			     .page = p->number, .em = 2 * unit};
	r->grid = unruled_build(a, r->lines, n, r->em);
	f->open = r->grid ? r : NULL;
	while (r->head < n && !unruled_is_body(&r->lines[r->head]))
		r->head++;
	return r->grid ? r->grid : columns_build(a, rows, n, unit);
}

/* Does nothing but page numbers and titles stand behind the open table? */
static bool is_open(const struct page_flow *f, const struct page *p)
{
	if (!f->open || f->open->page + 1 != p->number)
		return false;
	for (size_t i = f->open_at + 1; i < f->n; i++)
		if (f->lines[i].grid ||
		    !page_is_furniture(f->lines[i].text))
			return false;
	return true;
}

/* How many lines repeat the head of the table. */
static size_t count_head(const struct region *r, const struct piece_line *lines,
			 size_t n)
{
	if (n < r->head)
		return 0;
	for (size_t i = 0; i < r->head; i++) {
		const struct piece_line *x = &r->lines[i], *y = &lines[i];

		if (x->n != y->n)
			return 0;
		for (size_t k = 0; k < x->n; k++)
			if (!str_equal(x->v[k].text, y->v[k].text))
				return 0;
	}
	return r->head;
}

/* The table with more lines; false where its columns would be others. */
static bool append_lines(struct arena *a, struct region *r,
			 const struct piece_line *more, size_t n)
{
	struct piece_line *all = ARENA_ARRAY(a, struct piece_line, r->n + n);
	struct grid *g;

	memcpy(all, r->lines, r->n * sizeof *all);
	for (size_t i = 0; i < n; i++) {
		all[r->n + i] = more[i];
		all[r->n + i].y += (int)(r->pages + 1) * PAGE_HEIGHT;
	}
	g = unruled_build(a, all, r->n + n, r->em);
	if (!g || g->n_cols != r->grid->n_cols)
		return false;
	*r->grid = *g;
	r->lines = all;
	r->n += n;
	r->pages++;
	return true;
}

static bool is_label(const struct column_row *r)
{
	return r->n > 0 && !r->stop && !column_row_is_body(r);
}

/* Do lines i and i + 1 overlap, as those of a label over two lines and of its
 * amounts do? */
static bool is_close(const struct page_line *l, size_t i)
{
	return (l[i + 1].y0 + l[i + 1].y1 - l[i].y0 - l[i].y1) * 5 <
	       9 * l[i].size;
}

/* The line behind the last label of the table that ends in front of end. */
static size_t take_rest(const struct page_line *l,
			const struct column_row *rows, size_t n, size_t end)
{
	return end && end < n && is_label(&rows[end]) && is_close(l, end - 1)
		       ? end + 1
		       : end;
}

/* The first line of the page that is not of the table that goes on. */
static size_t go_on(struct arena *a, struct page_flow *f, const struct page *p,
		    const struct page_line *l, const struct column_row *rows,
		    size_t n, int unit, bool *gone)
{
	struct piece_line *lines;
	size_t from = 0, head, end;

	if (!n || !is_open(f, p) || f->open->pages >= MOST_PAGES)
		return 0;
	for (; from < n; from++) {
		struct str text = page_line_text(a, &l[from]);

		if (!page_is_furniture(text) &&
		    !page_repeats_title(f, f->open_at, text))
			break;
	}
	lines = read_lines(a, p, l + from, n - from);
	head = count_head(f->open, lines, n - from);
	end = from + head;
	/* A label over two lines begins above its amounts. */
	if (end + 1 < n && is_label(&rows[end]) && is_close(l, end))
		end++;
	if (end >= n || !column_row_is_body(&rows[end]))
		return 0;
	end = take_rest(l, rows, n, columns_extend(rows, n, unit, end));
	if (!append_lines(a, f->open, lines + head, end - from - head))
		return 0;
	for (size_t i = 0; i < end; i++)
		gone[i] = i >= from ||
			  !page_is_furniture(page_line_text(a, &l[i]));
	f->open->page = p->number;
	return end;
}

struct grid **region_find(struct arena *a, struct page_flow *f,
			  const struct page *p, const struct page_line *l,
			  size_t n, bool *gone)
{
	struct grid **grids = ARENA_ARRAY(a, struct grid *, n);
	struct column_row *rows = ARENA_ARRAY(a, struct column_row, n);
	size_t from, first, end;
	int unit = n ? l[n / 2].size / 2 : 1;

	for (size_t i = 0; i < n; i++)
		split_line(a, p, &l[i], &rows[i]);
	from = go_on(a, f, p, l, rows, n, unit, gone);
	while (columns_find(rows, n, unit, from, &first, &end)) {
		first = find_head(rows, l, from, first);
		end = take_rest(l, rows, n, end);
		grids[first] = build_grid(a, f, p, l + first, end - first,
					  rows + first, unit);
		for (size_t i = first; i < end; i++)
			gone[i] = true;
		from = end;
	}
	return grids;
}
