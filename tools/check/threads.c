/*
 * A document record ends whatever was before it, so the stream is cut before
 * one of them every CHUNK bytes, and the chunks have nothing to do with each
 * other. Who has nothing to do reads the next chunk and gets its number, checks
 * it, and hands on what comes of it; it waits for its turn only where too much
 * is kept, or there is something to tell. Where no document begins for MOST
 * bytes, the thread goes on alone, as the next may not begin before.
 *
 * Threads share the rules, which nobody changes; arenas, labels and the
 * catalogue of messages each has its own.
 */
#include "check/threads.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/reason.h"
#include "check/turn.h"
#include "record/codec.h"

enum {
	CHUNK = 1 << 17,
	MOST = 1 << 22,
	/* What is set aside at once, and taken when it is touched: to grow would
	 * copy, and leave holes that others do not fit into. A page that is
	 * touched for the first time costs as much as to check a fact. */
	TEXT = 5 << 16,                  /* for what is handed on at once */
	BYTES = 1 << 21,                 /* of a chunk */
	DOCUMENT = 1 << 23,
};

/* Lines of one file that follow each other. */
struct piece {
	const char *name;
	size_t from;         /* in the bytes of the chunk */
	size_t line;         /* of the first */
	const char *problem; /* id of a message behind them, NULL for none */
	const char *reason;
};

struct chunk {
	struct buf bytes;
	struct piece *pieces;
	size_t n, cap;
	size_t number; /* in the stream */
	bool whole;    /* no document goes on behind it */
};

struct source {
	const char *const *names;
	size_t n, next;
	struct reader in; /* of names[next - 1] */
	bool open;
	struct buf head;  /* the line that begins the next chunk */
	struct arena arena; /* of one line */
	size_t chunks;
};

struct pool {
	struct check_stream *model;
	struct messages *messages;
	pthread_mutex_t reading;
	struct source source;
	struct turns turns; /* of the chunks */
	bool failed;
};

struct worker {
	struct pool *pool;
	struct check_stream stream;
	struct chunk chunk;
	struct arena arena; /* of the labels */
	struct messages_kept kept; /* until its turn */
	bool failed;
	pthread_t thread;
	bool started;
};

/* ---- reading ------------------------------------------------------------ */

static struct piece *add_piece(struct chunk *c, const char *name, size_t line)
{
	if (c->n == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 8;
		c->pieces = memory_realloc(c->pieces,
					   c->cap * sizeof *c->pieces);
	}
	c->pieces[c->n] = (struct piece){name, c->bytes.n, line, NULL, NULL};
	return &c->pieces[c->n++];
}

static void add_line(struct chunk *c, struct str line)
{
	buf_put_str(&c->bytes, line);
	buf_putc(&c->bytes, '\n');
}

static bool is_document(struct source *s, struct str line)
{
	struct str detail;
	const char *error;
	struct record r;
	bool good;

	if (!str_starts(line, STR("{\"type\":\"document\"")))
		return false;
	good = !record_read(&s->arena, line, &r, &error, &detail) &&
	       r.type == RECORD_DOCUMENT;
	arena_reset(&s->arena);
	return good;
}

/* The next file, from its first line; false where there is none. */
static bool open_next(struct source *s, struct chunk *c)
{
	const char *name;

	if (s->next == s->n)
		return false;
	name = s->names[s->next++];
	s->open = !reader_open(&s->in, name);
	if (!s->open) {
		struct piece *p = add_piece(c, name, 1);

		p->problem = "open-failed";
		p->reason = s->in.error;
		return true;
	}
	add_piece(c, name, 1);
	return true;
}

static void close_file(struct source *s, struct chunk *c, bool failed)
{
	if (failed) {
		c->pieces[c->n - 1].problem = "read-failed";
		c->pieces[c->n - 1].reason = s->in.error;
	}
	reader_close(&s->in);
	s->open = false;
}

/* Fills the chunk with what comes next. */
static void read_chunk(struct source *s, struct chunk *c)
{
	struct str line;
	int got;

	buf_clear(&c->bytes);
	c->n = 0;
	c->number = s->chunks++;
	c->whole = true;
	if (s->open)
		add_piece(c, s->names[s->next - 1],
			  s->in.line + (s->head.n ? 0 : 1));
	if (s->head.n) {
		add_line(c, buf_str(&s->head));
		buf_clear(&s->head);
	}
	for (;;) {
		if (!s->open && !open_next(s, c))
			return;
		if (!s->open)
			continue;
		got = reader_line(&s->in, &line);
		if (got < 1) {
			close_file(s, c, got < 0);
			continue;
		}
		if (c->bytes.n >= CHUNK && is_document(s, line)) {
			buf_put_str(&s->head, line);
			return;
		}
		add_line(c, line);
		if (c->bytes.n >= MOST) {
			c->whole = false;
			return;
		}
	}
}

static bool is_at_end(const struct source *s)
{
	return !s->open && s->next == s->n;
}

/* ---- one thread --------------------------------------------------------- */

static void take_text(void *ctx, struct buf *text)
{
	struct worker *w = ctx;

	turns_put(&w->pool->turns, w->chunk.number, text, false);
	if (!text->cap)
		buf_reserve(text, TEXT);
}

