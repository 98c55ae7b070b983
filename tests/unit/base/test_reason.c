#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>

#include "base/reason.h"

static struct share share;
static struct buf said;

static void keep(void *ctx, struct str text)
{
	(void)ctx;
	buf_put_str(&said, text);
	buf_putc(&said, '|');
}

static void begin(void)
{
	unsetenv("BUD_SHARE");
	share_open(&share, NULL);
}

static void end(void)
{
	share_close(&share);
	buf_release(&said);
}

TestSuite(reason, .init = begin, .fini = end);

Test(reason, of_each_errno_has_words_in_both_languages)
{
	for (int error = 0; error < 140; error++) {
		const char *reason = reason_of(error);
		struct buf en = {0}, zh = {0};

		cr_expect(reason_is(str_of(reason)), "%d: %s", error, reason);
		reason_put(&en, &share, LANG_EN, "open-failed", reason);
		reason_put(&zh, &share, LANG_ZH, "open-failed", reason);
		cr_expect_not(reason_is(buf_str(&en)), "%d: %s", error, reason);
		cr_expect(strstr(buf_cstring(&en), "; "), "%d: %s", error,
			  buf_cstring(&en));
		cr_expect(strstr(buf_cstring(&zh), "；"), "%d: %s", error,
			  buf_cstring(&zh));
		buf_release(&en);
		buf_release(&zh);
	}
}

Test(reason, stands_behind_a_message_which_may_have_its_own_advice)
{
	struct messages m = {.share = &share, .sink = keep};

	reason_add(&m, "open-failed", STR("a"), reason_of(ENOENT));
	reason_add(&m, "no-archive", STR("a"), reason_of(ENOENT));
	reason_add(&m, "open-failed", STR("a"), reason_of(EDOM));
	reason_add(&m, "source-changed", STR("a"), NULL);
	m.lang = LANG_ZH;
	reason_add(&m, "open-failed", STR("a"), reason_of(EISDIR));
	reason_add(&m, "no-archive", STR("a"), reason_of(EISDIR));
	reason_add(&m, "open-failed", STR("a"), "no id");
	cr_expect_str_eq(
		buf_cstring(&said),
		"a: cannot be opened: no such file or directory; check the "
		"name and the path|"
		"a: is no archive; make one with bud-archive put: no such "
		"file or directory|"
		"a: cannot be opened: the system refused; try again, and ask "
		"who runs the machine if it stays so (Numerical argument out "
		"of domain)|"
		"a: is not the file that the records were read from; its "
		"bytes were not kept; read it again|"
		"a: 无法打开：这是目录；请写明其中的文件|"
		"a: 不是档案库；可用 bud-archive put 新建：这是目录|"
		"a: 无法打开：no id|");
}
