/* The table is small and asked once for an option: it is walked. */
#include "lexicon/item.h"

#include "base/nearest.h"

bool item_check(struct messages *messages, struct str id)
{
	struct str rest, field[1], meant;
	struct buf ids = {0};
	const char *error;
	size_t line = 0;
	bool known = false;

	if (!share_read(messages->share, "labels/items.tsv", &rest, &error))
		return true; /* who loads the labels says so */
	while (share_row(&rest, &line, field, 1)) {
		known |= str_equal(field[0], id);
		buf_put_str(&ids, field[0]);
		buf_putc(&ids, ' ');
	}
	meant = nearest_word(id, buf_str(&ids));
	if (!known)
		message_add(messages, "no-item", STR(""), "%.*s", STR_ARG(id));
	if (!known && meant.n)
		message_add(messages, "usage-did-you-mean", STR(""), "%.*s",
			    STR_ARG(meant));
	buf_release(&ids);
	return known;
}
