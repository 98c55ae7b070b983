/* errno's own words are for programmers, and in English alone: the catalogue
 * has what a user can do. */
#include "base/reason.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct {
	int error;
	const char *id;
} ROWS[] = {
	{0, "reason-unknown"},
	{ENOENT, "reason-missing"},
	{ENOTDIR, "reason-no-directory"},
	{EISDIR, "reason-directory"},
	{EACCES, "reason-permission"},
	{EPERM, "reason-permission"},
	{EROFS, "reason-read-only"},
	{ENOSPC, "reason-full"},
	{EDQUOT, "reason-full"},
	{EFBIG, "reason-file-size"},
	{EIO, "reason-io"},
	{ENXIO, "reason-io"},
	{ENODEV, "reason-io"},
	{ESTALE, "reason-gone"},
	{EMFILE, "reason-files"},
	{ENFILE, "reason-files"},
	{EBADF, "reason-closed"},
	{EPIPE, "reason-pipe"},
	{ENOMEM, "reason-memory"},
	{EAGAIN, "reason-busy"},
	{EBUSY, "reason-busy"},
	{ETXTBSY, "reason-busy"},
	{EEXIST, "reason-exists"},
	{ENAMETOOLONG, "reason-long-name"},
	{ELOOP, "reason-links"},
};

static const char OTHER[] = "reason-other:";

const char *reason_of(int error)
{
	static char other[128];

	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
		if (ROWS[i].error == error)
			return ROWS[i].id;
	snprintf(other, sizeof other, "%s%s", OTHER, strerror(error));
	return other;
}

bool reason_is(struct str text)
{
	return str_starts(text, STR("reason-"));
}

/* Where advice begins in a text of the catalogue; its end for none. */
static size_t find_advice(struct str text, enum lang lang)
{
	size_t at = str_find(text, lang == LANG_ZH ? STR("；") : STR("; "));

	return at < text.n ? at : text.n;
}

void reason_put(struct buf *out, struct share *share, enum lang lang,
		const char *id, const char *reason)
{
	struct str message = message_text(share, lang, id);
	bool other = !strncmp(reason, OTHER, sizeof OTHER - 1);
	struct str text = message_text(share, lang,
				       other ? "reason-other" : reason);

	if (find_advice(message, lang) < message.n)
		text.n = find_advice(text, lang);
	buf_put_str(out, text);
	if (other)
		buf_printf(out, lang == LANG_ZH ? "（%s）" : " (%s)",
			   reason + sizeof OTHER - 1);
}

void reason_add(struct messages *m, const char *id, struct str place,
		const char *reason)
{
	struct buf text = {0};

	if (reason)
		reason_put(&text, m->share, m->lang, id, reason);
	message_add(m, id, place, reason ? "%.*s" : NULL,
		    STR_ARG(buf_str(&text)));
	buf_release(&text);
}
