/* The walk over a paragraph's tokens, and from paragraph to paragraph. */
#include "extract/narrative.h"

#include "extract/identity.h"
#include "extract/walk.h"

void narrative_init(struct narrative *n, struct extract *x)
{
	struct mention *mentions[] = {&n->last, &n->money, &n->head, &n->made,
				      &n->outside, &n->reason_of, &n->row};

	/* the mentions are large, and mostly room */
	memset(n, 0, offsetof(struct narrative, last));
	for (size_t i = 0; i < sizeof mentions / sizeof *mentions; i++)
		mention_clear(mentions[i]);
	for (size_t i = 0; i <= OUTLINE_LEVELS; i++)
		mention_clear(&n->heads[i]);
	n->x = x;
}

static void walk(struct narrative *n)
{
	for (n->i = 0; n->i < n->list.n; n->i++) {
		struct token *t = &n->list.t[n->i];

		if (t->kind == TOKEN_TERM) { /* every other one */
			walk_take_term(n, t);
			continue;
		}
		switch (t->kind) {
		case TOKEN_AMOUNT:
			walk_take_amount(n, t);
			break;
		case TOKEN_NUMBER:
			walk_take_number(n, t);
			break;
		case TOKEN_YEAR:
			walk_take_year(n, t->year);
			break;
		case TOKEN_DATE:
			walk_take_date(n, t->year);
			break;
		case TOKEN_CODE:
			walk_take_code(n, t);
			break;
		case TOKEN_PUNCT:
			walk_take_punct(n, t);
			break;
		case TOKEN_TERM:
		case TOKEN_ITEM_MARK:
			break;
		case TOKEN_OTHER:
			walk_take_other(n, t);
			break;
		}
	}
}

/* A bare 0 is as fine as the finest amount of its paragraph. */
static void refine_zeros(struct narrative *n)
{
	struct bud_fact *facts = n->x->out->facts;
	int64_t finest = 0;

	for (size_t k = n->paragraph_fact; k < n->x->out->n_facts; k++)
		if (facts[k].unit == UNIT_FEN && facts[k].value &&
		    facts[k].quantum &&
		    (!finest || facts[k].quantum < finest))
			finest = facts[k].quantum;
	for (size_t k = n->paragraph_fact; k < n->x->out->n_facts && finest; k++)
		if (facts[k].unit == UNIT_FEN && !facts[k].value &&
		    facts[k].quantum > finest)
			facts[k].quantum = finest;
}

/* The outline level of a paragraph, OUTLINE_LEVELS where it has no number. */
static int paragraph_level(const struct narrative *n)
{
	return n->list.n && n->list.t[0].kind == TOKEN_ITEM_MARK
		       ? n->list.t[0].level
		       : OUTLINE_LEVELS;
}

static void close_heads(struct narrative *n, int level)
{
	for (int k = level; k <= OUTLINE_LEVELS; k++)
		n->heads[k].n = 0;
}

/* 五、“三公”经费…：… : what a numbered paragraph says before its first stop
 * or colon is a heading for what follows it. */
static void enter_numbered(struct narrative *n, const struct source_block *b)
{
	const struct token *t = n->list.t;
	size_t k;

	if (n->level == OUTLINE_LEVELS)
		return;
	if (n->level <= n->date_level)
		n->date = 0;
	if (n->head.n && n->head_level >= n->level)
		n->head.n = 0;
	close_heads(n, n->level);
	n->made.n = 0;
	for (k = 1; k < n->list.n && k < 16; k++)
		if (t[k].kind == TOKEN_AMOUNT || t[k].kind == TOKEN_NUMBER ||
		    (t[k].kind == TOKEN_PUNCT &&
		     (t[k].punct == ':' || t[k].punct == 0x3002)))
			break;
	if (k < n->list.n && k > 1 && t[k].kind == TOKEN_PUNCT) {
		scope_enter(&n->scope, n->x, n->level,
			    str_slice(buf_str(&n->x->source->text), b->start,
				      t[k].start),
			    &(struct token_list){.t = n->list.t, .n = k,
						 .chars = n->list.chars});
		n->last.n = 0;
	} else {
		scope_close(&n->scope, n->level);
	}
	n->x->section = scope_path(&n->scope);
}

