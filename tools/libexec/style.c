/* Declarations are few and short: each question walks through them. */
#include "libexec/style.h"

#include <string.h>

bool style_says(struct str style, const char *property, const char *value)
{
	size_t n = strlen(property), at = str_find(style, str_of(property));

	if (at == SIZE_MAX)
		return false;
	for (at += n; at < style.n && strchr(" :", style.p[at]);)
		at++;
	return str_starts(str_slice(style, at, style.n), str_of(value));
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
	if (str_starts(str_slice(s, i, s.n), STR("px")))
		v = v * 3 / 4;
	*tenths = (int)(negative ? -((v + 5) / 10) : (v + 5) / 10);
	return true;
}

bool style_length(struct str style, const char *name, int *tenths)
{
	size_t n = strlen(name);
	struct str one;

	while (str_split(&style, ';', &one)) {
		while (one.n && one.p[0] == ' ')
			one = str_slice(one, 1, one.n);
		if (one.n > n && one.p[n] == ':' &&
		    !memcmp(one.p, name, n))
			return read_length(
				str_trim(str_slice(one, n + 1, one.n)),
				tenths);
	}
	return false;
}

bool style_is_placed(struct str style)
{
	int at;

	return str_find(style, STR("absolute")) != SIZE_MAX &&
	       style_length(style, "left", &at) &&
	       style_length(style, "top", &at);
}
