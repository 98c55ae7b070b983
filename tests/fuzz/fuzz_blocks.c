/* What a reader program may write, if it is taken over: blocks → facts, or
 * files that it took out of others. */
#include <stdlib.h>

#include "fuzz.h"
#include "mutate_text.h"
#include "source/files.h"
#include "source/read.h"
#include "source/wire.h"

static void read_files(struct str list)
{
	struct str all = list, name, bytes;

	if (!files_begin(&list))
		return;
	while (files_next(&list, &name, &bytes) == FILES_ONE)
		if (bytes.p < all.p || bytes.p + bytes.n > all.p + all.n ||
		    name.p < all.p || name.p + name.n > bytes.p)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = {0};
	struct source_document d;
	struct source_error error;

	read_files((struct str){(const char *)data, size});
	source_init(&d, &a);
	d.limits.cells = 2000; /* such as an input can reach */
	if (!wire_read(&d, (struct str){(const char *)data, size}, &d.limits,
		       &error) &&
	    !source_is_sparse(&d, 0)) {
		fuzz_expect_document(&d);
		fuzz_extract(&d);
	}
	source_release(&d);
	arena_release(&a);
	return 0;
}
