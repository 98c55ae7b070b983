/* Jobs in, frames out. */
#include "parse/worker.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/program.h"

enum {
	READ_SIZE = 1 << 16,
	SEND_NS = 1000000, /* frames wait for others no longer */
};

static _Noreturn void exhausted(size_t wanted)
{
	(void)wanted;
	_exit(STATUS_SYSTEM);
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

void worker_capture(struct parse *p, struct frames *frames)
{
	p->sink = (struct parse_sink){frames, put_output, put_note};
	p->messages->sink = put_message;
	p->messages->ctx = frames;
}

/* The worker's side of the socket. */
struct desk {
	struct frames frames;
	struct buf in;
	size_t at; /* where the next job begins in it */
	int64_t sent; /* when frames were sent last, ns */
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void send_frames(struct desk *d)
{
	if (!frames_send(&d->frames))
		_exit(0);
	d->sent = now();
}

/* At least n bytes of the next job; where they are not here yet, what was done
 * is told before they are waited for. */
static bool have(struct desk *d, size_t n)
{
	while (d->in.n - d->at < n) {
		ssize_t got;

		send_frames(d);
		if (d->at) {
			d->in.n -= d->at;
			memmove(d->in.p, d->in.p + d->at, d->in.n);
			d->at = 0;
		}
		buf_reserve(&d->in, READ_SIZE);
		got = read(d->frames.fd, d->in.p + d->in.n, READ_SIZE);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		d->in.n += (size_t)got;
	}
	return true;
}

static bool next_job(struct desk *d, struct input_job *job, bool *small)
{
	struct job_head head;

	if (!have(d, sizeof head))
		return false;
	memcpy(&head, d->in.p + d->at, sizeof head);
	if (!have(d, sizeof head + head.n))
		return false;
	buf_clear(&job->names);
	buf_put(&job->names, d->in.p + d->at + sizeof head, head.n);
	d->at += sizeof head + head.n;
	*small = head.small;
	return true;
}

/* Counted before it is sent, a job whose worker dies is done again. That of
 * which something was sent must not be. */
static void end_at_desk(struct desk *d, bool troubled)
{
	struct tray *tray = d->frames.tray;
	bool sent = d->frames.sent || !tray;

	frames_put(&d->frames, 'E', troubled ? STR("!") : STR(""));
	if (!sent)
		atomic_fetch_add(&tray->done, 1);
	if (sent || now() - d->sent > SEND_NS)
		send_frames(d);
	if (sent && tray)
		atomic_fetch_add(&tray->done, 1);
}

_Noreturn void worker_run(struct parse *p, bool join, struct frames frames)
{
	struct desk desk = {.frames = frames, .sent = now()};
	struct input_job job = {.join = join};
	bool small;

	arena_on_exhaustion(exhausted);
	memory_keep();
	worker_capture(p, &desk.frames);
	while (next_job(&desk, &job, &small)) {
		if (!small)
			send_frames(&desk);
		desk.frames.sent = false;
		p->troubled = false;
		parse_job(p, &job);
		end_at_desk(&desk, p->troubled);
	}
	_exit(0);
}
