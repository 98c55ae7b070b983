/*
 * Rows of coordinates as a tree: each stands below the nearest row that it is
 * a part of, so that its label need only say what is new.
 */
#ifndef BUD_RENDER_OUTLINE_H
#define BUD_RENDER_OUTLINE_H

#include <stddef.h>

#include "base/arena.h"
#include "record/fact.h"
#include "render/label.h"

struct outline_row {
	struct coordinates at;
	void *data;   /* the caller's */
	bool is_head; /* added: a heading without values */
	unsigned depth;
	const struct coordinates *above; /* NULL at the top */
	size_t order;                    /* as given */
	int item_rank, fund_rank, nature_rank;
};

/*
 * Sorts by item, fund, function, nature, economic (a whole before its parts)
 * and finds what stands above each row. Classes whose total is no row are put
 * below a heading, a row that is added: *n counts it, and the rows returned
 * are the arena's then. Coordinates must differ; years and phases are not
 * looked at. Keys are made in the arena.
 */
struct outline_row *outline_arrange(struct arena *a, const struct labels *l,
				    struct outline_row *rows, size_t *n);

/* Appends the same bytes for the same item, fund, codes and nature. */
void outline_key(struct buf *out, const struct coordinates *at);

/* Takes the most specific part off; false when nothing is left to take. */
bool outline_trim(struct coordinates *at);

#endif
