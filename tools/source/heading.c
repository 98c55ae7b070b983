/* Lines are judged by their first and last characters and by their marks. */
#include "source/heading.h"

#include <string.h>

#include "base/utf8.h"

enum {
	MOST_COLUMNS = 84,       /* of a heading with a number */
	MOST_TITLE_COLUMNS = 72, /* of one without */
	MOST_UNIT_COLUMNS = 39,
	LEAST_LEADERS = 4,       /* dots in a row before a page number */
};

static bool starts_with_one(struct str s, const char *const *words, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (str_starts_with(s, words[k]))
			return true;
	return false;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static size_t skip_blanks(struct str s, size_t at)
{
	while (at < s.n && s.p[at] == ' ')
		at++;
	return at;
}

/* Length in bytes of a run of at most most digits or hanzi numerals. */
static size_t digits(struct str s, size_t at, int most)
{
	size_t from = at;

	while (most-- && at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
		at++;
	return at - from;
}

static bool is_hanzi(uint32_t cp)
{
	switch (cp) {
	case 0x4E00: /* 一 */
	case 0x4E8C:
	case 0x4E09:
	case 0x56DB:
	case 0x4E94: /* 五 */
	case 0x516D:
	case 0x4E03:
	case 0x516B:
	case 0x4E5D:
	case 0x5341: /* 十 */
	case 0x767E: /* 百 */
	case 0x3007: /* 〇 */
		return true;
	default:
		return false;
	}
}

static size_t hanzi(struct str s, size_t at, int most)
{
	size_t from = at, next = at;

	while (most-- && at < s.n && is_hanzi(utf8_next(s, &next)))
		at = next;
	return at - from;
}

static bool follows(struct str s, size_t at, const char *const *words, size_t n)
{
	return starts_with_one(str_slice(s, skip_blanks(s, at), s.n), words, n);
}

/* 第一部分, 第二章, 第三节 */
static int read_part(struct str s)
{
	static const char *const PARTS[] = {"部分", "章", "篇", "编"};
	static const char *const SECTION[] = {"节"};
	size_t at = skip_blanks(s, 3), n = hanzi(s, at, 3);

	if (!n)
		n = digits(s, at, 2);
	if (!n)
		return 0;
	if (follows(s, at + n, PARTS, COUNT(PARTS)))
		return 1;
	return follows(s, at + n, SECTION, 1) ? 2 : 0;
}

/* （一） and （1） */
static int read_bracketed(struct str s, size_t at)
{
	static const char *const CLOSE[] = {"）", ")", "〕"};
	size_t n;

	at = skip_blanks(s, at);
	n = hanzi(s, at, 3);
	if (n)
		return follows(s, at + n, CLOSE, COUNT(CLOSE)) ? 3 : 0;
	n = digits(s, at, 2);
	return n && follows(s, at + n, CLOSE, COUNT(CLOSE)) ? 5 : 0;
}

/* 1． and 1、 and 1. but not 1.5; 1） */
static int read_number(struct str s)
{
	static const char *const POINTS[] = {"．", "、", "."};
	static const char *const CLOSE[] = {"）", ")"};
	size_t n = digits(s, 0, 3), at;

	if (!n || n > 2)
		return 0;
	if (follows(s, n, CLOSE, COUNT(CLOSE)))
		return 5;
	if (!follows(s, n, POINTS, COUNT(POINTS)))
		return 0;
	at = skip_blanks(s, n);
	return s.p[at] == '.' && digits(s, at + 1, 1) ? 0 : 4;
}

int heading_level(struct str s)
{
	static const char *const AFTER[] = {"、", "．"};
	size_t n;

	s = str_trim(s);
	if (str_starts(s, STR("第")))
		return read_part(s);
	if (str_starts(s, STR("（")) || str_starts(s, STR("〔")))
		return read_bracketed(s, 3);
	if (str_starts(s, STR("(")))
		return read_bracketed(s, 1);
	if (s.n >= 3 && !memcmp(s.p, "\xe2\x91", 2) &&
	    (unsigned char)s.p[2] >= 0xa0 && (unsigned char)s.p[2] <= 0xb3)
		return 6;
	n = hanzi(s, 0, 3);
	if (n)
		return follows(s, n, AFTER, COUNT(AFTER)) ? 2 : 0;
	return read_number(s);
}

/* 表一, 表1, 表12: alone on its line. */
static bool is_table_number(struct str text)
{
	size_t at = skip_blanks(text, 3), n;

	if (!str_starts(text, STR("表")))
		return false;
	n = hanzi(text, at, 3);
	if (!n)
		n = digits(text, at, 3);
	return n && at + n == text.n;
}

bool heading_opens(struct str text)
{
	static const char *const OPENERS[] = {
		"单位：", "单位:", "注：", "注:",  "备注：", "附件", "附表",
		"附：",   "●",     "■",    "◆",    "•",      "★",
		"\xef\x81\xac", /* bullets of symbol fonts */
		"\xef\x82\xb7",
	};

	text = str_trim(text);
	return heading_level(text) || is_table_number(text) ||
	       starts_with_one(text, OPENERS, COUNT(OPENERS));
}

/* The last character and its bytes, n; 0 where there is none. */
static uint32_t last_of(struct str s, size_t *n)
{
	size_t at = s.n, from;
	uint32_t cp;

	while (at && s.n - at < 4 &&
	       ((unsigned char)s.p[--at] & 0xC0) == 0x80)
		;
	from = at;
	cp = s.n ? utf8_next(s, &at) : 0;
	*n = at - from;
	return at == s.n ? cp : 0;
}

bool heading_is_closed(struct str text)
{
	struct str t = str_trim(text);
	size_t n;

	if (str_ends(t, STR("。"))) /* most that is */
		return true;
	switch (last_of(t, &n)) {
	case 0x3002: /* 。 */
	case 0xFF1B: /* ； */
	case 0xFF1A: /* ： */
	case 0xFF01: /* ！ */
	case 0xFF1F: /* ？ */
	case ';':
	case ':':
	case '!':
	case '?':
		return true;
	case 0x201D: /* ” */
	case 0x2019: /* ’ */
	case 0xFF09: /* ） */
	case ')':
	case 0x300F: /* 』 */
	case 0x300B: /* 》 */
		t.n -= n;
		return str_ends(t, STR("。")) || str_ends(t, STR("！"));
	default:
		return false;
	}
}

/* A digit, blank or dash, or the last byte of … ． ·: few other lines end so. */
static bool may_end_contents(char last)
{
	unsigned char c = (unsigned char)last;

	return c <= '9' || c == 0xA6 || c == 0x8E || c == 0xB7;
}

bool heading_is_contents(struct str text)
{
	struct str t = str_trim(text);
	size_t n = 0;

	if (!t.n || !may_end_contents(t.p[t.n - 1]))
		return false;
	while (t.n && ((t.p[t.n - 1] >= '0' && t.p[t.n - 1] <= '9') ||
		       t.p[t.n - 1] == '-' || t.p[t.n - 1] == ' '))
		t.n--;
	for (; n < LEAST_LEADERS; n++) {
		t = str_trim(t);
		if (str_ends(t, STR("…")))
			return true;
		if (str_ends(t, STR(".")))
			t.n--;
		else if (str_ends(t, STR("．")))
			t.n -= 3;
		else if (str_ends(t, STR("·")))
			t.n -= 2;
		else
			return false;
	}
	return true;
}

/* What follows a digit makes it an amount: 12.5, 3万, 8元, 5％. */
static bool is_amount(struct str s, size_t behind)
{
	static const char *const MEASURES[] = {"万", "亿", "元", "%", "％"};

	if (behind >= s.n)
		return false;
	return (s.p[behind] == '.' && digits(s, behind + 1, 1)) ||
	       follows(s, behind, MEASURES, COUNT(MEASURES));
}

static bool ends_like_title(struct str s)
{
	static const char *const ENDS[] = {
		"表",   "说明", "情况", "目录", "概况", "公开", "预算",
		"决算", "报告", "解释", "职责", "设置", "机构", "目 录",
	};
	size_t open = str_find(s, STR("（"));

	if (open != SIZE_MAX && open && str_ends(s, STR("）")))
		s.n = open;
	for (size_t k = 0; k < COUNT(ENDS); k++)
		if (str_ends(s, str_of(ENDS[k])))
			return true;
	return false;
}

/* 。；：，？！, one of their ASCII forms, or an amount: then the line states
 * something. */
static bool is_statement(struct str s)
{
	static const char *const MARKS[] = {"。", "；", "：", "，", "？", "！"};

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c >= 0xE4 && c < 0xEF) { /* most characters */
			i += 2;
		} else if (c == 0xE3 || c == 0xEF) { /* those of MARKS */
			if (starts_with_one(str_slice(s, i, s.n), MARKS,
					    COUNT(MARKS)))
				return true;
			i += 2;
		} else if (c >= '0' && c <= '9' ? is_amount(s, i + 1)
						: c == ':' || c == ';') {
			return true;
		}
	}
	return false;
}

