/* Declarations are few and short; each is looked at once. */
#include "libexec/style.h"

/* The word is in small letters. */
static bool begins(struct str s, struct str word)
{
	size_t i = 0;

	while (i < s.n && i < word.n && (s.p[i] | ' ') == word.p[i])
		i++;
	return i == word.n;
}

static bool is(struct str s, struct str word)
{
	return s.n == word.n && begins(s, word);
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct str trim(struct str s)
{
	while (s.n && is_blank(*s.p))
		s = str_slice(s, 1, s.n);
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* "12.345pt" or "8px" in tenths of a point. */
static bool read_length(struct str s, int *tenths)
{
	long v = 0;
	int decimals = -1;
	bool negative = s.n && s.p[0] == '-', any = false;
	size_t i = negative;

	for (; i < s.n; i++) {
		if (s.p[i] == '.' && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			break;
		any = true;
		if (v > 100000 || decimals >= 2)
			continue;
		v = v * 10 + (s.p[i] - '0');
		decimals += decimals >= 0;
	}
	for (; decimals < 2; decimals = decimals < 0 ? 1 : decimals + 1)
		v *= 10;
	if (!any || v > 10000000)
		return false;
	if (begins(str_slice(s, i, s.n), STR("px")))
		v = v * 3 / 4;
	*tenths = (int)(negative ? -((v + 5) / 10) : (v + 5) / 10);
	return true;
}

static void read_side(struct style *s, struct str name, struct str value)
{
	static const struct str NAMES[STYLE_SIDES] = {
		[STYLE_LEFT] = STR_INIT("left"),
		[STYLE_TOP] = STR_INIT("top"),
		[STYLE_WIDTH] = STR_INIT("width"),
		[STYLE_HEIGHT] = STR_INIT("height"),
		[STYLE_FONT_SIZE] = STR_INIT("font-size")};

	for (size_t i = 0; i < STYLE_SIDES; i++)
		if (is(name, NAMES[i]))
			s->given[i] = read_length(value, &s->tenths[i]);
}

static void read_declaration(struct style *s, struct str name, struct str value)
{
	if (is(name, STR("display")))
		s->gone = begins(value, STR("none"));
	else if (is(name, STR("visibility")))
		s->unseen = begins(value, STR("hidden"));
	else if (is(name, STR("position"))) {
		s->absolute = begins(value, STR("absolute"));
		s->relative = begins(value, STR("relative"));
	} else if (begins(name, STR("border")))
		s->border = true;
	else
		read_side(s, name, value);
}

struct style style_read(struct str text)
{
	struct style s = {0};
	struct str value, name;

	while (str_split(&text, ';', &value))
		if (str_split(&value, ':', &name))
			read_declaration(&s, trim(name), trim(value));
	return s;
}

bool style_is_placed(const struct style *s)
{
	return s->absolute && s->given[STYLE_LEFT] && s->given[STYLE_TOP];
}
