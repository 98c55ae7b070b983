/* A stream of records through the diff; the first byte chooses how. */
#include "diff/command.h"
#include "fuzz.h"
#include "mutate_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct writer out;
	struct command c = {.share = fuzz_share(),
			    .messages = fuzz_messages(),
			    .out = &out};
	const char *name;
	unsigned how;

	if (!size)
		return 0;
	how = *data;
	c.options.by = (enum diff_by)(how % 3);
	c.all = how & 4;
	c.stat = how & 8;
	c.keys = how & 16;
	c.sorted = how & 32;
	c.options.same = c.all;
	c.jobs = how & 64 ? 2 : 1;
	name = fuzz_file(data + 1, size - 1);
	writer_open(&out, "/dev/null");
	if (command_load(&c))
		command_run(&c, &name, 1);
	command_release(&c);
	writer_close(&out);
	return 0;
}
