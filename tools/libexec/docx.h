/*
 * Inside the reader of DOCX: what its document is while it is read, and the
 * text of its runs (docx_text.c). Nodes belong to the trees, which stay until
 * the program ends.
 */
#ifndef BUD_LIBEXEC_DOCX_H
#define BUD_LIBEXEC_DOCX_H

#include "libexec/numbering.h"

/* Nodes that are read later. */
struct pending {
	const xmlNode **node;
	size_t n, cap;
};

struct docx {
	struct reader_program *r;
	struct numbering numbering;
	const xmlNode *styles; /* root of styles.xml, or NULL */
	unsigned page;         /* 0 until a break was seen */
	bool has_breaks;
	unsigned titles;
	bool body;
	long cells;
	struct buf rows; /* lines with TABs that follow each other */
	const xmlNode *footnotes, *endnotes; /* roots, or NULL */
	struct pending notes;  /* that the paragraph or table refers to */
	struct pending tables; /* within cells of the table */
	struct pending chunks; /* files to be read in their places */
	struct buf joined; /* paragraphs whose mark was deleted */
	size_t linked;     /* bytes of the paragraph that are links outside */
	bool is_web;       /* a page of the web, menus and all */
};

/* What the properties and the style of a paragraph say. */
struct look {
	bool heading, contents;
	struct str list, level;
};

/* Ends the program where elements nest too deeply. */
void docx_check_depth(const struct docx *d, long depth);

void docx_add_pending(struct docx *d, struct pending *p, const xmlNode *n);

/* <w:vanish/>, but not <w:vanish w:val="false"/> or NULL. */
bool docx_is_on(const xmlNode *n);

/* What is deleted, hidden, a placeholder or no text at all. */
bool docx_is_passed_over(const struct docx *d, const xmlNode *n);

/* The mark at the end of a paragraph, gone with what tracked changes delete:
 * the next one goes on. */
bool docx_has_lost_mark(const xmlNode *p);

/* Appends the text of runs; d->notes takes the notes that they refer to, and
 * d->linked the bytes in links. contents: a TAB is a line of dots. */
void docx_put_runs(struct docx *d, const xmlNode *n, bool contents,
		   struct buf *out, long depth);

struct look docx_look_of(const struct docx *d, const xmlNode *p);

#endif
