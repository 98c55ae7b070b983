/*
 * Runs are written whole, synced and renamed, and never changed. A put adds
 * one; runs of like size become one, so there are few (the logarithm of the
 * number of puts) and a key is found by bisection in each.
 */
#include "archive/lookup.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "archive/files.h"
#include "base/memory.h"

enum {
	LINE = 16 + 1 + 12 + 1, /* hash, blank, offset, newline: hex digits */
	NAME = 64,
	MERGE_RATIO = 2,
};

static void name_run(char out[NAME], int64_t from, int64_t to)
{
	snprintf(out, NAME, "lookup/%012llx-%012llx.keys",
		 (unsigned long long)from, (unsigned long long)to);
}

static bool map_run(struct lookup_run *r, int dir)
{
	char name[NAME];
	int64_t size;
	int fd;

	name_run(name, r->from, r->to);
	size = files_size(dir, name);
	r->lines = NULL;
	r->n = size > 0 ? (size_t)size / LINE : 0;
	if (size < 0 || size % LINE)
		return false;
	if (!r->n)
		return true;
	fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	r->lines = mmap(NULL, r->n * LINE, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	return r->lines != MAP_FAILED;
}

static void unmap_run(struct lookup_run *r)
{
	if (r->n)
		munmap((void *)(uintptr_t)r->lines, r->n * LINE);
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
		if (!best || !map_run(best, dir))
			break;
		add_run(l, *best);
	}
	free(list);
}

void lookup_release(struct lookup *l)
{
	for (size_t i = 0; i < l->n; i++)
		unmap_run(&l->runs[i]);
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

static uint64_t hash_at(const struct lookup_run *r, size_t i)
{
	return hex_of(r->lines + i * LINE, 16);
}

void lookup_find(const struct lookup *l, struct arena *a, uint64_t wanted,
		 int64_t **offsets, size_t *n, size_t *cap)
{
	for (size_t k = 0; k < l->n; k++) {
		const struct lookup_run *r = &l->runs[k];
		size_t low = 0, high = r->n;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (hash_at(r, middle) < wanted)
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < r->n && hash_at(r, low) == wanted; low++) {
			*offsets = arena_grow(a, *offsets, cap, *n + 1,
					      sizeof **offsets);
			(*offsets)[(*n)++] = (int64_t)hex_of(
				r->lines + low * LINE + 17, 12);
		}
	}
}

static int compare_keys(const void *a, const void *b)
{
	const struct lookup_key *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->offset > y->offset) - (x->offset < y->offset);
}

/* The lines of the keys and of the old runs, merged. */
static void merge(struct buf *out, const struct lookup_run *runs, size_t n_runs,
		  const struct lookup_key *keys, size_t n)
{
	size_t *at = memory_realloc(NULL, (n_runs + 1) * sizeof *at);
	char line[LINE + 1], least[LINE + 1];

	memset(at, 0, (n_runs + 1) * sizeof *at);
	for (;;) {
		size_t from = n_runs + 1;

		for (size_t k = 0; k <= n_runs; k++) {
			if (k < n_runs && at[k] < runs[k].n)
				memcpy(line, runs[k].lines + at[k] * LINE, LINE);
			else if (k == n_runs && at[k] < n)
				snprintf(line, sizeof line, "%016llx %012llx\n",
					 (unsigned long long)keys[at[k]].hash,
					 (unsigned long long)keys[at[k]].offset);
			else
				continue;
			if (from <= n_runs && memcmp(line, least, LINE) >= 0)
				continue;
			memcpy(least, line, LINE);
			from = k;
		}
		if (from > n_runs)
			break;
		at[from]++;
		buf_put(out, least, LINE);
	}
	free(at);
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

int lookup_add(struct lookup *l, int dir, struct lookup_key *keys, size_t n,
	       int64_t to)
{
	struct lookup_run r = {.from = l->covered, .to = to};
	size_t keep = l->n, total = n;
	struct buf lines = {0};
	char name[NAME];
	int failed;

	qsort(keys, n, sizeof *keys, compare_keys);
	while (keep && l->runs[keep - 1].n <= MERGE_RATIO * total)
		total += l->runs[--keep].n;
	merge(&lines, l->runs + keep, l->n - keep, keys, n);
	if (keep < l->n)
		r.from = l->runs[keep].from;
	name_run(name, r.from, r.to);
	failed = files_make_parents(dir, name) ||
		 files_replace(dir, name, buf_str(&lines)) || !map_run(&r, dir);
	buf_release(&lines);
	if (failed)
		return -1;
	while (l->n > keep)
		unmap_run(&l->runs[--l->n]);
	add_run(l, r);
	remove_others(l, dir);
	return 0;
}
