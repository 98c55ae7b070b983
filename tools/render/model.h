/*
 * A whole stream in memory, for the renderings that need it: about 800 bytes
 * a fact with its text. Records live in the model's arena, into which the
 * caller reads them; lists are in the order of the stream.
 */
#ifndef BUD_RENDER_MODEL_H
#define BUD_RENDER_MODEL_H

#include "base/arena.h"
#include "base/map.h"
#include "record/codec.h"

struct model_document {
	struct bud_document record;
	const struct bud_verdict *verdict; /* NULL without bud-check */
	bool is_used; /* a fact or finding of it is in the model */
};

/* A sentence or cell of a source that facts were read from, once each. */
struct model_quote {
	const struct model_document *document;
	const struct bud_fact *fact; /* the first that was read from it */
	size_t number;               /* from 1, in the stream */
};

struct model {
	struct arena arena;
	struct model_document **documents;
	struct bud_fact **facts;
	struct bud_change **changes;
	struct bud_finding **findings;
	struct bud_trouble **troubles;
	struct model_quote **quotes;
	struct str *entities; /* by first appearance */
	size_t n_documents, n_facts, n_changes, n_findings, n_troubles,
		n_quotes, n_entities, n_residues;
	size_t cap_documents, cap_facts, cap_changes, cap_findings,
		cap_troubles, cap_quotes, cap_entities;
	struct map by_doc;   /* doc → struct model_document */
	struct map by_fact;  /* doc:n → struct bud_fact */
	struct map by_place; /* coordinates → the most trusted fact */
	struct map by_quote; /* doc, place, text → struct model_quote */
	struct map seen_entities;
};

void model_release(struct model *m);

/* The record lives in the model's arena; unknown ones are passed over. */
void model_add(struct model *m, const struct record *r);

/* The document of an id, or NULL. */
struct model_document *model_document(const struct model *m, struct str doc);

/* The fact of a document by its number, or NULL. */
struct bud_fact *model_fact(const struct model *m, struct str doc, int64_t n);

/* The same by "doc:n", and the i-th fact that took part in a finding. */
struct bud_fact *model_fact_at(const struct model *m, struct str place);
struct bud_fact *model_finding_fact(const struct model *m,
				    const struct bud_finding *f, size_t i);
size_t model_finding_count(const struct bud_finding *f);

/* Whose money a fact is about: its own entity, else its document's. */
struct str model_entity(const struct model *m, const struct bud_fact *f);

/*
 * The level with these coordinates that is trusted most (DESIGN: the year's
 * own document, stated over derived, finer, table over text, later, lower n),
 * or NULL.
 */
struct bud_fact *model_level(const struct model *m, struct str entity,
			     const struct coordinates *at);

/* The same for a change or growth that a document states against the year and
 * phase: at->kind says which of them. */
struct bud_fact *model_stated(const struct model *m, struct str entity,
			      const struct coordinates *at, int vs_year,
			      enum phase vs_phase);

/* Whether a is to be trusted more than b, of the same coordinates. */
bool model_trusts(const struct model *m, const struct bud_fact *a,
		  const struct bud_fact *b);

/* What the fact, or the first that it rests on, was read from; or NULL. */
const struct model_quote *model_quote(const struct model *m,
				      const struct bud_fact *f);

/* Name of a document's source, its id where it has none. */
struct str model_source(const struct model_document *d);

#endif
