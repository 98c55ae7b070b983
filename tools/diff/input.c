/*
 * A line that is not understood is told and passed on. Sorted files are
 * merged by the entity of their next fact; the order inside an entity is the
 * diff's own business.
 */
#include "diff/input.h"

#include <pthread.h>
#include <string.h>

#include "base/reason.h"
#include "diff/entity.h"
#include "record/ahead.h"
#include "record/codec.h"

enum { MAX_FILES = 2 };

void input_release(struct input *s)
{
	arena_release(&s->arena);
	buf_release(&s->line);
}

/* Tells that a file could not be used, on both streams; false. */
static bool fail_file(struct input *s, const char *id, const char *name,
		      const char *error)
{
	struct bud_trouble t = {.source = str_of(name),
				.stage = STR("diff"),
				.code = str_of(id)};
	struct buf text = {0};

	reason_add(s->messages, id, str_of(name), error);
	if (s->pass) {
		buf_put_str(&text, message_text(s->messages->share, LANG_EN, id));
		buf_puts(&text, ": ");
		reason_put(&text, s->messages->share, LANG_EN, id, error);
		t.message = buf_str(&text);
		buf_clear(&s->line);
		record_write_trouble(&s->line, &t);
		writer_line(s->pass, buf_str(&s->line));
	}
	buf_release(&text);
	return false;
}

static bool open_file(struct input *s, struct feed *f, const char *name)
{
	f->latest = s->latest;
	f->quiet = s->quiet;
	f->lang = s->messages->lang;
	return !feed_open(f, name) ||
	       fail_file(s, "open-failed", name, f->in.error);
}

static void tell_line(struct input *s, struct arena *a, const char *name,
		      size_t line, const char *error, struct str detail)
{
	message_add(s->messages, error, str_format(a, "%s:%zu", name, line),
		    "%.*s", STR_ARG(detail));
	s->damaged = true;
}

/* Reads a record into the arena; false, and told, for a bad line. */
static bool parse_line(struct input *s, struct arena *a, const char *name,
		       const struct reader *in, struct str line,
		       struct record *r)
{
	struct str detail = {NULL, 0};
	const char *error;

	if (!record_read(a, line, r, &error, &detail))
		return true;
	tell_line(s, a, name, in->line, error, detail);
	return false;
}

static bool end_file(struct input *s, struct feed *f, const char *name,
		     int got)
{
	const char *why;

	if (got < 0)
		fail_file(s, "read-failed", name, f->in.error);
	why = feed_close(f);
	return got >= 0 && (!why || fail_file(s, "read-failed", name, why));
}

/* Takes an open file in. */
static bool read_lines(struct input *s, unsigned side, const char *name,
		       struct feed *f, bool threaded)
{
	struct ahead *ahead =
		ahead_start(&f->in, (s->pass ? AHEAD_TEXT : 0) |
					    (threaded ? AHEAD_THREADED : 0));
	struct ahead_line *l;
	int got;

	while ((got = ahead_next(ahead, &l)) == 1) {
		const struct record *r = &l->record;

		if (l->error)
			tell_line(s, &s->arena, name, l->number, l->error,
				  l->detail);
		else if (!l->blank && r->type == RECORD_DOCUMENT)
			diff_take_document(s->diff, side, &r->document);
		else if (!l->blank && r->type == RECORD_FACT)
			diff_take_fact(s->diff, side, &r->fact);
		if (s->pass)
			writer_line(s->pass, l->text);
		arena_reset(&s->arena);
	}
	ahead_end(ahead);
	return end_file(s, f, name, got);
}

/* NEW, read by a thread into a diff of its own. */
struct newer {
	struct input input;
	struct diff diff;
	struct messages_kept kept;
	const char *name;
	struct feed feed;
	bool opened, good;
};

static void *read_newer(void *ctx)
{
	struct newer *n = ctx;

	n->good = n->opened &&
		  read_lines(&n->input, 1, n->name, &n->feed,
			     n->input.jobs >= 4);
	return NULL;
}

