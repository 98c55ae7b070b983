/* What an instance came to, its facts and where it points; say.c has the words.
 */
#include "check/finding.h"

#include <stdlib.h>

#include "check/say.h"

enum { MAX_EVIDENCE = 6 };

/* Doubt about the reading makes a failure a note that says so. */
static void soften(struct check *c, struct bud_finding *f,
		   const struct check_fact *of)
{
	const struct str *phrase =
		label_phrase(c->labels, of->f.doubt.n ? PHRASE_DOUBT
						      : PHRASE_APPROX);
	struct str en[] = {f->message, phrase[LANG_EN], of->f.doubt};
	struct str zh[] = {f->message_zh, phrase[LANG_ZH], of->f.doubt};

	f->level = LEVEL_NOTE;
	f->plain = false; /* a doubt may quote */
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

/* The words of the first facts that have some; those of one are its own. */
static struct str evidence_of(struct arena *a, const struct check_fact **facts,
			      size_t n)
{
	static const struct str GAP = STR_INIT(" | ");
	const struct str *list[MAX_EVIDENCE];
	size_t k = 0, all = 0;
	char *text, *p;

	for (size_t i = 0; i < n && k < MAX_EVIDENCE; i++) {
		list[k] = &facts[i]->f.text;
		all += list[k]->n;
		k += list[k]->n != 0;
	}
	if (k < 2)
		return k ? *list[0] : (struct str){NULL, 0};
	all += (k - 1) * GAP.n;
	text = p = arena_alloc_raw(a, all);
	for (size_t i = 0; i < k; i++) {
		if (i) {
			memcpy(p, GAP.p, GAP.n);
			p += GAP.n;
		}
		memcpy(p, list[i]->p, list[i]->n);
		p += list[i]->n;
	}
	return (struct str){text, all};
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
	f->evidence = evidence_of(c->making, facts, n);
	if (c->across)
		take_places(c, f, facts, n);
}

static void take_values(struct bud_finding *f, const struct instance *in)
{
	struct gap g;

	f->has_values = quantity_gap(&in->left, &in->right,
				     facts_scale(in->unit), &g);
	if (!f->has_values)
		return;
	f->actual = g.left;
	f->expected = g.right;
	f->difference = g.difference;
	f->tolerance = g.tolerance;
}

static void set_kind(struct bud_finding *f, const struct rule *rule,
		     enum outcome outcome, bool zero_is_fit)
{
	f->level = LEVEL_NONE;
	switch (outcome) {
	case OUTCOME_EXACT:
	case OUTCOME_ROUNDING:
		f->kind = FINDING_PASS;
		f->rounding = outcome == OUTCOME_ROUNDING;
		break;
	case OUTCOME_TRUNCATION:
		f->kind = FINDING_FAIL;
		f->level = LEVEL_NOTE;
		f->truncation = true;
		break;
	case OUTCOME_FAIL:
		f->kind = FINDING_FAIL;
		f->level = rule->level;
		break;
	case OUTCOME_ZERO:
		f->kind = FINDING_NOT_APPLICABLE;
		if (rule->zero != LEVEL_NONE && !zero_is_fit) {
			f->kind = FINDING_FAIL;
			f->level = rule->zero;
		}
		break;
	default:
		f->kind = FINDING_OPEN;
	}
}

static void keep(struct check *c, const struct check_finding *f)
{
	c->findings = arena_grow_raw(c->arena, c->findings, &c->cap_findings,
				     c->n_findings + 1, sizeof *c->findings);
	c->findings[c->n_findings++] = *f;
}

static void count(struct bud_verdict *v, const struct bud_finding *f)
{
	v->checks++;
	v->passed += f->kind == FINDING_PASS;
	v->rounding += f->rounding;
	v->open += f->kind == FINDING_OPEN;
	v->not_applicable += f->kind == FINDING_NOT_APPLICABLE;
	if (f->kind == FINDING_FAIL) {
		v->failed += f->level == LEVEL_ERROR;
		v->notes += f->level != LEVEL_ERROR;
	}
}

/* The hash of the coordinates' words, the same on every machine. */
static struct str hash_of(struct check *c, struct check_chain *point)
{
	static const char DIGITS[] = "0123456789abcdef";
	struct buf *b = label_scratch(c->labels);
	char *hex;
	uint64_t h;

	if (point->hash.p)
		return point->hash;
	for (int d = 0; d < DIMS; d++) {
		buf_put_str(b, facts_text(&c->facts, point->at[d]));
		buf_putc(b, '\t');
	}
	h = str_hash(buf_str(b));
	hex = arena_alloc_raw(&c->facts.known->arena, 8);
	for (int i = 0; i < 8; i++, h <<= 4)
		hex[i] = DIGITS[h >> 60];
	point->hash = (struct str){hex, 8};
	return point->hash;
}

/* Findings of a rule on coordinates of a hash; of the rule that is at hand. */
struct id_count {
	const struct rule *rule;
	size_t n;
};

static struct id_count *count_of(struct check *c, struct check_chain *point)
{
	struct id_count **count;
	void **place;

	if (!c->counts)
		c->counts = ARENA_ARRAY(c->arena, struct id_count *,
					c->facts.n_points);
	count = &c->counts[point->number];
	if (*count)
		return *count;
	/* two coordinates of one hash count together */
	place = map_put(&c->hashes, hash_of(c, point));
	if (!*place)
		*place = ARENA_NEW(c->arena, struct id_count);
	*count = *place;
	return *count;
}

/* The same rule on the same coordinates has the same id in every run; the
 * second and later ones of a document are numbered. */
static struct str make_id(struct check *c, const struct rule *rule,
			  const struct check_fact *anchor)
{
	struct id_count *count = count_of(c, anchor->chain);
	struct str hash = anchor->chain->hash, id = rule->id;
	char *p, *end;

	if (count->rule != rule)
		*count = (struct id_count){rule, 0};
	count->n++;
	p = arena_alloc_raw(c->arena, id.n + hash.n + STR_MOST_INT + 2);
	memcpy(p, id.p, id.n);
	end = p + id.n;
	*end++ = '-';
	memcpy(end, hash.p, hash.n);
	end += hash.n;
	if (count->n > 1) {
		*end++ = '.';
		end = str_put_int(end, (int64_t)count->n);
	}
	return (struct str){p, (size_t)(end - p)};
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
		struct str message[2];
		struct say numbers;

		if (o->form->relation == RELATION_AGREE)
			take_difference(&other, o);
		else
			take_values(&other, o);
		say_numbers(c, o, &other, &numbers);
		say_message(c, o, &numbers, false, message);
		put_also(en + i * ALSO, !i, o->rule->id, message[LANG_EN]);
		put_also(zh + i * ALSO, !i, o->rule->id, message[LANG_ZH]);
	}
	f->also = say_join(c->making, en, n * ALSO);
	f->also_zh = say_join(c->making, zh, n * ALSO);
}

