/*
 * PDF → blocks.
 *
 * Poppler's GLib interface gives the characters with their boxes, but not the
 * lines that are drawn. It draws them with cairo, though: this program has
 * cairo_stroke() and cairo_fill() of its own, which poppler then calls, note
 * thin rectangles and straight lines, and paint nothing. So a page costs
 * milliseconds, and nothing is guessed from pixels.
 *
 * Pages without any character but with pictures are scans: there is no text
 * to read, and the document is refused.
 */
#include <cairo.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "libexec/reader.h"
#include "source/flow.h"
#include "source/page.h"

enum {
	NEAR = 10,
	WHITE = 250,
	MOST_HIDDEN = 5000,
};

/* The page being drawn; cairo's functions have no place for it. */
static struct drawing {
	struct arena *arena;
	struct page *page;
	int (*hidden)[2]; /* characters that are clipped away */
	size_t n_hidden, cap_hidden, n_shown;
} drawing;

static int tenths(double points)
{
	if (!(points > -1e6 && points < 1e6))
		return 0;
	return (int)(points * 10 + (points < 0 ? -0.5 : 0.5));
}

/* White on white is no line that a reader would see. */
static bool is_visible(cairo_t *cr)
{
	double r, g, b, a;

	if (cairo_pattern_get_rgba(cairo_get_source(cr), &r, &g, &b, &a))
		return true;
	return a > 0.02 && r + g + b < 3.0 * WHITE / 255;
}

/* Clipping often cuts a wide area down to the line that is meant. */
static bool clip(cairo_t *cr, double *x0, double *y0, double *x1, double *y1)
{
	double cx0, cy0, cx1, cy1;

	cairo_clip_extents(cr, &cx0, &cy0, &cx1, &cy1);
	*x0 = *x0 < cx0 ? cx0 : *x0;
	*y0 = *y0 < cy0 ? cy0 : *y0;
	*x1 = *x1 > cx1 ? cx1 : *x1;
	*y1 = *y1 > cy1 ? cy1 : *y1;
	return *x0 <= *x1 && *y0 <= *y1;
}

static void note_segment(cairo_t *cr, double ax, double ay, double bx,
			 double by)
{
	double x0, y0, x1, y1;

	x0 = ax < bx ? ax : bx;
	x1 = ax < bx ? bx : ax;
	y0 = ay < by ? ay : by;
	y1 = ay < by ? by : ay;
	if (!clip(cr, &x0, &y0, &x1, &y1))
		return;
	cairo_user_to_device(cr, &x0, &y0);
	cairo_user_to_device(cr, &x1, &y1);
	page_add_rule(drawing.arena, drawing.page, tenths(x0), tenths(y0),
		      tenths(x1), tenths(y1));
}

static void note_stroke(cairo_t *cr)
{
	cairo_path_t *path = cairo_copy_path(cr);
	double sx = 0, sy = 0, x = 0, y = 0;

	for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
		const cairo_path_data_t *d = &path->data[i];

		switch (d->header.type) {
		case CAIRO_PATH_MOVE_TO:
			sx = x = d[1].point.x;
			sy = y = d[1].point.y;
			break;
		case CAIRO_PATH_LINE_TO:
			note_segment(cr, x, y, d[1].point.x, d[1].point.y);
			x = d[1].point.x;
			y = d[1].point.y;
			break;
		case CAIRO_PATH_CURVE_TO:
			x = d[3].point.x;
			y = d[3].point.y;
			break;
		default:
			note_segment(cr, x, y, sx, sy);
			x = sx;
			y = sy;
		}
	}
	cairo_path_destroy(path);
}

