/* The format by content; so far plain UTF-8 text. */
#include "source/read.h"

#include "base/utf8.h"
#include "source/text.h"

int source_read(struct source_document *d, struct str bytes,
		struct source_error *error)
{
	size_t bad;

	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_slice(bytes, 3, bytes.n);
	bad = utf8_find_invalid(bytes);
	if (bad != SIZE_MAX) {
		*error = (struct source_error){
			"not-text", str_format(d->arena, "byte %zu", bad)};
		return -1;
	}
	if (!str_trim(bytes).n) {
		*error = (struct source_error){"empty-document", {NULL, 0}};
		return -1;
	}
	d->media = "text/plain";
	d->charset = "UTF-8";
	source_read_text(d, bytes);
	return 0;
}
