/*
 * Which documents are of one entity: those of one entity_id, where they have
 * one; by the name that it has today (the crosswalk's) else. So a department
 * keeps its years when its place is renamed, and two departments of one name
 * in two places stay apart.
 *
 * The word of an entity is its id where its documents have one. A name that
 * comes without an id (in an older record, in a table of units) is that of the
 * one id which documents give to it. What the crosswalk renames or merges goes
 * by its name there.
 */
#ifndef BUD_DIFF_ENTITY_H
#define BUD_DIFF_ENTITY_H

#include "diff/diff.h"

/* Sets what a document says of its entity. */
void entity_set(struct diff *d, struct diff_doc *doc,
		const struct bud_document *document);

/* The word of the entity that a fact is of; sets the name it goes by in row. */
uint32_t entity_of_fact(struct diff *d, struct diff_doc *doc,
			const struct bud_fact *f, struct diff_row *row);

/*
 * Looks at the documents that came since the last call; to be called before
 * the others below.
 */
void entity_learn(struct diff *d);
/* The word that another word of the same entity is to be taken for. */
uint32_t entity_joined(const struct diff *d, uint32_t entity);
/* Does so in the table. */
void entity_join(struct diff *d);

/* What records call it: the name in its latest document, with the code of the
 * place where two have that name; nothing where no document names it. It lives
 * in the arena or the diff. */
struct str entity_name(const struct diff *d, uint32_t entity, struct arena *a);
/* Whether a user's word means it: its name, one it had, its id. */
bool entity_is(const struct diff *d, uint32_t entity, struct str word);

/* Whether this name is that of one id, so that facts that come by the name
 * alone are of it. */
bool entity_has_id(const struct diff *d, struct str name);

void entity_release(struct diff_entities *e);

#endif
