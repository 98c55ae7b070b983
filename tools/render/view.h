/*
 * Views: what a stream says, as a page of grids and lists. Everything a page
 * holds lives in its arena and borrows from the model and the labels.
 */
#ifndef BUD_RENDER_VIEW_H
#define BUD_RENDER_VIEW_H

#include "render/grid.h"
#include "render/model.h"
#include "render/outline.h"
#include "render/render.h"

struct view {
	struct arena *arena;
	const struct model *model;
	const struct labels *labels;
	const struct render_options *options;
	bool *quoted; /* by number - 1: the page links to it; or NULL */
};

/* The view that --view=auto means for this stream. */
enum render_view view_choose(const struct view *v);

/*
 * Fills the page: findings of level error first, then what the view shows,
 * then the verdicts. False where --columns or --sort name a column that the
 * view lacks: *bad is its name.
 */
bool view_build(const struct view *v, struct page *p, struct str *bad);

/* One section for a department's facts: coordinates down, years across. */
void view_add_facts(const struct view *v, struct page *p);

/* One section for each department and pair of years. */
void view_add_changes(const struct view *v, struct page *p);

/*
 * Departments by their expenditure in the latest year of each, or by what
 * --where left.
 */
void view_add_ranking(const struct view *v, struct page *p);

/* Which findings a list takes. */
enum view_findings { FINDINGS_ERRORS, FINDINGS_ALL };
void view_add_findings(const struct view *v, struct page *p,
		       enum view_findings which);

/* Why there is nothing to show in the view, and what to do. */
void view_add_empty(const struct view *v, struct page *p,
		    enum render_view view);

/* A line a document: how many checks it passed. */
void view_add_verdicts(const struct view *v, struct page *p);

/* Fills {0}, {1}, … of a sentence of labels/words.tsv. */
struct str view_say(const struct view *v, const char *word,
		    const struct str *args, size_t n);

/* A cell as text, money in the unit of the options. */
struct str view_number(const struct view *v, const struct cell *c);

/* "2023 预算数" for heads; "2023年预算" in sentences. */
struct str view_period(const struct view *v, int year, enum phase phase);
struct str view_period_short(const struct view *v, int year, enum phase phase);

/* An amount without its sign, with its unit: "15.36万元". */
struct str view_amount(const struct view *v, int64_t fen);

/* What a change is of, at its later end. */
struct coordinates view_coordinates(const struct bud_change *c);

/*
 * The numbers of a change with what they were read from, in CHANGE_CELLS cells
 * that are empty before: from, to, delta, growth, contribution. A change that no document states is
 * credited to the later level.
 */
enum {
	CHANGE_FROM,
	CHANGE_TO,
	CHANGE_DELTA,
	CHANGE_GROWTH,
	CHANGE_PART,
	CHANGE_CELLS,
};
void view_change_cells(const struct view *v, const struct bud_change *c,
		       struct cell *cells);

/* The label of an outline row, shortened and in full. */
void view_label(const struct view *v, const struct outline_row *o,
		struct grid_row *row);

#endif
