/*
 * Numerals: ASCII digits (full-width ones are folded before) and Chinese
 * ones, with separators, signs and measure words; and what only looks like an
 * amount: years, dates, class codes, article, document and telephone numbers.
 */
#include <string.h>

#include "base/decimal.h"
#include "extract/chars.h"

enum { MAX_DIGITS = 16 }; /* in a row before the point */

/* A numeral of ASCII digits. */
struct digits {
	struct decimal d;
	size_t n;       /* digits, as far as read */
	bool large;     /* d does not hold them */
	bool malformed;
};

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

static size_t digits_before_gap(const struct chars *c, size_t i, size_t n)
{
	for (size_t k = 1; k < n; k++)
		if (chars_gap(c, i + k))
			return k;
	return n;
}

/* How many digits stand at i; not across_gap: without blanks between. */
static inline size_t digits_at(const struct chars *c, size_t i, bool across_gap)
{
	const uint32_t *cp = c->cp + i;
	size_t n = 0;

	while (chars_is_digit(cp[n]))
		n++;
	if (n < 2 || across_gap || c->start[i + n - 1] == c->start[i] + n - 1)
		return n; /* nearly always: a byte each */
	return digits_before_gap(c, i, n);
}

/* Takes in n digits at i. */
static inline void take_digits(const struct chars *c, size_t i, size_t n,
			       struct digits *digits, bool decimals)
{
	const uint32_t *cp = c->cp + i;
	int64_t value = digits->d.digits;

	digits->n += n;
	if (digits->n < DECIMAL_DIGITS) { /* there is room for all */
		for (size_t k = 0; k < n; k++)
			value = value * 10 + (cp[k] - '0');
		digits->d.digits = value;
		digits->d.decimals += decimals ? (unsigned)n : 0;
		return;
	}
	for (size_t k = 0; k < n; k++)
		digits->large |= !decimal_add(&digits->d, cp[k] - '0',
					      decimals);
}

/*
 * Digits with thousands separators and a decimal part; gives the code points
 * read. A separator counts only before exactly three digits.
 */
__attribute__((noinline)) static size_t
read_digits(const struct chars *c, size_t i, struct digits *digits)
{
	size_t start = i, n = digits_at(c, i, false);
	bool grouped = false;

	if (n > MAX_DIGITS) {
		digits->large = true;
		digits->d.digits = INT64_MAX;
		return n;
	}
	take_digits(c, i, n, digits, false);
	for (i += n; n && c->cp[i] == ',' && (grouped || n <= 3) &&
		     digits_at(c, i + 1, false) == 3; i += 4) {
		take_digits(c, i + 1, 3, digits, false);
		grouped = true;
	}
	/* 1 234.56: a group after a blank, or a number that a line broke. */
	if (!grouped && n && n <= 3 && chars_is_digit(c->cp[i]) &&
	    digits_at(c, i, false) == 3 &&
	    (c->cp[i + 3] == '.' ||
	     (start && (chars_at(c, i + 3, U"万元") ||
			chars_at(c, i + 3, U"元"))))) {
		take_digits(c, i, 3, digits, false);
		i += 3;
	}
	if (c->cp[i] == '.' && chars_is_digit(c->cp[i + 1])) {
		n = digits_at(c, i + 1, false);
		take_digits(c, i + 1, n, digits, true);
		i += 1 + n;
		if (c->cp[i] == '.' && chars_is_digit(c->cp[i + 1])) {
			digits->malformed = true;
			i += 1 + digits_at(c, i + 1, false);
		}
	}
	if (digits->large)
		digits->d = (struct decimal){INT64_MAX, 0};
	return i - start;
}

