/*
 * The stream of records that bud-check filters: every line passes on as it
 * came, findings and a verdict follow each document, findings between
 * documents the last one.
 *
 * The stream owns the arenas of the document being read; rules, labels and
 * writer are the caller's.
 */
#ifndef BUD_CHECK_STREAM_H
#define BUD_CHECK_STREAM_H

#include "base/stream.h"
#include "check/across.h"
#include "check/check.h"

struct check_stream {
	/* set by the caller */
	const struct rules *rules;
	struct check_labels *labels;
	struct writer *out;
	/* NULL, or instead of out: takes what stands in the buffer */
	void (*take)(void *ctx, struct buf *text);
	void *ctx;
	bool derive;     /* write the facts that follow */
	bool across;     /* hold documents against each other */
	struct str only; /* kinds of findings to write, "" = all */

	/* lines stay until their document ends, may be changed, and RECORD_BEHIND
	 * bytes behind them be read */
	bool lines_stay;

	int64_t errors; /* findings of level error so far */

	/* private */
	struct arena line_arena, arena, finding_arena;
	struct check check;
	bool open;       /* a document is being read */
	struct across documents;
	struct buf doc;  /* its id */
	struct buf text; /* that is not written yet */
};

/*
 * Passes a file on, "-" for standard input. 0, or -1 where the file or a line
 * of it was not understood: messages say which.
 */
int stream_file(struct check_stream *s, const char *name,
		struct messages *messages);

/* One line of a file; false where it was not understood. */
bool stream_line(struct check_stream *s, struct str line, const char *name,
		 size_t number, struct messages *messages);

/* Ends the document that is being read; a document record does so, too. */
void stream_end_document(struct check_stream *s);

/* Whether all words of a list are kinds of findings. */
bool stream_knows(struct str kinds);

/* Ends the last document, and the stream. */
void stream_end(struct check_stream *s);
void stream_release(struct check_stream *s);

#endif
