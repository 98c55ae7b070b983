/*
 * The reader sends a list of files as bud-read-zip does (see unpack.c); what a
 * part says of its character set stands before what its HTML says.
 */
#include "source/mht.h"

#include "source/charset.h"
#include "source/spawn.h"

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

/* The list ends with a line "."; anything else is no list. */
static int take_pages(struct source_document *d, struct str list,
		      struct buf *out, const char **set,
		      struct source_error *error)
{
	struct str line, word;
	int64_t size;

	while (str_split(&list, '\n', &line)) {
		if (str_equal(line, STR(".")))
			return 0;
		if (!str_split(&line, ' ', &word) ||
		    !str_equal(word, STR("F")) ||
		    !str_split(&line, ' ', &word) ||
		    !str_to_int64(word, &size) || size < 0 ||
		    (size_t)size >= list.n)
			break;
		if (!add_page(d, line, str_slice(list, 0, (size_t)size), out,
			      set))
			return fail(error, "not-text");
		list = str_slice(list, (size_t)size + 1, list.n);
	}
	return fail(error, "reader-failed");
}

int mht_read(struct source_document *d, struct str bytes, struct str *utf8,
	     const char **charset, struct source_error *error)
{
	struct buf sent = {0}, pages = {0};
	struct str list, first;
	int status = spawn_reader(d, "bud-read-mht", NULL, bytes, &sent, error);

	*charset = NULL;
	list = buf_str(&sent);
	str_split(&list, '\n', &first);
	if (!status && str_equal(first, STR("bud-files 1")))
		status = take_pages(d, list, &pages, charset, error);
	/* X id detail, behind the other greeting */
	else if (!status && str_split(&list, '\t', &first) &&
		 str_split(&list, '\t', &first))
		status = fail(error, str_cstring(d->arena, first));
	else if (!status)
		status = fail(error, "reader-failed");
	*utf8 = str_copy(d->arena, buf_str(&pages));
	buf_release(&pages);
	buf_release(&sent);
	return status;
}
