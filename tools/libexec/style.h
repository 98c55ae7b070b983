/* The style of an element of HTML: style="left:1.5pt; display: none". */
#ifndef BUD_LIBEXEC_STYLE_H
#define BUD_LIBEXEC_STYLE_H

#include <stdbool.h>

#include "base/str.h"

/* Whether a property has a value, with whatever blanks between them. */
bool style_says(struct str style, const char *property, const char *value);

/* The length of a property in tenths of a point, from pt or px. */
bool style_length(struct str style, const char *name, int *tenths);

/* Has a place of its own on a sheet? */
bool style_is_placed(struct str style);

#endif
