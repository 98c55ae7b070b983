/* A stream of records through the checker, each document and across them. */
#include <stdlib.h>

#include "check/stream.h"
#include "fuzz.h"
#include "mutate_text.h"

static const struct rules *rules(struct check_labels **labels)
{
	static struct rules loaded;
	static struct check_labels *words;
	static struct arena arena;

	if (!words) {
		if (check_load_rules(&loaded, &arena, fuzz_messages()))
			abort();
		words = check_load_labels(&arena, fuzz_share());
	}
	*labels = words;
	return &loaded;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct writer out;
	struct check_stream s = {.out = &out, .derive = true, .across = true};

	s.rules = rules(&s.labels);
	writer_open(&out, "/dev/null");
	stream_file(&s, fuzz_file(data, size), fuzz_messages());
	stream_end(&s);
	stream_release(&s);
	writer_close(&out);
	return 0;
}
