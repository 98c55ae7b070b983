/* What a count counts: the thing named, the thing behind, the matter. */
#include "extract/emit.h"

/* The item that a count is of; replaces the items of the mention. */
bool emit_name_count(const struct token *t, struct mention *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct str item = lexicon_counted(t->measure, m->at[i].item);

		if (!item.n)
			return false;
		m->at[i].item = item;
		m->count[i] = t->unit == UNIT_COUNT;
		m->at[i].economic = (struct str){NULL, 0};
	}
	return m->n > 0;
}

static bool says_received(const struct narrative *n)
{
	return n->i && n->list.t[n->i - 1].kind == TOKEN_TERM &&
	       str_equal(n->list.t[n->i - 1].term->text, STR("接待"));
}

/* 6批次、58人次: of the thing named last, else of the heading. */
bool emit_find_counted(struct narrative *n, const struct token *t,
			 struct mention *m)
{
	const struct subject *heading = scope_subject(&n->scope);
	struct str why;

	if (n->last.n) {
		mention_copy(m, &n->last);
		if (emit_name_count(t, m))
			return true;
		/* 公务用车4辆。计划接待110批: of the three public expenses */
		mention_copy(m, &n->last);
		m->at[0].item = STR("three_public.hospitality");
		if (says_received(n) && m->n == 1 &&
		    !str_ends(n->last.at[0].item, STR(".foreign")) &&
		    str_starts(n->last.at[0].item, STR("three_public")) &&
		    emit_name_count(t, m)) {
			m->at[0].year = n->np.subject.year
						? n->np.subject.year
						: n->x->year;
			m->at[0].phase = n->x->phase;
			return true;
		}
	}
	if (!heading->n_items)
		return false;
	n->np.subject = *heading;
	return resolve_subjects(n, true, m, &why) && emit_name_count(t, m);
}

