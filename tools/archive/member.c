/* zlib, whole members at once: a document fits into memory by promise. */
#include "archive/member.h"

#include <zlib.h>

#include "base/memory.h"

enum {
	GZIP_BITS = 15 + 16,
	STEP = 1 << 30, /* zlib counts in unsigned int */
};

void member_hash_begin(struct member_hash *h)
{
	sha256_init(&h->ctx);
}

void member_hash_add(struct member_hash *h, struct str bytes)
{
	sha256_update(&h->ctx, bytes.n,
		      (const uint8_t *)(bytes.p ? bytes.p : ""));
}

void member_hash_end(struct member_hash *h, char hex[ARCHIVE_HASH])
{
	static const char HEX[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_digest(&h->ctx, sizeof digest, digest);
	for (size_t i = 0; i < sizeof digest; i++) {
		hex[2 * i] = HEX[digest[i] >> 4];
		hex[2 * i + 1] = HEX[digest[i] & 15];
	}
}

void member_hash(struct str bytes, char hex[ARCHIVE_HASH])
{
	struct member_hash h;

	member_hash_begin(&h);
	member_hash_add(&h, bytes);
	member_hash_end(&h, hex);
}

static unsigned step(size_t n)
{
	return n < STEP ? (unsigned)n : STEP;
}

void member_pack(struct str bytes, struct buf *out)
{
	z_stream z = {0};
	int code = Z_OK;

	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_BITS, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		memory_exhausted(bytes.n);
	while (code != Z_STREAM_END) {
		unsigned in = step(bytes.n);
		unsigned long room = deflateBound(&z, in) + 64;

		buf_reserve(out, room);
		z.next_in = (Bytef *)(uintptr_t)bytes.p;
		z.avail_in = in;
		z.next_out = (Bytef *)out->p + out->n;
		z.avail_out = step(room);
		room = z.avail_out;
		code = deflate(&z, in == bytes.n ? Z_FINISH : Z_NO_FLUSH);
		bytes = str_slice(bytes, in - z.avail_in, bytes.n);
		out->n += room - z.avail_out;
	}
	deflateEnd(&z);
}

const char *member_unpack(struct str packed, int64_t bytes, struct buf *out)
{
	z_stream z = {0};
	size_t left = (size_t)bytes;
	const char *why = NULL;
	int code = Z_OK;

	/* one byte more than expected, so that a longer text shows */
	buf_reserve(out, left + 1);
	if (inflateInit2(&z, GZIP_BITS) != Z_OK)
		memory_exhausted(left);
	while (code == Z_OK) {
		unsigned in = step(packed.n), room = step(left + 1);

		z.next_in = (Bytef *)(uintptr_t)packed.p;
		z.avail_in = in;
		z.next_out = (Bytef *)out->p + out->n;
		z.avail_out = room;
		code = inflate(&z, Z_NO_FLUSH);
		packed = str_slice(packed, in - z.avail_in, packed.n);
		room -= z.avail_out;
		out->n += room;
		if (room > left) {
			why = "detail-longer";
			break;
		}
		left -= room;
	}
	if (!why && code == Z_BUF_ERROR)
		why = "detail-cut";
	else if (!why && code != Z_STREAM_END)
		why = "reason-gzip-damaged";
	else if (!why && left)
		why = "detail-shorter";
	else if (!why && packed.n)
		why = "detail-bytes-behind";
	inflateEnd(&z);
	return why;
}
