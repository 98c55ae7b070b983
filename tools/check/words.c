/* Blanks within the document's words do not matter: they are wrapped lines. */
#include "check/words.h"

#include "check/finding.h"
#include "check/resolve.h"

enum { FULL_DISCLOSURE = 30 }; /* facts */

static bool find_word(struct str words, struct str text, struct str *found)
{
	while (str_split(&words, '|', found))
		if (found->n && str_find(text, *found) != SIZE_MAX)
			return true;
	return false;
}

void words_run(struct check *c, const struct rule *rule)
{
	int64_t line = -1, page = -1;
	struct str found;

	for (size_t i = 0; rule->words.n && i < c->facts.n; i++) {
		const struct bud_fact *f = &c->facts.list[i]->f;

		if (f->line == line && f->page == page)
			continue;
		if (!find_word(rule->words, str_without_blanks(c->arena, f->text),
			       &found))
			continue;
		line = f->line;
		page = f->page;
		finding_add_words(c, rule, c->facts.list[i], found);
	}
}

void require_run(struct check *c, const struct rule *rule)
{
	bool asked = false;

	if (c->facts.n < FULL_DISCLOSURE)
		return;
	for (size_t k = 0; k < rule->n_forms; k++) {
		const struct formula *form = &rule->forms[k];

		if (form->relation != RELATION_REQUIRE)
			continue;
		asked = true;
		for (size_t i = 0; i < c->facts.n; i++)
			if (resolve_anchor(&c->facts, rule, form,
					   c->facts.list[i]))
				return;
	}
	if (asked)
		finding_add_words(c, rule, NULL, (struct str){NULL, 0});
}
