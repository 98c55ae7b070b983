/* The numbers are written once, then put between the words of each language. */
#include "check/say.h"

enum { MAX_SHOWN = 24 };

/* ---- numbers ------------------------------------------------------------ */

struct show {
	struct check *c;
	const struct instance *in;
	size_t binding; /* the next one, left to right */
};

/* Many findings show the same fact. */
static inline char *put_fact_value(struct show *s, char *p,
				   const struct check_fact *f)
{
	struct check_fact *own = s->c->facts.list[f->index];
	char *end;

	if (own->n_shown) {
		memcpy(p, own->shown, FACT_SHOWN); /* of a fixed length */
		return p + own->n_shown;
	}
	end = label_write_value(p, f->f.value, f->f.quantum, f->f.unit);
	if (end - p <= FACT_SHOWN) {
		own->n_shown = (unsigned char)(end - p);
		memcpy(own->shown, p, own->n_shown);
	}
	return end;
}

static inline char *put(char *p, struct str s)
{
	memcpy(p, s.p, s.n);
	return p + s.n;
}

/* What a binding comes to: so many values with what stands between. */
enum { MOST_BINDING = (MAX_SHOWN + 1) * (LABEL_MOST_VALUE + 8) };

static char *put_values(struct show *s, char *p, const struct binding *b)
{
	for (size_t i = 0; i < b->n; i++) {
		bool negative = i && b->facts[i]->f.value < 0;

		if (i == MAX_SHOWN)
			return put(p, STR(" + …"));
		if (i)
			p = put(p, STR(" + "));
		if (negative)
			*p++ = '(';
		p = put_fact_value(s, p, b->facts[i]);
		if (negative)
			*p++ = ')';
	}
	return p;
}

/* Nearly all are one fact. */
static inline char *put_binding(struct show *s, char *p)
{
	const struct binding *b = &s->in->bindings[s->binding++];

	if (b->n == 1)
		return put_fact_value(s, p, b->facts[0]);
	if (b->n)
		return put_values(s, p, b);
	*p = b->node->term.optional ? '0' : '?';
	return p + 1;
}

static char *put_pair(struct show *s, char *p, const struct node *n,
		      bool inner);

static inline char *put_node(struct show *s, char *p, const struct node *n,
			     bool inner)
{
	return n->kind == NODE_TERM || n->kind == NODE_SUM
		       ? put_binding(s, p)
		       : put_pair(s, p, n, inner);
}

/* What a node takes beside its bindings: a sign and brackets, or a number. */
enum { MOST_NODE = STR_MOST_INT + 2 };

/* What is put together, and a number of the rule. */
static char *put_pair(struct show *s, char *p, const struct node *n, bool inner)
{
	static const struct str SIGNS[] = {
		[NODE_ADD] = STR_INIT(" + "),
		[NODE_SUBTRACT] = STR_INIT(" - "),
		[NODE_MULTIPLY] = STR_INIT(" × "),
		[NODE_DIVIDE] = STR_INIT(" ÷ "),
	};
	int64_t value;
	bool product;

	if (n->kind == NODE_NUMBER) {
		if (ratio_round(n->number, 100, &value)) {
			p = str_put_int(p, value);
			*p++ = '%';
		}
		return p;
	}
	product = n->kind == NODE_MULTIPLY || n->kind == NODE_DIVIDE;
	if (inner)
		*p++ = '(';
	p = put_node(s, p, n->left, product);
	p = put(p, SIGNS[n->kind]);
	p = put_node(s, p, n->right, product || n->kind == NODE_SUBTRACT);
	if (inner)
		*p++ = ')';
	return p;
}

static inline char *put_sign(char *p, const struct instance *in)
{
	bool most = in->form->relation == RELATION_AT_MOST;

	switch (in->outcome) {
	case OUTCOME_EXACT:
		return most ? put(p, STR(" ≤ ")) : put(p, STR(" = "));
	case OUTCOME_ROUNDING:
		return put(p, STR(" ≈ "));
	case OUTCOME_SHORT:
	case OUTCOME_OPEN:
		return put(p, STR(" ? "));
	default:
		return most ? put(p, STR(" > ")) : put(p, STR(" ≠ "));
	}
}

/* The quantum that a difference is shown in. */
static int64_t shown_quantum(const struct instance *in)
{
	return in->unit == in->anchor->f.unit ? in->anchor->f.quantum : 100;
}

static inline char *put_equation(struct show *s, char *p,
				 const struct bud_finding *f)
{
	const struct instance *in = s->in;

	p = put_node(s, p, in->form->left, false);
	p = put_sign(p, in);
	p = put_node(s, p, in->form->right, false);
	if (f->has_values && in->outcome != OUTCOME_EXACT &&
	    in->form->right->kind != NODE_TERM) {
		p = put(p, STR(" = "));
		p = label_write_value(p, f->expected, shown_quantum(in),
				      in->unit);
	}
	return p;
}

static char *put_agreement(struct show *s, char *p)
{
	const struct binding *b = s->in->bindings;

	for (size_t i = 0; i < b->n && i < MAX_SHOWN; i++) {
		if (i > 1 && b->facts[i]->f.value == b->facts[i - 1]->f.value)
			continue;
		if (i)
			p = i > 1 ? put(p, STR(", ")) : put_sign(p, s->in);
		p = put_fact_value(s, p, b->facts[i]);
	}
	return p;
}

