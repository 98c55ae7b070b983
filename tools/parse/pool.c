/*
 * Workers are forked after the vocabulary is loaded, so they share it, and
 * not threads: a crash in one costs one document. They take jobs from a board
 * (board.h), and what they say comes back as frames (frames.h): those of the
 * first job that is not over are played, those of later ones wait, so what is
 * written is in the order of the list. A worker that is too far ahead is not
 * listened to until the others catch up, so what waits is bounded.
 *
 * A small document is done whole or not at all: if its worker dies when it is
 * done and nobody knows, another does it again.
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
#include "base/reason.h"
#include "parse/worker.h"

enum {
	SMALL = 1 << 16,      /* bytes of a small document */
	MOST_HELD = 64 << 20, /* bytes that wait */
	READ_SIZE = 1 << 16,
};

struct worker {
	pid_t pid;
	int fd; /* -1: there is none */
	struct tray *tray;
	struct buf in; /* what is no whole frame yet */
	size_t job;    /* that the next frames are of */
	bool heard;    /* something came from it */
	bool killed;   /* by the program */
};

struct slot {
	struct buf frames;
	struct worker *worker; /* whose tray they speak of */
	struct input_job names;
	bool over;
};

struct pool {
	struct parse_run *run;
	struct board *board;
	struct worker *workers;
	unsigned n;
	struct slot slots[BOARD_JOBS];
	size_t head, put; /* the first job that is not over; the next one */
	size_t held;
	bool waits;   /* names may come slowly */
	bool drained; /* the list is at its end */
};

static struct slot *slot_of(struct pool *pool, size_t number)
{
	return &pool->slots[number % BOARD_JOBS];
}

/* The tray is that of the worker before, or new. */
static bool start(struct pool *pool, struct worker *w)
{
	struct worker_seat seat = {
		.board = pool->board,
		.frames = {.tray = w->tray},
		.worker = (unsigned)(w - pool->workers),
		.program = getpid(),
		.join = pool->run->list->join,
	};
	int ends[2];

	*w = (struct worker){.fd = -1, .tray = w->tray};
	atomic_store(&pool->board->waits[seat.worker], false);
	if (w->tray)
		atomic_store(&w->tray->taken, 0);
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return false;
	w->pid = fork();
	if (!w->pid) {
		/* Or the others would never see an end. */
		for (unsigned i = 0; i < pool->n; i++)
			close(pool->workers[i].fd);
		close(ends[0]);
		seat.frames.fd = ends[1];
		worker_run(pool->run->parse, seat);
	}
	close(ends[1]);
	if (w->pid < 0)
		close(ends[0]);
	else
		w->fd = ends[0];
	return w->pid > 0;
}

