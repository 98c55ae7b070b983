/*
 * Who has nothing to do takes the next departments, with some thousand rows,
 * and their number; tells them into its sink; waits until those before are
 * flushed, and flushes. Nobody changes the diff meanwhile.
 */
#include "diff/crew.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "diff/teller.h"

enum { PART = 4096 }; /* rows */

struct crew {
	const struct diff *d;
	pthread_mutex_t mutex;
	pthread_cond_t flushed;
	struct diff_group last; /* that was taken */
	size_t parts, turn;     /* taken, flushed */
};

struct hand {
	struct crew *crew;
	struct teller *teller;
	const struct diff_sink *sink;
	pthread_t thread;
};

struct part {
	struct diff_group before; /* the last one of the part before */
	size_t n, number;         /* departments; of the part */
};

static size_t count_rows(const struct diff *d, const struct diff_group *g)
{
	size_t n = 0;

	for (size_t i = g->from; i < g->to; i++)
		n += d->table.rows.spans[i].n;
	for (size_t i = g->stated_from; i < g->stated_to; i++)
		n += d->table.stated.spans[i].n;
	return n;
}

/* The caller holds the mutex. */
static bool take_part(struct crew *c, struct part *p)
{
	size_t rows = 0;

	*p = (struct part){.before = c->last};
	while (rows < PART && table_next_group(&c->d->table, &c->last)) {
		rows += count_rows(c->d, &c->last);
		p->n++;
	}
	p->number = c->parts;
	c->parts += p->n > 0;
	return p->n > 0;
}

static void do_part(struct hand *h, const struct part *p)
{
	struct diff_group g = p->before;

	for (size_t i = 0; i < p->n; i++) {
		table_next_group(&h->crew->d->table, &g);
		teller_entity(h->teller, &g);
	}
}

static void *work(void *ctx)
{
	struct hand *h = ctx;
	struct crew *c = h->crew;
	struct part p;

	pthread_mutex_lock(&c->mutex);
	while (take_part(c, &p)) {
		pthread_mutex_unlock(&c->mutex);
		do_part(h, &p);
		pthread_mutex_lock(&c->mutex);
		while (c->turn != p.number)
			pthread_cond_wait(&c->flushed, &c->mutex);
		pthread_mutex_unlock(&c->mutex);
		h->sink->flush(h->sink->ctx);
		pthread_mutex_lock(&c->mutex);
		c->turn++;
		pthread_cond_broadcast(&c->flushed);
	}
	pthread_mutex_unlock(&c->mutex);
	return NULL;
}

static bool has_parts(const struct crew *c)
{
	size_t rows = 0;

	for (size_t i = 0; i < c->d->table.rows.n && rows <= PART; i++)
		rows += c->d->table.rows.spans[i].n;
	return rows > PART;
}

void crew_run(const struct diff *d, const struct diff_sink *sinks, unsigned n)
{
	struct crew c = {.d = d,
			 .mutex = PTHREAD_MUTEX_INITIALIZER,
			 .flushed = PTHREAD_COND_INITIALIZER};
	struct hand *hands = memory_realloc(NULL, n * sizeof *hands);
	unsigned started = 1;

	hands[0] = (struct hand){
		.crew = &c, .teller = d->teller, .sink = &sinks[0]};
	for (; started < n && has_parts(&c); started++) {
		struct hand *h = &hands[started];

		*h = (struct hand){.crew = &c,
				   .teller = teller_new(d),
				   .sink = &sinks[started]};
		teller_begin(h->teller, h->sink);
		if (pthread_create(&h->thread, NULL, work, h)) {
			teller_free(h->teller);
			break;
		}
	}
	work(&hands[0]);
	while (started-- > 1) {
		pthread_join(hands[started].thread, NULL);
		teller_free(hands[started].teller);
	}
	free(hands);
}
