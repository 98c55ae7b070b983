#include "parse/frames.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

enum {
	MOST_PENDING = 1 << 20, /* bytes of frames before they are sent */
	HEAD = 1 + sizeof(uint32_t),
};

/* What a T frame says. */
struct place {
	uint32_t at, n;
	uint32_t skipped; /* bytes at the end of the ring, left empty */
};

struct tray *tray_open(void)
{
	void *p = mmap(NULL, sizeof(struct tray), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

void tray_close(struct tray *tray)
{
	if (tray)
		munmap(tray, sizeof *tray);
}

/* Whoever reads may be gone; that shows when its answer is read. */
bool send_all(int fd, const char *p, size_t n)
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

bool frames_send(struct frames *f)
{
	bool done;

	if (f->fd < 0 || !f->bytes.n)
		return true;
	done = send_all(f->fd, f->bytes.p, f->bytes.n);
	buf_clear(&f->bytes);
	return done;
}

void frames_put(struct frames *f, char letter, struct str bytes)
{
	uint32_t n = (uint32_t)bytes.n;

	buf_putc(&f->bytes, letter);
	buf_put(&f->bytes, &n, sizeof n);
	buf_put_str(&f->bytes, bytes);
	if (f->bytes.n > MOST_PENDING)
		frames_send(f);
}

void frames_job(struct frames *f, size_t number)
{
	if (f->job == number + 1)
		return;
	f->job = number + 1;
	frames_put(f, 'J', (struct str){(const char *)&number, sizeof number});
}

/* The program takes what lies there in the order of the jobs. */
static bool lay(struct frames *f, struct str bytes)
{
	struct place p = {.at = (uint32_t)(f->laid % TRAY_SIZE),
			  .n = (uint32_t)bytes.n};
	size_t taken;

	if (!f->tray || bytes.n > TRAY_SIZE || f->job < f->laid_job)
		return false;
	taken = atomic_load_explicit(&f->tray->taken, memory_order_acquire);
	if (bytes.n > TRAY_SIZE - p.at) {
		p.skipped = TRAY_SIZE - p.at;
		p.at = 0;
	}
	if (f->laid + p.skipped + p.n - taken > TRAY_SIZE)
		return false;
	memcpy(f->tray->bytes + p.at, bytes.p, bytes.n);
	f->laid += p.skipped + p.n;
	f->laid_job = f->job;
	frames_put(f, 'T', (struct str){(const char *)&p, sizeof p});
	return true;
}

/* One frame is at most a gigabyte; more output comes in several. */
void frames_put_output(struct frames *f, struct str bytes)
{
	const size_t most = 1 << 30;

	if (lay(f, bytes))
		return;
	for (size_t at = 0; at < bytes.n; at += most)
		frames_put(f, 'O', str_slice(bytes, at, at + most));
}

bool frames_next(struct str *bytes, char *letter, struct str *content)
{
	uint32_t n;

	if (bytes->n < HEAD)
		return false;
	memcpy(&n, bytes->p + 1, sizeof n);
	if (bytes->n - HEAD < n)
		return false;
	*letter = bytes->p[0];
	*content = str_slice(*bytes, HEAD, HEAD + n);
	*bytes = str_slice(*bytes, HEAD + n, bytes->n);
	return true;
}

struct str tray_look(const struct tray *tray, struct str content)
{
	struct place p;

	memcpy(&p, content.p, sizeof p);
	return (struct str){tray->bytes + p.at, p.n};
}

void tray_take(struct tray *tray, struct str content)
{
	struct place p;

	memcpy(&p, content.p, sizeof p);
	atomic_fetch_add_explicit(&tray->taken, p.skipped + (size_t)p.n,
				  memory_order_release);
}
