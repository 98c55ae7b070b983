/* Declarations are few and short; each is looked at once. */
#include "libexec/style.h"

#include <string.h>
#include <strings.h>

static bool is(struct str s, const char *word)
{
	return s.n == strlen(word) && !strncasecmp(s.p, word, s.n);
}

static bool begins(struct str s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && !strncasecmp(s.p, word, n);
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
	if (begins(str_slice(s, i, s.n), "px"))
		v = v * 3 / 4;
	*tenths = (int)(negative ? -((v + 5) / 10) : (v + 5) / 10);
	return true;
}

static void read_side(struct style *s, struct str name, struct str value)
{
	static const char *const NAMES[STYLE_SIDES] = {
		[STYLE_LEFT] = "left",       [STYLE_TOP] = "top",
		[STYLE_WIDTH] = "width",     [STYLE_HEIGHT] = "height",
		[STYLE_FONT_SIZE] = "font-size"};

	for (size_t i = 0; i < STYLE_SIDES; i++)
		if (is(name, NAMES[i]))
			s->given[i] = read_length(value, &s->tenths[i]);
}

static void read_declaration(struct style *s, struct str name, struct str value)
{
	if (is(name, "display"))
		s->gone = begins(value, "none");
	else if (is(name, "visibility"))
		s->unseen = begins(value, "hidden");
	else if (is(name, "position")) {
		s->absolute = begins(value, "absolute");
		s->relative = begins(value, "relative");
	} else if (begins(name, "border"))
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
			read_declaration(&s, str_trim(name), str_trim(value));
	return s;
}

bool style_is_placed(const struct style *s)
{
	return s->absolute && s->given[STYLE_LEFT] && s->given[STYLE_TOP];
}
