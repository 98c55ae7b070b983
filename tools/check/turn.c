/*
 * Texts are kept in the order they come in, so those of one part are. Only who
 * has the turn writes; a part that has ended is written by who ends the one
 * before, as its own thread is gone.
 */
#include "check/turn.h"

#include <stdlib.h>

#include "base/memory.h"

/* Who holds the turn with a large document does so for as long as others take
 * for that much. */
static const size_t MOST = (size_t)4 << 20;

struct kept_text {
	struct kept_text *next;
	size_t part;
	bool last;
	struct buf text; /* of a spare one: empty, its memory kept */
};

void turns_begin(struct turns *t, struct writer *out)
{
	*t = (struct turns){.out = out};
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->moved, NULL);
}

static void free_all(struct kept_text *k)
{
	while (k) {
		struct kept_text *next = k->next;

		buf_release(&k->text);
		free(k);
		k = next;
	}
}

void turns_release(struct turns *t)
{
	free_all(t->first);
	free_all(t->spare);
	pthread_cond_destroy(&t->moved);
	pthread_mutex_destroy(&t->lock);
}

/* ---- with the lock held ------------------------------------------------- */

static void wait_for(struct turns *t, size_t part)
{
	while (t->turn != part)
		pthread_cond_wait(&t->moved, &t->lock);
}

static void keep(struct turns *t, size_t part, struct buf *text, bool last)
{
	struct kept_text *k = t->spare, **end = &t->first;
	struct buf empty = {0};

	if (k) {
		t->spare = k->next;
		empty = k->text;
	} else {
		k = memory_realloc(NULL, sizeof *k);
	}
	*k = (struct kept_text){NULL, part, last, *text};
	*text = empty;
	t->bytes += k->text.n;
	while (*end)
		end = &(*end)->next;
	*end = k;
}

/* The next that is kept of the part that has the turn, NULL for none. */
static struct kept_text *take_kept(struct turns *t)
{
	for (struct kept_text **at = &t->first; *at; at = &(*at)->next)
		if ((*at)->part == t->turn) {
			struct kept_text *k = *at;

			*at = k->next;
			t->bytes -= k->text.n;
			return k;
		}
	return NULL;
}

/* Writes it, without the lock while it does so. */
static void write_kept(struct turns *t)
{
	struct kept_text *k;

	while ((k = take_kept(t))) {
		pthread_mutex_unlock(&t->lock);
		writer_put(t->out, buf_str(&k->text));
		buf_clear(&k->text);
		pthread_mutex_lock(&t->lock);
		k->next = t->spare;
		t->spare = k;
	}
}

/* Whether nothing more comes of the part that has the turn. */
static bool has_ended(const struct turns *t)
{
	for (const struct kept_text *k = t->first; k; k = k->next)
		if (k->part == t->turn && k->last)
			return true;
	return false;
}

/* ------------------------------------------------------------------------- */

void turns_wait(struct turns *t, size_t part)
{
	pthread_mutex_lock(&t->lock);
	wait_for(t, part);
	pthread_mutex_unlock(&t->lock);
}

void turns_put(struct turns *t, size_t part, struct buf *text, bool last)
{
	pthread_mutex_lock(&t->lock);
	if (t->turn != part && t->bytes + text->n > MOST)
		wait_for(t, part);
	if (t->turn != part) {
		keep(t, part, text, last);
		pthread_mutex_unlock(&t->lock);
		return;
	}
	write_kept(t);
	pthread_mutex_unlock(&t->lock);
	writer_put(t->out, buf_str(text));
	buf_clear(text);
	if (!last)
		return;
	pthread_mutex_lock(&t->lock);
	for (t->turn++; has_ended(t); t->turn++)
		write_kept(t);
	pthread_cond_broadcast(&t->moved);
	pthread_mutex_unlock(&t->lock);
}
