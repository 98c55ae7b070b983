/*
 * Runs are written whole, synced and renamed, and never changed. A put adds
 * one; runs of like size become one, so there are few (the logarithm of the
 * number of puts) and a key is found by bisection in each.
 */
#include "archive/lookup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/files.h"
#include "base/memory.h"

enum {
	LINE = 16 + 1 + 12 + 1, /* hash, blank, offset, newline: hex digits */
	NAME = 64,
	MERGE_RATIO = 2,
	WRITE_SIZE = 1 << 16,
};

static void name_run(char out[NAME], int64_t from, int64_t to)
{
	snprintf(out, NAME, "lookup/%012llx-%012llx.keys",
		 (unsigned long long)from, (unsigned long long)to);
}

static bool open_run(struct lookup_run *r, int dir)
{
	char name[NAME];
	int64_t size;

	name_run(name, r->from, r->to);
	size = files_size(dir, name);
	if (size < 0 || size % LINE)
		return false;
	r->n = (size_t)size / LINE;
	r->fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	return r->fd >= 0;
}

static void add_run(struct lookup *l, struct lookup_run r)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 16;
		l->runs = memory_realloc(l->runs, l->cap * sizeof *l->runs);
	}
	l->runs[l->n++] = r;
	l->covered = r.to;
}

