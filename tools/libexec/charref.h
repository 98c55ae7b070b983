/* References to characters in HTML: &nbsp; &#160; &#xA0; */
#ifndef BUD_LIBEXEC_CHARREF_H
#define BUD_LIBEXEC_CHARREF_H

#include "base/str.h"

/* Appends a text with its references as the characters they stand for. What
 * is none stays as it is written. */
void charref_put(struct buf *out, struct str s);

#endif
