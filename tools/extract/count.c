/* What a count counts: the thing named, the thing behind, the matter. */
#include "extract/emit.h"

/* The item that a count is of; replaces the items of the mention. */
bool emit_name_count(struct narrative *n, const struct token *t,
		       struct mention *m)
{
	struct str measure = t->measure ? t->measure->text
					: (struct str){NULL, 0};

	for (size_t i = 0; i < m->n; i++) {
		struct str item = lexicon_counted(n->x->lexicon,
						  m->at[i].item, measure);

		if (!item.n)
			return false;
		m->at[i].item = item;
		m->count[i] = t->unit == UNIT_COUNT;
		m->at[i].economic = (struct str){NULL, 0};
	}
	return m->n > 0;
}

/* 6批次、58人次: of the thing named last, else of the heading. */
bool emit_find_counted(struct narrative *n, const struct token *t,
			 struct mention *m)
{
	struct subject heading = scope_subject(&n->scope);
	struct str why;

	if (n->last.n) {
		*m = n->last;
		if (emit_name_count(n, t, m))
			return true;
	}
	if (!heading.n_items)
		return false;
	n->np.subject = heading;
	return resolve_subjects(n, true, m, &why) && emit_name_count(n, t, m);
}

bool emit_fits_unit(struct narrative *n, const struct token *t,
		      struct mention *m)
{
	if (t->unit == UNIT_COUNT)
		return emit_name_count(n, t, m);
	/* 绩效目标7个，金额222.5万元: money of what was counted */
	for (size_t i = 0; i < m->n; i++) {
		struct str item = {NULL, 0};

		if (t->measure)
			item = lexicon_counted(n->x->lexicon, m->at[i].item,
					       t->measure->text);
		if (item.n)
			m->at[i].item = item;
		else if (m->count[i])
			return false;
		m->count[i] = false;
	}
	return true;
}

static bool is_said_subordinate(const struct narrative *n)
{
	static const char *const WORDS[] = {"下属", "所属", "直属", "管理"};
	struct str all = buf_str(&n->x->source->text);
	struct str before = str_trim(str_slice(
		all, n->np.words_start, n->list.t[n->i].start));

	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (str_ends(before, str_of(WORDS[k])))
			return true;
	return false;
}

/* 0个下属单位, 对16个项目: the thing counted stands behind its number. */
bool emit_noun_behind(struct narrative *n)
{
	const struct token *t = n->list.t;
	size_t k = n->i + 1;

	if (k < n->list.n && t[k].kind == TOKEN_TERM &&
	    t[k].term->class == TERM_FILLER)
		k++;
	/* 2个预算单位 may be some of them; 下属5家预算单位 are all */
	if (k < n->list.n && t[k].kind == TOKEN_TERM && t[k].term->n_items &&
	    str_equal(t[k].term->items[0], STR("units")) &&
	    str_starts(t[k].term->text, STR("预算单位")) &&
	    !is_said_subordinate(n))
		return false;
	if (k >= n->list.n || t[k].kind != TOKEN_TERM ||
	    t[k].term->class != TERM_NOUN || t[k].term->unit != UNIT_COUNT ||
	    !t[k].term->n_items)
		return false;
	if (str_equal(t[k].term->note, STR("context"))) {
		struct subject heading = scope_subject(&n->scope);
		bool speaks = heading.n_items &&
			      str_starts(heading.items[0], STR("performance"));

		for (size_t i = 0; i < n->list.n && !speaks; i++)
			speaks = i != k && t[i].kind == TOKEN_TERM &&
				 t[i].term->n_items &&
				 str_starts(t[i].term->items[0],
					    STR("performance"));
		if (!speaks)
			return false;
	}
	n->np.subject = (struct subject){.year = n->np.subject.year};
	n->n_alts = 0;
	n->np.tail = n->np.dirty = false;
	subject_add(&n->np.subject, t[k].term);
	return true;
}
