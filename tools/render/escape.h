/*
 * Words of documents are data: each format has its own way of saying so.
 * All of these drop control characters (C0 but TAB and newline where said,
 * DEL, C1) and the marks that turn the direction of writing, and make invalid
 * UTF-8 U+FFFD.
 */
#ifndef BUD_RENDER_ESCAPE_H
#define BUD_RENDER_ESCAPE_H

#include <stdbool.h>

#include "base/str.h"

/* One line for a terminal: TAB and line breaks become a space. */
void escape_plain(struct buf *out, struct str s);

/* Text and attribute values of HTML and XML. */
void escape_html(struct buf *out, struct str s);

/* The same for a number: its hyphen becomes a minus sign. */
void escape_number(struct buf *out, struct str s);

/* A table cell or a line of GitHub-flavoured Markdown. */
void escape_markdown(struct buf *out, struct str s);

/*
 * A CSV field after RFC 4180, quoted where it must be; line breaks stay.
 * safe puts an apostrophe before what a spreadsheet would run as a formula.
 */
void escape_csv(struct buf *out, struct str s, bool safe);

/* A TSV field: TAB, newline, CR and backslash as \t \n \r \\. */
void escape_tsv(struct buf *out, struct str s, bool safe);

/* A path as a relative URI reference (RFC 3986), for SARIF. */
void escape_uri(struct buf *out, struct str path);

#endif
