/*
 * Workers are forked after the vocabulary is loaded, so they share it, and
 * not threads: a crash in one costs one document. A job (its names,
 * NUL-terminated, behind their length) goes to a worker while it does the one
 * before, so that it need not wait; what the job says comes back as frames
 * (frames.h).
 *
 * Small documents take less time than waking a process. So a worker is given
 * many of them, and sends the frames of many together. Those that it did and
 * did not send are lost with it; the next worker does them again.
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
#include "base/program.h"
#include "parse/worker.h"

enum {
	WINDOW = 256,            /* jobs ahead of the first */
	AHEAD = 2,               /* jobs that a worker has been given */
	AHEAD_SMALL = 64,        /* where all of them are small: work for longer
				  * than it may take until the program runs again */
	SMALL = 1 << 16,         /* bytes of a small document */
	SMALL_NAME = 512,        /* bytes of its name */
	MOST_AHEAD = 1 << 14,    /* bytes of names that go to a busy worker:
				  * what is longer could fill the socket while
				  * the worker fills it the other way */
	MOST_HELD = 64 << 20,    /* bytes that wait */
	READ_SIZE = 1 << 16,
};

struct worker {
	pid_t pid;
	int fd; /* -1: there is none */
	struct tray *tray;
	struct buf in;  /* what is no whole frame yet */
	struct buf out; /* jobs to send */
	size_t jobs[AHEAD_SMALL]; /* given and not done, the first is being done */
	unsigned n_jobs;
	size_t ended; /* jobs, as the program knows */
};

struct slot {
	struct buf frames;
	struct worker *worker; /* whose tray they speak of */
	struct input_job names;
	bool small, done;
};

struct pool {
	struct parse_run *run;
	struct worker *workers;
	unsigned n;
	struct slot slots[WINDOW];
	size_t head, next; /* the first job not played; the next to give */
	size_t held;
	bool waits;        /* the next one was read, and not given */
	bool drained;      /* the list is at its end */
};

