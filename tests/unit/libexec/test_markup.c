#include <criterion/criterion.h>

#include "libexec/markup.h"

/* Tokens as "text", "<name a=b /" and "</name". */
static void tell(struct buf *out, const struct markup_token *t)
{
	static const char *const BEFORE[] = {"", "<", "</"};

	if (out->n)
		buf_putc(out, '|');
	buf_puts(out, BEFORE[t->kind]);
	buf_put_str(out, t->text);
	for (size_t i = 0; i < t->n_attributes; i++)
		buf_printf(out, " %.*s=%.*s", STR_ARG(t->attributes[i].name),
			   STR_ARG(t->attributes[i].value));
	if (t->kind != MARKUP_TEXT && t->closed)
		buf_puts(out, " /");
}

static void expect(const char *page, const char *tokens)
{
	struct buf out = {0};
	struct markup_token t;
	struct markup m;

	markup_start(&m, str_of(page));
	while (markup_next(&m, &t))
		tell(&out, &t);
	cr_assert_str_eq(buf_cstring(&out), tokens);
	buf_release(&out);
}

Test(markup, is_tags_and_texts)
{
	expect("", "");
	expect("a<b>c</b>d", "a|<b|c|</b|d");
	expect("<TD ColSpan=2 title='a>b' hidden x = \"y\">",
	       "<TD ColSpan=2 title=a>b hidden= x=y");
	expect("<br/><br /><a href=x/>", "<br /|<br /|<a href=x/");
	expect("<o:p></o:p>", "<o:p|</o:p");
	expect("<p\nclass\n=\n'a'\n>", "<p class=a");
	expect("<p a=1b=2 =c>", "<p a=1b=2 =c=");
	expect("<a =b=c/d>", "<a =b=c/d");
	expect("</p class=x>", "</p class=x");
}

Test(markup, passes_over_declarations)
{
	expect("<!DOCTYPE html><?xml v?>a<!-- <b> -- > -->c", "a|c");
	expect("a<![if !vml]>b<![endif]>c", "a|b|c");
	expect("<!-->a<!--->b-->c<!---->d", "a|b-->c|d");
	expect("a<!--b--!>c-->d", "a|c-->d");
	expect("<!--!>a--!b--!>c", "c");
	expect("a</ x>b</>c", "a|b|c");
	expect("a<%@ b='<i>' %>c<%>d<% e", "a|c|d<% e");
	expect("<td <%= a %> b=c>", "<td b=c");
}

Test(markup, keeps_what_is_no_tag)
{
	expect("1<2 a<-b <3", "1<2 a<-b <3");
	expect("a<", "a<");
	expect("a</", "a</");
	expect("<<b>", "<|<b");
}

Test(markup, ends_with_the_page)
{
	expect("a<b", "a|<b");
	expect("a<b c", "a|<b c=");
	expect("a<b c=", "a|<b c=");
	expect("a<b c='d>e", "a|<b c='d|e");
	expect("a<!-- b", "a");
	expect("a<!-- b>c<!-- d -->e<!-- f>g", "a|e|g");
	expect("a<!", "a");
	expect("a<b /", "a|<b /");
}

Test(markup, skips_to_the_end_tag)
{
	static const char *const ROWS[][2] = {
		{"<script>a</b></scripts><i></SCRIPT >c", "SCRIPT"},
		{"<script>a<script>b</script>c", "script"},
		{"<script>a</scriptx>b", "scriptx"},
		{"<script>", ""},
	};
	struct markup_token t;
	struct markup m;

	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		struct str end = str_of(ROWS[i][1]);

		markup_start(&m, str_of(ROWS[i][0]));
		cr_assert(markup_next(&m, &t));
		cr_assert_eq(markup_skip(&m, t.text),
			     end.n && end.n == t.text.n);
		cr_assert_eq(markup_next(&m, &t), end.n > 0);
		if (end.n)
			cr_assert(str_equal(t.text, end));
	}
}

Test(markup, knows_lines_and_attributes)
{
	struct str page = STR("a\n<b\nSTYLE=c style=d>\n\ne");
	struct markup_token t;
	struct markup m;

	markup_start(&m, page);
	cr_assert(markup_next(&m, &t));
	cr_assert_eq(markup_line(&m, t.text.p), 1);
	cr_assert(markup_next(&m, &t));
	cr_assert_eq(markup_line(&m, t.text.p), 2);
	cr_assert(str_equal(markup_attribute(&t, STR("style")), STR("c")));
	cr_assert_null(markup_attribute(&t, STR("class")).p);
	cr_assert(markup_next(&m, &t));
	cr_assert_eq(markup_line(&m, t.text.p), 3);
	cr_assert_eq(markup_line(&m, page.p + page.n), 5);
}
