/*
 * Workers are forked after the vocabulary is loaded, so they share it, and
 * not threads: a crash in one costs one document. A job goes to a worker (its
 * names, NUL-terminated, behind their length) while it does the one before, so
 * that it need not wait; what the job says comes back as frames (letter,
 * length, bytes):
 *
 *	O  output		M  a message		N  a note
 *	E  the job is done
 *
 * Frames of the first job that is not done are played at once, those of later
 * ones wait. Who is too far ahead is not listened to until the others catch
 * up, so what waits is bounded.
 */
#include "parse/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

enum {
	WINDOW = 256,            /* jobs ahead of the first */
	AHEAD = 2,               /* jobs that a worker has been given */
	MOST_AHEAD = 1 << 14,    /* bytes of names that go to a busy worker:
				  * what is longer could fill the socket while
				  * the worker fills it the other way */
	MOST_HELD = 64 << 20,    /* bytes that wait */
	MOST_PENDING = 1 << 20,  /* of a worker before it sends them */
	READ_SIZE = 1 << 16,
	FRAME_HEAD = 1 + sizeof(uint32_t),
};

struct frames {
	struct buf bytes;
	int fd; /* -1: they stay here */
};

struct worker {
	pid_t pid;
	int fd; /* -1: there is none */
	struct buf in; /* what is no whole frame yet */
	size_t jobs[AHEAD]; /* given and not done, the first is being done */
	unsigned n_jobs;
};

struct slot {
	struct buf frames;
	struct input_job names;
	bool done;
};

struct pool {
	struct parse_run *run;
	struct worker *workers;
	unsigned n;
	struct slot slots[WINDOW];
	size_t head, next; /* the first job not played; the next to give */
	size_t held;
	bool waits;        /* the next one was read, and no worker is free */
	bool drained;      /* the list is at its end */
};

/* ---- frames ------------------------------------------------------------- */

/* Whoever reads may be gone; that shows when its answer is read. */
static bool send_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t did = send(fd, p, n, MSG_NOSIGNAL);

		if (did < 0 && errno == EINTR)
			continue;
		if (did <= 0)
			return false;
		p += did;
		n -= (size_t)did;
	}
	return true;
}

static void flush(struct frames *f)
{
	if (f->fd < 0)
		return;
	if (!send_all(f->fd, f->bytes.p, f->bytes.n))
		_exit(0);
	buf_clear(&f->bytes);
}

static void put_frame(struct frames *f, char letter, struct str bytes)
{
	uint32_t n = (uint32_t)bytes.n;

	buf_putc(&f->bytes, letter);
	buf_put(&f->bytes, &n, sizeof n);
	buf_put_str(&f->bytes, bytes);
	if (f->bytes.n > MOST_PENDING)
		flush(f);
}

/* One frame is at most a gigabyte; more output comes in several. */
static void put_output(void *ctx, struct str bytes)
{
	const size_t most = 1 << 30;

	for (size_t at = 0; at < bytes.n; at += most)
		put_frame(ctx, 'O', str_slice(bytes, at, at + most));
}

static void put_message(void *ctx, struct str text)
{
	put_frame(ctx, 'M', text);
}

static void put_note(void *ctx, const char *id)
{
	put_frame(ctx, 'N', str_of(id));
}

/* The first frame of bytes, cut off them; false where it is not whole. */
static bool next_frame(struct str *bytes, char *letter, struct str *content)
{
	uint32_t n;

	if (bytes->n < FRAME_HEAD)
		return false;
	memcpy(&n, bytes->p + 1, sizeof n);
	if (bytes->n - FRAME_HEAD < n)
		return false;
	*letter = bytes->p[0];
	*content = str_slice(*bytes, FRAME_HEAD, FRAME_HEAD + n);
	*bytes = str_slice(*bytes, FRAME_HEAD + n, bytes->n);
	return true;
}

/* ---- the worker --------------------------------------------------------- */

static _Noreturn void exhausted(size_t wanted)
{
	(void)wanted;
	_exit(4);
}

