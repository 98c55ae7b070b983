/*
 * Numerals: ASCII digits (full-width ones are folded before) and Chinese
 * ones, with separators, signs and measure words; and what only looks like an
 * amount: years, dates, class codes, article, document and telephone numbers.
 */
#include <string.h>

#include "base/decimal.h"
#include "extract/chars.h"

enum { MAX_DIGITS = 32 };

/*
 * Chinese digits and powers of ten, each where its bits 1 to 7 say: no two
 * share a place. (The compiler would refuse that.)
 */
#define HANZI(cp, value) [(cp) >> 1 & 127] = {cp, value}
const struct chars_numeral chars_numerals[128] = {
	HANZI(0x96F6, 0), HANZI(0x3007, 0), HANZI(0x25CB, 0), /* 零 〇 ○ */
	HANZI(0x4E00, 1), HANZI(0x58F9, 1), /* 一 壹 */
	HANZI(0x4E8C, 2), HANZI(0x8D30, 2), HANZI(0x4E24, 2), /* 二 贰 两 */
	HANZI(0x4E09, 3), HANZI(0x53C1, 3), /* 三 叁 */
	HANZI(0x56DB, 4), HANZI(0x8086, 4), /* 四 肆 */
	HANZI(0x4E94, 5), HANZI(0x4F0D, 5), /* 五 伍 */
	HANZI(0x516D, 6), HANZI(0x9646, 6), /* 六 陆 */
	HANZI(0x4E03, 7), HANZI(0x67D2, 7), /* 七 柒 */
	HANZI(0x516B, 8), HANZI(0x634C, 8), /* 八 捌 */
	HANZI(0x4E5D, 9), HANZI(0x7396, 9), /* 九 玖 */
	HANZI(0x5341, 10), HANZI(0x62FE, 10), /* 十 拾 */
	HANZI(0x767E, 100), HANZI(0x4F70, 100), /* 百 佰 */
	HANZI(0x5343, 1000), HANZI(0x4EDF, 1000), /* 千 仟 */
};

/* The value of a Chinese digit, or -1. */
static inline int hanzi_digit(uint32_t cp)
{
	int value = chars_numeral_value(cp);

	return value < 10 ? value : -1;
}

static inline int64_t hanzi_power(uint32_t cp)
{
	int value = chars_numeral_value(cp);

	return value < 10 ? 0 : value;
}

/*
 * A Chinese numeral below ten thousand (the measure words hold 万 and 亿);
 * gives the code points read.
 */
static size_t read_hanzi(const struct chars *c, size_t i, int64_t *value)
{
	int64_t total = 0, digit = -1;
	size_t start = i;

	for (; i < c->n; i++) {
		int d = hanzi_digit(c->cp[i]);
		int64_t power = hanzi_power(c->cp[i]);

		if (d >= 0) {
			if (digit > 0)
				break; /* 二〇二三: years are read elsewhere */
			digit = d;
		} else if (power) {
			if (!digit)
				break;
			total += (digit < 0 ? 1 : digit) * power;
			digit = -1;
		} else {
			break;
		}
	}
	*value = total + (digit > 0 ? digit : 0);
	return i - start;
}

/* 二〇二三 before 年. */
static size_t read_hanzi_year(const struct chars *c, size_t i, int *year)
{
	int y = 0;

	for (size_t k = 0; k < 4; k++) {
		int d = i + k < c->n ? hanzi_digit(c->cp[i + k]) : -1;

		if (d < 0)
			return 0;
		y = y * 10 + d;
	}
	*year = y;
	return y >= 1900 && y < 2100 && chars_at(c, i + 4, U"年") ? 4 : 0;
}

/* How many digits stand at i. */
static size_t digits_at(const struct chars *c, size_t i, bool across_gap)
{
	size_t n = 0;

	while (i + n < c->n && chars_is_digit(c->cp[i + n]) &&
	       (!n || across_gap || !chars_gap(c, i + n)))
		n++;
	return n;
}

/* The digits at i, behind those that *n counts, as far as there is room; how
 * many stand there. */
static size_t take_digits(const struct chars *c, size_t i, char *out, size_t *n)
{
	size_t start = i;

	for (; chars_is_digit(c->cp[i]); i++) {
		if (i > start && chars_gap(c, i))
			break;
		if (*n < MAX_DIGITS)
			out[(*n)++] = (char)c->cp[i];
	}
	return i - start;
}

