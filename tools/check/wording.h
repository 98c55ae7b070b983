/*
 * Signs in the words of an amount in prose that it may be of another thing
 * than its coordinates say.
 */
#ifndef BUD_CHECK_WORDING_H
#define BUD_CHECK_WORDING_H

#include "check/facts.h"

/* Whether the words name an office that is not the document's, leave a choice
 * of the template open, or go on from a class that they do not repeat. */
bool wording_is_of_another(const struct check_facts *fs,
			   const struct check_fact *f);

#endif
