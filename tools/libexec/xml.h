/*
 * libxml2 in a reader. Where memory is exhausted the reader says so and ends:
 * the library by itself may give a tree that is cut short, or parse for ever.
 */
#ifndef BUD_LIBEXEC_XML_H
#define BUD_LIBEXEC_XML_H

#include <stdbool.h>

#include "base/str.h"

/* Before all else that is done with libxml2, and before the cage. */
void xml_start(void);

/* A tag: its name without prefix. All of it is borrowed from the parser, until
 * the handler returns. */
struct xml_tag {
	const char *name;
	const unsigned char **attributes;
	int n_attributes;
};

/* What is done with the parts of a stream, in its order; an empty element
 * ends at once, and a text may come in pieces. */
struct xml_handlers {
	void (*begin)(void *context, const struct xml_tag *tag);
	void (*end)(void *context, const char *name);
	void (*text)(void *context, struct str text);
};

/* Reads a stream without a tree of it. False where it is damaged or has a
 * document type; what came before that has been handled. */
bool xml_read_stream(struct str bytes, const struct xml_handlers *handlers,
		     void *context);

bool xml_tag_is(const struct xml_tag *tag, const char *name);

/* The value of an attribute without a prefix, or "". */
struct str xml_tag_value(const struct xml_tag *tag, const char *name);

#endif
