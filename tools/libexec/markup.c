#include "libexec/markup.h"

#include <strings.h>

enum {
	COMMENT_END = 1,
	CODE_END = 2,
	DOUBLE_QUOTE = 4,
	SINGLE_QUOTE = 8,
	MOST_UNENDED = 16, /* that are looked for through the whole page */
};

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool markup_same(struct str a, struct str b)
{
	return a.n == b.n && !strncasecmp(a.p, b.p, a.n);
}

void markup_start(struct markup *m, struct str page)
{
	*m = (struct markup){.page = page, .line = 1};
}

/* The place behind the next such word, or SIZE_MAX. That there is none is
 * found out once, so that a page full of beginnings takes no longer. */
static size_t behind(struct markup *m, size_t from, struct str word,
		     unsigned bit)
{
	size_t n = SIZE_MAX;

	if (!(m->missing & bit))
		n = str_find(str_slice(m->page, from, m->page.n), word);
	if (n == SIZE_MAX)
		m->missing |= bit;
	return n == SIZE_MAX ? n : from + n + word.n;
}

static char peek(const struct markup *m, size_t i)
{
	return i < m->page.n ? m->page.p[i] : '\0';
}

/* Behind a comment that begins at from; --!> is an error, but an end, too. */
static size_t behind_comment(struct markup *m, size_t from)
{
	size_t i = from + 2;

	while ((i = behind(m, i, STR("--"), COMMENT_END)) != SIZE_MAX) {
		if (peek(m, i) == '>')
			return i + 1;
		if (peek(m, i) == '!' && peek(m, i + 1) == '>' && i > from + 4)
			return i + 2;
		i--; /* ---> */
	}
	return i;
}

/* Behind a comment, a declaration or the like. */
static size_t behind_declaration(struct markup *m, size_t from)
{
	struct str rest = str_slice(m->page, from, m->page.n);
	size_t end = SIZE_MAX;

	if (str_starts(rest, STR("<!--")) && peek(m, from + 4) != '>')
		end = behind_comment(m, from);
	if (end == SIZE_MAX)
		end = behind(m, from, STR(">"), 0);
	return end == SIZE_MAX ? m->page.n : end;
}

/* Behind <% … %>; i itself where there is none. */
static size_t behind_code(struct markup *m, size_t i)
{
	size_t end = SIZE_MAX;

	if (peek(m, i) == '<' && peek(m, i + 1) == '%')
		end = behind(m, i + 1, STR("%>"), CODE_END);
	return end == SIZE_MAX ? i : end;
}

static size_t behind_blanks(const struct markup *m, size_t i)
{
	while (i < m->page.n && is_blank(m->page.p[i]))
		i++;
	return i;
}

/* The end of a name, or of a value without quotes. */
static size_t end_of_word(const struct markup *m, size_t i, bool value)
{
	while (i < m->page.n && !is_blank(m->page.p[i]) &&
	       m->page.p[i] != '>' &&
	       (value || (m->page.p[i] != '/' && m->page.p[i] != '=')))
		i++;
	return i;
}

/* What stands behind an equals sign; the place behind it. */
static size_t read_value(struct markup *m, size_t i, struct str *value)
{
	size_t end = SIZE_MAX;
	char quote;

	i = behind_blanks(m, i);
	quote = peek(m, i);
	if (quote == '"' || quote == '\'')
		end = behind(m, i + 1, (struct str){&quote, 1},
			     quote == '"' ? DOUBLE_QUOTE : SINGLE_QUOTE);
	if (end != SIZE_MAX) {
		*value = str_slice(m->page, i + 1, end - 1);
		return end;
	}
	end = end_of_word(m, i, true);
	*value = str_slice(m->page, i, end);
	return end;
}

static size_t read_attribute(struct markup *m, size_t i, struct markup_token *t)
{
	/* an equals sign may begin a name */
	size_t end = end_of_word(m, i + 1, false), next;
	struct markup_attribute a = {str_slice(m->page, i, end),
				     str_slice(m->page, end, end)};

	next = behind_blanks(m, end);
	if (peek(m, next) == '=')
		end = read_value(m, next + 1, &a.value);
	if (t->n_attributes < MARKUP_ATTRIBUTES)
		t->attributes[t->n_attributes++] = a;
	return end;
}

