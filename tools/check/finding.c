/* What an instance came to, its facts and where it points; say.c has the words.
 */
#include "check/finding.h"

#include <stdlib.h>

#include "check/id.h"
#include "check/say.h"
#include "record/codec.h"

enum { MAX_EVIDENCE = 6 };

/* A finding whose message and evidence are not put together yet. */
struct draft {
	struct bud_finding *f;
	struct say_parts message;
	bool soft; /* a doubt is told as well */
	struct str evidence[MAX_EVIDENCE];
	size_t n_evidence, length; /* of the evidence */
};

static struct str join_evidence(struct arena *a, const struct draft *d)
{
	struct str list[2 * MAX_EVIDENCE]; /* with what stands between */

	if (!d->n_evidence)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < d->n_evidence; i++) {
		list[2 * i] = d->evidence[i];
		list[2 * i + 1] = STR(FINDING_BETWEEN);
	}
	return say_join(a, list, 2 * d->n_evidence - 1);
}

static void put_together(struct arena *a, struct draft *d)
{
	struct bud_finding *f = d->f;

	f->message = say_join(a, d->message.list[LANG_EN], d->message.n);
	f->message_zh = say_join(a, d->message.list[LANG_ZH], d->message.n);
	f->evidence = join_evidence(a, d);
}

/* Doubt about the reading makes a failure a note that says so. */
static void soften(struct check *c, struct bud_finding *f,
		   const struct check_fact *of)
{
	const struct str *phrase =
		label_phrase(c->labels, of->f.doubt.n ? PHRASE_DOUBT
						      : PHRASE_APPROX);
	struct str en[] = {f->message, phrase[LANG_EN], of->f.doubt};
	struct str zh[] = {f->message_zh, phrase[LANG_ZH], of->f.doubt};

	f->message = say_join(c->making, en, 3);
	f->message_zh = say_join(c->making, zh, 3);
}

/* Adds a fact of one of several documents, and its document once. */
static void take_place(struct check *c, struct bud_finding *f,
		       struct str *docs, struct str *places, struct str doc,
		       int64_t n)
{
	size_t old = 0;

	places[f->n_places++] = str_format(c->making, "%.*s:%lld", STR_ARG(doc),
					   (long long)n);
	while (old < f->n_docs && !str_equal(docs[old], doc))
		old++;
	if (old == f->n_docs)
		docs[f->n_docs++] = doc;
}

/* A derived fact is in no document: what it rests on stands for it. */
static void take_places(struct check *c, struct bud_finding *f,
			const struct check_fact **facts, size_t n)
{
	size_t max = 0;
	struct str *docs, *places;

	for (size_t i = 0; i < n; i++)
		max += facts[i]->f.n_from + 1;
	docs = ARENA_ARRAY(c->making, struct str, max);
	places = ARENA_ARRAY(c->making, struct str, max);
	for (size_t i = 0; i < n; i++) {
		const struct bud_fact *x = &facts[i]->f;

		if (x->origin != ORIGIN_DERIVED)
			take_place(c, f, docs, places, x->doc, x->n);
		for (size_t k = 0; k < x->n_from; k++)
			take_place(c, f, docs, places, x->doc, x->from[k]);
	}
	f->docs = docs;
	f->places = places;
	f->facts = NULL;
	f->n_facts = 0;
	f->doc = (struct str){NULL, 0};
	f->page = f->line = 0;
}

/* The words of the first facts that have some. */
static void find_evidence(const struct check_fact **facts, size_t n,
			  struct draft *d)
{
	d->n_evidence = d->length = 0;
	for (size_t i = 0; i < n && d->n_evidence < MAX_EVIDENCE; i++) {
		struct str text = facts[i]->f.text;

		if (!text.n)
			continue;
		d->evidence[d->n_evidence++] = text;
		d->length += text.n;
	}
}

