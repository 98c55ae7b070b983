/*
 * The stored text of a double has up to 17 digits, of which a spreadsheet
 * shows at most 15; so 0.1+0.2 is 0.3 here as well.
 */
#include "libexec/cellformat.h"

#include <string.h>

enum { MOST_DIGITS = 400, SIGNIFICANT = 15 };

struct section {
	bool point, digits;
	bool written; /* a point among the digits that is a mere character */
	bool overlong; /* more words behind the digits than a unit has */
};

/* A character that is shown as it is. */
static void take_literal(struct cellformat *f, struct section *s, char c)
{
	size_t n = strlen(f->behind);

	if (!s->digits)
		return;
	if (c == '.' && !s->point)
		s->written = true;
	else if (n + 1 == sizeof f->behind)
		s->overlong = true;
	else if (!strchr(" ()-", c))
		f->behind[n] = c;
}

static void take_sign(struct cellformat *f, struct section *s, char c)
{
	if ((unsigned char)c >= 0x80) { /* 0人: needs no quotes */
		take_literal(f, s, c);
	} else if (c == '0' || c == '#' || c == '?') {
		s->digits = true;
		f->decimals += s->point;
		f->shift += s->written;
		f->thousands = 0;
		f->behind[0] = '\0';
	} else if (c == ',') {
		f->thousands += s->digits;
	} else if (c == '.' && !s->point) {
		s->point = true;
		f->decimals = 0;
	} else if (c == '%') {
		f->percent = true;
	} else if (strchr("ymdhsYMDHS", c)) {
		f->date = true;
	}
}

static bool hides_zero(struct str code)
{
	struct str section, third = {NULL, 0};
	size_t sections = 0;

	while (str_split(&code, ';', &section))
		if (++sections == 3)
			third = section;
	return sections >= 3 && !str_trim(third).n;
}

struct cellformat cellformat_of(struct str code)
{
	struct cellformat f = {.decimals = -1, .hides_zero = hides_zero(code)};
	struct section s = {0};
	bool quoted = false;

	for (size_t i = 0; i < code.n && (quoted || code.p[i] != ';'); i++) {
		char c = code.p[i];

		if (c == '"') {
			quoted = !quoted;
		} else if (quoted) {
			take_literal(&f, &s, c);
		} else if (c == '\\' || c == '!') {
			if (++i < code.n)
				take_literal(&f, &s, code.p[i]);
		} else if (c == '_' || c == '*') {
			i++;
		} else if (c == '[') {
			while (i < code.n && code.p[i] != ']')
				i++;
		} else {
			take_sign(&f, &s, c);
		}
	}
	if (s.digits && !s.point)
		f.decimals = 0;
	if (s.digits)
		f.date = false;
	if (s.overlong)
		f.behind[0] = '\0';
	return f;
}

struct cellformat cellformat_builtin(int id)
{
	static const struct {
		int id;
		const char *code;
	} CODES[] = {
		{1, "0"},        {2, "0.00"},      {3, "#,##0"},
		{4, "#,##0.00"}, {5, "#,##0"},     {6, "#,##0"},
		{7, "#,##0.00"}, {8, "#,##0.00"},  {9, "0%"},
		{10, "0.00%"},   {14, "yyyy-m-d"}, {15, "d-m-y"},
		{16, "d-m"},     {17, "m-y"},      {22, "yyyy-m-d h:m"},
		{37, "#,##0"},   {38, "#,##0"},    {39, "#,##0.00"},
		{40, "#,##0.00"}, {41, "#,##0"},   {42, "#,##0"},
		{43, "#,##0.00"}, {44, "#,##0.00"}, {31, "yyyy-m-d"},
		{27, "yyyy-m"},
		{57, "yyyy-m"},
	};

	for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++)
		if (CODES[i].id == id)
			return cellformat_of(str_of(CODES[i].code));
	return (struct cellformat){.decimals = -1};
}

/* Digits with the place of the point: 12.5 is "125" and 2. */
struct number {
	bool negative;
	char digits[MOST_DIGITS];
	int n, point;
};

