/*
 * Inside the record room: the bytes of a JSON string that stand for
 * themselves, which reader and writer both run over.
 */
#ifndef BUD_RECORD_SCAN_H
#define BUD_RECORD_SCAN_H

#include "base/str.h"

/*
 * How many bytes from at on are valid UTF-8 and need no escape: no quote, no
 * backslash, no control character (U+007F included). Ends at a whole code
 * point; at may be s.n.
 */
size_t scan_plain(struct str s, size_t at);

#endif
