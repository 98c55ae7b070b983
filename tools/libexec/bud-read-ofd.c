/*
 * OFD (GB/T 33190-2016, fixed layout) → blocks.
 *
 * A ZIP of XML: OFD.xml names documents, each names its pages, a page (and
 * its template) holds layers of text objects, whose characters have places,
 * and of paths. From there on a page is read as one of a PDF is (page.h).
 * Lengths are millimetres from the top left corner.
 *
 * Left out: pictures, annotations, signatures, and composite objects, which
 * are drawings. Characters stand as TextCode has them; the glyphs that
 * CGTransform puts in their place look the same.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "libexec/package.h"
#include "libexec/xml.h"
#include "source/flow.h"
#include "source/page.h"

enum { MOST_GLYPHS = 1000000, WHITE = 250 };

/* What stands above the base line of a character, of its size. */
static const double ASCENT = 0.88;

struct matrix {
	double a, b, c, d, e, f;
};

struct ofd {
	struct reader_program *r;
	struct package package;
	struct page_flow flow;
	struct page page;
	struct str root;           /* of the document's file, for its parts */
	const xmlNode *templates;  /* CommonData of the document */
	double left, top;          /* of the physical page */
	unsigned n_pages;
	size_t n_chars;
};

/* ---- values ------------------------------------------------------------- */

/* The next number of a list; false at its end. */
static bool next_number(struct str *s, double *out)
{
	char text[40], *end;
	size_t n = 0;

	while (s->n && strchr(" \t\r\n,", s->p[0]))
		*s = str_slice(*s, 1, s->n);
	while (n < s->n && n < sizeof text - 1 && !strchr(" \t\r\n,", s->p[n])) {
		text[n] = s->p[n];
		n++;
	}
	text[n] = '\0';
	*out = strtod(text, &end);
	if (!n || *end || !isfinite(*out))
		return false;
	*s = str_slice(*s, n, s->n);
	return true;
}

static double number_of(const xmlNode *n, const char *name, double otherwise)
{
	struct str s = xml_attribute(n, name);
	double v;

	return next_number(&s, &v) ? v : otherwise;
}

static bool is_said(const xmlNode *n, const char *name, bool otherwise)
{
	struct str s = xml_attribute(n, name);

	return s.n ? str_equal(s, STR("true")) || str_equal(s, STR("1"))
		   : otherwise;
}

static struct matrix matrix_of(const xmlNode *n)
{
	struct str box = xml_attribute(n, "Boundary");
	struct str ctm = xml_attribute(n, "CTM");
	struct matrix m = {1, 0, 0, 1, 0, 0}, t;
	double x, y;

	if (next_number(&ctm, &t.a) && next_number(&ctm, &t.b) &&
	    next_number(&ctm, &t.c) && next_number(&ctm, &t.d) &&
	    next_number(&ctm, &t.e) && next_number(&ctm, &t.f))
		m = t;
	if (next_number(&box, &x) && next_number(&box, &y)) {
		m.e += x;
		m.f += y;
	}
	return m;
}

static void apply(const struct matrix *m, double x, double y, double *tx,
		  double *ty)
{
	*tx = m->a * x + m->c * y + m->e;
	*ty = m->b * x + m->d * y + m->f;
}

/* Millimetres of the page in tenths of a point from its corner. */
static int place(double mm, double origin)
{
	return page_place((mm - origin) * 720 / 25.4);
}

/* Colours of three parts that are all nearly full are not seen. */
static bool is_white(const xmlNode *colour)
{
	struct str value = xml_attribute(colour, "Value");
	double v;
	int n = 0;

	if (number_of(colour, "Alpha", 255) < 5)
		return true;
	while (next_number(&value, &v))
		if (++n && v < WHITE)
			return false;
	return n == 3;
}

/* ---- text --------------------------------------------------------------- */

/* Distances of characters: "6.6 6.6 g 4 3.3" is 6.6 6.6 3.3 3.3 3.3 3.3. */
struct deltas {
	struct str rest;
	long times;
	double value;
};

