/*
 * What an archive holds, as tables for people and for cut(1): columns
 * separated by tabs, a line of their names first.
 */
#ifndef BUD_ARCHIVE_REPORT_H
#define BUD_ARCHIVE_REPORT_H

#include "archive/select.h"
#include "base/stream.h"

/* The entries that are meant. */
int report_list(const struct archive *a, const struct selection *s,
		struct writer *out);

/* The same by entity, year and phase, and how each version stands to the one
 * before it; holds a line for each in memory. */
int report_log(const struct archive *a, const struct selection *s,
	       struct writer *out);

/* The entries of the index lines from an offset on, and what is new about
 * them: what a put has added. */
int report_added(const struct archive *a, int64_t from, struct writer *out);

/* Counts and sizes, by year and phase. */
int report_stat(const struct archive *a, const struct selection *s,
		struct writer *out);

/*
 * The records of the entries that are meant, byte for byte. Damaged ones are
 * said, passed over and counted in *damaged.
 */
int report_records(const struct archive *a, const struct selection *s,
		   struct writer *out, int64_t *damaged);

#endif
