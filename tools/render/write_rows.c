/*
 * CSV, TSV and JSON: a record a row, a field a column, written at once unless
 * --sort holds them.
 * Without --unit they hold what the records hold (fen, ppm); with it money is
 * in that unit and ratios in per cent, still exact.
 */
#include <string.h>

#include "render/escape.h"
#include "render/write.h"

bool rows_init(struct rows *r, struct arena *a, enum record_type type,
	       const struct render_options *o, struct str *bad)
{
	struct str list = o->columns.n ? o->columns : field_defaults(type), id;

	*r = (struct rows){.options = o, .arena = a, .type = type,
			   .down = o->sort.n && o->sort.p[0] == '-'};
	if (o->sort.n) {
		*bad = str_slice(o->sort, r->down, o->sort.n);
		r->sort = field_find(type, *bad);
		if (!r->sort)
			return false;
	}
	r->fields = arena_array(a, list.n, sizeof *r->fields);
	while (str_split(&list, ',', &id)) {
		const struct field *f = field_find(type, id);

		if (!f) {
			*bad = id;
			return false;
		}
		r->fields[r->n_fields++] = f;
	}
	return true;
}

static void put_text(const struct rows *r, struct buf *out, struct str s,
		     bool safe)
{
	if (r->options->format == FORMAT_CSV)
		escape_csv(out, s, safe);
	else
		escape_tsv(out, s, safe);
}

void rows_head(struct rows *r, struct buf *out)
{
	char separator = r->options->format == FORMAT_CSV ? ',' : '\t';

	if (r->options->format == FORMAT_JSON) {
		buf_putc(out, '[');
		return;
	}
	for (size_t i = 0; i < r->n_fields; i++) {
		if (i)
			buf_putc(out, separator);
		put_text(r, out, field_id(r->fields[i]), false);
	}
	buf_putc(out, '\n');
}

static void put_number(const struct rows *r, struct buf *out,
		       const struct cell *c)
{
	if (r->options->has_money)
		cell_format_exact(out, c, r->options->money);
	else
		buf_put_int(out, c->number);
}

/* The unit that the numbers of the row are in, where it is not the record's. */
static struct cell unit_shown(const struct rows *r, struct cell c)
{
	if (str_equal(c.text, unit_name(UNIT_FEN)))
		return cell_text(money_id(r->options->money));
	return str_equal(c.text, unit_name(UNIT_PPM))
		       ? cell_text(STR("percent"))
		       : c;
}

static void put_json(const struct rows *r, struct buf *out,
		     const struct record *record,
		     const struct field_context *ctx)
{
	bool any = false;

	buf_putc(out, '{');
	for (size_t i = 0; i < r->n_fields; i++) {
		const struct field *f = r->fields[i];
		struct cell c = field_value(f, record, ctx);

		if (c.kind == CELL_EMPTY)
			continue;
		if (r->options->has_money && str_equal(field_id(f), STR("unit")))
			c = unit_shown(r, c);
		if (any)
			buf_putc(out, ',');
		any = true;
		record_write_string(out, field_id(f));
		buf_putc(out, ':');
		if (c.kind != CELL_TEXT)
			put_number(r, out, &c);
		else if (field_type(f)[0] == 'b')
			buf_put_str(out, c.text);
		else
			record_write_string(out, c.text);
	}
	buf_putc(out, '}');
}

static void put_fields(const struct rows *r, struct buf *out,
		       const struct record *record,
		       const struct field_context *ctx)
{
	bool csv = r->options->format == FORMAT_CSV;

	for (size_t i = 0; i < r->n_fields; i++) {
		const struct field *f = r->fields[i];
		struct cell c = field_value(f, record, ctx);

		if (i)
			buf_putc(out, csv ? ',' : '\t');
		if (r->options->has_money && str_equal(field_id(f), STR("unit")))
			c = unit_shown(r, c);
		if (cell_is_number(&c))
			put_number(r, out, &c);
		else
			put_text(r, out, c.text, r->options->safe_csv);
	}
	buf_putc(out, '\n');
}

static void put_body(const struct rows *r, struct buf *out,
		     const struct record *record,
		     const struct field_context *ctx)
{
	if (r->options->format == FORMAT_JSON)
		put_json(r, out, record, ctx);
	else
		put_fields(r, out, record, ctx);
}