/* Each closed part of the path as its box. */
static void note_fill(cairo_t *cr)
{
	cairo_path_t *path = cairo_copy_path(cr);
	double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
	bool open = false;

	for (int i = 0; i <= path->num_data;) {
		const cairo_path_data_t *d = &path->data[i];
		bool end = i == path->num_data;

		if (end || d->header.type == CAIRO_PATH_MOVE_TO) {
			if (open)
				note_segment(cr, x0, y0, x1, y1);
			if (end)
				break;
			x0 = x1 = d[1].point.x;
			y0 = y1 = d[1].point.y;
			open = false;
		} else if (d->header.type == CAIRO_PATH_LINE_TO) {
			double x = d[1].point.x, y = d[1].point.y;

			x0 = x < x0 ? x : x0;
			x1 = x > x1 ? x : x1;
			y0 = y < y0 ? y : y0;
			y1 = y > y1 ? y : y1;
			open = true;
		} else if (d->header.type == CAIRO_PATH_CURVE_TO) {
			/* No border; as large as no border is. */
			x1 = x0 + 1e6;
			y1 = y0 + 1e6;
		}
		i += d->header.length;
	}
	cairo_path_destroy(path);
}

/* What poppler draws with. */

void cairo_stroke_preserve(cairo_t *cr)
{
	if (is_visible(cr))
		note_stroke(cr);
}

void cairo_stroke(cairo_t *cr)
{
	cairo_stroke_preserve(cr);
	cairo_new_path(cr);
}

void cairo_fill_preserve(cairo_t *cr)
{
	if (is_visible(cr))
		note_fill(cr);
}

void cairo_fill(cairo_t *cr)
{
	cairo_fill_preserve(cr);
	cairo_new_path(cr);
}

void cairo_paint(cairo_t *cr)
{
	(void)cr;
}

void cairo_mask(cairo_t *cr, cairo_pattern_t *pattern)
{
	(void)cr;
	(void)pattern;
}

/*
 * Programs that cut a long table into pages draw a cell on both of them and
 * clip it: what nobody sees on this page stands on the other one.
 */
static void note_glyph(cairo_t *cr, double x, double y)
{
	double cx0, cy0, cx1, cy1;

	cairo_clip_extents(cr, &cx0, &cy0, &cx1, &cy1);
	/* A label that is cut at the edge of its column is read whole. */
	if ((y >= cy0 && y <= cy1 && cx0 < cx1) ||
	    drawing.n_hidden >= MOST_HIDDEN) {
		drawing.n_shown++;
		return;
	}
	cairo_user_to_device(cr, &x, &y);
	drawing.hidden = arena_grow(drawing.arena, drawing.hidden,
				    &drawing.cap_hidden, drawing.n_hidden + 1,
				    sizeof *drawing.hidden);
	drawing.hidden[drawing.n_hidden][0] = tenths(x);
	drawing.hidden[drawing.n_hidden++][1] = tenths(y);
}

void cairo_show_glyphs(cairo_t *cr, const cairo_glyph_t *glyphs, int n)
{
	cairo_matrix_t m;

	cairo_get_font_matrix(cr, &m);
	for (int i = 0; i < n; i++) {
		/* The left end of the base line: on one page alone. */
		double dx = 0, dy = -0.05;

		cairo_matrix_transform_distance(&m, &dx, &dy);
		note_glyph(cr, glyphs[i].x + dx, glyphs[i].y + dy);
	}
}

/* Outlines of bold characters, to be stroked. */
void cairo_glyph_path(cairo_t *cr, const cairo_glyph_t *glyphs, int n)
{
	cairo_show_glyphs(cr, glyphs, n);
}

void cairo_show_text_glyphs(cairo_t *cr, const char *utf8, int bytes,
			    const cairo_glyph_t *glyphs, int n,
			    const cairo_text_cluster_t *clusters, int n_clusters,
			    cairo_text_cluster_flags_t flags)
{
	(void)utf8;
	(void)bytes;
	(void)clusters;
	(void)n_clusters;
	(void)flags;
	cairo_show_glyphs(cr, glyphs, n);
}

