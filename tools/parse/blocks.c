/* Offsets of the document → values of the record. */
#include "parse/blocks.h"

#include "record/block.h"

static const struct bud_cell *cells_of(struct arena *a,
				       const struct source_document *d,
				       const struct source_block *b)
{
	struct bud_cell *cells = ARENA_ARRAY(a, struct bud_cell, b->n_cells);

	for (size_t i = 0; i < b->n_cells; i++) {
		const struct source_cell *c = &b->cells[i];

		cells[i] = (struct bud_cell){
			.cell = source_cell_name(a, b, c->row, c->col),
			.row = c->row + 1,
			.col = c->col + 1,
			.rows = c->rows,
			.cols = c->cols,
			.page = c->page == b->page ? 0 : c->page,
			.line = c->line == b->line ? 0 : c->line,
			.span_start = (int64_t)c->start,
			.span_end = (int64_t)c->end,
			.text = source_cell_text(d, c)};
	}
	return cells;
}

void blocks_write(struct buf *out, struct arena *a,
		  const struct source_document *d, const struct source_block *b,
		  struct str doc, int64_t n, int64_t member)
{
	static const char *const KINDS[] = {
		[BLOCK_HEADING] = "heading",
		[BLOCK_PARAGRAPH] = "paragraph",
		[BLOCK_GRID] = "grid",
	};
	bool grid = b->kind == BLOCK_GRID;
	struct bud_block record = {
		.doc = doc,
		.n = n,
		.kind = str_of(KINDS[b->kind]),
		.level = b->kind == BLOCK_HEADING ? b->level : 0,
		.member = member,
		.page = b->page,
		.line = b->line,
		.sheet = b->sheet,
		.rows = grid ? b->n_rows : 0,
		.cols = grid ? b->n_cols : 0,
		.span_start = (int64_t)b->start,
		.span_end = (int64_t)b->end,
		.text = grid ? (struct str){NULL, 0} : source_text(d, b),
		.cells = grid ? cells_of(a, d, b) : NULL,
		.n_cells = grid ? b->n_cells : 0};

	record_write_block(out, &record);
	buf_putc(out, '\n');
}
