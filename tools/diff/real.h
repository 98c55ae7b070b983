/*
 * Comparable figures beside the nominal ones: in prices of the later year,
 * and for each one of a count (staff). Rounded half away from zero.
 */
#ifndef BUD_DIFF_REAL_H
#define BUD_DIFF_REAL_H

#include "base/message.h"
#include "diff/ledger.h"
#include "diff/pair.h"

enum { REAL_YEARS = 10000 };

struct real {
	struct str per;  /* item of the count, "staff", or empty */
	int64_t *index;  /* by year, any scale; NULL without --deflate */
	unsigned char *lacking; /* years that were told to lack */
	struct messages *messages;
};

/*
 * Reads lines "year,index" (the index with up to six decimals; a first line
 * without a year is a head). False, and told, for a file that is none.
 */
bool real_load(struct real *r, struct str name, struct str text,
	       struct messages *m);
void real_release(struct real *r);

/* Fills in the comparable figures of a change between two ledgers. */
void real_set(const struct real *r, const struct ledger *from,
	      const struct ledger *to, const struct pair *p,
	      struct bud_change *out);

#endif
