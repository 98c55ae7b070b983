/* GitHub-flavoured Markdown: pipes tables, so a cell stays on its line. */
#include "render/escape.h"
#include "render/write.h"

static void put_cell(struct buf *out, const struct cell *c, enum money m)
{
	struct buf raw = {0};

	cell_format(&raw, c, m);
	buf_puts(out, " ");
	escape_markdown(out, buf_str(&raw));
	buf_puts(out, " |");
	buf_release(&raw);
}

static void put_grid(struct buf *out, const struct grid *g, enum money m)
{
	buf_putc(out, '|');
	for (size_t i = 0; i < g->n_columns; i++) {
		struct cell head = cell_text(g->columns[i].head);

		put_cell(out, &head, m);
	}
	buf_puts(out, "\n|");
	for (size_t i = 0; i < g->n_columns; i++)
		buf_puts(out, g->columns[i].number ? " ---: |" : " --- |");
	buf_putc(out, '\n');
	for (size_t r = 0; r < g->n_rows; r++) {
		const struct grid_row *row = &g->rows[r];

		buf_putc(out, '|');
		for (size_t i = 0; i < g->n_columns; i++) {
			struct cell c = row->cells[i];

			/* Indents do not show in Markdown. */
			if (!i && str_equal(g->columns[0].id, STR("label")))
				c = cell_text(row->full);
			put_cell(out, &c, m);
		}
		buf_putc(out, '\n');
	}
}

static void put_finding(struct buf *out, const struct grid_finding *f)
{
	struct str rest = f->evidence, quote;
	bool more = false;

	buf_puts(out, "- **");
	escape_markdown(out, f->level_name);
	buf_puts(out, "** ");
	escape_markdown(out, f->place);
	buf_puts(out, " \\[");
	escape_markdown(out, f->rule);
	buf_puts(out, "\\]: ");
	escape_markdown(out, f->message);
	if (f->values.n) {
		buf_puts(out, " (");
		escape_markdown(out, f->values);
		buf_putc(out, ')');
	}
	buf_putc(out, '\n');
	while (finding_quote(&rest, &quote)) {
		buf_puts(out, more ? "  >\n  > " : "  > ");
		escape_markdown(out, quote);
		buf_putc(out, '\n');
		more = true;
	}
}

void write_markdown(struct buf *out, const struct page *p,
		    const struct render_options *o)
{
	buf_puts(out, "# ");
	escape_markdown(out, p->title);
	buf_putc(out, '\n');
	for (size_t i = 0; i < p->n_sections; i++) {
		const struct section *s = &p->sections[i];

		buf_puts(out, "\n## ");
		escape_markdown(out, s->title);
		buf_puts(out, "\n\n");
		if (s->note.n) {
			escape_markdown(out, s->note);
			buf_puts(out, "\n\n");
		}
		if (s->grid)
			put_grid(out, s->grid, o->money);
		for (size_t k = 0; k < s->n_findings; k++)
			put_finding(out, &s->findings[k]);
		if (s->grid && s->n_lines)
			buf_putc(out, '\n');
		for (size_t k = 0; k < s->n_lines; k++) {
			buf_puts(out, "- ");
			escape_markdown(out, s->lines[k]);
			buf_putc(out, '\n');
		}
	}
}