/* What was put last, which ends there. */
static inline char *take(char *from, char *end, struct str *out)
{
	*out = (struct str){from, (size_t)(end - from)};
	return end;
}

static void put_blame(char *p, const struct blame *blame, struct say *out)
{
	const struct bud_fact *f = &blame->fact->f;

	p = take(p, label_write_value(p, f->value, f->quantum, f->unit),
		 &out->wrong);
	p = take(p, label_write_value(p, blame->fits, f->quantum, f->unit),
		 &out->fits);
	take(p, str_put_int(p, (int64_t)blame->n_others), &out->others);
}

void say_numbers(struct check *c, const struct instance *in,
		 const struct bud_finding *f, struct say *out)
{
	enum { MOST_ELSE = 8 * LABEL_MOST_VALUE }; /* the sign, what follows */
	/* a node takes a character of the formula at least */
	char *p = label_numbers(c->labels,
				in->n_bindings * MOST_BINDING +
					in->form->text.n * MOST_NODE + MOST_ELSE);
	struct show s = {c, in, 0};
	bool agreement = in->form->relation == RELATION_AGREE;
	char *end;

	out->difference.n = out->allowance.n = 0;
	out->wrong.n = out->fits.n = out->others.n = 0;
	if (agreement)
		end = put_agreement(&s, p);
	else if (in->form->relation == RELATION_WITHIN)
		end = put_node(&s, p, in->form->left, false);
	else
		end = put_equation(&s, p, f);
	p = take(p, end, &out->equation);
	if ((agreement || f->has_values) && in->outcome != OUTCOME_EXACT) {
		int64_t quantum = shown_quantum(in);

		p = take(p,
			 label_write_value(p, f->difference, quantum, in->unit),
			 &out->difference);
		p = take(p,
			 label_write_value(p, f->tolerance, quantum, in->unit),
			 &out->allowance);
	}
	if (in->blame)
		put_blame(p, in->blame, out);
}

/* ---- words -------------------------------------------------------------- */

struct str say_join(struct arena *a, const struct str *list, size_t n)
{
	size_t all = 0;
	char *text, *end;

	for (size_t i = 0; i < n; i++)
		all += list[i].n;
	text = end = arena_alloc_raw(a, all);
	for (size_t i = 0; i < n; i++) {
		if (list[i].n)
			memcpy(end, list[i].p, list[i].n);
		end += list[i].n;
	}
	return (struct str){text, all};
}

/* What the outcome adds, PHRASES for nothing. */
static enum phrase remark_of(const struct instance *in)
{
	if (in->outcome == OUTCOME_TRUNCATION)
		return PHRASE_TRUNCATED;
	if (in->form->relation == RELATION_AGREE)
		return PHRASES;
	if (in->form->relation == RELATION_WITHIN)
		return in->outcome == OUTCOME_FAIL ? PHRASE_ABSENT
						   : PHRASE_PRESENT;
	return in->outcome == OUTCOME_SHORT  ? PHRASE_SHORT
	       : in->outcome == OUTCOME_OPEN ? PHRASE_MISSING
	       : in->outcome == OUTCOME_ZERO ? PHRASE_ZERO
					     : PHRASES;
}

static inline void add_both(struct say_parts *p, struct str en, struct str zh)
{
	p->list[LANG_EN][p->n] = en;
	p->list[LANG_ZH][p->n] = zh;
	p->length[LANG_EN] += en.n;
	p->length[LANG_ZH] += zh.n;
	p->n++;
}

static void add(struct say_parts *p, struct str part)
{
	add_both(p, part, part);
}

static void add_phrase(struct say_parts *p, struct check *c, enum phrase phrase)
{
	const struct str *text = label_phrase(c->labels, phrase);

	add_both(p, text[LANG_EN], text[LANG_ZH]);
}

void say_message(struct check *c, const struct instance *in,
		 const struct say *numbers, bool doubt, struct say_parts *out)
{
	const struct str *subject = label_subject(c->making, c->labels, in->anchor);
	enum phrase remark = remark_of(in);

	out->n = out->length[LANG_EN] = out->length[LANG_ZH] = 0;
	add_both(out, in->rule->en, in->rule->zh);
	add_both(out, subject[LANG_EN], subject[LANG_ZH]);
	add(out, numbers->equation);
	if (in->unit == UNIT_FEN)
		add_phrase(out, c, PHRASE_UNIT);
	if (numbers->difference.n) {
		add_phrase(out, c, PHRASE_DIFFERENCE);
		add(out, numbers->difference);
		add_phrase(out, c, PHRASE_ALLOWANCE);
		add(out, numbers->allowance);
	}
	if (remark != PHRASES)
		add_phrase(out, c, remark);
	if (numbers->wrong.n) {
		add_phrase(out, c, PHRASE_BLAME);
		add(out, numbers->wrong);
		add(out, STR(" → "));
		add(out, numbers->fits);
		add_phrase(out, c, PHRASE_BLAME_OTHERS);
		add(out, numbers->others);
	}
	if (doubt)
		add_phrase(out, c, PHRASE_UNSURE);
}
