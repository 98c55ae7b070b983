/* Departments told by several threads: the same changes in the same order. */
#ifndef BUD_DIFF_CREW_H
#define BUD_DIFF_CREW_H

#include "diff/diff.h"

/* As diff_run(), for a diff that is ready to be told and has a teller. */
void crew_run(const struct diff *d, const struct diff_sink *sinks, unsigned n);

#endif
