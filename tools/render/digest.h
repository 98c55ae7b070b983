/*
 * The latest pair of years of each department: what headlines, charts and
 * rankings are made of. It lives in the arena of the view.
 */
#ifndef BUD_RENDER_DIGEST_H
#define BUD_RENDER_DIGEST_H

#include "render/view.h"

struct digest {
	struct str entity;
	struct bud_change **changes; /* of its latest pair of years */
	size_t n, cap;
};

/* One for each entity of the model, in its order; n may be 0. */
struct digest *digest_all(const struct view *v);

/* The change of one coordinate, or NULL. */
const struct bud_change *digest_find(const struct digest *d, const char *item,
				     const char *fund, const char *nature);

/* What it spends: of all money where stated so, else of the fiscal money, else
 * with the balances; NULL where the later year lacks all of them. */
const struct bud_change *digest_spent(const struct digest *d);

/* A sentence on the year: "2023年支出577.79万元，比2022年增加15.36万元". */
struct str digest_sentence(const struct view *v, const struct digest *d);

#endif
