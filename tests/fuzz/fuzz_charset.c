/* The character-set detector: what it gives is UTF-8, whatever it is given. */
#include <stdlib.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "source/charset.h"
#include "source/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size}, utf8;
	struct arena a = {0};
	const char *name;

	sniff_format(bytes);
	if (charset_decode(&a, bytes, charset_find_declared(bytes), &utf8,
			   &name) &&
	    utf8_find_invalid(utf8) != SIZE_MAX)
		abort();
	arena_release(&a);
	return 0;
}
