/* Words get other numbers; what holds such numbers is rewritten in place. */
#include <stdlib.h>

#include "base/memory.h"
#include "diff/table.h"

/* By number there: the number here. */
struct numbers {
	uint32_t *entities, *words, *reasons, *scopes, *keys;
	uint32_t docs; /* to be added */
};

static uint32_t *join_words(struct words *w, const struct words *from)
{
	uint32_t n = (uint32_t)from->map.n;
	uint32_t *to = memory_realloc(NULL, (n + 1) * sizeof *to);

	for (uint32_t i = 0; i <= n; i++)
		to[i] = words_add(w, words_text(from, i));
	return to;
}

static uint32_t *join_keys(struct diff_table *t, const struct diff_table *from,
			   const uint32_t *words)
{
	uint32_t *to = memory_realloc(NULL, (from->n_keys + 1) * sizeof *to);

	for (size_t i = 0; i < from->n_keys; i++) {
		const struct diff_key *k = &from->keys[i];
		const struct diff_key here = {
			.item = words[k->item],
			.fund = words[k->fund],
			.function = words[k->function],
			.economic = words[k->economic],
			.nature = words[k->nature],
			.unit = k->unit,
		};

		to[i] = table_add_key(t, &here);
	}
	return to;
}

static void join_docs(struct diff_table *t, struct diff_table *from,
		      const uint32_t *entities)
{
	uint32_t published = t->n_published;

	for (size_t i = 0; i < from->n_docs; i++) {
		struct diff_doc doc = from->docs[i];
		uint32_t place = table_add_doc(t, doc.side, doc.id);

		doc.id = t->docs[place].id;
		doc.entity = entities[doc.entity];
		doc.entity_id = entities[doc.entity_id];
		doc.name = entities[doc.name];
		doc.order += doc.order ? published : 0;
		t->docs[place] = doc;
	}
	t->n_published += from->n_published;
	t->any_nameless = t->any_nameless || from->any_nameless;
	arena_join(&t->doc_arena, &from->doc_arena);
}

static void renumber(const struct numbers *to, struct diff_row *r)
{
	uint32_t scope = to->scopes[r->scope];

	r->key = to->keys[r->key];
	r->doc += to->docs;
	r->name = to->entities[r->name];
	r->scope = scope > UINT8_MAX ? 0 : (uint8_t)scope;
}

static void join_rows(struct diff_table *t, struct diff_table *from,
		      const struct numbers *to)
{
	for (size_t i = 0; i < from->rows.n; i++) {
		struct span *s = &from->rows.spans[i];
		struct diff_row *rows = s->rows;

		s->entity = to->entities[s->entity];
		for (size_t k = 0; k < s->n; k++)
			renumber(to, &rows[k]);
	}
	for (size_t i = 0; i < from->stated.n; i++) {
		struct span *s = &from->stated.spans[i];
		struct diff_stated *rows = s->rows;

		s->entity = to->entities[s->entity];
		for (size_t k = 0; k < s->n; k++) {
			renumber(to, &rows[k].row);
			rows[k].reason = to->reasons[rows[k].reason];
		}
	}
	store_join(&t->rows, &from->rows);
	store_join(&t->stated, &from->stated);
}

void table_join(struct diff_table *t, struct diff_table *from)
{
	struct numbers to = {
		.entities = join_words(&t->entities, &from->entities),
		.words = join_words(&t->words, &from->words),
		.reasons = join_words(&t->reasons, &from->reasons),
		.scopes = join_words(&t->scopes, &from->scopes),
		.docs = (uint32_t)t->n_docs,
	};

	to.keys = join_keys(t, from, to.words);
	join_docs(t, from, to.entities);
	join_rows(t, from, &to);
	free(to.entities);
	free(to.words);
	free(to.reasons);
	free(to.scopes);
	free(to.keys);
	table_release(from);
}
