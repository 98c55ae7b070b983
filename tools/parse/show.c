/* Items come from the labels of share/, formats from the source room. */
#include "parse/show.h"

#include <string.h>

#include "source/formats.h"
#include "source/spawn.h"

static void put_row(struct str a, const char *b, struct str c)
{
	printf("%.*s\t%s%s%.*s\n", STR_ARG(a), b, *b ? "\t" : "", STR_ARG(c));
}

void show_items(struct program *p)
{
	bool zh = p->messages.lang == LANG_ZH;
	struct str rest, field[3];
	const char *error;
	size_t line = 0;

	if (!share_read(&p->share, "labels/items.tsv", &rest, &error)) {
		program_fail(p, STATUS_USAGE, "share-missing",
			     STR("labels/items.tsv"), error);
		return;
	}
	while (share_row(&rest, &line, field, 3))
		put_row(field[0], "", field[zh ? 1 : 2]);
}

static const char *state_of(const struct source_kind *k)
{
	if (k->program && !spawn_is_there(k->program))
		return "reader-missing";
	if (k->program && !strcmp(k->program, SOURCE_CONVERTER))
		return source_find_office() ? "format-office"
					    : "needs-converter";
	return k->program ? "format-reader" : "format-self";
}

void show_formats(struct program *p)
{
	for (const struct source_kind *k = SOURCE_KINDS; k->media; k++)
		put_row(str_of(k->extensions), k->media,
			message_text(&p->share, p->messages.lang,
				     state_of(k)));
}
