/* Amounts on the walk: bases of rates, lists that share a measure word. */
#include "base/decimal.h"
#include "extract/walk.h"

static bool is_approx_before(const struct narrative *n)
{
	return n->i && n->list.t[n->i - 1].kind == TOKEN_TERM &&
	       n->list.t[n->i - 1].term->class == TERM_APPROX;
}

/* X万元的Y%: the amount at i is the base of a rate. */
static bool is_base(const struct narrative *n)
{
	const struct token *t = &n->list.t[n->i];

	return n->i + 2 < n->list.n && t->unit != UNIT_PPM &&
	       t[1].kind == TOKEN_TERM && str_equal(t[1].term->text, STR("的")) &&
	       t[2].kind == TOKEN_AMOUNT && t[2].unit == UNIT_PPM;
}

/* The base of a rate is stated on the way: the rate is of what was named
 * before it. */
__attribute__((noinline)) static void take_base(struct narrative *n,
						struct token *t)
{
	struct mention was = n->last, head = n->head;
	struct subject base = n->np.subject;

	if (n->relation == RELATION_SHARE || n->relation == RELATION_DONE)
		base = n->np.subject = n->whole;
	else
		n->relation = base.phase && subject_is_time(&base)
				      ? RELATION_DONE
				      : RELATION_SHARE;
	n->whole = base;
	n->has_whole = true;
	n->base = true;
	resolve_amount(n, t);
	n->base = false;
	if (was.n)
		n->last = was;
	if (head.n)
		n->head = head;
	walk_clear_phrase(n, t->end);
}

/* X、Y和Z: does the row of amounts go on? */
static bool goes_on(const struct narrative *n)
{
	const struct token *t = &n->list.t[n->i];

	return n->i + 2 < n->list.n && t[2].kind == TOKEN_AMOUNT &&
	       ((t[1].kind == TOKEN_PUNCT && t[1].punct == 0x3001) ||
		(t[1].kind == TOKEN_TERM &&
		 (t[1].term->class == TERM_VERSUS ||
		  t[1].term->class == TERM_FILLER)));
}

/* 单价100万元以上: the words behind name it. */
__attribute__((noinline)) static void take_threshold(struct narrative *n,
						     const struct token *t)
{
	struct phrase was = n->np;

	resolve_amount(n, t);
	n->np = was;
	n->limit = false;
}

void walk_take_amount(struct narrative *n, struct token *t)
{
	bool listed = n->respectively > 0, dirty = n->np.dirty;
	size_t left, words_start = n->np.words_start;

	t->approx |= is_approx_before(n);
	if (is_base(n)) {
		take_base(n, t);
		return;
	}
	if (t->threshold) {
		take_threshold(n, t);
		return;
	}
	left = n->x->out->n_residues;
	resolve_amount(n, t);
	left = n->x->out->n_residues - left;
	if (!listed) {
		bool more = n->i + 1 < n->list.n &&
			    t[1].kind == TOKEN_PUNCT && t[1].punct == 0x3001;

		walk_clear_phrase(n, t->end);
		if (!more)
			n->np.words_start = words_start;
		n->each = false;
		/* “智慧城管二期”项目预算: in the middle of a name */
		n->np.dirty = left && t->unit == UNIT_COUNT && dirty &&
			      n->i + 1 < n->list.n &&
			      t[1].kind == TOKEN_TERM &&
			      t[1].term->class == TERM_NOUN;
	}
	n->none = false;
	n->limit = false;
	if (listed && goes_on(n))
		return; /* 分别占X和Y */
	walk_forget_whole(n);
	/* 减少会议费12.4万元、培训费9.7万元: the verb holds for both */
	if (n->mode != MODE_REASON || n->i + 1 >= n->list.n || t[1].kind != TOKEN_PUNCT || t[1].punct != 0x3001)
		n->relation = RELATION_LEVEL;
	n->versus_open = false;
	n->of_which = false;
}

/* 为0 without a unit is a zero; 增长13.95 lost its percent sign. */
void walk_take_number(struct narrative *n, struct token *t)
{
	const struct token *next =
		n->i + 1 < n->list.n ? &n->list.t[n->i + 1] : NULL;
	int64_t year = t->value / 10000;
	bool ends = !next || next->kind == TOKEN_PUNCT;

	if (next && next->punct == 0x3001 && year >= 1990 && year < 2100 &&
	    n->i + 2 < n->list.n && next[1].kind == TOKEN_YEAR) {
		walk_take_year(n, (int)year);
		return;
	}
	if (t->bare_zero && ends && n->relation == RELATION_LEVEL && n->i &&
	    n->list.t[n->i - 1].kind == TOKEN_TERM &&
	    (n->list.t[n->i - 1].term->class == TERM_FILLER ||
	     n->list.t[n->i - 1].term->class == TERM_EACH ||
	     (n->n_frames && n->list.t[n->i - 1].term->n_items))) {
		resolve_zero(n, t);
		walk_clear_phrase(n, t->end);
		return;
	}
	if (ends && (n->relation == RELATION_UP || n->relation == RELATION_DOWN) &&
	    n->direction != RELATION_LEVEL) {
		resolve_amount(n, t);
		n->relation = RELATION_LEVEL;
		return;
	}
	walk_take_other(n, t);
}

/* 分别为86.00、0、220.00万元: the last one's measure word holds for all. */
void walk_share_measures(struct narrative *n)
{
	struct token *measured = NULL;

	if (!n->list.numbers) /* hardly a paragraph has one */
		return;
	for (size_t i = n->list.n; i-- > 0;) {
		struct token *t = &n->list.t[i];
		int64_t quantum = 0;

		if (t->kind == TOKEN_AMOUNT) {
			measured = t;
		} else if (t->kind == TOKEN_NUMBER && measured &&
			   t[1].kind == TOKEN_PUNCT &&
			   measured->unit == UNIT_FEN && measured->measure) {
			t->kind = TOKEN_AMOUNT;
			t->unit = UNIT_FEN;
			t->measure = measured->measure;
			decimal_muldiv(t->value, t->measure->scale, 10000,
				       &t->value);
			decimal_muldiv(t->quantum, t->measure->scale, 10000,
				       &quantum);
			t->quantum = quantum ? quantum : 1;
		} else if (t->kind != TOKEN_PUNCT || t->punct != 0x3001) {
			measured = NULL;
		}
	}
}
