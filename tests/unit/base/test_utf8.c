#include <criterion/criterion.h>

#include "base/utf8.h"

Test(utf8, decodes_and_replaces_broken_bytes_one_by_one)
{
	static const struct {
		const char *s;
		uint32_t cps[5]; /* ends with 0 */
	} rows[] = {
		{"a", {'a'}},
		{"\xc2\x80", {0x80}},
		{"收", {0x6536}},
		{"\xf0\xa0\x80\x80", {0x20000}},
		{"\xf4\x8f\xbf\xbf", {0x10FFFF}},
		{"\xef\xbf\xbd", {0xFFFD}},
		{"\x80", {0xFFFD}},                    /* lone continuation */
		{"\xc0\x80", {0xFFFD, 0xFFFD}},        /* overlong NUL */
		{"\xc1\xbf", {0xFFFD, 0xFFFD}},
		{"\xe0\x80\x80", {0xFFFD, 0xFFFD, 0xFFFD}}, /* overlong */
		{"\xe0\x9f\xbf", {0xFFFD, 0xFFFD, 0xFFFD}},
		{"\xed\xa0\x80", {0xFFFD, 0xFFFD, 0xFFFD}}, /* surrogate */
		{"\xed\x9f\xbf", {0xD7FF}},
		{"\xf0\x8f\xbf\xbf", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}},
		{"\xf4\x90\x80\x80", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}},
		{"\xf5", {0xFFFD}},
		{"\xff", {0xFFFD}},
		{"\xe6\x94", {0xFFFD, 0xFFFD}},        /* cut */
		{"\xe6" "a", {0xFFFD, 'a'}},
		{"\xe6\xe6\x94\xb6", {0xFFFD, 0x6536}},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str s = str_of(rows[i].s);
		size_t at = 0, k = 0;

		while (at < s.n)
			cr_expect_eq(utf8_next(s, &at), rows[i].cps[k++],
				     "row %zu, %zu", i, k);
		cr_expect_eq(rows[i].cps[k], 0, "row %zu", i);
	}
}

Test(utf8, every_code_point_goes_there_and_back)
{
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		struct buf b = {0};
		size_t at = 0;

		if (cp == 0xD800)
			cp = 0xE000;
		buf_put_codepoint(&b, cp);
		if (utf8_next(buf_str(&b), &at) != cp || at != b.n ||
		    utf8_find_invalid(buf_str(&b)) != SIZE_MAX)
			cr_expect_fail("U+%X", cp);
		buf_release(&b);
	}
}

Test(utf8, tells_where_the_first_broken_byte_is)
{
	static const struct {
		const char *s;
		size_t at;
	} rows[] = {
		{"", SIZE_MAX},       {"abc", SIZE_MAX},
		{"收支", SIZE_MAX},   {"\xef\xbf\xbd", SIZE_MAX},
		{"\xff", 0},          {"收\xff", 3},
		{"ab\xe6\x94", 2},    {"a\xed\xa0\x80", 1},
		{"\xef\xbf\xbd\x80", 3},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(utf8_find_invalid(str_of(rows[i].s)), rows[i].at,
			     "row %zu", i);
}

Test(utf8, knows_the_columns_of_a_terminal)
{
	static const struct {
		const char *s;
		size_t columns;
	} rows[] = {
		{"", 0},          {"abc", 3},        {"收入", 4},
		{"（）", 4},      {"１２", 4},       {"a\xcc\x81", 1},
		{"\t\n", 0},      {"𠀀", 2},         {"\xe3\x80\x80", 2},
		{"e\xe2\x80\x8b", 1},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(utf8_columns(str_of(rows[i].s)), rows[i].columns,
			     "row %zu: %zu", i,
			     utf8_columns(str_of(rows[i].s)));
}

Test(utf8, cuts_at_columns_but_never_inside_a_character)
{
	static const struct {
		const char *s;
		size_t columns;
		const char *want;
	} rows[] = {
		{"abc", 2, "ab"},   {"abc", 9, "abc"},  {"收入", 3, "收"},
		{"收入", 1, ""},    {"a收入", 3, "a收"}, {"", 5, ""},
		{"a\xcc\x81" "b", 1, "a\xcc\x81"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str got = utf8_prefix(str_of(rows[i].s),
					     rows[i].columns);

		cr_expect(str_equal(got, str_of(rows[i].want)),
			  "row %zu: '%.*s'", i, STR_ARG(got));
	}
}

Test(utf8, counts_characters)
{
	struct str s = STR("a收入é1𠀀，“三公”经费1,234.50万元，x");
	size_t n = 0;

	for (size_t at = 0; at < s.n; n++) {
		utf8_next(s, &at);
		cr_expect_eq(utf8_count(str_slice(s, 0, at)), n + 1);
		cr_expect_eq(utf8_count(str_slice(s, at, s.n)) + n + 1,
			     utf8_count(s));
	}
	cr_expect_eq(utf8_count(STR("")), 0);
}

/* Many bytes are looked at at once: any four at a border of what is looked at
 * are valid or not as they are one by one. */
Test(utf8, validity_does_not_depend_on_the_place)
{
	static const unsigned char BYTES[] = {
		0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0,
		0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0,
		0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
	};
	enum { N = sizeof BYTES, LENGTH = 70, MOST = N * N * N * N };
	static const size_t PLACES[] = {0, 29, 30, 31, 66, 67, 68, 69};

	for (size_t k = 0; k < 8 * (size_t)MOST; k++) {
		size_t place = PLACES[k % 8], rest = k / 8, want, at = place;
		char text[LENGTH];

		memset(text, ' ', sizeof text);
		for (size_t i = place; i < LENGTH && i < place + 4; i++) {
			text[i] = (char)BYTES[rest % N];
			rest /= N;
		}
		for (want = at; at < LENGTH; want = at)
			if (utf8_next((struct str){text, LENGTH}, &at) ==
				    UTF8_REPLACEMENT &&
			    at - want == 1)
				break;
		cr_assert_eq(utf8_find_invalid((struct str){text, LENGTH}),
			     want < LENGTH ? want : SIZE_MAX, "%zu", k);
	}
}