/*
 * Digits with thousands separators and a decimal part as ASCII; gives the
 * code points read. A separator counts only before exactly three digits.
 */
static size_t read_digits(const struct chars *c, size_t i, char *out,
			  size_t *n_out, bool *malformed)
{
	size_t start = i, n = 0, k = take_digits(c, i, out, &n);
	bool grouped = false;

	if (k > MAX_DIGITS / 2)
		return 0;
	for (i += k; k && c->cp[i] == ',' && (grouped || n <= 3) &&
		     digits_at(c, i + 1, false) == 3; i += 4) {
		take_digits(c, i + 1, out, &n);
		grouped = true;
	}
	/* 1 234.56: a group after a blank, or a number that a line broke. */
	if (!grouped && n && n <= 3 && i < c->n && chars_gap(c, i) &&
	    digits_at(c, i, false) == 3 &&
	    (c->cp[i + 3] == '.' ||
	     (start && (chars_at(c, i + 3, U"万元") ||
			chars_at(c, i + 3, U"元"))))) {
		for (size_t j = 0; j < 3; j++)
			out[n++] = (char)c->cp[i + j];
		i += 3;
	}
	*malformed = false;
	if (c->cp[i] == '.' && chars_is_digit(c->cp[i + 1])) {
		if (!n)
			out[n++] = '0';
		out[n++] = '.';
		i += 1 + take_digits(c, i + 1, out, &n);
		if (c->cp[i] == '.' && chars_is_digit(c->cp[i + 1])) {
			*malformed = true;
			i += 1 + digits_at(c, i + 1, false);
		}
	}
	*n_out = n;
	return i - start;
}

/* Years and dates: gives the code points after i that belong to one. */
static size_t read_date(const struct chars *c, size_t i, size_t n, int year,
			struct token *t)
{
	size_t at = i + n, k;

	if (!chars_at(c, at, U"年"))
		return 0;
	t->kind = TOKEN_YEAR;
	t->year = (int16_t)year;
	/* 2025年初预算数: 年初 is a word of its own */
	if (chars_at(c, at, U"年初") && !chars_at(c, at + 2, U"至") &&
	    !chars_at(c, at + 2, U"以来"))
		return n;
	at++;
	k = digits_at(c, at, true);
	if (k && k <= 2 && chars_at(c, at + k, U"月")) {
		t->kind = TOKEN_DATE;
		at += k + 1;
		k = digits_at(c, at, true);
		if (k && k <= 2 &&
		    (chars_at(c, at + k, U"日") || chars_at(c, at + k, U"号")))
			at += k + 1;
		if (chars_at(c, at, U"底") || chars_at(c, at, U"末"))
			at++;
	} else if (chars_at(c, at, U"底") || chars_at(c, at, U"末")) {
		t->kind = TOKEN_DATE;
		at++;
	} else if (chars_at(c, at, U"期末") || chars_at(c, at, U"年底") ||
		   chars_at(c, at, U"年末") || chars_at(c, at, U"年终")) {
		t->kind = TOKEN_DATE;
		at += 2;
	} else if (chars_at(c, at, U"度")) {
		at++;
	}
	return at - i;
}

/* Words behind a numeral that make it no amount. */
static bool is_ordinal(const struct chars *c, size_t at)
{
	static const char32_t *const WORDS[] = {
		U"年", U"月", U"日", U"号", U"季度", U"时", U"点", U"届", U"岁",
		U"周岁", U"条", U"章", U"节", U"页", U"楼", U"层", U"级", U"星",
		U"天", U"小时", U"分钟", U"周年", U"世纪", U"室", U"路", U"线",
		U"街", U"弄", U"幢号", U"个月", U"个工作日", U"年级", U"度",
	};

	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (chars_at(c, at, WORDS[k]))
			return true;
	return false;
}

static bool is_preceded(const struct chars *c, size_t i, char32_t by)
{
	return i && c->cp[i - 1] == by;
}

/* 以上, （含）以下 … behind an amount make it part of a name; the words stay for
 * the scanner. */
