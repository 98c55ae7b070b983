/*
 * What a document is: its title, whose it is, which year and phase it is of.
 */
#ifndef BUD_EXTRACT_IDENTITY_H
#define BUD_EXTRACT_IDENTITY_H

#include "extract/chars.h"
#include "extract/state.h"

/* Is this a character that names of organisations end with? */
bool identity_ends_name(uint32_t cp);

/* Fills title, entity, year and phase of out->document, x->year and
 * x->phase; what options give wins. */
void identity_read(struct extract *x, const struct extract_options *options);

/*
 * A heading without number inside a document, as it was folded, that names
 * another office with a budget of its own ("湖山市公路局2022年单位预算"): the name;
 * empty for any other heading.
 * *again is set where the heading names the document's own office.
 */
struct str identity_of_heading(const struct extract *x, const struct chars *c,
			       bool *again);

#endif
