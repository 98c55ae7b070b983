/* The parts of the HTML report; see html.h. */
#ifndef BUD_RENDER_HTML_PART_H
#define BUD_RENDER_HTML_PART_H

#include "render/html.h"

/* <a href="#q12">…</a> around what put() would write, where there is a quote. */
void html_cell(struct buf *out, const struct view *v, const struct cell *c);
void html_text(struct buf *out, struct str s);

/* A grid with its caption, sortable where the script runs. */
void html_grid(struct buf *out, const struct view *v,
	       const struct section *s, const char *id);

void html_findings(struct buf *out, const struct view *v,
		   const struct section *s);

/* The documents, and every sentence and cell that a figure rests on. */
void html_sources(struct buf *out, const struct view *v);

/* What the report says of one department's change between two years. */
struct digest {
	struct str entity;
	const struct bud_change **changes; /* of its latest pair of years */
	size_t n, cap;
};

/* One for each entity of the model, in its order; n may be 0. */
struct digest *digest_all(const struct view *v);

/* The change of one coordinate, or NULL. */
const struct bud_change *digest_find(const struct digest *d, const char *item,
				     const char *fund, const char *nature);

/* A sentence on the year: "2023年支出577.79万元，比2022年增加15.36万元". */
struct str digest_sentence(const struct view *v, const struct digest *d);

/* Headline figures, then the charts with their tables. number: of the
 * department on the page, for ids. */
void html_figures(struct buf *out, const struct view *v,
		  const struct digest *d);
void html_charts(struct buf *out, const struct view *v,
		 const struct digest *d, size_t number);

/* Departments beside each other, where there are two or more. */
void html_rank_chart(struct buf *out, const struct view *v,
		     const struct digest *all);

/* The chart of the change alone; false where there is nothing to draw. */
bool html_change_chart(struct buf *out, const struct view *v,
		       const struct digest *d, struct str style);

#endif
