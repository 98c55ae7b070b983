/*
 * Names for people, from share/labels/ (both languages) and share/codes/
 * (the code lists, in Chinese, with the years they are valid; classes.tsv has
 * the English of their names).
 *
 * The names borrow from the share, which must outlive the labels. What has no
 * name is shown by its id.
 */
#ifndef BUD_RENDER_LABEL_H
#define BUD_RENDER_LABEL_H

#include "base/arena.h"
#include "base/map.h"
#include "base/message.h"
#include "base/share.h"
#include "record/fact.h"

struct labels {
	enum lang lang;
	struct label_store *store;
};

/* 0; -1 where share/labels/ lacks a file, 1 where a row of it is no row: a
 * message says so. */
int labels_load(struct labels *l, struct share *share, struct messages *m,
		enum lang lang);
void labels_release(struct labels *l);

/* The name of an id in a file of labels/, "funds", "natures", …. */
struct str label_name(const struct labels *l, const char *file, struct str id);

/* The words of the page: headings, column heads, sentences. */
struct str label_word(const struct labels *l, const char *id);

/* A code of the classifications as it was called in the year. */
struct str label_function(const struct labels *l, struct str code, int year);
struct str label_economic(const struct labels *l, struct str code, int year);

/* The place of an id in its file, INT_MAX for one that it lacks. */
int label_rank(const struct labels *l, const char *file, struct str id);

/*
 * Appends the name of a row: fund · item · function · economic · nature, the
 * classes with their codes, leaving out what the row above it says already (which may be NULL).
 */
void label_row(const struct labels *l, struct buf *out,
	       const struct coordinates *at, const struct coordinates *above);

#endif
