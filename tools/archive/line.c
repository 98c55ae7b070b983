/* Values are cut out of the line, so all other bytes stay as they are. */
#include "archive/line.h"

#include "record/peek.h"

bool line_read(struct arena *a, struct str text, struct line *out)
{
	struct peek s = peek_begin(text);
	struct str key, value;
	int got;

	*out = (struct line){0};
	while ((got = peek_next(&s, &key, &value)) == 1) {
		if (str_equal(key, STR("type")))
			peek_text(a, value, &out->type);
		else if (str_equal(key, STR("doc")))
			peek_text(a, value, &out->doc);
		else if (str_equal(key, STR("origin")))
			peek_text(a, value, &out->origin);
		else if (str_equal(key, STR("source")))
			out->source = value;
	}
	return !got;
}

static bool is_parsed(const struct line *l)
{
	return str_equal(l->type, STR("document")) ||
	       str_equal(l->type, STR("residue")) ||
	       (str_equal(l->type, STR("fact")) &&
		!str_equal(l->origin, STR("derived")));
}

void line_normalise(struct str records, bool parsed_only, struct buf *out)
{
	struct arena arena = {0};
	struct str text;

	buf_clear(out);
	while (records.n && str_split(&records, '\n', &text)) {
		struct line l;
		size_t at = text.n, behind = at;

		arena_reset(&arena);
		if (!line_read(&arena, text, &l) && parsed_only)
			continue;
		if (parsed_only && !is_parsed(&l))
			continue;
		if (str_equal(l.type, STR("document")) && l.source.n) {
			at = (size_t)(l.source.p - text.p);
			behind = at + l.source.n;
		}
		buf_put_str(out, str_slice(text, 0, at));
		buf_put_str(out, str_slice(text, behind, text.n));
		buf_putc(out, '\n');
	}
	arena_release(&arena);
}
