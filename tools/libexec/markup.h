/*
 * HTML as a row of tags and texts: the tokenization of the HTML standard, by
 * which every sequence of bytes is a page; but that what nothing ends (a quote,
 * a comment, a script) does not take the rest of the page. Comments, declarations,
 * processing instructions and <% … %> of servers that sent their source are
 * passed over. In linear time.
 *
 * Everything is a slice of the page; references to characters are not
 * resolved (charref.h).
 */
#ifndef BUD_LIBEXEC_MARKUP_H
#define BUD_LIBEXEC_MARKUP_H

#include <stdbool.h>

#include "base/str.h"

enum { MARKUP_ATTRIBUTES = 32 }; /* of a tag; the rest is passed over */

enum markup_kind { MARKUP_TEXT, MARKUP_START, MARKUP_END };

struct markup_attribute {
	struct str name, value; /* value: empty where there is none */
};

struct markup_token {
	enum markup_kind kind;
	struct str text; /* the text; of a tag, its name in whatever case */
	bool closed;     /* <br/> */
	struct markup_attribute attributes[MARKUP_ATTRIBUTES];
	size_t n_attributes;
};

struct markup {
	struct str page;
	size_t at;     /* what comes next */
	size_t lined;  /* up to where lines have been counted */
	unsigned line; /* of that place, from 1 */
	unsigned missing; /* what is not to come: bits of the .c file */
	unsigned unended; /* scripts and the like */
};

void markup_start(struct markup *m, struct str page);

/* The next token; false at the end. */
bool markup_next(struct markup *m, struct markup_token *t);

/* Passes over what is no markup, behind <script> and its like, up to the end
 * tag of that name. False where there is none: up to any end tag. */
bool markup_skip(struct markup *m, struct str name);

/* The line of a place, which is not before the one asked for last. */
unsigned markup_line(struct markup *m, const char *place);

bool markup_same(struct str a, struct str b); /* in whatever case */

/* By its name in small letters; .p is NULL where the tag has none. */
struct str markup_attribute(const struct markup_token *t, struct str name);

#endif
