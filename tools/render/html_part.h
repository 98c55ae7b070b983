/* The parts of the HTML report; see html.h. */
#ifndef BUD_RENDER_HTML_PART_H
#define BUD_RENDER_HTML_PART_H

#include "render/digest.h"
#include "render/html.h"

/* The value, linked to the quote that it was read from where there is one. */
void html_cell(struct buf *out, const struct view *v, const struct cell *c);

/* Begins a fold: word is its summary, of words.tsv, with a number. */
void html_summary(struct buf *out, const struct view *v, const char *word,
		  size_t n);

/* A grid with its caption, sortable where the script runs. */
void html_grid(struct buf *out, const struct view *v,
	       const struct section *s, const char *id);

void html_findings(struct buf *out, const struct view *v,
		   const struct section *s);

/* The documents, and every sentence and cell that a figure rests on. */
void html_sources(struct buf *out, const struct view *v);

/* Headline figures, then the charts with their tables. number: of the
 * department on the page, for ids. */
void html_figures(struct buf *out, const struct view *v,
		  const struct digest *d);
void html_charts(struct buf *out, const struct view *v,
		 const struct digest *d, size_t number);

/* One chart with its title and its table. */
struct chart;
void html_chart(struct buf *out, const struct view *v, struct chart *c,
		const char *kind, size_t number);

/* All bars of a chart in words, for a screen reader. */
struct str html_say_bars(const struct view *v, const struct chart *c);

/* "+2.7%", or nothing. */
struct str html_rate(const struct view *v, const struct bud_change *c);

/* The chart of a department's change; false where there is none to draw. */
bool html_explain(const struct view *v, const struct digest *d,
		  struct chart *c);

/* Small multiples: key figures over three years or more. */
void html_history(struct buf *out, const struct view *v,
		  const struct digest *d, size_t number);

/* Departments beside each other, where there are two or more. */
void html_rank_chart(struct buf *out, const struct view *v,
		     const struct digest *all);

/* The chart of the change alone; false where there is nothing to draw. */
bool html_change_chart(struct buf *out, const struct view *v,
		       const struct digest *d, struct str style);

#endif
