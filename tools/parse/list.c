/* Names come as they are asked for, so that a job can begin while `find` is
 * still looking. */
#include "parse/list.h"

#include <fcntl.h>
#include <fts.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* False for what is not there, and for standard input. */
static bool look_at(const char *name, struct stat *st)
{
	return strcmp(name, "-") && !stat(name, st);
}

bool input_is_directory(const char *name)
{
	struct stat st;

	return look_at(name, &st) && S_ISDIR(st.st_mode);
}

static long long bytes_of(const struct stat *st)
{
	return S_ISREG(st->st_mode) ? (long long)st->st_size : -1;
}

static void start_walk(struct input_list *l, const char *name)
{
	char *roots[] = {(char *)(uintptr_t)name, NULL};

	/* A link that is named is followed, one that is found is not. */
	l->walk = fts_open(roots, FTS_COMFOLLOW | FTS_PHYSICAL | FTS_NOCHDIR,
			   by_name);
}

/* The next file of the directory; what cannot be opened is given too, so
 * that it becomes trouble and not silence. */
static const FTSENT *walk_next(struct input_list *l)
{
	FTSENT *e;

	while (l->walk && (e = fts_read(l->walk))) {
		if (e->fts_level > 0 && e->fts_name[0] == '.') {
			fts_set(l->walk, e, FTS_SKIP);
			continue;
		}
		if (e->fts_info == FTS_F || e->fts_info == FTS_NS ||
		    e->fts_info == FTS_DNR)
			return e;
		if (e->fts_info == FTS_SL && !input_is_directory(e->fts_path))
			return e;
	}
	if (l->walk)
		fts_close(l->walk);
	l->walk = NULL;
	return NULL;
}

bool input_list_is_file(const struct input_list *l)
{
	struct stat st;

	return strcmp(l->from, "-") && !stat(l->from, &st) &&
	       S_ISREG(st.st_mode);
}

/* A list in a file is counted before it is read; one that comes through a
 * pipe cannot be. */
static size_t count_list(struct input_list *l)
{
	struct reader r;
	struct str name;
	size_t n = 0;

	if (!input_list_is_file(l) || reader_open(&r, l->from))
		return 0;
	while (reader_part(&r, l->separator, &name) > 0)
		n += name.n > 0;
	reader_close(&r);
	return n;
}

static size_t count_all(struct input_list *l)
{
	size_t n = l->from ? count_list(l) : 0;

	if (l->from && !n)
		return 0;
	for (size_t i = 0; i < l->n_operands; i++) {
		if (!input_is_directory(l->operands[i])) {
			n++;
			continue;
		}
		start_walk(l, l->operands[i]);
		while (walk_next(l))
			n++;
	}
	return n;
}

int input_list_open(struct input_list *l)
{
	if (l->count)
		l->total = count_all(l);
	l->ended = !l->from;
	if (l->ended)
		return 0;
	l->reading = !reader_open(&l->reader, l->from);
	return l->reading ? 0 : -1;
}

void input_list_close(struct input_list *l)
{
	if (l->reading)
		reader_close(&l->reader);
	if (l->walk)
		fts_close(l->walk);
	l->reading = false;
	l->walk = NULL;
}

static void add_name(struct input_job *job, struct str name)
{
	buf_put_str(&job->names, name);
	buf_putc(&job->names, '\0');
	job->n++;
}

/* 1 with the next name in the job, 0 where a publication ends, -1 at the
 * end of all. */
static int take_name(struct input_list *l, struct input_job *job)
{
	const FTSENT *found = walk_next(l);
	struct str name;
	struct stat st;
	size_t start;

	job->bytes = -1;
	if (found) {
		add_name(job, str_of(found->fts_path));
		if (found->fts_info == FTS_F)
			job->bytes = bytes_of(found->fts_statp);
		return 1;
	}
	if (l->at < l->n_operands)
		name = str_of(l->operands[l->at++]);
	else if (l->ended || reader_part(&l->reader, l->separator, &name) < 1)
		return -1;
	if (!name.n)
		return 0;
	start = job->names.n;
	add_name(job, name);
	if (!look_at(job->names.p + start, &st))
		return 1;
	if (!S_ISDIR(st.st_mode)) {
		job->bytes = bytes_of(&st);
		return 1;
	}
	if (l->at == l->n_operands && !l->ended)
		l->total = 0;
	job->n--;
	start_walk(l, job->names.p + start);
	job->names.n = start;
	return take_name(l, job);
}

bool input_list_next(struct input_list *l, struct input_job *job)
{
	int got;

	buf_clear(&job->names);
	job->n = 0;
	job->join = l->join;
	do
		got = take_name(l, job);
	while (got > 0 ? l->join : got == 0 && !job->n);
	return job->n > 0;
}

bool input_list_waits(const struct input_list *l)
{
	struct stat st;

	if (!l->from)
		return false;
	return (strcmp(l->from, "-") ? stat(l->from, &st)
				     : fstat(STDIN_FILENO, &st)) ||
	       !S_ISREG(st.st_mode);
}

/* A pipe is left alone: who writes to it would see a reader come and go. */
static void fetch_file(const char *name)
{
	struct stat st;
	int fd;

	if (!strcmp(name, "-") || stat(name, &st) || !S_ISREG(st.st_mode))
		return;
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return;
	posix_fadvise(fd, 0, 0, POSIX_FADV_WILLNEED);
	close(fd);
}

void input_job_fetch(const struct input_job *job)
{
	const char *name;
	size_t at = 0;

	while ((name = input_job_name(job, &at)))
		fetch_file(name);
}

bool input_list_reads(struct input_list *l)
{
	struct rusage usage;
	long before = l->blocks;

	if (getrusage(RUSAGE_SELF, &usage))
		return false;
	l->blocks = usage.ru_inblock;
	return l->blocks != before;
}

const char *input_job_name(const struct input_job *job, size_t *at)
{
	const char *name = job->names.p + *at;

	if (*at >= job->names.n)
		return NULL;
	*at += strlen(name) + 1;
	return name;
}