static bool read_all(int fd, void *to, size_t n)
{
	char *p = to;

	while (n) {
		ssize_t got = read(fd, p, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

/* What the documents say becomes frames. */
static void capture(struct parse *p, struct frames *frames)
{
	p->sink = (struct parse_sink){frames, put_output, put_note};
	p->messages->sink = put_message;
	p->messages->ctx = frames;
}

static _Noreturn void work(struct parse *p, bool join, int fd)
{
	struct frames frames = {.fd = fd};
	struct input_job job = {.join = join};
	uint32_t n;

	arena_on_exhaustion(exhausted);
	capture(p, &frames);
	while (read_all(fd, &n, sizeof n)) {
		buf_clear(&job.names);
		buf_reserve(&job.names, n);
		if (!read_all(fd, job.names.p, n))
			break;
		job.names.n = n;
		p->troubled = false;
		parse_job(p, &job);
		put_frame(&frames, 'E', p->troubled ? STR("!") : STR(""));
		flush(&frames);
	}
	_exit(0);
}

static bool start(struct pool *pool, struct worker *w)
{
	int ends[2];

	*w = (struct worker){.fd = -1};
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return false;
	w->pid = fork();
	if (!w->pid) {
		/* Or the others would never see an end. */
		for (unsigned i = 0; i < pool->n; i++)
			close(pool->workers[i].fd);
		close(ends[0]);
		work(pool->run->parse, pool->run->list->join, ends[1]);
	}
	close(ends[1]);
	if (w->pid < 0)
		close(ends[0]);
	else
		w->fd = ends[0];
	return w->pid > 0;
}

static int stop(struct worker *w)
{
	int status = 0;

	if (w->fd < 0)
		return 0;
	close(w->fd);
	if (w->n_jobs)
		kill(w->pid, SIGTERM);
	buf_release(&w->in);
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	*w = (struct worker){.fd = -1};
	return status;
}

/* ---- the program -------------------------------------------------------- */

static void play_frame(struct pool *pool, char letter, struct str content)
{
	struct parse_run *r = pool->run;

	if (letter == 'O')
		run_put(r, content);
	else if (letter == 'M')
		run_say(r, content);
	else if (letter == 'N')
		run_note(r, content);
	else if (content.n)
		r->parse->troubled = true;
}

static void play(struct pool *pool, struct slot *slot)
{
	struct str rest = buf_str(&slot->frames), content;
	char letter;

	pool->held -= slot->frames.n;
	while (next_frame(&rest, &letter, &content))
		play_frame(pool, letter, content);
	buf_release(&slot->frames);
}

/* Plays what can be played now. */
static void advance(struct pool *pool)
{
	while (pool->head < pool->next) {
		struct slot *slot = &pool->slots[pool->head % WINDOW];

		play(pool, slot);
		if (!slot->done)
			return;
		progress_show(&pool->run->progress, slot->names.n,
			      pool->run->list->total);
		slot->done = false;
		pool->head++;
	}
}

static void end_job(struct pool *pool, struct worker *w)
{
	pool->slots[w->jobs[0] % WINDOW].done = true;
	w->n_jobs--;
	memmove(w->jobs, w->jobs + 1, w->n_jobs * sizeof *w->jobs);
	advance(pool);
}

/* What waits for the first job was played when it became the first. */
static void take_frames(struct pool *pool, struct worker *w)
{
	struct str rest = buf_str(&w->in), frame = rest, content;
	char letter;

	while (w->n_jobs && next_frame(&rest, &letter, &content)) {
		struct slot *slot = &pool->slots[w->jobs[0] % WINDOW];

		frame.n -= rest.n;
		if (w->jobs[0] == pool->head) {
			play_frame(pool, letter, content);
		} else {
			buf_put_str(&slot->frames, frame);
			pool->held += frame.n;
		}
		if (letter == 'E')
			end_job(pool, w);
		frame = rest;
	}
	memmove(w->in.p, rest.p, rest.n);
	w->in.n = rest.n;
}

/* A document that its worker did not survive. */
static void put_crash(struct pool *pool, struct slot *slot, int status)
{
	struct parse *p = pool->run->parse;
	struct parse_sink sink = p->sink;
	struct messages said = *p->messages;
	struct frames frames = {.fd = -1};
	struct str none = {NULL, 0}, detail = none;
	struct arena arena = {0};
	size_t at = 0;

	if (WIFSIGNALED(status))
		detail = str_format(&arena, "signal %d", WTERMSIG(status));
	capture(p, &frames);
	parse_trouble(p, str_of(input_job_name(&slot->names, &at)), none,
		      "read", WIFEXITED(status) ? "limit-memory" : "crashed",
		      detail);
	p->sink = sink;
	p->messages->sink = said.sink;
	p->messages->ctx = said.ctx;
	buf_put_str(&slot->frames, buf_str(&frames.bytes));
	pool->held += frames.bytes.n;
	slot->done = true;
	buf_release(&frames.bytes);
	arena_release(&arena);
}

static void send_job(struct worker *w, const struct slot *slot)
{
	struct buf message = {0};
	uint32_t n = (uint32_t)slot->names.names.n;

	buf_put(&message, &n, sizeof n);
	buf_put_str(&message, buf_str(&slot->names.names));
	send_all(w->fd, message.p, message.n);
	buf_release(&message);
}

/* The document that was being read is lost, the next ones get a new worker. */
static void bury(struct pool *pool, struct worker *w)
{
	struct worker was = *w;
	int status = stop(w);
	bool alive;

	put_crash(pool, &pool->slots[was.jobs[0] % WINDOW], status);
	alive = start(pool, w);
	for (unsigned i = 1; i < was.n_jobs; i++) {
		struct slot *slot = &pool->slots[was.jobs[i] % WINDOW];

		if (!alive) {
			put_crash(pool, slot, status);
			continue;
		}
		w->jobs[w->n_jobs++] = was.jobs[i];
		send_job(w, slot);
	}
	advance(pool);
}

/* The next job to a worker that has `has`; false where there is none. */
static bool give(struct pool *pool, unsigned has)
{
	struct slot *slot = &pool->slots[pool->next % WINDOW];
	struct worker *w = NULL;

	for (unsigned i = 0; i < pool->n && !w; i++)
		if (pool->workers[i].fd >= 0 && pool->workers[i].n_jobs == has)
			w = &pool->workers[i];
	if (!w || pool->drained || pool->next - pool->head >= WINDOW ||
	    (pool->held > MOST_HELD && pool->next > pool->head))
		return false;
	if (!pool->waits && !input_list_next(pool->run->list, &slot->names)) {
		pool->drained = true;
		return false;
	}
	pool->waits = has && slot->names.names.n > MOST_AHEAD;
	if (pool->waits)
		return false;
	w->jobs[w->n_jobs++] = pool->next++;
	send_job(w, slot);
	return true;
}

static void give_all(struct pool *pool)
{
	for (unsigned has = 0; has < AHEAD; has++)
		while (give(pool, has))
			;
}

/* False where there is nobody left to listen to. */
static bool listen_all(struct pool *pool, struct pollfd *polls)
{
	bool any = false;

	for (unsigned i = 0; i < pool->n; i++) {
		const struct worker *w = &pool->workers[i];
		bool wanted = w->n_jobs && (w->jobs[0] == pool->head ||
					    pool->held <= MOST_HELD);

		polls[i] = (struct pollfd){.fd = wanted ? w->fd : -1,
					   .events = POLLIN};
		any |= wanted;
	}
	if (!any || poll(polls, pool->n, -1) < 0)
		return any;
	for (unsigned i = 0; i < pool->n; i++) {
		struct worker *w = &pool->workers[i];
		ssize_t got;

		if (polls[i].fd < 0 || !polls[i].revents)
			continue;
		buf_reserve(&w->in, READ_SIZE);
		got = read(w->fd, w->in.p + w->in.n, READ_SIZE);
		if (got > 0) {
			w->in.n += (size_t)got;
			take_frames(pool, w);
		} else if (!got || errno != EINTR) {
			bury(pool, w);
		}
	}
	return true;
}

static void finish(struct pool *pool)
{
	for (unsigned i = 0; i < pool->n; i++)
		stop(&pool->workers[i]);
	for (size_t i = 0; i < WINDOW; i++) {
		buf_release(&pool->slots[i].frames);
		buf_release(&pool->slots[i].names.names);
	}
	free(pool->workers);
	free(pool);
}

void pool_run(struct parse_run *r, unsigned n)
{
	struct pool *pool = memory_realloc(NULL, sizeof *pool);
	struct pollfd *polls;

	memset(pool, 0, sizeof *pool);
	pool->run = r;
	pool->workers = memory_realloc(NULL, n * sizeof *pool->workers);
	while (pool->n < n && start(pool, &pool->workers[pool->n]))
		pool->n++;
	polls = memory_realloc(NULL, n * sizeof *polls);
	do
		give_all(pool);
	while (!r->out.error && listen_all(pool, polls));
	free(polls);
	if (pool->waits && !r->out.error) /* and no worker is left */
		parse_job(r->parse, &pool->slots[pool->next % WINDOW].names);
	finish(pool);
}