static double next_delta(struct deltas *d, double otherwise)
{
	double n;

	if (d->times > 0) {
		d->times--;
		return d->value;
	}
	while (d->rest.n && d->rest.p[0] == ' ')
		d->rest = str_slice(d->rest, 1, d->rest.n);
	if (d->rest.n && d->rest.p[0] == 'g') {
		d->rest = str_slice(d->rest, 1, d->rest.n);
		if (!next_number(&d->rest, &n) ||
		    !next_number(&d->rest, &d->value))
			return otherwise;
		d->times = n > 1 && n < MOST_GLYPHS ? (long)n - 1 : 0;
		return d->value;
	}
	return next_number(&d->rest, &n) ? n : otherwise;
}

static void put_char(struct ofd *o, const struct matrix *m, uint32_t cp,
		     double x, double y, double size, double width)
{
	double x0, y0, x1, y1, swap;

	apply(m, x, y - size * ASCENT, &x0, &y0);
	apply(m, x + width, y + size * (1 - ASCENT), &x1, &y1);
	if (x0 > x1)
		swap = x0, x0 = x1, x1 = swap;
	if (y0 > y1)
		swap = y0, y0 = y1, y1 = swap;
	page_add_char(&o->r->arena, &o->page,
		      (struct page_char){.cp = cp,
					 .x0 = place(x0, o->left),
					 .y0 = place(y0, o->top),
					 .x1 = place(x1, o->left),
					 .y1 = place(y1, o->top)});
}

/* One TextCode; x and y go on where it does not say them. */
static void read_code(struct ofd *o, const xmlNode *n, const struct matrix *m,
		      double size, double scale, double *x, double *y)
{
	struct deltas dx = {.rest = xml_attribute(n, "DeltaX")};
	struct deltas dy = {.rest = xml_attribute(n, "DeltaY")};
	xmlChar *content = xmlNodeGetContent(n);
	struct str text = str_of((const char *)content);
	bool vertical = !dx.rest.n && dy.rest.n;
	size_t at = 0;

	*x = number_of(n, "X", *x);
	*y = number_of(n, "Y", *y);
	while (at < text.n && o->page.n_chars < MOST_GLYPHS) {
		uint32_t cp = utf8_next(text, &at);
		double wide = size * scale * (utf8_width(cp) == 2 ? 1 : 0.5);
		double step = next_delta(&dx, vertical ? 0 : wide);

		/* A step that is wider than the character is a distance. */
		put_char(o, m, cp, *x, *y, size,
			 step > 0 && step < wide ? step : wide);
		*x += step;
		*y += next_delta(&dy, 0);
	}
	xmlFree(content);
}

static void read_text(struct ofd *o, const xmlNode *n)
{
	struct matrix m = matrix_of(n);
	double size = number_of(n, "Size", 3.5), x = 0, y = 0;
	double scale = number_of(n, "HScale", 1);

	if (is_white(xml_child(n, "FillColor")))
		return;
	for (const xmlNode *c = n->children; c; c = c->next)
		if (xml_is(c, "TextCode"))
			read_code(o, c, &m, size, scale, &x, &y);
}

/* ---- paths -------------------------------------------------------------- */

struct path {
	struct ofd *o;
	const struct matrix *m;
	bool stroke, fill, curved;
	double sx, sy, x, y;     /* start and end of the part */
	double x0, y0, x1, y1;   /* its extent on the page */
	bool open;
};

static void put_rule(struct ofd *o, double x0, double y0, double x1, double y1)
{
	page_add_rule(&o->r->arena, &o->page, place(x0, o->left),
		      place(y0, o->top), place(x1, o->left),
		      place(y1, o->top));
}

static void end_part(struct path *p)
{
	if (p->open && p->fill && !p->stroke && !p->curved)
		put_rule(p->o, p->x0, p->y0, p->x1, p->y1);
	p->open = p->curved = false;
}

static void reach(struct path *p, double x, double y)
{
	double tx, ty;

	apply(p->m, x, y, &tx, &ty);
	p->x0 = p->open && p->x0 < tx ? p->x0 : tx;
	p->x1 = p->open && p->x1 > tx ? p->x1 : tx;
	p->y0 = p->open && p->y0 < ty ? p->y0 : ty;
	p->y1 = p->open && p->y1 > ty ? p->y1 : ty;
	p->x = x;
	p->y = y;
	p->open = true;
}

