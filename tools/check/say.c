/* The numbers are written once, then put between the words of each language. */
#include "check/say.h"

enum { MAX_SHOWN = 24, MAX_PARTS = 24 };

/* ---- numbers ------------------------------------------------------------ */

struct show {
	struct check *c;
	const struct instance *in;
	struct buf *out;
	size_t binding; /* the next one, left to right */
};

/* Many findings show the same fact. */
static void put_fact_value(struct show *s, const struct check_fact *f)
{
	struct str *shown = &s->c->facts.list[f->index]->shown;
	size_t start = s->out->n;

	if (shown->n) {
		buf_put_str(s->out, *shown);
		return;
	}
	label_put_value(s->out, f->f.value, f->f.quantum, f->f.unit);
	*shown = str_copy(s->c->arena,
			  str_slice(buf_str(s->out), start, s->out->n));
}

static void put_binding(struct show *s)
{
	const struct binding *b = &s->in->bindings[s->binding++];

	if (!b->n) {
		buf_putc(s->out, b->node->term.optional ? '0' : '?');
		return;
	}
	for (size_t i = 0; i < b->n; i++) {
		const struct bud_fact *f = &b->facts[i]->f;

		if (i == MAX_SHOWN) {
			buf_puts(s->out, " + …");
			break;
		}
		if (i)
			buf_puts(s->out, " + ");
		if (i && f->value < 0)
			buf_putc(s->out, '(');
		put_fact_value(s, b->facts[i]);
		if (i && f->value < 0)
			buf_putc(s->out, ')');
	}
}

static void put_node(struct show *s, const struct node *n, bool inner)
{
	static const char *const SIGNS[] = {
		[NODE_ADD] = " + ",
		[NODE_SUBTRACT] = " - ",
		[NODE_MULTIPLY] = " × ",
		[NODE_DIVIDE] = " ÷ ",
	};
	int64_t value;
	bool product;

	if (n->kind == NODE_TERM || n->kind == NODE_SUM) {
		put_binding(s);
		return;
	}
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

static const char *sign_of(const struct instance *in)
{
	switch (in->outcome) {
	case OUTCOME_EXACT:
		return in->form->relation == RELATION_AT_MOST ? " ≤ " : " = ";
	case OUTCOME_ROUNDING:
		return " ≈ ";
	case OUTCOME_SHORT:
	case OUTCOME_OPEN:
		return " ? ";
	default:
		return in->form->relation == RELATION_AT_MOST ? " > " : " ≠ ";
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
	buf_puts(s->out, sign_of(in));
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
			buf_puts(s->out, i > 1 ? ", " : sign_of(s->in));
		put_fact_value(s, b->facts[i]);
	}
}

static struct str value_of(struct check *c, int64_t value, int64_t quantum,
			   enum unit unit)
{
	struct buf *b = label_scratch(c->labels);

	label_put_value(b, value, quantum, unit);
	return str_copy(c->arena, buf_str(b));
}

void say_numbers(struct check *c, const struct instance *in,
		 const struct bud_finding *f, struct say *out)
{
	struct show s = {c, in, label_scratch(c->labels), 0};
	bool agreement = in->form->relation == RELATION_AGREE;
	const struct blame *b = in->blame;

	*out = (struct say){0};
	if (agreement)
		put_agreement(&s);
	else if (in->form->relation == RELATION_WITHIN)
		put_node(&s, in->form->left, false);
	else
		put_equation(&s, f);
	out->equation = str_copy(c->arena, buf_str(s.out));
	if ((agreement || f->has_values) && in->outcome != OUTCOME_EXACT) {
		out->difference = value_of(c, f->difference, shown_quantum(in),
					   in->unit);
		out->allowance = value_of(c, f->tolerance, shown_quantum(in),
					  in->unit);
	}
	if (!b)
		return;
	out->wrong = value_of(c, b->fact->f.value, b->fact->f.quantum,
			      b->fact->f.unit);
	out->fits = value_of(c, b->fits, b->fact->f.quantum, b->fact->f.unit);
	out->others = str_format(c->arena, "%zu", b->n_others);
}

/* ---- words -------------------------------------------------------------- */

struct parts {
	struct str list[MAX_PARTS];
	size_t n;
};

static void add(struct parts *p, struct str part)
{
	p->list[p->n++] = part;
}

static struct str join(struct arena *a, const struct parts *p)
{
	size_t n = 0;
	char *text, *end;

	for (size_t i = 0; i < p->n; i++)
		n += p->list[i].n;
	text = end = arena_alloc_raw(a, n);
	for (size_t i = 0; i < p->n; i++) {
		if (p->list[i].n)
			memcpy(end, p->list[i].p, p->list[i].n);
		end += p->list[i].n;
	}
	return (struct str){text, n};
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

struct str say_message(struct check *c, const struct instance *in,
		       const struct say *numbers, enum lang lang, bool doubt)
{
	bool zh = lang == LANG_ZH;
	enum phrase remark = remark_of(in);
	struct parts p;

	p.n = 0;
	add(&p, zh ? in->rule->zh : in->rule->en);
	add(&p, zh ? STR("（") : STR(" ("));
	add(&p, label_fact(c->arena, c->labels, lang, in->anchor));
	add(&p, zh ? STR("）：") : STR("): "));
	add(&p, numbers->equation);
	if (in->unit == UNIT_FEN)
		add(&p, label_phrase(c->labels, lang, PHRASE_UNIT));
	if (numbers->difference.n) {
		add(&p, label_phrase(c->labels, lang, PHRASE_DIFFERENCE));
		add(&p, numbers->difference);
		add(&p, label_phrase(c->labels, lang, PHRASE_ALLOWANCE));
		add(&p, numbers->allowance);
	}
	if (remark != PHRASES)
		add(&p, label_phrase(c->labels, lang, remark));
	if (numbers->wrong.n) {
		add(&p, label_phrase(c->labels, lang, PHRASE_BLAME));
		add(&p, numbers->wrong);
		add(&p, STR(" → "));
		add(&p, numbers->fits);
		add(&p, label_phrase(c->labels, lang, PHRASE_BLAME_OTHERS));
		add(&p, numbers->others);
	}
	if (doubt)
		add(&p, label_phrase(c->labels, lang, PHRASE_UNSURE));
	return join(c->arena, &p);
}
