/*
 * What changed its name, its code or its scope between years, and which
 * whole a part belongs to: the tables of share/crosswalk/ and the user's.
 * Everything lives until crosswalk_release(); texts are borrowed from it.
 */
#ifndef BUD_DIFF_CROSSWALK_H
#define BUD_DIFF_CROSSWALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/message.h"
#include "base/share.h"
#include "record/fact.h"

enum cross_what { CROSS_ENTITY, CROSS_FUNCTION, CROSS_ECONOMIC, CROSS_SCOPE };

enum cross_kind {
	CROSS_RENAMED, /* another name, the same thing */
	CROSS_MOVED,   /* another code, the same thing */
	CROSS_MERGED,  /* one of several that became one */
	CROSS_SPLIT,   /* one that became several */
	CROSS_REUSED,  /* the same code, another thing */
};

struct cross_row {
	enum cross_what what;
	enum cross_kind kind;
	int year; /* first of the new form, 0 = always */
	struct str from, to;
	struct str from_name, to_name; /* of a scope: item and phase */
};

struct cross_list {
	struct cross_row *rows;
	size_t n, cap;
};

struct crosswalk {
	struct arena arena;
	struct cross_list lists[CROSS_SCOPE + 1]; /* by what, but entities */
	struct map parents;  /* item → its whole, struct str * */
	struct map entities; /* old name → struct cross_row * */
	struct map now;      /* new names */
};

void crosswalk_release(struct crosswalk *c);

/* Reads share/crosswalk/; false where a table has mistakes, which are told. */
bool crosswalk_load(struct crosswalk *c, struct share *share,
		    struct messages *m);

/*
 * Adds a user's table. Columns as in share/crosswalk/README; a row of two
 * columns is a department's old and new name.
 */
bool crosswalk_add(struct crosswalk *c, struct str name, struct str text,
		   struct messages *m);

/* Whether a row is about an entity of this name, old or new. */
bool crosswalk_names(const struct crosswalk *c, struct str name);

/* The name that an entity has today. *merged where it is one of several. */
struct str crosswalk_entity(const struct crosswalk *c, struct str name,
			    int year, bool *merged);

/* The whole of an item; empty for none. */
struct str crosswalk_parent(const struct crosswalk *c, struct str item);

/* Whether a row lies between two years. */
bool crosswalk_crosses(const struct cross_row *r, int from_year, int to_year);

/* The code that became this one (old), or that this one became (new), between
 * the years where both are the same thing; empty for none. */
struct str crosswalk_old_code(const struct crosswalk *c, enum cross_what what,
			      struct str code, int from_year, int to_year);
struct str crosswalk_new_code(const struct crosswalk *c, enum cross_what what,
			      struct str code, int from_year, int to_year);

/* Whether the code means another thing in the other year. */
bool crosswalk_is_reused(const struct crosswalk *c, enum cross_what what,
			 struct str code, int from_year, int to_year);

/*
 * Appends what happened to a code, to its parts or to its whole, between
 * the years: "renamed 210: A → B", "moved 22004 → 22405". Separated by "; ".
 */
void crosswalk_put_code(const struct crosswalk *c, enum cross_what what,
			struct str code, int from_year, int to_year,
			struct buf *out);

/* Likewise a change of scope that is known for an item: "scope: A → B". */
void crosswalk_put_scope(const struct crosswalk *c, struct str item,
			 enum phase phase, int from_year, int to_year,
			 struct buf *out);

#endif
