/*
 * What --help prints, from the option rows: one screen. Where all rows would
 * be too many, the last are only named; the manual tells them.
 */
#ifndef BUD_BASE_HELP_H
#define BUD_BASE_HELP_H

#include "base/program.h"

void help_put(struct buf *out, const struct program_spec *spec,
	      const struct option_row *common, enum lang lang);

/* The table for programs, as program.h tells of --list-options. */
void help_list(struct buf *out, const struct program_spec *spec,
	       const struct option_row *common);

/* The words that an option takes; "" where any will do. */
const char *help_values(const struct program_spec *spec, const char *option);

#endif
