/*
 * The words of tables: what a title, a column head and a row label say beyond
 * the vocabulary of prose. They come from share/tables/titles.tsv, heads.tsv
 * and rows.tsv, are loaded with the lexicon and live as long as it does.
 *
 * A row of these tables is: words separated by |, what they set, an example.
 * What they set is a list of words, separated by blanks:
 *   item= fund= nature= economic= function= phase= why=   as in terms.tsv
 *   kind=change|growth|share|completion   the column's values
 *   year=-1|0        a year relative to the document's
 *   count            the values are counts
 *   role=…           what the column holds, see enum table_role
 *   classes=function|economic|government  which classes the labels name
 *   total            合计: a sum over rows or columns
 *   sum              收入合计: the year's, or the total where balances are in
 *   part             小计: a sum within its group
 *   current          本年: without balances, though it is a sum
 *   whole            holds only where it is the whole text
 */
#ifndef BUD_LEXICON_TABLES_H
#define BUD_LEXICON_TABLES_H

#include "lexicon/lexicon.h"

enum table_place { TABLE_TITLE, TABLE_HEAD, TABLE_ROW, TABLE_PLACES };

enum table_role {
	ROLE_NONE,
	ROLE_NAME,    /* name: labels of rows */
	ROLE_CODE,    /* code: class codes, whole or split over columns */
	ROLE_ORG,     /* org: units of the department */
	ROLE_PROJECT, /* project: names of projects or goods */
	ROLE_SERIAL,  /* serial: 序号, 行次 */
	ROLE_YEAR,    /* year: 2023, 上年, 增减: which year a row is of */
	ROLE_NOTE,    /* note: text, dates, years: numbers in it are none */
	ROLE_VALUE,   /* value: 金额, 预算数 */
};

enum table_classes {
	CLASSES_NONE,
	CLASSES_FUNCTION,
	CLASSES_ECONOMIC,   /* 部门预算支出经济分类, 3xx */
	CLASSES_GOVERNMENT, /* 政府预算支出经济分类, 5xx */
};

struct table_word {
	struct str items[LEXICON_MAX_ITEMS];
	size_t n_items;
	struct str fund, nature, economic, function, why;
	enum phase phase;
	bool has_kind;
	enum kind kind;
	bool has_year;
	int year;
	enum table_role role;
	enum table_classes classes;
	bool count, total, sum, part, current, whole;
};

struct table_words;

/* NULL on a mistake in a table, which was reported to messages. */
const struct table_words *table_words_load(struct share *share,
					   struct messages *messages);
void table_words_release(const struct table_words *w);

/* The longest word of a place that begins at cps[0]; NULL if none. */
const struct table_word *table_words_match(const struct table_words *w,
					   enum table_place place,
					   const uint32_t *cps, size_t n,
					   size_t *length);

/* The words that were loaded with a lexicon. */
const struct table_words *lexicon_table_words(const struct lexicon *l);

#endif