/* The month and the day behind a year: gives their code points. */
static size_t read_month(const struct chars *c, size_t i, struct token *t)
{
	size_t at = i, n = digits_at(c, at, true);

	if (!n || n > 2 || !chars_at(c, at + n, U"月"))
		return 0;
	t->kind = TOKEN_DATE;
	at += n + 1;
	n = digits_at(c, at, true);
	if (n && n <= 2 &&
	    (chars_at(c, at + n, U"日") || chars_at(c, at + n, U"号")))
		at += n + 1;
	if (chars_at(c, at, U"底") || chars_at(c, at, U"末"))
		at++;
	return at - i;
}

/* The same for what is nearly always: digits and a point, a byte each, that
 * nothing goes on with. 0 for others. */
static inline size_t read_simple(const struct chars *c, size_t i,
				 struct digits *digits)
{
	const uint32_t *cp = c->cp + i;
	uint64_t value = 0;
	size_t n = 0, point = 0;

	while (chars_is_digit(cp[n]) ||
	       (cp[n] == '.' && n && !point && chars_is_digit(cp[n + 1]))) {
		if (cp[n] == '.')
			point = n;
		else
			value = value * 10 + (cp[n] - '0');
		n++;
	}
	if (n > MAX_DIGITS || cp[n] == ',' || cp[n] == '.' ||
	    c->start[i + n] != c->start[i] + n)
		return 0;
	digits->d.digits = (int64_t)value;
	digits->d.decimals = point ? (unsigned)(n - point - 1) : 0;
	digits->n = n - (point > 0);
	return n;
}

/* Years and dates: gives the code points after i that belong to one. */
static size_t read_date(const struct chars *c, size_t i, size_t n, int year,
			struct token *t)
{
	size_t at = i + n;
	bool last;

