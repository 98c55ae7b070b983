/* Only the keys that sort a line are looked at; the document record alone is
 * read whole. */
#include "archive/put.h"

#include "archive/line.h"
#include "archive/member.h"
#include "base/reason.h"
#include "base/stream.h"
#include "record/codec.h"

enum { RUN_SIZE = 1 << 20 }; /* of records without a document */

void put_begin(struct put *p)
{
	transaction_begin(&p->transaction, p->archive);
}

/* Whether an entry holds the records of the group. */
static bool holds_group(struct put *p, const struct archive_entry *o,
			struct buf *old, struct buf *normal)
{
	const struct archive_entry *e = &p->entry;

	if (o->type != ENTRY_DOCUMENT || !str_equal(o->doc, e->doc))
		return false;
	if (str_equal(o->sha256, e->sha256))
		return true;
	if (!e->has_document || archive_load(p->archive, o, old))
		return false;
	line_normalise(buf_str(old), false, normal);
	return str_equal(buf_str(normal), buf_str(&p->normal));
}

/* Whether the archive, or what this put has added to it, holds the records of
 * the group: 1, 0 or -1 (said). */
static int is_there(struct put *p)
{
	struct arena a = {0};
	struct buf old = {0}, normal = {0};
	uint64_t key = lookup_document(&p->entry);
	int64_t *at, *added = NULL;
	size_t n, n_added = 0;
	int there = index_find(p->archive, &a, key, &at, &n);

	if (!there)
		there = transaction_find(&p->transaction, &a, key, &added,
					 &n_added);
	for (size_t i = 0; i < n + n_added && !there; i++) {
		struct archive_entry o;

		there = i < n ? index_read(p->archive, &a, at[i], &o)
			      : transaction_read(&p->transaction, &a,
						 added[i - n], &o);
		if (there >= 0)
			there = !there && holds_group(p, &o, &old, &normal);
	}
	buf_release(&old);
	buf_release(&normal);
	arena_release(&a);
	return there;
}

static void say(struct put *p, const char *id, struct str place,
		const char *why)
{
	reason_add(p->archive->messages, id, place, why);
	p->incomplete = true;
}

static int put_source(struct put *p, const struct bud_member *m)
{
	char path[SOURCE_PATH], hex[ARCHIVE_HASH];
	struct buf bytes = {0};
	const char *error;
	int failed = 0;

	if (!archive_is_hash(m->sha256)) {
		say(p, "source-not-kept", m->source, "detail-no-sha256");
		return 0;
	}
	archive_source_path(m->sha256, path);
	if (archive_has(p->archive, path))
		return 0;
	error = str_equal(m->source, STR("-"))
			? "detail-standard-input"
			: original_read(&p->original, m->source, &bytes);
	if (error) {
		say(p, "source-not-kept", m->source, error);
	} else {
		member_hash(buf_str(&bytes), hex);
		if (str_equal(m->sha256, (struct str){hex, sizeof hex}))
			failed = transaction_add_source(&p->transaction, m,
							buf_str(&bytes));
		else
			say(p, "source-changed", m->source, NULL);
	}
	buf_release(&bytes);
	return failed;
}

static int end_group(struct put *p)
{
	struct archive_entry *e = &p->entry;
	char hex[ARCHIVE_HASH];
	int there, failed = 0;

	if (!p->open)
		return 0;
	p->open = false;
	if (e->has_document && p->facts + p->residues < p->promised)
		say(p, "archive-short", e->n_members ? e->members[0].source
						     : e->doc, NULL);
	member_hash(buf_str(&p->group), hex);
	buf_clear(&p->normal);
	buf_put_str(&p->normal, str_slice(buf_str(&p->group), 0,
					  p->source_from));
	buf_put_str(&p->normal, str_slice(buf_str(&p->group), p->source_to,
					  p->group.n));
	e->sha256 = (struct str){hex, sizeof hex};
	e->bytes = (int64_t)p->group.n;
	e->as_of = p->as_of;
	there = is_there(p);
	if (there < 0)
		failed = -1;
	else if (there)
		p->there += e->has_document;
	else
		failed = transaction_add(&p->transaction, e,
					 buf_str(&p->group));
	for (size_t i = 0; p->keep_sources && !failed && i < e->n_members; i++)
		failed = put_source(p, &e->members[i]);
	arena_reset(&p->arena);
	return failed;
}

