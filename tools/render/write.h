/*
 * Formats. Page writers append a whole page to a buffer; row writers append
 * one record at a time.
 */
#ifndef BUD_RENDER_WRITE_H
#define BUD_RENDER_WRITE_H

#include "render/view.h"

/* For a terminal of o->width columns; colour where o->colour. */
void write_table(struct buf *out, const struct page *p,
		 const struct render_options *o);

/* GitHub-flavoured Markdown. */
void write_markdown(struct buf *out, const struct page *p,
		    const struct render_options *o);

/* A row that waits to be sorted. */
struct held_row {
	struct cell key;
	struct str bytes;
};

/* The columns of a row format, and with --sort its rows. */
struct rows {
	const struct render_options *options;
	struct arena *arena;
	const struct field **fields;
	enum record_type type;
	const struct field *sort; /* NULL: rows go out as they come */
	bool down;
	struct held_row *held;
	size_t n_fields, n_held, cap_held;
	size_t count; /* rows written */
};

/*
 * False where the type of record has no such column: *bad is its name. The
 * arena holds the columns and, with --sort, every row until rows_end().
 */
bool rows_init(struct rows *r, struct arena *a, enum record_type type,
	       const struct render_options *o, struct str *bad);
void rows_head(struct rows *r, struct buf *out);
void rows_put(struct rows *r, struct buf *out, const struct record *record,
	      const struct field_context *c);
void rows_end(struct rows *r, struct buf *out);
/* The grids of a page in a row format. */
void rows_grids(struct buf *out, const struct page *p,
		const struct render_options *o);

/* SOURCE:LINE: level: message [rule], of what failed. */
void write_lint(struct buf *out, const struct bud_finding *f,
		struct str source, const struct labels *l);

/* SARIF 2.1.0: results as they come, rules and files at the end. */
struct sarif {
	struct arena arena;
	struct map rules, files;
	size_t results;
};
void sarif_begin(struct sarif *s, struct buf *out);
void sarif_put(struct sarif *s, struct buf *out, const struct bud_finding *f,
	       struct str source, enum lang lang);
void sarif_end(struct sarif *s, struct buf *out);
void sarif_release(struct sarif *s);

/* The two files of a Fiscal Data Package: data.csv, datapackage.json. */
void write_package_data(struct buf *out, const struct view *v);
void write_package_description(struct buf *out, const struct view *v);

#endif
