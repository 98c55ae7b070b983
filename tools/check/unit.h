/*
 * Which departments' names are those of units of others.
 *
 * A unit bears its department's name and more: 望江区水务局 has 望江区水务局本级
 * and 望江区水务局河道管理站. Names that merely begin alike do not count: offices
 * of a Party committee, of a government or of a congress, branches in districts
 * and hospitals of a university have budgets of their own.
 */
#ifndef BUD_CHECK_UNIT_H
#define BUD_CHECK_UNIT_H

#include <stdbool.h>

#include "base/str.h"

/* Whether it is the department's own office: 本级, （本级）, 机关. */
bool unit_is_office(struct str department, struct str name);

/* Whether the name says that it is one of the department, its office too. */
bool unit_is_named(struct str department, struct str name);

#endif