static struct bud_finding *new_finding(struct check *c, const struct rule *rule,
				       struct str doc)
{
	struct bud_finding *f = ARENA_NEW(c->making, struct bud_finding);

	f->doc = doc;
	f->rule = rule->id;
	return f;
}

/* Kind and level, but for what softens it. */
static void judge(struct bud_finding *f, const struct instance *in)
{
	set_kind(f, in->rule, in->outcome,
		 in->anchor->f.value == 0 || !in->absurd);
}

/* An error that is not believed for sure is a warning. */
static bool is_in_doubt(const struct bud_finding *f, const struct instance *in)
{
	return f->level == LEVEL_ERROR && !in->certain && !in->doubted;
}

/* Whether it becomes a note. */
static bool is_soft(const struct bud_finding *f, const struct instance *in)
{
	return f->kind == FINDING_FAIL && f->level > LEVEL_NOTE && in->doubted;
}

void finding_add(struct check *c, const struct instance *in)
{
	struct check_finding f = {.id = make_id(c, in->rule, in->anchor),
				  .of = in};
	struct bud_finding judged = {0};

	if (!c->across)
		f.first = in->blame ? in->blame->fact->f.n : in->anchor->f.n;
	keep(c, &f);
	judge(&judged, in);
	if (is_in_doubt(&judged, in))
		judged.level = LEVEL_WARNING;
	if (is_soft(&judged, in))
		judged.level = LEVEL_NOTE;
	count(&c->verdict, &judged);
}

static const struct bud_finding *make_finding(struct check *c,
					      const struct check_finding *of)
{
	const struct instance *in = of->of;
	const struct bud_fact *place = place_of(in);
	struct bud_finding *f = new_finding(c, in->rule, in->anchor->f.doc);
	const struct check_fact **facts;
	size_t n = all_facts(c, in, &facts);
	struct str message[2];
	struct say numbers;
	bool in_doubt;

	f->page = place->page;
	f->line = place->line;
	f->id = of->id;
	judge(f, in);
	if (in->form->relation == RELATION_AGREE)
		take_difference(f, in);
	else if (in->form->relation != RELATION_WITHIN &&
		 in->outcome != OUTCOME_OPEN && in->outcome != OUTCOME_ZERO)
		take_values(f, in);
	take_facts(c, f, facts, n);
	in_doubt = is_in_doubt(f, in);
	if (in_doubt)
		f->level = LEVEL_WARNING;
	say_numbers(c, in, f, &numbers);
	say_message(c, in, &numbers, in_doubt, message);
	f->message = message[LANG_EN];
	f->message_zh = message[LANG_ZH];
	f->plain = f->plain && in->rule->plain && !in->blame &&
		   label_is_plain(c->labels, in->anchor);
	add_others(c, f, in);
	if (is_soft(f, in))
		soften(c, f, in->doubted);
	return f;
}

const struct bud_finding *check_finding(struct check *c, size_t i,
					struct arena *a)
{
	const struct check_finding *of = &c->findings[i];
	const struct bud_finding *f;

	if (!of->of)
		return of->made;
	c->making = a;
	f = make_finding(c, of);
	c->making = c->arena;
	return f;
}

void finding_add_words(struct check *c, const struct rule *rule,
		       const struct finding_place *place, struct str words)
{
	struct bud_finding *f = new_finding(c, rule, c->verdict.doc);
	struct str gap = words.n ? STR(": ") : STR("");
	struct str gap_zh = words.n ? STR("：") : STR("");
	void **same = map_put(&c->ids, rule->id); /* no id of a formula's */

	*same = (void *)((uintptr_t)*same + 1);
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
	if (place && place->fact)
		take_facts(c, f, (const struct check_fact **)&place->fact, 1);
	f->plain = false; /* the words need not be a fact's */
	keep(c, &(struct check_finding){
			.id = f->id,
			.first = f->n_facts ? f->facts[0] : 0,
			.made = f,
		});
	count(&c->verdict, f);
}
