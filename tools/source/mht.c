/*
 * The reader sends the parts as files, with the name of their character set;
 * it stands before what the HTML says itself.
 */
#include "source/mht.h"

#include "source/charset.h"
#include "source/files.h"
#include "source/spawn.h"
#include "source/wire.h"

static int fail(struct source_error *error, const char *id)
{
	*error = (struct source_error){id, {NULL, 0}};
	return -1;
}

static bool add_page(struct source_document *d, struct str charset,
		     struct str html, struct buf *out, const char **set)
{
	struct str utf8;
	const char *own;

	if (!charset_decode(d->arena, html,
			    charset.n ? charset : charset_find_declared(html),
			    &utf8, &own))
		return false;
	if (!*set)
		*set = own;
	buf_put_str(out, utf8);
	buf_putc(out, '\n');
	return true;
}

static int take_pages(struct source_document *d, struct str list,
		      struct buf *out, const char **set,
		      struct source_error *error)
{
	struct str charset, html;
	enum files_step step;

	while ((step = files_next(&list, &charset, &html)) == FILES_ONE)
		if (!add_page(d, charset, html, out, set))
			return fail(error, "not-text");
	return step == FILES_END ? 0 : fail(error, "reader-failed");
}

int mht_read(struct source_document *d, struct str bytes, struct str *utf8,
	     const char **charset, struct source_error *error)
{
	struct buf sent = {0}, pages = {0};
	struct str list;
	int status = spawn_reader(d, "bud-read-mht", NULL, bytes, &sent, error);

	*charset = NULL;
	list = buf_str(&sent);
	if (!status && files_begin(&list))
		status = take_pages(d, list, &pages, charset, error);
	else if (!status && !wire_read(d, list, &d->limits, error))
		status = fail(error, "reader-failed");
	else
		status = -1;
	*utf8 = str_copy(d->arena, buf_str(&pages));
	buf_release(&pages);
	buf_release(&sent);
	return status;
}