static void take_facts(struct check *c, struct bud_finding *f,
		       const struct check_fact **facts, size_t n)
{
	int64_t *list = arena_alloc_raw(c->making, n * sizeof *list);

	f->plain = true;
	for (size_t i = 0; i < n; i++) {
		list[i] = facts[i]->f.n;
		f->plain = f->plain && facts[i]->f.plain;
	}
	f->facts = list;
	f->n_facts = n;
	if (c->across)
		take_places(c, f, facts, n);
}

static void take_values(struct bud_finding *f, const struct instance *in)
{
	struct gap g;

	f->has_values = side_gap(&in->left, &in->right, facts_scale(in->unit),
				 &g);
	if (!f->has_values)
		return;
	f->actual = g.left;
	f->expected = g.right;
	f->difference = g.difference;
	f->tolerance = g.tolerance;
}

/* What became of an instance, in a few words. */
struct judgement {
	enum finding_kind kind;
	enum level level;
	bool rounding, truncation;
	bool unsure; /* an error that is not believed for sure: a warning */
	bool soft;   /* the parser's doubt explains it: a note */
};

/* Of what failed. */
static void judge_failure(struct judgement *j, const struct instance *in,
			  enum level level)
{
	j->kind = FINDING_FAIL;
	j->level = level;
	j->unsure = level == LEVEL_ERROR && !in->certain && !in->doubted;
	j->soft = level > LEVEL_NOTE && in->doubted;
	if (j->unsure)
		j->level = LEVEL_WARNING;
	if (j->soft)
		j->level = LEVEL_NOTE;
}

/* A divisor is nothing, which may be fit. */
static void judge_zero(struct judgement *j, const struct instance *in)
{
	bool fit = in->anchor->f.value == 0 || !in->absurd;

	j->kind = FINDING_NOT_APPLICABLE;
	if (in->rule->zero != LEVEL_NONE && !fit)
		judge_failure(j, in, in->rule->zero);
}

static inline void judge(const struct instance *in, struct judgement *j)
{
	*j = (struct judgement){.kind = FINDING_OPEN};
	switch (in->outcome) {
	case OUTCOME_EXACT:
	case OUTCOME_ROUNDING:
		j->kind = FINDING_PASS;
		j->rounding = in->outcome == OUTCOME_ROUNDING;
		break;
	case OUTCOME_TRUNCATION:
		judge_failure(j, in, LEVEL_NOTE);
		j->truncation = true;
		break;
	case OUTCOME_FAIL:
		judge_failure(j, in, in->rule->level);
		break;
	case OUTCOME_ZERO:
		judge_zero(j, in);
		break;
	default:
		break;
	}
}

static struct check_finding *add_finding(struct check *c)
{
	/* mostly there are about as many as facts */
	size_t want = c->n_findings ? c->n_findings + 1 : c->facts.n + 1;

	c->findings = arena_grow_raw(c->arena, c->findings, &c->cap_findings,
				     want, sizeof *c->findings);
	return &c->findings[c->n_findings++];
}

static inline void count(struct bud_verdict *v, const struct judgement *j)
{
	v->checks++;
	v->passed += j->kind == FINDING_PASS;
	v->rounding += j->rounding;
	v->open += j->kind == FINDING_OPEN;
	v->not_applicable += j->kind == FINDING_NOT_APPLICABLE;
	if (j->kind == FINDING_FAIL) {
		v->failed += j->level == LEVEL_ERROR;
		v->notes += j->level != LEVEL_ERROR;
	}
}

static void take_difference(struct bud_finding *f, const struct instance *in)
{
	const struct bud_fact *expected = &in->bindings->facts[0]->f;
	const struct bud_fact *actual = &in->bindings->facts[1]->f;

	f->has_values = true;
	f->expected = expected->value;
	f->actual = actual->value;
	f->difference = actual->value - expected->value;
	f->tolerance = (expected->quantum + actual->quantum + 1) / 2;
}

/* Where a finding points: the number to blame, the one that differs, the
 * one the rule begins with. */
