/*
 * A job becomes publications, a publication its records. Bytes are held one
 * file at a time; of a joined publication the text and the blocks stay.
 */
#include <nettle/sha2.h>
#include <string.h>

#include "base/stream.h"
#include "base/reason.h"
#include "extract/explain.h"
#include "extract/guess.h"
#include "parse/blocks.h"
#include "parse/parse.h"
#include "parse/records.h"
#include "parse/wording.h"
#include "record/codec.h"
#include "source/read.h"

/* Files of one publication, read one after the other. */
struct publication {
	struct parse *parse;
	struct arena arena;
	struct source_document source;
	struct bud_member *members;
	size_t *ends; /* where each one's text ends */
	size_t n, cap, cap_ends;
	jmp_buf beyond; /* the limit of memory */
};

static struct str digest(struct arena *a, const struct str *parts, size_t n)
{
	static const char HEX[] = "0123456789abcdef";
	uint8_t bytes[SHA256_DIGEST_SIZE];
	char *hex = arena_alloc(a, 2 * sizeof bytes + 1);
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	for (size_t i = 0; i < n; i++)
		sha256_update(&ctx, parts[i].n,
			      (const uint8_t *)(parts[i].p ? parts[i].p : ""));
	sha256_digest(&ctx, sizeof bytes, bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		hex[2 * i] = HEX[bytes[i] >> 4];
		hex[2 * i + 1] = HEX[bytes[i] & 15];
	}
	return (struct str){hex, 2 * sizeof bytes};
}

/* A detail that is a reason is told in words. */
static struct str detail_of(struct buf *out, struct parse *p, enum lang lang,
			    const char *id, struct str detail)
{
	struct arena a = {0};

	if (!reason_is(detail))
		return detail;
	buf_clear(out);
	reason_put(out, p->share, lang, id, str_cstring(&a, detail));
	arena_release(&a);
	return buf_str(out);
}

void parse_trouble(struct parse *p, struct str source, struct str doc,
		   const char *stage, const char *id, struct str detail)
{
	struct bud_trouble t = {
		.source = source,
		.doc = doc,
		.stage = str_of(stage),
		.code = str_of(id),
	};
	struct buf line = {0}, message = {0}, reason = {0};
	struct str said = detail_of(&reason, p, p->messages->lang, id, detail);

	message_add(p->messages, id, source, said.n ? "%.*s" : NULL,
		    STR_ARG(said));
	buf_put_str(&message, message_text(p->share, LANG_EN, id));
	said = detail_of(&reason, p, LANG_EN, id, detail);
	if (said.n)
		buf_printf(&message, ": %.*s", STR_ARG(said));
	t.message = buf_str(&message);
	record_write_trouble(&line, &t);
	buf_putc(&line, '\n');
	if (p->output == PARSE_RECORDS || p->output == PARSE_BLOCKS)
		p->sink.put(p->sink.ctx, buf_str(&line));
	buf_release(&line);
	buf_release(&message);
	buf_release(&reason);
	p->troubled = true;
}

/* Which file a place of the joined text is of, from 1; 0 where there is but
 * one. */
static int64_t member_at(const struct publication *u, size_t place)
{
	size_t i = 0;

	while (i + 1 < u->n && place >= u->ends[i])
		i++;
	return u->n > 1 ? (int64_t)i + 1 : 0;
}

static void name_members(const struct publication *u, struct extract_result *r)
{
	for (size_t i = 0; u->n > 1 && i < r->n_facts; i++)
		r->facts[i].member =
			member_at(u, (size_t)r->facts[i].span_start);
	for (size_t i = 0; u->n > 1 && i < r->n_residues; i++)
		r->residues[i].member =
			member_at(u, (size_t)r->residues[i].span_start);
	for (size_t i = 0; u->n > 1 && i < r->n_marks; i++)
		r->marks[i].member =
			member_at(u, (size_t)r->marks[i].span_start);
}

