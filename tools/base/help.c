/* A terminal of 24 lines keeps one for the prompt. */
#include "base/help.h"

#include <string.h>

enum { LINES = 23, COLUMN = 28, WIDTH = 79 };

static size_t lines_of(const char *text)
{
	size_t n = 1;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static const char *words(const struct option_row *r, enum lang lang)
{
	return lang == LANG_ZH ? r->zh : r->en;
}

static void put_row(struct buf *out, const struct option_row *r,
		    enum lang lang)
{
	size_t start = out->n, width;

	if (r->letter)
		buf_printf(out, "  -%c, --%s", r->letter, r->name);
	else
		buf_printf(out, "      --%s", r->name);
	if (r->arg)
		buf_printf(out, "=%s", r->arg);
	width = out->n - start;
	do
		buf_putc(out, ' ');
	while (++width < COLUMN);
	for (const char *h = words(r, lang); *h; h++) {
		buf_putc(out, *h);
		for (int k = 0; *h == '\n' && k < COLUMN; k++)
			buf_putc(out, ' ');
	}
	buf_putc(out, '\n');
}

/* The rows from the n-th on, by their names alone. */
static void put_names(struct buf *out, const struct option_row **rows,
		      size_t n, size_t n_rows, const char *name, enum lang lang)
{
	struct buf line = {0};

	buf_printf(&line, lang == LANG_ZH ? "其他选项，见 man %s：" : "Also, see man %s:",
		   name);
	for (; n < n_rows; n++) {
		const struct option_row *r = rows[n];
		size_t more = strlen(r->name) + 3 +
			      (r->arg ? strlen(r->arg) + 1 : 0);

		if (line.n + more > WIDTH) {
			buf_put_str(out, buf_str(&line));
			buf_putc(out, '\n');
			buf_clear(&line);
			buf_putc(&line, ' ');
		}
		buf_printf(&line, " --%s%s%s", r->name, r->arg ? "=" : "",
			   r->arg ? r->arg : "");
	}
	buf_put_str(out, buf_str(&line));
	buf_putc(out, '\n');
	buf_release(&line);
}

static void put_rows(struct buf *out, const struct option_row **rows,
		     size_t shown, size_t n, const char *name, enum lang lang)
{
	for (size_t i = 0; i < shown; i++)
		put_row(out, rows[i], lang);
	if (shown < n)
		put_names(out, rows, shown, n, name, lang);
}

/* Every row, or as many as leave room for the names of the rest. */
static void put_options(struct buf *out, const struct option_row **rows,
			size_t n, size_t room, const struct program_spec *s,
			enum lang lang)
{
	for (size_t shown = n + 1; shown-- > 0;) {
		struct buf text = {0};
		size_t lines = 0;

		put_rows(&text, rows, shown, n, s->name, lang);
		for (size_t i = 0; i < text.n; i++)
			lines += text.p[i] == '\n';
		if (lines <= room || !shown)
			buf_put_str(out, buf_str(&text));
		buf_release(&text);
		if (lines <= room)
			return;
	}
}

void help_put(struct buf *out, const struct program_spec *s,
	      const struct option_row *common, enum lang lang)
{
	enum { MOST = 64 };
	const struct option_row *const LISTS[] = {s->rows, common};
	const struct option_row *rows[MOST];
	const char *about = lang == LANG_ZH ? s->zh : s->en;
	size_t n = 0, head = lines_of(s->usage) + lines_of(about) + 1;

	for (size_t i = 0; i < 2; i++)
		for (const struct option_row *r = LISTS[i]; r->id && n < MOST;
		     r++)
			rows[n++] = r;
	buf_printf(out, "%s: %s %s\n%s\n\n",
		   lang == LANG_ZH ? "用法" : "Usage", s->name, s->usage, about);
	put_options(out, rows, n, LINES - head - 3, s, lang);
	buf_printf(out, "\n%s:\n  %s\n", lang == LANG_ZH ? "示例" : "Example",
		   s->example);
}

const char *help_values(const struct program_spec *s, const char *option)
{
	static const struct option_values COMMON[] = {
		{"lang", "zh en"},
		{NULL, NULL},
	};
	const struct option_values *const LISTS[] = {s->values, COMMON};

	for (size_t i = 0; i < 2; i++)
		for (const struct option_values *v = LISTS[i]; v && v->option;
		     v++)
			if (option && !strcmp(v->option, option))
				return v->words;
	return "";
}

static void list_rows(struct buf *out, const struct program_spec *s,
		      const struct option_row *r)
{
	for (; r->id; r++) {
		const char *const TEXTS[] = {r->en, r->zh};

		if (r->letter)
			buf_putc(out, r->letter);
		buf_printf(out, "\t%s\t%s\t%s", r->name, r->arg ? r->arg : "",
			   help_values(s, r->name));
		for (size_t i = 0; i < 2; i++) {
			buf_putc(out, '\t');
			for (const char *h = TEXTS[i]; *h; h++)
				buf_putc(out, *h == '\n' ? ' ' : *h);
		}
		buf_putc(out, '\n');
	}
}

/* The first operand, where it is one of some words, is the row of no name. */
void help_list(struct buf *out, const struct program_spec *s,
	       const struct option_row *common)
{
	const char *operands = help_values(s, "");

	list_rows(out, s, s->rows);
	list_rows(out, s, common);
	if (*operands)
		buf_printf(out, "\t\t\t%s\t\t\n", operands);
}