static void read_block(struct narrative *n, const struct source_block *b)
{
	n->page = b->page;
	n->line = b->line;
	n->mode = MODE_PLAIN;
	n->economic_list = false;
	n->block = b;
	n->sample = false;
	n->paragraph_fact = n->x->out->n_facts;
	n->kind = scope_kind(&n->scope);
	walk_share_measures(n);
	walk_begin_sentence(n, b->start);
	walk(n);
	if (n->list.n) {
		const struct token *end = &n->list.t[n->list.n - 1];

		/* a line of its own: 财政拨款支出按功能科目分类情况 */
		if (n->x->out->n_facts == n->paragraph_fact &&
		    end->kind != TOKEN_PUNCT && !n->none &&
		    n->relation == RELATION_LEVEL && n->mode == MODE_PLAIN &&
		    n->sentence_start == b->start &&
		    !subject_is_time(&n->np.subject)) {
			n->topic = n->np.subject;
			walk_head_without_amount(n);
		}
		walk_end_none(n, end);
		walk_end_reason(n, end->end);
		if (n->of_which && n->n_frames)
			n->frames[n->n_frames - 1].keep = true;
	}
	refine_zeros(n);
}

static bool holds_amount(const struct narrative *n)
{
	for (size_t k = 0; k < n->list.n; k++)
		if (n->list.t[k].kind == TOKEN_AMOUNT)
			return true;
	return false;
}

/* Several offices in one document: each part begins with its own title. */
static void read_entity(struct narrative *n)
{
	struct str name;
	bool again;

	if (n->contents ||
	    (n->list.n && n->list.t[0].kind == TOKEN_ITEM_MARK))
		return;
	name = identity_of_heading(n->x, n->list.chars, &again);
	if (name.n)
		n->x->entity = name;
	else if (again)
		n->x->entity = (struct str){NULL, 0};
}

/* A block whose tokens are those of n. */
static void enter_heading(struct narrative *n, const struct source_block *b)
{
	int level;

	n->level = paragraph_level(n);
	level = n->level < OUTLINE_LEVELS ? n->level : b->level;
	/* what a reader program says need not be so */
	if (level > OUTLINE_LEVELS)
		level = OUTLINE_LEVELS;
	if (n->contents)
		return;
	scope_enter(&n->scope, n->x, level, source_text(n->x->source, b),
		    &n->list);
	n->x->section = scope_path(&n->scope);
	while (n->n_frames)
		walk_pop_frame(n);
	n->last.n = n->head.n = n->money.n = n->made.n = 0;
	close_heads(n, level);
	n->date = 0;
	n->versus_old = (struct versus){0};
	read_block(n, b);
}

static void read_paragraph(struct narrative *n, const struct source_block *b)
{
	n->level = paragraph_level(n);
	while (n->n_frames && n->frames[n->n_frames - 1].level >= n->level &&
	       (n->level < OUTLINE_LEVELS ||
		!n->frames[n->n_frames - 1].keep))
		walk_pop_frame(n);
	enter_numbered(n, b);
	read_block(n, b);
}

static void scan(struct narrative *n, const struct source_block *b)
{
	scan_again(&n->list, n->x->arena, n->x->lexicon,
		   source_text(n->x->source, b), b->start);
}

void narrative_heading(struct narrative *n, const struct source_block *b)
{
	scan(n, b);
	read_entity(n);
	if (holds_amount(n)) /* （一）本年财政拨款收入112859.65万元 */
		read_paragraph(n, b);
	else
		enter_heading(n, b);
}

/* A short line of its own that names a section, without number. */
static bool is_unnumbered_heading(const struct narrative *n, struct str text)
{
	bool known;

	if (n->level != OUTLINE_LEVELS || !n->list.n || text.n > 120)
		return false;
	for (size_t k = 0; k < n->list.n; k++) {
		const struct token *t = &n->list.t[k];

		if (t->kind == TOKEN_AMOUNT ||
		    (t->kind == TOKEN_PUNCT && t->punct != '(' &&
		     t->punct != ')' && t->punct != 0x3001 && t->punct != '-'))
			return false;
	}
	lexicon_section(n->x->lexicon, n->list.chars->cp, n->list.chars->n,
			&known);
	return known;
}

void narrative_paragraph(struct narrative *n, const struct source_block *b)
{
	scan(n, b);
	n->level = paragraph_level(n);
	if (!is_unnumbered_heading(n, source_text(n->x->source, b))) {
		read_paragraph(n, b);
		return;
	}
	read_entity(n);
	enter_heading(n, b); /* it has no amount */
}

void narrative_finish(struct narrative *n)
{
	while (n->n_frames)
		walk_pop_frame(n);
	resolve_lists(n);
	if (n->balances_included)
		resolve_balances_included(n);
}
