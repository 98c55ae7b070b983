/* A user's table of names and codes that changed. */
#include "diff/crosswalk.h"
#include "fuzz.h"

static void use(const struct crosswalk *c, const struct cross_row *r,
		struct buf *out)
{
	bool merged;

	crosswalk_entity(c, r->from, 2024, &merged);
	crosswalk_put_code(c, r->what, r->from, 2018, 2024, out);
	crosswalk_new_code(c, r->what, r->from, 2018, 2024);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct crosswalk c = {0};
	struct buf out = {0};

	if (crosswalk_add(&c, STR("f"), (struct str){(const char *)data, size},
			  fuzz_messages()))
		for (size_t k = 0; k <= CROSS_SCOPE; k++)
			for (size_t i = 0; i < c.lists[k].n; i++)
				use(&c, &c.lists[k].rows[i], &out);
	buf_release(&out);
	crosswalk_release(&c);
	return 0;
}
