/* The numbers are written once, then put between the words of each language. */
#include "check/say.h"

enum { MAX_SHOWN = 24 };

/* ---- numbers ------------------------------------------------------------ */

struct show {
	struct check *c;
	const struct instance *in;
	struct buf *out;
	size_t binding; /* the next one, left to right */
};

/* Many findings show the same fact. */
static char *put_fact_value(struct show *s, char *p, const struct check_fact *f)
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

static void put_binding(struct show *s)
{
	const struct binding *b = &s->in->bindings[s->binding++];
	char *p;

	if (!b->n) {
		buf_putc(s->out, b->node->term.optional ? '0' : '?');
		return;
	}
	buf_reserve(s->out, MOST_BINDING);
	p = s->out->p + s->out->n;
	for (size_t i = 0; i < b->n; i++) {
		bool negative = i && b->facts[i]->f.value < 0;

		if (i == MAX_SHOWN) {
			p = put(p, STR(" + …"));
			break;
		}
		if (i)
			p = put(p, STR(" + "));
		if (negative)
			*p++ = '(';
		p = put_fact_value(s, p, b->facts[i]);
		if (negative)
			*p++ = ')';
	}
	s->out->n = (size_t)(p - s->out->p);
}

static void put_pair(struct show *s, const struct node *n, bool inner);

static inline void put_node(struct show *s, const struct node *n, bool inner)
{
	if (n->kind == NODE_TERM || n->kind == NODE_SUM)
		put_binding(s);
	else
		put_pair(s, n, inner);
}

/* What is put together, and a number of the rule. */
static void put_pair(struct show *s, const struct node *n, bool inner)
{
	static const char *const SIGNS[] = {
		[NODE_ADD] = " + ",
		[NODE_SUBTRACT] = " - ",
		[NODE_MULTIPLY] = " × ",
		[NODE_DIVIDE] = " ÷ ",
	};
	int64_t value;
	bool product;

	if (n->kind == NODE_NUMBER) {
		if (ratio_round(n->number, 100, &value))
			buf_printf(s->out, "%d%%", (int)value);
		return;
	}
	product = n->kind == NODE_MULTIPLY || n->kind == NODE_DIVIDE;
	if (inner)
		buf_putc(s->out, '(');
	put_node(s, n->left, product);
	buf_puts(s->out, SIGNS[n->kind]);
	put_node(s, n->right, product || n->kind == NODE_SUBTRACT);
	if (inner)
		buf_putc(s->out, ')');
}

static struct str sign_of(const struct instance *in)
{
	bool most = in->form->relation == RELATION_AT_MOST;

	switch (in->outcome) {
	case OUTCOME_EXACT:
		return most ? STR(" ≤ ") : STR(" = ");
	case OUTCOME_ROUNDING:
		return STR(" ≈ ");
	case OUTCOME_SHORT:
	case OUTCOME_OPEN:
		return STR(" ? ");
	default:
		return most ? STR(" > ") : STR(" ≠ ");
	}
}

/* The quantum that a difference is shown in. */
static int64_t shown_quantum(const struct instance *in)
{
	return in->unit == in->anchor->f.unit ? in->anchor->f.quantum : 100;
}

static void put_equation(struct show *s, const struct bud_finding *f)
{
	const struct instance *in = s->in;

	put_node(s, in->form->left, false);
	buf_put_str(s->out, sign_of(in));
	put_node(s, in->form->right, false);
	if (f->has_values && in->outcome != OUTCOME_EXACT &&
	    in->form->right->kind != NODE_TERM) {
		buf_puts(s->out, " = ");
		label_put_value(s->out, f->expected, shown_quantum(in),
				in->unit);
	}
}

static void put_agreement(struct show *s)
{
	const struct binding *b = s->in->bindings;

	for (size_t i = 0; i < b->n && i < MAX_SHOWN; i++) {
		if (i > 1 && b->facts[i]->f.value == b->facts[i - 1]->f.value)
			continue;
		if (i)
			buf_put_str(s->out, i > 1 ? STR(", ") : sign_of(s->in));
		buf_reserve(s->out, LABEL_MOST_VALUE);
		s->out->n = (size_t)(put_fact_value(s, s->out->p + s->out->n,
						    b->facts[i]) -
				     s->out->p);
	}
}

/* What was put since the end of the text before it; the place comes later, as
 * the buffer may move. */
static void take(const struct buf *b, struct str *out, size_t *from)
{
	*out = (struct str){NULL, b->n - *from};
	*from = b->n;
}

static void place(const char **p, struct str *s)
{
	s->p = *p;
	*p += s->n;
}

static void put_blame(struct buf *b, const struct blame *blame, struct say *out,
		      size_t *from)
{
	const struct bud_fact *f = &blame->fact->f;

	label_put_value(b, f->value, f->quantum, f->unit);
	take(b, &out->wrong, from);
	label_put_value(b, blame->fits, f->quantum, f->unit);
	take(b, &out->fits, from);
	buf_put_int(b, (int64_t)blame->n_others);
	take(b, &out->others, from);
}

void say_numbers(struct check *c, const struct instance *in,
		 const struct bud_finding *f, struct say *out)
{
	struct buf *b = label_numbers(c->labels);
	struct show s = {c, in, b, 0};
	bool agreement = in->form->relation == RELATION_AGREE;
	const char *p;
	size_t from = 0;

	out->difference.n = out->allowance.n = 0;
	out->wrong.n = out->fits.n = out->others.n = 0;
	if (agreement)
		put_agreement(&s);
	else if (in->form->relation == RELATION_WITHIN)
		put_node(&s, in->form->left, false);
	else
		put_equation(&s, f);
	take(b, &out->equation, &from);
	if ((agreement || f->has_values) && in->outcome != OUTCOME_EXACT) {
		label_put_value(b, f->difference, shown_quantum(in), in->unit);
		take(b, &out->difference, &from);
		label_put_value(b, f->tolerance, shown_quantum(in), in->unit);
		take(b, &out->allowance, &from);
	}
	if (in->blame)
		put_blame(b, in->blame, out, &from);
	out->equation.p = b->p;
	if (out->equation.n == b->n)
		return;
	p = b->p;
	place(&p, &out->equation);
	place(&p, &out->difference);
	place(&p, &out->allowance);
	place(&p, &out->wrong);
	place(&p, &out->fits);
	place(&p, &out->others);
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
