/*
 * A page of characters and drawn lines → lines of text and tables.
 *
 * What a PDF says about a page: where each character stands and where lines
 * are drawn. Tables are rebuilt from the lines, so that a number belongs to
 * the cell that it stands in, however narrow; the rest becomes lines for
 * flow.c. Positions are tenths of a point from the top left corner.
 */
#ifndef BUD_SOURCE_PAGE_H
#define BUD_SOURCE_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "source/flow.h"
#include "source/lanes.h"

/* Places beyond are on no page: readers give none that lies further out by more
 * than a character, so that what is made of their distances does not overflow. */
enum { PAGE_FARTHEST = 1000000 };

/* The place of so many tenths of a point; 0 where it is on no page, or NaN. */
static inline int page_place(double tenths)
{
	if (!(tenths > -PAGE_FARTHEST && tenths < PAGE_FARTHEST))
		return 0;
	return (int)(tenths + (tenths < 0 ? -0.5 : 0.5));
}

struct page_char {
	uint32_t cp;
	int x0, y0, x1, y1;
	bool taken;   /* stands in a table */
	size_t place; /* in the order of reading */
	int run;      /* left edge of the run that it belongs to */
};

/* Horizontal (y0 == y1) or vertical (x0 == x1), x0 <= x1, y0 <= y1. */
struct page_rule {
	int x0, y0, x1, y1;
};

struct page {
	unsigned number; /* from 1 */
	struct page_char *chars; /* in the order of reading, without blanks */
	size_t n_chars, cap_chars;
	struct page_rule *rules;
	size_t n_rules, cap_rules;
};

/* Appends a character, unless it is a blank. */
void page_add_char(struct arena *a, struct page *p, struct page_char c);

/* Appends a rule between two corners, in any order: a thin box is a line, a
 * wider one is none. */
void page_add_rule(struct arena *a, struct page *p, int x0, int y0, int x1,
		   int y1);

/* Lines of characters: what stands side by side, from left to right. */
struct page_line {
	struct page_char **chars;
	size_t n;
	int x0, y0, x1, y1;
	int size;   /* of most of its characters, as tall as wide */
	int height; /* of its lowest character */
};

/*
 * May the page hold a table? No, where every line is one text without
 * distances: then its rules are a frame around prose, or underlines.
 */
bool page_may_hold_table(const struct page *p);

/* Finds runs: characters that follow each other without a distance. */
void page_find_runs(struct page *p);

/*
 * Sorts chars into lines, top to bottom. In a line, runs stand from left to
 * right; a run stays together, also where another one is printed over it.
 */
size_t page_find_lines(struct arena *a, struct page_char **chars, size_t n,
		       struct page_line **lines);

/* The text of a line; blanks come from the distances. */
struct str page_line_text(struct arena *a, const struct page_line *line);

/* The pieces of a line; fine: as close as the columns of a table may be. */
void page_line_pieces(struct arena *a, const struct page_line *line, bool fine,
		      struct piece_line *out);

/* The text of lines that wrap within width. */
struct str page_cell_text(struct arena *a, const struct page_line *lines,
			  size_t n, int x1);

/* A ruled table: its place on the page, and its cells. */
struct page_table {
	int x0, y0, x1, y1;
	int *xs;     /* edges of the columns */
	size_t n_xs;
	struct grid grid;
};

/* The tables whose cells are ruled, top to bottom; takes their characters. */
size_t page_find_tables(struct arena *a, struct page *p,
			struct page_table **tables);

/* Lines of a document while its pages come. */
struct page_flow {
	struct flow_line *lines;
	size_t n, cap;
	struct page_table *last; /* table that may go on, or NULL */
	struct grid *last_grid;
	size_t last_at;          /* its place in lines */
	struct region *open;     /* table without rules that may go on */
	size_t open_at;          /* its place in lines */
	int em;                  /* of the running text */
	size_t sizes[64];        /* characters by size in points */
};

/* What may stand between two pages of a table: a page number, 续表. */
bool page_is_furniture(struct str s);

/* Does the line repeat one of the title above the table at that place? */
bool page_repeats_title(const struct page_flow *f, size_t at, struct str s);

/* Appends a page; its memory must live until flow_write(). */
void page_append(struct arena *a, struct page_flow *f, struct page *p);

/* Size of the running text in tenths of a point. */
int page_flow_em(const struct page_flow *f);

#endif
