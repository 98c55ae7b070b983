/*
 * The document from its first block to its last: paragraphs to the narrative,
 * grids to the tables; then everything in order of reading, numbered.
 */
#include "extract/extract.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/utf8.h"
#include "extract/chars.h"
#include "extract/entity.h"
#include "extract/identity.h"
#include "extract/narrative.h"
#include "extract/mark.h"
#include "extract/outline.h"
#include "extract/state.h"

/* The bytes of the mark that s begins with, 0 for none. */
static size_t mark_at(struct str s)
{
	switch (s.n ? (unsigned char)s.p[0] : 0) {
	case ':':
	case ',':
	case ';':
		return 1;
	case 0xE3:
		return str_starts(s, STR("、")) || str_starts(s, STR("。")) ? 3
									     : 0;
	case 0xEF:
		return str_starts(s, STR("：")) || str_starts(s, STR("，")) ||
				       str_starts(s, STR("；"))
			       ? 3
			       : 0;
	default:
		return 0;
	}
}

enum { LONGEST_PASSAGE = 600 };

struct str extract_passage(const struct extract *x, size_t from, size_t to)
{
	struct str all = buf_str(&x->source->text);

	if (to - from > LONGEST_PASSAGE) {
		from = to - LONGEST_PASSAGE;
		while (!utf8_is_boundary(all, from))
			from++;
	}
	return str_trim(str_slice(all, from, to));
}

/* Whether a text begins with Han or a digit and does not end with a blank, as
 * nearly all that is quoted. */
static bool is_plain(struct str q)
{
	unsigned char first, last;

	if (!q.n)
		return false;
	first = (unsigned char)q.p[0];
	last = (unsigned char)q.p[q.n - 1];
	return ((first >= 0xE4 && first <= 0xE9) ||
		(first >= '0' && first <= '9')) &&
	       last > ' ' && last != 0xA0 && last != 0x80;
}

struct str extract_quote(const struct extract *x, size_t from, size_t to)
{
	struct str q = str_slice(buf_str(&x->source->text), from, to);
	size_t n;

	if (q.n <= LONGEST_PASSAGE && is_plain(q))
		return q;
	q = extract_passage(x, from, to);
	/* the marks before the first word belong to what stands before */
	while ((n = mark_at(q)))
		q = str_trim(str_slice(q, n, q.n));
	return q;
}

struct bud_residue *extract_add_residue(struct extract *x,
					const struct place *p, int64_t value,
					enum unit unit, int64_t quantum,
					struct str why)
{
	struct extract_result *r = x->out;
	struct bud_residue *e;

	r->residues = arena_grow_raw(x->arena, r->residues, &r->cap_residues,
				 r->n_residues + 1, sizeof *r->residues);
	e = &r->residues[r->n_residues++];
	*e = (struct bud_residue){.value = value,
				  .unit = unit,
				  .quantum = quantum,
				  .section = x->section,
				  .page = p->page,
				  .line = p->line,
				  .cell = p->cell,
				  .span_start = (int64_t)p->start,
				  .span_end = (int64_t)p->end,
				  .text = extract_quote(x, p->quote_start,
							p->quote_end),
				  .why = why};
	return e;
}

/* Distinct spans of stated facts, plus the residues. The facts of one numeral
 * stand together, as they were added together. */
static int64_t count_amounts(const struct extract_result *r)
{
	int64_t n = (int64_t)r->n_residues, last = -1;

	for (size_t i = 0; i < r->n_facts; i++) {
		const struct bud_fact *f = &r->facts[i];

		if (f->origin == ORIGIN_STATEMENT || f->span_start == last)
			continue;
		last = f->span_start;
		n++;
	}
	return n;
}

/* Facts and residues share one numbering, in order of reading. */
static void number(struct extract_result *r)
{
	size_t i = 0, k = 0;
	int64_t n = 0;

	while (i < r->n_facts || k < r->n_residues) {
		if (k == r->n_residues ||
		    (i < r->n_facts &&
		     r->facts[i].span_start <= r->residues[k].span_start))
			r->facts[i++].n = ++n;
		else
			r->residues[k++].n = ++n;
	}
}

static int by_span(const void *a, const void *b)
{
	const struct bud_fact *f = *(struct bud_fact *const *)a;
	const struct bud_fact *g = *(struct bud_fact *const *)b;

	if (f->span_start != g->span_start)
		return f->span_start < g->span_start ? -1 : 1;
	return f < g ? -1 : f > g; /* as they were added */
}

