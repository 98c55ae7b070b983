#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/message.h"

static struct buf said;

static void keep(void *ctx, struct str text)
{
	(void)ctx;
	buf_put_str(&said, text);
	buf_putc(&said, '|');
}

Test(message, speaks_english_or_chinese)
{
	static const struct {
		const char *locale;
		enum lang lang;
	} rows[] = {
		{NULL, LANG_EN},         {"", LANG_EN},
		{"C.UTF-8", LANG_EN},    {"zh", LANG_ZH},
		{"zh_CN.UTF-8", LANG_ZH}, {"en_US.UTF-8", LANG_EN},
		{"z", LANG_EN},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(lang_of(rows[i].locale), rows[i].lang);
}

Test(message, has_place_text_and_detail)
{
	struct share s;
	struct messages m = {.share = &s, .sink = keep};

	unsetenv("BUD_SHARE");
	share_open(&s, NULL);
	message_add(&m, "not-json", STR("a.ndjson:3"), "%s", "line 1");
	message_add(&m, "not-json", STR(""), NULL);
	m.lang = LANG_ZH;
	message_add(&m, "open-failed", STR("b.txt"), "%d", 5);
	message_add(&m, "no-such-message", STR("c"), NULL);
	/* What a document says cannot steer the terminal. */
	message_add(&m, "no-such-message", STR("c\x1b[31m\n"), "%s", "\t\x7f");
	cr_expect_eq(m.count, 5);
	cr_expect_str_eq(
		buf_cstring(&said),
		"a.ndjson:3: is not a JSON object; give one record a line, as "
		"bud-parse writes: line 1|"
		"is not a JSON object; give one record a line, as bud-parse "
		"writes|"
		"b.txt: 无法打开：5|"
		"c: no-such-message|"
		"c?[31m?: no-such-message：??|");
	m.sink = NULL;
	message_add(&m, "not-json", STR(""), NULL);
	cr_expect_eq(m.count, 6);
	share_close(&s);
	buf_release(&said);
}

Test(message, the_catalogue_is_complete)
{
	struct share s;
	struct str rest, f[5];
	const char *error;
	size_t line = 0, rows = 0;

	unsetenv("BUD_SHARE");
	share_open(&s, NULL);
	cr_assert(share_read(&s, "messages.tsv", &rest, &error));
	while (share_row(&rest, &line, f, 5)) {
		rows++;
		for (int i = 0; i < 4; i++)
			cr_expect_gt(f[i].n, 0, "line %zu, field %d", line,
				     i + 1);
		cr_expect_eq(f[4].n, 0, "line %zu", line);
		cr_expect(str_equal(message_text(&s, LANG_EN,
						 str_cstring(&s.arena, f[0])),
				    f[1]),
			  "line %zu: the id stands twice", line);
	}
	cr_expect_gt(rows, 10);
	share_close(&s);
}
