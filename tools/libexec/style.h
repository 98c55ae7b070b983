/* The style of an element of HTML: style="left:1.5pt; display: none". */
#ifndef BUD_LIBEXEC_STYLE_H
#define BUD_LIBEXEC_STYLE_H

#include <stdbool.h>

#include "base/str.h"

enum style_side {
	STYLE_LEFT,
	STYLE_TOP,
	STYLE_WIDTH,
	STYLE_HEIGHT,
	STYLE_FONT_SIZE,
	STYLE_SIDES,
};

struct style {
	bool gone;     /* takes no place on the page */
	bool unseen;   /* takes a place, but shows nothing */
	bool relative; /* what is in it may be placed */
	bool absolute;
	bool border;
	bool given[STYLE_SIDES];
	int tenths[STYLE_SIDES]; /* of a point, from pt or px; at most 1,000,000 */
};

/* What the declarations say; of those that say the same the last holds. */
struct style style_read(struct str text);

/* Has a place of its own on a sheet? */
bool style_is_placed(const struct style *s);

#endif
