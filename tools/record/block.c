/* Written key by key: cells are objects, which no other record holds. */
#include "record/block.h"

#include "record/codec.h"

static void put_str(struct buf *out, const char *key, struct str s)
{
	if (!s.n)
		return;
	buf_printf(out, ",\"%s\":", key);
	record_write_string(out, s);
}

static void put_int(struct buf *out, const char *key, int64_t n)
{
	buf_printf(out, ",\"%s\":", key);
	buf_put_int(out, n);
}

static void put_set(struct buf *out, const char *key, int64_t n)
{
	if (n)
		put_int(out, key, n);
}

static void put_span(struct buf *out, int64_t start, int64_t end)
{
	buf_puts(out, ",\"span\":[");
	buf_put_int(out, start);
	buf_putc(out, ',');
	buf_put_int(out, end);
	buf_putc(out, ']');
}

static void put_cell(struct buf *out, const struct bud_cell *c)
{
	buf_puts(out, "{\"cell\":");
	record_write_string(out, c->cell);
	put_int(out, "row", c->row);
	put_int(out, "col", c->col);
	put_set(out, "rows", c->rows > 1 ? c->rows : 0);
	put_set(out, "cols", c->cols > 1 ? c->cols : 0);
	put_set(out, "page", c->page);
	put_set(out, "line", c->line);
	put_span(out, c->span_start, c->span_end);
	put_str(out, "text", c->text);
	buf_putc(out, '}');
}

void record_write_block(struct buf *out, const struct bud_block *b)
{
	buf_puts(out, "{\"type\":\"block\"");
	put_str(out, "doc", b->doc);
	put_int(out, "n", b->n);
	put_str(out, "kind", b->kind);
	put_set(out, "level", b->level);
	put_set(out, "member", b->member);
	put_set(out, "page", b->page);
	put_set(out, "line", b->line);
	put_str(out, "sheet", b->sheet);
	put_set(out, "rows", b->rows);
	put_set(out, "cols", b->cols);
	put_span(out, b->span_start, b->span_end);
	put_str(out, "text", b->text);
	for (size_t i = 0; i < b->n_cells; i++) {
		buf_puts(out, i ? "," : ",\"cells\":[");
		put_cell(out, &b->cells[i]);
	}
	buf_puts(out, b->n_cells ? "]}" : "}");
}
