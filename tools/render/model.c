/* Everything is found through maps: a page takes time linear in its facts. */
#include "render/model.h"

void model_release(struct model *m)
{
	map_release(&m->by_doc);
	map_release(&m->by_fact);
	map_release(&m->by_place);
	map_release(&m->by_quote);
	map_release(&m->seen_entities);
	arena_release(&m->arena);
	*m = (struct model){0};
}

/* A copy of the object, put at the end of a list of pointers. */
#define APPEND(m, list, object)                                               \
	((m)->list = arena_grow(&(m)->arena, (m)->list, &(m)->cap_##list,     \
				(m)->n_##list + 1, sizeof *(m)->list),        \
	 (m)->list[(m)->n_##list++] = (object))

struct model_document *model_document(const struct model *m, struct str doc)
{
	return map_get(&m->by_doc, doc);
}

struct bud_fact *model_fact(const struct model *m, struct str doc, int64_t n)
{
	struct buf key = {0};
	struct bud_fact *f;

	buf_put_str(&key, doc);
	buf_putc(&key, ':');
	buf_put_int(&key, n);
	f = map_get(&m->by_fact, buf_str(&key));
	buf_release(&key);
	return f;
}

struct bud_fact *model_fact_at(const struct model *m, struct str place)
{
	return map_get(&m->by_fact, place);
}

size_t model_finding_count(const struct bud_finding *f)
{
	return f->n_places ? f->n_places : f->n_facts;
}

struct bud_fact *model_finding_fact(const struct model *m,
				    const struct bud_finding *f, size_t i)
{
	return f->n_places ? model_fact_at(m, f->places[i])
			   : model_fact(m, f->doc, f->facts[i]);
}

struct str model_entity(const struct model *m, const struct bud_fact *f)
{
	const struct model_document *d;

	if (f->entity.n)
		return f->entity;
	d = model_document(m, f->doc);
	return d ? d->record.entity : (struct str){NULL, 0};
}

struct str model_source(const struct model_document *d)
{
	if (d->record.n_members)
		return d->record.members[0].source;
	return d->record.doc;
}

static void add_entity(struct model *m, struct str entity)
{
	void **place = map_put(&m->seen_entities, entity);

	if (*place)
		return;
	*place = m;
	APPEND(m, entities, entity);
}

/* The numbers as they lie in memory: a page of a department's years asks for
 * hundreds of places that nothing stands at. */
static void put_key(struct buf *key, struct str entity,
		    const struct coordinates *at, int vs_year,
		    enum phase vs_phase)
{
	const struct str parts[] = {entity, at->item, at->fund, at->function,
				    at->economic, at->nature};
	const int numbers[] = {at->year, (int)at->phase, (int)at->kind,
			       vs_year, (int)vs_phase};

	buf_put(key, (const char *)numbers, sizeof numbers);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		buf_putc(key, '\x1f');
		buf_put_str(key, parts[i]);
	}
}

struct bud_fact *model_level(const struct model *m, struct str entity,
			     const struct coordinates *at)
{
	struct coordinates level = *at;

	level.kind = KIND_LEVEL;
	return model_stated(m, entity, &level, 0, PHASE_NONE);
}

struct bud_fact *model_stated(const struct model *m, struct str entity,
			      const struct coordinates *at, int vs_year,
			      enum phase vs_phase)
{
	struct buf key = {0};
	struct bud_fact *f;

	put_key(&key, entity, at, vs_year, vs_phase);
	f = map_get(&m->by_place, buf_str(&key));
	buf_release(&key);
	return f;
}

/* Years between the fact's own and its document's: 0 is the best witness. */
static int distance(const struct model *m, const struct bud_fact *f)
{
	const struct model_document *d = model_document(m, f->doc);
	int years = d && d->record.year ? d->record.year - f->at.year : 0;

	return years < 0 ? -years : years;
}

bool model_trusts(const struct model *m, const struct bud_fact *a,
		  const struct bud_fact *b)
{
	bool derived = a->origin == ORIGIN_DERIVED;
	bool said = a->origin == ORIGIN_STATEMENT;
	const struct model_document *da, *db;
	int by;

	by = distance(m, a) - distance(m, b);
	if (by)
		return by < 0;
	if (derived != (b->origin == ORIGIN_DERIVED))
		return !derived;
	/* A zero said in words has no quantum: it would win over figures. */
	if (said != (b->origin == ORIGIN_STATEMENT))
		return !said;
	if (a->quantum != b->quantum)
		return a->quantum < b->quantum;
	if ((a->origin == ORIGIN_TABLE) != (b->origin == ORIGIN_TABLE))
		return a->origin == ORIGIN_TABLE;
	da = model_document(m, a->doc);
	db = model_document(m, b->doc);
	if (da && db && da->record.year != db->record.year)
		return da->record.year > db->record.year;
	return str_equal(a->doc, b->doc) && a->n < b->n;
}

static void add_quote(struct model *m, struct bud_fact *f)
{
	struct str key;
	struct model_quote *q;
	void **place;

	if (!f->text.n)
		return;
	key = str_format(&m->arena, "%.*s\x1f%lld\x1f%lld\x1f%.*s\x1f%.*s",
			 STR_ARG(f->doc), (long long)f->page,
			 (long long)f->line, STR_ARG(f->cell),
			 STR_ARG(f->text));
	place = map_put(&m->by_quote, key);
	if (*place)
		return;
	q = ARENA_NEW(&m->arena, struct model_quote);
	*q = (struct model_quote){.document = model_document(m, f->doc),
				  .fact = f, .number = m->n_quotes + 1};
	*place = q;
	APPEND(m, quotes, q);
}

const struct model_quote *model_quote(const struct model *m,
				      const struct bud_fact *f)
{
	struct buf key = {0};
	const struct model_quote *q;

	if (f && !f->text.n && f->n_from)
		f = model_fact(m, f->doc, f->from[0]);
	if (!f || !f->text.n)
		return NULL;
	buf_printf(&key, "%.*s\x1f%lld\x1f%lld\x1f%.*s\x1f%.*s",
		   STR_ARG(f->doc), (long long)f->page, (long long)f->line,
		   STR_ARG(f->cell), STR_ARG(f->text));
	q = map_get(&m->by_quote, buf_str(&key));
	buf_release(&key);
	return q;
}

static void add_fact(struct model *m, const struct bud_fact *fact)
{
	struct bud_fact *f = ARENA_NEW(&m->arena, struct bud_fact);
	struct buf key = {0};
	struct str entity;
	void **place;

	*f = *fact;
	APPEND(m, facts, f);
	*map_put(&m->by_fact, str_format(&m->arena, "%.*s:%lld",
					 STR_ARG(f->doc), (long long)f->n)) = f;
	entity = model_entity(m, f);
	add_entity(m, entity);
	add_quote(m, f);
	put_key(&key, entity, &f->at, f->vs_year, f->vs_phase);
	place = map_put(&m->by_place, str_copy(&m->arena, buf_str(&key)));
	if (!*place || model_trusts(m, f, *place))
		*place = f;
	buf_release(&key);
}

static void mark_used(struct model *m, struct str doc)
{
	struct model_document *d = model_document(m, doc);

	if (d)
		d->is_used = true;
}

static void add_document(struct model *m, const struct bud_document *record)
{
	struct model_document *d = ARENA_NEW(&m->arena, struct model_document);

	void **place;

	d->record = *record;
	APPEND(m, documents, d);
	place = map_put(&m->by_doc, d->record.doc);
	/* said again, its facts may be nobody's now */
	if (d->record.entity.n || *place)
		add_entity(m, d->record.entity);
	*place = d;
}

void model_add(struct model *m, const struct record *r)
{
	struct arena *a = &m->arena;

	switch (r->type) {
	case RECORD_DOCUMENT:
		add_document(m, &r->document);
		break;
	case RECORD_FACT:
		add_fact(m, &r->fact);
		mark_used(m, r->fact.doc);
		break;
	case RECORD_RESIDUE:
		m->n_residues++;
		break;
	case RECORD_FINDING:
		APPEND(m, findings, ARENA_NEW(a, struct bud_finding));
		*m->findings[m->n_findings - 1] = r->finding;
		mark_used(m, r->finding.doc);
		for (size_t i = 0; i < r->finding.n_docs; i++)
			mark_used(m, r->finding.docs[i]);
		break;
	case RECORD_VERDICT: {
		struct model_document *d = model_document(m, r->verdict.doc);
		struct bud_verdict *v = ARENA_NEW(a, struct bud_verdict);

		*v = r->verdict;
		if (d)
			d->verdict = v;
		break;
	}
	case RECORD_CHANGE:
		APPEND(m, changes, ARENA_NEW(a, struct bud_change));
		*m->changes[m->n_changes - 1] = r->change;
		add_entity(m, r->change.entity);
		break;
	case RECORD_TROUBLE:
		APPEND(m, troubles, ARENA_NEW(a, struct bud_trouble));
		*m->troubles[m->n_troubles - 1] = r->trouble;
		break;
	case RECORD_MARK:
	case RECORD_OTHER:
		break;
	}
}
