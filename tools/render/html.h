/*
 * The report: one HTML file that needs nothing else, and its chart alone.
 * Skeleton, style and script are files of share/templates/.
 */
#ifndef BUD_RENDER_HTML_H
#define BUD_RENDER_HTML_H

#include "render/view.h"

/* 0, or -1 where a template is missing: a message says so. */
int html_write(struct buf *out, const struct view *v, const struct page *p,
	       struct share *share, struct messages *m);

/* The chart of the first department that has changes, as an SVG file. */
int html_write_chart(struct buf *out, const struct view *v,
		     struct share *share, struct messages *m);

#endif
