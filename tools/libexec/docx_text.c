/* The text of runs, what is not shown of it, and how a paragraph looks. */
#include "libexec/docx.h"

#include <string.h>

void docx_check_depth(const struct docx *d, long depth)
{
	if (depth > d->r->limits.depth)
		reader_fail(d->r, "limit-depth", STR(""));
}

void docx_add_pending(struct docx *d, struct pending *p, const xmlNode *n)
{
	p->node = arena_grow(&d->r->arena, p->node, &p->cap, p->n + 1,
			     sizeof *p->node);
	p->node[p->n++] = n;
}

bool docx_is_on(const xmlNode *n)
{
	struct str val = xml_attribute(n, "val");

	return n && !str_equal(val, STR("0")) && !str_equal(val, STR("off")) &&
	       !str_equal(val, STR("false"));
}

static const xmlNode *find_style(const struct docx *d, struct str id)
{
	for (const xmlNode *n = d->styles ? d->styles->children : NULL;
	     n && id.n; n = n->next)
		if (xml_is(n, "style") &&
		    str_equal(xml_attribute(n, "styleId"), id))
			return n;
	return NULL;
}

/* A run, by itself or by its style. */
static bool is_hidden(const struct docx *d, const xmlNode *run)
{
	const xmlNode *own = xml_child(run, "rPr"), *style;

	if (xml_child(own, "vanish"))
		return docx_is_on(xml_child(own, "vanish"));
	style = find_style(d, xml_attribute(xml_child(own, "rStyle"), "val"));
	return docx_is_on(xml_child(xml_child(style, "rPr"), "vanish"));
}

/* 单击此处输入文字 in a control that nobody filled in. */
static bool is_placeholder(const xmlNode *n)
{
	return xml_is(n, "sdt") &&
	       docx_is_on(xml_child(xml_child(n, "sdtPr"), "showingPlcHdr"));
}

bool docx_is_passed_over(const struct docx *d, const xmlNode *n)
{
	static const char *const NAMES[] = {
		"del",	    "Fallback", "instrText", "txbxContent",
		"moveFrom", "pPr",	"rPr",	     "rt",
	};

	for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
		if (xml_is(n, NAMES[i]))
			return true;
	return is_placeholder(n) || (xml_is(n, "r") && is_hidden(d, n));
}

static void note_reference(struct docx *d, const xmlNode *n,
			   const xmlNode *notes)
{
	struct str id = xml_attribute(n, "id");

	for (n = notes ? notes->children : NULL; n; n = n->next)
		if ((xml_is(n, "footnote") || xml_is(n, "endnote")) &&
		    str_equal(xml_attribute(n, "id"), id))
			docx_add_pending(d, &d->notes, n);
}

void docx_put_runs(struct docx *d, const xmlNode *n, bool contents,
		     struct buf *out, long depth)
{
	docx_check_depth(d, depth);
	for (n = n->children; n; n = n->next) {
		if (n->type != XML_ELEMENT_NODE || docx_is_passed_over(d, n))
			continue;
		if (xml_is(n, "t")) {
			for (const xmlNode *t = n->children; t; t = t->next)
				if (t->content) /* an element has none */
					buf_puts(out, (const char *)t->content);
		} else if (xml_is(n, "tab") || xml_is(n, "ptab")) {
			buf_puts(out, contents ? "……" : "\t");
		} else if (xml_is(n, "br") || xml_is(n, "cr")) {
			if (str_equal(xml_attribute(n, "type"), STR("page")))
				d->page += d->has_breaks ? 0 : 1;
			else
				buf_putc(out, '\n');
		} else if (xml_is(n, "lastRenderedPageBreak")) {
			d->page++;
		} else if (xml_is(n, "noBreakHyphen")) {
			buf_putc(out, '-');
		} else if (xml_is(n, "footnoteReference")) {
			note_reference(d, n, d->footnotes);
		} else if (xml_is(n, "endnoteReference")) {
			note_reference(d, n, d->endnotes);
		} else {
			size_t before = out->n;

			docx_put_runs(d, n, contents, out, depth + 1);
			if (xml_is(n, "hyperlink") &&
			    xml_attribute(n, "id").n)
				d->linked += out->n - before;
		}
	}
}

static void look_at(struct look *l, const xmlNode *properties)
{
	const xmlNode *number = xml_child(properties, "numPr");
	const xmlNode *outline = xml_child(properties, "outlineLvl");
	int64_t v;

	if (outline && str_to_int64(xml_attribute(outline, "val"), &v))
		l->heading = v < 9;
	if (!number)
		return;
	l->list = xml_attribute(xml_child(number, "numId"), "val");
	l->level = xml_attribute(xml_child(number, "ilvl"), "val");
}

struct look docx_look_of(const struct docx *d, const xmlNode *p)
{
	const xmlNode *properties = xml_child(p, "pPr");
	const xmlNode *style = find_style(
		d, xml_attribute(xml_child(properties, "pStyle"), "val"));
	const xmlNode *chain[8];
	struct look l = {0};
	size_t n = 0;

	for (; style && n < 8; n++) {
		struct str name = xml_attribute(xml_child(style, "name"),
						"val");

		if (str_starts(name, STR("toc ")) ||
		    str_starts(name, STR("TOC ")))
			l.contents = true;
		chain[n] = xml_child(style, "pPr");
		style = find_style(d, xml_attribute(xml_child(style, "basedOn"),
						    "val"));
	}
	while (n--)
		look_at(&l, chain[n]);
	look_at(&l, properties);
	return l;
}


bool docx_has_lost_mark(const xmlNode *p)
{
	const xmlNode *mark = xml_child(xml_child(p, "pPr"), "rPr");

	return xml_child(mark, "del") || xml_child(mark, "moveFrom");
}
