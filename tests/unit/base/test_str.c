#include <criterion/criterion.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

static struct str S(const char *p)
{
	return str_of(p);
}

#define EXPECT_STR(got, want) \
	cr_expect(str_equal((got), str_of(want)), "got '%.*s', not '%s'", \
		  STR_ARG(got), (want))

Test(str, slices_are_clamped)
{
	struct str s = STR("abcdef");

	EXPECT_STR(str_slice(s, 1, 3), "bc");
	EXPECT_STR(str_slice(s, 4, 99), "ef");
	EXPECT_STR(str_slice(s, 99, 100), "");
	EXPECT_STR(str_slice(s, 3, 1), "");
	EXPECT_STR(str_slice((struct str){NULL, 0}, 0, 5), "");
	EXPECT_STR(str_of(NULL), "");
}

Test(str, compares_bytewise_and_shorter_first)
{
	static const struct {
		const char *a, *b;
		int sign;
	} rows[] = {
		{"", "", 0},      {"", "a", -1},   {"a", "", 1},
		{"a", "b", -1},   {"ab", "a", 1},  {"a", "ab", -1},
		{"收", "支", 1},  {"z", "收", -1}, {"abc", "abc", 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int c = str_compare(S(rows[i].a), S(rows[i].b));

		cr_expect_eq((c > 0) - (c < 0), rows[i].sign, "%s %s",
			     rows[i].a, rows[i].b);
		cr_expect_eq(str_equal(S(rows[i].a), S(rows[i].b)),
			     !rows[i].sign);
	}
	cr_expect_not(str_equal((struct str){"a\0b", 3},
				(struct str){"a\0c", 3}));
}

Test(str, finds_starts_and_ends)
{
	static const struct {
		const char *s, *needle;
		size_t at;
		bool starts, ends;
	} rows[] = {
		{"", "", 0, true, true},
		{"abc", "", 0, true, true},
		{"", "a", SIZE_MAX, false, false},
		{"abcabc", "abc", 0, true, true},
		{"abcabc", "c", 2, false, true},
		{"abc", "abcd", SIZE_MAX, false, false},
		{"一般公共预算", "公共", 6, false, false},
		{"aab", "ab", 1, false, true},
		{"aaab", "aab", 1, false, true},
		{"abababac", "abac", 4, false, true},
		{"公公共", "公共", 3, false, true},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str s = S(rows[i].s), needle = S(rows[i].needle);

		cr_expect_eq(str_find(s, needle), rows[i].at, "row %zu", i);
		cr_expect_eq(str_starts(s, needle), rows[i].starts, "row %zu",
			     i);
		cr_expect_eq(str_ends(s, needle), rows[i].ends, "row %zu", i);
	}
}

Test(str, trims_the_blanks_of_chinese_documents)
{
	static const struct {
		const char *s, *want;
	} rows[] = {
		{"", ""},
		{"a", "a"},
		{" \t\r\n a b \n", "a b"},
		{"\xe3\x80\x80收入\xe3\x80\x80", "收入"},
		{"\xc2\xa0" "a" "\xc2\xa0", "a"},
		{"\xef\xbb\xbf部门", "部门"},
		{"\xe3\x80\x80\xc2\xa0 ", ""},
		{"部门\xef\xbb\xbf", "部门\xef\xbb\xbf"},
		{"\xe3\x80\x81", "\xe3\x80\x81"}, /* 、 is no blank */
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		EXPECT_STR(str_trim(S(rows[i].s)), rows[i].want);
	/* A NUL byte is not a blank. */
	cr_expect_eq(str_trim((struct str){"\0", 1}).n, 1);
}

Test(str, splits_into_all_parts)
{
	static const struct {
		const char *s;
		size_t n;
		const char *last;
	} rows[] = {
		{"", 1, ""},     {"a", 1, "a"},   {"a,b", 2, "b"},
		{"a,", 2, ""},   {",", 2, ""},    {",,c", 3, "c"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct str rest = S(rows[i].s), part = {0};
		size_t n = 0;

		while (str_split(&rest, ',', &part))
			n++;
		cr_expect_eq(n, rows[i].n, "'%s' gave %zu", rows[i].s, n);
		EXPECT_STR(part, rows[i].last);
	}
	cr_expect_not(str_split(&(struct str){NULL, 0}, ',', &(struct str){0}));
}

Test(str, reads_integers_that_fill_the_slice)
{
	static const struct {
		const char *s;
		bool ok;
		int64_t v;
	} rows[] = {
		{"0", true, 0},
		{"-0", true, 0},
		{"007", true, 7},
		{"9223372036854775807", true, INT64_MAX},
		{"-9223372036854775808", true, INT64_MIN},
		{"9223372036854775808", false, 0},
		{"-9223372036854775809", false, 0},
		{"99999999999999999999999", false, 0},
		{"", false, 0},
		{"-", false, 0},
		{"+1", false, 0},
		{" 1", false, 0},
		{"1 ", false, 0},
		{"1.0", false, 0},
		{"--1", false, 0},
		{"１", false, 0},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t v = 42;

		cr_expect_eq(str_to_int64(S(rows[i].s), &v), rows[i].ok, "%s",
			     rows[i].s);
		cr_expect_eq(v, rows[i].ok ? rows[i].v : 42, "%s", rows[i].s);
	}
}

Test(str, copies_end_in_nul)
{
	struct arena a = {0};
	struct str s = str_copy(&a, STR("abc")), f;

	cr_expect_eq(s.p[s.n], '\0');
	EXPECT_STR(s, "abc");
	s = str_copy(&a, (struct str){NULL, 0});
	cr_expect_eq(s.n, 0);
	cr_expect_str_eq(str_cstring(&a, str_slice(STR("abc"), 1, 2)), "b");
	f = str_format(&a, "%d-%s", 2023, "收");
	EXPECT_STR(f, "2023-收");
	cr_expect_eq(f.p[f.n], '\0');
	EXPECT_STR(str_format(&a, "%s", ""), "");
	arena_release(&a);
}

Test(str, hash_is_fnv_1a)
{
	cr_expect_eq(str_hash(STR("")), 0xcbf29ce484222325u);
	cr_expect_eq(str_hash(STR("a")), 0xaf63dc4c8601ec8cu);
	cr_expect_eq(str_hash(STR("foobar")), 0x85944171f73967e8u);
}

Test(str, list_has_items_between_commas)
{
	cr_expect(str_list_has(STR("a, b ,c"), STR("b")));
	cr_expect(str_list_has(STR("a"), STR("a")));
	cr_expect_not(str_list_has(STR("ab,c"), STR("a")));
	cr_expect_not(str_list_has(STR(""), STR("a")));
}

Test(buf, collects_everything)
{
	struct buf b = {0}, want = {0};

	buf_put(&b, NULL, 0);
	cr_expect_eq(b.n, 0);
	buf_puts(&b, "a");
	buf_putc(&b, '\0');
	buf_put_str(&b, STR("bc"));
	buf_put_int(&b, INT64_MIN);
	buf_put_int(&b, 0);
	buf_put_int(&b, INT64_MAX);
	buf_printf(&b, "%s%05d", "", 42);
	cr_expect(str_equal(buf_str(&b), STR("a\0bc-92233720368547758080"
					     "922337203685477580700042")));
	cr_expect_eq(strlen(buf_cstring(&b)), 1);
	buf_clear(&b);
	for (int i = 0; i < 5000; i++) {
		buf_printf(&b, "%d,", i);
		buf_put_int(&want, i);
		buf_putc(&want, ',');
	}
	cr_expect(str_equal(buf_str(&b), buf_str(&want)));
	buf_release(&b);
	buf_release(&want);
	cr_expect_null(b.p);
}

Test(str, writes_integers_of_every_length)
{
	char got[STR_MOST_INT + 1], want[STR_MOST_INT + 2];
	uint64_t power = 1;

	for (int digits = 1; digits <= 19; digits++, power *= 10)
		for (int off = -1; off <= 1; off++)
			for (int sign = -1; sign <= 1; sign += 2) {
				int64_t v = sign * ((int64_t)power + off);

				*str_put_int(got, v) = '\0';
				snprintf(want, sizeof want, "%" PRId64, v);
				cr_expect_str_eq(got, want);
			}
	*str_put_int(got, INT64_MIN) = '\0';
	cr_expect_str_eq(got, "-9223372036854775808");
}

Test(buf, writes_code_points)
{
	static const struct {
		uint32_t cp;
		const char *want;
	} rows[] = {
		{'a', "a"},           {0x7F, "\x7f"},
		{0x80, "\xc2\x80"},   {0x7FF, "\xdf\xbf"},
		{0x800, "\xe0\xa0\x80"}, {0x6536, "收"},
		{0xFFFF, "\xef\xbf\xbf"}, {0x20000, "𠀀"},
		{0x10FFFF, "\xf4\x8f\xbf\xbf"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf b = {0};

		buf_put_codepoint(&b, rows[i].cp);
		EXPECT_STR(buf_str(&b), rows[i].want);
		buf_release(&b);
	}
}
