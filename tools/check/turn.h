/*
 * What several threads write, each a part of the output with a number: it is
 * put out in the order of the numbers, from 0. Who has the turn writes at once;
 * what others have is kept, up to some megabytes, so that they can go on.
 *
 * The memory of what is kept belongs to the turns until turns_release(), when
 * all threads have ended.
 */
#ifndef BUD_CHECK_TURN_H
#define BUD_CHECK_TURN_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/stream.h"

struct kept_text;

struct turns {
	struct writer *out;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	atomic_size_t turn; /* the part whose turn it is */
	struct kept_text *first, *spare;
	size_t bytes; /* of what is kept */
};

void turns_begin(struct turns *t, struct writer *out);
void turns_release(struct turns *t);

/* The next bytes of a part; last: none come behind them. The text is taken out
 * of the buffer. Waits for the turn of the part where too much is kept. */
void turns_put(struct turns *t, size_t part, struct buf *text, bool last);

/* Waits for the turn of a part that has not ended. */
void turns_wait(struct turns *t, size_t part);

#endif