/* Where rows need something between them. */
static void begin_row(struct rows *r, struct buf *out)
{
	if (r->options->format == FORMAT_JSON)
		buf_puts(out, r->count ? ",\n" : "\n");
	r->count++;
}

static void hold_row(struct rows *r, const struct record *record,
		     const struct field_context *ctx)
{
	struct cell key = field_value(r->sort, record, ctx);
	struct buf body = {0};

	put_body(r, &body, record, ctx);
	key.text = str_copy(r->arena, key.text);
	r->held = arena_grow(r->arena, r->held, &r->cap_held, r->n_held + 1,
			     sizeof *r->held);
	r->held[r->n_held++] = (struct held_row){
		.key = key, .bytes = str_copy(r->arena, buf_str(&body))};
	buf_release(&body);
}

void rows_put(struct rows *r, struct buf *out, const struct record *record,
	      const struct field_context *ctx)
{
	if (r->sort) {
		hold_row(r, record, ctx);
		return;
	}
	if (r->options->top && r->count >= r->options->top)
		return;
	begin_row(r, out);
	put_body(r, out, record, ctx);
}

/* Stable; what has no key comes last. */
static void sort_rows(struct held_row *rows, struct held_row *spare, size_t n,
		      bool down)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	sort_rows(rows, spare, half, down);
	sort_rows(rows + half, spare, n - half, down);
	while (i < half && j < n)
		spare[k++] = cell_compare(&rows[i].key, &rows[j].key, down) <= 0
				     ? rows[i++]
				     : rows[j++];
	while (i < half)
		spare[k++] = rows[i++];
	memcpy(rows, spare, k * sizeof *rows);
}

static void put_held(struct rows *r, struct buf *out)
{
	size_t n = r->n_held;

	sort_rows(r->held, ARENA_ARRAY(r->arena, struct held_row, n), n,
		  r->down);
	if (r->options->top && r->options->top < n)
		n = r->options->top;
	for (size_t i = 0; i < n; i++) {
		begin_row(r, out);
		buf_put_str(out, r->held[i].bytes);
	}
}

void rows_end(struct rows *r, struct buf *out)
{
	if (r->n_held)
		put_held(r, out);
	if (r->options->format == FORMAT_JSON)
		buf_puts(out, r->count ? "\n]\n" : "]\n");
}

static void put_grid_row(struct rows *r, struct buf *out, const struct grid *g,
			 const struct grid_row *row)
{
	enum render_format format = r->options->format;
	bool any = false;

	begin_row(r, out);
	if (format == FORMAT_JSON)
		buf_putc(out, '{');
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct cell *c = &row->cells[i];

		if (format == FORMAT_JSON) {
			if (c->kind == CELL_EMPTY)
				continue;
			if (any)
				buf_putc(out, ',');
			any = true;
			record_write_string(out, g->columns[i].id);
			buf_putc(out, ':');
		} else if (i) {
			buf_putc(out, format == FORMAT_CSV ? ',' : '\t');
		}
		if (cell_is_number(c))
			put_number(r, out, c);
		else if (format == FORMAT_JSON)
			record_write_string(out, c->text);
		else
			put_text(r, out, c->text, r->options->safe_csv);
	}
	buf_puts(out, format == FORMAT_JSON ? "}" : "\n");
}

void rows_grids(struct buf *out, const struct page *p,
		const struct render_options *o)
{
	struct rows r = {.options = o};
	bool csv = o->format == FORMAT_CSV, json = o->format == FORMAT_JSON;

	if (json)
		buf_putc(out, '[');
	for (size_t i = 0; i < p->n_sections; i++) {
		const struct grid *g = p->sections[i].grid;

		for (size_t c = 0; g && !json && c < g->n_columns; c++) {
			if (c)
				buf_putc(out, csv ? ',' : '\t');
			put_text(&r, out, g->columns[c].head, o->safe_csv);
		}
		if (g && !json)
			buf_putc(out, '\n');
		for (size_t k = 0; g && k < g->n_rows; k++)
			put_grid_row(&r, out, g, &g->rows[k]);
	}
	rows_end(&r, out);
}
