/* What a reader program may write, if it is taken over → blocks → facts. */
#include "fuzz.h"
#include "source/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct source_document d;
	struct source_error error;

	source_init(&d, &a);
	if (!wire_read(&d, (struct str){(const char *)data, size}, &d.limits,
		       &error)) {
		fuzz_expect_document(&d);
		fuzz_extract(&d);
	}
	source_release(&d);
	arena_release(&a);
	return 0;
}
