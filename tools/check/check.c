/*
 * Every rule is held against every fact that fits its first term. Lists that
 * fell short are looked at again once it is known which sets of parts make
 * their whole elsewhere in the document. Two rules' findings never depend on
 * each other; findings come in the order of the facts they begin with.
 */
#include "check/check.h"

#include <string.h>

#include "base/sort.h"
#include "check/agree.h"
#include "check/blame.h"
#include "check/eval.h"
#include "check/finding.h"
#include "check/held.h"
#include "check/label.h"
#include "check/order.h"
#include "check/resolve.h"
#include "check/split.h"
#include "check/trust.h"
#include "check/within.h"
#include "check/words.h"

struct run {
	struct check *c;
	struct proven proven;
	struct map seen; /* rule and facts of the instances kept */
	struct held_rules held;
	struct instance *list;
	size_t n, cap;
};

void check_begin(struct check *c, struct arena *a, const struct rules *rules,
		 struct check_labels *labels)
{
	*c = (struct check){
		.rules = rules, .labels = labels, .arena = a, .making = a};
	known_begin(label_known(labels), rules);
	facts_init(&c->facts, a, label_known(labels));
}

void check_release(struct check *c)
{
	facts_release(&c->facts);
	map_release(&c->ids);
}

static bool is_sane(const struct bud_fact *f)
{
	return facts_may_be(f->value) && f->quantum >= 0 &&
	       facts_may_be(f->quantum);
}

void check_take_fact(struct check *c, const struct bud_fact *f)
{
	if (is_sane(f))
		facts_add(&c->facts, f);
	if (f->n > c->last_n && f->n < FACTS_MOST)
		c->last_n = f->n;
	if (!c->verdict.doc.n)
		c->verdict.doc = f->doc;
}

void check_take_residue(struct check *c, const struct bud_residue *r)
{
	facts_add_residue(&c->facts, r);
	if (r->n > c->last_n)
		c->last_n = r->n;
	if (!c->verdict.doc.n)
		c->verdict.doc = r->doc;
}

void check_take_mark(struct check *c, const struct bud_mark *m)
{
	c->marks = arena_grow(c->arena, c->marks, &c->cap_marks,
			      c->n_marks + 1, sizeof *c->marks);
	c->marks[c->n_marks++] = *m;
}

static bool in_region(const struct rule *rule, struct str region)
{
	struct str rest = rule->regions, one;

	if (!rest.n)
		return true;
	while (str_split(&rest, ' ', &one))
		if (one.n && str_starts(region, one))
			return true;
	return false;
}

/* Room for two instances behind those that are kept. */
static struct instance *make_room(struct run *r)
{
	r->list = arena_grow_raw(r->c->arena, r->list, &r->cap, r->n + 2,
				 sizeof *r->list);
	return &r->list[r->n];
}

/* Holds a form that is no identity against a fact, and keeps what it tells. */
static void run_other(struct run *r, const struct rule *rule,
		      const struct formula *form,
		      const struct check_fact *anchor)
{
	struct instance *in = make_room(r);

	if (form->relation == RELATION_AGREE
		    ? agree_facts(&r->c->facts, rule, form, anchor, in)
		    : within_facts(&r->c->facts, rule, form, anchor, in)) {
		eval_note_facts(&r->c->facts, in);
		r->n++;
	}
}

/* Whether the rule is for documents like this one. */
static bool is_meant(const struct check *c, const struct rule *rule)
{
	if (rule->document != PHASE_NONE &&
	    rule->document != c->document.phase)
		return false;
	if (rule->kinds.n && c->document.entity_kind.n &&
	    !check_match(rule->kinds, c->document.entity_kind))
		return false;
	return in_region(rule, c->document.region);
}

/* ---- identities ------------------------------------------------------- */

