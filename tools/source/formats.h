/* The formats by name: what they are called, and what reads them. */
#ifndef BUD_SOURCE_FORMATS_H
#define BUD_SOURCE_FORMATS_H

#include <stdbool.h>

#include "base/str.h"

struct source_kind {
	const char *extensions; /* as files are named, separated by commas */
	const char *media;
	const char *program; /* that reads it; NULL: bud-parse itself */
};

extern const struct source_kind SOURCE_KINDS[]; /* ends with media NULL */

/* The program that converts what no reader of ours reads. */
#define SOURCE_CONVERTER "bud-convert"

/* The media type of what is named so. */
const char *source_media(struct str extension);

/* The path of LibreOffice's own program, NULL where it is not installed. */
const char *source_find_office(void);

#endif
