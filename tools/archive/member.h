/*
 * A gzip member of an archive: bytes in, the same bytes out. The same bytes
 * give the same member on every run (no name, no time in its head).
 */
#ifndef BUD_ARCHIVE_MEMBER_H
#define BUD_ARCHIVE_MEMBER_H

#include <nettle/sha2.h>

#include "archive/entry.h"
#include "base/str.h"

/* The SHA-256 of bytes, as hex digits without NUL; at once or by pieces. */
void member_hash(struct str bytes, char hex[ARCHIVE_HASH]);

struct member_hash {
	struct sha256_ctx ctx;
};

void member_hash_begin(struct member_hash *h);
void member_hash_add(struct member_hash *h, struct str bytes);
void member_hash_end(struct member_hash *h, char hex[ARCHIVE_HASH]);

/* Appends one gzip member that holds the bytes. */
void member_pack(struct str bytes, struct buf *out);

/*
 * Appends what one member holds. NULL, or a reason in words: it is no whole
 * member, something stands behind it, its own checksum differs, or it holds
 * not exactly `bytes` bytes.
 */
const char *member_unpack(struct str packed, int64_t bytes, struct buf *out);

#endif
