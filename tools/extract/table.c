/*
 * Grids: so far every cell that is wholly a number is kept as a residue, so
 * that no amount is lost.
 */
#include "extract/state.h"

#include "base/decimal.h"

static bool read_number(struct arena *a, struct str s, int64_t *value)
{
	struct buf b = {0};
	struct decimal d;
	int64_t quantum;
	bool ok;

	(void)a;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ',')
			buf_putc(&b, s.p[i]);
	ok = decimal_parse(buf_str(&b), &d) && d.decimals &&
	     decimal_scale(d, DECIMAL_FEN_WAN, value, &quantum);
	buf_release(&b);
	return ok;
}

void extract_grid(struct extract *x, size_t index)
{
	const struct source_block *g = &x->source->blocks[index];

	for (size_t i = 0; i < g->n_cells; i++) {
		const struct source_cell *c = &g->cells[i];
		struct place p = {.start = c->start,
				  .end = c->end,
				  .page = g->page,
				  .line = g->line,
				  .quote_start = c->start,
				  .quote_end = c->end};
		int64_t value;

		if (read_number(x->arena, source_cell_text(x->source, c),
				&value))
			extract_add_residue(x, &p, value, UNIT_FEN, 1,
					    STR("unknown"));
	}
}
