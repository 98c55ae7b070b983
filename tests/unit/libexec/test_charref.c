#include <criterion/criterion.h>

#include "libexec/charref.h"

Test(charref, stands_for_characters)
{
	static const char *const ROWS[][2] = {
		{"", ""},
		{"年初", "年初"},
		{"&lt;1&gt;", "<1>"},
		{"a&nbsp;b&nbspc", "a\xc2\xa0" "b\xc2\xa0" "c"},
		{"&ldquo;三公&rdquo;", "“三公”"},
		{"&ldquo三公", "&ldquo三公"},
		{"&#19975;&#x5143;", "万元"},
		{"&#X4E07&#20803;", "万元"},
		{"&#150;", "–"},
		{"&#0;&#xD800;&#x110000;&#99999999999;", "����"},
		{"&amp;amp;", "&amp;"},
		{"R&D &;&#;&#x;&", "R&D &;&#;&#x;&"},
		{"&thetasym;&thetasymx;&zwnj;", "ϑ&thetasymx;\xe2\x80\x8c"},
		{"&notit;", "¬it;"},
		{"&apos;&apos", "'&apos"},
	};

	for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
		struct buf out = {0};

		charref_put(&out, str_of(ROWS[i][0]));
		cr_assert_str_eq(buf_cstring(&out), ROWS[i][1]);
		buf_release(&out);
	}
}