/* Waits for its end; its status. */
static int stop(struct worker *w)
{
	int status = 0;

	if (w->fd < 0)
		return 0;
	close(w->fd);
	buf_release(&w->in);
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

static void drop_frames(struct pool *pool, struct slot *slot)
{
	pool->held -= slot->frames.n;
	buf_release(&slot->frames);
}

static void play(struct pool *pool, struct slot *slot)
{
	struct str rest = buf_str(&slot->frames), content;
	char letter;

	while (frames_next(&rest, &letter, &content))
		play_frame(pool, slot->worker->tray, letter, content);
	drop_frames(pool, slot);
}

/* What it says is played while it is done. */
static bool is_played_early(struct pool *pool, size_t number)
{
	return number == pool->head && !board_job(pool->board, number)->small;
}

/* Plays what can be played now. */
static void advance(struct pool *pool)
{
	while (pool->head < pool->put) {
		struct slot *slot = slot_of(pool, pool->head);

		if (slot->over || is_played_early(pool, pool->head))
			play(pool, slot);
		if (!slot->over)
			return;
		if (pool->board->fd >= 0)
			writer_flush(&pool->run->out);
		progress_show(&pool->run->progress, slot->names.n,
			      pool->run->list->total);
		slot->over = false;
		board_pass(pool->board, pool->head++);
		atomic_store(&pool->board->head, pool->head);
	}
}

static void send_message(const struct worker *w, struct str bytes)
{
	uint32_t n = (uint32_t)bytes.n;

	send_all(w->fd, (const char *)&n, sizeof n);
	send_all(w->fd, bytes.p, bytes.n);
}

static void take_frame(struct pool *pool, struct worker *w, struct str frame,
		       char letter, struct str content)
{
	struct slot *slot = slot_of(pool, w->job);

	if (letter == 'J') {
		memcpy(&w->job, content.p, sizeof w->job);
		return;
	}
	slot->worker = w;
	if (letter == 'R') {
		send_message(w, buf_str(&slot->names.names));
	} else if (is_played_early(pool, w->job)) {
		play_frame(pool, w->tray, letter, content);
	} else {
		buf_put_str(&slot->frames, frame);
		pool->held += frame.n;
	}
	if (letter == 'E') {
		slot->over = true;
		advance(pool);
	}
}

static void take_frames(struct pool *pool, struct worker *w)
{
	struct str rest = buf_str(&w->in), frame = rest, content;
	char letter;

	while (frames_next(&rest, &letter, &content)) {
		frame.n -= rest.n;
		take_frame(pool, w, frame, letter, content);
		frame = rest;
	}
	memmove(w->in.p, rest.p, rest.n);
	w->in.n = rest.n;
}

/* What waits no longer speaks of the tray, which the next worker gets. */
static void empty_tray(struct pool *pool, const struct worker *w)
{
	for (size_t i = pool->head; i < pool->put; i++) {
		struct slot *slot = slot_of(pool, i);
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
		drop_frames(pool, slot);
		slot->frames = own.bytes;
		pool->held += own.bytes.n;
	}
}

static void put_output(void *ctx, struct str bytes)
{
	frames_put_output(ctx, bytes);
}

static void put_message(void *ctx, struct str text)
{
	frames_put(ctx, 'M', text);
}

static void put_note(void *ctx, const char *id)
{
	frames_put(ctx, 'N', str_of(id));
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
	p->sink = (struct parse_sink){&frames, put_output, put_note};
	p->messages->sink = put_message;
	p->messages->ctx = &frames;
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
	slot->over = true;
	buf_release(&frames.bytes);
	arena_release(&arena);
}

/* A job whose worker is dead: it is over where its turn went by, done again
 * where it was done and only that was not known, and lost else. */
static void inherit(struct pool *pool, struct worker *w, size_t number,
		    enum board_state state, int status)
{
	struct slot *slot = slot_of(pool, number);
	size_t turn = atomic_load(&pool->board->turn);

	slot->worker = w;
	if (number == turn)
		board_take_back(pool->board, number);
	if (number < turn) {
		slot->over = true;
	} else if (state == BOARD_ENDED) {
		drop_frames(pool, slot);
		board_free(pool->board, number);
	} else {
		put_crash(pool, slot, status);
	}
}

/* Whether it is this worker's, and not over. */
static bool has(struct pool *pool, const struct worker *w, size_t number,
		enum board_state *state)
{
	unsigned owner;

	return board_owner(pool->board, number, &owner, state) &&
	       &pool->workers[owner] == w && !slot_of(pool, number)->over;
}

/* Another begins in its place, unless nothing is left to do, or it came to
 * nothing at all, as the next one would. */
static void bury(struct pool *pool, struct worker *w)
{
	enum board_state state;
	bool again = w->heard && !pool->drained;
	int status;

	empty_tray(pool, w);
	status = stop(w);
	for (size_t i = pool->head; i < pool->put; i++) {
		if (has(pool, w, i, &state)) {
			inherit(pool, w, i, state, status);
			again = true;
		}
	}
	if (again)
		start(pool, w);
	advance(pool);
}

static bool is_small(const struct input_job *job)
{
	return job->n == 1 && job->names.n <= BOARD_NAMES && job->bytes >= 0 &&
	       job->bytes <= SMALL;
}

static void wake_all(struct pool *pool)
{
	for (unsigned i = 0; i < pool->n; i++)
		if (pool->workers[i].fd >= 0 &&
		    atomic_exchange(&pool->board->waits[i], false))
			send_message(&pool->workers[i], STR(""));
}

/* Puts jobs up, as long as there is room. */
static void fill(struct pool *pool)
{
	size_t most = pool->waits ? pool->n : BOARD_JOBS;

	while (!pool->drained && pool->put - pool->head < most &&
	       (pool->held <= MOST_HELD || pool->put == pool->head)) {
		struct slot *slot = slot_of(pool, pool->put);

		if (!input_list_next(pool->run->list, &slot->names)) {
			pool->drained = true;
			atomic_store(&pool->board->ended, true);
			break;
		}
		board_put(pool->board, buf_str(&slot->names.names),
			  is_small(&slot->names));
		pool->put++;
		if (pool->waits)
			wake_all(pool);
	}
	wake_all(pool);
}

static void listen_to(struct pool *pool, struct worker *w)
{
	ssize_t got;

	buf_reserve(&w->in, READ_SIZE);
	got = read(w->fd, w->in.p + w->in.n, READ_SIZE);
	if (got > 0) {
		w->heard = true;
		w->in.n += (size_t)got;
		take_frames(pool, w);
	} else if (!got || w->killed) {
		bury(pool, w);
	} else if (errno != EINTR) {
		/* who is not understood must not write; what it had said may
		 * still come */
		w->killed = true;
		kill(w->pid, SIGKILL);
	}
}

/* Where too much waits, who has the first job, or else may take it. */
static bool is_wanted(struct pool *pool, const struct worker *w)
{
	enum board_state state;
	unsigned owner;

	if (w->fd < 0)
		return false;
	return pool->held <= MOST_HELD ||
	       !board_owner(pool->board, pool->head, &owner, &state) ||
	       &pool->workers[owner] == w;
}

/* False where there is nobody left to listen to. */
static bool listen_all(struct pool *pool, struct pollfd *polls)
{
	bool any = false;

	for (unsigned i = 0; i < pool->n; i++) {
		const struct worker *w = &pool->workers[i];
		bool wanted = is_wanted(pool, w);

		polls[i] = (struct pollfd){.fd = wanted ? w->fd : -1,
					   .events = POLLIN};
		any |= wanted;
	}
	if (!any || poll(polls, pool->n, -1) < 0)
		return any;
	for (unsigned i = 0; i < pool->n; i++)
		if (polls[i].fd >= 0 && polls[i].revents)
			listen_to(pool, &pool->workers[i]);
	return true;
}

static bool is_done(const struct pool *pool)
{
	return pool->drained && pool->head == pool->put;
}

/* Fails as the program's own writing would. */
static bool may_go_on(struct pool *pool)
{
	int error = atomic_load(&pool->board->error);

	if (error && !pool->run->out.error)
		pool->run->out.error = reason_of(error);
	return !pool->run->out.error && !is_done(pool);
}

/* What nobody is left to do. */
static void do_rest(struct pool *pool)
{
	enum board_state state;
	unsigned owner;

	while (may_go_on(pool) && pool->head < pool->put) {
		struct slot *slot = slot_of(pool, pool->head);

		if (!board_owner(pool->board, pool->head, &owner, &state))
			parse_job(pool->run->parse, &slot->names);
		slot->over = true;
		advance(pool);
	}
}

static void finish(struct pool *pool)
{
	for (unsigned i = 0; i < pool->n; i++) {
		struct worker *w = &pool->workers[i];

		if (w->fd >= 0 && !is_done(pool))
			kill(w->pid, SIGTERM);
		stop(w);
		tray_close(w->tray);
	}
	for (size_t i = 0; i < BOARD_JOBS; i++) {
		buf_release(&pool->slots[i].frames);
		buf_release(&pool->slots[i].names.names);
	}
	board_close(pool->board);
	free(pool->workers);
	free(pool);
}

/* Residues are counted, and not written, until the end. */
static bool open_board(struct pool *pool, struct parse_run *r)
{
	bool file = r->parse->output != PARSE_RESIDUES && !writer_flush(&r->out);

	pool->board = board_open(file ? writer_file(&r->out) : -1);
	return pool->board;
}

void pool_run(struct parse_run *r, unsigned n)
{
	struct pool *pool = memory_realloc(NULL, sizeof *pool);
	struct pollfd *polls;

	memset(pool, 0, sizeof *pool);
	pool->run = r;
	if (!open_board(pool, r)) {
		free(pool);
		return;
	}
	pool->waits = input_list_waits(r->list);
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
	while (pool->n && may_go_on(pool)) {
		fill(pool);
		if (pool->head < pool->put && !listen_all(pool, polls))
			break;
	}
	free(polls);
	do_rest(pool);
	finish(pool);
}
