/*
 * Why something failed: an id of share/messages.tsv, handed up as text until
 * a message tells it in words of the user's language. "reason-…" says what to
 * do about it; "detail-…" stands in a message that does.
 *
 * Reasons are constants, but for that of a failure which has no row: it holds
 * until the next such failure, as strerror() does.
 */
#ifndef BUD_BASE_REASON_H
#define BUD_BASE_REASON_H

#include <stdbool.h>

#include "base/message.h"

/* The reason of a value of errno. */
const char *reason_of(int error);

bool reason_is(struct str text);

/* The words of a reason behind the message of that id: its cause alone where
 * the message says itself what to do. */
void reason_put(struct buf *out, struct share *share, enum lang lang,
		const char *id, const char *reason);

/* message_add() with the words of a reason as its detail; NULL for none. */
void reason_add(struct messages *m, const char *id, struct str place,
		const char *reason);

#endif
