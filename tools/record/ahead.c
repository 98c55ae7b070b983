/*
 * A ring of batches, each with an arena. The reading thread fills the batch
 * `filled`, the caller empties `emptied`; both only ever count up.
 */
#include "record/ahead.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
	BATCHES = 4,
	MOST_LINES = 512,
	MOST_BYTES = 1 << 18, /* of lines */
};

struct batch {
	struct arena arena;
	struct ahead_line *lines; /* room for most */
	size_t n;
	int then; /* what follows: 1 another batch, 0 the end, -1 a failure */
};

struct ahead {
	struct reader *in;
	unsigned flags;
	size_t most; /* lines of a batch */
	struct batch batches[BATCHES];
	size_t at; /* in the batch of the caller */
	bool threaded, stopped;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t moved;
	size_t filled, emptied;
};

/* The record behind the key, where there is one. */
static struct str skip_key(struct str line)
{
	const char *tab;

	if (!line.n || line.p[0] == '{')
		return line;
	tab = memchr(line.p, '\t', line.n);
	return tab ? str_slice(line, (size_t)(tab - line.p) + 1, line.n) : line;
}

static void decode(struct ahead *a, struct batch *b, struct str text)
{
	struct ahead_line *l = &b->lines[b->n++];

	l->text = a->flags & AHEAD_TEXT ? str_copy(&b->arena, text)
					: (struct str){NULL, 0};
	if (a->flags & AHEAD_KEYED)
		text = skip_key(text);
	l->number = a->in->line;
	l->blank = !str_trim(text).n;
	l->error = NULL;
	/* what is set on the way to a good record is none */
	if (!l->blank && !record_read(&b->arena, text, &l->record, &l->error,
				      &l->detail))
		l->error = NULL;
}

static void fill(struct ahead *a, struct batch *b)
{
	size_t bytes = 0;
	struct str text;

	if (!b->lines)
		b->lines = memory_realloc(NULL, a->most * sizeof *b->lines);
	arena_reset(&b->arena);
	b->n = 0;
	b->then = 1;
	while (b->n < a->most && bytes < MOST_BYTES) {
		int got = reader_line(a->in, &text);

		if (got < 1) {
			b->then = got;
			return;
		}
		bytes += text.n;
		decode(a, b, text);
	}
}

static void *read_ahead(void *ctx)
{
	struct ahead *a = ctx;
	bool more = true;

	pthread_mutex_lock(&a->mutex);
	while (more && !a->stopped) {
		struct batch *b = &a->batches[a->filled % BATCHES];

		if (a->filled - a->emptied == BATCHES) {
			pthread_cond_wait(&a->moved, &a->mutex);
			continue;
		}
		pthread_mutex_unlock(&a->mutex);
		fill(a, b);
		pthread_mutex_lock(&a->mutex);
		more = b->then == 1;
		a->filled++;
		pthread_cond_signal(&a->moved);
	}
	pthread_mutex_unlock(&a->mutex);
	return NULL;
}

struct ahead *ahead_start(struct reader *in, unsigned flags)
{
	struct ahead *a = memory_realloc(NULL, sizeof *a);

	*a = (struct ahead){.in = in, .flags = flags,
			    .most = flags & AHEAD_THREADED ? MOST_LINES : 1,
			    .mutex = PTHREAD_MUTEX_INITIALIZER,
			    .moved = PTHREAD_COND_INITIALIZER};
	fill(a, &a->batches[0]);
	a->filled = 1;
	if (a->batches[0].then == 1 && (flags & AHEAD_THREADED))
		a->threaded = !pthread_create(&a->thread, NULL, read_ahead, a);
	return a;
}

/* The caller is done with its batch and waits for the next one. */
static void next_batch(struct ahead *a)
{
	a->at = 0;
	if (!a->threaded) {
		fill(a, &a->batches[0]);
		return;
	}
	pthread_mutex_lock(&a->mutex);
	a->emptied++;
	pthread_cond_signal(&a->moved);
	while (a->filled == a->emptied)
		pthread_cond_wait(&a->moved, &a->mutex);
	pthread_mutex_unlock(&a->mutex);
}

int ahead_next(struct ahead *a, struct ahead_line **line)
{
	struct batch *b = &a->batches[a->emptied % BATCHES];

	while (a->at == b->n) {
		if (b->then < 1)
			return b->then;
		next_batch(a);
		b = &a->batches[a->emptied % BATCHES];
	}
	*line = &b->lines[a->at++];
	return 1;
}

void ahead_end(struct ahead *a)
{
	if (a->threaded) {
		pthread_mutex_lock(&a->mutex);
		a->stopped = true;
		pthread_cond_signal(&a->moved);
		pthread_mutex_unlock(&a->mutex);
		pthread_join(a->thread, NULL);
	}
	for (size_t i = 0; i < BATCHES; i++) {
		arena_release(&a->batches[i].arena);
		free(a->batches[i].lines);
	}
	free(a);
}
