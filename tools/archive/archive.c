/*
 * Opening, and reading by the index. The lock is the kernel's (flock), so it
 * ends with its process whatever becomes of it; the text of the lock file
 * only says who holds it.
 */
#include "archive/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/files.h"
#include "archive/journal.h"
#include "archive/member.h"
#include "base/memory.h"
#include "base/reason.h"

enum { READ_SIZE = 1 << 18 };

int archive_fail(const struct archive *a, const char *id, const char *path)
{
	int why = errno;
	struct buf place = {0};

	buf_puts(&place, a->name);
	if (*path)
		buf_printf(&place, "/%s", path);
	reason_add(a->messages, id, buf_str(&place), reason_of(why));
	buf_release(&place);
	return -1;
}

void archive_say_damaged(const struct archive *a,
			 const struct archive_entry *e, const char *why)
{
	static const char ID[] = "archive-damaged";
	struct buf reason = {0};

	reason_put(&reason, a->messages->share, a->messages->lang, ID, why);
	message_add(a->messages, ID,
		    e->doc.n ? e->doc : e->segment, "%.*s, %lld: %s",
		    STR_ARG(e->segment), (long long)e->offset,
		    buf_cstring(&reason));
	buf_release(&reason);
}

/* Says who holds the lock, as far as the file tells. */
static int locked(const struct archive *a)
{
	struct buf holder = {0};
	struct str name;

	if (files_slurp(a->dir, ARCHIVE_LOCK, &holder) || !holder.n)
		buf_puts(&holder, "?");
	name = str_trim(buf_str(&holder));
	message_add(a->messages, "archive-locked", str_of(a->name), "%.*s",
		    STR_ARG(name));
	buf_release(&holder);
	return -1;
}

static void name_holder(const struct archive *a)
{
	char host[256] = "?";
	struct buf line = {0};

	gethostname(host, sizeof host - 1);
	buf_printf(&line, "process %ld on %s\n", (long)getpid(), host);
	/* without it the lock is as good, it only has no name */
	if (ftruncate(a->lock, 0) || stream_write(a->lock, buf_str(&line)))
		errno = 0;
	buf_release(&line);
}

/* 0 with the lock, 1 where another has it, -1 where there can be none. */
static int take_lock(struct archive *a, bool wait)
{
	int got;

	a->lock = openat(a->dir, ARCHIVE_LOCK, O_RDWR | O_CREAT | O_CLOEXEC,
			 0666);
	if (a->lock < 0)
		return -1;
	do
		got = flock(a->lock, LOCK_EX | (wait ? 0 : LOCK_NB));
	while (got && errno == EINTR);
	if (!got) {
		name_holder(a);
		return 0;
	}
	got = errno == EWOULDBLOCK ? 1 : -1;
	close(a->lock);
	a->lock = -1;
	return got;
}

static void drop_lock(struct archive *a)
{
	if (a->lock < 0)
		return;
	if (ftruncate(a->lock, 0))
		errno = 0;
	close(a->lock);
	a->lock = -1;
}

