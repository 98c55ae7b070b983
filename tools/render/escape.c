/* Each function walks code points, so bytes never split a character. */
#include "render/escape.h"

#include <csv.h>
#include <string.h>

#include "base/utf8.h"

/* Controls, and the marks of bidirectional text, which can hide an end of
 * line or swap digits on the screen (CVE-2021-42574). */
static bool is_harmful(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ||
	       (cp >= 0x202A && cp <= 0x202E) ||
	       (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E || cp == 0x200F ||
	       cp == 0x2028 || cp == 0x2029 || cp == 0xFEFF;
}

static bool is_break(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || cp == '\r';
}

/* The next code point that may be shown; breaks are given, harmful ones are
 * passed over. 0 at the end. */
static uint32_t next_shown(struct str s, size_t *at)
{
	while (*at < s.n) {
		uint32_t cp = utf8_next(s, at);

		if (is_break(cp) || !is_harmful(cp))
			return cp;
	}
	return 0;
}

void escape_plain(struct buf *out, struct str s)
{
	size_t at = 0;
	uint32_t cp;

	while ((cp = next_shown(s, &at)))
		buf_put_codepoint(out, is_break(cp) ? ' ' : cp);
}

void escape_html(struct buf *out, struct str s)
{
	size_t at = 0;
	uint32_t cp;

	while ((cp = next_shown(s, &at))) {
		switch (cp) {
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '>':
			buf_puts(out, "&gt;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		case '\'':
			buf_puts(out, "&#39;");
			break;
		default:
			buf_put_codepoint(out, is_break(cp) ? ' ' : cp);
		}
	}
}

void escape_number(struct buf *out, struct str s)
{
	if (str_starts(s, STR("-"))) {
		buf_puts(out, "−");
		s = str_slice(s, 1, s.n);
	}
	escape_html(out, s);
}

void escape_markdown(struct buf *out, struct str s)
{
	size_t at = 0;
	uint32_t cp;

	while ((cp = next_shown(s, &at))) {
		if (cp < 0x80 && strchr("\\`*_{}[]<>|#~&", (int)cp))
			buf_putc(out, '\\');
		buf_put_codepoint(out, is_break(cp) ? ' ' : cp);
	}
}

/* A character of three bytes that is Chinese, or stands with it: none of those
 * that are harmful begins so. */
static bool is_chinese(const char *p)
{
	const unsigned char *c = (const unsigned char *)p;

	return c[0] >= 0xE3 && c[0] <= 0xE9 && (c[1] & 0xC0) == 0x80 &&
	       (c[2] & 0xC0) == 0x80;
}

/* Ids, years, codes, names: most fields stand for themselves. */
static bool is_plain(struct str s)
{
	size_t at = 0;

	while (at < s.n) {
		char c = s.p[at];

		if ((c >= '0' && c <= 'z' && c != '\\') || c == '.')
			at++;
		else if (s.n - at >= 3 && is_chinese(s.p + at))
			at += 3;
		else
			return false;
	}
	return !s.n || (s.p[0] != '=' && s.p[0] != '@');
}

static bool is_formula(struct str s)
{
	return s.n && strchr("=+-@\t\r", s.p[0]) && s.p[0];
}

void escape_csv(struct buf *out, struct str s, bool safe)
{
	struct buf clean = {0};
	bool quoted = false;
	size_t at = 0;
	uint32_t cp;

	if (is_plain(s)) {
		buf_put_str(out, s);
		return;
	}
	if (safe && is_formula(s))
		buf_putc(&clean, '\'');
	while ((cp = next_shown(s, &at))) {
		quoted |= cp == '"' || cp == ',' || cp == '\n' || cp == '\r';
		buf_put_codepoint(&clean, cp);
	}
	if (clean.n && (clean.p[0] == ' ' || clean.p[clean.n - 1] == ' '))
		quoted = true;
	if (quoted) {
		buf_reserve(out, 2 * clean.n + 2);
		out->n += csv_write2(out->p + out->n, out->cap - out->n,
				     clean.p, clean.n, '"');
	} else {
		buf_put_str(out, buf_str(&clean));
	}
	buf_release(&clean);
}

void escape_tsv(struct buf *out, struct str s, bool safe)
{
	size_t at = 0;
	uint32_t cp;

	if (is_plain(s)) {
		buf_put_str(out, s);
		return;
	}
	if (safe && is_formula(s))
		buf_putc(out, '\'');
	while ((cp = next_shown(s, &at))) {
		switch (cp) {
		case '\t':
			buf_puts(out, "\\t");
			break;
		case '\n':
			buf_puts(out, "\\n");
			break;
		case '\r':
			buf_puts(out, "\\r");
			break;
		case '\\':
			buf_puts(out, "\\\\");
			break;
		default:
			buf_put_codepoint(out, cp);
		}
	}
}

void escape_uri(struct buf *out, struct str path)
{
	static const char KEPT[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789-._~/!$&'()*+,;=@";

	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (c && strchr(KEPT, c))
			buf_putc(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
}
