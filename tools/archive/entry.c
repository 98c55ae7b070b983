/* The index is read a hundred thousand lines at a time, so without a tree. */
#include "archive/entry.h"

#include "record/codec.h"
#include "record/peek.h"

static void put_text(struct buf *out, const char *key, struct str value)
{
	if (!value.n)
		return;
	buf_printf(out, ",\"%s\":", key);
	record_write_string(out, value);
}

static void put_int(struct buf *out, const char *key, int64_t value)
{
	buf_printf(out, ",\"%s\":", key);
	buf_put_int(out, value);
}

static void put_members(struct buf *out, const struct archive_entry *e)
{
	if (!e->has_document)
		return;
	buf_puts(out, ",\"sources\":[");
	for (size_t i = 0; i < e->n_members; i++) {
		buf_puts(out, i ? ",{\"source\":" : "{\"source\":");
		record_write_string(out, e->members[i].source);
		put_int(out, "bytes", e->members[i].bytes);
		put_text(out, "sha256", e->members[i].sha256);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void put_document(struct buf *out, const struct archive_entry *e)
{
	put_text(out, "doc", e->doc);
	put_text(out, "as_of", e->as_of);
	if (e->year)
		put_int(out, "year", e->year);
	put_text(out, "phase", phase_name(e->phase));
	put_text(out, "entity", e->entity);
	put_text(out, "title", e->title);
	put_members(out, e);
	put_text(out, "segment", e->segment);
	put_int(out, "offset", e->offset);
	put_int(out, "length", e->length);
	put_int(out, "records", e->records);
}

void entry_write(struct buf *out, const struct archive_entry *e)
{
	static const char *const NAMES[] = {
		[ENTRY_DOCUMENT] = "entry",
		[ENTRY_SOURCE] = "source",
		[ENTRY_COMMIT] = "commit",
	};

	buf_printf(out, "{\"type\":\"%s\"", NAMES[e->type]);
	if (e->type == ENTRY_DOCUMENT)
		put_document(out, e);
	if (e->type == ENTRY_COMMIT) {
		put_int(out, "from", e->from);
		put_int(out, "entries", e->entries);
	} else {
		put_int(out, "bytes", e->bytes);
	}
	put_text(out, "sha256", e->sha256);
	buf_puts(out, "}\n");
}

static bool read_member(struct arena *a, struct str object,
			struct bud_member *m)
{
	struct peek s = peek_begin(object);
	struct str key, value;
	bool good = true;
	int got;

	while ((got = peek_next(&s, &key, &value)) == 1) {
		if (str_equal(key, STR("source")))
			good = good && peek_text(a, value, &m->source);
		else if (str_equal(key, STR("sha256")))
			good = good && peek_text(a, value, &m->sha256);
		else if (str_equal(key, STR("bytes")))
			good = good && peek_int(value, &m->bytes);
	}
	return good && !got;
}

static bool read_members(struct arena *a, struct str list,
			 struct archive_entry *e)
{
	struct bud_member *m = NULL;
	struct str item;
	size_t cap = 0;

	if (e->has_document)
		return false; /* a second list */
	while (peek_item(&list, &item)) {
		m = arena_grow(a, m, &cap, e->n_members + 1, sizeof *m);
		if (!read_member(a, item, &m[e->n_members++]))
			return false;
	}
	e->members = m;
	e->has_document = true;
	return true;
}

static bool read_type(struct str word, enum entry_type *out)
{
	if (str_equal(word, STR("entry")))
		*out = ENTRY_DOCUMENT;
	else if (str_equal(word, STR("source")))
		*out = ENTRY_SOURCE;
	else if (str_equal(word, STR("commit")))
		*out = ENTRY_COMMIT;
	else
		return false;
	return true;
}

static bool read_number(struct str key, struct str value,
			struct archive_entry *e)
{
	int64_t number;

	if (str_equal(key, STR("offset")))
		return peek_int(value, &e->offset);
	if (str_equal(key, STR("length")))
		return peek_int(value, &e->length);
	if (str_equal(key, STR("records")))
		return peek_int(value, &e->records);
	if (str_equal(key, STR("bytes")))
		return peek_int(value, &e->bytes);
	if (str_equal(key, STR("from")))
		return peek_int(value, &e->from);
	if (str_equal(key, STR("entries")))
		return peek_int(value, &e->entries);
	if (!str_equal(key, STR("year")))
		return true; /* of a later version */
	if (!peek_int(value, &number) || number < 0 || number > 9999)
		return false;
	e->year = (int)number;
	return true;
}

static bool read_member_of_line(struct arena *a, struct str key,
				struct str value, struct archive_entry *e)
{
	struct str word;

	if (str_equal(key, STR("sources")))
		return read_members(a, value, e);
	if (!peek_text(a, value, &word))
		return read_number(key, value, e);
	if (str_equal(key, STR("type")))
		return read_type(word, &e->type);
	if (str_equal(key, STR("phase")))
		return phase_of(word, &e->phase);
	if (str_equal(key, STR("doc")))
		e->doc = word;
	else if (str_equal(key, STR("as_of")))
		e->as_of = word;
	else if (str_equal(key, STR("entity")))
		e->entity = word;
	else if (str_equal(key, STR("title")))
		e->title = word;
	else if (str_equal(key, STR("segment")))
		e->segment = word;
	else if (str_equal(key, STR("sha256")))
		e->sha256 = word;
	return true;
}

/* A name that stays below the archive. */
static bool is_inside(struct str path)
{
	return path.n && path.p[0] != '/' &&
	       str_find(path, STR("..")) == SIZE_MAX;
}

int entry_read(struct arena *a, struct str line, struct archive_entry *out)
{
	struct peek s = peek_begin(line);
	struct str key, value;
	bool typed = false;
	int got;

	*out = (struct archive_entry){0};
	while ((got = peek_next(&s, &key, &value)) == 1) {
		if (!read_member_of_line(a, key, value, out))
			return -1;
		typed = typed || str_equal(key, STR("type"));
	}
	if (got || !typed || out->sha256.n != ARCHIVE_HASH ||
	    out->offset < 0 || out->length < 0 || out->bytes < 0 ||
	    out->records < 0 || out->from < 0 || out->entries < 0)
		return -1;
	if (out->type == ENTRY_DOCUMENT && !is_inside(out->segment))
		return -1;
	return 0;
}

bool entry_same_key(const struct archive_entry *a,
		    const struct archive_entry *b)
{
	if (!a->has_document || !b->has_document)
		return false;
	if (!a->entity.n || !b->entity.n)
		return str_equal(a->doc, b->doc);
	return a->year == b->year && a->phase == b->phase &&
	       str_equal(a->entity, b->entity);
}

bool entry_is_date(struct str s)
{
	static const int DAYS[] = {31, 29, 31, 30, 31, 30,
				   31, 31, 30, 31, 30, 31};
	int64_t year, month, day;
	bool leap;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' ||
	    !str_to_int64(str_slice(s, 0, 4), &year) ||
	    !str_to_int64(str_slice(s, 5, 7), &month) ||
	    !str_to_int64(str_slice(s, 8, 10), &day) || year < 1 ||
	    month < 1 || month > 12 || day < 1 || day > DAYS[month - 1])
		return false;
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month != 2 || day < 29 || leap;
}
