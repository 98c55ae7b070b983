/*
 * Messages for people, from one catalogue: share/messages.tsv (id, English,
 * Chinese, what the program did about it). A room says what went wrong with
 * message_add() and returns; only the programs print.
 *
 * Shape on the terminal: "bud-parse: PLACE: fixed text: detail". Control
 * characters in a detail are replaced, so a document cannot steer a terminal.
 */
#ifndef BUD_BASE_MESSAGE_H
#define BUD_BASE_MESSAGE_H

#include "base/share.h"
#include "base/str.h"

enum lang { LANG_EN, LANG_ZH };

/* "zh…" is Chinese, anything else English. */
enum lang lang_of(const char *locale);

struct messages {
	struct share *share;
	enum lang lang;
	/* Called once a message, text without program name and newline. */
	void (*sink)(void *ctx, struct str text);
	void *ctx;
	size_t count;
};

/*
 * place is FILE, FILE:LINE or FILE:LINE:COLUMN ("" for none); format gives
 * the detail, NULL for none. An id that the catalogue lacks shows as it is.
 */
void message_add(struct messages *m, const char *id, struct str place,
		 const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Messages that a thread must not tell before those of another one: they are
 * kept, and told when it is their turn. It gets a share of its own, as what is read of a
 * directory is kept there.
 */
struct messages_kept {
	struct messages messages;
	struct share share;
	struct buf said; /* each ended by NUL */
};

void messages_keep(struct messages_kept *k, const struct messages *m);
/* What was kept up to now. */
void messages_tell(struct messages_kept *k, struct messages *m);
void messages_drop(struct messages_kept *k);

/* The fixed text of an id in the language, for trouble records. */
struct str message_text(struct share *share, enum lang lang, const char *id);

#endif
