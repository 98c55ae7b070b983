/*
 * Every checksum of an archive, computed again; and, on demand, its documents
 * read again from their bytes.
 */
#ifndef BUD_ARCHIVE_VERIFY_H
#define BUD_ARCHIVE_VERIFY_H

#include "archive/archive.h"

struct verify {
	int64_t documents, damaged;       /* entries of the index */
	int64_t sources, sources_damaged; /* published files */
	int64_t commits, commits_damaged; /* of the index, and its lines */
	int64_t lines_damaged;
	int64_t unnamed; /* bytes of segments that no entry names: harmless */
	int64_t read, differ; /* documents read again; read otherwise now */
};

/*
 * Says each mistake. With deep, bud-parse reads the published files again;
 * it is looked for beside the running program, then on PATH. 0, or -1 where
 * the archive could not be read to its end.
 */
int verify_run(const struct archive *a, bool deep, struct verify *out);

/* Whether anything that was kept is lost. */
bool verify_is_damaged(const struct verify *v);

#endif
