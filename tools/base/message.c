/* The catalogue is small and messages are rare: it is searched, not loaded. */
#include "base/message.h"

#include <string.h>

static const char CATALOGUE[] = "messages.tsv";

enum lang lang_of(const char *locale)
{
	return locale && !strncmp(locale, "zh", 2) ? LANG_ZH : LANG_EN;
}

struct str message_text(struct share *share, enum lang lang, const char *id)
{
	struct str rest, field[3];
	const char *error;
	size_t line = 0;

	if (!share || !share_read(share, CATALOGUE, &rest, &error))
		return str_of(id);
	while (share_row(&rest, &line, field, 3))
		if (str_equal(field[0], str_of(id)))
			return lang == LANG_ZH && field[2].n ? field[2]
							     : field[1];
	return str_of(id);
}

void message_add(struct messages *m, const char *id, struct str place,
		 const char *format, ...)
{
	struct buf text = {0};

	m->count++;
	if (!m->sink)
		return;
	if (place.n)
		buf_printf(&text, "%.*s: ", STR_ARG(place));
	buf_put_str(&text, message_text(m->share, m->lang, id));
	if (format) {
		va_list args;

		buf_puts(&text, m->lang == LANG_ZH ? "：" : ": ");
		va_start(args, format);
		buf_vprintf(&text, format, args);
		va_end(args);
	}
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F)
			text.p[i] = '?';
	m->sink(m->ctx, buf_str(&text));
	buf_release(&text);
}

static void keep(void *ctx, struct str text)
{
	struct buf *said = ctx;

	buf_put_str(said, text);
	buf_putc(said, '\0');
}

void messages_keep(struct messages_kept *k, const struct messages *m)
{
	*k = (struct messages_kept){.messages = *m, .share = *m->share};
	k->share.arena = (struct arena){0};
	k->messages.share = &k->share;
	k->messages.sink = keep;
	k->messages.ctx = &k->said;
	k->messages.count = 0;
}

void messages_tell(struct messages_kept *k, struct messages *m)
{
	struct str rest = buf_str(&k->said), text;

	while (m->sink && rest.n && str_split(&rest, '\0', &text))
		m->sink(m->ctx, text);
	m->count += k->messages.count;
	k->messages.count = 0;
	buf_clear(&k->said);
}

void messages_drop(struct messages_kept *k)
{
	buf_release(&k->said);
	share_close(&k->share);
}
