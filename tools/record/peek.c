/*
 * The grammar of RFC 8259, walked by hand. Nested values are checked with a
 * stack of brackets, so a hostile line costs no recursion; what is nested
 * deeper than the stack is refused.
 */
#include "record/peek.h"

#include <string.h>

#include "base/utf8.h"

enum { MAX_DEPTH = 512 };

static void skip_blanks(struct peek *s)
{
	while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' ||
				  *s->at == '\r' || *s->at == '\n'))
		s->at++;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* Behind the closing quote; false where there is no whole string. */
static bool walk_string(struct peek *s)
{
	if (s->at == s->end || *s->at++ != '"')
		return false;
	while (s->at < s->end) {
		unsigned char c = (unsigned char)*s->at++;

		if (c == '"')
			return true;
		if (c < 0x20)
			return false;
		if (c != '\\')
			continue;
		if (s->at == s->end || !*s->at || !strchr("\"\\/bfnrtu", *s->at))
			return false;
		if (*s->at++ != 'u')
			continue;
		for (int i = 0; i < 4; i++)
			if (s->at == s->end || !is_hex(*s->at++))
				return false;
	}
	return false;
}

static bool walk_digits(struct peek *s)
{
	const char *start = s->at;

	while (s->at < s->end && *s->at >= '0' && *s->at <= '9')
		s->at++;
	return s->at > start;
}

static bool walk_number(struct peek *s)
{
	bool zero;

	if (s->at < s->end && *s->at == '-')
		s->at++;
	zero = s->at < s->end && *s->at == '0';
	if (zero)
		s->at++;
	else if (!walk_digits(s))
		return false;
	if (s->at < s->end && *s->at == '.') {
		s->at++;
		if (!walk_digits(s))
			return false;
	}
	if (s->at < s->end && (*s->at == 'e' || *s->at == 'E')) {
		s->at++;
		if (s->at < s->end && (*s->at == '+' || *s->at == '-'))
			s->at++;
		return walk_digits(s);
	}
	return true;
}

static bool walk_word(struct peek *s)
{
	static const struct str WORDS[] = {
		STR_INIT("true"), STR_INIT("false"), STR_INIT("null")};
	struct str rest = {s->at, (size_t)(s->end - s->at)};

	for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
		if (!str_starts(rest, WORDS[i]))
			continue;
		s->at += WORDS[i].n;
		return true;
	}
	return walk_number(s);
}

/* A key and its colon. */
static bool walk_key(struct peek *s)
{
	skip_blanks(s);
	if (!walk_string(s))
		return false;
	skip_blanks(s);
	return s->at < s->end && *s->at++ == ':';
}

static bool walk_value(struct peek *s)
{
	char stack[MAX_DEPTH];
	size_t depth = 0;

	for (;;) {
		skip_blanks(s);
		if (s->at == s->end)
			return false;
		if (*s->at == '{' || *s->at == '[') {
			char close = *s->at++ == '{' ? '}' : ']';

			if (depth == MAX_DEPTH)
				return false;
			stack[depth++] = close;
			skip_blanks(s);
			if (s->at == s->end || *s->at != close) {
				if (close == '}' && !walk_key(s))
					return false;
				continue;
			}
		} else if (*s->at == '"' ? !walk_string(s) : !walk_word(s)) {
			return false;
		}
		for (;;) { /* behind a value: what closes, or the next one */
			if (!depth)
				return true;
			skip_blanks(s);
			if (s->at == s->end)
				return false;
			if (*s->at == ',')
				break;
			if (*s->at != stack[depth - 1])
				return false;
			if (s->at++, !--depth)
				return true;
		}
		s->at++;
		if (stack[depth - 1] == '}' && !walk_key(s))
			return false;
	}
}

struct peek peek_begin(struct str line)
{
	struct peek s = {line.p ? line.p : "", NULL, false};

