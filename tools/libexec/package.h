/*
 * Archives as documents use them: DOCX, XLSX and plain ZIP, through libarchive
 * from memory. What it expands to is bounded by the limits (bytes, ratio,
 * members); beyond them the program ends with the reason.
 */
#ifndef BUD_LIBEXEC_PACKAGE_H
#define BUD_LIBEXEC_PACKAGE_H

#include <libxml/parser.h>

#include "libexec/reader.h"

struct package_member {
	struct str name, bytes;
};

struct package {
	struct package_member *members; /* in the order of the archive */
	size_t n, cap;
};

/* Reads the members whose name passes want() from the program's input. */
void package_read(struct reader_program *r, struct package *p,
		  bool (*want)(struct str name));

/* The bytes of a member, empty where there is none. */
struct str package_find(const struct package *p, struct str name);

/* A member as a tree; NULL where there is none. Damaged XML, document types
 * and entities end the program. */
xmlDocPtr package_parse(struct reader_program *r, const struct package *p,
			struct str name);

/* Name without prefix equals? Attribute by its name without prefix, or "". */
bool xml_is(const xmlNode *n, const char *name);
struct str xml_attribute(const xmlNode *n, const char *name);
/* The first child of that name, or NULL. */
const xmlNode *xml_child(const xmlNode *n, const char *name);

#endif
