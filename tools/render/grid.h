/*
 * What a view makes and a format writes: a page of sections, each a grid of
 * cells or a list of findings. So formats know no records' meaning and views
 * know no formats. Everything lives in the arena of the page.
 */
#ifndef BUD_RENDER_GRID_H
#define BUD_RENDER_GRID_H

#include "base/arena.h"
#include "render/cell.h"

struct grid_column {
	struct str id, head;
	bool number; /* aligned at the decimal point */
};

/* TONE_HEAD: a heading, without values. */
enum tone { TONE_PLAIN, TONE_STRONG, TONE_MUTED, TONE_BAD, TONE_HEAD };

struct grid_row {
	struct cell *cells; /* as many as the grid has columns */
	unsigned depth;     /* how far the label stands in */
	struct str full;    /* the label with all that its parents say */
	enum tone tone;
};

struct grid {
	struct grid_column *columns; /* the first is the label */
	size_t n_columns;
	struct grid_row *rows;
	size_t n_rows, cap_rows;
};

/* A finding in words; a str that is empty is not shown. */
struct grid_finding {
	enum level level;
	struct str level_name, rule, place, message, values;
	struct str evidence; /* quotes, then [RULE] messages, " | "
			      * between them */
	const struct bud_fact *source;
};

enum section_kind {
	SECTION_FINDINGS,
	SECTION_RANKING,
	SECTION_CHANGES,
	SECTION_FACTS,
	SECTION_CHECKS,
	SECTION_EMPTY, /* nothing to show: the lines say why */
};

struct section {
	enum section_kind kind;
	struct str entity;      /* of changes and facts; may be empty */
	struct str title, note; /* note: unit, counts */
	struct grid *grid;      /* NULL for a list */
	struct grid_finding *findings;
	size_t n_findings;
	struct str *lines; /* sentences, below the grid */
	size_t n_lines, cap_lines;
};

struct page {
	struct arena *arena;
	struct str title;
	enum money money;
	struct section *sections;
	size_t n_sections, cap_sections;
};

struct section *page_section(struct page *p, enum section_kind kind);
void section_line(struct page *p, struct section *s, struct str line);

struct grid *grid_new(struct arena *a, const struct grid_column *columns,
		      size_t n);
struct grid_row *grid_row(struct arena *a, struct grid *g);

/*
 * Sorts by a column (its id; "-ID" the other way round), empty cells last;
 * labels then stand in full and headings go. False for an unknown column.
 */
bool grid_sort(struct grid *g, struct str key);

/* Keeps the first n rows. */
void grid_cut(struct grid *g, size_t n);

/* Keeps the columns listed, in that order. *bad is the first unknown one. */
bool grid_choose(struct arena *a, struct grid *g, struct str list,
		 struct str *bad);

/* Takes the columns out in which no row has anything. */
void grid_drop_empty(struct grid *g);

/* Takes one column out; false where the grid lacks it. */
bool grid_drop(struct grid *g, struct str id);

/* The next quote of an evidence, in order; false at the end. */
bool finding_quote(struct str *evidence, struct str *quote);

#endif