static bool is_threshold(const struct chars *c, size_t at)
{
	static const char32_t *const WORDS[] = {
		U"(含)以上", U"(含)以下", U"以上(含)", U"以下(含)", U"(不含)以下",
		U"及以上", U"及以下", U"以上", U"以下", U"以内", U"起",
		U"(含)及以上",
	};

	switch (c->cp[at]) { /* what they begin with */
	case '(':
	case 0x4EE5: /* 以 */
	case 0x53CA: /* 及 */
	case 0x8D77: /* 起 */
		break;
	default:
		return false;
	}
	for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++)
		if (chars_at(c, at, WORDS[k]))
			return true;
	return false;
}

/* The measure word at `at`: fills the amount in, gives its code points. */
static size_t read_measure(const struct lexicon *l, const struct chars *c,
			   size_t at, struct decimal d, struct token *t)
{
	const struct lexicon_unit *u;
	size_t n, extra = 0;
	bool approx = false;

	if (chars_at(c, at, U"余") || chars_at(c, at, U"多")) {
		approx = true;
		extra = 1;
	}
	u = lexicon_match_unit(l, c->cp + at + extra, c->n - at - extra, &n);
	if (!u)
		return 0;
	t->kind = TOKEN_AMOUNT;
	t->measure = u;
	t->unit = u->unit;
	if (!decimal_scale(d, u->scale, &t->value, &t->quantum)) {
		t->value = d.digits < 0 ? INT64_MIN : INT64_MAX;
		t->damaged = true;
	}
	if (u->unit == UNIT_COUNT)
		t->quantum = 0;
	extra += n;
	at += extra;
	/* 5万余元 */
	if ((chars_at(c, at, U"余元") || chars_at(c, at, U"多元")) &&
	    u->unit == UNIT_FEN) {
		approx = true;
		extra += 2;
		at += 2;
	}
	if (chars_at(c, at, U"左右") || chars_at(c, at, U"上下"))
		approx = true;
	t->approx = approx;
	t->threshold = is_threshold(c, at);
	return extra;
}

static size_t read_hanzi_amount(const struct lexicon *l, const struct chars *c,
				size_t i, struct token *t)
{
	bool percent = chars_at(c, i, U"百分之");
	size_t n, start = i, measure;
	int64_t value;

	if (percent)
		i += 3;
	n = read_hanzi(c, i, &value);
	if (percent && !n && chars_is_digit(c->cp[i])) {
		n = digits_at(c, i, false);
		value = 0;
		for (size_t k = 0; k < n && k < 6; k++)
			value = value * 10 + (c->cp[i + k] - '0');
	}
	if (!n)
		return 0;
	if (percent) {
		int64_t worth = 10000;

		i += n;
		t->kind = TOKEN_AMOUNT;
		t->unit = UNIT_PPM;
		t->value = value * 10000;
		/* 百分之六点六七 */
		if (chars_at(c, i, U"点") && hanzi_digit(c->cp[i + 1]) >= 0)
			for (i++; hanzi_digit(c->cp[i]) >= 0 && worth > 1; i++) {
				worth /= 10;
				t->value += hanzi_digit(c->cp[i]) * worth;
			}
		t->quantum = worth;
		return i - start;
	}
	if (is_preceded(c, start, U'第'))
		return 0;
	measure = read_measure(l, c, i + n,
			       (struct decimal){.digits = value}, t);
	if (!measure || t->unit == UNIT_PPM)
		return 0;
	/* 一个, 一次 are articles more often than counts; 一批 is never one. */
	if (t->unit == UNIT_COUNT && value == 1 && n == 1)
		return 0;
	return n + measure;
}

static bool is_class_code(const struct chars *c, size_t i, size_t n)
{
	if ((n != 3 && n != 5 && n != 7) || c->cp[i] < '2' || c->cp[i] > '5' ||
	    c->cp[i] == '4')
		return false;
	if (c->cp[i] == '2' && c->cp[i + 1] > '3')
		return false;
	return true;
}

/* A sign before a digit; two of them are a dash. */
static bool is_sign(const struct chars *c, size_t i)
{
	uint32_t before = i ? c->cp[i - 1] : 0;

	return (c->cp[i] == '-' || c->cp[i] == '+') &&
	       chars_is_digit(c->cp[i + 1]) && !chars_is_digit(before) &&
	       before != ')' &&
	       before != '-';
}

/* .5, but not behind a digit. */
static bool is_bare_fraction(const struct chars *c, size_t i)
{
	return c->cp[i] == '.' && chars_is_digit(c->cp[i + 1]) &&
	       !(i && chars_is_digit(c->cp[i - 1]));
}