/* The tray is that of the worker before, or new. */
static bool start(struct pool *pool, struct worker *w)
{
	int ends[2];

	*w = (struct worker){.fd = -1, .tray = w->tray};
	if (w->tray) {
		atomic_store(&w->tray->taken, 0);
		atomic_store(&w->tray->done, 0);
	}
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return false;
	w->pid = fork();
	if (!w->pid) {
		/* Or the others would never see an end. */
		for (unsigned i = 0; i < pool->n; i++)
			close(pool->workers[i].fd);
		close(ends[0]);
		worker_run(pool->run->parse, pool->run->list->join,
			   (struct frames){.fd = ends[1], .tray = w->tray});
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
	buf_release(&w->out);
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	*w = (struct worker){.fd = -1, .tray = w->tray};
	return status;
}

static void play_frame(struct pool *pool, struct tray *tray, char letter,
		       struct str content)
{
	struct parse_run *r = pool->run;

	if (letter == 'O') {
		run_put(r, content);
	} else if (letter == 'T') {
		run_put(r, tray_look(tray, content));
		tray_take(tray, content);
	} else if (letter == 'M') {
		run_say(r, content);
	} else if (letter == 'N') {
		run_note(r, content);
	} else if (content.n) {
		r->parse->troubled = true;
	}
}

static void play(struct pool *pool, struct slot *slot)
{
	struct str rest = buf_str(&slot->frames), content;
	char letter;

	pool->held -= slot->frames.n;
	while (frames_next(&rest, &letter, &content))
		play_frame(pool, slot->worker->tray, letter, content);
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
	w->ended++;
	w->n_jobs--;
	memmove(w->jobs, w->jobs + 1, w->n_jobs * sizeof *w->jobs);
	advance(pool);
}

/* What waits for the first job was played when it became the first. */
static void take_frames(struct pool *pool, struct worker *w)
{
	struct str rest = buf_str(&w->in), frame = rest, content;
	char letter;

	while (w->n_jobs && frames_next(&rest, &letter, &content)) {
		struct slot *slot = &pool->slots[w->jobs[0] % WINDOW];

		frame.n -= rest.n;
		if (w->jobs[0] == pool->head) {
			play_frame(pool, w->tray, letter, content);
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

/* What waits no longer speaks of the tray, which the next worker gets. */
static void empty_tray(struct pool *pool, const struct worker *w)
{
	for (size_t i = pool->head; i < pool->next; i++) {
		struct slot *slot = &pool->slots[i % WINDOW];
		struct str rest = buf_str(&slot->frames), content;
		struct frames own = {.fd = -1};
		char letter;

		if (slot->worker != w)
			continue;
		while (frames_next(&rest, &letter, &content)) {
			if (letter == 'T')
				frames_put(&own, 'O', tray_look(w->tray, content));
			else
				frames_put(&own, letter, content);
		}
		pool->held += own.bytes.n - slot->frames.n;
		buf_release(&slot->frames);
		slot->frames = own.bytes;
	}
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
	worker_capture(p, &frames);
	parse_trouble(p, str_of(input_job_name(&slot->names, &at)), none,
		      "read", WIFEXITED(status) &&
				      WEXITSTATUS(status) == STATUS_SYSTEM
			      ? "limit-memory" : "crashed",
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

static void give_job(struct worker *w, struct slot *slot, size_t job)
{
	struct str names = buf_str(&slot->names.names);
	struct job_head head = {.n = (uint32_t)names.n, .small = slot->small};

	slot->worker = w;
	w->jobs[w->n_jobs++] = job;
	buf_put(&w->out, &head, sizeof head);
	buf_put_str(&w->out, names);
}

static void send_jobs(struct worker *w)
{
	send_all(w->fd, w->out.p, w->out.n);
	buf_clear(&w->out);
}

/* The document that was being read is lost, the others get a new worker. */
static void bury(struct pool *pool, struct worker *w)
{
	struct worker was = *w;
	size_t done = w->tray ? atomic_load(&w->tray->done) : 0;
	size_t again = done > w->ended ? done - w->ended : 0;
	int status = stop(w);
	bool alive;

	empty_tray(pool, w);
	alive = start(pool, w);
	for (unsigned i = 0; i < was.n_jobs; i++) {
		struct slot *slot = &pool->slots[was.jobs[i] % WINDOW];

		if (i == again || !alive)
			put_crash(pool, slot, status);
		else
			give_job(w, slot, was.jobs[i]);
	}
	if (alive)
		send_jobs(w);
	advance(pool);
}

static bool is_small(const struct input_job *job)
{
	return job->n == 1 && job->names.n <= SMALL_NAME && job->bytes >= 0 &&
	       job->bytes <= SMALL;
}

static bool may_give(const struct pool *pool, const struct worker *w,
		     const struct slot *slot)
{
	bool small = slot->small;

	for (unsigned i = 0; i < w->n_jobs; i++)
		small = small && pool->slots[w->jobs[i] % WINDOW].small;
	return !w->n_jobs ||
	       (w->n_jobs < (small ? AHEAD_SMALL : AHEAD) &&
		slot->names.names.n <= MOST_AHEAD);
}

/* Who has least to do. */
static struct worker *find_free(struct pool *pool, const struct slot *slot)
{
	struct worker *best = NULL;

	for (unsigned i = 0; i < pool->n; i++) {
		struct worker *w = &pool->workers[i];

		if (w->fd >= 0 && (!best || w->n_jobs < best->n_jobs))
			best = w;
	}
	return best && may_give(pool, best, slot) ? best : NULL;
}

/* The next job to a worker; false where there is none. */
static bool give(struct pool *pool)
{
	struct slot *slot = &pool->slots[pool->next % WINDOW];
	struct worker *w;

	if (pool->drained || pool->next - pool->head >= WINDOW ||
	    (pool->held > MOST_HELD && pool->next > pool->head))
		return false;
	if (!pool->waits) {
		if (!input_list_next(pool->run->list, &slot->names)) {
			pool->drained = true;
			return false;
		}
		slot->small = is_small(&slot->names);
	}
	w = find_free(pool, slot);
	pool->waits = !w;
	if (w)
		give_job(w, slot, pool->next++);
	return w;
}

static void give_all(struct pool *pool)
{
	while (give(pool))
		;
	for (unsigned i = 0; i < pool->n; i++)
		if (pool->workers[i].out.n)
			send_jobs(&pool->workers[i]);
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
	for (unsigned i = 0; i < pool->n; i++) {
		stop(&pool->workers[i]);
		tray_close(pool->workers[i].tray);
	}
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
	for (; pool->n < n; pool->n++) {
		struct worker *w = &pool->workers[pool->n];

		w->tray = tray_open();
		if (!start(pool, w)) {
			tray_close(w->tray);
			break;
		}
	}
	polls = memory_realloc(NULL, n * sizeof *polls);
	do
		give_all(pool);
	while (!r->out.error && listen_all(pool, polls));
	free(polls);
	if (pool->waits && !r->out.error) /* and no worker is left */
		parse_job(r->parse, &pool->slots[pool->next % WINDOW].names);
	finish(pool);
}
