/*
 * A stream of records through every renderer; the first byte chooses format
 * and view.
 */
#include <string.h>

#include "fuzz.h"
#include "mutate_text.h"
#include "record/codec.h"
#include "render/render.h"

static void feed(struct render *r, struct str rest)
{
	struct str line;

	while (str_split(&rest, '\n', &line)) {
		struct record record;
		const char *error;
		struct str detail;

		if (line.n && !record_read(render_arena(r), line, &record,
					   &error, &detail))
			render_take(r, &record);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct render_options o = {.output = "/dev/null", .width = 80};
	struct render *r;
	bool usage;

	if (size < 2)
		return 0;
	o.format = (enum render_format)(data[0] % (FORMAT_PACKAGE + 1));
	if (o.format == FORMAT_PACKAGE) /* a directory of files */
		o.output = fuzz_directory();
	o.view = (enum render_view)(data[1] % (VIEW_PROFILE + 1));
	o.lang = data[1] & 16 ? LANG_ZH : LANG_EN;
	o.by_entity = data[1] & 32;
	o.safe_csv = data[1] & 64;
	r = render_open(&o, fuzz_share(), fuzz_messages(), &usage);
	if (!r)
		return 0;
	feed(r, (struct str){(const char *)data + 2, size - 2});
	render_close(r, &usage);
	return 0;
}
