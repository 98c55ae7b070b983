/*
 * Sentences are scanned once more; the facts and residues are matched to them
 * by their spans.
 */
#include "extract/explain.h"

#include "extract/scan.h"

static void put_token(struct buf *out, struct str word, const struct token *t)
{
	switch (t->kind) {
	case TOKEN_TERM:
		buf_printf(out, "    %.*s  %s", STR_ARG(word),
			   lexicon_class_name(t->term->class));
		buf_printf(out, "  %s:%zu\n", t->term->file, t->term->line);
		break;
	case TOKEN_AMOUNT:
		buf_printf(out, "    %.*s  amount\n", STR_ARG(word));
		break;
	case TOKEN_NUMBER:
		buf_printf(out, "    %.*s  number\n", STR_ARG(word));
		break;
	case TOKEN_YEAR:
	case TOKEN_DATE:
		buf_printf(out, "    %.*s  %s %d\n", STR_ARG(word),
			   t->kind == TOKEN_YEAR ? "year" : "date", t->year);
		break;
	case TOKEN_CODE:
		buf_printf(out, "    %.*s  code\n", STR_ARG(word));
		break;
	case TOKEN_OTHER:
		buf_printf(out, "    %.*s  ?\n", STR_ARG(word));
		break;
	case TOKEN_PUNCT:
	case TOKEN_ITEM_MARK:
		break;
	}
}

static void put_coordinate(struct buf *out, const char *key, struct str value)
{
	if (value.n)
		buf_printf(out, " %s=%.*s", key, STR_ARG(value));
}

static void put_fact(struct buf *out, const struct bud_fact *f)
{
	buf_printf(out, "  = fact %lld:", (long long)f->n);
	if (f->at.year)
		buf_printf(out, " year=%d", f->at.year);
	put_coordinate(out, "phase", phase_name(f->at.phase));
	put_coordinate(out, "item", f->at.item);
	put_coordinate(out, "fund", f->at.fund);
	put_coordinate(out, "function", f->at.function);
	put_coordinate(out, "economic", f->at.economic);
	put_coordinate(out, "nature", f->at.nature);
	put_coordinate(out, "kind", kind_name(f->at.kind));
	buf_printf(out, " value=%lld", (long long)f->value);
	put_coordinate(out, "unit", unit_name(f->unit));
	if (f->vs_year)
		buf_printf(out, " vs_year=%d", f->vs_year);
	put_coordinate(out, "vs_phase", phase_name(f->vs_phase));
	put_coordinate(out, "doubt", f->doubt);
	buf_putc(out, '\n');
}

static void put_results(struct buf *out, const struct extract_result *r,
			size_t start, size_t end)
{
	for (size_t i = 0; i < r->n_facts; i++)
		if ((size_t)r->facts[i].span_start >= start &&
		    (size_t)r->facts[i].span_start < end)
			put_fact(out, &r->facts[i]);
	for (size_t i = 0; i < r->n_residues; i++) {
		const struct bud_residue *e = &r->residues[i];

		if ((size_t)e->span_start >= start &&
		    (size_t)e->span_start < end)
			buf_printf(out, "  ! left: %.*s (why: %.*s)\n",
				   STR_ARG(e->text), STR_ARG(e->why));
	}
}

void extract_explain(struct buf *out, struct arena *a,
		     const struct lexicon *lexicon,
		     const struct source_document *source,
		     const struct extract_result *result)
{
	struct str all = buf_str(&source->text);

	for (size_t k = 0; k < source->n_blocks; k++) {
		const struct source_block *b = &source->blocks[k];
		struct token_list list;
		size_t from = 0;

		if (b->kind == BLOCK_GRID)
			continue;
		list = scan_text(a, lexicon, source_text(source, b), b->start);
		for (size_t i = 0; i < list.n; i++) {
			const struct token *t = &list.t[i];

			if (i + 1 < list.n && (t->kind != TOKEN_PUNCT ||
					       t->punct != 0x3002))
				continue;
			buf_printf(out, "%u: %.*s\n", b->line,
				   STR_ARG(str_slice(all, list.t[from].start,
						     t->end)));
			for (size_t j = from; j <= i; j++)
				put_token(out,
					  str_slice(all, list.t[j].start,
						    list.t[j].end),
					  &list.t[j]);
			put_results(out, result, list.t[from].start, t->end);
			from = i + 1;
		}
	}
}