static const struct bud_fact *place_of(const struct instance *in)
{
	if (in->blame)
		return &in->blame->fact->f;
	if (in->form->relation == RELATION_AGREE &&
	    in->outcome == OUTCOME_FAIL)
		return &in->bindings->facts[1]->f;
	return &in->anchor->f;
}

/* The facts of an instance, those of what is gathered with it behind them. */
static size_t all_facts(struct check *c, const struct instance *in,
			const struct check_fact ***out)
{
	const struct blame *blame = in->blame;
	size_t total = 0, max = in->n_facts + 1;

	*out = in->facts;
	if (!blame)
		return in->n_facts;
	for (size_t i = 0; i < blame->n_others; i++)
		max += blame->others[i]->n_facts;
	*out = ARENA_ARRAY(c->making, const struct check_fact *, max);
	facts_begin_list(&c->facts);
	if (facts_is_new(&c->facts, blame->fact))
		(*out)[total++] = blame->fact;
	for (size_t i = 0; i <= blame->n_others; i++) {
		const struct instance *of = i ? blame->others[i - 1] : in;

		for (size_t k = 0; k < of->n_facts; k++)
			if (facts_is_new(&c->facts, of->facts[k]))
				(*out)[total++] = of->facts[k];
	}
	return total;
}

/* One of several messages: "[I04] …", behind a bar but for the first. */
enum { ALSO = 4 };
static void put_also(struct str part[ALSO], bool first, struct str rule,
		     struct str message)
{
	part[0] = first ? STR("[") : STR(" | [");
	part[1] = rule;
	part[2] = STR("] ");
	part[3] = message;
}

/* The messages of what one number explains too. */
static void add_others(struct check *c, struct bud_finding *f,
		       const struct instance *in)
{
	size_t n = in->blame ? in->blame->n_others : 0;
	struct str *en, *zh;

	if (!n)
		return;
	en = arena_alloc_raw(c->making, n * ALSO * sizeof *en);
	zh = arena_alloc_raw(c->making, n * ALSO * sizeof *zh);
	for (size_t i = 0; i < n; i++) {
		const struct instance *o = in->blame->others[i];
		struct bud_finding other = {0};
		struct say_parts message;
		struct say numbers;

		if (o->form->relation == RELATION_AGREE)
			take_difference(&other, o);
		else
			take_values(&other, o);
		say_numbers(c, o, &other, &numbers);
		say_message(c, o, &numbers, false, &message);
		put_also(en + i * ALSO, !i, o->rule->id,
			 say_join(c->making, message.list[LANG_EN], message.n));
		put_also(zh + i * ALSO, !i, o->rule->id,
			 say_join(c->making, message.list[LANG_ZH], message.n));
	}
	f->also = say_join(c->making, en, n * ALSO);
	f->also_zh = say_join(c->making, zh, n * ALSO);
}

void finding_add(struct check *c, const struct instance *in)
{
	struct judgement j;

	judge(in, &j);
	*add_finding(c) = (struct check_finding){
		.id = id_make(c, in->rule, in->anchor),
		.kind = j.kind,
		.first = c->across   ? 0
			 : in->blame ? in->blame->fact->f.n
				     : in->anchor->f.n,
		.of = in,
	};
	count(&c->verdict, &j);
}

/* The values, the facts and the message of an instance. */
static void begin_draft(struct check *c, const struct check_finding *of,
			struct bud_finding *f, struct draft *d)
{
	const struct instance *in = of->of;
	const struct bud_fact *place = place_of(in);
	const struct check_fact **facts;
	size_t n = all_facts(c, in, &facts);
	struct judgement j;
	struct say numbers;

