/*
 * mutate [--every N] [--part K/N] [--missed] FILE...: records of bud-parse, one
 * stated number changed at a time, and what bud-check's rules say of it.
 * --part takes every N-th number of a document from the K-th on, so that
 * several processes share a large one; their rows add up to those of one.
 *
 * A number is a span of the source; where several facts stand on it, all of
 * them change. Three slips of the pen are tried: ten more in its last place,
 * a tenth more, and two neighbouring digits swapped (the first that differ,
 * from a place that goes round with the number). The records are changed, not
 * the text: that the parser reads digits whatever they are is tested
 * elsewhere.
 *
 * Rows by kind, tab-separated: kind, numbers, those in an identity that holds
 * and is closed, mutants, those that break such an identity by more than its
 * allowance, those of them that a new finding of level error names, those
 * named by a new warning instead. What is not understood is in no identity;
 * what the forms of performance promise ("targets") is told apart, for it is
 * no account. Numbers that an error names already are left out of the mutants.
 * --missed tells the mutants that no error names.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/stream.h"
#include "check/again.h"
#include "check/agree.h"
#include "check/check.h"
#include "record/codec.h"

enum { CELLS, AMOUNTS, CHANGES, RATES, COUNTS, RESIDUES, TARGETS, CLASSES };
enum { TEN_MORE, TENTH_MORE, SWAPPED, SLIPS };

static const char *const CLASS[] = {"table cells", "narrative amounts",
				    "changes", "percentages", "counts",
				    "not understood", "targets"};
static const char *const SLIP[] = {"+10", "x1.1", "swap"};

struct row {
	size_t numbers, tied, mutants, broken, errors, warnings;
};

struct document {
	struct bud_document head;
	struct bud_fact *facts;
	size_t n, cap;
	struct bud_residue *residues;
	size_t n_residues, cap_residues;
};

struct mutate {
	struct rules rules;
	struct check_labels *labels;
	struct arena arena; /* of rules and labels */
	struct arena each;  /* of one mutant */
	size_t every, part, parts;
	size_t numbers, seen; /* of all numbers; of those to be changed */
	bool missed;
	struct row rows[CLASSES];
};

/* ---- one check -------------------------------------------------------- */

static bool holds(const struct instance *in)
{
	return in->outcome == OUTCOME_EXACT || in->outcome == OUTCOME_ROUNDING;
}

static void run(const struct mutate *m, const struct document *d,
		struct arena *a, struct check *c)
{
	check_begin(c, a, &m->rules, m->labels);
	c->document = d->head;
	for (size_t i = 0; i < d->n; i++)
		check_take_fact(c, &d->facts[i]);
	for (size_t i = 0; i < d->n_residues; i++)
		check_take_residue(c, &d->residues[i]);
	check_run(c);
	for (size_t i = 0; i < c->n_instances; i++)
		if (c->instances[i].has_list && holds(&c->instances[i]))
			c->instances[i].closed = eval_is_closed(
				&c->facts, &c->instances[i]);
	/* those of the document are looked at while others are checked */
	for (size_t i = 0; i < c->n_findings; i++)
		c->findings[i] = (struct check_finding){
			.made = check_finding(c, i, a)};
}

static bool names(const struct bud_finding *f, int64_t n)
{
	for (size_t i = 0; i < f->n_facts; i++)
		if (f->facts[i] == n)
			return true;
	return false;
}

/* Ids of the same coordinates are numbered as they come, so the facts tell. */
static bool is_old(const struct check *base, const struct bud_finding *f)
{
	for (size_t i = 0; i < base->n_findings; i++) {
		const struct bud_finding *b = base->findings[i].made;

		if (b->level == f->level && b->n_facts == f->n_facts &&
		    str_equal(b->rule, f->rule) &&
		    !memcmp(b->facts, f->facts, f->n_facts * sizeof *f->facts))
			return true;
	}
	return false;
}

