/*
 * Inside the extract room: the document being read, and how facts and
 * residues are added to its result.
 */
#ifndef BUD_EXTRACT_STATE_H
#define BUD_EXTRACT_STATE_H

#include "extract/extract.h"

struct table_memory;

struct extract {
	struct arena *arena; /* of the result */
	const struct lexicon *lexicon;
	const struct source_document *source;
	struct extract_result *out;
	int year;         /* the document's; 0 unknown */
	enum phase phase; /* the document's; PHASE_NONE unknown */
	struct str entity;  /* of this part, where it is not the document's */
	struct str section; /* headings above, joined by " / " */
	struct table_memory *tables; /* what the grid before said */
};

/* Where an amount or a statement stands. */
struct place {
	size_t start, end; /* bytes in the document's text */
	unsigned page, line;
	struct str cell; /* grids: "t3.r5.c2", or "Sheet!B4" */
	size_t quote_start, quote_end; /* the words around, for `text` */
};

/*
 * What `text` quotes of a passage that ends with an amount: the last 600 bytes of
 * it, or many amounts in a sentence without end would each repeat the whole.
 */
struct str extract_passage(const struct extract *x, size_t from, size_t to);

/* The words around a place, for `text`: without marks in front. */
struct str extract_quote(const struct extract *x, size_t from, size_t to);

/*
 * A new fact at a place, its section, page, line, cell, span and text filled
 * in; the caller sets the rest. The pointer holds until the next call.
 */
static inline struct bud_fact *extract_add_fact(struct extract *x,
						const struct place *p)
{
	struct extract_result *r = x->out;
	struct bud_fact *f;

	r->facts = arena_grow_raw(x->arena, r->facts, &r->cap_facts,
				  r->n_facts + 1, sizeof *r->facts);
	f = &r->facts[r->n_facts++];
	*f = (struct bud_fact){.entity = x->entity,
			       .section = x->section,
			       .page = p->page,
			       .line = p->line,
			       .cell = p->cell,
			       .span_start = (int64_t)p->start,
			       .span_end = (int64_t)p->end};
	f->text = extract_quote(x, p->quote_start, p->quote_end);
	return f;
}

/* A new residue; why is one of the words of bud-record(5). */
struct bud_residue *extract_add_residue(struct extract *x,
					const struct place *p, int64_t value,
					enum unit unit, int64_t quantum,
					struct str why);

/*
 * Reads the grid in source->blocks[index] (its title, unit line and notes
 * stand in the blocks around it). Every amount of the grid becomes facts or
 * a residue.
 */
/* False where the grid is but the layout of a page, to be read as prose. */
bool extract_grid(struct extract *x, size_t index);

/* What can only be told of a table once its last part is read. */
void extract_end_grids(struct extract *x);

#endif
