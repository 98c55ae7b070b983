/*
 * Records as JSON lines: the only room that knows JSON.
 *
 * What is read is copied into the arena. Writers append one record without
 * its newline: compact JSON, raw UTF-8, keys in the order of the table in
 * field.c, absent rather than null. A record type or key that a later
 * version adds is no error: the line is passed on as it came.
 */
#ifndef BUD_RECORD_CODEC_H
#define BUD_RECORD_CODEC_H

#include "base/arena.h"
#include "base/str.h"
#include "record/fact.h"

enum record_type {
	RECORD_OTHER, /* a JSON object of a type we do not know */
	RECORD_DOCUMENT,
	RECORD_FACT,
	RECORD_RESIDUE,
	RECORD_FINDING,
	RECORD_VERDICT,
	RECORD_CHANGE,
	RECORD_TROUBLE,
	RECORD_MARK,
};

struct record {
	enum record_type type;
	union {
		struct bud_document document;
		struct bud_fact fact;
		struct bud_residue residue;
		struct bud_finding finding;
		struct bud_verdict verdict;
		struct bud_change change;
		struct bud_trouble trouble;
		struct bud_mark mark;
	};
};

/*
 * 0, or -1: *error is the id of a message ("not-json", "bad-record") and
 * *detail, in the arena, says what is wrong.
 */
int record_read(struct arena *a, struct str line, struct record *out,
		const char **error, struct str *detail);

/*
 * The same without a copy: what is read are slices of the line, whose bytes are
 * changed. RECORD_BEHIND bytes behind it may be read. False, and the line is
 * lost, where it is not plainly one of our records: the others are for
 * record_read().
 */
enum { RECORD_BEHIND = 32 };
bool record_take(struct arena *a, char *line, size_t n, struct record *out);

/* Bytes of the buffer that is written to. */
struct record_run {
	size_t from, n;
};

/* What the records of a type begin with, up to their document. */
struct record_head {
	enum record_type type; /* 0: none */
	struct str doc;
	struct record_run run;
};

/*
 * What the writer of a document's records knows of their strings, so that it
 * need not look at each again: many are slices of the text of the document, and
 * codes, words and sections are those of records before. While it is used
 * neither strings nor facts that were written change, and all is written to one
 * buffer.
 */
struct record_known {
	struct str text;     /* valid UTF-8 */
	const size_t *stops; /* its bytes that need an escape, in order */
	size_t n_stops;
	size_t at;           /* own: the stop behind the last string */
	struct str plain[64]; /* own: strings that were looked at */
	struct record_head head; /* own: of the record before */
	const struct bud_fact *fact; /* own: the fact before */
	struct record_run when, what, where; /* own: parts of it, as written */
};

/* Looks at the text once; it and the arena must outlive k. */
void record_know(struct record_known *k, struct arena *a, struct str text);

/* known may be NULL: then nothing is. */
void record_write_document(struct buf *out, const struct bud_document *d);
void record_write_fact(struct buf *out, const struct bud_fact *f,
		       struct record_known *known);
void record_write_residue(struct buf *out, const struct bud_residue *r,
			  struct record_known *known);
void record_write_finding(struct buf *out, const struct bud_finding *f);

/* The same of a plain finding of one document, of which these texts are told in
 * parts, and empty in the record. Between those of the evidence, none of which is
 * empty, stands FINDING_BETWEEN. */
#define FINDING_BETWEEN " | "
enum {
	FINDING_MESSAGE,
	FINDING_MESSAGE_ZH,
	FINDING_EVIDENCE,
	FINDING_TEXTS,
};
struct record_text {
	const struct str *parts;
	size_t n;
	size_t length; /* of all of them */
};
void record_write_plain_finding(struct buf *out, const struct bud_finding *f,
				const struct record_text texts[FINDING_TEXTS]);

void record_write_verdict(struct buf *out, const struct bud_verdict *v);
void record_write_change(struct buf *out, const struct bud_change *c);
void record_write_trouble(struct buf *out, const struct bud_trouble *t);
void record_write_mark(struct buf *out, const struct bud_mark *m,
		       struct record_known *known);

/* Whether a string stands for itself: it is UTF-8 and needs no escape. */
bool record_is_plain(struct str s);

/* A JSON string with its quotes; invalid UTF-8 becomes U+FFFD. */
void record_write_string(struct buf *out, struct str s);

#endif
