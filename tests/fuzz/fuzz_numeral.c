/* Numerals and the other tokens of a sentence: in order, inside the text. */
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/scan.h"
#include "fuzz.h"
#include "mutate_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct arena a = {0};
	struct token_list list;
	size_t end = 0;

	/* The extractor sees valid UTF-8 alone. */
	if (utf8_find_invalid(text) != SIZE_MAX)
		return 0;
	list = scan_text(&a, fuzz_lexicon(), text, 0);
	for (size_t i = 0; i < list.n; i++) {
		if (list.t[i].start < end || list.t[i].end < list.t[i].start ||
		    list.t[i].end > size)
			abort();
		end = list.t[i].end;
	}
	arena_release(&a);
	return 0;
}
