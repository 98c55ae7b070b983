/*
 * The records of the stream as C structures, without their JSON form: what
 * the rooms work on. Everything a record points to lives in the arena that
 * it was made in, and dies with it; a str borrows; nobody frees a field.
 * The meaning of the coordinates is told in bud-record(5).
 */
#ifndef BUD_RECORD_FACT_H
#define BUD_RECORD_FACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum phase {
	PHASE_NONE, /* absent */
	PHASE_PROPOSED,
	PHASE_APPROVED,
	PHASE_ADJUSTED,
	PHASE_EXECUTED,
};

enum kind {
	KIND_LEVEL,
	KIND_CHANGE,     /* signed, against vs_year and vs_phase */
	KIND_GROWTH,     /* the same, ppm */
	KIND_SHARE,      /* ppm of the whole */
	KIND_COMPLETION, /* ppm of vs_phase */
};

enum unit { UNIT_FEN, UNIT_PPM, UNIT_COUNT };

enum origin { ORIGIN_TEXT, ORIGIN_TABLE, ORIGIN_STATEMENT, ORIGIN_DERIVED };

/*
 * The words that stand for these in records, "" for PHASE_NONE. The _of
 * functions return false for an unknown word and leave *out alone. Wherever a
 * word ends, as many bytes may be read as the longest one has.
 */
enum { FACT_LONGEST_WORD = 16 };
struct str phase_name(enum phase p);
struct str kind_name(enum kind k);
struct str unit_name(enum unit u);
struct str origin_name(enum origin o);
bool phase_of(struct str word, enum phase *out);
bool kind_of(struct str word, enum kind *out);
bool unit_of(struct str word, enum unit *out);
bool origin_of(struct str word, enum origin *out);

/* The items (items.csv), funds, codes and natures are text: absent = n 0. */
struct coordinates {
	int year; /* 0 = absent */
	enum phase phase;
	struct str item, fund, function, economic, nature;
	enum kind kind;
};

/* One file of a publication; most documents have one. */
struct bud_member {
	struct str source; /* name of the file, "-" for standard input */
	struct str sha256; /* of the raw bytes, 64 hex digits */
	int64_t bytes;
};

struct bud_document {
	struct str doc; /* first 16 hex digits of the SHA-256 */
	const struct bud_member *members; /* more than one with --join */
	size_t n_members;
	struct str media, charset, title, entity, region;
	struct str entity_id, entity_kind;
	int year;
	enum phase phase;
	int64_t amounts, facts, residues;
};

struct bud_fact {
	struct str doc;
	int64_t n; /* from 1 within the document, reading order */
	struct str entity; /* only where it differs from the document's */
	struct coordinates at;
	int64_t value; /* in unit */
	enum unit unit;
	int64_t quantum; /* worth of one unit in the last stated digit */
	bool approx;
	int vs_year; /* 0 = absent */
	enum phase vs_phase;
	struct str whole, scope;
	enum origin origin;
	const int64_t *from; /* n of the facts a derived one rests on */
	size_t n_from;
	struct str reason, doubt, section;
	int64_t member; /* of a joined document, from 1; 0 = absent */
	int64_t page, line; /* 0 = absent */
	struct str cell;
	int64_t span_start, span_end; /* bytes in --text; start -1 = absent */
	struct str text;
	bool plain; /* its strings need no escape; known when it was read */
};

struct bud_residue {
	struct str doc;
	int64_t n;
	int64_t value;
	enum unit unit;
	int64_t quantum;
	struct str section;
	int64_t member, page, line;
	struct str cell;
	int64_t span_start, span_end;
	struct str text;
	struct str why;
};

/* Words of the document without an amount that a reviewer looks at. */
struct bud_mark {
	struct str doc;
	struct str kind; /* heading, contents, leftover */
	struct str word; /* of a leftover: what the template left */
	bool missing;    /* of contents: nothing below has these words */
	int64_t member, page, line; /* 0 = absent */
	int64_t span_start, span_end;
	struct str text;
};

struct bud_trouble {
	struct str source, doc, stage, code, message;
};

enum finding_kind {
	FINDING_PASS,
	FINDING_FAIL,
	FINDING_OPEN,
	FINDING_NOT_APPLICABLE,
};

enum level { LEVEL_NONE, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

struct bud_finding {
	struct str doc, id, rule;
	enum finding_kind kind;
	enum level level;
	bool rounding, truncation;
	struct str message, message_zh;
	bool has_values; /* expected, actual, difference, tolerance are set */
	int64_t expected, actual, difference, tolerance;
	const int64_t *facts; /* n within the document */
	size_t n_facts;
	/* of a finding over several documents, in place of doc and facts: */
	const struct str *docs, *places; /* "doc:n" */
	size_t n_docs, n_places;
	struct str evidence; /* quoted words of the source */
	struct str also, also_zh; /* what else the same number explains */
	int64_t page, line;
	bool plain; /* known: its strings are UTF-8 and need no escape */
};

struct bud_verdict {
	struct str doc;
	int64_t checks, passed, rounding, failed, notes, open, not_applicable;
};

struct bud_change {
	struct str entity, region, item, fund, function, economic, nature;
	enum unit unit;
	int from_year, to_year;
	enum phase from_phase, to_phase;
	bool has_from, has_to, has_delta, has_growth, has_contribution;
	int64_t from_value, to_value, delta, growth, contribution;
	struct str status; /* same changed added removed restated */
	bool rounding;
	struct str breaks; /* the record's "break" */
	struct str chosen;
	bool has_stated;
	int64_t stated_delta;
	bool agrees;
	struct str reason;
	const struct str *docs;
	size_t n_docs;
	/* bud-diff --deflate: from_value in prices of to_year */
	bool has_real, has_real_growth;
	int64_t real_from_value, real_delta, real_growth;
	/* bud-diff --per: both values for each one of a count */
	bool has_per_from, has_per_to, has_per_growth;
	int64_t per_from_value, per_to_value, per_growth;
};

struct str finding_kind_name(enum finding_kind k);
struct str level_name(enum level l);
bool finding_kind_of(struct str word, enum finding_kind *out);
bool level_of(struct str word, enum level *out);

#endif
