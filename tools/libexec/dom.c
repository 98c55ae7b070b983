/* Libxml2 tells of tags and texts as it meets them (SAX), in pairs also where
 * the page forgets to end an element: its own tree would cost four times the
 * memory and most of the time. */
#include "libexec/dom.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SPAN = 1000 };

struct element {
	const char *name;
	enum dom_kind kind;
	bool block, skipped;
};

/* By name. */
static const struct element ELEMENTS[] = {
	{"a", DOM_LINK, false, false},
	{"address", DOM_OTHER, true, false},
	{"article", DOM_OTHER, true, false},
	{"aside", DOM_OTHER, false, true},
	{"blockquote", DOM_OTHER, true, false},
	{"body", DOM_OTHER, true, false},
	{"br", DOM_BREAK, true, false},
	{"button", DOM_OTHER, false, true},
	{"caption", DOM_CAPTION, true, false},
	{"center", DOM_OTHER, true, false},
	{"dd", DOM_OTHER, true, false},
	{"div", DOM_DIV, true, false},
	{"dl", DOM_OTHER, true, false},
	{"dt", DOM_OTHER, true, false},
	{"fieldset", DOM_OTHER, true, false},
	{"figcaption", DOM_OTHER, true, false},
	{"figure", DOM_OTHER, true, false},
	{"footer", DOM_OTHER, false, true},
	{"form", DOM_OTHER, true, false},
	{"h1", DOM_HEADING, true, false},
	{"h2", DOM_HEADING, true, false},
	{"h3", DOM_HEADING, true, false},
	{"h4", DOM_HEADING, true, false},
	{"h5", DOM_HEADING, true, false},
	{"h6", DOM_HEADING, true, false},
	{"head", DOM_OTHER, false, true},
	{"header", DOM_OTHER, true, false},
	{"hr", DOM_OTHER, true, false},
	{"iframe", DOM_OTHER, false, true},
	{"li", DOM_OTHER, true, false},
	{"main", DOM_OTHER, true, false},
	{"nav", DOM_OTHER, false, true},
	{"noscript", DOM_OTHER, false, true},
	{"object", DOM_OTHER, false, true},
	{"ol", DOM_OTHER, true, false},
	{"p", DOM_OTHER, true, false},
	{"pre", DOM_PLAIN, true, false},
	{"script", DOM_OTHER, false, true},
	{"section", DOM_OTHER, true, false},
	{"select", DOM_OTHER, false, true},
	{"style", DOM_OTHER, false, true},
	{"svg", DOM_OTHER, false, true},
	{"table", DOM_TABLE, true, false},
	{"tbody", DOM_OTHER, true, false},
	{"td", DOM_CELL, true, false},
	{"template", DOM_OTHER, false, true},
	{"textarea", DOM_OTHER, false, true},
	{"tfoot", DOM_OTHER, true, false},
	{"th", DOM_CELL, true, false},
	{"thead", DOM_OTHER, true, false},
	{"tr", DOM_ROW, true, false},
	{"ul", DOM_OTHER, true, false},
};

struct builder {
	struct arena *arena;
	htmlParserCtxtPtr parser;
	struct dom_node *root, *at; /* at: the element that is open */
	size_t unseen; /* elements that are open and not in the tree */
	bool any;      /* element */
};

/* Most names differ in their first letter. */
static int compare(const char *a, const char *b)
{
	return *a == *b ? strcmp(a, b) : *a - *b;
}

static int by_name(const void *name, const void *e)
{
	return compare(name, ((const struct element *)e)->name);
}

static struct element element_of(const char *name)
{
	static const size_t N = sizeof ELEMENTS / sizeof *ELEMENTS;
	const struct element *e =
		bsearch(name, ELEMENTS, N, sizeof *ELEMENTS, by_name);

	return e ? *e : (struct element){name, DOM_OTHER, false, false};
}

static struct dom_node *add(struct builder *b, enum dom_kind kind)
{
	struct dom_node *n = ARENA_NEW(b->arena, struct dom_node);
	int line = xmlSAX2GetLineNumber(b->parser);

	n->kind = kind;
	n->line = line > 0 ? (unsigned)line : 0;
	n->parent = b->at;
	if (b->at->last)
		b->at->last->next = n;
	else
		b->at->first = n;
	b->at->last = n;
	return n;
}

static unsigned span(struct str value)
{
	int64_t v = 1;

	if (!str_to_int64(value, &v) || v < 1)
		v = 1;
	return v > MOST_SPAN ? MOST_SPAN : (unsigned)v;
}

/* An attribute of the element; libxml2 has put its name in small letters. */
static struct str find(const xmlChar **attributes, const char *name)
{
	for (; attributes && *attributes; attributes += 2)
		if (!compare((const char *)attributes[0], name))
			return str_of(attributes[1]
					      ? (const char *)attributes[1]
					      : "");
	return (struct str){NULL, 0};
}

static void begin(void *context, const xmlChar *name,
		  const xmlChar **attributes)
{
	struct builder *b = context;
	struct element e = element_of((const char *)name);
	struct str style = find(attributes, "style");
	struct style s = style_read(style);
	bool cell = e.kind == DOM_CELL;
	struct dom_node *n;

	b->any = true;
	if (b->unseen || e.skipped || s.gone || find(attributes, "hidden").p ||
	    (s.unseen && !cell)) {
		b->unseen++;
		return;
	}
	n = add(b, e.kind);
	n->block = e.block;
	if (cell) {
		n->rows = span(find(attributes, "rowspan"));
		n->cols = span(find(attributes, "colspan"));
	}
	if (e.kind == DOM_LINK)
		n->target = str_copy(b->arena, find(attributes, "href"));
	if (style.n) {
		struct style *copy = ARENA_NEW(b->arena, struct style);

		*copy = s;
		n->style = copy;
	}
	if (s.unseen)
		b->unseen++;
	else
		b->at = n;
}

static void end(void *context, const xmlChar *name)
{
	struct builder *b = context;

	(void)name;
	if (b->unseen)
		b->unseen--;
	else if (b->at->parent)
		b->at = b->at->parent;
}

static void characters(void *context, const xmlChar *text, int n)
{
	struct builder *b = context;

	if (!b->unseen)
		add(b, DOM_TEXT)->text = str_copy(
			b->arena,
			(struct str){(const char *)text, (size_t)n});
}

const struct dom_node *dom_parse(struct arena *a, struct str utf8)
{
	struct builder b = {.arena = a, .parser = htmlNewParserCtxt()};

	if (!b.parser || utf8.n > INT_MAX)
		return NULL;
	b.root = b.at = ARENA_NEW(a, struct dom_node);
	b.root->kind = DOM_OTHER;
	*b.parser->sax = (htmlSAXHandler){.startElement = begin,
					  .endElement = end,
					  .characters = characters,
					  .ignorableWhitespace = characters};
	b.parser->userData = &b;
	htmlCtxtReadMemory(b.parser, utf8.p, (int)utf8.n, NULL, "UTF-8",
			   HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
				   HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
				   (int)XML_PARSE_HUGE);
	htmlFreeParserCtxt(b.parser);
	return b.any ? b.root : NULL;
}

const struct dom_node *dom_next(const struct dom_node *n,
				const struct dom_node *root)
{
	if (n->first)
		return n->first;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}