static void read_characters(struct arena *a, struct page *p,
			    PopplerPage *page)
{
	char *utf8 = poppler_page_get_text(page);
	PopplerRectangle *boxes = NULL;
	guint n = 0;
	struct str text = str_of(utf8);
	size_t at = 0;

	if (!poppler_page_get_text_layout(page, &boxes, &n))
		n = 0;
	for (guint i = 0; i < n && at < text.n; i++) {
		const PopplerRectangle *b = &boxes[i];
		uint32_t cp = utf8_next(text, &at);

		page_add_char(a, p,
			      (struct page_char){.cp = cp,
						 .x0 = tenths(b->x1),
						 .y0 = tenths(b->y1),
						 .x1 = tenths(b->x2),
						 .y1 = tenths(b->y2)});
	}
	g_free(boxes);
	g_free(utf8);
}

static void read_rules(struct arena *a, struct page *p, PopplerPage *page)
{
	cairo_surface_t *surface = cairo_recording_surface_create(
		CAIRO_CONTENT_COLOR_ALPHA, NULL);
	cairo_t *cr = cairo_create(surface);

	drawing = (struct drawing){.arena = a, .page = p};
	poppler_page_render(page, cr);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
}

static bool is_hidden(const struct page_char *c)
{
	for (size_t i = 0; i < drawing.n_hidden; i++) {
		int x = drawing.hidden[i][0], y = drawing.hidden[i][1];

		int height = c->y1 - c->y0, base = c->y1 - height / 5;

		if (abs(x - c->x0) <= NEAR && abs(y - base) * 4 <= height)
			return true;
	}
	return false;
}

static void drop_hidden(struct page *p)
{
	size_t kept = 0;

	if (!drawing.n_hidden || !drawing.n_shown)
		return;
	for (size_t i = 0; i < p->n_chars; i++)
		if (!is_hidden(&p->chars[i]))
			p->chars[kept++] = p->chars[i];
	p->n_chars = kept;
}

static PopplerDocument *open_document(struct reader_program *r)
{
	GBytes *bytes = g_bytes_new_static(r->input.p, r->input.n);
	GError *error = NULL;
	PopplerDocument *document =
		poppler_document_new_from_bytes(bytes, NULL, &error);

	if (document)
		return document;
	if (g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
		reader_fail(r, "encrypted", STR(""));
	reader_fail(r, "damaged", str_of(error ? error->message : ""));
}

/*
 * Drawing a page of which nothing was asked yet makes its text on the way, so
 * a page that is to be drawn is drawn first. Which one that is tells its text;
 * a page is taken for what the one before it was.
 */
static bool read_page(struct arena *a, struct page *p, PopplerPage *page,
		      bool draw)
{
	bool table;

	if (draw)
		read_rules(a, p, page);
	read_characters(a, p, page);
	table = page_may_hold_table(p);
	if (table && !draw)
		read_rules(a, p, page);
	if (table)
		drop_hidden(p);
	else
		p->n_rules = 0;
	return table;
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {
		"/usr/share/poppler", "/usr/share/fonts", "/etc/fonts",
		"/usr/share/fontconfig", "/var/cache/fontconfig", NULL,
	};
	static struct reader_program r;
	struct page_flow flow = {0};
	PopplerDocument *document;
	size_t n_chars = 0;
	bool draw = false;
	int n;

	reader_start(&r, argc, argv, DIRS);
	document = open_document(&r);
	n = poppler_document_get_n_pages(document);
	if (n > r.limits.pages)
		reader_fail(&r, "limit-pages",
			    str_format(&r.arena, "%d > %ld", n, r.limits.pages));
	for (int i = 0; i < n; i++) {
		PopplerPage *page = poppler_document_get_page(document, i);
		struct page p = {.number = (unsigned)i + 1};

		if (!page)
			continue;
		draw = read_page(&r.arena, &p, page, draw);
		n_chars += p.n_chars;
		page_append(&r.arena, &flow, &p);
		g_object_unref(page);
	}
	if (!n_chars)
		reader_fail(&r, "no-text-layer", STR(""));
	r.document.media = "application/pdf";
	flow_write(&r.document, flow.lines, flow.n, page_flow_em(&flow));
	reader_finish(&r);
}