/* The level of the worst failure that names the fact and is new. */
static enum level worst(const struct check *base, const struct check *c,
			int64_t n)
{
	enum level worst = LEVEL_NONE;

	for (size_t i = 0; i < c->n_findings; i++) {
		const struct bud_finding *f = c->findings[i].made;

		if (f->kind == FINDING_FAIL && f->level > worst &&
		    names(f, n) && (!base || !is_old(base, f)))
			worst = f->level;
	}
	return worst;
}

/* ---- one mutant ------------------------------------------------------- */

/* The facts of one number: those on one span. */
struct number {
	size_t first, n; /* facts by index; the rest follow, maybe apart */
	size_t at[8];
	int class;
};

static bool same_place(const struct bud_fact *a, const struct bud_fact *b)
{
	return a->span_start >= 0 && a->span_start == b->span_start &&
	       a->span_end == b->span_end && a->value == b->value;
}

static int class_of(const struct bud_fact *f)
{
	if (f->unit == UNIT_COUNT)
		return COUNTS;
	if (f->origin == ORIGIN_TABLE)
		return CELLS;
	return f->unit == UNIT_PPM	   ? RATES
	       : f->at.kind == KIND_CHANGE ? CHANGES
					   : AMOUNTS;
}

static bool find_number(const struct document *d, size_t i, struct number *out)
{
	const struct bud_fact *f = &d->facts[i];

	*out = (struct number){.first = i, .class = class_of(f)};
	if (f->origin != ORIGIN_TEXT && f->origin != ORIGIN_TABLE)
		return false;
	for (size_t k = 0; k < d->n; k++) {
		if (k != i && !same_place(f, &d->facts[k]))
			continue;
		if (k < i)
			return false; /* it was met before */
		if (out->n < sizeof out->at / sizeof *out->at)
			out->at[out->n++] = k;
	}
	return true;
}

static int64_t swap_digits(int64_t digits, size_t from)
{
	char text[32];
	size_t n = (size_t)snprintf(text, sizeof text, "%lld",
				    (long long)digits);

	for (size_t k = 0; k + 1 < n; k++) {
		size_t i = (from + k) % (n - 1);

		if (text[i] != text[i + 1]) {
			char t = text[i];

			text[i] = text[i + 1];
			text[i + 1] = t;
			return atoll(text);
		}
	}
	return digits;
}

/* Another value, or the same where the slip changes nothing. */
static int64_t mutate_value(const struct bud_fact *f, int slip, size_t turn)
{
	int64_t quantum = f->quantum > 1 ? f->quantum : 1;
	int64_t sign = f->value < 0 ? -1 : 1, digits = sign * f->value / quantum;

	if (slip == TEN_MORE)
		digits += 10;
	else if (slip == TENTH_MORE)
		digits = (digits * 11 + 5) / 10;
	else
		digits = swap_digits(digits, turn);
	return sign * digits * quantum;
}

/* The facts are in the order of their numbers, unless one was passed over. */
static struct check_fact *fact_of(const struct check *c, int64_t n)
{
	size_t low = 0, high = c->facts.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->facts.list[middle]->f.n < n)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < c->facts.n && c->facts.list[low]->f.n == n)
		return c->facts.list[low];
	for (size_t i = 0; i < c->facts.n; i++)
		if (c->facts.list[i]->f.n == n)
			return c->facts.list[i];
	return NULL;
}

static bool rests_on(const struct instance *in, const struct check_fact *f)
{
	if (in->anchor == f)
		return true;
	for (size_t i = 0; i < in->n_bindings; i++)
		for (size_t k = 0; k < in->bindings[i].n; k++)
			if (in->bindings[i].facts[k] == f)
				return true;
	return false;
}

