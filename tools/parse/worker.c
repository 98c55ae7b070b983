/*
 * Output goes one of three ways: into the file where it is the job's turn; kept
 * until it is, where that will be soon; to the program. A small document takes
 * less time than waking a process, so frames wait a little for those of the
 * next jobs.
 */
#include "parse/worker.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/program.h"

enum {
	READ_SIZE = 1 << 12,
	SEND_NS = 4000000, /* frames wait for others no longer */
	MOST_KEPT = 64,    /* jobs whose turn is waited for */
	MOST_BYTES = 1 << 20, /* of their output */
};

enum way { WAY_OPEN, WAY_FILE, WAY_KEPT, WAY_FRAMES };

/* A job that is done and whose turn it is not. */
struct kept {
	size_t number, n; /* bytes */
	bool troubled;
};

struct desk {
	struct worker_seat seat;
	size_t number; /* the job that is being done */
	bool small;
	enum way way;  /* of its output */
	bool said;     /* messages are among the frames not sent */
	struct kept kept[MOST_KEPT];
	unsigned n_kept;
	struct buf bytes; /* their output, then that of the job in hand */
	size_t own;       /* bytes of the latter */
	struct buf in;    /* from the socket */
	int64_t sent;     /* when frames were sent last, ns */
};

static _Noreturn void exhausted(size_t wanted)
{
	(void)wanted;
	_exit(STATUS_SYSTEM);
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void send_frames(struct desk *d)
{
	if (!frames_send(&d->seat.frames))
		_exit(0);
	d->said = false;
	d->sent = now();
}

static bool my_turn(const struct desk *d, size_t number)
{
	return atomic_load(&d->seat.board->turn) == number;
}

static void write_file(struct desk *d, size_t number, struct str bytes)
{
	if (board_write(d->seat.board, number, bytes))
		_exit(STATUS_SYSTEM);
}

static void put_end(struct desk *d, size_t number, bool troubled)
{
	frames_job(&d->seat.frames, number);
	frames_put(&d->seat.frames, 'E', troubled ? STR("!") : STR(""));
}

/* What was written by this process is over: nobody will do it again, so what
 * was said of it must be out. */
static void pass(struct desk *d, size_t number, bool troubled)
{
	put_end(d, number, troubled);
	if (d->said)
		send_frames(d);
	board_pass(d->seat.board, number);
}

/* Without the bytes that the first kept jobs had. */
static void drop_kept(struct desk *d, unsigned jobs, size_t bytes)
{
	if (!jobs)
		return;
	d->n_kept -= jobs;
	memmove(d->kept, d->kept + jobs, d->n_kept * sizeof *d->kept);
	d->bytes.n -= bytes;
	memmove(d->bytes.p, d->bytes.p + bytes, d->bytes.n);
}

/* Writes the jobs whose turn has come. */
static void settle(struct desk *d)
{
	unsigned i = 0;
	size_t at = 0;

	while (i < d->n_kept && my_turn(d, d->kept[i].number)) {
		const struct kept *k = &d->kept[i++];

		if (k->n)
			write_file(d, k->number,
				   str_slice(buf_str(&d->bytes), at, at + k->n));
		pass(d, k->number, k->troubled);
		at += k->n;
	}
	drop_kept(d, i, at);
}

static void put_frames(struct desk *d, size_t number, struct str bytes)
{
	frames_job(&d->seat.frames, number);
	if (bytes.n)
		frames_put_output(&d->seat.frames, bytes);
}

/* What is kept goes to the program after all. */
static void hand_over(struct desk *d)
{
	struct str bytes = buf_str(&d->bytes);
	size_t at = 0;

	for (unsigned i = 0; i < d->n_kept; i++) {
		const struct kept *k = &d->kept[i];

		put_frames(d, k->number, str_slice(bytes, at, at + k->n));
		put_end(d, k->number, k->troubled);
		at += k->n;
	}
	if (d->way == WAY_KEPT) {
		put_frames(d, d->number, str_slice(bytes, at, bytes.n));
		d->way = WAY_FRAMES;
	}
	d->n_kept = 0;
	d->own = 0;
	buf_clear(&d->bytes);
}

/* Nothing of this process may be waited for while it is busy or idle. */
static void leave_nothing(struct desk *d)
{
	settle(d);
	hand_over(d);
	if (d->seat.frames.bytes.n)
		send_frames(d);
}

static void choose_way(struct desk *d)
{
	if (d->way != WAY_OPEN)
		return;
	settle(d);
	if (d->seat.board->fd < 0)
		d->way = WAY_FRAMES;
	else if (!d->n_kept && my_turn(d, d->number))
		d->way = WAY_FILE;
	else
		d->way = d->small ? WAY_KEPT : WAY_FRAMES;
}

static void put_output(void *ctx, struct str bytes)
{
	struct desk *d = ctx;

	choose_way(d);
	if (d->way == WAY_KEPT && d->bytes.n + bytes.n > MOST_BYTES)
		leave_nothing(d);
	if (d->way == WAY_FILE) {
		write_file(d, d->number, bytes);
		if (!d->small) /* else it is all or nothing */
			board_keep(d->seat.board, d->number);
	} else if (d->way == WAY_KEPT) {
		buf_put_str(&d->bytes, bytes);
		d->own += bytes.n;
	} else {
		put_frames(d, d->number, bytes);
	}
}

static void put_message(void *ctx, struct str text)
{
	struct desk *d = ctx;

	frames_job(&d->seat.frames, d->number);
	frames_put(&d->seat.frames, 'M', text);
	d->said = true;
}

static void put_note(void *ctx, const char *id)
{
	struct desk *d = ctx;

	frames_job(&d->seat.frames, d->number);
	frames_put(&d->seat.frames, 'N', str_of(id));
	d->said = true;
}

/* Large ones are not done again when their worker dies: what they became may
 * be with the program already. */
static void end_job(struct desk *d, bool troubled)
{
	choose_way(d);
	if (d->way == WAY_FILE) {
		pass(d, d->number, troubled);
	} else if (d->way == WAY_KEPT) {
		d->kept[d->n_kept++] = (struct kept){d->number, d->own, troubled};
		d->own = 0;
		d->way = WAY_OPEN;
		board_end(d->seat.board, d->seat.worker, d->number);
		settle(d);
		if (d->n_kept == MOST_KEPT)
			leave_nothing(d);
	} else {
		put_end(d, d->number, troubled);
		if (d->small)
			board_end(d->seat.board, d->seat.worker, d->number);
	}
	if (!d->small || now() - d->sent > SEND_NS)
		send_frames(d);
}

/* At least n bytes of a message; false where the program is gone. */
static bool have(struct desk *d, size_t n)
{
	while (d->in.n < n) {
		ssize_t got;

		buf_reserve(&d->in, READ_SIZE);
		got = read(d->seat.frames.fd, d->in.p + d->in.n, READ_SIZE);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		d->in.n += (size_t)got;
	}
	return true;
}

/* One message; it stays in d->in until the next, behind its length. */
static bool hear(struct desk *d, uint32_t *n)
{
	if (!have(d, sizeof *n))
		return false;
	memcpy(n, d->in.p, sizeof *n);
	return have(d, sizeof *n + *n);
}

static void forget(struct desk *d, uint32_t n)
{
	d->in.n -= sizeof n + n;
	memmove(d->in.p, d->in.p + sizeof n + n, d->in.n);
}

static bool ask_names(struct desk *d, struct buf *names)
{
	uint32_t n = 0;

	frames_job(&d->seat.frames, d->number);
	frames_put(&d->seat.frames, 'R', STR(""));
	send_frames(d);
	for (; !n; forget(d, n)) {
		if (!hear(d, &n))
			return false;
		buf_put(names, d->in.p + sizeof n, n);
	}
	return true;
}

static bool take_names(struct desk *d, struct buf *names)
{
	const struct board_job *job = board_job(d->seat.board, d->number);

	buf_clear(names);
	if (!job->n)
		return ask_names(d, names);
	buf_put(names, job->names, job->n);
	return true;
}

/* False where no job is left, or no program. */
static bool next_job(struct desk *d)
{
	struct board *b = d->seat.board;
	_Atomic bool *waits = &b->waits[d->seat.worker];
	uint32_t n;

	d->way = WAY_OPEN;
	while (!board_take(b, d->seat.worker, &d->number)) {
		leave_nothing(d);
		/* in this order, or a call might be missed */
		if (!atomic_exchange(waits, true))
			continue;
		if (atomic_load(&b->ended))
			return board_take(b, d->seat.worker, &d->number);
		if (!hear(d, &n))
			return false;
		forget(d, n);
	}
	atomic_store(waits, false);
	return true;
}

_Noreturn void worker_run(struct parse *p, struct worker_seat seat)
{
	struct desk desk = {.seat = seat, .sent = now()};
	struct input_job job = {.join = seat.join};

	/* Who wrote on would do so into a file that nobody watches over. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != seat.program)
		_exit(0);
	arena_on_exhaustion(exhausted);
	memory_keep();
	p->sink = (struct parse_sink){&desk, put_output, put_note};
	p->messages->sink = put_message;
	p->messages->ctx = &desk;
	while (next_job(&desk)) {
		desk.small = board_job(seat.board, desk.number)->small;
		if (!desk.small)
			leave_nothing(&desk);
		if (!take_names(&desk, &job.names))
			break;
		p->troubled = false;
		parse_job(p, &job);
		end_job(&desk, p->troubled);
	}
	leave_nothing(&desk);
	_exit(0);
}
