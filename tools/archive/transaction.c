/*
 * Order of writing: the journal names a file, synced; the file grows; at the
 * end every file is synced, then the lines of the index, then their commit,
 * synced again. What fails in between is undone by the same code that undoes
 * a put that was killed.
 */
#include "archive/transaction.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/files.h"
#include "archive/journal.h"
#include "base/memory.h"

enum {
	SEGMENT_SIZE = 64 << 20, /* a new one beyond: a piece for a reader */
	MAX_OPEN = 64,           /* segments */
	LINES_SIZE = 1 << 18,
	PATH_SIZE = 96,
};

struct open_segment {
	char path[PATH_SIZE];
	int number, fd; /* -1: closed, and synced */
	int64_t size;
};

void transaction_begin(struct transaction *t, struct archive *a)
{
	*t = (struct transaction){.archive = a, .journal = -1};
	member_hash_begin(&t->hash);
}

/* The first thing that is added makes the journal. */
static int start(struct transaction *t)
{
	struct archive *a = t->archive;
	char last = '\n';

	if (t->journal >= 0)
		return 0;
	t->from = files_size(a->dir, ARCHIVE_INDEX);
	if (t->from < 0 || journal_begin(a, t->from, &t->journal))
		return archive_fail(a, "write-failed", ARCHIVE_JOURNAL);
	t->at = t->from;
	/* a damaged last line ends here */
	if (t->from && files_read_at(a->index, &last, 1, t->from - 1))
		return archive_fail(a, "read-failed", ARCHIVE_INDEX);
	if (last != '\n') {
		buf_putc(&t->lines, '\n');
		t->at++;
	}
	return 0;
}

static int flush_lines(struct transaction *t)
{
	member_hash_add(&t->hash, buf_str(&t->lines));
	if (stream_write(t->archive->index, buf_str(&t->lines)))
		return archive_fail(t->archive, "write-failed", ARCHIVE_INDEX);
	buf_clear(&t->lines);
	return 0;
}

static int put_line(struct transaction *t, const struct archive_entry *e)
{
	size_t before = t->lines.n;

	entry_write(&t->lines, e);
	t->at += (int64_t)(t->lines.n - before);
	return t->lines.n < LINES_SIZE ? 0 : flush_lines(t);
}

static int close_segment(struct transaction *t, struct open_segment *s)
{
	int failed;

	if (s->fd < 0)
		return 0;
	failed = fsync(s->fd);
	if (close(s->fd))
		failed = -1;
	s->fd = -1;
	t->n_open--;
	return failed ? archive_fail(t->archive, "write-failed", s->path) : 0;
}

static int close_segments(struct transaction *t)
{
	for (size_t i = 0; i < t->segments.n; i++)
		if (close_segment(t, t->segments.entries[i].value))
			return -1;
	return 0;
}

/* The partition of an entry, as tools for tables of Hive know it. */
static struct str partition(char out[PATH_SIZE], const struct archive_entry *e)
{
	struct str phase = phase_name(e->has_document ? e->phase : PHASE_NONE);
	char year[16] = "none";
	int n;

	if (e->has_document && e->year)
		snprintf(year, sizeof year, "%d", e->year);
	if (!phase.n)
		phase = STR("none");
	n = snprintf(out, PATH_SIZE, "facts/doc_year=%s/doc_phase=%.*s", year,
		     STR_ARG(phase));
	return (struct str){out, (size_t)n};
}

static void name_segment(struct open_segment *s, struct str dir, int number)
{
	s->number = number;
	snprintf(s->path, sizeof s->path, "%.*s/%06d.ndjson.gz", STR_ARG(dir),
		 number);
}

