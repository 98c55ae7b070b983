/* The order of findings: that of the facts they begin with, then of their ids. */
#ifndef BUD_CHECK_ORDER_H
#define BUD_CHECK_ORDER_H

#include "check/check.h"

/* Those that begin with no fact come first; ids are different. */
void order_findings(struct check *c);

#endif
