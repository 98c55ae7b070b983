/* Words of documents must stay words in every format. */
#include <criterion/criterion.h>

#include "render/escape.h"

/* Escape, bell, a C1 control, a right-to-left override, a broken byte. */
#define HOSTILE "\x1b[31m\a\xc2\x9b\xe2\x80\xae<\xff|"

static void plain(struct buf *out, struct str s)
{
	escape_plain(out, s);
}

static void csv(struct buf *out, struct str s)
{
	escape_csv(out, s, false);
}

static void safe_csv(struct buf *out, struct str s)
{
	escape_csv(out, s, true);
}

static void tsv(struct buf *out, struct str s)
{
	escape_tsv(out, s, false);
}

static const struct {
	void (*escape)(struct buf *out, struct str s);
	const char *in, *out;
} CASES[] = {
	{plain, HOSTILE, "[31m<\xef\xbf\xbd|"},
	{plain, "a\tb\r\nc", "a b  c"},
	{escape_html, HOSTILE, "[31m&lt;\xef\xbf\xbd|"},
	{escape_html, "<b a=\"1\" c='2'>&",
	 "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;"},
	{escape_number, "-1.90", "\xe2\x88\x92" "1.90"},
	{escape_markdown, "a|b\n*c* [d](e) <f> #1",
	 "a\\|b \\*c\\* \\[d\\](e) \\<f\\> \\#1"},
	{csv, "plain", "plain"},
	{csv, "a,b", "\"a,b\""},
	{csv, "say \"x\"", "\"say \"\"x\"\"\""},
	{csv, "two\nlines", "\"two\nlines\""},
	{csv, " edge", "\" edge\""},
	{csv, "=1+1", "=1+1"},
	{safe_csv, "=1+1", "'=1+1"},
	{safe_csv, "@cmd", "'@cmd"},
	{safe_csv, "-2,3", "\"'-2,3\""},
	{safe_csv, "plain", "plain"},
	{tsv, "a\tb\nc\\d", "a\\tb\\nc\\\\d"},
	{escape_uri, "a b/\xe5\xb9\xb4.txt", "a%20b/%E5%B9%B4.txt"},
	{escape_uri, "100%#1?", "100%25%231%3F"},
	{csv, "", ""},
	/* Chinese stands for itself, what stands between it does not */
	{csv, "第3局、秘\xe3\x80\x80书处", "第3局、秘\xe3\x80\x80书处"},
	{csv, "局,处", "\"局,处\""},
	{csv, "局\xe2\x80\xae" "处\xef\xbb\xbf\xe2\x81\xa6\xe2\x80\xa8", "局处"},
	{csv, "局\xe5\xb1", "局\xef\xbf\xbd\xef\xbf\xbd"},
	{csv, "\xe5\xb1,", "\"\xef\xbf\xbd\xef\xbf\xbd,\""},
	{csv, "局\xff", "局\xef\xbf\xbd"},
	{safe_csv, "=局", "'=局"},
	{tsv, "局\\处", "局\\\\处"},
	{tsv, "局\t处", "局\\t处"},
};

Test(escape, leaves_nothing_that_acts)
{
	for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
		struct buf out = {0};

		CASES[i].escape(&out, str_of(CASES[i].in));
		cr_expect_str_eq(buf_cstring(&out), CASES[i].out, "row %zu",
				 i);
		buf_release(&out);
	}
}
