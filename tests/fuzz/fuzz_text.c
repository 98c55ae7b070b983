/* Bytes as text or CSV, in whatever character set → blocks → facts → … */
#include "fuzz.h"
#include "mutate_text.h"
#include "source/read.h"
#include "source/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};
	enum source_format format = sniff_format(bytes);
	struct arena a = {0};
	struct source_document d;
	struct source_error error;

	/* The others start a program: they have targets of their own. */
	if (format != FORMAT_TEXT && format != FORMAT_UNKNOWN)
		return 0;
	source_init(&d, &a);
	if (!source_read(&d, bytes, &error)) {
		fuzz_expect_document(&d);
		fuzz_extract(&d);
	}
	source_release(&d);
	arena_release(&a);
	return 0;
}
