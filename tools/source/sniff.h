/* What bytes are, by their content alone: names lie. */
#ifndef BUD_SOURCE_SNIFF_H
#define BUD_SOURCE_SNIFF_H

#include "base/str.h"

enum source_format {
	FORMAT_TEXT,
	FORMAT_HTML,
	FORMAT_MHT,     /* a page saved with what belongs to it */
	FORMAT_PDF,
	FORMAT_XLSX,
	FORMAT_DOCX,
	FORMAT_OFD,
	FORMAT_ZIP,     /* of documents */
	FORMAT_GZIP,
	FORMAT_OFFICE,  /* what an office program has to convert */
	FORMAT_IMAGE,
	FORMAT_UNKNOWN, /* binary */
};

enum source_format sniff_format(struct str bytes);

/* Whether it may be FORMAT_ZIP or FORMAT_GZIP: a look at its first bytes. */
bool sniff_may_be_archive(struct str bytes);

/* The file name extension for the converter: "doc", "rtf", … */
const char *sniff_office(struct str bytes);

#endif
