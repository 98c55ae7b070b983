/*
 * Files → records: what bud-parse does with its operands.
 *
 * A publication is one file, one member of an archive, or, with join, all
 * files of a job. It is read, extracted and written by parse_job(); nothing
 * of it stays in memory afterwards. What is written goes to a sink, so that
 * the same code serves the program itself and its worker processes (pool.h).
 */
#ifndef BUD_PARSE_PARSE_H
#define BUD_PARSE_PARSE_H

#include <stdbool.h>

#include "base/message.h"
#include "extract/extract.h"
#include "lexicon/lexicon.h"
#include "parse/list.h"
#include "source/limits.h"

enum parse_output {
	PARSE_RECORDS,
	PARSE_TEXT,     /* what spans point into */
	PARSE_BLOCKS,   /* document and block records */
	PARSE_EXPLAIN,  /* for people who teach */
	PARSE_RESIDUES, /* one line a residue: why TAB wording */
};

/* Where output goes. note() is for what holds for every document: the sink
 * says it once. */
struct parse_sink {
	void *ctx;
	void (*put)(void *ctx, struct str bytes);
	void (*note)(void *ctx, const char *id);
};

struct parse {
	const struct lexicon *lexicon;
	struct share *share;
	struct messages *messages;
	struct extract_options options;
	struct source_limits limits;
	enum parse_output output;
	struct parse_sink sink;
	bool troubled; /* raised where a trouble record was written */
	struct buf out; /* own: what a document becomes; its room is kept */
	struct arena arena; /* own: a chunk for the next document */
};

/* The files of a job: one publication where join is set, else each its own. */
void parse_job(struct parse *p, const struct input_job *job);

/* After the last job. */
void parse_release(struct parse *p);

/* A trouble record for a source, and its message. */
void parse_trouble(struct parse *p, struct str source, struct str doc,
		   const char *stage, const char *id, struct str detail);

#endif