/* No character has more columns than bytes. */
static bool is_wider(struct str s, size_t columns)
{
	return s.n > columns && utf8_prefix(s, columns).n < s.n;
}

bool heading_read(struct str text, bool in_title, int *level)
{
	struct str t = str_trim(text);

	*level = 0;
	if (str_ends(t, STR("。"))) /* most that is none */
		return false;
	if (is_statement(t) || is_wider(t, MOST_COLUMNS) ||
	    heading_is_contents(t))
		return false;
	*level = heading_level(t);
	if (*level)
		return true;
	return (in_title || ends_like_title(t)) &&
	       !is_wider(t, MOST_TITLE_COLUMNS);
}

bool heading_is(struct str text, bool in_title)
{
	int level;

	return heading_read(text, in_title, &level);
}

/* 单位：万元 at the start of s, maybe behind the word 金额. */
static bool is_unit(struct str s)
{
	static const char *const UNITS[] = {
		"单位：元",   "单位：万元", "单位：亿元", "单位：千元",
		"单位:元",    "单位:万元",  "单位:亿元",  "单位:千元",
		"单位： 万元", "单位: 万元", "单位： 元",  "单位: 元",
		"金额单位",
	};

	return starts_with_one(s, UNITS, COUNT(UNITS)) &&
	       !is_wider(s, MOST_UNIT_COLUMNS);
}

