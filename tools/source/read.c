/*
 * The format by content. Text is read here, everything else by a program of
 * its own that can do no harm.
 */
#include "source/read.h"

#include "source/charset.h"
#include "source/files.h"
#include "source/formats.h"
#include "source/mht.h"
#include "source/sniff.h"
#include "source/spawn.h"
#include "source/table.h"
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
	struct str none = {NULL, 0}, utf8;
	char separator;

	if (!charset_decode(d->arena, bytes, none, &utf8, &d->charset))
		return fail(error, "not-text", none);
	separator = table_find_separator(utf8);
	if (separator) {
		d->media = separator == '\t' ? "text/tab-separated-values"
					     : "text/csv";
		return source_read_table(d, utf8, separator, error);
	}
	d->media = "text/plain";
	source_read_text(d, utf8);
	return 0;
}

static int read_by(struct source_document *d, const char *program,
		   struct str bytes, struct source_error *error)
{
	int status = spawn_reader(d, program, NULL, bytes, &d->wire, error);

	if (!status)
		status = wire_read(d, buf_str(&d->wire), &d->limits, error);
	buf_release(&d->wire);
	return status;
}

static int read_html(struct source_document *d, struct str bytes,
		     struct source_error *error)
{
	struct str utf8;
	const char *charset;

	if (!charset_decode(d->arena, bytes, charset_find_declared(bytes),
			    &utf8, &charset))
		return fail(error, "not-text", (struct str){NULL, 0});
	if (read_by(d, "bud-read-html", utf8, error))
		return -1;
	d->charset = charset;
	return 0;
}

static int read_mht(struct source_document *d, struct str bytes,
		    struct source_error *error)
{
	struct str utf8;
	const char *charset;

	if (mht_read(d, bytes, &utf8, &charset, error) ||
	    read_by(d, "bud-read-html", utf8, error))
		return -1;
	d->charset = charset;
	d->media = source_media(STR("mht"));
	return 0;
}

/* Word may hold nothing but a page of the web, to be converted when it opens
 * the file. */
static int read_chunks(struct source_document *d, struct str list,
		       struct source_error *error)
{
	struct str none = {NULL, 0}, name, bytes;
	enum files_step step;

	while ((step = files_next(&list, &name, &bytes)) == FILES_ONE) {
		enum source_format format = sniff_format(bytes);

		if (format == FORMAT_MHT ? read_mht(d, bytes, error)
		    : format == FORMAT_HTML ? read_html(d, bytes, error)
		    : format == FORMAT_TEXT ? read_text(d, bytes, error)
					    : fail(error, "damaged", name))
			return -1;
	}
	return step == FILES_END ? 0 : fail(error, "reader-failed", none);
}

static int read_docx(struct source_document *d, struct str bytes,
		     struct source_error *error)
{
	struct buf out = {0};
	struct str list;
	int status = spawn_reader(d, "bud-read-docx", NULL, bytes, &out, error);

	list = buf_str(&out);
	if (!status && files_begin(&list))
		status = read_chunks(d, list, error);
	else if (!status)
		status = wire_read(d, list, &d->limits, error);
	d->media = source_media(STR("docx"));
	buf_release(&out);
	return status;
}

/*
 * Converted first, then read as what it became. A reader's refusal comes in
 * the form of blocks.
 */
static int read_office(struct source_document *d, struct str bytes,
		       struct source_error *error)
{
	struct str from = str_of(sniff_office(bytes)), none = {NULL, 0};
	struct buf out = {0};
	int status = spawn_reader(d, SOURCE_CONVERTER, from.p, bytes, &out, error);
	enum source_format format = sniff_format(buf_str(&out));

	if (!status && format == FORMAT_DOCX)
		status = read_docx(d, buf_str(&out), error);
	else if (!status && format == FORMAT_XLSX)
		status = read_by(d, "bud-read-xlsx", buf_str(&out), error);
	else if (!status && !wire_read(d, buf_str(&out), &d->limits, error))
		status = fail(error, "converter-failed", none);
	else if (!status)
		status = -1;
	buf_release(&out);
	if (!status)
		d->media = source_media(from);
	return status;
}

bool source_is_sparse(const struct source_document *d, size_t first)
{
	enum { PLACES = 16 };
	uint64_t most = (uint64_t)d->limits.cells * PLACES;

	for (size_t i = first; i < d->n_blocks; i++)
		if ((uint64_t)d->blocks[i].n_rows * d->blocks[i].n_cols > most)
			return true;
	return false;
}

int source_read(struct source_document *d, struct str bytes,
		struct source_error *error)
{
	struct source_mark before = source_mark(d);
	struct str none = {NULL, 0};
	int status;

	if (bytes.n > (size_t)d->limits.bytes)
		return fail(error, "too-large", none);
	switch (sniff_format(bytes)) {
	case FORMAT_PDF:
		status = read_by(d, "bud-read-pdf", bytes, error);
		break;
	case FORMAT_HTML:
		status = read_html(d, bytes, error);
		break;
	case FORMAT_MHT:
		status = read_mht(d, bytes, error);
		break;
	case FORMAT_DOCX:
		status = read_docx(d, bytes, error);
		break;
	case FORMAT_XLSX:
		status = read_by(d, "bud-read-xlsx", bytes, error);
		break;
	case FORMAT_OFD:
		status = read_by(d, "bud-read-ofd", bytes, error);
		break;
	case FORMAT_OFFICE:
		status = read_office(d, bytes, error);
		break;
	case FORMAT_IMAGE:
		status = fail(error, "no-text-layer", none);
		break;
	default:
		status = read_text(d, bytes, error);
	}
	if (!status && d->n_blocks == before.blocks)
		status = fail(error, "empty-document", none);
	if (!status && source_is_sparse(d, before.blocks))
		status = fail(error, "limit-cells", none);
	if (status)
		source_return(d, before);
	return status;
}
