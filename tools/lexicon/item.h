/*
 * The items of share/labels/items.tsv by their ids, for options that name one.
 */
#ifndef BUD_LEXICON_ITEM_H
#define BUD_LEXICON_ITEM_H

#include "base/message.h"

/* Whether that is an item; if not, says so, and which may have been meant. */
bool item_check(struct messages *messages, struct str id);

#endif
