/*
 * Where in the index the documents stand that a put has added and not made
 * valid yet. Memory is bounded: beyond RECENT_HELD documents they go into files
 * without a name, in the directory of the archive.
 */
#ifndef BUD_ARCHIVE_RECENT_H
#define BUD_ARCHIVE_RECENT_H

#include "archive/lookup.h"

enum { RECENT_HELD = 1 << 15 };

struct recent {
	struct lookup_key *keys;
	size_t n, cap;
	uint32_t *slots; /* index + 1 into keys, 0 = free; twice cap */
	struct lookup spilled;
};

/* 0, or -1 with errno. */
int recent_add(struct recent *r, int dir, struct lookup_key key);

/* As lookup_find(), in the order of hashes. */
int recent_find(const struct recent *r, struct arena *a, uint64_t hash,
		int64_t **offsets, size_t *n);
void recent_release(struct recent *r);

#endif
