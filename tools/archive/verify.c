/*
 * One walk through the index, in its order: entries of one segment follow
 * each other there too, so gaps show without a list of all of them.
 */
#include "archive/verify.h"

#include "archive/files.h"
#include "archive/journal.h"
#include "archive/reread.h"
#include "base/map.h"
#include "base/reason.h"

struct checker {
	const struct archive *archive;
	struct verify *result;
	struct buf text;
	struct arena arena;
	struct map segments; /* of int64_t: where the next member begins */
	bool deep;
};

static void say(const struct checker *c, const char *id, struct str what,
		const char *why)
{
	reason_add(c->archive->messages, id, what, why);
}

/* What stands between the members of a segment, or behind the last one. */
static void note_gap(struct checker *c, struct str segment, int64_t from,
		     int64_t to)
{
	if (from >= to)
		return;
	message_add(c->archive->messages, "archive-unnamed", segment,
		    "%lld bytes at %lld", (long long)(to - from),
		    (long long)from);
	entry_add(&c->result->unnamed, to - from);
}

static void check_place(struct checker *c, const struct archive_entry *e)
{
	int64_t *next = map_get(&c->segments, e->segment), end = e->offset;

	if (!next) {
		next = ARENA_NEW(&c->arena, int64_t);
		*map_put(&c->segments, str_copy(&c->arena, e->segment)) = next;
	}
	note_gap(c, e->segment, *next, e->offset);
	entry_add(&end, e->length);
	if (end > *next)
		*next = end;
}

/* Whether the lookups give the line for a key. */
static bool is_found(const struct archive *a, uint64_t key, int64_t at)
{
	struct arena arena = {0};
	size_t n;
	int64_t *found;
	bool good = index_find(a, &arena, key, &found, &n) != 0;

	for (size_t i = 0; i < n && !good; i++)
		good = found[i] == at;
	arena_release(&arena);
	return good;
}

static void check_entry(struct checker *c, const struct archive_entry *e,
			int64_t at)
{
	const struct archive *a = c->archive;
	struct str name = e->doc.n ? e->doc : e->segment;
	const char *why = archive_load(a, e, &c->text);

	c->result->documents++;
	check_place(c, e);
	if (!is_found(a, lookup_document(e), at) ||
	    (e->entity.n && !is_found(a, lookup_entity(e->entity), at)))
		say(c, "archive-bad-lookup", name, "lookup/");
	if (why) {
		archive_say_damaged(a, e, why);
		c->result->damaged++;
	}
	if (why || !c->deep)
		return;
	switch (reread_document(a, e, buf_str(&c->text), &why)) {
	case REREAD_SAME:
		c->result->read++;
		break;
	case REREAD_DIFFERS:
		c->result->read++;
		c->result->differ++;
		say(c, "archive-differs", name, why);
		break;
	case REREAD_NOT:
		break;
	}
}

static void check_source(struct checker *c, const struct archive_entry *e)
{
	struct bud_member m = {.sha256 = e->sha256, .bytes = e->bytes};
	const char *why = archive_load_source(c->archive, &m, &c->text);

	c->result->sources++;
	if (!why)
		return;
	say(c, "archive-source-damaged", e->sha256, why);
	c->result->sources_damaged++;
}

static void check_commit(struct checker *c, const struct archive_entry *e,
			 int64_t at)
{
	c->result->commits++;
	if (journal_is_whole(c->archive, e, at) == 1)
		return;
	message_add(c->archive->messages, "archive-bad-commit",
		    STR(ARCHIVE_INDEX), "%lld to %lld", (long long)e->from,
		    (long long)at);
	c->result->commits_damaged++;
}

static void check_ends(struct checker *c)
{
	for (size_t i = 0; i < c->segments.n; i++) {
		struct str name = c->segments.entries[i].key;
		const int64_t *next = c->segments.entries[i].value;

		note_gap(c, name, *next,
			 files_size(c->archive->dir, name.p));
	}
	note_gap(c, STR(ARCHIVE_INDEX), c->archive->end,
		 files_size(c->archive->dir, ARCHIVE_INDEX));
}

int verify_run(const struct archive *a, bool deep, struct verify *out)
{
	struct checker c = {.archive = a, .result = out, .deep = deep};
	struct archive_entry e;
	struct index_walk w;
	int got;

	*out = (struct verify){0};
	index_begin(&w, a, 0);
	while ((got = index_next(&w, &e)) == 1) {
		if (e.type == ENTRY_DOCUMENT)
			check_entry(&c, &e, w.at);
		else if (e.type == ENTRY_SOURCE)
			check_source(&c, &e);
		else
			check_commit(&c, &e, w.at);
	}
	out->lines_damaged = (int64_t)w.bad;
	index_end(&w);
	check_ends(&c);
	map_release(&c.segments);
	arena_release(&c.arena);
	buf_release(&c.text);
	return got;
}

bool verify_is_damaged(const struct verify *v)
{
	return v->damaged || v->sources_damaged || v->commits_damaged ||
	       v->lines_damaged;
}
