/*
 * "Did you mean …": the known word that a mistyped one is nearest to.
 */
#ifndef BUD_BASE_NEAREST_H
#define BUD_BASE_NEAREST_H

#include "base/str.h"

/*
 * The one of words (separated by blanks or commas) that takes fewest typing
 * mistakes to become word: letters left out, added, changed, or two swapped.
 * Empty where all take more than one for every three letters (one in two
 * letters is allowed). The first wins.
 */
struct str nearest_word(struct str word, struct str words);

#endif