/* Statements of zero begin before the words that complete them. */
static void sort_facts(struct extract *x)
{
	struct extract_result *r = x->out;
	struct bud_fact **order, *sorted;
	size_t first = 1;

	while (first < r->n_facts &&
	       r->facts[first - 1].span_start <= r->facts[first].span_start)
		first++;
	if (first >= r->n_facts)
		return;
	order = ARENA_ARRAY(x->arena, struct bud_fact *, r->n_facts);
	sorted = arena_alloc_raw(x->arena, r->n_facts * sizeof *sorted);
	for (size_t i = 0; i < r->n_facts; i++)
		order[i] = &r->facts[i];
	if (r->n_facts)
		qsort(order, r->n_facts, sizeof *order, by_span);
	for (size_t i = 0; i < r->n_facts; i++)
		sorted[i] = *order[i];
	r->facts = sorted;
	r->cap_facts = r->n_facts;
}

/*
 * The block behind the table of contents: the first that says again what a
 * line of the contents said. 0 where there is no table of contents.
 */
static size_t contents_end(const struct extract *x)
{
	enum { FIRST = 40 };
	const struct source_document *d = x->source;
	size_t most = d->n_blocks < FIRST ? d->n_blocks : FIRST;
	struct map seen = {0};
	size_t start = 0, end = 0;

	/* most documents have not even this character of 目录 */
	if (!most || str_find(str_slice(buf_str(&d->text), d->blocks[0].start,
					d->blocks[most - 1].end),
			      STR("录")) == SIZE_MAX)
		return 0;
	while (start < most && !mark_opens_contents(x, &d->blocks[start]))
		start++;
	if (start == most)
		return 0;
	for (size_t k = start + 1; k < d->n_blocks && !end; k++) {
		struct str words = mark_heading_words(x, &d->blocks[k]);

		if (words.n < 6)
			continue;
		if (map_get(&seen, words))
			end = k;
		*map_put(&seen, words) = (void *)(uintptr_t)d;
	}
	map_release(&seen);
	return end;
}

/* The cells of a page that is set as a grid, each a paragraph. */
static void read_layout(struct narrative *n, const struct source_block *b)
{
	for (size_t i = 0; i < b->n_cells; i++) {
		const struct source_cell *c = &b->cells[i];
		struct source_block p = {
			.kind = BLOCK_PARAGRAPH,
			.page = c->page ? c->page : b->page,
			.line = c->line	 ? c->line
				: b->line ? b->line + c->row
					  : 0,
			.start = c->start,
			.end = c->end,
		};

		if (p.end > p.start)
			narrative_paragraph(n, &p);
	}
}

/* Room for the facts of a narrative, which has one in 40 to 150 bytes: they need
 * not be copied as they become more. */
static void reserve_facts(struct extract_result *r, struct arena *a,
			  size_t bytes)
{
	enum { BYTES = 32, MOST = 4096 };

	r->cap_facts = bytes / BYTES < MOST ? bytes / BYTES + 1 : MOST;
	r->facts = arena_alloc_raw(a, r->cap_facts * sizeof *r->facts);
}

void extract_document(struct extract_result *out, struct arena *a,
		      const struct lexicon *lexicon,
		      const struct source_document *source,
		      const struct extract_options *options)
{
	struct extract x = {.arena = a,
			    .lexicon = lexicon,
			    .source = source,
			    .out = out};
	struct narrative *n = arena_alloc_raw(a, sizeof *n);
	size_t end;

	*out = (struct extract_result){0};
	reserve_facts(out, a, source->text.n);
	identity_read(&x, options);
	entity_place(&x);
	narrative_init(n, &x);
	end = contents_end(&x);
	for (size_t k = 0; k < source->n_blocks; k++) {
		const struct source_block *b = &source->blocks[k];

		n->contents = k < end;
		if (b->kind == BLOCK_GRID && extract_grid(&x, k))
			continue;
		if (b->kind == BLOCK_GRID)
			read_layout(n, b);
		else if (b->kind == BLOCK_HEADING)
			narrative_heading(n, b);
		else
			narrative_paragraph(n, b);
	}
	extract_end_grids(&x);
	narrative_finish(n);
	sort_facts(&x);
	number(out);
	mark_document(&x, end);
	out->document.amounts = count_amounts(out);
	out->document.facts = (int64_t)out->n_facts;
	out->document.residues = (int64_t)out->n_residues;
}