bool emit_fits_unit(const struct token *t, struct mention *m)
{
	if (t->unit == UNIT_COUNT)
		return emit_name_count(t, m);
	/* 绩效目标7个，金额222.5万元: money of what was counted */
	for (size_t i = 0; i < m->n; i++) {
		struct str item = lexicon_counted(t->measure, m->at[i].item);

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

/* 下属3个事业单位: the words before say that they are units. */
static bool takes_units(struct narrative *n, const struct token *t)
{
	static const struct str UNITS = STR_INIT("units");

	if (t->kind != TOKEN_TERM || t->term->class != TERM_NOUN ||
	    !t->term->why.n || !str_ends(t->term->text, STR("事业单位")) ||
	    !is_said_subordinate(n))
		return false;
	n->np.dirty = n->np.tail = false;
	n->np.subject = (struct subject){.items = &UNITS,
					 .n_items = 1,
					 .count = true,
					 .nouns = 1};
	n->n_alts = 0;
	return true;
}

/* 0个下属单位, 对16个项目: the thing counted stands behind its number. */
bool emit_noun_behind(struct narrative *n)
{
	static const struct str PROJECTS = STR_INIT("performance.projects");
	const struct token *t = n->list.t;
	size_t k = n->i + 1;
	bool projects;

	if (k < n->list.n && t[k].kind == TOKEN_TERM &&
	    t[k].term->class == TERM_FILLER)
		k++;
	/* 2个政府性基金预算项目 */
	if (k + 1 < n->list.n && t[k].kind == TOKEN_TERM && t[k].term->fund.n &&
	    !t[k].term->n_items)
		k++;
	/* 2个预算单位 may be some of them; 下属5家预算单位 are all */
	if (k < n->list.n && t[k].kind == TOKEN_TERM && t[k].term->n_items &&
	    str_equal(t[k].term->items[0], STR("units")) &&
	    str_starts(t[k].term->text, STR("预算单位")) &&
	    !is_said_subordinate(n))
		return false;
	if (k < n->list.n && takes_units(n, &t[k]))
		return true;
	if (k >= n->list.n || t[k].kind != TOKEN_TERM ||
	    t[k].term->class != TERM_NOUN || !t[k].term->n_items)
		return false;
	/* 8个项目支出 */
	projects = t[k].term->unit == UNIT_FEN && t[n->i].measure &&
		   str_equal(t[k].term->nature, STR("project")) &&
		   str_starts(t[k].term->text, STR("项目"));
	if (t[k].term->unit != UNIT_COUNT && !projects)
		return false;
	if (projects || str_equal(t[k].term->note, STR("context"))) {
		const struct subject *heading = scope_subject(&n->scope);
		bool speaks = heading->n_items &&
			      str_starts(heading->items[0], STR("performance"));

		for (size_t i = 0; i < n->list.n && !speaks; i++)
			speaks = i != k && t[i].kind == TOKEN_TERM &&
				 t[i].term->n_items &&
				 str_starts(t[i].term->items[0],
					    STR("performance"));
		if (!speaks)
			return false;
	}
	subject_begin(&n->np.subject);
	n->n_alts = 0;
	n->np.tail = n->np.dirty = false;
	subject_add(&n->np.subject, t[k].term);
	if (projects) {
		subject_set_item(&n->np.subject, &PROJECTS);
		n->np.subject.nature = (struct str){NULL, 0};
	}
	return true;
}

/* Does the sentence hold the word from token i on (dir 1), or before it? */
static bool speaks_of(const struct narrative *n, const char *word, int dir)
{
	const struct token *t = n->list.t;

	for (size_t k = n->i; k < n->list.n; k += (size_t)dir) {
		if (t[k].kind == TOKEN_PUNCT && t[k].punct == 0x3002)
			break;
		if (k != n->i && t[k].kind == TOKEN_TERM &&
		    t[k].term->class == TERM_NOUN &&
		    str_starts(t[k].term->text, str_of(word)))
			return true;
	}
	return false;
}

/*
 * 实有人数412人，其中：在职356人，离休2人，退休54人: the first counts more than
 * those in post, the last not all who retired.
 */
bool emit_is_other_staff(const struct narrative *n)
{
	const struct token *t = n->list.t;
	const struct lexicon_term *noun = NULL;

	for (size_t k = n->i; k-- > 0 && t[k].kind != TOKEN_PUNCT && !noun;)
		if (t[k].kind == TOKEN_TERM && t[k].term->class == TERM_NOUN)
			noun = t[k].term;
	if (!noun || noun->n_items != 1)
		return false;
	if (str_equal(noun->items[0], STR("staff.active")))
		return str_find(noun->text, STR("在")) == SIZE_MAX &&
		       speaks_of(n, "在职", 1) &&
		       (speaks_of(n, "退休", 1) || speaks_of(n, "离", 1));
	if (str_equal(noun->items[0], STR("staff.retired")))
		return str_starts(noun->text, STR("退休")) &&
		       (speaks_of(n, "离休", 1) || speaks_of(n, "离休", -1));
	return false;
}

/* What was counted is none of ours: nor is the money behind it. */
void emit_leave_count(struct narrative *n, const struct token *t)
{
	emit_residue(n, t, STR("no_item"));
	n->uncounted = true;
	/* 其中：人员类项目0个，涉及资金0万元 */
	n->overall |= n->last.n && str_starts(n->last.at[0].item,
					      STR("performance."));
}

/* 本部门2个预算单位开展了…: what stands behind the count is counted, and none of
 * ours. */
static bool counts_other(const struct narrative *n)
{
	const struct token *t = &n->list.t[n->i + 1];

	return n->i + 1 < n->list.n && t->kind == TOKEN_TERM &&
	       t->term->class == TERM_NOUN && t->term->unit == UNIT_COUNT;
}

/* Counts whose thing stands behind them, or is left unsaid. */
bool emit_take_count(struct narrative *n, const struct token *t)
{
	struct mention m;

	/* 用于5辆公务用车: some, not all */
	if (n->mode == MODE_PURPOSE && subject_is_empty(&n->np.subject) &&
	    !n->last.count[0]) {
		emit_residue(n, t, STR("project"));
		return true;
	}
	if (!n->np.subject.count && !emit_noun_behind(n) &&
	    subject_is_empty(&n->np.subject) && counts_other(n)) {
		emit_leave_count(n, t);
		return true;
	}
	if (emit_is_other_staff(n)) {
		emit_residue(n, t, STR("no_item"));
		return true;
	}
	if (!subject_is_empty(&n->np.subject) || n->n_alts || n->respectively)
		return false;
	if (n->np.dirty || n->uncounted || !emit_find_counted(n, t, &m)) {
		emit_leave_count(n, t);
	} else
		emit_level(n, t, &m);
	return true;
}
