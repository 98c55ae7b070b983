/*
 * What a document is: its title, whose it is, which year and phase it is of.
 */
#ifndef BUD_EXTRACT_IDENTITY_H
#define BUD_EXTRACT_IDENTITY_H

#include "extract/state.h"

/* Is this a character that names of organisations end with? */
bool identity_ends_name(uint32_t cp);

/* Fills title, entity, year and phase of out->document, x->year and
 * x->phase; what options give wins. */
void identity_read(struct extract *x, const struct extract_options *options);

#endif
