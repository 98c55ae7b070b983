/* What the environment says about the terminal. */
#ifndef BUD_RENDER_TERMINAL_H
#define BUD_RENDER_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Columns to write, 40 to 400: COLUMNS of the environment, else the size of
 * the terminal on standard output, else 80.
 */
size_t terminal_width(bool to_terminal);

/* False where NO_COLOR is set (no-color.org) or the terminal is dumb. */
bool terminal_wants_colour(void);

#endif
