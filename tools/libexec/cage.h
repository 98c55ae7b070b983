/*
 * The cage of a reader program: what a hostile document could make of it.
 *
 * After cage_enter() the program can read what is open already and below the
 * directories named, write to its standard output, and allocate up to the
 * limit. It cannot open a file for writing, reach the network, or start
 * another program. Uses rlimits, Landlock and seccomp (Linux).
 */
#ifndef BUD_LIBEXEC_CAGE_H
#define BUD_LIBEXEC_CAGE_H

#include "source/limits.h"

/*
 * dirs ends with NULL. NULL where all is locked, else the id of the message
 * that says what the kernel does not offer.
 */
const char *cage_enter(const struct source_limits *l, const char *const *dirs);

/*
 * For a converter that is no reader of ours: it may read the system's files,
 * write below dir, start processes, and has no network. Memory and time are
 * limited, if less strictly; what the kernel does not offer is left out.
 */
void cage_enter_wide(const struct source_limits *l, const char *dir);

#endif
