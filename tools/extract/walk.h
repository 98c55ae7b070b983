/*
 * Between the files of the walk: how the parts of a sentence begin and end,
 * and what each kind of token does. The token at n->i is the one given.
 */
#ifndef BUD_EXTRACT_WALK_H
#define BUD_EXTRACT_WALK_H

#include "extract/narrative.h"

/* A new phrase, clause, sentence begins at a byte. */
void walk_clear_phrase(struct narrative *n, size_t start);
void walk_begin_clause(struct narrative *n, size_t start);
void walk_begin_sentence(struct narrative *n, size_t start);

/* What stood behind 占 and 完成. */
static inline void walk_forget_whole(struct narrative *n)
{
	if (!n->has_whole)
		return; /* nearly always */
	n->whole = subject_none;
	n->has_whole = false;
}

/* A reason or purpose is over; it goes to the changes before it. */
void walk_end_reason(struct narrative *n, size_t end);

/* 无A、B。 and A未安排。: zeros of what the clause names. */
void walk_end_none(struct narrative *n, const struct token *t);

/* The thing named last is the head of a list; the list is over. */
void walk_push_frame(struct narrative *n);
void walk_pop_frame(struct narrative *n);

/* 财政拨款支出主要内容如下：: the head of the paragraphs that follow. */
void walk_head_without_amount(struct narrative *n);

void walk_take_term(struct narrative *n, const struct token *t);
void walk_take_noun(struct narrative *n, const struct token *t);
void walk_take_versus(struct narrative *n, const struct token *t);
void walk_take_year(struct narrative *n, int year);
void walk_take_date(struct narrative *n, int year);
void walk_take_code(struct narrative *n, const struct token *t);
void walk_take_other(struct narrative *n, const struct token *t);
void walk_take_punct(struct narrative *n, const struct token *t);
void walk_take_amount(struct narrative *n, struct token *t);
void walk_take_number(struct narrative *n, struct token *t);

/* 分别为86.00、0、220.00万元: the last one's measure word holds for all. */
void walk_share_measures(struct narrative *n);

#endif
