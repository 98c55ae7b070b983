/* Folding: the short ways through a text say what lexicon_fold() does. */
#include <criterion/criterion.h>

#include "extract/chars.h"

/* Behind a Chinese character, a digit, a mark, and at the end of the text. */
static void expect_folded(struct chars *c, struct arena *a, uint32_t cp)
{
	static const char *const BEFORE[] = {"", "预", "7", "，"};
	char text[16];

	for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++) {
		size_t n = strlen(BEFORE[i]), length, before = n > 0;
		uint32_t folded = lexicon_fold(cp);

		memcpy(text, BEFORE[i], n);
		length = utf8_put(text + n, cp);
		chars_fold_again(c, a, (struct str){text, n + length}, 10);
		cr_assert_eq(c->n, before + (folded != 0), "U+%04X", cp);
		cr_assert_eq(c->left_out, folded == 0, "U+%04X", cp);
		cr_assert_eq(c->cp[before], folded, "U+%04X", cp);
		cr_assert_eq(c->start[c->n], 10 + n + length);
		if (folded) {
			cr_assert_eq(c->start[before], 10 + n);
			cr_assert_eq(chars_end(c, before), 10 + n + length);
		}
	}
}

Test(chars, fold_as_the_lexicon_does)
{
	struct arena a = {0};
	struct chars c = {0};

	for (uint32_t cp = 1; cp < 0x110000; cp += cp < 0x11000 ? 1 : 0x111)
		if (cp < 0xD800 || cp > 0xDFFF)
			expect_folded(&c, &a, cp);
	arena_release(&a);
}

Test(chars, what_is_no_text_is_replaced_byte_by_byte)
{
	static const char *const BROKEN[] = {"\xE4\xB8", ("\xE4\xB8" "1"),
					     "\xED\xA0\x80", "\xEF\xBC\x28",
					     "\xE3\x80", "\x80"};
	struct arena a = {0};
	struct chars c = {0};

	for (size_t i = 0; i < sizeof BROKEN / sizeof *BROKEN; i++) {
		struct str text = str_of(BROKEN[i]);
		size_t at = 0, n = 0;

		chars_fold_again(&c, &a, text, 0);
		while (at < text.n) {
			cr_assert_eq(c.start[n], at, "%zu", i);
			cr_assert_eq(c.cp[n++], utf8_next(text, &at), "%zu", i);
		}
		cr_assert_eq(c.n, n, "%zu", i);
	}
	arena_release(&a);
}

/* Where a slice begins in the middle of a character, it begins with the next. */
Test(chars, a_slice_is_told_by_bytes)
{
	struct arena a = {0};
	struct chars c = chars_fold(&a, STR("收入 12元"), 100), s;

	s = chars_slice(&c, 100, 107);
	cr_assert_eq(s.n, 2);
	cr_assert_eq(s.cp[1], U'入');
	cr_assert_eq(chars_end(&s, 1), 106);
	s = chars_slice(&c, 104, 109);
	cr_assert_eq(s.n, 2);
	cr_assert_eq(s.cp[0], '1');
	cr_assert_eq(s.start[0], 107);
	cr_assert(chars_gap(&c, 2) && !chars_gap(&c, 3));
	cr_assert_eq(chars_slice(&c, 0, 1000).n, c.n);
	cr_assert_eq(chars_slice(&c, 109, 103).n, 0);
	cr_assert_eq(chars_slice(&c, 112, 112).n, 0);
	arena_release(&a);
}