	judge(in, &j);
	d->f = f;
	*f = (struct bud_finding){0};
	f->doc = in->anchor->f.doc;
	f->rule = in->rule->id;
	f->id = of->id;
	f->kind = j.kind;
	f->level = j.level;
	f->rounding = j.rounding;
	f->truncation = j.truncation;
	f->page = place->page;
	f->line = place->line;
	if (in->form->relation == RELATION_AGREE)
		take_difference(f, in);
	else if (in->form->relation != RELATION_WITHIN &&
		 in->outcome != OUTCOME_OPEN && in->outcome != OUTCOME_ZERO)
		take_values(f, in);
	take_facts(c, f, facts, n);
	find_evidence(facts, n, d);
	say_numbers(c, in, f, &numbers);
	say_message(c, in, &numbers, j.unsure, &d->message);
	d->soft = j.soft;
	/* a doubt may quote */
	f->plain = f->plain && in->rule->plain && !in->blame && !j.soft &&
		   label_is_plain(c->labels, in->anchor);
}

static void end_draft(struct check *c, const struct instance *in,
		      struct draft *d)
{
	put_together(c->making, d);
	add_others(c, d->f, in);
	if (d->soft)
		soften(c, d->f, in->doubted);
}

const struct bud_finding *check_finding(struct check *c, size_t i,
					struct arena *a)
{
	const struct check_finding *of = &c->findings[i];
	struct draft d;

	if (!of->of)
		return of->made;
	c->making = a;
	begin_draft(c, of, arena_alloc_raw(a, sizeof *d.f), &d);
	end_draft(c, of->of, &d);
	c->making = c->arena;
	return d.f;
}

void check_write_finding(struct check *c, size_t i, struct arena *a,
			 struct buf *out)
{
	const struct check_finding *of = &c->findings[i];
	struct bud_finding f;
	struct draft d;

	if (!of->of) {
		record_write_finding(out, of->made);
		return;
	}
	c->making = a;
	begin_draft(c, of, &f, &d);
	if (f.plain && !c->across) {
		const struct record_text texts[FINDING_TEXTS] = {
			{d.message.list[LANG_EN], d.message.n,
			 d.message.length[LANG_EN]},
			{d.message.list[LANG_ZH], d.message.n,
			 d.message.length[LANG_ZH]},
			{d.evidence, d.n_evidence, d.length},
		};

		record_write_plain_finding(out, &f, texts);
	} else {
		end_draft(c, of->of, &d);
		record_write_finding(out, &f);
	}
	c->making = c->arena;
}

void finding_add_words(struct check *c, const struct rule *rule,
		       const struct finding_place *place, struct str words)
{
	struct bud_finding *f = ARENA_NEW(c->making, struct bud_finding);
	struct str gap = words.n ? STR(": ") : STR("");
	struct str gap_zh = words.n ? STR("：") : STR("");
	void **same = map_put(&c->ids, rule->id); /* no id of a formula's */

	*same = (void *)((uintptr_t)*same + 1);
	f->doc = c->verdict.doc;
	f->rule = rule->id;
	f->kind = FINDING_FAIL;
	f->level = rule->level;
	f->id = str_format(c->arena, "%.*s-%zu", STR_ARG(rule->id),
			   (size_t)(uintptr_t)*same);
	f->message = str_format(c->arena, "%.*s%.*s%.*s", STR_ARG(rule->en),
			       STR_ARG(gap), STR_ARG(words));
	f->message_zh = str_format(c->arena, "%.*s%.*s%.*s", STR_ARG(rule->zh),
				  STR_ARG(gap_zh), STR_ARG(words));
	if (place) {
		f->page = place->page;
		f->line = place->line;
		f->evidence = place->text;
	}
	if (place && place->fact) {
		take_facts(c, f, (const struct check_fact **)&place->fact, 1);
		f->evidence = place->fact->f.text;
	}
	f->plain = false; /* the words need not be a fact's */
	*add_finding(c) = (struct check_finding){
		.id = f->id,
		.kind = f->kind,
		.first = f->n_facts ? f->facts[0] : 0,
		.made = f,
	};
	count(&c->verdict, &(struct judgement){.kind = f->kind,
					       .level = f->level});
}
