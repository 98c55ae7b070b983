/*
 * Character sets: bytes of a text → UTF-8.
 *
 * A byte order mark decides, then what is declared if the bytes bear it out,
 * then what they can be: UTF-8, UTF-16, GB18030 (with GBK and GB2312) or Big5.
 * Between the last two, the commonest characters of budget documents decide.
 */
#ifndef BUD_SOURCE_CHARSET_H
#define BUD_SOURCE_CHARSET_H

#include "base/arena.h"
#include "base/str.h"

/*
 * declared may be empty. *utf8 borrows bytes or lives in the arena; *name is
 * "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030" or "Big5". Single bytes that
 * fit nothing become U+FFFD where they are rare. False where it is no text.
 */
bool charset_decode(struct arena *a, struct str bytes, struct str declared,
		    struct str *utf8, const char **name);

/* What <meta charset> or <?xml encoding?> near the beginning says. */
struct str charset_find_declared(struct str bytes);

#endif