static void begin_newer(struct newer *n, const struct input *s,
			const char *name)
{
	*n = (struct newer){.input = *s, .name = name};
	n->input.diff = &n->diff;
	n->input.messages = &n->kept.messages;
	n->input.arena = (struct arena){0};
	n->input.line = (struct buf){0};
	messages_keep(&n->kept, s->messages);
	diff_init(&n->diff, s->diff->options, s->diff->cross);
	n->opened = open_file(&n->input, &n->feed, name);
}

static void end_newer(struct newer *n, struct input *s)
{
	diff_join(s->diff, &n->diff);
	messages_tell(&n->kept, s->messages);
	messages_drop(&n->kept);
	s->damaged = s->damaged || n->input.damaged;
	input_release(&n->input);
}

/* OLD and NEW at once; what comes of OLD goes before what comes of NEW. */
static bool read_both(struct input *s, const char *const *names)
{
	struct feed f;
	struct newer newer;
	pthread_t thread;
	bool started, good = open_file(s, &f, names[0]);

	begin_newer(&newer, s, names[1]);
	started = !pthread_create(&thread, NULL, read_newer, &newer);
	good = good && read_lines(s, 0, names[0], &f, s->jobs >= 4);
	if (started)
		pthread_join(thread, NULL);
	else
		read_newer(&newer);
	end_newer(&newer, s);
	return good && newer.good;
}

bool input_read(struct input *s, const char *const *names, size_t n)
{
	bool good = true;

	/* one stream is not read from two sides */
	if (n == MAX_FILES && s->jobs > 1 && strcmp(names[0], names[1]))
		return read_both(s, names);
	for (size_t i = 0; i < n; i++) {
		struct feed f;

		good = open_file(s, &f, names[i]) &&
		       read_lines(s, (unsigned)i, names[i], &f, s->jobs > 1) &&
		       good;
	}
	return good;
}

/* ---- keys -------------------------------------------------------------- */

/* Bytes of a key: SEPARATOR ends a field and sorts before all that a field
 * holds; a control character is ESCAPE and a letter, in its own order. */
enum { SEPARATOR = 1, ESCAPE = 2 };

static void put_field(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20)
			buf_putc(b, ESCAPE);
		buf_putc(b, (char)(c < 0x20 ? c + '@' : c));
	}
	buf_putc(b, SEPARATOR);
}

static void put_key(struct input *s, const struct record *r, size_t line,
		    struct buf *b)
{
	const struct coordinates *at = &r->fact.at;

	if (r->type != RECORD_FACT) {
		/* documents and the rest: first, in the order they came */
		buf_printf(b, "1%012zu", line);
		return;
	}
	buf_putc(b, '2');
	put_field(b, diff_entity(s->diff, 0, &r->fact));
	put_field(b, at->item);
	put_field(b, at->fund);
	put_field(b, at->function);
	put_field(b, at->economic);
	put_field(b, at->nature);
	buf_printf(b, "%04d%c%d", at->year, SEPARATOR, (int)at->phase);
}

bool input_put_keys(struct input *s, const char *name)
{
	struct feed f;
	struct str line;
	int got;

	if (!open_file(s, &f, name))
		return false;
	while ((got = reader_line(&f.in, &line)) == 1) {
		struct record r = {.type = RECORD_OTHER};

		buf_clear(&s->line);
		if (!str_trim(line).n)
			continue;
		if (!parse_line(s, &s->arena, name, &f.in, line, &r))
			r.type = RECORD_OTHER;
		if (r.type == RECORD_DOCUMENT)
			diff_take_document(s->diff, 0, &r.document);
		put_key(s, &r, f.in.line, &s->line);
		buf_putc(&s->line, '\t');
		buf_put_str(&s->line, line);
		writer_line(s->pass, buf_str(&s->line));
		arena_reset(&s->arena);
	}
	return end_file(s, &f, name, got);
}

/* ---- sorted files ------------------------------------------------------ */