/* All the runs of the directory, the widest of each start first. */
static struct lookup_run *list_runs(int dir, size_t *n)
{
	int fd = openat(dir, "lookup", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct lookup_run *list = NULL;
	struct dirent *e;

	*n = 0;
	while (d && (e = readdir(d))) {
		unsigned long long from, to;
		char name[NAME];

		if (sscanf(e->d_name, "%12llx-%12llx.keys", &from, &to) != 2)
			continue;
		name_run(name, (int64_t)from, (int64_t)to);
		if (strcmp(name + strlen("lookup/"), e->d_name))
			continue;
		list = memory_realloc(list, (*n + 1) * sizeof *list);
		list[(*n)++] = (struct lookup_run){
			.from = (int64_t)from, .to = (int64_t)to};
	}
	if (d)
		closedir(d);
	return list;
}

void lookup_open(struct lookup *l, int dir, int64_t index_end)
{
	size_t n;
	struct lookup_run *list = list_runs(dir, &n);

	*l = (struct lookup){0};
	for (;;) {
		struct lookup_run *best = NULL;

		for (size_t i = 0; i < n; i++)
			if (list[i].from == l->covered &&
			    list[i].to > l->covered &&
			    list[i].to <= index_end &&
			    (!best || list[i].to > best->to))
				best = &list[i];
		if (!best || !open_run(best, dir))
			break;
		add_run(l, *best);
	}
	free(list);
}

void lookup_release(struct lookup *l)
{
	for (size_t i = 0; i < l->n; i++)
		close(l->runs[i].fd);
	free(l->runs);
	*l = (struct lookup){0};
}

/* Hashes of texts with a letter before them, so that the two kinds differ. */
static uint64_t hash(char kind, struct str text)
{
	struct buf b = {0};
	uint64_t h;

	buf_putc(&b, kind);
	buf_put_str(&b, text);
	h = str_hash(buf_str(&b));
	buf_release(&b);
	return h;
}

uint64_t lookup_document(const struct archive_entry *e)
{
	return e->doc.n ? hash('d', e->doc) : hash('r', e->sha256);
}

uint64_t lookup_entity(struct str entity)
{
	return hash('e', entity);
}

/* Number in a line; a damaged one gives a wrong place, which the index line
 * that is read there shows. */
static uint64_t hex_of(const char *p, size_t n)
{
	uint64_t value = 0;

	while (n--) {
		char c = *p++;

		value = value << 4 | (uint64_t)((c <= '9' ? c - '0'
							: c - 'a' + 10) & 15);
	}
	return value;
}

/* Lines of a run, one behind the other, from a buffer. */
struct cursor {
	const struct lookup_run *run;
	size_t at; /* of the next line */
	size_t from, to; /* of the lines in the buffer */
	char lines[64 * LINE];
};

/* The next line; 1, 0 at the end, -1 on a failure. */
static int read_line(struct cursor *c, const char **line)
{
	size_t room = sizeof c->lines / LINE, left = c->run->n - c->at;

	if (!left)
		return 0;
	if (c->at < c->from || c->at >= c->to) {
		size_t n = left < room ? left : room;

		if (files_read_at(c->run->fd, c->lines, n * LINE,
				  (int64_t)(c->at * LINE)))
			return -1;
		c->from = c->at;
		c->to = c->at + n;
	}
	*line = c->lines + (c->at++ - c->from) * LINE;
	return 1;
}

/* The first line of a run that is not below the hash: a block is found by
 * bisection, and read whole. */
static int find_first(struct cursor *c, uint64_t wanted)
{
	const size_t block = sizeof c->lines / LINE;
	size_t low = 0, high = c->run->n;
	const char *line;
	int got;

	while (high - low >= block) {
		size_t middle = low + (high - low) / 2;
		char hex[16];

		if (files_read_at(c->run->fd, hex, sizeof hex,
				  (int64_t)(middle * LINE)))
			return -1;
		if (hex_of(hex, sizeof hex) < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	c->at = low;
	while ((got = read_line(c, &line)) == 1)
		if (hex_of(line, 16) >= wanted) {
			c->at--;
			return 0;
		}
	return got;
}

int lookup_find(const struct lookup *l, struct arena *a, uint64_t wanted,
		int64_t **offsets, size_t *n, size_t *cap)
{
	for (size_t k = 0; k < l->n; k++) {
		struct cursor c;
		const char *line;
		int got;

		c.run = &l->runs[k];
		c.at = c.from = c.to = 0;
		got = find_first(&c, wanted);

		while (!got && (got = read_line(&c, &line)) == 1 &&
		       hex_of(line, 16) == wanted) {
			*offsets = arena_grow(a, *offsets, cap, *n + 1,
					      sizeof **offsets);
			(*offsets)[(*n)++] = (int64_t)hex_of(line + 17, 12);
			got = 0;
		}
		if (got < 0)
			return -1;
	}
	return 0;
}

static int compare_keys(const void *a, const void *b)
{
	const struct lookup_key *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->offset > y->offset) - (x->offset < y->offset);
}

/* The lines of the keys, as a run has them. */
static void put_key(char line[LINE + 1], const struct lookup_key *k)
{
	snprintf(line, LINE + 1, "%016llx %012llx\n",
		 (unsigned long long)k->hash, (unsigned long long)k->offset);
}

/* Lines on their way to a file. */
static int put_line(int fd, struct buf *out, const char *line)
{
	buf_put(out, line, LINE);
	if (out->n < WRITE_SIZE)
		return 0;
	if (stream_write(fd, buf_str(out)))
		return -1;
	buf_clear(out);
	return 0;
}

/* The lines of the keys and of the runs from that one on, merged, into a file.
 * 0 or -1. */
static int merge(int fd, const struct lookup *l, size_t first,
		 const struct lookup_key *keys, size_t n)
{
	size_t n_runs = l->n - first;
	struct buf out = {0};
	struct cursor *cursors =
		memory_realloc(NULL, (n_runs + 1) * sizeof *cursors);
	const char **lines = memory_realloc(NULL, (n_runs + 1) * sizeof *lines);
	char key[LINE + 1];
	size_t at = 0, from = 0;
	int got = 0;

	for (size_t k = 0; k < n_runs; k++) {
		cursors[k].run = &l->runs[first + k];
		cursors[k].at = cursors[k].from = cursors[k].to = 0;
	}
	for (size_t k = 0; k < n_runs && got >= 0; k++) {
		lines[k] = NULL;
		got = read_line(&cursors[k], &lines[k]);
	}
	while (got >= 0) {
		lines[n_runs] = at < n ? key : NULL;
		if (at < n)
			put_key(key, &keys[at]);
		from = n_runs;
		for (size_t k = 0; k < n_runs; k++)
			if (lines[k] && (!lines[from] ||
					 memcmp(lines[k], lines[from], LINE) < 0))
				from = k;
		if (!lines[from])
			break;
		got = put_line(fd, &out, lines[from]);
		at += from == n_runs;
		if (from == n_runs || got < 0)
			continue;
		lines[from] = NULL;
		got = read_line(&cursors[from], &lines[from]);
	}
	if (got >= 0 && stream_write(fd, buf_str(&out)))
		got = -1;
	buf_release(&out);
	free(cursors);
	free(lines);
	return got < 0 ? -1 : 0;
}

/* Takes away all runs but those in use: old ones, and ones of an index that
 * was longer. */
static void remove_others(const struct lookup *l, int dir)
{
	size_t n;
	struct lookup_run *list = list_runs(dir, &n);

	for (size_t i = 0; i < n; i++) {
		bool used = false;
		char name[NAME];

		for (size_t k = 0; k < l->n; k++)
			used = used || (l->runs[k].from == list[i].from &&
					l->runs[k].to == list[i].to);
		name_run(name, list[i].from, list[i].to);
		if (!used)
			unlinkat(dir, name, 0);
	}
	free(list);
}

/* The first of the runs that are not much larger than what comes behind. */
static size_t first_to_merge(const struct lookup *l, size_t n, size_t *total)
{
	size_t keep = l->n;

	*total = n;
	while (keep && l->runs[keep - 1].n <= MERGE_RATIO * *total)
		*total += l->runs[--keep].n;
	return keep;
}

/* The new run in the place of those that it was merged from. */
static void put_run(struct lookup *l, size_t keep, struct lookup_run r)
{
	while (l->n > keep)
		close(l->runs[--l->n].fd);
	add_run(l, r);
}

int lookup_add(struct lookup *l, int dir, struct lookup_key *keys, size_t n,
	       int64_t to)
{
	struct lookup_run r = {.from = l->covered, .to = to};
	struct replacement file = {.fd = -1};
	size_t keep = first_to_merge(l, n, &r.n);
	char name[NAME];

	qsort(keys, n, sizeof *keys, compare_keys);
	if (keep < l->n)
		r.from = l->runs[keep].from;
	name_run(name, r.from, r.to);
	if (files_make_parents(dir, name) || files_replace_begin(&file, dir, name))
		return -1;
	if (merge(file.fd, l, keep, keys, n)) {
		files_replace_give_up(&file);
		return -1;
	}
	if (files_replace_end(&file) || !open_run(&r, dir))
		return -1;
	put_run(l, keep, r);
	remove_others(l, dir);
	return 0;
}

int lookup_spill(struct lookup *l, int dir, struct lookup_key *keys, size_t n)
{
	struct lookup_run r = {.fd = files_unnamed(dir)};
	size_t keep = first_to_merge(l, n, &r.n);

	qsort(keys, n, sizeof *keys, compare_keys);
	if (r.fd < 0)
		return -1;
	if (merge(r.fd, l, keep, keys, n)) {
		int why = errno;

		close(r.fd);
		errno = why;
		return -1;
	}
	put_run(l, keep, r);
	return 0;
}
