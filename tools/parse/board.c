#include "parse/board.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/stream.h"

static uint64_t state_of(size_t number, unsigned worker, enum board_state state)
{
	return (uint64_t)number << 16 | (uint64_t)worker << 2 | state;
}

struct board *board_open(int fd)
{
	struct board *b = mmap(NULL, sizeof *b, PROT_READ | PROT_WRITE,
			       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (b == MAP_FAILED)
		return NULL;
	b->fd = fd;
	return b;
}

void board_close(struct board *b)
{
	if (b)
		munmap(b, sizeof *b);
}

void board_put(struct board *b, struct str names, bool small)
{
	size_t number = atomic_load(&b->put);
	struct board_job *job = board_job(b, number);

	job->n = names.n <= BOARD_NAMES ? (uint32_t)names.n : 0;
	job->small = small;
	if (job->n)
		memcpy(job->names, names.p, names.n);
	board_free(b, number);
	atomic_store(&b->put, number + 1);
}

void board_free(struct board *b, size_t number)
{
	atomic_store(&board_job(b, number)->whole, -1);
	atomic_store(&b->states[number % BOARD_JOBS],
		     state_of(number, 0, BOARD_FREE));
}

bool board_owner(const struct board *b, size_t number, unsigned *worker,
		 enum board_state *state)
{
	uint64_t s = atomic_load(&b->states[number % BOARD_JOBS]);

	*worker = s >> 2 & 0x3FFF;
	*state = (enum board_state)(s & 3);
	return *state != BOARD_FREE;
}

bool board_take(struct board *b, unsigned worker, size_t *number)
{
	for (size_t i = atomic_load(&b->head); i < atomic_load(&b->put); i++) {
		uint64_t is = state_of(i, 0, BOARD_FREE);

		if (atomic_load(&b->states[i % BOARD_JOBS]) == is &&
		    atomic_compare_exchange_strong(
			    &b->states[i % BOARD_JOBS], &is,
			    state_of(i, worker, BOARD_TAKEN))) {
			*number = i;
			return true;
		}
	}
	return false;
}

void board_end(struct board *b, unsigned worker, size_t number)
{
	uint64_t is = state_of(number, worker, BOARD_TAKEN);

	atomic_compare_exchange_strong(&b->states[number % BOARD_JOBS], &is,
				       state_of(number, worker, BOARD_ENDED));
}

void board_pass(struct board *b, size_t number)
{
	atomic_compare_exchange_strong(&b->turn, &number, number + 1);
}

void board_keep(struct board *b, size_t number)
{
	atomic_store(&board_job(b, number)->whole, lseek(b->fd, 0, SEEK_CUR));
}

int board_write(struct board *b, size_t number, struct str bytes)
{
	if (atomic_load(&board_job(b, number)->whole) < 0)
		board_keep(b, number);
	if (!stream_write(b->fd, bytes))
		return 0;
	atomic_store(&b->error, errno);
	return -1;
}

void board_take_back(struct board *b, size_t number)
{
	int64_t whole = atomic_load(&board_job(b, number)->whole);
	int64_t at = lseek(b->fd, 0, SEEK_CUR);

	if (whole < 0 || at <= whole)
		return;
	/* Nobody else's bytes are behind it, unless the file was there before. */
	if (lseek(b->fd, 0, SEEK_END) == at && ftruncate(b->fd, whole))
		atomic_store(&b->error, errno);
	lseek(b->fd, whole, SEEK_SET);
}
