/*
 * Comparators: 比2022年, 较上年决算数, 与年初预算相比, 同比. The words 与, 同 and 和
 * join things as well; they compare only before a year or a phase.
 */
#include "extract/walk.h"

/* One word of a comparator; false when it does not belong to one. */
static bool take_word(const struct narrative *n, const struct token *t,
		      struct versus *v)
{
	if (t->kind == TOKEN_YEAR || t->kind == TOKEN_DATE) {
		v->year = t->year;
		return true;
	}
	if (t->kind != TOKEN_TERM)
		return false;
	switch (t->term->class) {
	case TERM_STOCK: /* 比上年末 */
		if (!t->term->year)
			return false;
		/* fall through */
	case TERM_YEAR:
		v->year = n->x->year ? n->x->year + t->term->year : 0;
		v->relative = t->term->year;
		return true;
	case TERM_NOUN:
		if (t->term->phase && (!t->term->n_items || t->term->generic))
			v->phase = t->term->phase;
		/* 上年支出, 2022年收入总计: what is compared, said again */
		return t->term->phase || t->term->n_items || t->term->fund.n ||
		       t->term->total;
	case TERM_FILLER:
	case TERM_ORG:
		return true;
	default:
		return false;
	}
}

static bool is_words(const struct token *t, enum term_class class)
{
	return t->kind == TOKEN_TERM && t->term->class == class;
}

/* 公务用车购置和因公出国（境）经费预算: a thing behind 和 is no comparator. */
static bool joins_things(const struct narrative *n, size_t i)
{
	static const struct str WORDS[] = {STR_INIT("和"), STR_INIT("与"),
					   STR_INIT("同"), STR_INIT("跟")};
	const struct token *t = n->list.t;

	if (i + 1 >= n->list.n || !is_words(&t[i + 1], TERM_NOUN) ||
	    !t[i + 1].term->n_items || t[i + 1].term->generic ||
	    t[i].kind != TOKEN_TERM)
		return false;
	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (str_equal(t[i].term->text, WORDS[k]))
			return true;
	return false;
}

size_t versus_read(const struct narrative *n, size_t i, struct versus *v)
{
	const struct token *t = n->list.t;
	size_t k = i + 1;
	bool found = false, joins;

	*v = (struct versus){0};
	if (is_words(&t[i], TERM_YOY)) {
		v->set = true;
		v->year = n->x->year ? n->x->year - 1 : 0;
		v->relative = -1;
		return i + 1;
	}
	joins = joins_things(n, i);
	for (; k < n->list.n && k < i + 10; k++) {
		struct versus next = *v;

		if (!take_word(n, &t[k], &next))
			break;
		*v = next;
		found = found || v->year || v->phase;
	}
	/* 较年初预算数…: nouns behind the last year or phase stay outside, so
	 * 比上年一般公共预算支出增加 is read as one all the same. */
	if (!found || (joins && !(k < n->list.n &&
				  (is_words(&t[k], TERM_VERSUS_END) ||
				   is_words(&t[k], TERM_SAME)))))
		return i;
	if (k < n->list.n && is_words(&t[k], TERM_VERSUS_END))
		k++;
	else if (k < n->list.n && (is_words(&t[k], TERM_VERSUS) &&
				   t[k].chars == 1))
		k++; /* 与上年比 */
	v->set = true;
	return k;
}

/* Behind a comparator, 、上年决算 or 及上年决算 is a second one: the index behind
 * it. */
static size_t take_second_versus(struct narrative *n, size_t i)
{
	enum { LONGEST = 2 }; /* characters */
	static const struct str JOINS[] = {STR_INIT("和"), STR_INIT("及"),
					   STR_INIT("与"), STR_INIT("以及")};
	bool joins = i < n->list.n && n->list.t[i].kind == TOKEN_PUNCT &&
		     n->list.t[i].punct == 0x3001;
	struct versus v;
	size_t behind;

	if (i < n->list.n && n->list.t[i].kind == TOKEN_TERM &&
	    n->list.t[i].chars <= LONGEST)
		for (size_t k = 0; k < sizeof JOINS / sizeof *JOINS; k++)
			joins |= str_equal(n->list.t[i].term->text, JOINS[k]);
	if (!joins)
		return i;
	behind = versus_read(n, i, &v);
	if (behind > i)
		n->versus_also = v;
	return behind;
}

void walk_take_versus(struct narrative *n, const struct token *t)
{
	struct versus v;
	size_t behind = versus_read(n, n->i, &v);

	if (behind == n->i) { /* 与, 和: joins */
		if (!subject_is_time(&n->np.subject) &&
		    n->n_alts < MAX_ALTERNATIVES &&
		    n->relation == RELATION_LEVEL) {
			n->alts[n->n_alts++] = n->np.subject;
			subject_begin(&n->np.subject);
		}
		return;
	}
	if (n->mode == MODE_PURPOSE) {
		walk_end_reason(n, t->start);
		walk_clear_phrase(n, t->start);
	}
	/* 与上年收支总计相比，减少X: what is compared is the subject */
	for (size_t k = n->i + 1; k < behind; k++)
		if (n->list.t[k].kind == TOKEN_TERM &&
		    n->list.t[k].term->n_items > 1 && !n->n_alts &&
		    n->mode == MODE_PLAIN && subject_is_time(&n->np.subject))
			subject_add(&n->np.subject, n->list.t[k].term);
	n->versus = v;
	behind = take_second_versus(n, behind);
	n->versus_open = true;
	n->unknown_verb = false;
	n->versus_clause = true;
	n->i = behind - 1;
	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE)
		n->relation = RELATION_LEVEL;
}