static void begin_worker(struct worker *w, struct pool *pool)
{
	*w = (struct worker){.pool = pool};
	messages_keep(&w->kept, pool->messages);
	w->stream = (struct check_stream){
		.rules = pool->model->rules,
		.labels = check_load_labels(&w->arena, &w->kept.share),
		.derive = pool->model->derive,
		.only = pool->model->only,
		.take = take_text,
		.ctx = w,
	};
}

static void set_aside(struct worker *w)
{
	buf_reserve(&w->chunk.bytes, BYTES);
	buf_reserve(&w->stream.text, TEXT);
	arena_alloc_raw(&w->stream.arena, DOCUMENT);
	arena_reset(&w->stream.arena);
}

/* By its own thread: to give so much back takes a while. */
static void end_worker(struct worker *w)
{
	check_free_labels(w->stream.labels);
	stream_release(&w->stream);
	arena_release(&w->arena);
	messages_drop(&w->kept);
	buf_release(&w->chunk.bytes);
	free(w->chunk.pieces);
}

static void count_worker(const struct worker *w)
{
	w->pool->model->errors += w->stream.errors;
	w->pool->failed = w->pool->failed || w->failed;
}

static void check_piece(struct worker *w, const struct piece *p, size_t to)
{
	struct str rest = str_slice(buf_str(&w->chunk.bytes), p->from, to);
	size_t number = p->line;

	while (rest.n) {
		const char *end = memchr(rest.p, '\n', rest.n);
		struct str line = {rest.p, (size_t)(end - rest.p)};

		if (!stream_line(&w->stream, line, p->name, number++,
				 &w->kept.messages))
			w->failed = true;
		rest = str_slice(rest, line.n + 1, rest.n);
	}
	if (p->problem) {
		reason_add(&w->kept.messages, p->problem, str_of(p->name),
			   p->reason);
		w->failed = true;
	}
}

static void check_chunk(struct worker *w)
{
	const struct chunk *c = &w->chunk;
	struct pool *p = w->pool;

	buf_reserve(&w->chunk.bytes, RECORD_BEHIND);
	memset(w->chunk.bytes.p + w->chunk.bytes.n, 0, RECORD_BEHIND);
	w->stream.lines_stay = c->whole;
	for (size_t i = 0; i < c->n; i++)
		check_piece(w, &c->pieces[i], i + 1 < c->n
						      ? c->pieces[i + 1].from
						      : c->bytes.n);
	if (c->whole)
		stream_end_document(&w->stream);
	if (w->kept.said.n) {
		turns_wait(&p->turns, c->number);
		messages_tell(&w->kept, p->messages);
	}
	turns_put(&p->turns, c->number, &w->stream.text, true);
}

/* A chunk that was read, by a thread that alone may read. */
static void do_chunk(struct worker *w)
{
	/* what hangs together is of one thread; nobody reads meanwhile */
	while (!w->chunk.whole) {
		check_chunk(w);
		read_chunk(&w->pool->source, &w->chunk);
	}
	pthread_mutex_unlock(&w->pool->reading);
	check_chunk(w);
}

static void *work(void *ctx)
{
	struct worker *w = ctx;
	struct pool *p = w->pool;

	set_aside(w);
	for (;;) {
		pthread_mutex_lock(&p->reading);
		if (is_at_end(&p->source))
			break;
		read_chunk(&p->source, &w->chunk);
		do_chunk(w);
	}
	pthread_mutex_unlock(&p->reading);
	end_worker(w);
	return NULL;
}

/* ---- all ---------------------------------------------------------------- */

/* The first chunk is read before any thread is started: most streams are no
 * longer. */
static void run_all(struct pool *p, struct worker *workers, unsigned n)
{
	pthread_mutex_lock(&p->reading);
	read_chunk(&p->source, &workers[0].chunk);
	for (unsigned i = 1; i < n && !is_at_end(&p->source); i++) {
		begin_worker(&workers[i], p);
		workers[i].started = !pthread_create(&workers[i].thread, NULL,
						     work, &workers[i]);
		if (!workers[i].started)
			break;
	}
	do_chunk(&workers[0]);
	work(&workers[0]);
	for (unsigned i = 1; i < n; i++) {
		if (workers[i].started)
			pthread_join(workers[i].thread, NULL);
		else if (workers[i].pool)
			end_worker(&workers[i]);
	}
}

int threads_run(struct check_stream *s, const char *const *names, size_t n,
	     unsigned threads, struct messages *messages)
{
	struct pool p = {
		.model = s,
		.messages = messages,
		.reading = PTHREAD_MUTEX_INITIALIZER,
		.source = {.names = names, .n = n},
	};
	struct worker *workers =
		memory_realloc(NULL, threads * sizeof *workers);

	memset(workers, 0, threads * sizeof *workers);
	turns_begin(&p.turns, s->out);
	begin_worker(&workers[0], &p);
	run_all(&p, workers, threads);
	for (unsigned i = 0; i < threads; i++)
		if (workers[i].pool)
			count_worker(&workers[i]);
	free(workers);
	turns_release(&p.turns);
	buf_release(&p.source.head);
	arena_release(&p.source.arena);
	return p.failed ? -1 : 0;
}
