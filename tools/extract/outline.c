/* Outline numbers by their style; what a number counts is not looked at. */
#include "extract/outline.h"

static bool is_hanzi_numeral(uint32_t cp)
{
	static const char32_t NUMERALS[] = U"一二三四五六七八九十百零〇";

	if (cp < 0x3007)
		return false; /* digits and marks */
	for (size_t k = 0; NUMERALS[k]; k++)
		if (NUMERALS[k] == cp)
			return true;
	return false;
}

static size_t run(const struct chars *c, size_t i, bool (*is)(uint32_t),
		  size_t max)
{
	size_t n = 0;

	while (i + n < c->n && n < max && is(c->cp[i + n]))
		n++;
	return n;
}

/* 第一部分, 第二章 */
static size_t read_part(const struct chars *c, size_t i)
{
	size_t n = run(c, i + 1, is_hanzi_numeral, 3);

	if (!n)
		n = run(c, i + 1, chars_is_digit, 2);
	if (!n)
		return 0;
	if (chars_at(c, i + 1 + n, U"部分"))
		return n + 3;
	if (chars_at(c, i + 1 + n, U"章") || chars_at(c, i + 1 + n, U"篇"))
		return n + 2;
	return 0;
}

/* （一） and （1）, 1） */
static size_t read_bracketed(const struct chars *c, size_t i, int *level)
{
	size_t n = run(c, i + 1, is_hanzi_numeral, 3);

	*level = 3;
	if (!n) {
		n = run(c, i + 1, chars_is_digit, 2);
		*level = 5;
	}
	return n && c->cp[i + 1 + n] == ')' ? n + 2 : 0;
}

static size_t read_plain(const struct chars *c, size_t i, int *level)
{
	size_t n = run(c, i, is_hanzi_numeral, 3);
	uint32_t next = n ? c->cp[i + n] : 0;

	if (n && (next == 0x3001 || next == '.' || next == ',')) {
		*level = 2;
		return n + 1;
	}
	n = run(c, i, chars_is_digit, 2);
	next = n ? c->cp[i + n] : 0;
	if (next == ')') {
		*level = 5;
		return n + 1;
	}
	*level = 4;
	if (next == 0x3001)
		return n + 1;
	if (next != '.')
		return 0;
	if (!chars_is_digit(c->cp[i + n + 1]))
		return n + 1;
	/* 1.2023年…: a number and a year, not 1.2023 */
	return run(c, i + n + 1, chars_is_digit, 5) == 4 &&
			       chars_at(c, i + n + 5, U"年")
		       ? n + 1
		       : 0;
}

size_t outline_read_number(const struct chars *c, size_t i, int *level)
{
	uint32_t cp = c->cp[i];
	size_t n;

	if (cp == 0x7B2C) { /* 第 */
		n = read_part(c, i);
		*level = n ? 1 : 0;
		return n;
	}
	if (cp >= 0x2460 && cp <= 0x2473) { /* ① … ⑳ */
		*level = 6;
		return 1;
	}
	if (cp >= 0x2474 && cp <= 0x2487) { /* ⑴ … ⒇ */
		*level = 5;
		return 1;
	}
	n = cp == '(' ? read_bracketed(c, i, level) : read_plain(c, i, level);
	if (!n)
		*level = 0;
	return n;
}
