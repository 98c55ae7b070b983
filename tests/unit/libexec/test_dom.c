#include <criterion/criterion.h>

#include "libexec/dom.h"
#include "libexec/element.h"

static void tell(const struct dom_node *n, struct buf *out)
{
	static const char LETTERS[] = {
		[DOM_OTHER] = 'o', [DOM_BREAK] = '/', [DOM_CAPTION] = 'c',
		[DOM_CELL] = 'd',  [DOM_DIV] = 'v',   [DOM_HEADING] = 'h',
		[DOM_LINK] = 'a',  [DOM_PLAIN] = 'e', [DOM_ROW] = 'r',
		[DOM_TABLE] = 't'};

	for (n = n->first; n; n = n->next) {
		if (n->kind == DOM_TEXT) {
			buf_put_str(out, n->text);
			continue;
		}
		buf_putc(out, n->kind == DOM_OTHER && n->block
				      ? 'p'
				      : LETTERS[n->kind]);
		if (!n->first)
			continue;
		buf_putc(out, '(');
		tell(n, out);
		buf_putc(out, ')');
	}
}

/* The tree in letters: p for blocks, o for what is in a line. */
static void expect(const char *page, const char *tree)
{
	struct arena a = {0};
	struct buf out = {0};

	tell(dom_parse(&a, str_of(page), 20), &out);
	cr_assert_str_eq(buf_cstring(&out), tree);
	buf_release(&out);
	arena_release(&a);
}

Test(dom, ends_what_the_page_forgets_to_end)
{
	expect("<p>1<p>2<b>3<div>4</div>5", "p(1)p(2o(3))v(4)5");
	expect("<ul><li>1<li>2<ul><li>3</ul><li>4</ul>",
	       "p(p(1)p(2p(p(3)))p(4))");
	expect("<dl><dt>1<dd>2<div>3</div><dt>4</dl>",
	       "p(p(1)p(2v(3))p(4))");
	expect("<h1>1<h2>2</h2>3", "h(1)h(2)3");
	expect("<a>1<a>2</a>3", "a(1)a(2)3");
	expect("<p>1<br>2<img>3<hr>4", "p(1/2o3)p4");
	expect("<head><title>x</title><p>1", "p(1)");
	expect("<head><meta>1", "1");
	expect("<div>1<head>2</div>", "v(12)");
	expect("<div> <p>1 </p>\n<b>2</b> <b>3</b> </div><pre> <b> </b></pre>",
	       "v(p(1 )o(2) o(3) )e( o( ))");
}

Test(dom, ends_parts_of_tables)
{
	expect("<table><tr><td>1<td>2<tr><th>3</table>4",
	       "t(r(d(1)d(2))r(d(3)))4");
	expect("<table><caption>1<tbody><tr><td><p>2<tbody><tr><td>3</table>",
	       "t(c(1)p(r(d(p(2))))p(r(d(3))))");
	expect("<table><tr><td><table><tr><td>1</table>2<td>3</table>",
	       "t(r(d(t(r(d(1)))2)d(3)))");
	expect("<table><tr><td><div><span>1</td><td>2</div></table>3",
	       "t(r(d(v(o(1)))d(2)))3");
}

Test(dom, lets_no_end_tag_end_too_much)
{
	expect("<div>1</span></td></table></p>2</div>3", "v(1p2)3");
	expect("<div><span>1<div>2</span>3</div></div>4", "v(o(1v(23)))4");
	expect("<a><p>1</a>2", "a(p(1))2");
	expect("<o:p>1</O:P>2", "o(1)2");
	expect("<html><body>1</body></html>2", "12");
}

Test(dom, holds_what_is_shown)
{
	expect("1<script><p>x</script>2<style>x</style>3", "123");
	expect("1<script>x</p>2<style>x", "1p2");
	expect("<head><noscript><style>x</style><p>1", "p(1)");
	expect("1<script/>2", "12");
	expect("1<select><option>x</select>2", "12");
	expect("1<div hidden>x<p>x</p></div>2", "12");
	expect("1<p style='display:none'>x<div>2</div>", "1v(2)");
	expect("<table><tr><td style='visibility:hidden'>x<b>x</b></td>"
	       "<td>1</table>",
	       "t(r(dd(1)))");
	expect("<tr style='visibility:hidden'><td>x</tr>1", "1");
	expect("1&lt;2<a href='a?b&amp;c'>&nbsp;</a>", "1<2a(\xc2\xa0)");
}

Test(dom, knows_places_spans_and_targets)
{
	struct arena a = {0};
	const struct dom_node *n = dom_parse(
		&a, STR("\n\n 1\n<a\nhref='x?a&amp;b'></a>"
			"<td ROWSPAN=2 colspan=9999 style='left:1pt;top:2pt;"
			"position:absolute'>"),
		20);

	n = n->first;
	cr_assert_eq(n->line, 3);
	n = n->next;
	cr_assert(str_equal(n->target, STR("x?a&b")));
	cr_assert_eq(n->line, 5);
	n = n->next;
	cr_assert_eq(n->rows, 2);
	cr_assert_eq(n->cols, 1000);
	cr_assert_eq(n->style->tenths[STYLE_LEFT], 10);
	arena_release(&a);
}

Test(dom, refuses_what_is_too_deep)
{
	struct arena a = {0};

	cr_assert(dom_parse(&a, STR("<div><div>1"), 2));
	cr_assert_null(dom_parse(&a, STR("<div><div><div>1"), 2));
	arena_release(&a);
}

Test(dom, finds_elements_in_any_case)
{
	cr_assert_eq(element_find(STR("TaBlE"))->kind, DOM_TABLE);
	cr_assert_eq(element_find(STR("a"))->kind, DOM_LINK);
	cr_assert(element_find(STR("wbr"))->flags & ELEMENT_EMPTY);
	cr_assert_eq(element_find(STR("o:p"))->name.n, 0);
	cr_assert_eq(element_find(STR("x-very-long-name"))->name.n, 0);
}
