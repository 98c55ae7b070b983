/* A user's table of names and codes that changed. */
#include "diff/crosswalk.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct crosswalk c = {0};
	struct buf out = {0};
	bool merged;

	if (crosswalk_add(&c, STR("f"), (struct str){(const char *)data, size},
			  fuzz_messages())) {
		for (size_t i = 0; i < c.n; i++) {
			crosswalk_entity(&c, c.rows[i].from, 2024, &merged);
			crosswalk_put_code(&c, c.rows[i].what, c.rows[i].from,
					   2018, 2024, &out);
			crosswalk_new_code(&c, c.rows[i].what, c.rows[i].from,
					   2018, 2024);
		}
	}
	buf_release(&out);
	crosswalk_release(&c);
	return 0;
}
