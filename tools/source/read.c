/*
 * The format by content. Text is read here, everything else by a program of
 * its own that can do no harm.
 */
#include "source/read.h"

#include "base/utf8.h"
#include "source/sniff.h"
#include "source/spawn.h"
#include "source/text.h"
#include "source/wire.h"

static int fail(struct source_error *error, const char *id, struct str detail)
{
	*error = (struct source_error){id, detail};
	return -1;
}

static int read_text(struct source_document *d, struct str bytes,
		     struct source_error *error)
{
	size_t bad;

	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_slice(bytes, 3, bytes.n);
	bad = utf8_find_invalid(bytes);
	if (bad != SIZE_MAX)
		return fail(error, "not-text",
			    str_format(d->arena, "byte %zu", bad));
	d->media = "text/plain";
	d->charset = "UTF-8";
	source_read_text(d, bytes);
	return 0;
}

static int read_by(struct source_document *d, const char *program,
		   struct str bytes, struct source_error *error)
{
	struct buf out = {0};
	int status = spawn_reader(d, program, NULL, bytes, &out, error);

	if (!status)
		status = wire_read(d, buf_str(&out), &d->limits, error);
	buf_release(&out);
	return status;
}

int source_read(struct source_document *d, struct str bytes,
		struct source_error *error)
{
	struct str none = {NULL, 0};
	int status;

	if (bytes.n > (size_t)d->limits.bytes)
		return fail(error, "too-large", none);
	switch (sniff_format(bytes)) {
	case FORMAT_PDF:
		status = read_by(d, "bud-read-pdf", bytes, error);
		break;
	case FORMAT_IMAGE:
		return fail(error, "no-text-layer", none);
	default:
		status = read_text(d, bytes, error);
	}
	if (!status && !d->n_blocks)
		return fail(error, "empty-document", none);
	return status;
}
