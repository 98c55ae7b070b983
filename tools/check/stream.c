/*
 * A document ends where the next one begins, where a trouble record of
 * another file stands, or at the end of the stream. Lines are written as they
 * come, so nothing but the facts of one document is held.
 */
#include "check/stream.h"

#include "base/reason.h"
#include "record/codec.h"

enum { ENOUGH = 1 << 18 }; /* bytes that are written at once */

static void flush(struct check_stream *f)
{
	if (f->take) {
		f->take(f->ctx, &f->text);
		return;
	}
	writer_put(f->out, buf_str(&f->text));
	buf_clear(&f->text);
}

static void end_line(struct check_stream *f)
{
	buf_putc(&f->text, '\n');
	if (f->text.n >= ENOUGH)
		flush(f);
}

static bool is_wanted(const struct check_stream *f, enum finding_kind kind)
{
	return !f->only.n || str_list_has(f->only, finding_kind_name(kind));
}

static void put_findings(struct check_stream *f)
{
	struct check *c = &f->check;

	for (size_t i = 0; i < c->n_findings; i++) {
		if (!is_wanted(f, c->findings[i].kind))
			continue;
		check_write_finding(c, i, &f->finding_arena, &f->text);
		end_line(f);
		arena_reset(&f->finding_arena);
	}
	f->errors += c->verdict.failed;
}

void stream_end_document(struct check_stream *f)
{
	struct check *c = &f->check;

	if (!f->open)
		return;
	check_run(c);
	if (f->derive || f->across)
		check_derive(c);
	if (f->across)
		across_take(&f->documents, c);
	for (size_t i = 0; f->derive && i < c->n_derived; i++) {
		record_write_fact(&f->text, &c->derived[i], NULL);
		end_line(f);
	}
	put_findings(f);
	record_write_verdict(&f->text, &c->verdict);
	end_line(f);
	check_release(c);
	arena_reset(&f->arena);
	f->open = false;
}

void stream_end(struct check_stream *f)
{
	stream_end_document(f);
	for (size_t i = 0; i < across_count(&f->documents); i++) {
		check_begin(&f->check, &f->arena, f->rules, f->labels);
		across_run(&f->documents, i, &f->check);
		put_findings(f);
		check_release(&f->check);
		arena_reset(&f->arena);
	}
	flush(f);
}

static void begin_document(struct check_stream *f, struct str doc)
{
	struct buf id = {0};

	buf_put_str(&id, doc); /* doc may lie in the arena that is reset */
	stream_end_document(f);
	buf_release(&f->doc);
	f->doc = id;
	check_begin(&f->check, &f->arena, f->rules, f->labels);
	f->check.verdict.doc = buf_str(&f->doc);
	f->open = true;
}

/* What belongs to the document that is open. */
static void take_part(struct check_stream *f, const struct record *r)
{
	if (r->type == RECORD_FACT)
		check_take_fact(&f->check, &r->fact);
	else if (r->type == RECORD_MARK)
		check_take_mark(&f->check, &r->mark);
	else if (r->type == RECORD_RESIDUE)
		check_take_residue(&f->check, &r->residue);
}

static bool is_part(enum record_type type)
{
	return type == RECORD_FACT || type == RECORD_RESIDUE ||
	       type == RECORD_MARK;
}

/* The document of a record. */
static struct str doc_of(const struct check_stream *f, const struct record *r)
{
	return r->type == RECORD_DOCUMENT  ? r->document.doc
	       : r->type == RECORD_FACT    ? r->fact.doc
	       : r->type == RECORD_RESIDUE ? r->residue.doc
	       : r->type == RECORD_MARK    ? r->mark.doc
	       : r->type == RECORD_TROUBLE ? r->trouble.doc
					   : buf_str(&f->doc);
}

/* Takes a record in; -1 where the line is not understood. */
static int take_record(struct check_stream *f, struct str line,
		       const char **error, struct str *detail)
{
	struct arena *a = f->open ? &f->arena : &f->line_arena;
	struct record r;
	struct str doc;

	if (record_read(a, line, &r, error, detail))
		return -1;
	doc = doc_of(f, &r);
	if (r.type == RECORD_TROUBLE && !str_equal(doc, buf_str(&f->doc)))
		stream_end_document(f);
	if (r.type != RECORD_DOCUMENT && !is_part(r.type))
		return 0;
	if (!f->open || r.type == RECORD_DOCUMENT ||
	    !str_equal(doc, buf_str(&f->doc))) {
		begin_document(f, doc);
		/* what was read must live with the new document */
		record_read(&f->arena, line, &r, error, detail);
	}
	if (r.type == RECORD_DOCUMENT)
		f->check.document = r.document;
	take_part(f, &r);
	return 0;
}

/* Takes in a line of the document that is open, and passes it on; false where
 * it is none, and the line is as it was. */
static bool take_line(struct check_stream *f, struct str *line)
{
	size_t start = f->text.n;
	struct record r;

	/* what begins a document is passed on behind what ends the last one */
	if (!f->lines_stay || !f->open ||
	    str_starts(*line, STR("{\"type\":\"document\"")))
		return false;
	buf_put_str(&f->text, *line);
	if (record_take(&f->arena, (char *)(uintptr_t)line->p, line->n, &r) &&
	    is_part(r.type) && str_equal(doc_of(f, &r), buf_str(&f->doc))) {
		take_part(f, &r);
		return true;
	}
	*line = str_copy(&f->line_arena,
			 str_slice(buf_str(&f->text), start, f->text.n));
	f->text.n = start;
	return false;
}

bool stream_line(struct check_stream *f, struct str line, const char *name,
		 size_t number, struct messages *messages)
{
	struct str detail = {NULL, 0};
	const char *error;
	bool good = true;

	if (take_line(f, &line)) {
		end_line(f);
		return true;
	}
	if (str_trim(line).n && take_record(f, line, &error, &detail)) {
		message_add(messages, error,
			    str_format(&f->line_arena, "%s:%zu", name, number),
			    "%.*s", STR_ARG(detail));
		good = false;
	}
	buf_put_str(&f->text, line);
	end_line(f);
	arena_reset(&f->line_arena);
	return good;
}

int stream_file(struct check_stream *f, const char *name,
		struct messages *messages)
{
	struct reader in;
	struct str line;
	int got, failed = 0;

	if (reader_open(&in, name)) {
		reason_add(messages, "open-failed", str_of(name), in.error);
		return -1;
	}
	while ((got = reader_line(&in, &line)) == 1)
		if (!stream_line(f, line, name, in.line, messages))
			failed = -1;
	if (got < 0) {
		reason_add(messages, "read-failed", str_of(name), in.error);
		failed = -1;
	}
	reader_close(&in);
	return failed;
}

bool stream_knows(struct str kinds)
{
	enum finding_kind kind;
	struct str one;

	while (str_split(&kinds, ',', &one))
		if (!finding_kind_of(one, &kind))
			return false;
	return true;
}

void stream_release(struct check_stream *f)
{
	if (f->open)
		check_release(&f->check);
	buf_release(&f->text);
	buf_release(&f->doc);
	across_release(&f->documents);
	arena_release(&f->line_arena);
	arena_release(&f->finding_arena);
	arena_release(&f->arena);
}
