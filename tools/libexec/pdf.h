/*
 * Poppler, as far as the reader of PDF needs it: the characters of a page and
 * the lines that are drawn on it, in one pass over the page.
 *
 * Behind this header is C++. Poppler's interface for C tells nothing of what
 * is drawn; all one can do is have each page drawn, which loads every font
 * and picture. An output device of our own, as pdftotext has one, is called
 * with the very path of each line, and loads nothing.
 *
 * Positions are points from the top left corner of the page as it is shown.
 * Nothing is closed: a reader opens one document and ends with it.
 */
#ifndef BUD_LIBEXEC_PDF_H
#define BUD_LIBEXEC_PDF_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum pdf_status {
	PDF_OK,
	PDF_ENCRYPTED,
	PDF_DAMAGED,
	PDF_NO_MEMORY,
};

struct pdf;

/* What is called with what stands on a page. */
struct pdf_sink {
	void *to;
	/* In the order of reading, after the lines. */
	void (*add_char)(void *to, uint32_t cp, double x0, double y0,
			 double x1, double y1);
	/* A straight line, or the box of an area; in any order. */
	void (*add_line)(void *to, double x0, double y0, double x1, double y1);
};

/* The bytes are borrowed for as long as the document is read. */
enum pdf_status pdf_open(const char *bytes, size_t n, struct pdf **document);

int pdf_count_pages(struct pdf *document);

/* number: from 1. A page that is not there has nothing on it. */
enum pdf_status pdf_read_page(struct pdf *document, int number,
			      const struct pdf_sink *sink);

#ifdef __cplusplus
}
#endif

#endif