/* The hash of one file, or that of the hashes of several in their order. */
static struct str doc_of(struct publication *u)
{
	struct str *hashes = ARENA_ARRAY(&u->arena, struct str, u->n);
	struct str hash = u->members[0].sha256;

	for (size_t i = 0; i < u->n; i++)
		hashes[i] = u->members[i].sha256;
	if (u->n > 1)
		hash = digest(&u->arena, hashes, u->n);
	return str_slice(hash, 0, 16);
}

static void write_blocks(struct buf *out, struct publication *u, struct str doc)
{
	for (size_t i = 0; i < u->source.n_blocks; i++) {
		const struct source_block *b = &u->source.blocks[i];

		blocks_write(out, &u->arena, &u->source, b, doc,
			     (int64_t)i + 1, member_at(u, b->start));
	}
}

static void write_publication(struct publication *u, struct buf *out)
{
	struct parse *p = u->parse;
	struct extract_result r;
	struct record_known known;

	if (p->output == PARSE_TEXT) {
		buf_put_str(out, buf_str(&u->source.text));
		return;
	}
	extract_document(&r, &u->arena, p->lexicon, &u->source, &p->options);
	r.document.doc = doc_of(u);
	r.document.members = u->members;
	r.document.n_members = u->n;
	r.document.media = str_of(u->source.media);
	r.document.charset = str_of(u->source.charset);
	name_members(u, &r);
	if (!r.document.year && p->output != PARSE_RESIDUES)
		parse_trouble(p, u->members[0].source, r.document.doc,
			      "extract", "no-year", (struct str){NULL, 0});
	if (!r.document.amounts && u->source.files.n)
		parse_trouble(p, u->members[0].source, r.document.doc,
			      "extract", "only-links", u->source.files);
	if (p->output == PARSE_EXPLAIN) {
		extract_explain(out, &u->arena, p->lexicon, &u->source, &r);
		guess_rows(out, p->share, &r);
		return;
	}
	if (p->output == PARSE_RESIDUES) {
		wording_write(out, &r);
		return;
	}
	record_know(&known, &u->arena, buf_str(&u->source.text));
	record_write_document(out, &r.document);
	buf_putc(out, '\n');
	if (p->output == PARSE_BLOCKS)
		write_blocks(out, u, r.document.doc);
	else
		records_write(out, &r, &known);
}

static void begin(struct publication *u, struct parse *p)
{
	*u = (struct publication){.parse = p, .arena = p->arena};
	arena_init(&p->arena);
	source_init(&u->source, &u->arena);
	u->source.limits = p->limits;
	u->arena.limit = (size_t)p->limits.memory << 20;
	u->arena.beyond = &u->beyond;
}

enum { MOST_KEPT = 1 << 20 }; /* of a large document nothing is */

static void release(struct publication *u)
{
	source_release(&u->source);
	if (u->arena.used > MOST_KEPT)
		arena_release(&u->arena);
	arena_reset(&u->arena);
	u->parse->arena = u->arena;
}

/* Beyond the limit of memory; nothing of it was written yet. */
static void give_up(struct publication *u)
{
	u->arena.limit = 0;
	parse_trouble(u->parse, u->members[0].source, doc_of(u), "read",
		      "limit-memory", (struct str){NULL, 0});
	release(u);
}

static void finish(struct publication *u)
{
	struct parse *p = u->parse;

	buf_clear(&p->out);
	if (u->source.n_blocks)
		write_publication(u, &p->out);
	if (p->out.n)
		p->sink.put(p->sink.ctx, buf_str(&p->out));
	if (u->source.note)
		p->sink.note(p->sink.ctx, u->source.note);
	if (p->out.cap > MOST_KEPT)
		buf_release(&p->out);
	release(u);
}

/* What files of a publication differ in is said of none. */
static const char *common(const char *a, const char *b, bool first)
{
	return first || (a && b && !strcmp(a, b)) ? b : NULL;
}

