/*
 * Charts as SVG. Lengths are in percent of the width, so that one drawing
 * fits a telephone and a wall. In bars each label stands above its bar, or,
 * where the style sheet finds room, beside it; in columns (years) below.
 */
#ifndef BUD_RENDER_CHART_H
#define BUD_RENDER_CHART_H

#include "render/cell.h"

enum chart_kind { CHART_BARS, CHART_STEPS, CHART_COLUMNS };

struct chart_bar {
	struct str label;
	struct cell value;  /* what is written beside it */
	int64_t start, end; /* what is drawn: from where to where */
	struct str aside;   /* beside the value, "+2.7%"; may be empty */
	bool has_past;      /* a second, paler bar: the year before */
	bool is_total;      /* of CHART_STEPS: where it begins and ends */
	int64_t past;
};

struct chart {
	enum chart_kind kind;
	struct str id;              /* unique on the page */
	struct str title, subtitle; /* the finding; what is drawn */
	struct str summary;         /* all of it in words, to be heard */
	struct str now, before;     /* what the bars and the past ones are */
	bool alone;                 /* a file of its own: draws its title */
	struct str style;           /* only when alone */
	enum money money;
	const struct chart_bar *bars;
	size_t n;
};

void chart_write(struct buf *out, const struct chart *c);

#endif
