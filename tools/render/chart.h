/*
 * A bar chart as SVG. Bars are drawn in percent of the width and each label
 * stands above its bar, so that one drawing fits a telephone and a wall.
 */
#ifndef BUD_RENDER_CHART_H
#define BUD_RENDER_CHART_H

#include "render/cell.h"

struct chart_bar {
	struct str label;
	struct cell value;  /* its number is the length of the bar */
	struct str aside;   /* beside the value, "+2.7%"; may be empty */
	bool has_past;      /* a second, paler bar: the year before */
	int64_t past;
};

struct chart {
	struct str id;              /* unique on the page */
	struct str title, subtitle; /* the finding; what is drawn */
	struct str summary;         /* all of it in words, to be heard */
	bool alone;                 /* a file of its own: draws its title */
	struct str style;           /* only when alone */
	enum money money;
	const struct chart_bar *bars;
	size_t n;
};

void chart_write(struct buf *out, const struct chart *c);

#endif
