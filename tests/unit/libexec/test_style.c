#include <criterion/criterion.h>

#include "libexec/style.h"

static struct style read(const char *text)
{
	return style_read(str_of(text));
}

Test(style, says_what_is_shown)
{
	cr_assert(read("display:none").gone);
	cr_assert(read("color:red; DISPLAY : None !important").gone);
	cr_assert_not(read("display:none;display:block").gone);
	cr_assert_not(read("display:block").gone);
	cr_assert_not(read("content:display none").gone);
	cr_assert(read("visibility: hidden;").unseen);
	cr_assert_not(read("overflow:hidden").unseen);
	cr_assert_not(read("").gone);
	cr_assert_not(read(";:;display").gone);
}

Test(style, places_by_left_and_top)
{
	struct style s = read("position:absolute;left:1.55pt; top : 8px ;"
			      "font-size:10.5pt;width:-3pt");

	cr_assert(style_is_placed(&s));
	cr_assert_eq(s.tenths[STYLE_LEFT], 16);
	cr_assert_eq(s.tenths[STYLE_TOP], 60);
	cr_assert_eq(s.tenths[STYLE_FONT_SIZE], 105);
	cr_assert_eq(s.tenths[STYLE_WIDTH], -30);
	cr_assert_not(s.given[STYLE_HEIGHT]);
	s = read("position:relative;left:1pt;top:1pt");
	cr_assert(s.relative);
	cr_assert_not(style_is_placed(&s));
	s = read("position:absolute;left:auto;top:1pt");
	cr_assert_not(style_is_placed(&s));
	s = read("position:absolute;margin-left:1pt;top:99999999999pt");
	cr_assert_not(style_is_placed(&s));
}

Test(style, knows_borders_of_any_side)
{
	cr_assert(read("border:1pt solid").border);
	cr_assert(read("border-top-width:0.5pt").border);
	cr_assert_not(read("background:border").border);
}