static void line_to(struct path *p, double x, double y)
{
	double ax, ay, bx, by;

	apply(p->m, p->x, p->y, &ax, &ay);
	apply(p->m, x, y, &bx, &by);
	if (p->stroke)
		put_rule(p->o, ax, ay, bx, by);
	reach(p, x, y);
}

/* How many numbers follow the letter of a path; -1 for none of its letters. */
static int operands_of(char letter)
{
	static const char LETTERS[] = "SMLQBAC";
	static const int COUNTS[] = {2, 2, 2, 4, 6, 7, 0};
	const char *at = letter ? strchr(LETTERS, letter) : NULL;

	return at ? COUNTS[at - LETTERS] : -1;
}

static bool read_step(struct path *p, struct str *data)
{
	double v[7] = {0};
	char letter;
	int n;

	while (data->n && strchr(" \t\r\n", data->p[0]))
		*data = str_slice(*data, 1, data->n);
	if (!data->n)
		return false;
	letter = data->p[0];
	*data = str_slice(*data, 1, data->n);
	n = operands_of(letter);
	for (int i = 0; i < n; i++)
		if (!next_number(data, &v[i]))
			return false;
	if (letter == 'M' || letter == 'S') {
		end_part(p);
		reach(p, v[0], v[1]);
		p->sx = v[0];
		p->sy = v[1];
	} else if (letter == 'L') {
		line_to(p, v[0], v[1]);
	} else if (letter == 'C') {
		line_to(p, p->sx, p->sy);
	} else if (n > 1) {
		reach(p, v[n - 2], v[n - 1]);
		p->curved = true;
	}
	return n >= 0;
}

static void read_path(struct ofd *o, const xmlNode *n)
{
	const xmlNode *abbreviated = xml_child(n, "AbbreviatedData");
	struct matrix m = matrix_of(n);
	struct path p = {.o = o,
			 .m = &m,
			 .stroke = is_said(n, "Stroke", true) &&
				   !is_white(xml_child(n, "StrokeColor")),
			 .fill = is_said(n, "Fill", false) &&
				 !is_white(xml_child(n, "FillColor"))};
	xmlChar *content = xmlNodeGetContent(abbreviated);
	struct str data = str_of((const char *)content);

	while (read_step(&p, &data))
		;
	end_part(&p);
	xmlFree(content);
}

/* ---- pages -------------------------------------------------------------- */

static void read_objects(struct ofd *o, const xmlNode *n, long depth)
{
	if (depth > o->r->limits.depth)
		reader_fail(o->r, "limit-depth", STR(""));
	for (n = n ? n->children : NULL; n; n = n->next) {
		if (!is_said(n, "Visible", true))
			continue;
		if (xml_is(n, "TextObject"))
			read_text(o, n);
		else if (xml_is(n, "PathObject"))
			read_path(o, n);
		else if (xml_is(n, "Layer") || xml_is(n, "PageBlock"))
			read_objects(o, n, depth + 1);
	}
}

/* A location in the archive: from its root, or from the file that says it.
 * "." and ".." are resolved. */
static struct str resolve(struct ofd *o, struct str from, struct str location)
{
	struct buf path = {0};
	struct str part, copy;

	if (!location.n || location.p[0] != '/') {
		while (from.n && from.p[from.n - 1] != '/')
			from.n--;
		buf_put_str(&path, from);
	}
	while (str_split(&location, '/', &part)) {
		if (!part.n || str_equal(part, STR(".")))
			continue;
		if (str_equal(part, STR(".."))) {
			path.n -= path.n > 0;
			while (path.n && path.p[path.n - 1] != '/')
				path.n--;
			continue;
		}
		buf_put_str(&path, part);
		buf_putc(&path, '/');
	}
	copy = str_copy(&o->r->arena,
			str_slice(buf_str(&path), 0, path.n ? path.n - 1 : 0));
	buf_release(&path);
	return copy;
}