static int compare_n(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Whether the rule of the instance is held against another of its facts, or
 * may be against one of the same number. */
static bool is_shared(const struct run *r, const struct instance *in)
{
	if (r->c->facts.disordered)
		return true;
	for (size_t i = 0; i < in->n_facts; i++) {
		const struct check_fact *f = in->facts[i];

		if (f != in->anchor &&
		    r->held.at[f->point].rule == in->rule)
			return true;
	}
	return false;
}

/* Whether the rule, the one that is being run, was held against these very
 * facts before: beginning with another of them, as it begins with each once. */
static bool is_seen(struct run *r, const struct instance *in)
{
	size_t n = in->n_facts;
	int64_t *list;
	bool seen;
	void **place;

	if (!is_shared(r, in))
		return false;
	list = arena_alloc_raw(r->c->arena, n * sizeof *list);
	for (size_t i = 0; i < n; i++)
		list[i] = in->facts[i]->f.n;
	sort_short(list, n, sizeof *list, compare_n);
	place = map_put(&r->seen,
			(struct str){(const char *)list, n * sizeof *list});
	seen = *place != NULL;
	*place = r;
	return seen;
}

static bool is_tested(enum outcome o)
{
	return o != OUTCOME_NONE && o != OUTCOME_OPEN;
}

static bool holds(const struct instance *in)
{
	return in->outcome == OUTCOME_EXACT || in->outcome == OUTCOME_ROUNDING;
}

/* Whether an instance says more than the best of the forms before. */
static bool is_better(const struct instance *in, const struct instance *best)
{
	return is_tested(in->outcome) ? !best || !is_tested(best->outcome)
				      : in->outcome == OUTCOME_OPEN && !best;
}

/*
 * The forms of a rule are one identity: the first that holds, else the first
 * that can be tested; NULL for none. It stands in the room behind the instances
 * that are kept, or in *spare.
 */
static struct instance *find_best(struct run *r, const struct held *held,
				  const struct check_fact *anchor,
				  struct instance *spare)
{
	const struct rule *rule = held->rule;
	struct instance *room = make_room(r), *best = NULL;

	for (size_t i = 0; i < rule->n_forms; i++) {
		const struct formula *form = &rule->forms[i];
		struct instance *in = best == room ? room + 1 : room;

		if (!(held->forms & class_form(i)) ||
		    form->relation == RELATION_REQUIRE ||
		    (i >= 63 &&
		     !resolve_point(&r->c->facts, rule, form, anchor)))
			continue;
		if (!rule_is_identity(form)) {
			/* which takes the room */
			if (best && best != spare)
				best = memcpy(spare, best, sizeof *spare);
			run_other(r, rule, form, anchor);
			room = make_room(r);
			continue;
		}
		in->rule = rule;
		in->form = form;
		in->anchor = anchor;
		in->terms = held->terms + form->first_term;
		eval_form(&r->c->facts, NULL, in);
		if (holds(in))
			return in;
		if (is_better(in, best))
			best = in;
	}
	return best;
}

static void run_rule(struct run *r, const struct held *held,
		     const struct check_fact *anchor)
{
	struct check_facts *fs = &r->c->facts;
	struct instance spare, *best = find_best(r, held, anchor, &spare);

	/* that one amount alone keeps within a bound is nothing to tell */
	if (!best || (holds(best) && !best->known))
		return;
	eval_note_facts(fs, best);
	if (is_seen(r, best))
		return;
	if (best != &r->list[r->n])
		r->list[r->n] = *best;
	r->n++;
}

static void weigh(const struct check_facts *fs, struct instance *in)
{
	enum trust trust = TRUST_FULL;

	if (in->outcome == OUTCOME_FAIL) {
		trust = trust_failure(fs, in);
		in->doubted = trust_doubt(in);
	}
	if (trust == TRUST_NONE)
		in->outcome = OUTCOME_SHORT;
	in->certain = trust == TRUST_FULL && !in->doubted;
}

/* Holds a rule against the facts, in reading order. */
static void run_facts(struct run *r, size_t k)
{
	const struct check_facts *fs = &r->c->facts;
	const struct rule *rule = r->c->rules->list[k];
	uint64_t *facts = r->held.facts;

	if (!held_find(&r->held, k))
		return;
	map_clear(&r->seen);
	for (size_t i = 0; i <= fs->n / 64; i++)
		for (; facts[i]; facts[i] &= facts[i] - 1) {
			size_t at = i * 64 +
				    (size_t)__builtin_ctzll(facts[i]);
			const struct check_fact *f = fs->list[at];

			if (resolve_fact(fs, rule, f))
				run_rule(r, &r->held.at[f->point],
					 f);
		}
}

/* Looks again at lists that fell short, of the n instances of a rule: what made
 * its whole for one of them does for another. */
static void run_again(struct run *r, struct instance *list, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n && !any; i++)
		any = list[i].outcome == OUTCOME_SHORT;
	for (size_t i = 0; i < n && any; i++)
		if (holds(&list[i]))
			eval_remember(&r->c->facts, &r->proven, &list[i]);
	for (size_t i = 0; i < n && any; i++)
		if (list[i].outcome == OUTCOME_SHORT) {
			eval_form(&r->c->facts, &r->proven, &list[i]);
			eval_note_facts(&r->c->facts, &list[i]);
		}
}

void check_run(struct check *c)
{
	struct run r = {.c = c, .proven = {.arena = c->arena}};

	if (c->document.doc.n)
		c->verdict.doc = c->document.doc;
	c->facts.entity = c->document.entity;
	c->facts.year = c->document.year;
	split_note(&c->facts);
	held_begin(&r.held, &c->facts, c->rules);
	/* mostly there are less than two instances for a fact */
	r.cap = c->facts.n * 2 + 2;
	r.list = arena_alloc_raw(c->arena, r.cap * sizeof *r.list);
	for (size_t k = 0; k < c->rules->n; k++) {
		const struct rule *rule = c->rules->list[k];
		size_t from = r.held.from[k];

		if (rule->across || r.held.is_void[k] || !is_meant(c, rule))
			continue;
		words_run(c, rule, &r.held.classes[from],
			  r.held.from[k + 1] - from);
		run_facts(&r, k);
	}
	for (size_t i = 0, end; i < r.n; i = end) {
		for (end = i + 1;
		     end < r.n && r.list[end].rule == r.list[i].rule;)
			end++;
		run_again(&r, r.list + i, end - i);
	}
	trust_note(r.list, r.n, &c->facts);
	for (size_t i = 0; i < r.n; i++)
		weigh(&c->facts, &r.list[i]);
	blame_gather(&c->facts, r.list, r.n);
	for (size_t i = 0; i < r.n; i++)
		if (!r.list[i].gathered)
			finding_add(c, &r.list[i]);
	c->instances = r.list;
	c->n_instances = r.n;
	map_release(&r.proven.sets);
	map_release(&r.seen);
	order_findings(c);
}
