/* What bud-parse can read, and what it can find: lists for people and for
 * completion, TAB-separated, on standard output. */
#ifndef BUD_PARSE_SHOW_H
#define BUD_PARSE_SHOW_H

#include "base/program.h"

/* id TAB name, in the language of the messages. */
void show_items(struct program *p);
/* extensions TAB media type TAB how it is read, or what is missing. */
void show_formats(struct program *p);

#endif