static void read_tag(struct markup *m, struct markup_token *t)
{
	bool end = peek(m, m->at + 1) == '/';
	size_t from = m->at + 1 + end, i = from;

	while (i < m->page.n && !is_blank(m->page.p[i]) &&
	       m->page.p[i] != '>' && m->page.p[i] != '/')
		i++;
	t->kind = end ? MARKUP_END : MARKUP_START;
	t->text = str_slice(m->page, from, i);
	t->closed = false;
	t->n_attributes = 0;
	while ((i = behind_blanks(m, i)) < m->page.n && m->page.p[i] != '>') {
		size_t code = behind_code(m, i);

		t->closed = m->page.p[i] == '/';
		if (code > i)
			i = code;
		else
			i = t->closed ? i + 1 : read_attribute(m, i, t);
	}
	m->at = i < m->page.n ? i + 1 : i;
}

/* Does a tag begin here? If not, then a declaration or nothing. */
static bool is_tag(const struct markup *m, size_t i)
{
	return is_letter(peek(m, i + 1)) ||
	       (peek(m, i + 1) == '/' && is_letter(peek(m, i + 2)));
}

static bool is_declaration(const struct markup *m, size_t i)
{
	char c = peek(m, i + 1);

	return c == '!' || c == '?' || (c == '/' && peek(m, i + 2));
}

/* The next < from here on that begins something. */
static size_t end_of_text(struct markup *m, size_t i)
{
	do {
		size_t n = str_find(str_slice(m->page, i, m->page.n),
				    STR("<"));

		if (n == SIZE_MAX)
			return m->page.n;
		i += n + 1;
	} while (!is_tag(m, i - 1) && !is_declaration(m, i - 1) &&
		 behind_code(m, i - 1) == i - 1);
	return i - 1;
}

bool markup_next(struct markup *m, struct markup_token *t)
{
	size_t end;

	while ((end = end_of_text(m, m->at)) == m->at && end < m->page.n) {
		if (is_tag(m, end)) {
			read_tag(m, t);
			return true;
		}
		m->at = is_declaration(m, end) ? behind_declaration(m, end)
					       : behind_code(m, end);
	}
	t->kind = MARKUP_TEXT;
	t->text = str_slice(m->page, m->at, end);
	t->n_attributes = 0;
	m->at = end;
	return t->text.n != 0;
}

/* The next end tag of a name, of any where that is empty, or the end. */
static size_t find_end_tag(struct markup *m, struct str name)
{
	size_t i = m->at;

	while ((i = behind(m, i, STR("</"), 0)) != SIZE_MAX) {
		size_t end = i + name.n;

		if (markup_same(str_slice(m->page, i, end), name) &&
		    is_letter(peek(m, end)) == !name.n)
			return i - 2;
	}
	return m->page.n;
}

bool markup_skip(struct markup *m, struct str name)
{
	size_t end = m->page.n;
	bool ended;

	if (m->unended < MOST_UNENDED)
		end = find_end_tag(m, name);
	ended = end < m->page.n;
	if (!ended) {
		m->unended++;
		end = find_end_tag(m, STR(""));
	}
	m->at = end;
	return ended;
}

unsigned markup_line(struct markup *m, const char *place)
{
	size_t at = (size_t)(place - m->page.p);
	const char *p;

	while (m->lined < at &&
	       (p = memchr(m->page.p + m->lined, '\n', at - m->lined))) {
		m->lined = (size_t)(p - m->page.p) + 1;
		m->line++;
	}
	m->lined = m->lined < at ? at : m->lined;
	return m->line;
}

struct str markup_attribute(const struct markup_token *t, struct str name)
{
	for (size_t i = 0; i < t->n_attributes; i++)
		if (markup_same(t->attributes[i].name, name))
			return t->attributes[i].value;
	return (struct str){NULL, 0};
}
