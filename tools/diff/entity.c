/* Names and ids are words of one table, so a key holds either. */
#include "diff/entity.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Documents give this name several ids. */
#define SEVERAL UINT32_MAX

void entity_release(struct diff_entities *e)
{
	free(e->id_of);
	free(e->name_of);
	*e = (struct diff_entities){0};
}

void entity_set(struct diff *d, struct diff_doc *doc,
		const struct bud_document *document)
{
	struct diff_table *t = &d->table;
	struct str name = document->entity;
	struct str now = crosswalk_entity(d->cross, name, document->year,
					  &doc->merged);
	bool known = crosswalk_names(d->cross, name);

	doc->name = words_add(&t->entities, name);
	/* what became another is not of its own id any more */
	doc->entity_id = str_equal(name, now)
				 ? words_add(&t->entities, document->entity_id)
				 : 0;
	doc->entity = doc->entity_id && !known ? doc->entity_id
		      : now.n		       ? words_add(&t->entities, now)
					       : table_nameless(t, doc);
}

/* A table names one entity in many rows. */
static void set_last(struct diff *d, struct str name, int year)
{
	struct words *w = &d->table.entities;
	struct diff_entities *e = &d->entities;

	if (e->last_name && e->last_year == year &&
	    str_equal(words_text(w, e->last_name), name))
		return;
	e->last_name = words_add(w, name);
	e->last = words_add(w, crosswalk_entity(d->cross, name, year,
						&e->last_merged));
	e->last_year = year;
}

uint32_t entity_of_fact(struct diff *d, struct diff_doc *doc,
			const struct bud_fact *f, struct diff_row *row)
{
	const struct diff_entities *e = &d->entities;

	if (!f->entity.n) {
		row->name = doc->name;
		row->flags |= doc->merged ? ROW_MERGED : 0;
		if (!doc->entity) /* its record is missing */
			doc->entity = table_nameless(&d->table, doc);
		return doc->entity;
	}
	set_last(d, f->entity, doc->year ? doc->year : f->at.year);
	row->name = e->last_name;
	row->flags |= e->last_merged ? ROW_MERGED : 0;
	return e->last;
}

/* Arrays by word that are zero beyond what they held. */
static uint32_t *widen(uint32_t *list, size_t from, size_t to)
{
	list = memory_realloc(list, to * sizeof *list);
	memset(list + from, 0, (to - from) * sizeof *list);
	return list;
}

static void learn_document(struct diff_entities *e, const struct diff_table *t,
			   const struct diff_doc *doc)
{
	uint32_t *id = &e->id_of[doc->name];
	uint32_t *latest = &e->name_of[doc->entity_id];
	const struct diff_doc *before = *latest ? &t->docs[*latest - 1] : NULL;

	if (doc->name)
		*id = !*id || *id == doc->entity_id ? doc->entity_id : SEVERAL;
	if (!before || doc->year > before->year ||
	    (doc->year == before->year && doc->order > before->order))
		*latest = (uint32_t)(doc - t->docs) + 1;
}

void entity_learn(struct diff *d)
{
	const struct diff_table *t = &d->table;
	struct diff_entities *e = &d->entities;
	size_t n = t->entities.map.n + 1;

	if (n > e->n_words) {
		e->id_of = widen(e->id_of, e->n_words, n);
		e->name_of = widen(e->name_of, e->n_words, n);
		e->n_words = n;
	}
	if (e->n_published == t->n_published)
		return;
	/* a record that came again may have changed its document */
	memset(e->id_of, 0, n * sizeof *e->id_of);
	memset(e->name_of, 0, n * sizeof *e->name_of);
	for (size_t i = 0; i < t->n_docs; i++)
		if (t->docs[i].entity_id)
			learn_document(e, t, &t->docs[i]);
	e->n_published = t->n_published;
}

uint32_t entity_joined(const struct diff *d, uint32_t entity)
{
	uint32_t id = d->entities.id_of[entity];

	return id && id != SEVERAL ? id : entity;
}

static void join_spans(const struct diff *d, struct store *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->spans[i].entity = entity_joined(d, s->spans[i].entity);
}

void entity_join(struct diff *d)
{
	join_spans(d, &d->table.rows);
	join_spans(d, &d->table.stated);
}

/* An id is the code of the place, a colon, and what is there. */
static struct str code_of(struct str id)
{
	return str_slice(id, 0, str_find(id, STR(":")));
}

struct str entity_name(const struct diff *d, uint32_t entity, struct arena *a)
{
	const struct diff_table *t = &d->table;
	uint32_t latest = d->entities.name_of[entity], name;

	if (table_is_nameless(t, entity))
		return (struct str){NULL, 0};
	if (!latest)
		return words_text(&t->entities, entity);
	name = t->docs[latest - 1].name;
	if (d->entities.id_of[name] != SEVERAL)
		return words_text(&t->entities, name);
	return str_format(a, "%.*s（%.*s）",
			  STR_ARG(words_text(&t->entities, name)),
			  STR_ARG(code_of(words_text(&t->entities, entity))));
}

bool entity_has_id(const struct diff *d, struct str name)
{
	uint32_t word = words_find(&d->table.entities, name);

	return word && word < d->entities.n_words &&
	       entity_joined(d, word) != word;
}

bool entity_is(const struct diff *d, uint32_t entity, struct str word)
{
	uint32_t known = words_find(&d->table.entities, word);

	struct arena a = {0};
	bool same = str_equal(entity_name(d, entity, &a), word);

	arena_release(&a);
	return same || (known && known < d->entities.n_words &&
			(known == entity || entity_joined(d, known) == entity));
}