/* 1.234,56 and 1e5: what stands before the last digits belongs to them. */
static bool is_tail(const struct chars *c, size_t i)
{
	return i > 1 && !chars_gap(c, i) && !chars_gap(c, i - 1) &&
	       chars_is_digit(c->cp[i - 2]) &&
	       (c->cp[i - 1] == ',' || c->cp[i - 1] == 'e' ||
		c->cp[i - 1] == 'E');
}

/* The measure word behind n code points at i, or 0; 5.万元 lost its decimals. */
static size_t read_amount(const struct lexicon *l, const struct chars *c,
			  size_t i, size_t n, struct decimal d, struct token *t)
{
	size_t measure;

	if (is_preceded(c, i, U'第'))
		return 0;
	measure = read_measure(l, c, i + n, d, t);
	if (!measure && c->cp[i + n] == '.' && !chars_gap(c, i + n)) {
		measure = read_measure(l, c, i + n + 1, d, t);
		if (!measure || t->unit == UNIT_COUNT)
			return 0;
		t->malformed = true;
		return n + 1 + measure;
	}
	if (!measure || (t->unit == UNIT_COUNT && is_ordinal(c, i + n)))
		return 0;
	if (t->unit != UNIT_COUNT && is_tail(c, i))
		t->damaged = true;
	return n + measure;
}

/* No amount, though it looked like one. */
static size_t read_bare(struct arena *a, const struct chars *c, size_t i,
			size_t n, struct str digits, struct decimal d,
			struct token *t)
{
	bool sign = c->cp[i] == '-' || c->cp[i] == '+';

	t->kind = TOKEN_OTHER;
	if (is_ordinal(c, i + n) || is_preceded(c, i, U'第'))
		return n;
	/* 0876-3310088, 2022-2024 */
	if ((c->cp[i + n] == '-' && chars_is_digit(c->cp[i + n + 1])) ||
	    (i && c->cp[i - 1] == '-' && !sign))
		return n;
	if (!sign && n == digits.n && !d.decimals && is_class_code(c, i, n)) {
		t->kind = TOKEN_CODE;
		t->code = str_copy(a, digits);
		return n;
	}
	t->kind = TOKEN_NUMBER;
	t->unit = UNIT_PPM;
	if (!decimal_scale(d, DECIMAL_PPM_PERCENT, &t->value, &t->quantum))
		t->kind = TOKEN_OTHER;
	return n;
}

size_t numeral_read(struct arena *a, const struct lexicon *l,
		    const struct chars *c, size_t i, struct token *t)
{
	char digits[MAX_DIGITS + 1];
	size_t n_digits = 0, n, more, sign;
	bool large, malformed = false;
	struct decimal d = {INT64_MAX, 0};
	int year;

	if (chars_numeral_value(c->cp[i]) >= 0) {
		n = read_hanzi_year(c, i, &year);
		if (n)
			return read_date(c, i, n, year, t);
		return read_hanzi_amount(l, c, i, t);
	}
	sign = is_sign(c, i);
	if (!chars_is_digit(c->cp[i + sign]) && !is_bare_fraction(c, i + sign))
		return 0;
	n = read_digits(c, i + sign, digits, &n_digits, &malformed);
	t->malformed = malformed;
	large = !n || !decimal_parse((struct str){digits, n_digits}, &d);
	if (!n)
		n = digits_at(c, i + sign, false);
	if (!sign && n == 4 && n_digits == 4 &&
	    (digits[0] == '1' || digits[0] == '2')) {
		year = (int)d.digits;
		more = year >= 1900 && year < 2100
			       ? read_date(c, i, n, year, t)
			       : 0;
		if (more)
			return more;
	}
	n += sign;
	t->negative = sign && c->cp[i] == '-';
	if (t->negative)
		d.digits = -d.digits;
	t->bare_zero = !d.digits && !d.decimals;
	more = read_amount(l, c, i, n, d, t);
	/* Too long for any count: a number of an account or a card. */
	if (more && !(large && t->unit == UNIT_COUNT)) {
		t->damaged |= large;
		return more;
	}
	if (!large)
		return read_bare(a, c, i, n, (struct str){digits, n_digits}, d,
				 t);
	t->kind = TOKEN_OTHER;
	return n;
}
