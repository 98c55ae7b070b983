/*
 * PDF → blocks.
 *
 * Pages without any character but with pictures are scans: there is no text
 * to read, and the document is refused.
 */
#include "base/memory.h"
#include "libexec/pdf.h"
#include "libexec/reader.h"
#include "source/flow.h"
#include "source/page.h"

/* The page that is being read, and where it is kept. */
struct reading {
	struct arena *arena;
	struct page page;
};

static int tenths(double points)
{
	return page_place(points * 10);
}

static void add_char(void *to, uint32_t cp, double x0, double y0, double x1,
		     double y1)
{
	struct reading *r = to;

	page_add_char(r->arena, &r->page,
		      (struct page_char){.cp = cp,
					 .x0 = tenths(x0),
					 .y0 = tenths(y0),
					 .x1 = tenths(x1),
					 .y1 = tenths(y1)});
}

static void add_line(void *to, double x0, double y0, double x1, double y1)
{
	struct reading *r = to;

	page_add_rule(r->arena, &r->page, tenths(x0), tenths(y0), tenths(x1),
		      tenths(y1));
}

static void judge(struct reader_program *r, enum pdf_status status)
{
	if (status == PDF_NO_MEMORY)
		memory_exhausted(0);
	if (status == PDF_ENCRYPTED)
		reader_fail(r, "encrypted", STR(""));
	if (status == PDF_DAMAGED)
		reader_fail(r, "damaged", STR("PDF document is damaged"));
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {"/usr/share/poppler", NULL};
	static struct reader_program r;
	struct page_flow flow = {0};
	struct pdf *document;
	size_t n_chars = 0;
	int n;

	reader_start(&r, argc, argv, DIRS);
	judge(&r, pdf_open(r.input.p, r.input.n, &document));
	n = pdf_count_pages(document);
	if (n > r.limits.pages)
		reader_fail(&r, "limit-pages",
			    str_format(&r.arena, "%d > %ld", n, r.limits.pages));
	for (int i = 1; i <= n; i++) {
		struct reading reading = {&r.arena, {.number = (unsigned)i}};
		struct page *p = &reading.page;

		judge(&r, pdf_read_page(document, i,
					&(struct pdf_sink){&reading, add_char,
							   add_line}));
		if (!page_may_hold_table(p))
			p->n_rules = 0;
		n_chars += p->n_chars;
		page_append(&r.arena, &flow, p);
	}
	if (!n_chars)
		reader_fail(&r, "no-text-layer", STR(""));
	r.document.media = "application/pdf";
	flow_write(&r.document, flow.lines, flow.n, page_flow_em(&flow));
	reader_finish(&r);
}