/* The number of the newest segment of a partition, 0 for none. */
static int newest(const struct archive *a, const char *dir)
{
	int fd = openat(a->dir, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;
	int best = 0;

	while (d && (e = readdir(d))) {
		int number, end = 0;

		if (sscanf(e->d_name, "%9d.ndjson.gz%n", &number, &end) == 1 &&
		    end && !e->d_name[end] && number > best)
			best = number;
	}
	if (d)
		closedir(d);
	return best;
}

/* Opens a segment to append, and lets the journal know before. */
static int open_segment(struct transaction *t, struct open_segment *s)
{
	const struct archive *a = t->archive;
	bool new;

	s->size = files_size(a->dir, s->path);
	new = s->size < 0;
	if (new)
		s->size = 0;
	if (journal_segment(t->journal, s->size, s->path))
		return archive_fail(a, "write-failed", ARCHIVE_JOURNAL);
	if (files_make_parents(a->dir, s->path))
		return archive_fail(a, "write-failed", s->path);
	s->fd = openat(a->dir, s->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
		       0666);
	if (s->fd < 0 || (new && files_sync_parent(a->dir, s->path)))
		return archive_fail(a, "write-failed", s->path);
	t->n_open++;
	return 0;
}

/* A partition that this put has not written to yet. */
static struct open_segment *first_segment(struct transaction *t, struct str dir)
{
	struct open_segment *s = ARENA_NEW(&t->arena, struct open_segment);
	int number = newest(t->archive, dir.p);

	s->fd = -1;
	name_segment(s, dir, number ? number : 1);
	s->size = files_size(t->archive->dir, s->path);
	*map_put(&t->segments, str_copy(&t->arena, dir)) = s;
	return s;
}

/* One that was closed to make room for others; the journal knows it. */
static int reopen_segment(struct transaction *t, struct open_segment *s)
{
	s->fd = openat(t->archive->dir, s->path,
		       O_WRONLY | O_APPEND | O_CLOEXEC);
	if (s->fd < 0)
		return archive_fail(t->archive, "write-failed", s->path);
	t->n_open++;
	return 0;
}

/* The segment that takes a document of a partition, open. */
static struct open_segment *segment_of(struct transaction *t,
				       const struct archive_entry *e)
{
	char name[PATH_SIZE];
	struct str dir = partition(name, e);
	struct open_segment *s = map_get(&t->segments, dir);
	bool new = !s;

	if (new)
		s = first_segment(t, dir);
	if (s->size >= SEGMENT_SIZE) {
		if (close_segment(t, s))
			return NULL;
		name_segment(s, dir, s->number + 1);
		new = true;
	}
	if (s->fd >= 0)
		return s;
	if (t->n_open >= MAX_OPEN && close_segments(t))
		return NULL;
	return (new ? open_segment(t, s) : reopen_segment(t, s)) ? NULL : s;
}

int transaction_add(struct transaction *t, struct archive_entry *e,
		    struct str records)
{
	struct open_segment *s;

	if (start(t))
		return -1;
	s = segment_of(t, e);
	if (!s)
		return -1;
	buf_clear(&t->packed);
	member_pack(records, &t->packed);
	if (stream_write(s->fd, buf_str(&t->packed)))
		return archive_fail(t->archive, "write-failed", s->path);
	e->segment = str_of(s->path);
	e->offset = s->size;
	e->length = (int64_t)t->packed.n;
	s->size += e->length;
	t->entries++;
	if (recent_add(&t->added, t->archive->dir,
		       (struct lookup_key){lookup_document(e), t->at}))
		return archive_fail(t->archive, "write-failed", "");
	return put_line(t, e);
}

int transaction_find(const struct transaction *t, struct arena *a,
		     uint64_t key, int64_t **offsets, size_t *n)
{
	if (!recent_find(&t->added, a, key, offsets, n))
		return 0;
	return archive_fail(t->archive, "read-failed", "");
}

int transaction_read(struct transaction *t, struct arena *a, int64_t offset,
		     struct archive_entry *e)
{
	int64_t written = t->at - (int64_t)t->lines.n;

	if (offset >= written && flush_lines(t))
		return -1;
	return index_read_to(t->archive, a, offset, t->at - (int64_t)t->lines.n,
			     e);
}

int transaction_add_source(struct transaction *t, const struct bud_member *m,
			   struct str bytes)
{
	struct archive *a = t->archive;
	struct archive_entry e = {.type = ENTRY_SOURCE, .sha256 = m->sha256,
				  .bytes = m->bytes};
	char path[SOURCE_PATH];

	archive_source_path(m->sha256, path);
	if (files_size(a->dir, path) >= 0)
		return 0;
	if (start(t))
		return -1;
	if (journal_source(t->journal, path))
		return archive_fail(a, "write-failed", ARCHIVE_JOURNAL);
	buf_clear(&t->packed);
	member_pack(bytes, &t->packed);
	if (files_make_parents(a->dir, path) ||
	    files_replace(a->dir, path, buf_str(&t->packed)))
		return archive_fail(a, "write-failed", path);
	t->sources++;
	return put_line(t, &e);
}

/* A commit line over what was added; 0 once it is on the disk. */
static int put_commit(struct transaction *t)
{
	const struct archive *a = t->archive;
	struct archive_entry e = {.type = ENTRY_COMMIT, .from = t->from,
				  .entries = t->entries};
	char hex[ARCHIVE_HASH];

	if (flush_lines(t))
		return -1;
	if (fsync(a->index))
		return archive_fail(a, "write-failed", ARCHIVE_INDEX);
	member_hash_end(&t->hash, hex);
	e.sha256 = (struct str){hex, sizeof hex};
	entry_write(&t->lines, &e);
	t->at += (int64_t)t->lines.n;
	if (!stream_write(a->index, buf_str(&t->lines)) && !fsync(a->index))
		return 0;
	archive_fail(a, "write-failed", ARCHIVE_INDEX);
	/* a put that failed must not count as done for whoever undoes it */
	if (ftruncate(a->index, (off_t)(t->at - (int64_t)t->lines.n)))
		errno = 0;
	return -1;
}

int transaction_commit(struct transaction *t)
{
	struct archive *a = t->archive;

	if (t->journal < 0)
		return 0;
	if (close_segments(t) || put_commit(t))
		return -1;
	a->end = t->at;
	close(t->journal);
	t->journal = -1;
	/* a journal or lookups that stay behind do no harm: the next put
	 * takes the one away and makes the others; the put is done */
	if (!journal_end(a))
		archive_cover(a);
	return 0;
}

void transaction_undo(struct transaction *t)
{
	if (t->journal < 0)
		return;
	close_segments(t);
	close(t->journal);
	t->journal = -1;
	journal_recover(t->archive);
}

void transaction_release(struct transaction *t)
{
	for (size_t i = 0; i < t->segments.n; i++) {
		struct open_segment *s = t->segments.entries[i].value;

		if (s && s->fd >= 0)
			close(s->fd);
	}
	if (t->journal >= 0)
		close(t->journal);
	map_release(&t->segments);
	buf_release(&t->lines);
	buf_release(&t->packed);
	arena_release(&t->arena);
	recent_release(&t->added);
}
