/* Facts and residues of each kind, with their place and comparator. */
#include "extract/emit.h"

static struct place place_of(const struct narrative *n, size_t start,
			     size_t end)
{
	return (struct place){.start = start,
			      .end = end,
			      .page = n->page,
			      .line = n->line,
			      .quote_start = n->np.words_start < start
						     ? n->np.words_start
						     : start,
			      .quote_end = end};
}

void emit_residue(struct narrative *n, const struct token *t, struct str why)
{
	struct place p = place_of(n, t->start, t->end);

	extract_add_residue(n->x, &p, t->value, t->unit, t->quantum, why);
}

struct bud_fact *emit_fact(struct narrative *n, const struct token *t,
			    const struct coordinates *at, enum kind kind,
			    int64_t value)
{
	struct place p = place_of(n, t->start, t->end);
	struct bud_fact *f = extract_add_fact(n->x, &p);

	f->at = *at;
	f->at.kind = kind;
	f->value = value;
	f->unit = t->unit;
	f->quantum = t->quantum;
	f->approx = t->approx;
	if (t->approx)
		f->quantum *= 10;
	if (t->malformed)
		f->doubt = STR("malformed");
	f->origin = ORIGIN_TEXT;
	return f;
}

struct versus emit_versus(const struct narrative *n)
{
	return n->versus.set ? n->versus : n->versus_old;
}

void emit_set_versus(const struct narrative *n, struct bud_fact *f)
{
	struct versus v = emit_versus(n);

	/* 调整后预算X，调增Y: against what was adjusted */
	if (n->adjusting && f->at.phase == PHASE_APPROVED)
		f->at.phase = PHASE_ADJUSTED;
	if (!n->versus.set && f->at.phase == PHASE_ADJUSTED)
		v = (struct versus){.set = true, .phase = PHASE_APPROVED};
	/* 决算X，年初预算Y，比年初预算减少Z: the final account did */
	if (v.phase && v.phase == f->at.phase &&
	    (!v.year || v.year == f->at.year) && n->x->phase != v.phase)
		f->at.phase = n->x->phase;
	f->vs_phase = v.phase ? v.phase : f->at.phase;
	if (v.relative && f->at.year)
		f->vs_year = f->at.year + v.relative;
	else if (v.year)
		f->vs_year = v.year;
	else if (f->at.year)
		f->vs_year = v.phase ? f->at.year : f->at.year - 1;
	if (!v.set)
		f->doubt = STR("no_comparator");
}

/* 减少-5 is said for 减少5; 增加-5 is a decrease. */
static int64_t signed_value(const struct token *t, enum relation r)
{
	return r == RELATION_DOWN && t->value > 0 ? -t->value : t->value;
}

void emit_take_topic(struct narrative *n)
{
	if (n->topic_clean && n->topic_fact == emit_next_fact(n) &&
	    n->mode == MODE_PLAIN && !n->n_alts &&
	    subject_is_time(&n->np.subject) && !subject_is_time(&n->topic)) {
		n->np.subject = n->topic;
		n->np.dirty = false;
	}
}

void emit_change(struct narrative *n, const struct token *t,
			enum kind kind, const struct mention *m)
{
	enum relation r = n->relation == RELATION_LEVEL ? n->direction
							: n->relation;

	for (size_t i = 0; i < m->n; i++)
		emit_set_versus(n, emit_fact(n, t, &m->at[i], kind,
				  signed_value(t, r)));
	n->direction = r;
}

/* With semicolons, but for those behind the last word. */
static struct str join_words(struct arena *a, const struct str *words, size_t n)
{
	size_t most = n, used = 0;
	char *p;

	while (n && !words[n - 1].n)
		n--;
	for (size_t i = 0; i < n; i++)
		most += words[i].n;
	p = arena_alloc_raw(a, most);
	for (size_t i = 0; i < n; i++) {
		if (i)
			p[used++] = ';';
		if (words[i].n)
			memcpy(p + used, words[i].p, words[i].n);
		used += words[i].n;
	}
	return (struct str){p, used};
}

