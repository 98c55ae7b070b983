/*
 * Records → something to look at. The front door of the room: the options,
 * and a renderer that takes the records of a stream one by one.
 *
 * The row formats (CSV, TSV, JSON, lint, SARIF) write as they read, in
 * constant memory, unless --sort asks for the whole; the others hold the
 * stream in memory (see model.h) and write at the end.
 */
#ifndef BUD_RENDER_RENDER_H
#define BUD_RENDER_RENDER_H

#include "base/message.h"
#include "base/stream.h"
#include "render/field.h"
#include "render/grid.h"
#include "render/model.h"

enum render_format {
	FORMAT_TABLE,
	FORMAT_MARKDOWN,
	FORMAT_CSV,
	FORMAT_TSV,
	FORMAT_HTML,
	FORMAT_SVG,
	FORMAT_LINT,
	FORMAT_JSON,
	FORMAT_SARIF,
	FORMAT_PACKAGE,
};

enum render_view {
	VIEW_AUTO, /* changes where the stream has any, else facts, … */
	VIEW_FACTS,
	VIEW_CHANGES,
	VIEW_FINDINGS,
	VIEW_RANKING,
	VIEW_PROFILE,
};

struct render_options {
	enum render_format format;
	enum render_view view;
	enum money money;
	bool has_money; /* rows give fen unless a unit was asked for */
	bool by_entity; /* columns of a pivot: departments instead of years */
	bool safe_csv, colour;
	enum lang lang;
	struct str columns, sort; /* empty = the view's own */
	const struct condition *where;
	size_t n_where;
	size_t top;   /* 0 = all */
	size_t width; /* columns of the terminal */
	const char *output; /* "-" or a file; a directory for a package */
};

/* False for a word that names none. */
bool render_format_of(struct str word, enum render_format *out);
bool render_view_of(struct str word, enum render_view *out);
/* The views, one a line: the word, what it shows. */
void render_list_views(struct buf *out, enum lang lang);
/* By the ending of a file's name (.gz passed over); false where unknown. */
bool render_format_of_file(struct str name, enum render_format *out);

struct render;

/*
 * NULL where share/labels/ cannot be used: a message says why, and *usage is
 * true where a row of it is wrong. Messages, share and options must outlive
 * the renderer; its memory is its own.
 */
struct render *render_open(const struct render_options *o,
			   struct share *share, struct messages *m,
			   bool *usage);

/* Where the next record is to be read into. */
struct arena *render_arena(struct render *r);

/* Takes a record that was read into render_arena(). */
void render_take(struct render *r, const struct record *record);

/*
 * Writes the rest and gives all memory back. 0; -1 where it could not be
 * written, or where --columns or --sort name what the view lacks: a message
 * says so, and *usage tells the two apart.
 */
int render_close(struct render *r, bool *usage);

#endif
