/* Lines from the documents are keys of a map; sorted at the end. */
#include "parse/wording.h"

#include <stdlib.h>
#include <string.h>

struct wording_entry {
	struct str line;
	size_t count;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 1,234.50 and 2024 are '#'; so is what stands in full width. */
static void put_wording(struct buf *out, struct str text)
{
	size_t i = 0;

	while (i < text.n) {
		size_t from = i;

		while (i < text.n &&
		       (is_digit(text.p[i]) ||
			(i > from && (text.p[i] == '.' || text.p[i] == ',') &&
			 i + 1 < text.n && is_digit(text.p[i + 1]))))
			i++;
		if (i > from)
			buf_putc(out, '#');
		else
			buf_putc(out, strchr("\t\r\n", text.p[i]) ? ' '
								  : text.p[i]);
		i += i == from;
	}
}

void wording_write(struct buf *out, const struct extract_result *r)
{
	for (size_t i = 0; i < r->n_residues; i++) {
		buf_put_str(out, r->residues[i].why);
		buf_putc(out, '\t');
		put_wording(out, r->residues[i].text);
		buf_putc(out, '\n');
	}
}

void wordings_add(struct wordings *w, struct str lines)
{
	struct str line;

	while (str_split(&lines, '\n', &line)) {
		struct wording_entry *e = map_get(&w->map, line);

		if (!line.n)
			continue;
		if (!e) {
			e = ARENA_NEW(&w->arena, struct wording_entry);
			e->line = str_copy(&w->arena, line);
			*map_put(&w->map, e->line) = e;
			w->entries = arena_grow(&w->arena, w->entries, &w->cap,
						w->n + 1, sizeof *w->entries);
			w->entries[w->n++] = e;
		}
		e->count++;
	}
}

static int by_count(const void *a, const void *b)
{
	const struct wording_entry *x = *(struct wording_entry *const *)a;
	const struct wording_entry *y = *(struct wording_entry *const *)b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return str_compare(x->line, y->line);
}

void wordings_write(struct wordings *w, struct writer *out)
{
	struct buf line = {0};

	if (w->n)
		qsort(w->entries, w->n, sizeof *w->entries, by_count);
	for (size_t i = 0; i < w->n; i++) {
		buf_clear(&line);
		buf_printf(&line, "%zu\t%.*s", w->entries[i]->count,
			   STR_ARG(w->entries[i]->line));
		writer_line(out, buf_str(&line));
	}
	buf_release(&line);
	map_release(&w->map);
	arena_release(&w->arena);
	*w = (struct wordings){0};
}