static void add(struct publication *u, struct str name, struct str bytes)
{
	const char *media = u->source.media, *charset = u->source.charset;
	bool first = !u->source.n_blocks;
	struct source_error error;
	size_t at = u->n;

	u->members = arena_grow(&u->arena, u->members, &u->cap, at + 1,
				sizeof *u->members);
	u->ends = arena_grow(&u->arena, u->ends, &u->cap_ends, at + 1,
			     sizeof *u->ends);
	u->members[at] = (struct bud_member){
		.source = str_copy(&u->arena, name),
		.sha256 = digest(&u->arena, &bytes, 1),
		.bytes = (int64_t)bytes.n};
	u->n++;
	if (source_read(&u->source, bytes, &error)) {
		parse_trouble(u->parse, name,
			      str_slice(u->members[at].sha256, 0, 16), "read",
			      error.id, error.detail);
		u->source.media = media;
		u->source.charset = charset;
	} else {
		u->source.media = common(media, u->source.media, first);
		u->source.charset = common(charset, u->source.charset, first);
	}
	u->ends[at] = u->source.text.n;
}

static void read_alone(struct publication *u, struct parse *p, struct str name,
		       struct str bytes)
{
	begin(u, p);
	if (setjmp(u->beyond)) {
		give_up(u);
		return;
	}
	add(u, name, bytes);
	finish(u);
}

/* A file, or the members of an archive (ARCHIVE!MEMBER): of the publication
 * or, where that is NULL, each a publication of its own. */
static void add_bytes(struct parse *p, struct publication *joined,
		      struct str name, struct str bytes)
{
	struct source_member *members, self = {.bytes = bytes};
	struct source_error error;
	struct arena arena = {0};
	size_t n;

	if (source_unpack(&arena, &p->limits, bytes, &members, &n, &error)) {
		parse_trouble(p, name,
			      str_slice(digest(&arena, &bytes, 1), 0, 16),
			      "read", error.id, error.detail);
		n = 0;
	} else if (!n) {
		members = &self;
		n = 1;
	}
	for (size_t i = 0; i < n; i++) {
		const struct source_member *m = &members[i];
		struct str full =
			m->name.n ? str_format(&arena, "%.*s!%.*s",
					       STR_ARG(name), STR_ARG(m->name))
				  : name;
		struct publication own;

		if (joined)
			add(joined, full, m->bytes);
		else
			read_alone(&own, p, full, m->bytes);
	}
	arena_release(&arena);
}

static void add_file(struct parse *p, struct publication *joined,
		     const char *name)
{
	const struct str none = {NULL, 0};
	struct buf bytes = {0};
	const char *error;

	if (!reader_slurp(name, (size_t)p->limits.bytes, &bytes, &error))
		add_bytes(p, joined, str_of(name), buf_str(&bytes));
	else if (reason_is(str_of(error)))
		parse_trouble(p, str_of(name), none, "open", "open-failed",
			      str_of(error));
	else /* a message by itself */
		parse_trouble(p, str_of(name), none, "open", error, none);
	buf_release(&bytes);
}

static void read_joined(struct publication *u, struct parse *p,
			const struct input_job *job)
{
	const char *name;
	size_t at = 0;

	begin(u, p);
	if (setjmp(u->beyond)) {
		give_up(u);
		return;
	}
	while ((name = input_job_name(job, &at)))
		add_file(p, u, name);
	finish(u);
}

void parse_job(struct parse *p, const struct input_job *job)
{
	struct publication joined;
	const char *name;
	size_t at = 0;

	if (job->join)
		read_joined(&joined, p, job);
	else
		while ((name = input_job_name(job, &at)))
			add_file(p, NULL, name);
}

void parse_release(struct parse *p)
{
	buf_release(&p->out);
	arena_release(&p->arena);
}
