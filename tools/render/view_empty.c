/* A page without a word leaves its reader where he was: it says why there is
 * nothing on it, and what to do. */
#include "render/view.h"

#include <string.h>

static const char *why(const struct view *v, enum render_view view)
{
	const struct model *m = v->model;
	size_t verdicts = 0;

	for (size_t i = 0; i < m->n_documents; i++)
		verdicts += m->documents[i]->verdict != NULL;
	if (v->options->n_where)
		return "empty-where";
	if (!m->n_documents && !m->n_facts && !m->n_changes && !m->n_findings)
		return m->n_troubles ? "empty-unread" : "empty-input";
	if (view == VIEW_FINDINGS)
		return verdicts ? "empty-agrees" : "empty-findings";
	return view == VIEW_CHANGES ? "empty-changes" : "empty-facts";
}

void view_add_empty(const struct view *v, struct page *p,
		    enum render_view view)
{
	const char *word = why(v, view);
	struct section *s;

	/* who reads a table has read the messages, and may be a program */
	if (v->options->format == FORMAT_TABLE && !strcmp(word, "empty-input"))
		return;
	s = page_section(p, SECTION_EMPTY);
	/* that nothing was found is the news */
	if (!strcmp(word, "empty-agrees")) {
		s->title = label_word(v->labels, word);
		return;
	}
	s->title = label_word(v->labels, "empty-title");
	section_line(p, s, label_word(v->labels, word));
}