	s.end = s.at + line.n;
	if (utf8_find_invalid(line) != SIZE_MAX)
		s.end = s.at; /* nothing is no object */
	return s;
}

static int fail(struct peek *s)
{
	s->at = s->end;
	s->begun = false;
	return -1;
}

/* Behind the closing bracket there are blanks alone. */
static int finish(struct peek *s)
{
	s->at++;
	skip_blanks(s);
	return s->at == s->end ? 0 : fail(s);
}

int peek_next(struct peek *s, struct str *key, struct str *value)
{
	const char *start;

	skip_blanks(s);
	if (s->at == s->end)
		return fail(s);
	if (!s->begun) {
		if (*s->at++ != '{')
			return fail(s);
		skip_blanks(s);
		if (s->at < s->end && *s->at == '}')
			return finish(s);
		s->begun = true;
	} else if (*s->at == '}') {
		return finish(s);
	} else if (*s->at++ != ',') {
		return fail(s);
	}
	skip_blanks(s);
	start = s->at;
	if (!walk_string(s))
		return fail(s);
	*key = (struct str){start + 1, (size_t)(s->at - start) - 2};
	skip_blanks(s);
	if (s->at == s->end || *s->at++ != ':')
		return fail(s);
	skip_blanks(s);
	start = s->at;
	if (!walk_value(s))
		return fail(s);
	*value = (struct str){start, (size_t)(s->at - start)};
	return 1;
}

static uint32_t hex4(const char *p)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];

		value = value << 4 | (uint32_t)(c <= '9' ? c - '0'
							: (c | 32) - 'a' + 10);
	}
	return value;
}

/* The code point behind "\u", *p moves behind it and behind its partner. */
static uint32_t take_codepoint(const char **p, const char *end)
{
	uint32_t cp = hex4(*p), low;

	*p += 4;
	if (cp < 0xD800 || cp > 0xDFFF)
		return cp;
	if (cp > 0xDBFF || end - *p < 6 || (*p)[0] != '\\' || (*p)[1] != 'u')
		return UTF8_REPLACEMENT;
	low = hex4(*p + 2);
	if (low < 0xDC00 || low > 0xDFFF)
		return UTF8_REPLACEMENT;
	*p += 6;
	return 0x10000 + ((cp & 0x3FF) << 10) + (low & 0x3FF);
}

bool peek_text(struct arena *a, struct str value, struct str *out)
{
	static const char NAMES[] = "bfnrt", MEANT[] = "\b\f\n\r\t";
	const char *p, *end;
	struct buf text = {0};

	if (value.n < 2 || value.p[0] != '"')
		return false;
	*out = str_slice(value, 1, value.n - 1);
	if (!out->n || !memchr(out->p, '\\', out->n))
		return true;
	end = out->p + out->n;
	for (p = out->p; p < end;) {
		const char *name;

		if (*p != '\\') {
			buf_putc(&text, *p++);
			continue;
		}
		p++;
		name = strchr(NAMES, *p);
		if (*p == 'u') {
			p++;
			buf_put_codepoint(&text, take_codepoint(&p, end));
		} else {
			buf_putc(&text, name ? MEANT[name - NAMES] : *p);
			p++;
		}
	}
	*out = str_copy(a, buf_str(&text));
	buf_release(&text);
	return true;
}

bool peek_int(struct str value, int64_t *out)
{
	return str_to_int64(value, out);
}

bool peek_item(struct str *array, struct str *item)
{
	struct peek s = {array->p, array->p + array->n, true};
	const char *start;

	if (array->n < 2 || (*s.at != '[' && *s.at != ','))
		return false;
	s.at++;
	skip_blanks(&s);
	start = s.at;
	if (!walk_value(&s))
		return false;
	*item = (struct str){start, (size_t)(s.at - start)};
	skip_blanks(&s);
	*array = (struct str){s.at, (size_t)(s.end - s.at)};
	return true;
}