/* Where 单位 stands first from a place on, with the word 金额 before it; false
 * where it does not. *behind: where it ends. */
static bool next_unit(struct str text, size_t from, size_t *start,
		      size_t *behind)
{
	static const struct str UNIT = STR_INIT("单位"), AMOUNT = STR_INIT("金额");
	size_t n = str_find(str_slice(text, from, text.n), UNIT);

	if (n == SIZE_MAX)
		return false;
	*start = from + n;
	*behind = *start + UNIT.n;
	if (str_ends(str_slice(text, 0, *start), AMOUNT))
		*start -= AMOUNT.n;
	return true;
}

bool heading_may_have_unit(struct str text)
{
	for (size_t at = 0, start; next_unit(text, at, &start, &at);) {
		struct str rest = str_slice(text, at, text.n);

		if (str_starts(rest, STR("：")) || str_starts(rest, STR(":")) ||
		    start + STR("单位").n < at) /* 金额单位 */
			return true;
	}
	return false;
}

size_t heading_find_unit(struct str text)
{
	for (size_t at = 0, start; next_unit(text, at, &start, &at);) {
		struct str before = str_slice(text, 0, start);

		if (str_trim(before).n < before.n &&
		    is_unit(str_slice(text, start, text.n)))
			return before.n;
	}
	return text.n;
}