static struct str whole_name(struct narrative *n)
{
	const struct coordinates *w = NULL;
	struct str words[5];
	struct str name = {NULL, 0};

	if (n->n_frames && n->frames[n->n_frames - 1].head.n)
		w = &n->frames[n->n_frames - 1].head.at[0];
	else if (n->head.n)
		w = &n->head.at[0];
	words[0] = n->whole.n_items ? n->whole.items[0]
				    : (w ? w->item : name);
	words[1] = !subject_is_empty(&n->whole) ? n->whole.fund
						: (w ? w->fund : name);
	words[2] = w && subject_is_empty(&n->whole) ? w->function : name;
	words[3] = name;
	words[4] = !subject_is_empty(&n->whole) ? n->whole.nature
						: (w ? w->nature : name);
	if (!words[0].n)
		return name;
	return join_words(n->x->arena, words, 5);
}

void emit_ratio(struct narrative *n, const struct token *t,
		       enum kind kind, const struct mention *m)
{
	/* 决算数为年初预算数的95%: the last phase named is the base's */
	enum phase base = n->relation == RELATION_LEVEL ? n->np.phase
							: n->whole.phase;

	for (size_t i = 0; i < m->n; i++) {
		struct bud_fact *f = emit_fact(n, t, &m->at[i], kind, t->value);

		if (kind == KIND_SHARE) {
			f->whole = whole_name(n);
			continue;
		}
		f->vs_phase = base ? base : PHASE_APPROVED;
		f->vs_year = f->at.year;
		if (f->at.phase == f->vs_phase ||
		    (f->at.phase == PHASE_APPROVED &&
		     f->vs_phase == PHASE_ADJUSTED))
			f->at.phase = PHASE_EXECUTED;
	}
}

static bool is_whole_like(const struct mention *m)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct coordinates *c = &m->at[i];

		if (c->function.n || c->economic.n || c->nature.n)
			return false;
		if (!str_starts(c->item, STR("revenue")) &&
		    !str_starts(c->item, STR("expenditure")))
			return false;
	}
	return m->n > 0;
}

void emit_level(struct narrative *n, const struct token *t,
		       struct mention *m)
{
	m->fact = emit_next_fact(n);
	for (size_t i = 0; i < m->n; i++) {
		struct bud_fact *f =
			emit_fact(n, t, &m->at[i], KIND_LEVEL, t->value);

		f->scope = m->scope;
	}
	emit_note_balance(n, m);
	n->economic_list |= m->at[0].economic.n > 0;
	if (!m->count[0])
		mention_copy(&n->money, m);
	if (is_whole_like(m) &&
	    (!n->n_frames || n->np.subject.total ||
	     (n->np.subject.generic && !n->np.subject.fund.n))) {
		mention_copy(&n->head, m);
		n->head_level = n->level < OUTLINE_LEVELS
					? n->level
					: scope_level(&n->scope);
		mention_copy(&n->heads[n->head_level], m);
	}
	/* （2022年：12.00万元） is said beside */
	if (n->parens && n->last.n && subject_is_bare(&n->np.subject))
		return;
	/* 决算X，年初预算Y，…: what follows speaks of the final account */
	if (n->last.n && n->last.fact >= n->sentence_fact &&
	    subject_is_bare(&n->np.subject) && n->np.subject.phase &&
	    n->np.subject.phase != PHASE_EXECUTED &&
	    n->last.at[0].phase == PHASE_EXECUTED &&
	    n->last.at[0].year == m->at[0].year)
		return;
	/* 2024年预算X，2023年预算Y，减少Z: the later year's */
	if (n->last.n && n->last.fact >= n->sentence_fact &&
	    subject_is_bare(&n->np.subject) && n->np.subject.year &&
	    m->at[0].year < n->last.at[0].year)
		return;
	mention_copy(&n->last, m);
}