	if (!chars_at(c, at, U"年"))
		return 0;
	t->kind = TOKEN_YEAR;
	t->year = (int16_t)year;
	/* 2025年初预算数: 年初 is a word of its own */
	if (chars_at(c, at, U"年初") && !chars_at(c, at + 2, U"至") &&
	    !chars_at(c, at + 2, U"以来"))
		return n;
	at++;
	switch (c->cp[at]) {
	case U'底':
	case U'末':
		t->kind = TOKEN_DATE;
		return at + 1 - i;
	case U'期': /* 期末 */
		last = c->cp[at + 1] == U'末';
		break;
	case U'年': /* 年底, 年末, 年终 */
		last = c->cp[at + 1] == U'底' || c->cp[at + 1] == U'末' ||
		       c->cp[at + 1] == U'终';
		break;
	case U'度':
		return at + 1 - i;
	default:
		return at + read_month(c, at, t) - i;
	}
	if (last) {
		t->kind = TOKEN_DATE;
		at += 2;
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

/* What stands behind a measure word: fills it in, gives the code points that
 * belong to the amount. */
static size_t read_behind(const struct chars *c, size_t at, struct token *t)
{
	size_t n = 0;

	if (c->cp[at] < 0x3400 && c->cp[at] != '(')
		return 0; /* nearly always a mark, or the end */
	/* 5万余元 */
	if (t->unit == UNIT_FEN &&
	    (chars_at(c, at, U"余元") || chars_at(c, at, U"多元"))) {
		t->approx = true;
		n = 2;
	}
	if (chars_at(c, at + n, U"左右") || chars_at(c, at + n, U"上下"))
		t->approx = true;
	if (is_threshold(c, at + n))
		t->threshold = true;
	return n;
}

/* Smallest units, more than any budget has: a few of them are no overflow. */
static const int64_t MOST = INT64_C(1000000000000000000);

/* The measure word at `at`: fills the amount in, gives its code points. */
static size_t read_measure(const struct lexicon *l, const struct chars *c,
			   size_t at, struct decimal d, struct token *t)
{
	const struct lexicon_unit *u;
	bool approx = c->cp[at] == U'余' || c->cp[at] == U'多';
	size_t n;

	at += approx;
	u = lexicon_match_unit(l, c->cp + at, c->n - at, &n);
	if (!u)
		return 0;
	t->kind = TOKEN_AMOUNT;
	t->measure = u;
	t->unit = u->unit;
	if (!decimal_scale(d, u->scale, &t->value, &t->quantum) ||
	    t->value > MOST || t->value < -MOST) {
		t->value = d.digits < 0 ? -MOST : MOST;
		t->damaged = true;
	}
	if (u->unit == UNIT_COUNT)
		t->quantum = 0;
	if (approx)
		t->approx = true;
	return approx + n + read_behind(c, at + n, t);
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

__attribute__((noinline)) static size_t
read_hanzi_numeral(const struct lexicon *l, const struct chars *c, size_t i,
		   struct token *t)
{
	int year;
	size_t n = read_hanzi_year(c, i, &year);

	return n ? read_date(c, i, n, year, t) : read_hanzi_amount(l, c, i, t);
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
	return i > 1 && chars_is_digit(c->cp[i - 2]) &&
	       (c->cp[i - 1] == ',' || c->cp[i - 1] == 'e' ||
		c->cp[i - 1] == 'E') &&
	       !chars_gap(c, i) && !chars_gap(c, i - 1);
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

static struct str copy_code(struct arena *a, const struct chars *c, size_t i,
			    size_t n)
{
	char *p = arena_alloc_raw(a, n);

	for (size_t k = 0; k < n; k++)
		p[k] = (char)c->cp[i + k];
	return (struct str){p, n};
}

/* No amount, though it looked like one. */
__attribute__((noinline)) static size_t
read_bare(struct arena *a, const struct chars *c, size_t i, size_t n,
	  const struct digits *digits, struct token *t)
{
	bool sign = c->cp[i] == '-' || c->cp[i] == '+';

	t->kind = TOKEN_OTHER;
	if (is_ordinal(c, i + n) || is_preceded(c, i, U'第'))
		return n;
	/* 0876-3310088, 2022-2024 */
	if ((c->cp[i + n] == '-' && chars_is_digit(c->cp[i + n + 1])) ||
	    (i && c->cp[i - 1] == '-' && !sign))
		return n;
	if (!sign && n == digits->n && is_class_code(c, i, n)) {
		t->kind = TOKEN_CODE;
		t->code = copy_code(a, c, i, n);
		return n;
	}
	t->kind = TOKEN_NUMBER;
	t->unit = UNIT_PPM;
	if (!decimal_scale(digits->d, DECIMAL_PPM_PERCENT, &t->value, &t->quantum))
		t->kind = TOKEN_OTHER;
	return n;
}

size_t numeral_read(struct arena *a, const struct lexicon *l,
		    const struct chars *c, size_t i, struct token *t)
{
	struct digits digits = {0};
	size_t n, more, sign = 0;

	if (!chars_is_digit(c->cp[i])) {
		if (chars_numeral_value(c->cp[i]) >= 0)
			return read_hanzi_numeral(l, c, i, t);
		sign = is_sign(c, i);
		if (!sign && !is_bare_fraction(c, i))
			return 0;
	}
	n = read_simple(c, i + sign, &digits);
	if (!n)
		n = read_digits(c, i + sign, &digits);
	if (!sign && n == 4 && digits.d.digits >= 1900 &&
	    digits.d.digits < 2100) {
		more = read_date(c, i, n, (int)digits.d.digits, t);
		if (more)
			return more;
	}
	n += sign;
	if (digits.malformed)
		t->malformed = true;
	if (c->cp[i] == '-') {
		t->negative = true;
		digits.d.digits = -digits.d.digits;
	}
	if (!digits.d.digits && !digits.d.decimals)
		t->bare_zero = true;
	more = read_amount(l, c, i, n, digits.d, t);
	/* Too long for any count: a number of an account or a card. */
	if (more && !(digits.large && t->unit == UNIT_COUNT)) {
		if (digits.large)
			t->damaged = true;
		return more;
	}
	if (!digits.large)
		return read_bare(a, c, i, n, &digits, t);
	t->kind = TOKEN_OTHER;
	return n;
}
