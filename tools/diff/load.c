/*
 * Records into rows. What says nothing about a level or a change is passed
 * over: shares, completions, facts without a year, growth without a reason.
 */
#include "diff/diff.h"

#include "diff/entity.h"
#include "diff/teller.h"

void diff_init(struct diff *d, const struct diff_options *options,
	       const struct crosswalk *cross)
{
	*d = (struct diff){.options = options, .cross = cross};
}

void diff_release(struct diff *d)
{
	teller_free(d->teller);
	entity_release(&d->entities);
	table_release(&d->table);
}

void diff_join(struct diff *d, struct diff *from)
{
	table_join(&d->table, &from->table);
	diff_release(from);
}

void diff_clear(struct diff *d)
{
	table_clear(&d->table);
}

void diff_take_document(struct diff *d, unsigned side,
			const struct bud_document *document)
{
	struct diff_table *t = &d->table;
	uint32_t place = table_add_doc(t, side, document->doc);
	struct diff_doc *doc = &t->docs[place];

	entity_set(d, doc, document);
	doc->region = str_copy(&t->doc_arena, document->region);
	doc->year = document->year;
	doc->phase = document->phase;
	if (!doc->order)
		doc->order = ++t->n_published;
}

struct str diff_entity(struct diff *d, unsigned side,
		       const struct bud_fact *fact)
{
	uint32_t doc = table_add_doc(&d->table, side, fact->doc);
	struct diff_row row = {0};

	return words_text(&d->table.entities,
			  entity_of_fact(d, &d->table.docs[doc], fact, &row));
}

static uint8_t scope_of(struct diff_table *t, struct str scope)
{
	uint32_t word = words_add(&t->scopes, scope);

	/* DESIGN knows two; more than a byte holds are no scopes */
	return word > UINT8_MAX ? 0 : (uint8_t)word;
}

static struct diff_row make_row(struct diff *d, unsigned side,
				const struct bud_fact *f, enum unit unit,
				uint32_t *entity)
{
	struct diff_table *t = &d->table;
	struct diff_row r = {
		.value = f->value,
		.quantum = f->quantum < 0 ? 0 : f->quantum,
		.key = table_key_of(t, &f->at, unit),
		.doc = table_add_doc(t, side, f->doc),
		.n = f->n < 0 ? 0 : f->n > UINT32_MAX ? UINT32_MAX : (uint32_t)f->n,
		.year = (uint16_t)f->at.year,
		.phase = (uint8_t)f->at.phase,
		.origin = (uint8_t)f->origin,
		.scope = scope_of(t, f->scope),
	};

	*entity = entity_of_fact(d, &t->docs[r.doc], f, &r);
	if (f->doubt.n)
		r.flags |= ROW_DOUBT;
	if (f->approx)
		r.flags |= ROW_APPROX;
	return r;
}

void diff_take_fact(struct diff *d, unsigned side, const struct bud_fact *f)
{
	struct diff_table *t = &d->table;
	enum kind kind = f->at.kind;
	struct diff_stated s;
	uint32_t entity;

	if (!f->at.item.n || !f->at.year)
		return;
	if (kind == KIND_LEVEL) {
		struct diff_row r = make_row(d, side, f, f->unit, &entity);

		table_add_row(t, entity, &r);
		return;
	}
	if (kind != KIND_CHANGE && (kind != KIND_GROWTH || !f->reason.n))
		return;
	/* the key of what grew is in money, not in ppm */
	s = (struct diff_stated){
		.row = make_row(d, side, f,
				kind == KIND_GROWTH ? UNIT_FEN : f->unit,
				&entity)};
	if (kind == KIND_GROWTH)
		s.row.flags |= ROW_GROWTH;
	s.reason = words_add(&t->reasons, f->reason);
	s.vs_year = (uint16_t)(f->vs_year ? f->vs_year : f->at.year);
	s.vs_phase = (uint8_t)(f->vs_phase != PHASE_NONE ? f->vs_phase
							 : f->at.phase);
	table_add_stated(t, entity, &s);
}