static bool read_number(struct number *v, struct str s)
{
	size_t i = 0;
	int64_t exponent = 0;
	bool point = false;

	*v = (struct number){0};
	if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
		v->negative = s.p[i++] == '-';
	for (; i < s.n && s.p[i] != 'e' && s.p[i] != 'E'; i++) {
		if (s.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9' || v->n >= 64)
			return false;
		v->digits[v->n++] = s.p[i];
		v->point += !point;
	}
	if (!v->n)
		return false;
	if (i < s.n) {
		struct str e = str_slice(s, i + 1, s.n);

		if (e.n && e.p[0] == '+')
			e = str_slice(e, 1, e.n);
		if (!str_to_int64(e, &exponent) || exponent > 100 ||
		    exponent < -100)
			return false;
	}
	v->point += (int)exponent;
	return true;
}

/* Keeps digits up to the given place, half away from zero. */
static void round_at(struct number *v, int keep)
{
	bool up;
	int i;

	if (keep >= v->n)
		return;
	if (keep < 0) {
		v->n = 0;
		return;
	}
	up = v->digits[keep] >= '5';
	v->n = keep;
	for (i = keep; up && i-- > 0;) {
		up = v->digits[i] == '9';
		v->digits[i] = up ? '0' : (char)(v->digits[i] + 1);
	}
	if (up) {
		memmove(v->digits + 1, v->digits, (size_t)v->n);
		v->digits[0] = '1';
		v->n++;
		v->point++;
	}
}

static void normalise(struct number *v)
{
	int zeros = 0;

	while (zeros < v->n && v->digits[zeros] == '0')
		zeros++;
	memmove(v->digits, v->digits + zeros, (size_t)(v->n - zeros));
	v->n -= zeros;
	v->point = v->n ? v->point - zeros : 0;
	round_at(v, SIGNIFICANT);
	while (v->n && v->digits[v->n - 1] == '0')
		v->n--;
}

static char digit_at(const struct number *v, int place)
{
	return place >= 0 && place < v->n ? v->digits[place] : '0';
}

/* 1899-12-30 is day 0. */
static void put_date(struct buf *out, const struct number *v, int epoch)
{
	long days = 0, year, month, era, in_era, year_of_era, day;

	for (int i = 0; i < v->point && i < 8; i++)
		days = days * 10 + (digit_at(v, i) - '0');
	/* Civil calendar from days since 0000-03-01. */
	days += 693899 + epoch;
	era = days / 146097;
	in_era = days % 146097;
	year_of_era = (in_era - in_era / 1460 + in_era / 36524 -
		       in_era / 146096) / 365;
	day = in_era - (365 * year_of_era + year_of_era / 4 -
			year_of_era / 100);
	month = (5 * day + 2) / 153;
	day = day - (153 * month + 2) / 5 + 1;
	year = year_of_era + era * 400 + (month >= 10);
	month = month < 10 ? month + 3 : month - 9;
	buf_printf(out, "%ld-%02ld-%02ld", year, month, day);
}

static void put_decimal(struct buf *out, const struct number *v, int decimals)
{
	int last = decimals < 0 ? v->n - v->point : decimals;
	bool zero = v->n == 0;

	if (v->negative && !zero)
		buf_putc(out, '-');
	if (v->point <= 0)
		buf_putc(out, '0');
	for (int i = 0; i < v->point; i++)
		buf_putc(out, digit_at(v, i));
	if (last > 0)
		buf_putc(out, '.');
	for (int i = 0; i < last; i++)
		buf_putc(out, digit_at(v, v->point + i));
}

void cellformat_put(struct buf *out, struct str value,
		    const struct cellformat *f)
{
	struct number v;

	if (!read_number(&v, value)) {
		buf_put_str(out, value);
		return;
	}
	normalise(&v);
	if (f->date && v.point >= 4 && v.point <= 6) {
		put_date(out, &v, f->epoch);
		return;
	}
	if (f->percent)
		v.point += 2;
	v.point -= 3 * f->thousands;
	if (f->decimals >= 0)
		round_at(&v, v.point + f->decimals);
	v.point -= f->shift;
	if (!v.n)
		v.point = 0;
	if (!v.n && f->hides_zero)
		return;
	put_decimal(out, &v, f->shift ? f->shift : f->decimals);
	if (f->percent)
		buf_putc(out, '%');
	buf_puts(out, f->behind);
}
