/*
 * An archive: a directory that keeps the records of published documents for
 * years. Its format is told in bud-archive(5).
 *
 * What holds it together: the bytes of a put are in the segments and synced
 * before a commit line of the index makes them valid; the journal names what
 * a put touched, so that an unfinished one is undone by whoever opens the
 * archive next. Committed bytes never change, so readers need no lock.
 *
 * Functions that return 0 or -1 have said why to archive->messages.
 */
#ifndef BUD_ARCHIVE_ARCHIVE_H
#define BUD_ARCHIVE_ARCHIVE_H

#include "archive/entry.h"
#include "archive/lookup.h"
#include "base/message.h"

#define ARCHIVE_INDEX "index.ndjson"
#define ARCHIVE_JOURNAL "journal"
#define ARCHIVE_LOCK "lock"
#define ARCHIVE_README "README"

struct archive {
	const char *name;
	struct messages *messages;
	int dir, lock, index; /* -1: not open */
	int64_t end;          /* of the index, behind its last commit */
	struct lookup lookup;
};

enum archive_mode {
	ARCHIVE_READ,
	ARCHIVE_WRITE,      /* makes the archive where there is none */
	ARCHIVE_WRITE_WAIT, /* waits for another writer to end */
};

enum { ARCHIVE_NONE = -2 };

/*
 * Opens an archive and undoes an unfinished put, where nobody is at it and
 * the archive can be written to. 0, ARCHIVE_NONE where there is none to read,
 * or -1.
 */
int archive_open(struct archive *a, const char *name, enum archive_mode mode,
		 struct messages *messages);
void archive_close(struct archive *a);

/* Says a message about a file of the archive, with errno's reason; -1. */
int archive_fail(const struct archive *a, const char *id, const char *path);

/* Says that the records of an entry cannot be read, and why (base/reason.h). */
void archive_say_damaged(const struct archive *a,
			 const struct archive_entry *e, const char *why);

/* Walks the lines of the index that are valid. */
struct index_walk {
	const struct archive *archive;
	struct arena arena; /* of one entry */
	char *data;
	size_t from, to, cap;
	int64_t at;     /* offset of the line given last */
	int64_t next;   /* of the line behind it */
	int64_t loaded; /* the index was read up to here */
	size_t bad;     /* lines passed over: said, and not understood */
};

void index_begin(struct index_walk *w, const struct archive *a, int64_t from);

/* The next line, valid until the next call. 1, 0 at the end, -1. */
int index_next(struct index_walk *w, struct archive_entry *e);
void index_end(struct index_walk *w);

/* One line by its offset, in the arena. 0, 1 where none begins there (nothing
 * is said: lookups may point to nowhere), or -1 where it cannot be read. */
int index_read(const struct archive *a, struct arena *arena, int64_t offset,
	       struct archive_entry *e);

/* The same of an index that ends there. */
int index_read_to(const struct archive *a, struct arena *arena, int64_t offset,
		  int64_t end, struct archive_entry *e);

/* Makes the lookups of what they do not cover yet. A failure is none: without
 * them the archive is as good, only slower. */
void archive_cover(struct archive *a);

/*
 * The offsets of the lines that may hold what a key is looked up for,
 * ascending: those that the lookups know, and each line behind them. 0, or -1
 * (said) where they are not all.
 */
int index_find(const struct archive *a, struct arena *arena, uint64_t key,
	       int64_t **offsets, size_t *n);

/*
 * The records of an entry, checked against its checksum, in *out (cleared
 * before). NULL or why not, in words.
 */
const char *archive_load(const struct archive *a,
			 const struct archive_entry *e, struct buf *out);

/* 64 hex digits; what a record calls a hash may be anything. */
bool archive_is_hash(struct str s);

/* sources/ab/abcdef….gz, of a hash. */
enum { SOURCE_PATH = 96 };
void archive_source_path(struct str sha256, char out[SOURCE_PATH]);

/* Whether the archive has a file of this name. */
bool archive_has(const struct archive *a, const char *path);

/* The original bytes of a document, checked; NULL or why not. */
const char *archive_load_source(const struct archive *a,
				const struct bud_member *m, struct buf *out);

#endif
