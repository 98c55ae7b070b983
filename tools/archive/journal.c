/*
 * A journal whose put has committed says nothing more: the last commit of the
 * index begins where the journal says that the index ended. Only then the
 * commit's checksum is looked at; without a journal the index ends in a
 * commit that was synced.
 */
#include "archive/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/files.h"
#include "archive/member.h"
#include "base/memory.h"

int journal_begin(const struct archive *a, int64_t size, int *fd)
{
	struct buf line = {0};
	int failed;

	*fd = openat(a->dir, ARCHIVE_JOURNAL,
		     O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
	if (*fd < 0)
		return -1;
	buf_printf(&line, "index %lld\n", (long long)size);
	failed = stream_write(*fd, buf_str(&line)) || fsync(*fd) ||
		 files_sync_parent(a->dir, ARCHIVE_JOURNAL);
	buf_release(&line);
	return failed ? -1 : 0;
}

static int put_line(int fd, struct buf *line, bool sync)
{
	int failed = stream_write(fd, buf_str(line)) || (sync && fsync(fd));

	buf_release(line);
	return failed ? -1 : 0;
}

int journal_segment(int fd, int64_t size, const char *path)
{
	struct buf line = {0};

	buf_printf(&line, "segment %lld %s\n", (long long)size, path);
	return put_line(fd, &line, true);
}

/* Not synced: after a power cut a source that nobody names does no harm. */
int journal_source(int fd, const char *path)
{
	struct buf line = {0};

	buf_printf(&line, "source %s\n", path);
	return put_line(fd, &line, false);
}

int journal_end(const struct archive *a)
{
	if (unlinkat(a->dir, ARCHIVE_JOURNAL, 0) && errno != ENOENT)
		return -1;
	return files_sync_parent(a->dir, ARCHIVE_JOURNAL);
}

int journal_is_whole(const struct archive *a, const struct archive_entry *e,
		     int64_t line_at)
{
	enum { STEP = 1 << 16 };
	char *piece = memory_realloc(NULL, STEP), hex[ARCHIVE_HASH];
	int failed = 0;
	struct member_hash hash;

	member_hash_begin(&hash);
	for (int64_t at = e->from; at < line_at && !failed;) {
		size_t n = line_at - at < STEP ? (size_t)(line_at - at) : STEP;

		failed = files_read_at(a->index, piece, n, at);
		if (!failed)
			member_hash_add(&hash, (struct str){piece, n});
		at += (int64_t)n;
	}
	member_hash_end(&hash, hex);
	free(piece);
	if (failed)
		return archive_fail(a, "read-failed", ARCHIVE_INDEX);
	return e->from <= line_at &&
	       str_equal(e->sha256, (struct str){hex, sizeof hex});
}

/* The last commit line that begins in a piece of the index at offset at. */
static bool find_commit_in(struct str piece, int64_t at, struct arena *arena,
			   struct archive_entry *e, int64_t *line_at)
{
	static const struct str HEAD = STR_INIT("{\"type\":\"commit\"");

	for (size_t i = piece.n; i-- > 0;) {
		struct str rest = str_slice(piece, i, piece.n), line;
		bool starts = i ? piece.p[i - 1] == '\n' : !at;

		if (!starts || !str_starts(rest, HEAD) ||
		    !memchr(rest.p, '\n', rest.n))
			continue;
		str_split(&rest, '\n', &line);
		if (entry_read(arena, str_copy(arena, line), e))
			continue;
		*line_at = at + (int64_t)i;
		return true;
	}
	return false;
}

/* The last commit line; its end and what it says. The end is 0 for none, -1
 * (said) where the index cannot be read. */
static int64_t find_commit(const struct archive *a, struct arena *arena,
			   struct archive_entry *e, int64_t *line_at)
{
	enum { STEP = 1 << 16, LONGEST = 512 /* a commit line is 150 */ };
	int64_t size = files_size(a->dir, ARCHIVE_INDEX), at = size, end = 0;
	char *piece = memory_realloc(NULL, STEP + LONGEST);

	while (at > 0 && !end) {
		int64_t to = at + LONGEST < size ? at + LONGEST : size;
		size_t n;

		at = at < STEP ? 0 : at - STEP;
		n = (size_t)(to - at);
		if (files_read_at(a->index, piece, n, at)) {
			end = archive_fail(a, "read-failed", ARCHIVE_INDEX);
			break;
		}
		if (!find_commit_in((struct str){piece, n}, at, arena, e,
				    line_at))
			continue;
		n = (size_t)(*line_at - at);
		end = *line_at + 1 +
		      (const char *)memchr(piece + n, '\n', (size_t)(to - at) - n) -
		      (piece + n);
	}
	free(piece);
	return end;
}

int journal_find_end(struct archive *a)
{
	struct arena arena = {0};
	struct archive_entry e;
	int64_t line_at;

	a->end = find_commit(a, &arena, &e, &line_at);
	arena_release(&arena);
	return a->end < 0 ? -1 : 0;
}

struct undone {
	int64_t bytes, files;
};

static int shorten(const struct archive *a, const char *path, int64_t size,
		   struct undone *u)
{
	int64_t now = files_size(a->dir, path);
	int fd, failed;

	if (now <= size || now < 0)
		return 0;
	u->bytes += now - size;
	u->files++;
	if (!size && strcmp(path, ARCHIVE_INDEX))
		return unlinkat(a->dir, path, 0);
	fd = openat(a->dir, path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	failed = ftruncate(fd, (off_t)size) || fsync(fd);
	close(fd);
	return failed ? -1 : 0;
}

/* As a put names its segments. */
static bool is_segment(struct str path)
{
	return str_starts(path, STR("facts/doc_year=")) &&
	       str_ends(path, STR(".ndjson.gz")) &&
	       str_find(path, STR("..")) == SIZE_MAX;
}

/* As a put names a file of a document. */
static bool is_source(struct str path)
{
	static const struct str BEFORE = STR_INIT("sources/ab/");
	struct str hash = str_slice(path, BEFORE.n, BEFORE.n + ARCHIVE_HASH);
	char wanted[SOURCE_PATH];

	if (!archive_is_hash(hash))
		return false;
	archive_source_path(hash, wanted);
	return str_equal(path, str_of(wanted));
}

/*
 * One line of the journal behind the first. An archive may come from elsewhere,
 * its journal too: it is not to have other files removed.
 */
static int undo_line(const struct archive *a, struct arena *arena,
		     struct str line, struct undone *u)
{
	struct str word, number;
	int64_t size = 0;
	bool segment, own;

	str_split(&line, ' ', &word);
	segment = str_equal(word, STR("segment"));
	if ((!segment && !str_equal(word, STR("source"))) ||
	    (segment && (!str_split(&line, ' ', &number) ||
			 !str_to_int64(number, &size) || size < 0)))
		return 0;
	own = segment ? is_segment(line) : is_source(line);
	if (own && memchr(line.p, 0, line.n))
		own = false;
	if (own)
		return shorten(a, str_cstring(arena, line), size, u);
	message_add(a->messages, "archive-foreign", str_of(a->name), "%.*s",
		    STR_ARG(line));
	return 0;
}

/* Entry lines of the unfinished put: what is lost with them is said. */
static int64_t count_entries(const struct archive *a, int64_t before)
{
	struct buf all = {0};
	struct str rest, line;
	int64_t n = 0, size = files_size(a->dir, ARCHIVE_INDEX);

	if (size <= before)
		return 0;
	buf_reserve(&all, (size_t)(size - before));
	if (!files_read_at(a->index, all.p, (size_t)(size - before), before))
		all.n = (size_t)(size - before);
	rest = buf_str(&all);
	while (str_split(&rest, '\n', &line))
		n += str_starts(line, STR("{\"type\":\"entry\""));
	buf_release(&all);
	return n;
}

static int undo(const struct archive *a, struct arena *arena, int64_t before,
		struct str rest)
{
	struct undone u = {0, 0};
	int64_t entries = count_entries(a, before);
	struct str line;

	if (shorten(a, ARCHIVE_INDEX, before, &u))
		return archive_fail(a, "write-failed", ARCHIVE_INDEX);
	while (rest.n && memchr(rest.p, '\n', rest.n)) {
		str_split(&rest, '\n', &line);
		if (undo_line(a, arena, line, &u))
			return archive_fail(a, "write-failed",
					    str_cstring(arena, line));
	}
	message_add(a->messages, "archive-undone", str_of(a->name),
		    "%lld entries, %lld bytes in %lld files",
		    (long long)entries, (long long)u.bytes,
		    (long long)u.files);
	return 0;
}

/* Whether the put that began at an offset of the index ended: 1, 0, or -1
 * (said): what cannot be read must not be undone. */
static int has_ended(const struct archive *a, const struct archive_entry *e,
		     int64_t line_at, int64_t before)
{
	if (a->end <= before || e->from < before)
		return 0;
	return journal_is_whole(a, e, line_at);
}

/* From the text of a journal. */
static int recover(struct archive *a, struct str rest)
{
	struct arena arena = {0};
	struct archive_entry e = {0};
	struct str line, word;
	int64_t line_at = 0, before = -1;
	int got = 1;

	a->end = find_commit(a, &arena, &e, &line_at);
	/* a journal cut within its first line: nothing was touched yet */
	if (rest.n && memchr(rest.p, '\n', rest.n)) {
		str_split(&rest, '\n', &line);
		str_split(&line, ' ', &word);
		str_to_int64(line, &before);
	}
	if (a->end < 0)
		got = -1;
	else if (before >= 0)
		got = has_ended(a, &e, line_at, before);
	if (!got) {
		got = undo(a, &arena, before, rest);
		a->end = find_commit(a, &arena, &e, &line_at);
	}
	arena_release(&arena);
	return got < 0 || a->end < 0 ? -1 : 0;
}

int journal_recover(struct archive *a)
{
	struct buf text = {0};
	int failed = 0;

	if (!files_slurp(a->dir, ARCHIVE_JOURNAL, &text)) {
		failed = recover(a, buf_str(&text));
		if (!failed && journal_end(a))
			failed = archive_fail(a, "write-failed",
					      ARCHIVE_JOURNAL);
	} else if (errno != ENOENT) {
		failed = archive_fail(a, "open-failed", ARCHIVE_JOURNAL);
	} else {
		failed = journal_find_end(a);
	}
	buf_release(&text);
	return failed;
}