static int make_archive(struct archive *a)
{
	struct str text;
	const char *error = "";

	if (mkdir(a->name, 0777) && errno != EEXIST)
		return archive_fail(a, "write-failed", "");
	a->dir = open(a->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (a->dir < 0)
		return archive_fail(a, "open-failed", "");
	if (files_size(a->dir, ARCHIVE_INDEX) >= 0)
		return 0;
	if (!share_read(a->messages->share, "archive/README", &text, &error)) {
		reason_add(a->messages, "share-missing",
			   STR("archive/README"), error);
		return -1;
	}
	if (files_replace(a->dir, ARCHIVE_README, text))
		return archive_fail(a, "write-failed", ARCHIVE_README);
	return 0;
}

static int open_write(struct archive *a, bool wait)
{
	int got;

	if (make_archive(a))
		return -1;
	got = take_lock(a, wait);
	if (got)
		return got < 0 ? archive_fail(a, "write-failed", ARCHIVE_LOCK)
			       : locked(a);
	a->index = openat(a->dir, ARCHIVE_INDEX,
			  O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (a->index < 0 || files_sync_parent(a->dir, ARCHIVE_INDEX))
		return archive_fail(a, "write-failed", ARCHIVE_INDEX);
	return journal_recover(a);
}

/* Why there is nothing to read: no archive, or the system failed. */
static int fail_read(const struct archive *a)
{
	if (errno != ENOENT && errno != ENOTDIR)
		return archive_fail(a, "open-failed", "");
	archive_fail(a, "no-archive", "");
	return ARCHIVE_NONE;
}

/* A reader undoes an unfinished put where it can, and says so where not. */
static int open_read(struct archive *a)
{
	a->dir = open(a->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (a->dir < 0)
		return fail_read(a);
	a->index = openat(a->dir, ARCHIVE_INDEX, O_RDONLY | O_CLOEXEC);
	if (a->index < 0)
		return fail_read(a);
	if (files_size(a->dir, ARCHIVE_JOURNAL) >= 0) {
		int got = take_lock(a, false);

		if (got < 0)
			message_add(a->messages, "archive-unfinished",
				    str_of(a->name), NULL);
		if (!got) {
			close(a->index);
			a->index = openat(a->dir, ARCHIVE_INDEX,
					  O_RDWR | O_CLOEXEC);
			got = a->index < 0 ? archive_fail(a, "open-failed",
							  ARCHIVE_INDEX)
					   : journal_recover(a);
			drop_lock(a);
			return got;
		}
	}
	return journal_find_end(a);
}

int archive_open(struct archive *a, const char *name, enum archive_mode mode,
		 struct messages *messages)
{
	int got;

	*a = (struct archive){.name = name, .messages = messages, .dir = -1,
			      .lock = -1, .index = -1};
	got = mode == ARCHIVE_READ ? open_read(a)
				   : open_write(a, mode == ARCHIVE_WRITE_WAIT);
	if (got)
		return got;
	lookup_open(&a->lookup, a->dir, a->end);
	if (mode != ARCHIVE_READ)
		archive_cover(a);
	return 0;
}

void archive_close(struct archive *a)
{
	lookup_release(&a->lookup);
	if (a->index >= 0)
		close(a->index);
	drop_lock(a);
	if (a->dir >= 0)
		close(a->dir);
	a->index = a->dir = -1;
}

void index_begin(struct index_walk *w, const struct archive *a, int64_t from)
{
	*w = (struct index_walk){.archive = a, .next = from, .loaded = from};
}

/* More of the index behind w->to; 1, 0 at its end, -1 (said). */
static int load_more(struct index_walk *w)
{
	int64_t left = w->archive->end - w->loaded;
	size_t n = left < READ_SIZE ? (size_t)left : READ_SIZE;

	if (left <= 0)
		return 0;
	if (w->from) {
		memmove(w->data, w->data + w->from, w->to - w->from);
		w->to -= w->from;
		w->from = 0;
	}
	if (w->cap - w->to < n) {
		w->cap = w->cap ? 2 * w->cap : 2 * READ_SIZE;
		w->data = memory_realloc(w->data, w->cap);
	}
	if (files_read_at(w->archive->index, w->data + w->to, n, w->loaded))
		return archive_fail(w->archive, "read-failed", ARCHIVE_INDEX);
	w->to += n;
	w->loaded += (int64_t)n;
	return 1;
}

int index_next(struct index_walk *w, struct archive_entry *e)
{
	for (;;) {
		size_t n = w->to - w->from;
		char *start = n ? w->data + w->from : NULL, *end = NULL;
		struct str line;
		int got;

		if (n)
			end = memchr(start, '\n', n);
		if (!end) {
			got = load_more(w);
			if (got <= 0)
				return got;
			continue;
		}
		line = (struct str){start, (size_t)(end - start)};
		w->from += line.n + 1;
		w->at = w->next;
		w->next += (int64_t)line.n + 1;
		arena_reset(&w->arena);
		if (!line.n || !entry_read(&w->arena, line, e)) {
			if (line.n)
				return 1;
			continue;
		}
		w->bad++;
		message_add(w->archive->messages, "archive-bad-line",
			    str_format(&w->arena, "%s/%s", w->archive->name,
				       ARCHIVE_INDEX),
			    "offset %lld", (long long)w->at);
	}
}

void index_end(struct index_walk *w)
{
	arena_release(&w->arena);
	free(w->data);
	w->data = NULL;
}

int index_read(const struct archive *a, struct arena *arena, int64_t offset,
	       struct archive_entry *e)
{
	return index_read_to(a, arena, offset, a->end, e);
}

int index_read_to(const struct archive *a, struct arena *arena, int64_t offset,
		  int64_t to, struct archive_entry *e)
{
	size_t n = 0, step = 1024;
	char *line = NULL, *end = NULL;
	int failed = 1;

	if (offset < 0 || offset >= to)
		return failed;
	while (!end) {
		int64_t left = to - offset - (int64_t)n;
		size_t want = left < (int64_t)step ? (size_t)left : step;

		if (!want)
			break;
		line = memory_realloc(line, n + want);
		if (files_read_at(a->index, line + n, want,
				  offset + (int64_t)n)) {
			failed = archive_fail(a, "read-failed", ARCHIVE_INDEX);
			break;
		}
		end = memchr(line + n, '\n', want);
		n += want;
		step *= 2;
	}
	if (end) {
		struct str whole = {line, (size_t)(end - line)};

		failed = entry_read(arena, str_copy(arena, whole), e) ? 1 : 0;
	}
	free(line);
	return failed;
}

int index_find(const struct archive *a, struct arena *arena, uint64_t key,
	       int64_t **offsets, size_t *n)
{
	int64_t from = a->lookup.covered;
	struct archive_entry e = {0};
	struct index_walk w;
	size_t cap = 0;
	int got;

	*offsets = NULL;
	*n = 0;
	if (lookup_find(&a->lookup, arena, key, offsets, n, &cap)) {
		*n = 0;
		from = 0;
	}
	index_begin(&w, a, from);
	while ((got = index_next(&w, &e)) == 1) {
		if (e.type != ENTRY_DOCUMENT)
			continue;
		*offsets = arena_grow(arena, *offsets, &cap, *n + 1,
				      sizeof **offsets);
		(*offsets)[(*n)++] = w.at;
	}
	index_end(&w);
	return got;
}

static const char *unpack_at(const struct archive *a, const char *path,
			     int64_t offset, int64_t length, int64_t bytes,
			     struct buf *out)
{
	struct buf packed = {0};
	const char *why = NULL;
	int64_t size;
	int fd = openat(a->dir, path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return reason_of(errno);
	size = files_size(a->dir, path);
	if (size < length || size - length < offset)
		why = "detail-file-ends";
	/* more than zlib can make of a length is a lie of the index */
	if (!why && (bytes < 0 || bytes / 1040 > length))
		why = "detail-length";
	if (!why) {
		buf_reserve(&packed, (size_t)length + 1);
		if (files_read_at(fd, packed.p, (size_t)length, offset))
			why = reason_of(errno);
		packed.n = (size_t)length;
	}
	close(fd);
	if (!why)
		why = member_unpack(buf_str(&packed), bytes, out);
	buf_release(&packed);
	return why;
}

static const char *check_hash(struct str bytes, struct str sha256)
{
	char hex[ARCHIVE_HASH];

	member_hash(bytes, hex);
	return str_equal(sha256, (struct str){hex, sizeof hex})
		       ? NULL
		       : "detail-checksum";
}

const char *archive_load(const struct archive *a,
			 const struct archive_entry *e, struct buf *out)
{
	struct arena arena = {0};
	const char *path = str_cstring(&arena, e->segment);
	const char *why;

	buf_clear(out);
	why = unpack_at(a, path, e->offset, e->length, e->bytes, out);
	arena_release(&arena);
	return why ? why : check_hash(buf_str(out), e->sha256);
}

bool archive_is_hash(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789abcdef", s.p[i]) || !s.p[i])
			return false;
	return s.n == ARCHIVE_HASH;
}

void archive_source_path(struct str sha256, char out[SOURCE_PATH])
{
	snprintf(out, SOURCE_PATH, "sources/%.2s/%.*s.gz", sha256.p,
		 STR_ARG(sha256));
}

bool archive_has(const struct archive *a, const char *path)
{
	return files_size(a->dir, path) >= 0;
}

const char *archive_load_source(const struct archive *a,
				const struct bud_member *m, struct buf *out)
{
	char path[SOURCE_PATH];
	const char *why;

	buf_clear(out);
	if (!archive_is_hash(m->sha256))
		return "detail-no-sha256";
	archive_source_path(m->sha256, path);
	why = unpack_at(a, path, 0, files_size(a->dir, path), m->bytes, out);
	return why ? why : check_hash(buf_str(out), m->sha256);
}