static void set_box(struct ofd *o, const xmlNode *area)
{
	const xmlNode *box = xml_child(area, "PhysicalBox");
	xmlChar *content = box ? xmlNodeGetContent(box) : NULL;
	struct str numbers = str_of((const char *)content);

	if (content && next_number(&numbers, &o->left))
		next_number(&numbers, &o->top);
	xmlFree(content);
}

static void read_content(struct ofd *o, struct str file, bool of_page);

/* The template with this id, below what the page draws itself. */
static void read_template(struct ofd *o, struct str id)
{
	const xmlNode *t = o->templates ? o->templates->children : NULL;

	for (; t; t = t->next)
		if (xml_is(t, "TemplatePage") &&
		    str_equal(xml_attribute(t, "ID"), id))
			read_content(o,
				     resolve(o, o->root,
					     xml_attribute(t, "BaseLoc")),
				     false);
}

/* Of a page or a template, which has no templates itself. */
static void read_content(struct ofd *o, struct str file, bool of_page)
{
	xmlDocPtr tree = package_parse(o->r, &o->package, file);
	const xmlNode *page = tree ? xmlDocGetRootElement(tree) : NULL;

	if (!xml_is(page, "Page"))
		reader_fail(o->r, "damaged", file);
	set_box(o, xml_child(page, "Area"));
	for (const xmlNode *n = page->children; of_page && n; n = n->next)
		if (xml_is(n, "Template"))
			read_template(o, xml_attribute(n, "TemplateID"));
	read_objects(o, xml_child(page, "Content"), 0);
	xmlFreeDoc(tree);
}

static void read_page(struct ofd *o, struct str file)
{
	if (++o->n_pages > (unsigned long)o->r->limits.pages)
		reader_fail(o->r, "limit-pages", STR(""));
	o->page = (struct page){.number = o->n_pages};
	o->left = o->top = 0;
	read_content(o, file, true);
	o->n_chars += o->page.n_chars;
	page_append(&o->r->arena, &o->flow, &o->page);
}

static void read_document(struct ofd *o, struct str file)
{
	xmlDocPtr tree = package_parse(o->r, &o->package, file);
	const xmlNode *root = tree ? xmlDocGetRootElement(tree) : NULL;
	const xmlNode *pages = xml_child(root, "Pages");

	if (!xml_is(root, "Document"))
		reader_fail(o->r, "damaged", file);
	o->root = file;
	o->templates = xml_child(root, "CommonData");
	for (pages = pages ? pages->children : NULL; pages;
	     pages = pages->next)
		if (xml_is(pages, "Page"))
			read_page(o, resolve(o, file,
					     xml_attribute(pages, "BaseLoc")));
	xmlFreeDoc(tree);
}

static bool want(struct str name)
{
	return str_ends(name, STR(".xml"));
}

int main(int argc, char **argv)
{
	static const char *const DIRS[] = {NULL};
	static const struct str MAIN = STR_INIT("OFD.xml");
	static struct reader_program r;
	struct ofd o = {.r = &r};
	const xmlNode *body;
	xmlDocPtr tree;

	xml_start();
	reader_start(&r, argc, argv, DIRS);
	package_read(&r, &o.package, want);
	tree = package_parse(&r, &o.package, MAIN);
	body = tree ? xmlDocGetRootElement(tree) : NULL;
	for (body = body ? body->children : NULL; body; body = body->next) {
		const xmlNode *root = xml_child(body, "DocRoot");
		xmlChar *content = root ? xmlNodeGetContent(root) : NULL;

		if (xml_is(body, "DocBody") && content)
			read_document(&o, resolve(&o, MAIN,
						  str_trim(str_of(
							  (char *)content))));
		xmlFree(content);
	}
	if (!o.n_pages)
		reader_fail(&r, "damaged", MAIN);
	if (!o.n_chars)
		reader_fail(&r, "no-text-layer", STR(""));
	r.document.media = "application/ofd";
	flow_write(&r.document, o.flow.lines, o.flow.n, page_flow_em(&o.flow));
	reader_finish(&r);
}