/* A file and its next fact, which lives until the one behind it is asked for. */
struct source {
	const char *name;
	unsigned side;
	struct feed feed;
	struct ahead *ahead;
	struct ahead_line *line;
	struct str entity;
	bool ended, failed;
};

static void advance(struct input *s, struct source *f)
{
	int got;

	while ((got = ahead_next(f->ahead, &f->line)) == 1) {
		const struct ahead_line *l = f->line;

		if (l->error)
			tell_line(s, &s->arena, f->name, l->number, l->error,
				  l->detail);
		arena_reset(&s->arena);
		if (l->error || l->blank)
			continue;
		if (l->record.type == RECORD_DOCUMENT)
			diff_take_document(s->diff, f->side,
					   &l->record.document);
		if (l->record.type != RECORD_FACT)
			continue;
		f->entity = diff_entity(s->diff, f->side, &l->record.fact);
		return;
	}
	f->ended = true;
	ahead_end(f->ahead);
	f->failed = !end_file(s, &f->feed, f->name, got);
}

static bool open_source(struct input *s, struct source *f, const char *name,
			unsigned side)
{
	*f = (struct source){.name = name, .side = side, .ended = true};
	if (!open_file(s, &f->feed, name))
		return false;
	f->ended = false;
	f->ahead = ahead_start(&f->feed.in,
			       AHEAD_KEYED |
				       (s->jobs > 1 ? AHEAD_THREADED : 0));
	advance(s, f);
	return true;
}

static void close_source(struct source *f)
{
	if (f->ended)
		return;
	ahead_end(f->ahead);
	feed_close(&f->feed);
}

/* The source whose next entity comes first. Documents stand before all facts:
 * by now it is known whether the nameless ones are of one department. */
static struct source *find_first(struct input *s, struct source *files,
				 size_t n)
{
	struct source *first = NULL;
	bool apart;

	diff_nameless(s->diff, &apart);
	entity_learn(s->diff);
	for (size_t i = 0; i < n; i++) {
		if (files[i].ended)
			continue;
		if (!apart && table_is_nameless_name(files[i].entity))
			files[i].entity = (struct str){NULL, 0};
		if (!first || str_compare(files[i].entity, first->entity) < 0)
			first = &files[i];
	}
	return first;
}

/* Takes facts in while entities rise; false where one comes too late. */
static bool merge_files(struct input *s, struct source *files, size_t n,
			const struct diff_sink *sink)
{
	struct str entity = {NULL, 0};
	struct source *f;
	bool any = false;
	size_t apart = 0;

	while ((f = find_first(s, files, n))) {
		if (any && str_compare(f->entity, entity) < 0) {
			message_add(s->messages, "not-sorted",
				    str_format(&s->arena, "%s:%zu", f->name,
					       f->line->number),
				    "%.*s", STR_ARG(f->entity));
			return false;
		}
		if (any && !str_equal(f->entity, entity)) {
			diff_run(s->diff, sink, 1);
			diff_clear(s->diff);
		}
		if (!any || !str_equal(f->entity, entity))
			apart += entity_has_id(s->diff, f->entity);
		entity = f->entity;
		any = true;
		diff_take_fact(s->diff, f->side, &f->line->record.fact);
		advance(s, f);
	}
	if (any)
		diff_run(s->diff, sink, 1);
	if (apart)
		message_add(s->messages, "entity-apart", (struct str){NULL, 0},
			    "%zu", apart);
	return true;
}

bool input_merge(struct input *s, const char *const *names, size_t n,
		 const struct diff_sink *sink)
{
	struct source files[MAX_FILES];
	size_t opened = 0;
	bool good = true;

	for (; good && opened < n && opened < MAX_FILES; opened++)
		good = open_source(s, &files[opened], names[opened],
				   (unsigned)opened);
	good = good && merge_files(s, files, n, sink);
	for (size_t i = 0; i < opened; i++) {
		close_source(&files[i]);
		good = good && !files[i].failed;
	}
	return good;
}
