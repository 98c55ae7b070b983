/* Terms are looked up where the classes of the document leave it open. */
#include "check/idle.h"

#include "check/list.h"
#include "check/resolve.h"

/* Whether a list has no parts, whatever it is asked for: no code is longer than
 * that of the whole. */
static bool lacks_parts(const struct check_facts *fs, const struct node *n,
			const struct check_chain *c,
			const struct known_term *known)
{
	enum dim dim = n->term.parts;

	return n->kind == NODE_SUM &&
	       (dim == DIM_FUNCTION || dim == DIM_ECONOMIC) &&
	       c->longest <= facts_text(fs, known->parts).n;
}

/* Whether the document states nothing that the term may be: for whatever first
 * term, for those of the shape of an anchor, or for the anchor. */
static bool is_unstated(const struct check_facts *fs,
			const struct check_fact *anchor, bool all,
			const struct held_term *stated)
{
	const struct class_asked *asked = &stated->asked;

	if (!stated->shapes || !anchor)
		return !stated->shapes;
	if (!(stated->shapes >> ((anchor->chain->own->shape & asked->kept) |
				 asked->named) & 1))
		return true;
	return !all && asked->how == CLASS_LONGER &&
	       stated->longest <= facts_own(fs, anchor, asked->parts).n;
}

/* What became of the terms of a form. */
struct tale {
	size_t found, missing; /* by other facts than the anchor; nowhere */
	const struct node *sum; /* a list that may have parts, NULL for none */
};

/* See judge() of eval.c. */
static bool is_nothing(const struct formula *form, const struct tale *t)
{
	return t->missing > 1 ||
	       (t->missing &&
		(!t->found || form->relation != RELATION_EQUAL));
}

/* What the document states of a term; terms: as of idle_form(). */
static void note_term(const struct check_facts *fs, const struct node *n,
		      const struct check_fact *anchor, struct known_term *terms,
		      const struct held_term *stated, struct tale *tale)
{
	const struct term *t = &n->term;
	const struct check_chain *c = NULL;
	bool is_found = t->base == BASE_WHOLE;

	if (!is_found &&
	    !is_unstated(fs, anchor, !terms, &stated[t->number])) {
		if (terms)
			c = resolve_chain(fs, n, anchor, &terms[t->number]);
		if (c && lacks_parts(fs, n, c, &terms[t->number]))
			c = NULL;
		is_found = !terms || (c && c != anchor->chain);
	}
	if (c && n->kind == NODE_SUM)
		tale->sum = n;
	tale->found += is_found;
	tale->missing += !is_found && !c && !t->optional;
}

bool idle_form(const struct check_facts *fs, const struct formula *form,
	       const struct check_fact *anchor, struct known_term *terms,
	       const struct held_term *stated)
{
	struct tale tale = {0};

	for (const struct node *n = form->last;
	     n != form->anchor && tale.missing < 2; n = n->before)
		if (stated[n->term.number].asked.how != CLASS_OWN)
			note_term(fs, n, anchor, terms, stated, &tale);
	if (is_nothing(form, &tale))
		return true;
	/* what takes longer, and is kept for when the form is held */
	if (!tale.sum || list_may_have_parts(fs, &tale.sum->term,
					     &terms[tale.sum->term.number],
					     anchor))
		return false;
	tale.missing++;
	tale.found--;
	return is_nothing(form, &tale);
}