/* Both sides meet, or what the document does not state may be the rest. */
static bool still_holds(const struct instance *in)
{
	static const struct guess NOTHING = {NULL, 0, false};
	struct quantity left, right;
	int c;

	if (in->form->relation == RELATION_AGREE)
		return agree_again(in, &NOTHING);
	if (!again_sides(in, &NOTHING, &left, &right) ||
	    side_meet_any(&left, &right, in->form->relation))
		return true;
	return ratio_compare(left.point, right.point, &c) &&
	       (c > 0 ? in->lacks_right : in->lacks_left);
}

/* An equation, its list known to be whole or made of several levels that add
 * up to theirs. */
static bool is_closed(const struct instance *in)
{
	size_t parts = 0;

	if (in->form->relation == RELATION_AT_MOST ||
	    in->form->relation == RELATION_WITHIN)
		return false;
	for (size_t i = 0; i < in->n_bindings; i++)
		parts += in->bindings[i].n;
	return !in->has_list || in->closed ||
	       (parts > 2 && in->anchor->f.at.kind == KIND_LEVEL);
}

/* Whether an identity of that rule level holds that the fact is part of; with
 * its value changed: whether one of them does no longer. */
static bool is_tied(const struct check *base, const struct check_fact *f,
		    bool changed)
{
	for (size_t i = 0; i < base->n_instances; i++) {
		const struct instance *in = &base->instances[i];

		if (in->rule->level == LEVEL_ERROR && holds(in) &&
		    is_closed(in) && in->known && rests_on(in, f) &&
		    (!changed || !still_holds(in)))
			return true;
	}
	return false;
}

static void tell(const struct bud_document *d, const struct bud_fact *f,
		 const char *slip, int64_t old, int64_t value,
		 enum level level)
{
	printf("missed\t%.*s\tp%lld l%lld %.*s\tn%lld\t%s\t%lld -> %lld\t%.*s\t"
	       "%.*s\n",
	       STR_ARG(d->members[0].source), (long long)f->page,
	       (long long)f->line, STR_ARG(f->cell), (long long)f->n, slip,
	       (long long)old, (long long)value,
	       STR_ARG(level_name(level)), STR_ARG(f->text));
}

static void set_values(struct document *d, const struct number *w,
		       const struct check *base, int64_t value)
{
	for (size_t k = 0; k < w->n; k++) {
		struct bud_fact *f = &d->facts[w->at[k]];
		struct check_fact *b = fact_of(base, f->n);

		f->value = value;
		if (b)
			b->f.value = value;
	}
}

static void try_slip(struct mutate *m, struct document *d,
		     const struct check *base, const struct number *w, int slip)
{
	const struct bud_fact *f = &d->facts[w->first];
	int64_t old = f->value, value = mutate_value(f, slip, w->first);
	struct row *row = &m->rows[w->class];
	struct check c;
	enum level level = LEVEL_NONE;
	bool broken = false;

	if (value == old)
		return;
	row->mutants++;
	set_values(d, w, base, value);
	for (size_t k = 0; k < w->n; k++)
		broken = broken ||
			 is_tied(base, fact_of(base, d->facts[w->at[k]].n),
				 true);
	run(m, d, &m->each, &c);
	for (size_t k = 0; k < w->n; k++) {
		enum level one = worst(base, &c, d->facts[w->at[k]].n);

		level = one > level ? one : level;
	}
	if (broken) {
		row->broken++;
		row->errors += level == LEVEL_ERROR;
		row->warnings += level == LEVEL_WARNING;
		if (m->missed && level != LEVEL_ERROR)
			tell(&d->head, f, SLIP[slip], old, value,
			     level);
	}
	set_values(d, w, base, old);
	check_release(&c);
	arena_reset(&m->each);
}