static void begin_group(struct put *p, struct str doc)
{
	buf_clear(&p->group);
	buf_clear(&p->doc);
	buf_put_str(&p->doc, doc);
	p->entry = (struct archive_entry){.doc = buf_str(&p->doc)};
	p->facts = p->residues = p->promised = 0;
	p->source_from = p->source_to = 0;
	p->open = true;
}

/* What the index says of a document; one that is no good record is kept as
 * records without a document. */
static void take_document(struct put *p, struct str text, struct str source,
			  struct str place)
{
	struct record r;
	const char *error;
	struct str detail = {NULL, 0};
	struct archive_entry *e = &p->entry;

	if (record_read(&p->arena, text, &r, &error, &detail)) {
		message_add(p->archive->messages, error, place, "%.*s",
			    STR_ARG(detail));
		p->incomplete = true;
		return;
	}
	e->has_document = true;
	e->year = r.document.year;
	e->phase = r.document.phase;
	e->entity = r.document.entity;
	e->title = r.document.title;
	e->members = r.document.members;
	e->n_members = r.document.n_members;
	p->promised = r.document.facts + r.document.residues;
	if (source.n) {
		p->source_from = p->group.n + (size_t)(source.p - text.p);
		p->source_to = p->source_from + source.n;
	}
}

/* Whether the line begins another group than the open one. */
static bool is_next(const struct put *p, const struct line *l)
{
	static const struct str ALONE[] = {
		STR_INIT("change"), STR_INIT("finding"), STR_INIT("trouble")};
	bool document = str_equal(l->type, STR("document"));

	if (!p->open)
		return true;
	if (l->doc.n)
		return !str_equal(l->doc, buf_str(&p->doc)) ||
		       (document && p->entry.has_document);
	if (!p->doc.n)
		return p->group.n >= RUN_SIZE;
	for (size_t i = 0; i < sizeof ALONE / sizeof *ALONE; i++)
		if (str_equal(l->type, ALONE[i]))
			return true;
	return document;
}

static int take_line(struct put *p, struct str text, struct str place)
{
	struct line l;

	if (!str_trim(text).n)
		return 0;
	if (!line_read(&p->line_arena, text, &l)) {
		say(p, "not-kept", place, NULL);
		return 0;
	}
	if (is_next(p, &l)) {
		if (end_group(p))
			return -1;
		begin_group(p, l.doc);
	}
	if (str_equal(l.type, STR("document")) && l.doc.n)
		take_document(p, text, l.source, place);
	p->facts += str_equal(l.type, STR("fact")) &&
		    !str_equal(l.origin, STR("derived"));
	p->residues += str_equal(l.type, STR("residue"));
	p->entry.records++;
	buf_put_str(&p->group, text);
	buf_putc(&p->group, '\n');
	return 0;
}

int put_file(struct put *p, const char *name)
{
	struct reader in;
	struct str line;
	int got = 0, failed = 0;

	if (reader_open(&in, name)) {
		say(p, "open-failed", str_of(name), in.error);
		return 0;
	}
	while (!failed && (got = reader_line(&in, &line)) == 1) {
		struct str place = str_format(&p->line_arena, "%s:%zu", name,
					      in.line);

		failed = take_line(p, line, place);
		arena_reset(&p->line_arena);
	}
	/* what a broken stream held of its last document is no document */
	if (got < 0 && !failed) {
		say(p, "archive-broken", str_of(name), in.error);
		failed = -1;
	}
	reader_close(&in);
	p->failed = p->failed || failed;
	return failed;
}

int put_end(struct put *p)
{
	if (!p->failed && !end_group(p) &&
	    !transaction_commit(&p->transaction))
		return 0;
	transaction_undo(&p->transaction);
	return -1;
}

void put_release(struct put *p)
{
	transaction_release(&p->transaction);
	arena_release(&p->arena);
	arena_release(&p->line_arena);
	buf_release(&p->group);
	buf_release(&p->normal);
	buf_release(&p->doc);
	original_release(&p->original);
}
