/*
 * Between the files that turn amounts into facts. All of them work on the
 * narrative as it stands at the token given.
 */
#ifndef BUD_EXTRACT_EMIT_H
#define BUD_EXTRACT_EMIT_H

#include "extract/narrative.h"

/* A sum of as many amounts as a text may state. */
__extension__ typedef __int128 wide_sum;

static inline bool emit_is_near(wide_sum a, wide_sum b, wide_sum slack)
{
	return a - b <= slack && b - a <= slack;
}

/* The index that the next fact will have. */
static inline size_t emit_next_fact(const struct narrative *n)
{
	return n->x->out->n_facts;
}

/* A fact of the amount at these coordinates; the pointer holds until the
 * next one. */
struct bud_fact *emit_fact(struct narrative *n, const struct token *t,
			   const struct coordinates *at, enum kind kind,
			   int64_t value);
void emit_residue(struct narrative *n, const struct token *t, struct str why);

/* The comparator in force, and what it means for a fact. */
struct versus emit_versus(const struct narrative *n);
void emit_set_versus(const struct narrative *n, struct bud_fact *f);

/* One fact for each coordinate of the mention. */
void emit_level(struct narrative *n, const struct token *t, struct mention *m);
void emit_change(struct narrative *n, const struct token *t, enum kind kind,
		 const struct mention *m);
void emit_ratio(struct narrative *n, const struct token *t, enum kind kind,
		const struct mention *m);

/* 公务接待费，比上年减少X: what the comma named last is the thing, where no
 * fact was stated since. It becomes the phrase, if that names nothing. */
void emit_take_topic(struct narrative *n);

/* An amount that relates the thing named to another, or to itself. */
void emit_related(struct narrative *n, const struct token *t, enum kind kind);

/* A、B分别为X、Y: the mention becomes the one whose turn it is; false: none. */
bool emit_pick_respective(struct narrative *n, struct mention *m);

/* Are the words around sure enough? Else why not. */
bool emit_is_sure(const struct narrative *n, bool level);
struct str emit_why_unsure(const struct narrative *n);

/* Do two coordinates speak of the same thing, whatever time and kind? */
bool emit_is_same(const struct coordinates *a, const struct coordinates *b);

/* A balance among the parts: the head is the total with balances. */
void emit_note_balance(struct narrative *n, const struct mention *m);

/* The items that a count is of; false: it counts nothing of ours. */
bool emit_name_count(const struct token *t, struct mention *m);
bool emit_find_counted(struct narrative *n, const struct token *t,
		       struct mention *m);
bool emit_fits_unit(const struct token *t, struct mention *m);
/* Staff of all kinds together, or of one kind of the retired. */
bool emit_is_other_staff(const struct narrative *n);
/* A count that nothing of ours names; what money says next is not of it. */
void emit_leave_count(struct narrative *n, const struct token *t);
/* Counts whose thing stands behind them, or is left unsaid; false: it is
 * named before. */
bool emit_take_count(struct narrative *n, const struct token *t);
/* 0个下属单位: the noun behind becomes the phrase. */
bool emit_noun_behind(struct narrative *n);

#endif