static void mutate_document(struct mutate *m, struct document *d)
{
	struct arena a = {0};
	struct check base;

	run(m, d, &a, &base);
	for (size_t i = 0; !m->part && i < d->n_residues; i++)
		m->rows[str_equal(d->residues[i].why, STR("target"))
				? TARGETS
				: RESIDUES].numbers++;
	for (size_t i = 0; i < d->n; i++) {
		struct number w;
		bool tied = false, named = false;

		if (!find_number(d, i, &w) ||
		    m->numbers++ % m->parts != m->part)
			continue;
		m->rows[w.class].numbers++;
		for (size_t k = 0; k < w.n; k++) {
			const struct bud_fact *f = &d->facts[w.at[k]];
			const struct check_fact *b = fact_of(&base, f->n);

			tied = tied || (b && is_tied(&base, b, false));
			named = named || worst(NULL, &base, f->n) == LEVEL_ERROR;
		}
		m->rows[w.class].tied += tied;
		if (!tied || named || m->seen++ % m->every)
			continue;
		for (int slip = 0; slip < SLIPS; slip++)
			try_slip(m, d, &base, &w, slip);
	}
	check_release(&base);
	arena_release(&a);
}

/* ---- reading ---------------------------------------------------------- */

static void take_line(struct arena *a, struct document *d, struct str line)
{
	struct record r;
	const char *error;
	struct str detail;

	if (record_read(a, line, &r, &error, &detail))
		return;
	if (r.type == RECORD_FACT) {
		d->facts = arena_grow(a, d->facts, &d->cap, d->n + 1,
				      sizeof *d->facts);
		d->facts[d->n++] = r.fact;
	} else if (r.type == RECORD_RESIDUE) {
		d->residues = arena_grow(a, d->residues, &d->cap_residues,
					 d->n_residues + 1,
					 sizeof *d->residues);
		d->residues[d->n_residues++] = r.residue;
	}
}

static bool mutate_file(struct mutate *m, const char *name)
{
	struct arena a = {0};
	struct document d = {0};
	struct reader in;
	struct str line;
	struct record r;
	const char *error;
	struct str detail;

	if (reader_open(&in, name))
		return false;
	while (reader_line(&in, &line) == 1) {
		if (!str_starts(line, STR("{\"type\":\"document\""))) {
			take_line(&a, &d, line);
			continue;
		}
		if (d.n)
			mutate_document(m, &d);
		arena_reset(&a);
		d = (struct document){0};
		if (!record_read(&a, line, &r, &error, &detail))
			d.head = r.document;
	}
	if (d.n)
		mutate_document(m, &d);
	reader_close(&in);
	arena_release(&a);
	return true;
}

int main(int argc, char **argv)
{
	struct mutate m = {.every = 1, .parts = 1};
	struct share share;
	struct messages messages = {.share = &share};
	int status = 0;

	/* thousands of checks: keep the memory of the last one at hand */
	mallopt(M_MMAP_THRESHOLD, 1 << 28);
	mallopt(M_TRIM_THRESHOLD, 1 << 28);
	share_open(&share, NULL);
	if (check_load_rules(&m.rules, &m.arena, &messages))
		return 1;
	m.labels = check_load_labels(&m.arena, &share);
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--missed"))
			m.missed = true;
		else if (!strcmp(argv[i], "--every") && i + 1 < argc)
			m.every = (size_t)atoi(argv[++i]);
		else if (!strcmp(argv[i], "--part") && i + 1 < argc)
			status = sscanf(argv[++i], "%zu/%zu", &m.part,
					&m.parts) != 2 || !m.parts;
		else if (status || !mutate_file(&m, argv[i]))
			status = 1;
	}
	for (int i = 0; i < CLASSES; i++)
		printf("row\t%s\t%zu\t%zu\t%zu\t%zu\t%zu\t%zu\n", CLASS[i],
		       m.rows[i].numbers, m.rows[i].tied, m.rows[i].mutants,
		       m.rows[i].broken, m.rows[i].errors, m.rows[i].warnings);
	check_free_labels(m.labels);
	arena_release(&m.arena);
	arena_release(&m.each);
	share_close(&share);
	return status;
}
