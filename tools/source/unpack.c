/*
 * ZIP is opened by a reader program, which sends its files (files.h).
 * Gzip is inflated here: zlib reads one stream and keeps no names.
 */
#include <string.h>
#include <zlib.h>

#include "source/charset.h"
#include "source/files.h"
#include "source/read.h"
#include "source/sniff.h"
#include "source/spawn.h"

enum { MOST_DEPTH = 4, STEP = 1 << 16, SLACK = 1 << 20 };

struct unpack {
	struct arena *arena;
	const struct source_limits *limits;
	struct source_member *members;
	size_t n, cap, total;
	bool opened; /* it is an archive */
	struct source_error *error;
};

static int fail(struct unpack *u, const char *id)
{
	*u->error = (struct source_error){id, {NULL, 0}};
	return -1;
}

static int inflate_all(struct unpack *u, struct str bytes, struct buf *out)
{
	size_t most = bytes.n * (size_t)u->limits->ratio + SLACK;
	z_stream z = {.next_in = (Bytef *)(uintptr_t)bytes.p,
		      .avail_in = (uInt)bytes.n};
	int status = inflateInit2(&z, 15 + 16);

	while (status == Z_OK) {
		buf_reserve(out, STEP);
		z.next_out = (Bytef *)out->p + out->n;
		z.avail_out = STEP;
		status = inflate(&z, Z_NO_FLUSH);
		out->n += STEP - z.avail_out;
		if (out->n > most || out->n > (size_t)u->limits->bytes)
			break;
		/* Several streams may follow each other. */
		if (status == Z_STREAM_END && z.avail_in > 2 &&
		    z.next_in[0] == 0x1f)
			status = inflateReset(&z);
	}
	inflateEnd(&z);
	if (status == Z_STREAM_END)
		return 0;
	return fail(u, out->n > most ? "limit-ratio"
		       : out->n > (size_t)u->limits->bytes ? "too-large"
							   : "damaged");
}

static int unpack(struct unpack *u, struct str name, struct str bytes,
		  int depth);

static int unpack_gzip(struct unpack *u, struct str name, struct str bytes,
		       int depth)
{
	struct buf out = {0};
	int status = inflate_all(u, bytes, &out);

	if (!status)
		status = unpack(u, name, str_copy(u->arena, buf_str(&out)),
				depth + 1);
	buf_release(&out);
	return status;
}

/* Names in old archives are GBK. */
static struct str name_of(struct unpack *u, struct str outer, struct str name)
{
	struct str utf8, none = {NULL, 0};
	const char *set;

	if (!charset_decode(u->arena, name, none, &utf8, &set))
		utf8 = STR("?");
	return outer.n ? str_format(u->arena, "%.*s!%.*s", STR_ARG(outer),
				    STR_ARG(utf8))
		       : str_copy(u->arena, utf8);
}

static int take_files(struct unpack *u, struct str outer, struct str files,
		      int depth)
{
	struct str name, bytes;
	enum files_step step;

	while ((step = files_next(&files, &name, &bytes)) == FILES_ONE)
		if (unpack(u, name_of(u, outer, name), bytes, depth + 1))
			return -1;
	return step == FILES_END ? 0 : fail(u, "reader-failed");
}

static int unpack_zip(struct unpack *u, struct str name, struct str bytes,
		      int depth)
{
	struct source_document d;
	struct buf out = {0};
	struct str files, first;
	int status;

	source_init(&d, u->arena);
	d.limits = *u->limits;
	status = spawn_reader(&d, "bud-read-zip", NULL, bytes, &out, u->error);
	source_release(&d);
	files = str_copy(u->arena, buf_str(&out));
	buf_release(&out);
	if (status)
		return -1;
	if (files_begin(&files))
		return take_files(u, name, files, depth);
	str_split(&files, '\n', &first);
	/* X id detail, behind the other greeting */
	if (str_split(&files, '\t', &first) && str_split(&files, '\t', &first))
		return fail(u, str_cstring(u->arena, first));
	return fail(u, "reader-failed");
}

static int unpack(struct unpack *u, struct str name, struct str bytes,
		  int depth)
{
	enum source_format format = sniff_format(bytes);

	if (depth > MOST_DEPTH)
		return fail(u, "limit-depth");
	u->total += bytes.n;
	if (depth && u->total > (size_t)u->limits->bytes * 4)
		return fail(u, "too-large");
	u->opened |= format == FORMAT_GZIP || format == FORMAT_ZIP;
	if (format == FORMAT_GZIP)
		return unpack_gzip(u, name, bytes, depth);
	if (format == FORMAT_ZIP)
		return unpack_zip(u, name, bytes, depth);
	if (!depth)
		return 0;
	if ((long)u->n >= u->limits->members)
		return fail(u, "limit-members");
	u->members = arena_grow(u->arena, u->members, &u->cap, u->n + 1,
				sizeof *u->members);
	u->members[u->n++] = (struct source_member){name, bytes};
	return 0;
}

int source_unpack(struct arena *a, const struct source_limits *limits,
		  struct str bytes, struct source_member **members, size_t *n,
		  struct source_error *error)
{
	struct unpack u = {.arena = a, .limits = limits, .error = error};
	int status = 0;

	if (sniff_may_be_archive(bytes))
		status = unpack(&u, (struct str){NULL, 0}, bytes, 0);
	/* Else the archive would pass for a document. */
	if (!status && !u.n && u.opened)
		status = fail(&u, "empty-document");
	*members = u.members;
	*n = u.n;
	return status;
}
