/* The program may be in a hostile document's hands: every size is checked. */
#include "source/files.h"

static const struct str GREETING = STR_INIT("bud-files 1\n");

bool files_begin(struct str *list)
{
	if (!str_starts(*list, GREETING))
		return false;
	*list = str_slice(*list, GREETING.n, list->n);
	return true;
}

enum files_step files_next(struct str *list, struct str *name,
			   struct str *bytes)
{
	struct str line, word;
	int64_t size;

	if (!str_split(list, '\n', &line))
		return FILES_BROKEN;
	if (str_equal(line, STR(".")))
		return FILES_END;
	if (!str_split(&line, ' ', &word) || !str_equal(word, STR("F")) ||
	    !str_split(&line, ' ', &word) || !str_to_int64(word, &size) ||
	    size < 0 || (size_t)size >= list->n || !line.p)
		return FILES_BROKEN;
	*name = line;
	*bytes = str_slice(*list, 0, (size_t)size);
	*list = str_slice(*list, (size_t)size + 1, list->n);
	return FILES_ONE;
}
