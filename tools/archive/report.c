/* Nothing is computed here that the index does not say. */
#include "archive/report.h"

#include <stdlib.h>

#include "base/map.h"

/* A cell; control characters would break the table. */
static void put_cell(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		buf_putc(out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
	}
	if (!text.n)
		buf_putc(out, '-');
}

static void put_year(struct buf *out, int year)
{
	if (year)
		buf_put_int(out, year);
	else
		buf_putc(out, '-');
}

static void put_source(struct buf *out, const struct archive_entry *e)
{
	if (!e->n_members)
		buf_putc(out, '-');
	for (size_t i = 0; i < e->n_members; i++) {
		if (i)
			buf_putc(out, ' ');
		put_cell(out, e->members[i].source);
	}
}

static void put_entry(struct buf *out, const struct archive_entry *e)
{
	put_cell(out, e->as_of);
	buf_putc(out, '\t');
	put_year(out, e->year);
	buf_putc(out, '\t');
	put_cell(out, phase_name(e->phase));
	buf_putc(out, '\t');
	put_cell(out, e->doc);
	buf_putc(out, '\t');
	buf_put_int(out, e->records);
	buf_putc(out, '\t');
	put_cell(out, e->entity);
	buf_putc(out, '\t');
	put_source(out, e);
	buf_putc(out, '\n');
}

#define COLUMNS "as_of\tyear\tphase\tdoc\trecords\tentity\tsource\n"

static int flush(struct writer *out, struct buf *line)
{
	writer_put(out, buf_str(line));
	buf_clear(line);
	return out->error ? -1 : 0;
}

struct list {
	struct writer *out;
	struct buf line;
};

static int take_list(void *ctx, const struct archive_entry *e, int64_t offset)
{
	struct list *l = ctx;

	(void)offset;
	put_entry(&l->line, e);
	return flush(l->out, &l->line);
}

int report_list(const struct archive *a, const struct selection *s,
		struct writer *out)
{
	struct list l = {.out = out};
	int got;

	writer_put(out, STR(COLUMNS));
	got = select_walk(a, s, take_list, &l);
	buf_release(&l.line);
	return got;
}

int report_added(const struct archive *a, int64_t from, struct writer *out)
{
	struct index_walk w;
	struct archive_entry e;
	struct buf line = {0};
	int got;

	index_begin(&w, a, from);
	while ((got = index_next(&w, &e)) == 1) {
		if (e.type != ENTRY_DOCUMENT)
			continue;
		buf_printf(&line, "%s\t", select_version_name(
						  select_version(a, &e, w.at)));
		put_entry(&line, &e);
		flush(out, &line);
	}
	index_end(&w);
	buf_release(&line);
	return got;
}

struct versions {
	struct arena arena;
	struct archive_entry *list;
	int64_t *offsets;
	size_t n, cap, cap_offsets;
};

static int take_version(void *ctx, const struct archive_entry *e,
			int64_t offset)
{
	struct versions *v = ctx;
	struct archive_entry *o;
	struct bud_member *members;

	if (!e->has_document)
		return 0;
	v->list = arena_grow(&v->arena, v->list, &v->cap, v->n + 1,
			     sizeof *v->list);
	o = &v->list[v->n++];
	*o = *e;
	o->doc = str_copy(&v->arena, e->doc);
	o->as_of = str_copy(&v->arena, e->as_of);
	o->entity = str_copy(&v->arena, e->entity);
	members = ARENA_ARRAY(&v->arena, struct bud_member, e->n_members);
	for (size_t i = 0; i < e->n_members; i++)
		members[i].source = str_copy(&v->arena, e->members[i].source);
	o->members = members;
	o->offset = offset; /* in the index: the order that they came in */
	return 0;
}

static int compare_versions(const void *a, const void *b)
{
	const struct archive_entry *x = a, *y = b;
	int by = str_compare(x->entity, y->entity);

	if (!by && !x->entity.n)
		by = str_compare(x->doc, y->doc);
	if (!by)
		by = x->year - y->year;
	if (!by)
		by = (int)x->phase - (int)y->phase;
	if (!by)
		by = str_compare(x->as_of, y->as_of);
	return by ? by : (x->offset > y->offset) - (x->offset < y->offset);
}

/* How version i stands to the ones before it, which stand before it. */
static enum version version_of(const struct versions *v, size_t i)
{
	const struct archive_entry *e = &v->list[i];
	enum version result = VERSION_FIRST;

	while (i-- > 0 && entry_same_key(&v->list[i], e)) {
		if (str_equal(v->list[i].doc, e->doc))
			return VERSION_REREAD;
		result = VERSION_CHANGED;
	}
	return result;
}

