/* A user's file of rules, and what --list-rules says of it: the same rules. */
#include <stdlib.h>

#include "check/rule.h"
#include "fuzz.h"
#include "mutate_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct arena a = {0};
	struct rules rules = {0}, again = {0};
	struct buf listed = {0};

	if (!check_add_rules(&rules, &a, STR("f"), text, fuzz_messages())) {
		check_list_rules(&rules, &listed);
		if (check_add_rules(&again, &a, STR("f"), buf_str(&listed),
				    fuzz_messages()) ||
		    again.n != rules.n)
			abort();
	}
	buf_release(&listed);
	arena_release(&a);
	return 0;
}