int report_log(const struct archive *a, const struct selection *s,
	       struct writer *out)
{
	struct versions v = {0};
	struct buf line = {0};
	int got = select_walk(a, s, take_version, &v);

	if (v.n)
		qsort(v.list, v.n, sizeof *v.list, compare_versions);
	writer_put(out, STR("entity\tyear\tphase\tas_of\tversion\tdoc\trecords"
			    "\tsource\n"));
	for (size_t i = 0; i < v.n; i++) {
		const struct archive_entry *e = &v.list[i];

		put_cell(&line, e->entity);
		buf_putc(&line, '\t');
		put_year(&line, e->year);
		buf_putc(&line, '\t');
		put_cell(&line, phase_name(e->phase));
		buf_putc(&line, '\t');
		put_cell(&line, e->as_of);
		buf_printf(&line, "\t%s\t%.*s\t",
			   select_version_name(version_of(&v, i)),
			   STR_ARG(e->doc));
		buf_put_int(&line, e->records);
		buf_putc(&line, '\t');
		put_source(&line, e);
		buf_putc(&line, '\n');
		flush(out, &line);
	}
	buf_release(&line);
	arena_release(&v.arena);
	return got;
}

struct count {
	struct str name; /* "2023 approved", the row; "" for all */
	int64_t documents, records, bytes, length;
};

struct counts {
	struct arena arena;
	struct map rows, entities;
	struct count total;
};

static void add(struct count *c, const struct archive_entry *e)
{
	c->documents += e->has_document;
	entry_add(&c->records, e->records);
	entry_add(&c->bytes, e->bytes);
	entry_add(&c->length, e->length);
}

static int take_count(void *ctx, const struct archive_entry *e, int64_t offset)
{
	struct counts *c = ctx;
	char name[32] = "-\t-";
	struct str key;
	struct count *row;
	struct buf b = {0};

	(void)offset;
	if (e->has_document) {
		put_year(&b, e->year);
		buf_putc(&b, '\t');
		put_cell(&b, phase_name(e->phase));
		key = buf_str(&b);
	} else {
		key = str_of(name);
	}
	row = map_get(&c->rows, key);
	if (!row) {
		row = ARENA_NEW(&c->arena, struct count);
		row->name = str_copy(&c->arena, key);
		*map_put(&c->rows, row->name) = row;
	}
	buf_release(&b);
	add(row, e);
	add(&c->total, e);
	if (e->entity.n && !map_get(&c->entities, e->entity))
		*map_put(&c->entities, str_copy(&c->arena, e->entity)) = c;
	return 0;
}

static int compare_rows(const void *a, const void *b)
{
	const struct map_entry *x = a, *y = b;

	return str_compare(x->key, y->key);
}

static void put_count(struct buf *out, const struct count *c)
{
	buf_printf(out, "%.*s\t%lld\t%lld\t%lld\t%lld\n", STR_ARG(c->name),
		   (long long)c->documents, (long long)c->records,
		   (long long)c->bytes, (long long)c->length);
}

int report_stat(const struct archive *a, const struct selection *s,
		struct writer *out)
{
	struct counts c = {0};
	struct buf text = {0};
	int got = select_walk(a, s, take_count, &c);

	if (c.rows.n)
		qsort(c.rows.entries, c.rows.n, sizeof *c.rows.entries,
		      compare_rows);
	buf_puts(&text, "year\tphase\tdocuments\trecords\tbytes\tpacked\n");
	for (size_t i = 0; i < c.rows.n; i++)
		put_count(&text, c.rows.entries[i].value);
	c.total.name = STR("all\tall");
	put_count(&text, &c.total);
	buf_printf(&text, "# %zu entities\n", c.entities.n);
	flush(out, &text);
	buf_release(&text);
	map_release(&c.rows);
	map_release(&c.entities);
	arena_release(&c.arena);
	return got;
}

struct records {
	const struct archive *archive;
	struct writer *out;
	struct buf text;
	int64_t *damaged;
};

static int take_records(void *ctx, const struct archive_entry *e,
			int64_t offset)
{
	struct records *r = ctx;
	const char *why = archive_load(r->archive, e, &r->text);

	(void)offset;
	if (why) {
		archive_say_damaged(r->archive, e, why);
		++*r->damaged;
		return 0;
	}
	writer_put(r->out, buf_str(&r->text));
	return r->out->error ? -1 : 0;
}

int report_records(const struct archive *a, const struct selection *s,
		   struct writer *out, int64_t *damaged)
{
	struct records r = {.archive = a, .out = out, .damaged = damaged};
	int got = select_walk(a, s, take_records, &r);

	buf_release(&r.text);
	return got;
}
